"""This module tells a paper with data of its own from a review."""

from __future__ import annotations

from typing import Final

from ingest.context import OWN_WORDS, RECRUITED
from ingest.phrases import one_of, phrase
from ingest.sections import known_section
from ingest.text import Block, RawText
from kg.model import Source

REVIEW_DESIGN: Final = phrase("review", "guidelines?", "consensus", "editorial", "pictorial", "overview")
"""Words of a study design that say that a paper has no data of its own."""

STUDY_SECTIONS: Final = frozenset({"Methods", "Results"})

_DONE: Final = one_of(
    "compar", "evaluat", "assess", "investigat", "determin", "analy[sz]", "retrospective", "prospective"
)
_THIS: Final = one_of("pilot", "case-control", "cohort", "retrospective", "prospective", "single-cent(?:er|re)")
OWN_STUDY: Final = phrase(
    rf"(?:aims?|objectives?|purpose) (?:of \w+ \w+ )?(?:was|were|is) to {_DONE}\w*",
    rf"(?:this|our|a|in this) {_THIS} (?:\w+ )?(?:study|trial|review of|analysis)",
    "randomly (?:assigned|grouped|divided|allocated)",
    rf"we (?:\w+ly )?{_DONE}\w*",
)
"""'The objectives were to compare', 'in this pilot study': what only one who has patients says."""


def is_review(source: Source, raw: RawText) -> bool:
    """Whether a paper has no data of its own: its design says so, or it has neither methods nor results and tells of no
    study that its authors did.
    """
    if source.study_design:
        return REVIEW_DESIGN.search(source.study_design) is not None
    return not any(_tells_of_a_study(raw, block) for block in raw.blocks)


def _tells_of_a_study(raw: RawText, block: Block) -> bool:
    if block.section in STUDY_SECTIONS or known_section(block.heading) in STUDY_SECTIONS or block.kind == "table":
        return True
    return block.kind in {"paragraph", "caption"} and any(
        cue.search(raw.text, segment.start, segment.end)
        for segment in block.segments
        for cue in (OWN_WORDS, RECRUITED, OWN_STUDY)
    )
