"""This module holds the parts that more than one row of the grammar is composed of."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.forms.row import ANCHORS, Reported, Row
from ingest.printed import ADJECTIVE, DASH, NUMBER, TO

CI: Final = r"(?:CIs?\b|C\.I\.|[Cc]onfidence [Ii]ntervals?(?:\s*[(\[]CI[)\]])?)"
# ', 95.0 % CI = 0.020–0.622' | ' (95%CI=0.749-0.963' | ' [95% CI, 0.71 to 0.92]'
INTERVAL: Final = (
    rf"\s*[,;:(\[]*\s*(?P<level>9\d(?:\.\d+)?)\s?%\s*{CI}\s*(?:[:=,]|of|was|is)?\s*[(\[]?\s*"
    rf"(?P<lo>{NUMBER})\s?%?\s*(?:{DASH}|to|,|;)\s*(?P<hi>{NUMBER})\s?%?"
)
# ' (0.3–0.9)' behind a ratio
BARE_INTERVAL: Final = (
    rf"\s*[(\[,;]\s*(?:{CI}\s*[:=,]?\s*)?(?P<lo>{NUMBER})\s*(?:{DASH}|to|,)\s*(?P<hi>{NUMBER})\s*[)\]]"
)
# What may stand between a measure's name and its number: ' (AUC) value was '
LINKS: Final = (
    r"(?:\s*[(\[]\s*(?:AU(?:RO)?C|OR|HR|RR|ICC|κ|k|r)s?\s*[)\]])?"
    r"(?:\s+(?:values?|coefficients?|scores?|index|statistics?|of|was|were|is|are|at|as))*\s*[:,]?\s*"
)
# A number is not one end of a range, no percentage, no part of a longer number.
ALONE: Final = rf"(?![\d%])(?![.·]\d)(?!\s?%)(?!{TO}\.?\d)"
N_OF: Final = r"(?:\s?/\s?|\s*(?:out )?of (?:(?:the|these|those|our|all) )*)"
OPENS: Final = r"\s*[(\[]\s*"
PERCENT: Final = r"\s?(?:%|％|[Pp]er ?cent\b)"
WORDS: Final = rf"(?:\s+{ADJECTIVE}){{0,4}}"
SPREAD: Final = r"(?P<spread>IQR|[Ii]nter-?quartile range|[Rr]ange)(?:\s*\(IQR\))?\s*[:,=]?\s*(?:from |was |of )?"
YEAR: Final = r"(?:19|20)\d\d"


def row(
    name: str,
    kind: str,
    pattern: str,
    build: Callable[[Row, re.Match[str]], list[Reported] | None],
    *,
    example: str,
    refusal: str,
    anchor: str = "number",
    needs: tuple[str, ...] = (),
) -> Row:
    """A row of the grammar, its pattern compiled."""
    if anchor not in ANCHORS:
        raise ValueError(f"the anchor of the row {name!r} is {anchor!r}; allowed: {', '.join(ANCHORS)}")
    compiled = re.compile(pattern)
    return Row(
        name=name,
        kind=kind,
        anchor=anchor,
        pattern=compiled,
        build=build,
        example=example,
        refusal=refusal,
        needs=needs,
    )
