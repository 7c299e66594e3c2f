"""How images are taken: what turns of phrase claim of phases, sequences, agents and tracers, and what they leave."""

from __future__ import annotations

import pytest

from tests.written import extraction

CT, MRI, DWI = "computed-tomography", "magnetic-resonance-imaging", "diffusion-weighted-imaging"
T1, T2, SRS = "t1-weighted-imaging", "t2-weighted-imaging", "srs"
AGENT = "hepatobiliary-contrast-agent"
ARTERIAL, PORTAL = "arterial-phase", "portal-venous-phase"
TITLE = "Imaging of abdominal tumors"


def ways(text: str) -> set[tuple[str | None, str | None, str]]:
    """(subject, object, polarity) of how images are taken, by a sentence of a discussion."""
    found = extraction(text, title=TITLE, section="Discussion").statements
    return {(s.subject.key, s.object.key, s.polarity) for s in found if s.predicate == "imaging_technique"}


@pytest.mark.parametrize(
    ("text", "subject", "objects"),
    [
        ("CT requires an arterial phase and a portal venous phase.", CT, {ARTERIAL, PORTAL}),
        ("CT images are acquired in the arterial phase.", CT, {ARTERIAL}),
        ("MRI is routinely performed with fat suppression.", MRI, {"fat-suppression"}),
        ("T2-weighted imaging is performed with respiratory triggering.", T2, {"respiratory-triggering"}),
        ("Respiratory triggering is used for T2-weighted imaging.", T2, {"respiratory-triggering"}),
        ("Diffusion-weighted imaging is performed with several b values.", DWI, {"b-value"}),
        ("CT is acquired before and after injection of iodinated contrast agent.", CT, {"iodinated-contrast"}),
        ("CT enterography requires oral contrast.", "ct-enterography", {"oral-contrast"}),
        ("Oral contrast should be given before CT.", CT, {"oral-contrast"}),
        ("PET/CT with 68Ga-DOTATATE is the method of choice.", "pet-ct", {"ga68-dotatate"}),
        ("Somatostatin receptor scintigraphy uses indium-111.", SRS, {"in111"}),
        ("Dual-energy CT allows the generation of iodine maps.", "dual-energy-ct", {"iodine-map"}),
        ("Ultrasonography can be fused with MRI.", "ultrasonography", {MRI}),
        ("SPECT/CT is acquired 24 hours after injection of 111In-pentetreotide.", "spect-ct", {"in111-octreotide"}),
        ("The MRI protocol for insulinoma comprises T2-weighted and diffusion-weighted imaging.", MRI, {T2, DWI}),
        (
            "Percutaneous ablation is usually guided by ultrasonography or CT.",
            "ablative-therapy",
            {"ultrasonography", CT},
        ),
        ("Radiofrequency ablation is performed under CT guidance.", "rfa", {CT}),
        ("Hepatobiliary contrast agents improve the detection of insulinoma.", "insulinoma", {AGENT}),
        ("Insulinomas are visible only in the arterial phase.", "insulinoma", {ARTERIAL}),
        ("The arterial phase is the most sensitive sequence for insulinomas.", "insulinoma", {ARTERIAL}),
        ("Oral contrast is preferred for CT of the pancreas.", CT, {"oral-contrast"}),
        ("The late arterial phase improves the detection of insulinoma.", "insulinoma", {"late-arterial-phase"}),
    ],
)
def test_how_images_are_taken_is_claimed(text: str, subject: str, objects: set[str]) -> None:
    assert {(subject, one, "present") for one in objects} <= ways(text)


def test_what_is_not_needed_is_not_present() -> None:
    assert ways("CT does not require oral contrast.") == {(CT, "oral-contrast", "absent")}
    assert not ways("MRI is not performed with fat suppression.")


@pytest.mark.parametrize(
    "text",
    [
        "MRI without contrast agent is insufficient.",
        "If CT is performed in the arterial phase, insulinoma may be seen.",
        "CT was compared with the arterial phase of MRI.",
        "CT was performed after MRI.",
        "Biopsy is performed with CT.",
        "Imaging is performed in the arterial phase.",
        "CT uses diffusion-weighted imaging.",
        "Diffusion-weighted imaging is performed after injection of gadoxetic acid.",
        "CT is performed with 68Ga-DOTATATE.",
        "Somatostatin receptor scintigraphy uses gadolinium.",
        "CT with oral contrast showed a mass.",
        "CT offers a high sensitivity.",
    ],
)
def test_what_is_no_way_to_take_an_image_is_left_alone(text: str) -> None:
    assert not ways(text)


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("The arterial phase is essential in the imaging of these lesions.", {ARTERIAL}),
        ("The arterial and portal venous phases are also necessary.", {ARTERIAL, PORTAL}),
    ],
)
def test_a_phase_that_is_needed_is_one_for_the_disease_in_focus(text: str, objects: set[str]) -> None:
    before = "Hepatocellular carcinoma is hypervascular. "
    assert {("hepatocellular-carcinoma", one, "present") for one in objects} <= ways(before + text)


@pytest.mark.parametrize(
    "text",
    [
        "Hepatocellular carcinoma is hypervascular. Washout in the portal venous phase is essential.",
        "Hepatocellular carcinoma is hypervascular. The arterial phase is shown.",
        "Hepatocellular carcinoma is hypervascular in the arterial phase, which biopsy is needed to confirm.",
    ],
)
def test_a_phase_in_which_something_is_needed_is_none(text: str) -> None:
    assert not ways(text)


def test_diffusion_weighted_imaging_has_no_phase() -> None:
    text = "MRI is of use. The protocol should include diffusion-weighted imaging and a portal venous phase."
    assert (DWI, PORTAL, "present") not in ways(text)


def test_what_a_sequence_misses_is_denied() -> None:
    found = extraction("Insulinomas are often missed in the portal venous phase.", title=TITLE).statements
    assert {(s.subject.key, s.predicate, s.object.key, s.polarity) for s in found} == {
        ("insulinoma", "detected_by", PORTAL, "absent")
    }


def test_a_caption_tells_what_an_image_shows() -> None:
    text = "Axial CT image obtained during the late arterial phase shows insulinoma."
    found = extraction(text, title=TITLE).statements
    assert ("insulinoma", "detected_by", CT) in {(s.subject.key, s.predicate, s.object.key) for s in found}
