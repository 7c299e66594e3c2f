"""This module parses what a table's cell prints, by its own form and by what its row and column say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ingest.forms.build import decimals
from ingest.forms.row import Reported
from ingest.printed import KIND_LABELS, NUMBER, SIGN, TO, UNIT, decimal_of, operator_of, unit_of, with_points
from ingest.screening import Pattern, Rows, screened

_P_LABEL: Final = screened(
    r"(?:^|[\s(,|])[Pp](?:[\s-]*[Vv]alues?)?(?:\s*\(.*\))?[\s*†‡§#a-d]*$|\b[Pp][\s-]?values?\b|\bsig(?:nificance|\.)",
    re.IGNORECASE,
)
_TEST_LABEL: Final = screened(
    r"(?P<chi>χ|chi|^x2$|^x²$)|^(?P<test>[tFZzUWH])(?:[\s-]*(?:values?|score|statistic))?$|^statistic$", re.IGNORECASE
)
_RATIO_LABEL: Final = screened(
    r"\b(?:OR|HR|RR|aOR|aHR)\b|odds ratio|hazard ratio|risk ratio|relative risk|exp\s*\(", re.IGNORECASE
)
_PERCENT_LABEL: Final = screened(r"%|percent|per cent", re.IGNORECASE)
_COUNT_LABEL: Final = screened(r"\(\s*[nN]o?\.?\s*\)|\bn\b|\bno\.|number|count", re.IGNORECASE)
_MEDIAN_LABEL: Final = screened(r"median|iqr|interquartile|q1", re.IGNORECASE)
_MEAN_LABEL: Final = screened(r"mean|average|±|\bsd\b|\bage\b", re.IGNORECASE)
_KINDS_BY_LABEL: Final = (
    (screened(r"sensitivity", re.I), "sensitivity"),
    (screened(r"specificity", re.I), "specificity"),
    *KIND_LABELS,
    (screened(r"surviv|\bOS\b|\bDFS\b|\bPFS\b", re.I), "survival_rate"),
    (screened(r"mortality", re.I), "mortality_rate"),
    (screened(r"correlation", re.I), "correlation"),
)
_MARKS: Final = r"[\s*†‡§¶#]*"
_LABEL_UNIT: Final = screened(rf"[(\[,]\s*(?P<unit>{UNIT})\s*[)\],]|,\s*(?P<unit2>{UNIT})\s*\Z")

_ODDS_LABEL: Final = screened(r"odds|\ba?OR\b|exp", re.IGNORECASE)
_QUARTILE_LABEL: Final = screened(r"iqr|interquartile|q1", re.IGNORECASE)
_KNOWN_LABELS: Final = 2048  # a table has a few dozen, and asks for them at each of its cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the label of a row or a column says of its numbers: `test` is the name of a test, '' for one without;
    `kind` the place of the kind that it names in the table of kinds.
    """

    p_value: bool
    test: str | None
    ratio: bool
    odds: bool
    percent: bool
    count: bool
    median: bool
    quartiles: bool
    mean: bool
    kind: int
    unit: str | None


@lru_cache(maxsize=_KNOWN_LABELS)
def _read(label: str) -> Label:
    """A label as printed, read."""
    bare = label.strip()
    test = _TEST_LABEL.search(bare)
    kinds = (place for place, (pattern, _) in enumerate(_KINDS_BY_LABEL) if pattern.search(label))
    return Label(
        p_value=_P_LABEL.search(bare) is not None,
        test=("chi2" if test.group("chi") else test.group("test") or "") if test is not None else None,
        ratio=_RATIO_LABEL.search(label) is not None,
        odds=_ODDS_LABEL.search(label) is not None,
        percent=_PERCENT_LABEL.search(label) is not None,
        count=_COUNT_LABEL.search(label) is not None,
        median=_MEDIAN_LABEL.search(label) is not None,
        quartiles=_QUARTILE_LABEL.search(label) is not None,
        mean=_MEAN_LABEL.search(label) is not None,
        kind=next(kinds, len(_KINDS_BY_LABEL)),
        unit=unit_in_label(label),
    )


def _kind_of(header: Label, row: Label) -> str | None:
    """The kind of number that a row's or a column's label names."""
    place = min(header.kind, row.kind)
    return _KINDS_BY_LABEL[place][1] if place < len(_KINDS_BY_LABEL) else None


Maker = Callable[[re.Match[str], Label, Label], list[Reported]]


def _reported(
    match: re.Match[str], kind: str, fields: dict[str, Decimal], *, unit: str | None = None, op: str | None = None
) -> list[Reported]:
    return [Reported(start=match.start(), end=match.end(), kind=kind, fields=fields, unit=unit, op=op, rule="cell")]


def _share(match: re.Match[str], _header: Label, _row: Label) -> list[Reported]:
    return _reported(match, "proportion", decimals(match, numerator="n", denominator="N", percent="pct"))


def _spread(match: re.Match[str], header: Label, row: Label) -> list[Reported]:
    """A centre with a range, two quartiles or a spread in brackets; the labels say which."""
    median = header.median or row.median or "/" in match.group() or not (header.mean or row.mean)
    centre = "median" if median else "mean"
    fields = decimals(match, **{centre: "value", "low": "lo", "high": "hi"})
    quartiles = median and ("/" in match.group() or header.quartiles or row.quartiles)
    return _reported(
        match,
        "median_iqr" if quartiles else "median" if median else "mean_sd",
        fields,
        unit=unit_of(match.group("unit")),
    )


def _mean(match: re.Match[str], _header: Label, _row: Label) -> list[Reported]:
    return _reported(
        match,
        "mean_sd",
        decimals(match, mean="mean", sd="sd", low="lo", high="hi"),
        unit=unit_of(match.group("unit") or match.group("unit2")),
    )


def _counts(match: re.Match[str], _header: Label, _row: Label) -> list[Reported]:
    return [
        Reported(
            start=number.start(),
            end=number.end(),
            kind="count",
            fields={"value": decimal_of(number.group())},
            rule="cell",
        )
        for number in screened(r"\d+").finditer(match.string, match.start(), match.end())
    ]


def _interval(match: re.Match[str], header: Label, row: Label) -> list[Reported]:
    kind = "odds_ratio" if header.odds or row.odds else "ratio"
    return _reported(match, kind, decimals(match, value="value", ci_low="lo", ci_high="hi"))


def _range(match: re.Match[str], _header: Label, _row: Label) -> list[Reported]:
    fields = decimals(match, low="lo", high="hi")
    if fields["low"] > fields["high"]:
        return []
    return _reported(
        match, "percent_range" if match.group("pct") else "range", fields, unit=unit_of(match.group("unit"))
    )


def _labelled_centre(match: re.Match[str], _header: Label, _row: Label) -> list[Reported]:
    centre = "median" if match.group("centre").lower() == "median" else "mean"
    return _reported(
        match,
        "median" if centre == "median" else "mean_sd",
        decimals(match, **{centre: "value"}),
        unit=unit_of(match.group("unit")),
    )


def _labelled_p(match: re.Match[str], _header: Label, _row: Label) -> list[Reported]:
    return _reported(match, "p_value", decimals(match, p="value"), op=operator_of(match.group("op") or "="))


def _percent(match: re.Match[str], header: Label, row: Label) -> list[Reported]:
    kind = _kind_of(header, row) or "percent"
    op = operator_of(match.group("op")) if match.group("op") else None
    return _reported(match, kind, decimals(match, percent="value"), op=op)


def _number(match: re.Match[str], header: Label, row: Label) -> list[Reported]:
    """A number alone: the column, then the row, say what it is."""
    op = operator_of(match.group("op")) if match.group("op") else None
    value = decimal_of(match.group("value"))
    test = header.test if header.test is not None else row.test
    if (header.p_value or row.p_value) and abs(value) <= 1:
        return _reported(match, "p_value", {"p": value}, op=op or "=")
    if test is not None:
        return _reported(match, "test_statistic", {"value": value}, unit=test or None, op=op)
    if header.ratio:
        return _reported(match, "odds_ratio" if header.odds else "ratio", {"value": value}, op=op)
    unit = unit_of(match.group("unit"))
    labelled = _kind_of(header, row)
    whole = value == value.to_integral_value() and "." not in match.group("value")
    if unit is None and whole and op is None and (labelled is None or row.count):
        return _reported(match, "count", {"value": value})
    if labelled is None and (header.percent or row.percent) and unit is None:
        return _reported(match, "percent", {"percent": value}, op=op)
    return _reported(
        match,
        labelled or ("threshold" if op in ("<", ">", "<=", ">=") else "value"),
        {"value": value},
        unit=unit,
        op=op,
    )


# The forms of a cell, the longest meaning first; each takes what it matches from those below.
_FORMS: Final[tuple[tuple[Pattern, Maker], ...]] = (
    (
        screened(rf"(?P<pct>{NUMBER})\s?%\s*[(\[,;]\s*(?:n\s*=\s*)?(?P<n>\d+)\s*(?:/|of)\s*(?P<N>\d+)\s*[)\]]?"),
        _share,
    ),
    (screened(rf"(?P<n>\d+)\s*(?:/|of)\s*(?P<N>\d+)\s*[(\[,;]\s*(?P<pct>{NUMBER})\s?%\s*[)\]]?"), _share),
    (screened(rf"(?<![\d.])(?P<n>\d+){_MARKS}\s*[(\[,;]\s*(?P<pct>{NUMBER})\s?%\s*[)\]]?"), _share),
    (
        screened(
            rf"(?P<mean>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?\s*(?:±|\+/[-−–]|\+[-−–])\s*\.?(?P<sd>\d+\. \d+"
            rf"|{NUMBER})\s*(?P<unit2>{UNIT})?"
            rf"(?:\s*[(\[]\s*(?:range\s*[:,]?\s*)?(?P<lo>{NUMBER}){TO}(?P<hi>{NUMBER}){_MARKS}[)\]]?)?"
        ),
        _mean,
    ),
    (screened(rf"\b[Pp]\s*(?P<op>{SIGN})\s*(?P<value>{NUMBER})"), _labelled_p),
    (screened(rf"(?P<centre>[Mm]edian|[Mm]ean)\s*[:=]?\s*(?P<value>{NUMBER})\s*(?P<unit>{UNIT})?"), _labelled_centre),
    (
        screened(
            rf"(?P<value>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?{_MARKS}\s*[(\[]\s*(?:IQR|range|median)?\s*[:,]?\s*"
            rf"(?P<lo>[-−–]?{NUMBER}){_MARKS}"
            rf"(?:{TO}|\s*[/,;]\s*)(?:(?P<hi>[-−–]?{NUMBER})|[-–—])?{_MARKS}\s*%?\s*[)\]]?"
        ),
        _spread,
    ),
    (screened(r"(?<![\d.])\d+(?:\s?/\s?\d+)+(?![\d.%])"), _counts),
    (screened(rf"(?P<lo>{NUMBER})\s?%?{TO}(?P<hi>{NUMBER})\s*(?P<pct>%)?\s*(?P<unit>{UNIT})?"), _range),
    (screened(rf"(?P<op>{SIGN})?\s*(?P<value>{NUMBER})\s?%"), _percent),
    (screened(rf"(?<![\w.])(?P<op>{SIGN})?\s*(?P<value>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?(?![\d%])"), _number),
)
_ROWS: Final = Rows(((pattern,), (pattern, make)) for pattern, make in _FORMS)
_EMPTY: Final = screened(r"[\s\-–—−.·/*†‡]*|n\.?/?[ad]\.?|n\.?s\.?|not applicable|ref(?:erence)?\.?", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_TAKEN: Final = "\ue001"
_RATIO_FORM: Final = screened(
    rf"(?P<value>{NUMBER})\s*[(\[,]\s*(?:9\d\s?%\s*(?:CI)?\s*[:,]?\s*)?(?P<lo>{NUMBER})(?:{TO}|\s*[,;]\s*)"
    rf"(?P<hi>{NUMBER})\s*[)\]]?"
)
_COUNT_AND_PERCENT: Final = screened(rf"(?<![\d.])(?P<n>\d+)\s*[(\[]\s*(?P<pct>{NUMBER})\s*[)\]]")


def unit_in_label(label: str) -> str | None:
    """The unit that a row's or a column's label gives in brackets or behind a comma.

    >>> unit_in_label("Serum AFP (mean ± SD, ng/mL)"), unit_in_label("Tumor size")
    ('ng/mL', None)
    """
    match = _LABEL_UNIT.search(label)
    return unit_of(match.group("unit") or match.group("unit2")) if match else None


def find_in_cell(text: str, header: str, row_label: str) -> list[Reported]:
    """The statistics in a table's cell, under its column's header and beside its row's label; offsets count in `text`.

    >>> [dict(r.fields) for r in find_in_cell("17(73.9%)", "NETs", "Hyper")]
    [{'numerator': Decimal('17'), 'percent': Decimal('73.9')}]
    >>> [(r.kind, r.op) for r in find_in_cell("<0.001", "P", "Plateau")]
    [('p_value', '<')]
    >>> find_in_cell("-", "P", "Plateau")
    []
    """
    if _EMPTY.fullmatch(text) or not _DIGIT.search(text):
        return []
    text = with_points(text, alone=True)
    column, row = _read(header), _read(row_label)
    forms = _ROWS.that_may_match(text)
    if column.ratio or row.ratio:
        forms = ((_RATIO_FORM, _interval), *forms)
    if column.percent or row.percent:
        forms = ((_COUNT_AND_PERCENT, _share), *forms)
    found: list[Reported] = []
    for pattern, make in forms:
        for match in list(pattern.finditer(text)):
            if _TAKEN in match.group():
                continue
            built = make(match, column, row)
            if built:
                text = text[: match.start()] + _TAKEN * (match.end() - match.start()) + text[match.end() :]
            found.extend(built)
    unit = row.unit or column.unit
    return [_with_unit(reported, unit) for reported in sorted(found, key=lambda reported: reported.start)]


def _with_unit(reported: Reported, unit: str | None) -> Reported:
    """The statistic with its label's unit, where it has none of its own and its kind takes one."""
    if (
        unit is None
        or reported.unit is not None
        or reported.kind in ("p_value", "proportion", "percent", "test_statistic", "count")
    ):
        return reported
    return replace(reported, unit=unit)
