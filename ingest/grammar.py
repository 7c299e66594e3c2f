"""This module says what a row of the grammar of printed statistics is, and builds statistics of what a row matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ingest.printed import (
    FILLER,
    NUMBER,
    SIGN,
    TIME_UNIT,
    decimal_of,
    operator_before,
    operator_behind,
    operator_of,
    unit_of,
)


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


# What a row makes of a match: the statistics in it. The text is the one with number words as digits.
Builder = Callable[["Row", re.Match[str]], list[Reported]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed form. `needs`: characters of which one must be in the text, so that the pattern is worth trying.

    A row with kind 'none' finds nothing: it takes numbers that are no statistic out of the others' way.
    """

    name: str
    kind: str
    pattern: re.Pattern[str]
    build: Builder
    example: str
    refusal: str
    needs: str = "0123456789"

    def worth_trying(self, text: str) -> bool:
        return any(character in text for character in self.needs)


def _decimals(match: re.Match[str], **groups: str) -> dict[str, Decimal]:
    """The named groups that took part in the match, as field -> number."""
    return {name: decimal_of(match.group(group)) for name, group in groups.items() if match.group(group)}


def _one(row: Row, match: re.Match[str], fields: Mapping[str, Decimal], **more: str | None) -> Reported:
    """A statistic that covers the whole match, with the operator printed in front of it or behind."""
    text = match.string
    op, start = operator_before(text, match.start())
    end = match.end()
    if op is None:
        op, end = operator_behind(text, end)
    kind = more.pop("kind", None) or row.kind
    return Reported(start=start, end=end, kind=kind, fields=fields, unit=more.pop("unit", None), op=more.pop("op", None) or op, rule=row.name)


# --- builders ----------------------------------------------------------------------------------------------------------


def nothing(_row: Row, _match: re.Match[str]) -> list[Reported]:
    """No statistic: the numbers of the match are citations, dates, names."""
    return []


def p_values(row: Row, match: re.Match[str]) -> list[Reported]:
    """One P value for each number of a list 'P = 0.017, <0.001 and 0.038'."""
    found = []
    for number in re.finditer(rf"(?P<op>{SIGN}|less than|greater than|more than)?\s*(?P<p>{NUMBER})", match.string[match.start("list") : match.end("list")]):
        shift = match.start("list")
        start = match.start() if not found else number.start("op") + shift if number.group("op") else number.start("p") + shift
        printed = (number.group("op") or ("=" if not found else "=")).strip()
        op = {"less than": "<", "greater than": ">", "more than": ">"}.get(printed) or operator_of(printed)
        value = decimal_of(number.group("p"))
        if value > 1:
            return []
        found.append(Reported(start=start, end=number.end("p") + shift, kind="p_value", fields={"p": value}, op=op, rule=row.name))
    return found


def interval_of(match: re.Match[str]) -> dict[str, Decimal]:
    """The confidence interval of a match with the groups `level`, `lo` and `hi`."""
    return _decimals(match, ci_low="lo", ci_high="hi", ci_level="level")


_KIND_BY_LABEL: Final = (
    (re.compile(r"au(?:ro)?c|area under|c-(?:index|statistic)|concordance", re.I), "auc"),
    (re.compile(r"κ|kappa", re.I), "kappa"),
    (re.compile(r"icc|intra-?class", re.I), "icc"),
    (re.compile(r"exp|\bor\b|\baor\b|odds", re.I), "odds_ratio"),
    (re.compile(r"hr|hazard|rr|risk|ratio|lr|dor", re.I), "ratio"),
    (re.compile(r".", re.S), "correlation"),
)


def labelled(row: Row, match: re.Match[str]) -> list[Reported]:
    """A value behind its name ('AUC of 0.856 (95%CI=0.749-0.963)', 'κ = 0.938', 'HR 0.5 (0.3–0.9)')."""
    kind = next(kind for pattern, kind in _KIND_BY_LABEL if pattern.search(match.group("label")))
    op = operator_of(match.group("op")) if match.group("op") else None
    return [_one(row, match, {**_decimals(match, value="value"), **interval_of(match)}, kind=kind, op=op)]


def test_statistics(row: Row, match: re.Match[str]) -> list[Reported]:
    """A test's value, its name as the unit."""
    name = match.group("test").lower().replace(" ", "").replace("-", "")
    unit = "chi2" if name[0] in "χx" or name.startswith("chi") else match.group("test").strip()
    return [_one(row, match, _decimals(match, value="value"), unit=unit, op=operator_of(match.group("op")))]


_SHARE_FIELDS: Final = (("n", "numerator"), ("n2", "numerator"), ("N", "denominator"), ("pct", "percent"))


def proportion(row: Row, match: re.Match[str]) -> list[Reported]:
    """n of N, with the percentage where it is printed."""
    groups = match.groupdict()
    fields = _decimals(match, **{field: group for group, field in _SHARE_FIELDS if groups.get(group)})
    if "percent" not in fields and "/" in match.group() and _STROKE_LABEL.search(match.string, 0, match.start()):
        return _counts_apart(row, match.string, match.start("n"), match.end("N"))
    whole = fields.get("denominator")
    if whole is not None and (fields.get("numerator", Decimal(0)) > whole or whole == 0):
        return []
    found = _one(row, match, fields)
    if groups.get("again") and decimal_of(groups["again"]) != fields["numerator"]:
        found = replace(found, start=match.start("n"), op=None)
    return [found]


# 'male/female: 8/4', 'uni-/bilobar: group A 4/8; group B 5/7': what stands for two counts, not for a share.
_STROKE_LABEL: Final = re.compile(r"[A-Za-z]-?/[A-Za-z][\w-]*(?:\s+ratio)?\s*(?:[:=]|\(n\))[^.()\[\]]{0,60}\Z|\b[A-Za-z]+/[a-z]+ ratio[^.]{0,30}\Z")


def _counts_apart(row: Row, text: str, start: int, end: int) -> list[Reported]:
    return [
        Reported(start=number.start(), end=number.end(), kind="count", fields={"value": decimal_of(number.group())}, rule=row.name)
        for number in re.compile(r"\d+").finditer(text, start, end)
    ]


def mean_and_sd(row: Row, match: re.Match[str]) -> list[Reported]:
    """Mean ± SD, with the range in brackets behind it."""
    fields = _decimals(match, mean="mean", sd="sd", low="lo", high="hi")
    return [_one(row, match, fields, unit=unit_of(match.group("unit") or match.group("unit2") or match.group("unit3")))]


def centre_and_spread(row: Row, match: re.Match[str]) -> list[Reported]:
    """A median or mean with its interquartile range or range in brackets."""
    spread = match.group("spread").lower()
    centre = "mean" if match.group("centre") and match.group("centre").lower() in ("mean", "average") else "median"
    fields = _decimals(match, **{centre: "value", "low": "lo", "high": "hi"})
    if match.group("iqr"):
        fields["iqr"] = decimal_of(match.group("iqr"))
    kind = "median_iqr" if "i" in spread[:1] else "mean_sd" if centre == "mean" else "median"
    return [_one(row, match, fields, kind=kind, unit=unit_of(match.group("unit") or match.group("unit2")))]


def mean_with_named_sd(row: Row, match: re.Match[str]) -> list[Reported]:
    """Mean with (SD 1.2) behind it."""
    return [_one(row, match, _decimals(match, mean="mean", sd="sd"), unit=unit_of(match.group("unit") or match.group("unit2")))]


def percent_with_range(row: Row, match: re.Match[str]) -> list[Reported]:
    """A percentage with its range in brackets."""
    return [_one(row, match, _decimals(match, percent="pct", low="lo", high="hi"))]


def sizes(row: Row, match: re.Match[str]) -> list[Reported]:
    """A size in two or three dimensions: its smallest and its largest."""
    numbers = sorted(_decimals(match, a="a", b="b", c="c").values())
    return [_one(row, match, {"low": numbers[0], "high": numbers[-1]}, unit=unit_of(match.group("unit")))]


def ranges(row: Row, match: re.Match[str]) -> list[Reported]:
    """From low to high; nothing where the first is the larger."""
    low = "lo" if match.group("lo") else "lo2"
    fields = _decimals(match, low=low, high="hi")
    if fields["low"] > fields["high"]:
        return []
    unit = match.groupdict().get("unit")
    return [_one(row, match, fields, unit=unit_of(unit))]


def each_number(row: Row, match: re.Match[str]) -> list[Reported]:
    """One statistic for each number of a list that shares its unit, percent sign or noun."""
    shift = match.start("list")
    numbers = list(re.finditer(rf"(?P<number>{NUMBER}{FILLER}*)", match.group("list")))
    while len(numbers) > 1 and _YEAR.fullmatch(numbers[0].group()):
        numbers = numbers[1:]
    field = "percent" if row.kind == "percent" else "value"
    unit = unit_of(match.groupdict().get("unit"))
    kind = "duration" if row.kind == "value" and unit and TIME_UNIT.match(unit) else row.kind
    found = []
    for number in numbers:
        start, end = shift + number.start("number"), shift + number.end("number")
        op, start = operator_before(match.string, start)
        if number is numbers[-1]:
            end = match.end()
            if op is None:
                op, end = operator_behind(match.string, end)
        found.append(Reported(start=start, end=end, kind=kind, fields={field: decimal_of(number.group("number"))}, unit=unit, op=op, rule=row.name))
    return found


_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def counts(row: Row, match: re.Match[str]) -> list[Reported]:
    """How many patients, lesions, …: the noun is the unit."""
    value = decimal_of(match.group("n"))
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    if 1900 <= value <= 2099 and re.search(r"\b(?:in|since|during|year|of|until|from|to|and)\s*\Z", before):
        return []
    noun = match.groupdict().get("noun")
    op = operator_of(match.groupdict().get("sign") or "=")
    kind = "threshold" if op in ("<", ">", "<=", ">=") else "count"
    return [_one(row, match, {"value": value}, kind=kind, unit=noun.lower() if noun else None, op=op if kind == "threshold" else None)]


def single(row: Row, match: re.Match[str]) -> list[Reported]:
    """'another case', 'a single case', 'once': one, in words."""
    return [Reported(start=match.start(), end=match.end(), kind="count", fields={"value": Decimal(1)}, unit=next((noun for noun in match.groups() if noun), "times").lower(), rule=row.name)]


def half(row: Row, match: re.Match[str]) -> list[Reported]:
    """'just over half of': 50 percent with its operator."""
    word = (match.group("op") or "").lower()
    op = ">" if word in ("over", "more than", "above") else "<" if word in ("under", "less than", "below") else "~" if word else None
    return [Reported(start=match.start(), end=match.end(), kind="percent", fields={"percent": Decimal(50)}, op=op, rule=row.name)]


def value(row: Row, match: re.Match[str]) -> list[Reported]:
    """One number with its unit, an age, a threshold, a lone decimal."""
    unit = unit_of(match.groupdict().get("unit"))
    return [_one(row, match, _decimals(match, value="value"), unit=unit)]


def rate(row: Row, match: re.Match[str]) -> list[Reported]:
    """So many per 100,000 or per year; 750.000 per year is a count with a point between thousands."""
    printed = match.group("value")
    whole = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", printed) and match.group("per_year")
    fields = {"value": decimal_of(printed.replace(".", "") if whole else printed)}
    return [_one(row, match, fields, unit=unit_of(match.group("unit")))]


def ratio(row: Row, match: re.Match[str]) -> list[Reported]:
    """One to one, printed 1:1."""
    return [_one(row, match, _decimals(match, numerator="n", denominator="N"))]


def with_interval(row: Row, match: re.Match[str]) -> list[Reported]:
    """A value or a percentage with its confidence interval."""
    field = "percent" if match.group("sign") else "value"
    kind = "percent" if match.group("sign") else "value"
    return [_one(row, match, {field: decimal_of(match.group("value")), **interval_of(match)}, kind=kind, unit=unit_of(match.group("unit")))]


def noun_counts(row: Row, match: re.Match[str]) -> list[Reported]:
    """How many patients, lesions, … ('3 and 4 patients' is two of them); a year before the noun is none."""
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    found = each_number(row, match)
    if 1900 <= found[0].fields["value"] <= 2099 and re.search(r"\b(?:in|since|during|year|of|until|from|to|and)\s*\Z", before):
        found = found[1:]
    return found


def signed(row: Row, match: re.Match[str]) -> list[Reported]:
    """A number behind a sign; behind '=' or '~' it is a value, not a threshold."""
    op = operator_of(match.group("sign"))
    kind = "threshold" if op not in ("=", "~") else "value"
    return [Reported(start=match.start(), end=match.end(), kind=kind, fields=_decimals(match, value="value"), op=op, rule=row.name)]


def value_in_words(row: Row, match: re.Match[str]) -> list[Reported]:
    """A bare number behind 'less than' and its kin."""
    op, _ = operator_before(match.string, match.start("value"))
    return [Reported(start=match.start(), end=match.end(), kind=row.kind, fields=_decimals(match, value="value"), op=op, rule=row.name)]
