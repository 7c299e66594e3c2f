"""This module draws the likelihood ratios as a chart: a rule for each interval, a point for each estimate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt

from kg.compare import Row
from kg.measures import Ratio
from kg.web.cautions import short_warnings
from kg.web.figures import SCALE_HIGH, SCALE_LOW, SCALE_TICKS, ratio_text
from kg.web.findings import READINGS
from kg.web.view import capital

COLOURS: Final = {
    "light": {"a": "#005A9C", "b": "#A84300", "neither": "#5B6670", "ink": "#14181C", "bar": "#9CC4E4"},
    "dark": {"a": "#7CC4FF", "b": "#FFAA5C", "neither": "#A9B4BE", "ink": "#E8ECEF", "bar": "#24557D"},
}
SHAPES: Final = {"a": "square", "b": "diamond", "neither": "circle"}
ROW_HEIGHT: Final = 26


def ratio_chart(rows: Sequence[Row], theme: str) -> alt.LayerChart | alt.FacetChart:
    """Every row with a ratio, in the order of the table; limits outside 0.01 to 100 end in an arrow."""
    colours = COLOURS["dark" if theme == "dark" else "light"]
    data = alt.InlineData(values=[_point(row, row.ratio) for row in rows if row.ratio is not None])
    order = [_name(row) for row in rows if row.ratio is not None]
    base = alt.Chart(data).encode(
        y=alt.Y(
            "sign:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelOverlap=False, labelColor=colours["ink"], labelLimit=320),
        )
    )
    arrows = _arrows(base, colours, [_point(row, row.ratio) for row in rows if row.ratio is not None])
    layers = (_line_at_one(colours), _intervals(base, colours), *arrows, _points(base, colours))
    return alt.layer(*layers).properties(height=alt.Step(ROW_HEIGHT))


def _name(row: Row) -> str:
    """The row as its line is called: a warning shows there too, since the chart has no column for it."""
    return f"{'⚠ ' if row.every_warning else ''}{capital(row.label)}"


def _checks(row: Row) -> str:
    return "; ".join(short_warnings(row.every_warning))


def _point(row: Row, ratio: Ratio) -> dict[str, object]:
    side, _, words = READINGS[row.reading]
    return {
        "sign": _name(row),
        "check": _checks(row) or "none",
        "estimate": min(max(ratio.estimate, SCALE_LOW), SCALE_HIGH),
        "low": max(ratio.low, SCALE_LOW),
        "high": min(ratio.high, SCALE_HIGH),
        "below": ratio.low < SCALE_LOW,
        "above": ratio.high > SCALE_HIGH,
        "reading": words,
        "side": side,
        "text": ratio_text(ratio),
    }


def _scale(field: str, colours: dict[str, str]) -> alt.X:
    axis = alt.Axis(
        values=list(SCALE_TICKS), format="~g", labelColor=colours["ink"], titleColor=colours["ink"], gridOpacity=0.4
    )
    scale = alt.Scale(type="log", domain=[SCALE_LOW, SCALE_HIGH], nice=False)
    return alt.X(f"{field}:Q", scale=scale, axis=axis, title="◀ B · LR+ · A ▶")


def _side_colour(colours: dict[str, str]) -> alt.Color:
    sides = list(SHAPES)
    return alt.Color("side:N", scale=alt.Scale(domain=sides, range=[colours[side] for side in sides]), legend=None)


def _line_at_one(colours: dict[str, str]) -> alt.Chart:
    one = alt.Chart(alt.InlineData(values=[{"one": 1}]))
    line: alt.Chart = one.mark_rule(strokeDash=[4, 3], color=colours["ink"]).encode(x=_scale("one", colours))
    return line


def _intervals(base: alt.Chart, colours: dict[str, str]) -> alt.Chart:
    rule = base.mark_rule(strokeWidth=2)
    drawn: alt.Chart = rule.encode(x=_scale("low", colours), x2="high:Q", color=_side_colour(colours))
    return drawn


def _points(base: alt.Chart, colours: dict[str, str]) -> alt.Chart:
    shape = alt.Shape("side:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None)
    tooltip = [
        alt.Tooltip("sign:N", title="Sign"),
        alt.Tooltip("text:N", title="LR+"),
        alt.Tooltip("reading:N", title="Reading"),
        alt.Tooltip("check:N", title="Check"),
    ]
    drawn: alt.Chart = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=_scale("estimate", colours), color=_side_colour(colours), shape=shape, tooltip=tooltip
    )
    return drawn


def _arrows(base: alt.Chart, colours: dict[str, str], points: Sequence[dict[str, object]]) -> list[alt.Chart]:
    """Heads where an interval runs past an end of the scale; a layer without one would be a picture without a name."""
    colour = _side_colour(colours)
    heads = (("below", "triangle-left", "low"), ("above", "triangle-right", "high"))
    return [
        base.transform_filter(f"datum.{past}")
        .mark_point(shape=shape, filled=True, size=80, opacity=1)
        .encode(x=_scale(end, colours), color=colour)
        for past, shape, end in heads
        if any(point[past] for point in points)
    ]


def chart_words(rows: Sequence[Row]) -> str:
    """The chart in words, for those who do not see it: every sign with its ratio and reading."""
    said = (
        f"{capital(row.label)}: {ratio_text(row.ratio)}, {READINGS[row.reading][2]}"
        + (f", ⚠ {_checks(row)}" if row.every_warning else "")
        for row in rows
        if row.ratio is not None
    )
    return "Likelihood ratios of A against B, in the order of the table. " + "; ".join(said) + "."
