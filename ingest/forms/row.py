"""This module says what a row of the grammar of printed statistics is, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.printed import NUMBER_STARTS
from ingest.screening import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a row's pattern may begin. Where none of `needs` is in the text, there is no such place.

    The pattern begins with a character class, which the engine skips to quickly; what may stand before it follows.
    """

    pattern: Pattern
    needs: tuple[str, ...] = ()

    def places(self, text: str) -> list[int]:
        return [match.start() for match in self.pattern.finditer(text)]


# 'number' is the rule: a numeral that stands free; the others are for names in front of one.
ANCHORS: Final[dict[str, Anchor]] = {
    "number": Anchor(pattern=NUMBER_STARTS),
    "digit": Anchor(pattern=re.compile(r"\d(?<!\d.)")),
    "bracket": Anchor(pattern=re.compile(r"[\[(](?=\s*\d)")),
    "p": Anchor(pattern=re.compile(r"[Pp](?<!\w.)(?=\s*[-=<>≤≥:＜]|[\s-]*[Vv]alues?\b|\s+(?:for|of)\b)")),
    "b": Anchor(pattern=re.compile(r"b(?<![\w-].)(?=\d{2,4}(?!\w))"), needs=("s/mm", "DWI", "iffusion")),
    "n": Anchor(pattern=re.compile(r"[nN](?<![\w.].)(?=\s*[=≥≤><:])")),
    "test": Anchor(
        pattern=re.compile(
            r"[χXxCctFZzUuWHQI](?<![\w.-].)(?:(?<=χ)|(?<=[Xx])(?=[²2-]|\s?\()|(?<=[Cc])(?=hi\b)|(?<=[tFZzUuWHQI])"
            r"(?=[2²]?\s*[=<>(]))"
        ),
        needs=("=", "<", ">"),
    ),
    "effect": Anchor(
        pattern=re.compile(
            r"[EaschHORISNPDLoOrl](?<!\w.)(?:(?<=E)xp\s?\(|(?<=[a-zA-Z])(?=(?:s|cs)?[OHRIS]?[ROH]?R(?:s\b|\W))|"
            r"(?<=[OHR])R(?=\W|s\b)"
            r"|(?<=L)R|(?<=[NPD])(?=LR|OR)|(?<=[Oo])dds\b|(?<=[Hh])azard|(?<=[Rr])(?=elative risk|isk ratio"
            r"|ate ratio)|(?<=[Ll])ikelihood ratio)"
        ),
        needs=("Exp", "OR", "HR", "RR", "LR", "dds", "azard", "isk", "atio"),
    ),
    "agreement": Anchor(
        pattern=re.compile(
            r"[AaCcκKkIiPpSsRrρ](?<![\w-].)(?:(?<=κ)|(?<=A)U(?:RO)?Cs?\b|(?<=[Aa])rea under|(?<=[Cc])(?:-index"
            r"|-statistic|orrelation coef)|(?<=[Kk])appa\b|(?<=I)CCs?\b"
            r"|(?<=[Ii])ntra-?class|(?<=[PpSs])(?:earson|pearman)|(?<=[rρ])(?=[Ss2²]?\s*=)|(?<=[Rr])ho\b)"
        ),
        needs=(
            "AU",
            "rea under",
            "-index",
            "-stat",
            "κ",
            "appa",
            "ICC",
            "lass",
            "earson",
            "pearman",
            "coef",
            "r =",
            "r=",
            "r2",
            "r²",
            "ρ",
            "ho ",
        ),
    ),
    "level": Anchor(
        pattern=re.compile(
            r"[Ppslc](?<!\w.)(?:(?<=[Pp])(?=\s*[<≤=]|[\s-]*[Vv]alues?\b)|(?<=l)evel of significance|"
            r"(?<=s)ignificance\b|(?<=c)onsidered\b)"
        ),
        needs=("onsidered", "ignifican", "defined", "set ", "egarded", "eemed"),
    ),
    "one": Anchor(
        pattern=re.compile(r"[YyAao](?<!\w.)(?=(?:et another|nother|n additional| single|nce)\b)"),
        needs=("nother", "additional", "single", "once"),
    ),
    "half": Anchor(
        pattern=re.compile(r"[JjSsWwOoUuMmLlNnAaBbh1](?<!\w.)(?=[^.;]{0,24}half\b)"),
        needs=("half",),
    ),
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

    def moved(self, by: int) -> Reported:
        """The same statistic in a text that has so many characters more before it."""
        return Reported(
            start=self.start + by,
            end=self.end + by,
            kind=self.kind,
            fields=self.fields,
            unit=self.unit,
            op=self.op,
            rule=self.rule,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed form: where it may begin, its pattern, what it makes of a match, an example and a refusal.

    `needs`: one of these must be in the text, else the row is not tried. A row with kind 'none' finds nothing: it
    takes numbers that are no statistic out of the others' way. `build` gives None where the match is not this form.
    """

    name: str
    kind: str
    anchor: str
    pattern: Pattern
    build: Callable[[Row, re.Match[str]], list[Reported] | None]
    example: str
    refusal: str
    needs: tuple[str, ...] = ()
