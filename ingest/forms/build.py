"""This module makes statistics of what a row's pattern matched: the numbers in their fields, operator and unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ingest.forms.row import Reported, Row
from ingest.printed import (
    FILLER,
    KIND_LABELS,
    NUMBER,
    SIGN,
    TIME_UNIT,
    decimal_of,
    operator_before,
    operator_behind,
    operator_of,
    unit_of,
)

Found = list[Reported] | None

_NUMBERS: Final = re.compile(rf"{NUMBER}{FILLER}*")
_P_NUMBERS: Final = re.compile(rf"(?P<op>{SIGN}|less than|greater than|more than)?\s*(?P<p>{NUMBER})")
_P_WORDS: Final = {"less than": "<", "greater than": ">", "more than": ">"}
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR: Final = re.compile(r"\b(?:in|since|during|year|of|until|from|to|and|by)\s*\Z", re.IGNORECASE)
_KIND_BY_LABEL: Final = (
    *KIND_LABELS,
    (re.compile(r"exp|\ba?ors?\b|odds", re.IGNORECASE), "odds_ratio"),
    (re.compile(r"hr|hazard|rr|risk|ratio|lr|dor", re.IGNORECASE), "ratio"),
)
_SHARE_FIELDS: Final = (("n", "numerator"), ("n2", "numerator"), ("N", "denominator"), ("pct", "percent"))
# 'week 4 (4%)': the number belongs to the word before it.
_LABEL_BEFORE: Final = re.compile(
    r"\b(?:weeks?|days?|visits?|months?|grades?|stages?|figures?|tables?|phases?|types?)\s\Z", re.IGNORECASE
)
# 'male/female: 8/4', 'uni-/bilobar: group A 4/8; group B 5/7': what stands for two counts, not for a share.
_STROKE_LABEL: Final = re.compile(
    r"[A-Za-z]-?/[A-Za-z][\w-]*(?:\s+ratio)?\s*(?:[:=]|\(n\))[^.()\[\]]{0,60}\Z|\b[A-Za-z]+/[a-z]+ ratio[^.]{0,30}\Z"
)
_CENTRE_BEFORE: Final = re.compile(r"\b(?P<centre>[Mm]edians?|[Mm]eans?|[Aa]verage)\b[^.;%()±\d]{0,50}\Z")


def decimals(match: re.Match[str], **groups: str) -> dict[str, Decimal]:
    """The named groups that took part in the match, as field -> number."""
    named = match.groupdict()
    return {field: decimal_of(named[group]) for field, group in groups.items() if named.get(group)}


def whole_match(
    row: Row,
    match: re.Match[str],
    fields: Mapping[str, Decimal],
    *,
    kind: str = "",
    unit: str | None = None,
    op: str | None = None,
) -> Reported:
    """A statistic that covers the match, with the operator printed in front of it or behind it."""
    before, start = operator_before(match.string, match.start())
    end = match.end()
    if before is None:
        before, end = operator_behind(match.string, end)
    return Reported(
        start=start, end=end, kind=kind or row.kind, fields=fields, unit=unit, op=op or before, rule=row.name
    )


def _unit(match: re.Match[str]) -> str | None:
    """The unit that any of the groups `unit`, `unit2`, `unit3` printed."""
    named = match.groupdict()
    return unit_of(next((named[name] for name in ("unit", "unit2", "unit3") if named.get(name)), None))


def nothing(_row: Row, _match: re.Match[str]) -> Found:
    """No statistic: the numbers of the match are citations, dates, names."""
    return []


def p_values(row: Row, match: re.Match[str]) -> Found:
    """One P value for each number of a list 'P = 0.017, <0.001 and 0.038'."""
    found: list[Reported] = []
    for number in _P_NUMBERS.finditer(match.string, match.start("list"), match.end("list")):
        value = decimal_of(number.group("p"))
        if value > 1:
            return None
        printed = (number.group("op") or "=").strip()
        start = number.start() if found else match.start()
        op = _P_WORDS.get(printed) or operator_of(printed) or "="
        found.append(Reported(start=start, end=number.end(), kind="p_value", fields={"p": value}, op=op, rule=row.name))
    return found


def interval_of(match: re.Match[str]) -> dict[str, Decimal]:
    """The confidence interval of a match with the groups `level`, `lo` and `hi`."""
    return decimals(match, ci_low="lo", ci_high="hi", ci_level="level")


def labelled(row: Row, match: re.Match[str]) -> Found:
    """A value behind its name ('AUC of 0.856 (95%CI=0.749-0.963)', 'κ = 0.938', 'HR 0.5 (0.3–0.9)')."""
    label = match.group("label")
    kind = next((kind for pattern, kind in _KIND_BY_LABEL if pattern.search(label)), "correlation")
    op = operator_of(match.group("op")) if match.group("op") else None
    return [whole_match(row, match, {**decimals(match, value="value"), **interval_of(match)}, kind=kind, op=op)]


def tests(row: Row, match: re.Match[str]) -> Found:
    """A test's value, with its name as the unit."""
    name = match.group("test").strip()
    unit = "chi2" if name[0] in "χXx" or name.lower().startswith("chi") else name
    return [whole_match(row, match, decimals(match, value="value"), unit=unit, op=operator_of(match.group("op")))]


def value_with_interval(row: Row, match: re.Match[str]) -> Found:
    """A value or a percentage with its confidence interval."""
    field = "percent" if match.group("sign") else "value"
    fields = {field: decimal_of(match.group("value")), **interval_of(match)}
    return [whole_match(row, match, fields, kind=field, unit=_unit(match))]


def share(row: Row, match: re.Match[str]) -> Found:
    """N of N, n with its percentage, or all three; not where n is more than N."""
    named = match.groupdict()
    fields = decimals(match, **{field: group for group, field in _SHARE_FIELDS if named.get(group)})
    if "percent" not in fields and "/" in match.group() and _STROKE_LABEL.search(match.string, 0, match.start()):
        return counts_apart(row, match)
    if _LABEL_BEFORE.search(match.string, max(0, match.start() - 10), match.start()):
        return None
    if _only_words(match):
        return None
    whole = fields.get("denominator")
    if whole is not None and (fields["numerator"] > whole or whole == 0):
        return None
    if named.get("again") and decimal_of(named["again"]) != fields["numerator"]:
        return [Reported(start=match.start("n"), end=match.end(), kind=row.kind, fields=fields, rule=row.name)]
    return [whole_match(row, match, fields)]


def _only_words(match: re.Match[str]) -> bool:
    """'one of three arms', 'one of the two': no share of a cohort, unless what is counted follows."""
    named = match.groupdict()
    if not named.get("N") or FILLER not in named["N"] or named.get("pct") or "noun" not in named:
        return False
    return named["noun"] is None


def counts_apart(row: Row, match: re.Match[str]) -> Found:
    """Counts with a stroke between them, one statistic each."""
    return [
        Reported(
            start=number.start(),
            end=number.end(),
            kind="count",
            fields={"value": decimal_of(number.group())},
            rule=row.name,
        )
        for number in _NUMBERS.finditer(match.string, match.start("n"), match.end("N"))
    ]


def mean_and_sd(row: Row, match: re.Match[str]) -> Found:
    """Mean and SD, with the range in brackets behind them."""
    return [whole_match(row, match, decimals(match, mean="mean", sd="sd", low="lo", high="hi"), unit=_unit(match))]


def centre_and_spread(row: Row, match: re.Match[str]) -> Found:
    """A median or mean with its interquartile range or range in brackets; a word in front says which it is.

    Without the word 'range' in the brackets, the word in front is needed: '61 (33–75)' alone is not read so.
    """
    before = _CENTRE_BEFORE.search(match.string, max(0, match.start() - 70), match.start())
    spread = (match.group("spread") or "").lower()
    if before is None and not spread:
        return None
    centre = (
        "mean"
        if before is not None and before.group("centre")[1:2] in "ev" and before.group("centre")[:3].lower() != "med"
        else "median"
    )
    fields = decimals(match, **{centre: "value", "low": "lo", "high": "hi", "iqr": "iqr"})
    kind = "median_iqr" if spread.startswith("i") else "mean_sd" if centre == "mean" else "median"
    return [whole_match(row, match, fields, kind=kind, unit=_unit(match))]


# What the brackets behind a number held when the text last said so: a confidence interval, or a range or quartiles.
_BRACKETS_SAID: Final = re.compile(
    r"(?P<ci>\bCIs?\b|[Cc]onfidence [Ii]nterval)|IQR|[Ii]nter-?quartile|\b[Rr]ange|[Mm]edian|[Mm]ean"
)


def value_with_said_range(row: Row, match: re.Match[str]) -> Found:
    """A number with two others in brackets, which are what the text said of such brackets before."""
    fields = decimals(match, value="value", low="lo", high="hi")
    if not fields["low"] <= fields["value"] <= fields["high"]:
        return None
    said = [
        found.lastgroup == "ci"
        for found in _BRACKETS_SAID.finditer(match.string, max(0, match.start() - 400), match.start())
    ]
    if not said:
        return None
    field = "percent" if match.group("sign") else "value"
    low, high = ("ci_low", "ci_high") if said[-1] else ("low", "high")
    numbers = {field: fields["value"], low: fields["low"], high: fields["high"]}
    return [whole_match(row, match, numbers, kind=field, unit=_unit(match))]


def percent_with_range(row: Row, match: re.Match[str]) -> Found:
    """A percentage with its range in brackets."""
    return [whole_match(row, match, decimals(match, percent="pct", low="lo", high="hi"))]


def sizes(row: Row, match: re.Match[str]) -> Found:
    """A size in two or three dimensions: its smallest and its largest."""
    numbers = sorted(decimals(match, a="a", b="b", c="c").values())
    return [whole_match(row, match, {"low": numbers[0], "high": numbers[-1]}, unit=_unit(match))]


def ranges(row: Row, match: re.Match[str]) -> Found:
    """From low to high; not where the first is the larger."""
    fields = decimals(match, low="lo", high="hi") or decimals(match, low="lo2", high="hi2")
    if fields["low"] > fields["high"]:
        return None
    return [whole_match(row, match, fields, unit=_unit(match))]


def each_number(row: Row, match: re.Match[str]) -> Found:
    """One statistic for each number of a list that shares its unit, percent sign or noun."""
    numbers = list(_NUMBERS.finditer(match.string, match.start("list"), match.end("list")))
    while len(numbers) > 1 and _YEAR.fullmatch(numbers[0].group()):
        numbers = numbers[1:]
    unit = _unit(match)
    kind = "duration" if row.kind == "value" and unit and TIME_UNIT.match(unit) else row.kind
    found = []
    for number in numbers:
        op, start = operator_before(match.string, number.start())
        end = match.end() if number is numbers[-1] else number.end()
        if op is None and number is numbers[-1]:
            op, end = operator_behind(match.string, end)
        field = "percent" if row.kind == "percent" else "value"
        fields = {field: decimal_of(number.group())}
        found.append(Reported(start=start, end=end, kind=kind, fields=fields, unit=unit, op=op, rule=row.name))
    return found


def noun_counts(row: Row, match: re.Match[str]) -> Found:
    """How many patients, lesions, … ('3 and 4 patients' is two of them); a year before the noun is none."""
    found = each_number(row, match) or []
    if match.groupdict().get("more"):
        found = [replace(one, op=">=") for one in found]
    first = found[0]
    if 1900 <= first.fields["value"] <= 2099 and _BEFORE_YEAR.search(
        match.string, max(0, first.start - 12), first.start
    ):
        found = found[1:]
    return found or None


def counts(row: Row, match: re.Match[str]) -> Found:
    """How many, in one number; behind an unequal sign it is a threshold."""
    named = match.groupdict()
    op = operator_of(named.get("sign") or "=")
    noun = named.get("noun")
    unit = noun.lower() if noun else None
    if op in ("<", ">", "<=", ">="):
        return [whole_match(row, match, decimals(match, value="n"), kind="threshold", unit=unit, op=op)]
    return [whole_match(row, match, decimals(match, value="n"), unit=unit)]


def one_in_words(row: Row, match: re.Match[str]) -> Found:
    """'another case', 'a single case', 'once': one."""
    unit = next((noun for noun in match.groups() if noun), "times").lower()
    return [
        Reported(
            start=match.start(), end=match.end(), kind="count", fields={"value": Decimal(1)}, unit=unit, rule=row.name
        )
    ]


def half(row: Row, match: re.Match[str]) -> Found:
    """'just over half of': 50 percent with its operator."""
    word = (match.group("op") or "").lower()
    op = {"over": ">", "more than": ">", "above": ">", "under": "<", "less than": "<", "below": "<"}.get(
        word, "~" if word else None
    )
    return [
        Reported(
            start=match.start(), end=match.end(), kind="percent", fields={"percent": Decimal(50)}, op=op, rule=row.name
        )
    ]


def value(row: Row, match: re.Match[str]) -> Found:
    """One number, with its unit if it has one."""
    return [whole_match(row, match, decimals(match, value="value"), unit=_unit(match))]


def threshold(row: Row, match: re.Match[str]) -> Found:
    """A bare number behind a sign or 'less than'; behind '=' or '~' it is a value; None with nothing in front."""
    op, start = operator_before(match.string, match.start())
    if op is None or (op == "~" and not re.match(SIGN, match.string[start : start + 1])):
        return None
    kind = "threshold" if op not in ("=", "~") else "value"
    return [
        Reported(start=start, end=match.end(), kind=kind, fields=decimals(match, value="value"), op=op, rule=row.name)
    ]


def rate(row: Row, match: re.Match[str]) -> Found:
    """So many per 100,000 or per year; 750.000 per year is a count with a point between thousands."""
    printed = match.group("value")
    thousands = match.groupdict().get("per_year") and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", printed)
    fields = {"value": decimal_of(printed.replace(".", "") if thousands else printed)}
    return [whole_match(row, match, fields, unit=_unit(match))]


def ratio(row: Row, match: re.Match[str]) -> Found:
    """One to one, printed 1:1."""
    return [whole_match(row, match, decimals(match, numerator="n", denominator="N"))]
