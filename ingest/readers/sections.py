"""This module names the section of a paper that a marked heading opens, in the words of `kg.model.SECTIONS`."""

from __future__ import annotations

import re
from typing import Final

from ingest.sections import folded_heading, known_section

# What a heading begins with (or holds, for Methods). In marked-up text a heading is certain, so its words may be freer
# than those by which a line of plain text is known as one: 'Statistical methods', 'Results of the survey'.
# The first row that fits wins.
HEADINGS: Final = (
    ("Abstract", r"abstract|structured abstract|synopsis|key points"),
    (
        "Methods",
        r"(?:.*\b)?methods?\b|methodology|experimental|(?:.*\b)?procedures?\b|subjects?\b|materials?\b|patients and|"
        r"study (?:design|population)|participants\b|statistical analys[ie]s|protocol\b",
    ),
    ("Results", r"results?\b|findings\b|outcomes?\b"),
    ("Discussion", r"discuss\w*|comments?\Z|limitations\b|strengths and"),
    ("Conclusion", r"conclu\w*|summary\b|take.home"),
    ("Introduction", r"intro\w*|backgrounds?\b|aims?\b|objectives?\b|purposes?\b|rationale\b|hypothes[ie]s\b"),
    ("References", r"references?\Z|bibliography|literature cited|works cited|cited literature"),
)
_PATTERNS: Final = tuple((section, re.compile(words)) for section, words in HEADINGS)
LONGEST_HEADING: Final = 120  # characters


def section_of(heading: str) -> str:
    """The section that this heading opens by its own words, 'other' where they tell none.

    >>> section_of("2. Materials and Methods"), section_of("Results of the survey"), section_of("Sorafenib")
    ('Methods', 'Results', 'other')
    """
    if len(heading) > LONGEST_HEADING:
        return "other"
    known = known_section(heading)
    if known is not None:
        return "Introduction" if known == "Objective" else known
    words = folded_heading(heading)
    return next((section for section, pattern in _PATTERNS if pattern.match(words)), "other")


def subsection_of(heading: str, parent: str) -> str:
    """The section of a heading inside another section: the outer one, unless that is 'other'.

    >>> subsection_of("Statistical methods", "Results"), subsection_of("Results", "other")
    ('Results', 'Results')
    """
    return parent if parent != "other" else section_of(heading)
