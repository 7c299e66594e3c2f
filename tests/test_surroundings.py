"""What stands around a finding: its modality and its phase, and nobody else's."""

from __future__ import annotations

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
