"""Which tumor something is said of: of several organs, of numbered kinds, of a name that is no concept, of none."""

from __future__ import annotations

import pytest

from ingest.unnamed_bearers import PASSING
from tests.written import extraction, keys, paper, triple

NENS = "Neuroendocrine neoplasms: a view"
GASTRIC = "Gastric neuroendocrine tumors: a view"
PANCREATIC = "Pancreatic neuroendocrine neoplasms: a view"


def claims(text: str, title: str = NENS) -> set[tuple[str, str, str, str]]:
    """What the introduction of a review says, concepts by key, names without a concept as they stand."""
    return {triple(s) for s in extraction(text, title=title, section="Introduction").statements}


def said_of(text: str, what: str, title: str = NENS) -> set[str]:
    """The subjects of the statements of one thing."""
    return {one[0] for one in claims(text, title) if what in one[2:3]}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("gastric and rectal neuroendocrine tumors", ["gastric-nen", "rectal-net"]),
        ("gastric, ileal and rectal neuroendocrine tumors", ["gastric-nen", "ileal-net", "rectal-net"]),
        ("ileal neuroendocrine neoplasms", ["ileal-net"]),
        ("neuroendocrine tumors of gastric or duodenal origin", ["gastric-nen", "duodenal-nen"]),
        ("in the stomach and rectal neuroendocrine tumors", ["stomach", "rectal-net"]),
        ("hepatic and lymph node metastases", None),
    ],
)
def test_the_organs_of_a_list_are_those_of_a_tumor_each(text: str, named: list[str] | None) -> None:
    if named is None:
        assert "hepatic-nen" not in keys(text)
    else:
        assert keys(text) == named


def test_a_hyphenated_short_form_is_what_the_paper_says() -> None:
    text = "Gastric neuroendocrine tumors (g-NETs) are rare. Most g-NETs are small."
    last = paper(text, title=NENS, section="Introduction").sentences[-1]
    assert [m.key for m in last.mentions if m.text == "g-NETs"] == ["gastric-nen"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Gastric tumors are of three types. Type 1 is common.", ["gastric-nen-type1"]),
        ("Type III lesions are solitary.", ["gastric-nen-type3"]),
        ("Type 1 and 2 tumors are polyps.", ["gastric-nen-type1", "gastric-nen-type2"]),
        ("Gastric NETs of type 2 are rare.", ["gastric-nen-type2"]),
        ("All three types express synaptophysin.", ["gastric-nen"]),
    ],
)
def test_numbered_kinds_are_those_of_the_disease_that_is_spoken_of(text: str, kinds: list[str]) -> None:
    last = paper(text, title=GASTRIC, section="Introduction").sentences[-1]
    assert [m.key for m in last.mentions if m.key.startswith("gastric-nen")] == kinds


def test_a_numbered_syndrome_is_no_kind_of_the_tumor() -> None:
    last = paper("Multiple endocrine neoplasia type 1 is rare.", title=GASTRIC, section="Introduction").sentences[-1]
    assert "gastric-nen-type1" not in {m.key for m in last.mentions}


def test_the_numbers_of_kinds_count_nothing() -> None:
    found = extraction("Achlorhydria was seen in type 1 and 2 tumors.", title=GASTRIC)
    assert not [s for s in found.statements if s.statistic is not None]


@pytest.mark.parametrize(
    ("text", "what", "of"),
    [
        (
            "Type 1 tumors are managed by endoscopic resection, unlike type 3 lesions, which require gastrectomy.",
            "gastrectomy",
            "gastric-nen-type3",
        ),
        (
            "Type 1 tumors are polypoid; type 2 tumors are seen with Zollinger-Ellison syndrome.",
            "zollinger-ellison-syndrome",
            "gastric-nen-type2",
        ),
    ],
)
def test_each_tumor_has_what_its_own_clause_says(text: str, what: str, of: str) -> None:
    assert said_of(text, what, GASTRIC) == {of}


def test_a_subject_without_a_concept_keeps_what_is_said_of_it() -> None:
    text = "Insulinomas are solitary. Reticulopapillary neoplasm shows calcification."
    assert said_of(text, "calcification", PANCREATIC) == {"Reticulopapillary neoplasm"}


def test_a_short_form_without_a_concept_keeps_what_is_said_of_it_from_others() -> None:
    text = (
        "Zellweger nodular cell hyperplasia (ZNCH) is rare. Insulinomas are solitary. "
        "ZNCH is suspected when calcification is seen."
    )
    assert "insulinoma" not in said_of(text, "calcification", PANCREATIC)


def test_what_was_named_in_passing_is_not_in_focus() -> None:
    text = "Insulinomas may look like lymphoma. Calcification is seen in many."
    assert "lymphoma" not in said_of(text, "calcification", PANCREATIC)


@pytest.mark.parametrize("row", PASSING, ids=lambda row: row.example[:30])
def test_what_is_named_in_passing_is_not_said_of_the_disease_of_the_title(row: object) -> None:
    example, types = getattr(row, "example"), getattr(row, "types")  # noqa: B009
    found = extraction(example, title=NENS, section="Introduction").statements
    of_the_title = [s for s in found if s.subject.key == "neuroendocrine-neoplasm" and "title" in s.rule]
    typed = {
        m.key
        for s in paper(example, title=NENS, section="Introduction").sentences
        for m in s.mentions
        if m.type in types
    }
    assert typed
    assert not [s for s in of_the_title if s.object.key in typed]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Adenomas lack the washout that is seen in hepatocellular carcinoma.",
            ("hepatocellular-carcinoma", "has_sign", "washout", "present"),
        ),
        (
            "No liver metastases were seen at CT.",
            ("liver-metastasis", "detected_by", "computed-tomography", "absent"),
        ),
        (
            "Five tumors were misinterpreted as hepatocellular carcinoma, three as cholangiocarcinoma.",
            ("neuroendocrine-neoplasm", "misdiagnosed_as", "cholangiocarcinoma", "present"),
        ),
        (
            "For the distinction of insulinoma and gastrinoma, calcification favors the latter.",
            ("calcification", "discriminates", "gastrinoma", "present"),
        ),
    ],
)
def test_what_is_said_of_one_is_not_said_of_the_other(text: str, statement: tuple[str, str, str, str]) -> None:
    found = claims(text)
    assert statement in found
    opposite = "absent" if statement[3] == "present" else "present"
    assert (*statement[:3], opposite) not in found


def test_fat_that_favors_the_latter_does_not_favor_the_former() -> None:
    text = "For the distinction of insulinoma and gastrinoma, calcification favors the latter."
    assert said_of(text, "insulinoma") == set() or (
        "calcification",
        "discriminates",
        "insulinoma",
        "present",
    ) not in claims(text)
