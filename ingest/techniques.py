"""This module tells whether one test is a way in which the images of another are taken: its phase, sequence, agent."""

from __future__ import annotations

from typing import Final

from ingest.candidates import IMAGING
from ingest.pairs import Pair
from ingest.sentences import Paper
from ingest.units import TECHNIQUES

CONTRAST_AGENT: Final = "contrast-agent"
RADIOTRACER: Final = "radiotracer"
NUCLEAR: Final = "nuclear-medicine-imaging"
MRI: Final = "magnetic-resonance-imaging"

NOT_ENHANCED: Final = frozenset(
    {
        *(
            "noncontrast-ct",
            "t1-weighted-imaging",
            "t2-weighted-imaging",
            "diffusion-weighted-imaging",
            "fast-spin-echo",
        ),
        *("gradient-echo", "fat-suppression", "chemical-shift-imaging", "susceptibility-weighted-imaging", "mrcp"),
    }
)
"""Images taken without a contrast agent, and sequences, which are none of its own."""

WITHOUT_PHASES: Final = frozenset({"noncontrast-ct", "diffusion-weighted-imaging", "t2-weighted-imaging", "mrcp"})
"""Images that have no phase of a contrast agent."""

OF_ANY_SEQUENCE: Final = frozenset(
    {
        *("fat-suppression", "respiratory-triggering", "parallel-imaging", "phased-array-coil", "three-d-gre", "bssfp"),
        *("gradient-echo", "fast-spin-echo", "single-shot-fse", "echo-planar-imaging", "subtraction-imaging"),
    }
)
"""How the images of any magnetic resonance sequence may be taken."""

PREPARATIONS: Final = frozenset({"spasmolytic", "saline-flush", "bolus-tracking", "oral-contrast"})
"""What goes with images of any kind."""

NUCLIDES: Final = frozenset({"gallium-68", "f18", "c11", "cu64", "i123", "in111", "tc99m"})

TOGETHER: Final = "combined-with"
"""The turn of phrase by which two kinds of images are taken together."""


def is_way(paper: Paper, pair: Pair, frame: str = "") -> bool:
    """Whether two modalities are one and a technique of it, or a contrast agent for it; other pairs always fit. A turn
    of phrase (`frame`) may also join a sequence and how it is taken, a tracer, or two kinds of images.
    """
    ends = pair.attribute, pair.bearer
    technique, modality = ends[::-1] if frame and pair.rule is not None and pair.rule.turned else ends
    way, image = technique.entity.key, modality.entity.key
    if modality.type != "modality" or way is None or image is None:
        return True
    if frame and technique.type in {"modality", "phase", "measure"}:
        return _goes_with(paper, frame, technique.type, way, image)
    if paper.lexicon.is_a(way, CONTRAST_AGENT):
        return image not in NOT_ENHANCED
    if technique.type == "phase":
        return image not in WITHOUT_PHASES
    return paper.lexicon.is_a(way, image) or technique.type != "modality"


def _goes_with(paper: Paper, frame: str, type_: str, way: str, image: str) -> bool:
    """Whether images of a kind can be taken in the way that a turn of phrase says."""
    is_a = paper.lexicon.is_a
    if not is_a(image, IMAGING) or image == IMAGING:
        return False
    if frame == TOGETHER:
        return is_a(way, IMAGING) and way != IMAGING and not is_a(way, image) and not is_a(image, way)
    if type_ == "measure":
        return way in TECHNIQUES
    nuclear = is_a(image, NUCLEAR)
    if is_a(way, RADIOTRACER) or way in NUCLIDES:
        return nuclear
    if type_ == "phase" or is_a(way, CONTRAST_AGENT) or way in PREPARATIONS:
        return not nuclear and (type_ == "phase" or image not in NOT_ENHANCED)
    return is_a(way, image) or (way in OF_ANY_SEQUENCE and is_a(image, MRI) and not is_a(image, way))
