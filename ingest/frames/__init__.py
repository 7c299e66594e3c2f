"""This package reads the turns of phrase that join two named things: 'misdiagnosed as', 'due to', 'helpful in
differentiating'.

A row of FRAMES is one; each module holds those of one kind of thing.
"""

from ingest.frames.detection import DETECTION_FRAMES
from ingest.frames.diseases import DISEASE_FRAMES, KINDS
from ingest.frames.findings import FINDING_FRAMES
from ingest.frames.frame import Frame
from ingest.frames.therapies import THERAPY_FRAMES

__all__ = ["FRAMES", "KINDS", "Frame"]

FRAMES = (*FINDING_FRAMES, *DETECTION_FRAMES, *THERAPY_FRAMES, *DISEASE_FRAMES)
