"""This module names what a printed number measures, by the words before it: sensitivity, survival, a mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ingest.forms.row import Reported
from ingest.printed import TIME_UNIT
from ingest.screening import screened

_WORDS: Final = (
    ("sensitivity", r"[Ss]ensitivit(?:y|ies)"),
    ("specificity", r"[Ss]pecificit(?:y|ies)"),
    ("percent", r"[Aa]ccurac(?:y|ies)|[Pp]redictive values?|[PN]PVs?\b|[Aa]greement"),
    ("auc", r"\bAU(?:RO)?Cs?\b|[Aa]rea under"),
    ("kappa", r"κ|\b[Kk]appa\b"),
    ("icc", r"\bICCs?\b|[Ii]ntra-?class"),
    ("survival_rate", r"[Ss]urviv(?:al|als|ed)\b|\bOS\b|\bDFS\b|\bPFS\b|\bRFS\b"),
    ("mortality_rate", r"[Mm]ortality|[Dd]eath rates?|[Ff]atality"),
    ("incidence_rate", r"\b[Ii]ncidences?\b|[Pp]revalences?"),
    ("odds_ratio", r"[Oo]dds ratios?|\bORs?\b"),
    ("correlation", r"[Cc]orrelation coefficients?"),
    ("median", r"\b[Mm]edians?\b"),
    ("mean", r"\b[Mm]eans?\b|\b[Aa]verage\b"),
    ("threshold", r"[Cc]ut-?\s?offs?|[Tt]hresholds?\b"),
)
_KEYWORD: Final = screened("|".join(f"(?P<k{place}>{words})" for place, (_, words) in enumerate(_WORDS)))
_KEYWORD_HINT: Final = screened(
    r"ensitiv|pecific|ccurac|redictive|PPV|NPV|greement|AU|rea under|κ|kappa|ICC|ntra-?class|urviv|OS|DFS|PFS|RFS"
    r"|ortality|eath|atality|ncidence|revalence|dds|OR|orrelation"
    r"|edian|ean|verage|ut-?\s?off|hreshold"
)
_LINK: Final = screened(r"\s*(?:,|and|&|/|,\s*and|or)\s*(?:the\s+)?\Z")
_SENTENCE_BREAK: Final = screened(r"[.;]\s+(?=[A-Z(])")
_AGE: Final = screened(r"\b(?:aged?|man|woman|male|female|boy|girl)\b[,:]?\s*(?:of\s+)?\Z", re.IGNORECASE)
_SHARE_OF: Final = screened(
    r"\b(?:account\w*(?: for)?|represent\w*|constitut\w*|compris\w*|ma(?:ke|kes|king|de) up)\s+"
    r"(?:(?:for|about|approximately|only|nearly|close|to|up|around|roughly|some|less|more|than|the)\s+)*\Z",
    re.IGNORECASE,
)
"""'account for about ': the number behind is the share of a whole, whatever was named before."""

_DURING: Final = screened(r"over\b", re.IGNORECASE)  # 'over 6 months' is during them
# What a keyword may say of a number of this kind.
_BY_PERCENT: Final = frozenset({"sensitivity", "specificity", "survival_rate", "mortality_rate", "incidence_rate"})
_BY_VALUE: Final = frozenset({"auc", "kappa", "icc", "odds_ratio", "correlation", "threshold", "mean", "median"})
_CENTRES: Final = ("mean", "median")
_GENERAL: Final = frozenset({"percent", "percent_range", "proportion", "value", "duration", "range"})
SHARE_REACH: Final = 45  # characters before a number that may hold 'account for close to'
FARTHEST: Final = 160  # characters from a keyword to its number
FARTHEST_CENTRE: Final = 90  # the same, for 'mean' and 'median', which speak of what is near


@dataclass(frozen=True, slots=True)
class _Group:
    """Keywords set side by side ('sensitivity and specificity'), which numbers then answer in turn."""

    kinds: tuple[str, ...]
    start: int
    end: int


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for match in _KEYWORD.finditer(text):
        kind = _WORDS[int(str(match.lastgroup)[1:])][0]
        if groups and _LINK.match(text, groups[-1].end, match.start()) and kind not in groups[-1].kinds:
            last = groups.pop()
            groups.append(_Group((*last.kinds, kind), last.start, match.end()))
        else:
            groups.append(_Group((kind,), match.start(), match.end()))
    return groups


def with_kinds(text: str, found: Sequence[Reported]) -> list[Reported]:
    """The statistics, each of a general kind given the particular one that the words before it name.

    >>> from decimal import Decimal
    >>> number = Reported(start=19, end=24, kind="percent", fields={"percent": Decimal("82.6")}, rule="percent")
    >>> with_kinds("the sensitivity was 82.6%", [number])[0].kind
    'sensitivity'
    """
    groups = _groups(text) if _KEYWORD_HINT.search(text) else []
    breaks = [match.start() for match in _SENTENCE_BREAK.finditer(text)] if groups else []
    answered: dict[int, int] = {}
    result: list[Reported] = []
    for reported in found:
        named = reported
        if groups and reported.kind in _GENERAL and not _is_share_of_a_whole(text, reported):
            named = _named(reported, groups, breaks, answered)
        if named.kind == "duration" and _AGE.search(text, max(0, named.start - 20), named.start):
            named = replace(named, kind="value")
        result.append(_as_threshold(named, text))
    return _with_shared_units(text, result)


def _is_share_of_a_whole(text: str, reported: Reported) -> bool:
    return _SHARE_OF.search(text, max(0, reported.start - SHARE_REACH), reported.start) is not None


def _named(reported: Reported, groups: Sequence[_Group], breaks: Sequence[int], answered: dict[int, int]) -> Reported:
    """The statistic under the nearest keyword before it in its sentence."""
    fitting = _BY_VALUE if reported.kind in ("value", "duration") else _BY_PERCENT
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group.start >= reported.start:
            continue
        if reported.start - group.end > FARTHEST or any(group.end <= stop < reported.start for stop in breaks):
            return reported
        near = reported.start - group.end <= FARTHEST_CENTRE and reported.op not in ("<", ">", "<=", ">=")
        kinds = [
            kind for kind in group.kinds if (kind in fitting and (near or kind not in _CENTRES)) or kind == "percent"
        ]
        if not kinds:
            continue
        turn = answered.get(place, 0)
        answered[place] = turn + 1
        kind = kinds[turn % len(kinds)]
        return reported if kind == "percent" else _as(reported, kind)
    return reported


def _as(reported: Reported, kind: str) -> Reported:
    """The statistic as one of `kind`, its number in the field that the kind takes."""
    if kind in _CENTRES:
        if "value" not in reported.fields or set(reported.fields) != {"value"}:
            return reported
        if reported.kind == "value" and reported.unit is None and not _statistic_like(reported):
            return reported
        return replace(
            reported, kind="mean_sd" if kind == "mean" else "median", fields={kind: reported.fields["value"]}
        )
    if kind == "threshold":
        return replace(reported, kind=kind) if reported.rule == "a lone decimal" else reported
    if reported.kind == "value" and reported.unit is not None:
        return reported
    return replace(reported, kind=kind)


def _statistic_like(reported: Reported) -> bool:
    return reported.rule in ("a lone decimal", "decimals with a stroke", "centre in words")


def _as_threshold(reported: Reported, text: str) -> Reported:
    """A value or a time behind an unequal sign is a threshold."""
    if reported.kind == "duration" and reported.op == ">" and _DURING.match(text, reported.start):
        return replace(reported, op=None)
    if reported.kind in ("value", "duration") and reported.op in ("<", ">", "<=", ">="):
        return replace(reported, kind="threshold")
    return reported


_FIELDS_WITH_UNIT: Final = frozenset({"mean", "sd", "value", "median"})
_SHARED: Final = screened(r"\s*(?:,|and|vs\.?|versus|compared (?:with|to)|to|or)\s*")


def _with_shared_units(text: str, found: list[Reported]) -> list[Reported]:
    """'10.9±3.9 vs. 14.3±5.0 min' and '8.8 vs. 11.1 minutes': the first has the second's unit."""
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place], found[place + 1]
        same = first.kind == second.kind or {first.kind, second.kind} <= {"value", "mean_sd", "median", "duration"}
        lacks = first.unit is None and second.unit is not None and set(first.fields) <= _FIELDS_WITH_UNIT
        if same and lacks and _SHARED.fullmatch(text, first.end, second.start):
            found[place] = _like(first, second)
    return found


def _like(first: Reported, second: Reported) -> Reported:
    """The first with the second's unit; beside a time, a bare number is of the second's kind."""
    if first.kind == "value" and TIME_UNIT.match(second.unit or ""):
        return replace(first, unit=second.unit, kind=second.kind, fields=_moved(first.fields, second.fields))
    return replace(first, unit=second.unit)


def _moved(fields: Mapping[str, Decimal], like: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """A lone number in the field that its neighbour's stands in."""
    return {next(iter(like)): next(iter(fields.values()))} if len(fields) == len(like) == 1 else fields
