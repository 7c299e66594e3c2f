"""This module says what a row of the grammar of printed statistics is, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.printed import NUMBER_STARTS

# Where a row's pattern may begin. 'number' is the rule: a numeral that stands free; the others are for names in front.
ANCHORS: Final[dict[str, re.Pattern[str]]] = {
    "number": NUMBER_STARTS,
    "digit": re.compile(r"(?<!\d)\d"),
    "bracket": re.compile(r"[\[(](?=\s*\d)"),
    "p": re.compile(r"\b[Pp](?=\s*[-=<>≤≥:＜]|[\s-]*[Vv]alues?\b|\s+for\b|\s+of\b)"),
    "n": re.compile(r"(?<![\w.])[nN](?=\s*[=≥≤><:])"),
    "test": re.compile(r"χ|[Xx](?=[²2-]|\s?\()|\b[Cc]hi\b|(?<![\w.-])[tFZzUuWHQI](?=[2²]?\s*[=<>(])"),
    "effect": re.compile(
        r"\bExp\s?\(|\b(?:a|s|cs)?[HOIRS]?[OHR]R(?=[^\w]|s\b)|\b[NPD]?LR\b|\bDOR\b|\b[Oo]dds\b|\b[Hh]azards?\b|\b[Rr]elative risk|\b(?:[Rr]isk|[Rr]ate|[Ll]ikelihood) ratio"
    ),
    "agreement": re.compile(
        r"\bAU(?:RO)?Cs?\b|\b[Aa]rea under|\b[Cc]-(?:index|stat)|κ|\b[Kk]appa\b|\bICCs?\b|\b[Ii]ntra-?class|\b(?:[Pp]earson|[Ss]pearman)"
        r"|\b[Cc]orrelation coef|(?<![\w.-])[rρ](?=[Ss2²]?\s*=)|\b[Rr]ho\b"
    ),
    "level": re.compile(r"\b[Pp](?=\s*[<≤=]|[\s-]*[Vv]alues?\b)|\b(?:level of )?significance\b|\bconsidered\b"),
    "one": re.compile(r"\b(?:[Yy]et another|[Aa]nother|[Aa]n additional|[Aa] single|once)\b"),
    "half": re.compile(r"\b(?:[Jj]ust|[Ss]lightly|[Ww]ell|[Oo]ver|[Uu]nder|[Mm]ore than|[Ll]ess than|[Nn]early|[Aa]lmost|[Aa]bout|[Aa]pproximately|(?:one[- ])?half)\b"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A statistic found in a text: where it stands ([start, end) of the text given), what it says, by which row.

    `fields` are the number fields of `kg.model.Statistic`, with the decimals as printed.
    """

    start: int
    end: int
    kind: str
    fields: Mapping[str, Decimal]
    unit: str | None = None
    op: str | None = None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed form: where it may begin, its pattern, what it makes of a match, an example and a refusal.

    `needs`: one of these must be in the text, else the row is not tried. A row with kind 'none' finds nothing: it
    takes numbers that are no statistic out of the others' way. `build` gives None where the match is not this form.
    """

    name: str
    kind: str
    anchor: str
    pattern: re.Pattern[str]
    build: Callable[[Row, re.Match[str]], list[Reported] | None]
    example: str
    refusal: str
    needs: tuple[str, ...] = ()

    def worth_trying(self, text: str) -> bool:
        return not self.needs or any(need in text for need in self.needs)
