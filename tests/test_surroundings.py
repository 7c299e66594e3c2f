"""What stands around a finding: its modality and its phase, and nobody else's."""

from __future__ import annotations

from ingest.surroundings import defined_phases
from tests import written

IMAGING = "Hepatocellular carcinoma: imaging findings of 12 patients"


def context(sentence: str, finding: str, *, title: str = IMAGING) -> tuple[str | None, tuple[str, ...]]:
    """(modality, phases) of the first statement about a finding."""
    found = next(s for s in written.extraction(sentence, title=title).statements if s.object.key == finding)
    return found.modality, found.phases


def test_a_modality_in_front_of_a_bracket_is_that_of_its_number() -> None:
    sentence = "Contrast-enhanced CT scans (6/8) and contrast-enhanced MR scans (1/2) displayed a complete capsule."
    counts = {
        s.statistic.printed: s.modality for s in written.extraction(sentence, title=IMAGING).statements if s.statistic
    }
    assert counts == {"6/8": "contrast-enhanced-ct", "1/2": "contrast-enhanced-mri"}


def test_a_modality_behind_another_finding_is_that_of_the_other() -> None:
    sentence = "Most masses were multiple (9/12), exhibiting low attenuation on pre-contrast CT scans."
    assert context(sentence, "multiple-lesions")[0] is None


def test_imaging_in_a_title_names_no_modality() -> None:
    assert context("Lymphadenopathy was seen in 7/12 patients.", "lymphadenopathy")[0] is None
    by_ct = context(
        "Lymphadenopathy was seen in 7/12 patients.", "lymphadenopathy", title="CT of hepatocellular carcinoma"
    )
    assert by_ct[0] == "computed-tomography"


def test_what_only_magnetic_resonance_shows_was_seen_with_it() -> None:
    sentence = "CT showed the masses, and restricted diffusion was seen in 5/12 patients."
    assert context(sentence, "restricted-diffusion")[0] == "magnetic-resonance-imaging"


def test_arterial_hyperenhancement_is_of_the_arterial_phase_whatever_follows() -> None:
    sentence = "Rim arterial phase hyperenhancement was seen in 7/12 patients, with washout in the delayed phase."
    assert context(sentence, "rim-aphe")[1] == ("arterial-phase",)


def test_a_sequence_is_the_phase_of_the_sign_that_it_shows() -> None:
    sentence = "Noncontrast CT showed hypodensity, with low signal intensity on T1WI and high signal intensity on T2WI."
    assert context(sentence, "t2-hyperintensity")[1] == ("t2-weighted-imaging",)
    assert context(sentence, "t1-hypointensity")[1] == ("t1-weighted-imaging",)
    assert context(sentence, "hypoattenuation") == ("noncontrast-ct", ("precontrast-phase",))


def test_what_no_image_shows_has_no_modality() -> None:
    title = "CT of hepatocellular carcinoma"
    for sentence, finding in (
        ("Hepatocellular carcinoma was treated by surgical resection after CT.", "surgical-resection"),
        ("AFP was elevated in 3/12 patients.", "afp"),
        ("Abdominal pain was present in 5/12 patients.", "abdominal-pain"),
    ):
        assert context(sentence, finding, title=title)[0] is None, sentence


def test_what_finds_a_disease_is_its_own_modality() -> None:
    sentence = "CT and MRI are used to detect hepatocellular carcinoma."
    found = {s.object.key: s.modality for s in written.extraction(sentence, title=IMAGING).statements}
    assert found == {
        "computed-tomography": "computed-tomography",
        "magnetic-resonance-imaging": "magnetic-resonance-imaging",
    }


TWO = "CT of hepatocellular carcinoma and intrahepatic cholangiocarcinoma"
CARCINOMAS = {"hepatocellular-carcinoma", "intrahepatic-cholangiocarcinoma"}


def compared(sentence: str) -> list[tuple[str | None, str | None]]:
    """(bearer, comparator) of every number of a sentence in a paper on two diseases."""
    found = written.extraction(sentence, title=TWO).statements
    return [(s.subject.key, s.comparator.key if s.comparator else None) for s in found if s.statistic]


def test_a_number_of_one_of_two_groups_is_compared_with_the_other() -> None:
    sentence = (
        "Tumor size differed between hepatocellular carcinoma (5.1 cm) and intrahepatic cholangiocarcinoma (3.2 cm)."
    )
    found = compared(sentence)
    assert found
    assert all({one, other} == CARCINOMAS for one, other in found)


def test_a_number_of_one_group_alone_is_compared_with_none() -> None:
    found = compared("Lymphadenopathy was seen in 7/12 patients with hepatocellular carcinoma.")
    assert found == [("hepatocellular-carcinoma", None)]


def population(sentence: str, finding: str) -> str | None:
    found = written.extraction(sentence, title=IMAGING).statements
    return next(s for s in found if s.object.key == finding).population


def test_what_is_said_of_a_part_keeps_its_part() -> None:
    sentence = "Most masses showed washout, while some masses showed calcification."
    assert population(sentence, "calcification") == "some masses"
    assert population(sentence, "washout") is None
    assert (
        population(
            "Larger hepatocellular carcinomas are lobulated; larger lesions show calcification.", "calcification"
        )
        == "larger lesions"
    )
    assert population("Calcification was seen in all masses.", "calcification") == "all masses"


def test_a_sign_has_the_phases_by_which_the_methods_define_it() -> None:
    methods = (
        "Enhancement patterns were recorded as: plateau pattern, similar between the arterial and the portal venous"
        " phase, or washout pattern, lower in the delayed phase than in the arterial phase. Age was defined as usual."
    )
    found = defined_phases(written.paper(methods, section="Methods"))
    assert found["plateau-pattern"] == ("arterial-phase", "portal-venous-phase")
    assert found["washout-pattern"] == ("arterial-phase", "delayed-phase")
    assert found["enhancement-pattern"] == ("arterial-phase", "portal-venous-phase", "delayed-phase")
    assert not defined_phases(written.paper(methods, section="Results"))


def test_a_may_of_the_next_part_of_a_sentence_hedges_only_that() -> None:
    text = "Most patients with hepatocellular carcinoma are asymptomatic, a few patients may have fever."
    hedged = {s.object.key: s.hedged for s in written.extraction(text, title=IMAGING).statements}
    assert (hedged["asymptomatic"], hedged["fever"]) == (False, True)
