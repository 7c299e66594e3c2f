"""This module draws a concept's profile as charts: shares with intervals, accuracies as printed, a neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import altair as alt

from kg.graph import Neighbour, Neighbourhood, placed
from kg.profile import Accuracy, Fact
from kg.web.chart import COLOURS, ROW_HEIGHT
from kg.web.facts import KIND_TITLES, page_of
from kg.web.figures import percent, percent_limits
from kg.web.markup import Html, element, joined
from kg.web.panel import predicate_words
from kg.web.view import Context, capital

TYPE_SHAPES: Final = {
    "disease": "circle", "sign": "square", "modality": "triangle-up", "marker": "diamond", "therapy": "cross",
}  # fmt: skip
OTHER_SHAPE: Final = "triangle-down"
TYPE_COLOURS: Final = {"disease": "b", "sign": "a"}
NODE_HEIGHT: Final = 24
SHARE_TITLE: Final = "% of those looked at, with 95% interval"
LONGEST_NAME: Final = 38  # characters of a name in a picture; the table beside it has it whole


def colours(theme: str) -> Mapping[str, str]:
    """The inks of a theme, light or dark."""
    return COLOURS["dark" if theme == "dark" else "light"]


def share_chart(facts: Sequence[Fact], theme: str) -> alt.LayerChart | alt.FacetChart:
    """Counted shares from 0 to 100 %: a pale bar, and the Wilson interval as the darkest ink, in the table's order."""
    ink = colours(theme)
    rows = _shares(facts)
    data = alt.InlineData(values=rows)
    axis = alt.Axis(labelOverlap=False, labelColor=ink["ink"], labelLimit=320)
    base = alt.Chart(data).encode(y=alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=axis))
    across = alt.Axis(labelColor=ink["ink"], titleColor=ink["ink"], gridOpacity=0.4)
    x = alt.X("share:Q", scale=alt.Scale(domain=[0, 100]), axis=across, title=SHARE_TITLE)
    tip = [alt.Tooltip("name:N", title="Finding"), alt.Tooltip("text:N", title="Count")]
    bars = base.mark_bar(color=ink["bar"], height=14).encode(x=x, tooltip=tip)
    rules = base.mark_rule(color=ink["ink"], strokeWidth=2).encode(x=alt.X("low:Q", title=SHARE_TITLE), x2="high:Q")
    texts = base.mark_text(align="left", dx=4, dy=-9, color=ink["ink"], fontSize=10).encode(x="high:Q", text="short:N")
    return alt.layer(bars, rules, texts).properties(height=alt.Step(ROW_HEIGHT + 4))


def _shares(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    rows = []
    for fact in facts:
        for cell in fact.cell.counts:
            if cell.interval is None or cell.percent is None or cell.total is None:
                continue
            n, total = cell.count
            name = capital(fact.about.label) + (f" ({cell.source})" if len(fact.cell.counts) > 1 else "")
            rows.append(
                {
                    "name": name,
                    "share": cell.percent,
                    "low": 100 * cell.interval.low,
                    "high": 100 * cell.interval.high,
                    "short": f"{n}/{total}",
                    "text": f"{n}/{total} {percent(n / total, total)} ({percent_limits(cell.interval)})",
                }
            )
    return rows


def share_words(facts: Sequence[Fact]) -> str:
    """The chart in words."""
    return "Shares with 95% intervals: " + "; ".join(f"{row['name']} {row['text']}" for row in _shares(facts)) + "."


def accuracy_chart(rows: Sequence[Accuracy], context: Context, theme: str) -> alt.LayerChart | alt.FacetChart:
    """Accuracies in percent: a filled point for a printed value, a rule with hollow ends for a printed range."""
    ink = colours(theme)
    values = _accuracies(rows, context)
    data = alt.InlineData(values=values)
    axis = alt.Axis(labelOverlap=False, labelColor=ink["ink"], labelLimit=340)
    y = alt.Y("name:N", sort=[value["name"] for value in values], title=None, axis=axis)
    across = alt.Axis(labelColor=ink["ink"], titleColor=ink["ink"], gridOpacity=0.4)
    scale, title = alt.Scale(domain=[0, 100]), "% as printed; ranges as printed, not confidence intervals"
    tip = [alt.Tooltip("name:N", title="Accuracy"), alt.Tooltip("text:N", title="Printed")]
    base = alt.Chart(data).encode(y=y)
    ranged = base.transform_filter("isValid(datum.low)")
    x = alt.X("low:Q", scale=scale, axis=across, title=title)
    line = ranged.mark_rule(strokeDash=[5, 3], strokeWidth=2, color=ink["neither"]).encode(x=x, x2="high:Q")
    ends = [
        ranged.mark_point(shape="circle", filled=False, size=90, color=ink["neither"]).encode(
            x=alt.X(f"{end}:Q", title=title), tooltip=tip
        )
        for end in ("low", "high")
    ]
    points = base.transform_filter("isValid(datum.value)").mark_point(filled=True, size=90, color=ink["a"], opacity=1)
    return alt.layer(
        line, *ends, points.encode(x=alt.X("value:Q", scale=scale, axis=across, title=title), tooltip=tip)
    ).properties(height=alt.Step(ROW_HEIGHT))


def _accuracies(rows: Iterable[Accuracy], context: Context) -> list[dict[str, Any]]:
    found = []
    for number, row in enumerate(rows, start=1):
        for kind, identifier in row.numbers.items():
            statement = context.statement(identifier)
            statistic = statement.statistic if statement is not None else None
            if statistic is None or kind == "auc":
                continue
            value = statistic.percent if statistic.percent is not None else None
            ends = (
                (statistic.low, statistic.high) if statistic.low is not None else (statistic.ci_low, statistic.ci_high)
            )
            if value is None and None in ends:
                continue
            found.append(
                {
                    "name": f"{number} {capital(context.entity(row.target))} · {KIND_TITLES[kind].casefold()}",
                    "value": None if value is None else float(value),
                    "low": None if ends[0] is None or ends[1] is None else float(ends[0]),
                    "high": None if ends[0] is None or ends[1] is None else float(ends[1]),
                    "text": " ".join(statistic.printed.split()),
                }
            )
    return found


def accuracy_words(rows: Sequence[Accuracy], context: Context) -> str:
    """The chart in words."""
    said = (f"{value['name']} {value['text']}" for value in _accuracies(rows, context))
    return "Accuracies as printed, ranges are no confidence intervals: " + "; ".join(said) + "."


def has_accuracies(rows: Sequence[Accuracy], context: Context) -> bool:
    """Whether any of the accuracies can stand on an axis of percent."""
    return bool(_accuracies(rows, context))


def neighbourhood_chart(around: Neighbourhood, theme: str, context: Context) -> alt.LayerChart | alt.FacetChart:
    """The concept to the left, its neighbours below one another, each with its name; a click on one opens its page."""
    ink, places = colours(theme), placed(around)
    nodes = [_node(one, places[one.key], context) for one in (around.centre, *around.around)]
    nodes[0]["name"] = ""
    lines = [_line(nodes[0], node, one) for node, one in zip(nodes[1:], around.around, strict=True)]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.05, 2.6]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.04, 1.04]))
    wide = alt.Scale(domain=[1, 10], range=[1, 4], clamp=True)
    dashed = alt.Scale(domain=[False, True], range=[[1, 0], [4, 3]])
    edges = alt.Chart(alt.InlineData(values=lines)).mark_rule(color=ink["neither"], opacity=0.8)
    edges = edges.encode(
        x=x,
        y=y,
        x2="x2:Q",
        y2="y2:Q",
        strokeWidth=alt.StrokeWidth("many:Q", scale=wide, legend=None),
        strokeDash=alt.StrokeDash("denied:N", scale=dashed, legend=None),
    )
    kinds = list(dict.fromkeys(node["type"] for node in nodes))
    shapes = alt.Scale(domain=kinds, range=[TYPE_SHAPES.get(kind, OTHER_SHAPE) for kind in kinds])
    inks = alt.Scale(domain=kinds, range=[ink[TYPE_COLOURS.get(kind, "neither")] for kind in kinds])
    tip = [alt.Tooltip(f"{name}:N", title=name.capitalize()) for name in ("label", "type", "said")]
    base = alt.Chart(alt.InlineData(values=nodes)).encode(x=x, y=y, tooltip=tip, href="page:N")
    points = base.mark_point(filled=True, size=110, opacity=1, cursor="pointer").encode(
        shape=alt.Shape("type:N", scale=shapes, legend=None), color=alt.Color("type:N", scale=inks, legend=None)
    )
    names = base.mark_text(align="left", dx=10, color=ink["ink"], fontSize=12, cursor="pointer").encode(text="name:N")
    return alt.layer(edges, points, names).properties(height=max(NODE_HEIGHT * len(around.around), 60))


def _line(start: Mapping[str, Any], end: Mapping[str, Any], neighbour: Neighbour) -> dict[str, Any]:
    """An edge: as wide as it is well known, dashed where every statement denies it."""
    ends = {"x": start["x"], "y": start["y"], "x2": end["x"], "y2": end["y"]}
    return {**ends, "many": len(neighbour.statements), "denied": neighbour.only_absent}


def _node(neighbour: Neighbour, place: tuple[float, float], context: Context) -> dict[str, Any]:
    label = capital(neighbour.label)
    return {
        "page": page_of(neighbour.key, context),
        "label": label,
        "name": label if len(label) <= LONGEST_NAME else label[: LONGEST_NAME - 1] + "…",
        "type": neighbour.type,
        "said": ", ".join(_tie_words(neighbour)),
        "x": place[0],
        "y": place[1],
    }


def _tie_words(neighbour: Neighbour) -> list[str]:
    """What links a neighbour to the centre: predicate, how many statements, how many of them deny it."""
    words = []
    for tie in neighbour.ties:
        denied = (
            f", {tie.absent} of them say not" if tie.absent and tie.present else " (all say not)" if tie.absent else ""
        )
        words.append(f"{predicate_words(tie.predicate).casefold()} {len(tie.statements)}{denied}")
    return words


def neighbourhood_words(around: Neighbourhood) -> str:
    """The picture in words."""
    said = "; ".join(f"{one.label} ({', '.join(_tie_words(one))})" for one in around.around)
    return f"Neighbours of {around.centre.label}: {said}."


def neighbourhood_table(around: Neighbourhood, context: Context) -> Html:
    """The same as the picture: a row a neighbour, with its type and what links the two."""
    head = element(
        "tr", *(element("th", text, scope="col") for text in ("Neighbour", "Type", "Linked by (statements)"))
    )
    rows = (
        element(
            "tr",
            element("th", _linked(one, context), scope="row"),
            element("td", "own words" if one.type == "words" else one.type.replace("-", " ")),
            element("td", "; ".join(_tie_words(one))),
        )
        for one in around.around
    )
    left = f" {around.left_out} further neighbours are not drawn." if around.left_out else ""
    caption = f"The {len(around.around)} best known neighbours, by type.{left} A dashed line: every statement says not."
    table = element(
        "table", element("caption", caption), element("thead", head), element("tbody", *rows), class_="small"
    )
    return element("div", table, class_="wrap", tabindex=0, role="region", aria_label="Neighbours")


def _linked(neighbour: Neighbour, context: Context) -> Html:
    page = page_of(neighbour.key, context)
    label = capital(neighbour.label)
    return element("a", label, href=page) if page else joined(label)
