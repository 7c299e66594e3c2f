"""This module sets quotes, numbers and names of a quiz as print does: no word divided, no bare number."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from kg.evidence import Cell
from kg.evidence.cells import group_name
from kg.measures import Interval
from kg.model import Entity, Source, Statement, Statistic

LONGEST_QUOTE: Final = 320  # characters of a quote that an option or a feedback shows
DIVIDED: Final = re.compile(r"(\w+)-[ \t]*\n\s*(\w+)")
SIGNS: Final = {"<": "< ", ">": "> ", "<=": "≤ ", ">=": "≥ ", "~": "about ", "=": ""}
SHARES: Final = (
    "percent",
    "percent_range",
    "sensitivity",
    "specificity",
    "survival_rate",
    "mortality_rate",
    "proportion",
)


def legible(quote: str, words: Collection[str]) -> str:
    r"""A quote on one line: a word that the end of a line divided is whole again, a hyphen of its own is kept.

    `words` are those of the papers: whichever spelling they use elsewhere is taken.

    >>> legible("neu-\nroendocrine tumours on contrast-\nenhanced CT", {"contrast-enhanced"})
    'neuroendocrine tumours on contrast-enhanced CT'
    """

    def mended(found: re.Match[str]) -> str:
        first, rest = found.groups()
        hyphenated = f"{first}-{rest}"
        keep = hyphenated in words and first + rest not in words
        return hyphenated if keep or rest[0].isupper() or rest[0].isdigit() else first + rest

    return " ".join(DIVIDED.sub(mended, quote).split())


def shortened(text: str, around: int = 0, longest: int = LONGEST_QUOTE) -> str:
    """A text cut to a length at whole words, with what stands `around` a place in it, and dots where it was cut.

    >>> shortened("one two three four five six", 14, 14)
    '… three four …'
    """
    if len(text) <= longest:
        return text
    start = max(0, min(around - longest // 2, len(text) - longest))
    end = start + longest
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = text.rfind(" ", start, end)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def citation(source: Source | None, statement: Statement) -> str:
    """Where a statement stands: 'Cui 2017, Oncotarget, Table 1 · row Washout'; what it cites in turn comes last."""
    section = statement.section if statement.section not in ("other", "Table", "Figure caption") else None
    place = ", ".join(part for part in (section, statement.locator) if part) or section
    if place is None and statement.section != "other":
        place = statement.section
    name, journal = (source.short_name, source.journal) if source is not None else (statement.source, None)
    cited = f"citing reference {', '.join(statement.citations)}" if statement.citations else None
    return ", ".join(part for part in (name, journal, place, cited) if part)


def number(value: Decimal) -> str:
    """A number with the decimals that the paper printed."""
    return format(value, "f")


def figure(statistic: Statistic) -> str:
    """A printed figure in one form for all papers, with its operator, range and unit; '' for a kind without one.

    >>> from kg.model import Span
    >>> figure(Statistic(kind="percent", printed="over 70%", span=Span(start=0, end=8), percent=Decimal("70"), op=">"))
    '> 70 %'
    """
    sign = SIGNS.get(statistic.op or "=", "")
    unit = "%" if statistic.kind in SHARES or statistic.percent is not None else (statistic.unit or "")
    unit = " ".join(unit.split())
    value = statistic.percent if statistic.percent is not None else statistic.value
    if value is None and statistic.low is not None and statistic.high is not None:
        if sign not in ("", "about "):
            return ""
        return f"{sign}{number(statistic.low)}–{number(statistic.high)} {unit}".strip()
    return f"{sign}{number(value)} {unit}".strip() if value is not None else ""


def extent(statistic: Statistic) -> tuple[float, float] | None:
    """The stretch of the number line that a printed figure can mean: two figures differ only where these are apart.

    'About' is a tenth to either side; a limit reaches to the end of its scale.
    """
    low, high = statistic.low, statistic.high
    value = statistic.percent if statistic.percent is not None else statistic.value
    if value is None:
        return (float(low), float(high)) if low is not None and high is not None else None
    middle, op = float(value), statistic.op
    if low is not None and high is not None:  # "93 % (range 85–100 %)"
        return min(middle, float(low)), max(middle, float(high))
    exponent = value.as_tuple().exponent
    half = 0.5 * 10.0 ** (exponent if isinstance(exponent, int) else 0)
    if op in ("<", "<="):
        return 0.0, middle
    if op in (">", ">="):
        return middle, 100.0 if statistic.percent is not None else float("inf")
    reach = max(half, 0.1 * middle) if op == "~" else half
    return middle - reach, middle + reach


def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two stretches share nothing."""
    return one[1] < other[0] or other[1] < one[0]


def limits(interval: Interval) -> str:
    """An interval of proportions as percentages: '45–81 %'."""
    return f"{100 * interval.low:.0f}–{100 * interval.high:.0f} %"


def share(cell: Cell) -> str:
    """A counted cell: '15 of 23 patients, 65 % (95 % CI 45–81 %, Wilson)'; ValueError for one without a count."""
    n, total = cell.count
    if cell.interval is None:
        return f"{n} of {total} {cell.unit or 'patients'}"
    return f"{n} of {total} {cell.unit or 'patients'}, {cell.percent:.0f} % (95 % CI {limits(cell.interval)}, Wilson)"


REPORT: Final = re.compile(r"\bet al\b|\bstud(?:y|ies)\b|\breports?\b|\bguidelines?\b|\bseries\b", re.IGNORECASE)
ENDING: Final = re.compile(r"(?:es|is|s)\Z")
SMALL_WORDS: Final = frozenset(("with", "of", "all", "the", "a", "an", "in", "and", "patient", "patients", "cases"))


def group_of(statement: Statement) -> str:
    """The part of a cohort that a statement is about, in the paper's words.

    '' for the whole group, for words that subject and object have already, and for the name of a report: that is no
    group of patients, and it tells whose finding it is.
    """
    group = " ".join((statement.population or "").split())
    if not group or group_name(statement.population) is None or REPORT.search(group):
        return ""
    new = _stems(group) - _stems(statement.subject.label) - _stems(statement.object.label)
    return group if new else ""


def _stems(text: str) -> set[str]:
    return {ENDING.sub("", word) for word in re.findall(r"\w+", text.casefold()) if word not in SMALL_WORDS}


def capital(text: str) -> str:
    """A text as it begins a sentence; abbreviations and formulas keep their letters.

    >>> capital("washout pattern"), capital("pNET"), capital("68Ga-DOTATATE PET/CT"), capital("χ² = 0.5")
    ('Washout pattern', 'pNET', '68Ga-DOTATATE PET/CT', 'χ² = 0.5')
    """
    first = text.split(" ", 1)[0]
    symbol = not text[:1].isascii() or any(character.isupper() for character in first)
    return text if symbol else text[:1].upper() + text[1:]


def called(entity: Entity) -> str:
    """What a sentence calls a thing: its label, on one line, with the signs that print has."""
    return printed(entity.label)


def printed(text: str) -> str:
    """A label on one line, with ≤ and ≥ as print has them.

    >>> printed("ratio <= 0.898")
    'ratio ≤ 0.898'
    """
    return " ".join(text.split()).replace("<=", "≤").replace(">=", "≥")


def in_a_row(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> in_a_row(["halo", "fat", "washout"])
    'halo, fat and washout'
    """
    return ", ".join(names[:-1]) + f" and {names[-1]}"
