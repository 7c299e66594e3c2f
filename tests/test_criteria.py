"""Criteria of inclusion and exclusion are of the cohort, each in the paper's own words."""

from __future__ import annotations

import pytest

from ingest.pipeline import extract
from ingest.text import Block, RawText
from kg.model import Source, Span
from tests.written import extraction, vocabulary

TITLE = "Ablation of hepatocellular carcinoma"


def criteria(text: str, title: str = TITLE, section: str = "Methods") -> list[str]:
    """What a text names as a criterion of the cohort, in its order."""
    found = extraction(text, title=title, section=section).statements
    return [s.object.label for s in found if s.predicate == "cohort" and s.statistic is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Exclusion criteria were ascites, hepatic encephalopathy, and prior embolization.",
            {
                "exclusion criterion: ascites",
                "exclusion criterion: hepatic encephalopathy",
                "exclusion criterion: prior embolization",
            },
        ),
        (
            "The inclusion criteria were as follows: (1) proven carcinoma; (2) no metastases; (3) age above 18 years.",
            {"inclusion criterion: proven carcinoma", "inclusion criterion: no metastases"},
        ),
        (
            "Exclusion criteria: a) pregnancy, b) contraindications to MRI such as pacemakers, and c) renal failure.",
            {
                "exclusion criterion: pregnancy",
                "exclusion criterion: contraindications to MRI such as pacemakers",
                "exclusion criterion: renal failure",
            },
        ),
    ],
)
def test_each_item_of_a_list_is_a_criterion(text: str, expected: set[str]) -> None:
    assert set(criteria(text)) == expected


def test_what_goes_on_after_a_no_is_left_out() -> None:
    found = criteria("Inclusion criteria were preserved liver function, no ascites, thrombosis or metastases.")
    assert found == ["inclusion criterion: preserved liver function"]


@pytest.mark.parametrize(
    "text",
    [
        "Patients who met the inclusion criteria were enrolled.",
        "The inclusion criteria of the trial are discussed elsewhere.",
        "Exclusion criteria were bilirubin above 2 mg/dl.",
    ],
)
def test_a_sentence_about_criteria_lists_none(text: str) -> None:
    assert not criteria(text)


def test_whose_criteria_they_are_must_be_plain() -> None:
    text = "Exclusion criteria were ascites and renal failure."
    assert criteria(text)
    assert not criteria(text, title="CT of hepatocellular carcinoma and hepatic hemangioma")
    assert not criteria(text, section="Discussion")


def test_lines_of_a_table_stand_below_their_head() -> None:
    lines = [
        "Patients were treated.",
        "Inclusion criteria",
        "Preserved liver function",
        "Exclusion criteria",
        "Renal failure (stage 3)",
        "Age >80",
    ]
    text, blocks = "", []
    for line in lines:
        span = Span(start=len(text), end=len(text) + len(line))
        blocks.append(Block(kind="paragraph", section="Table" if text else "Methods", segments=(span,)))
        text += line + "\n"
    found = extract(Source(key="x", title=TITLE), RawText(text=text, blocks=tuple(blocks)), vocabulary()).statements
    assert [s.object.label for s in found if s.predicate == "cohort" and s.statistic is None] == [
        "inclusion criterion: Preserved liver function",
        "exclusion criterion: Renal failure",
    ]
