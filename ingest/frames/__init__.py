"""This package reads the turns of phrase that join two named things: 'misdiagnosed as', 'due to', 'helpful in
differentiating'.

A row of FRAMES is one; each module holds those of one kind of thing.
"""

from ingest.frames.averting import AVERTING_FRAMES
from ingest.frames.classes import CLASS_FRAMES, COMPRISING, KINDS
from ingest.frames.combinations import COMBINATION_FRAMES
from ingest.frames.courses import COURSE_FRAMES
from ingest.frames.detection import DETECTION_FRAMES
from ingest.frames.differentials import DIFFERENTIAL_FRAMES
from ingest.frames.diseases import DISEASE_FRAMES
from ingest.frames.effects import EFFECT_FRAMES
from ingest.frames.findings import FINDING_FRAMES
from ingest.frames.frame import Frame
from ingest.frames.indications import INDICATION_FRAMES
from ingest.frames.links import LINK_FRAMES
from ingest.frames.markers import MARKER_FRAMES
from ingest.frames.methods import METHOD_FRAMES
from ingest.frames.prospects import PROSPECT_FRAMES
from ingest.frames.relations import RELATION_FRAMES
from ingest.frames.sites import SITE_FRAMES
from ingest.frames.technique import TECHNIQUE_FRAMES
from ingest.frames.therapies import THERAPY_FRAMES

__all__ = ["COMPRISING", "FRAMES", "KINDS", "Frame"]

FRAMES = (
    *FINDING_FRAMES,
    *DIFFERENTIAL_FRAMES,
    *DETECTION_FRAMES,
    *TECHNIQUE_FRAMES,
    *EFFECT_FRAMES,
    *INDICATION_FRAMES,
    *THERAPY_FRAMES,
    *SITE_FRAMES,
    *DISEASE_FRAMES,
    *CLASS_FRAMES,
    *METHOD_FRAMES,
    *COURSE_FRAMES,
    *LINK_FRAMES,
    *RELATION_FRAMES,
    *MARKER_FRAMES,
    *COMBINATION_FRAMES,
    *PROSPECT_FRAMES,
    *AVERTING_FRAMES,
)
