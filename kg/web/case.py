"""This module draws what a differential says: the answer, its steps, who fits and why, an icon array, a nomogram."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from kg.compare import Sentence
from kg.differential import Assessment, Candidate, Differential, Step
from kg.differential.wording import NO_SCOPE
from kg.measures import Difference
from kg.web.evidence import quotes
from kg.web.files import markdown_text
from kg.web.markup import Html, element, joined
from kg.web.pictures import colours
from kg.web.view import Context, capital, short_name

# bearing -> (mark, words); the words carry it
BEARINGS: Final = {
    "for": ("✓", "fits"),
    "against": ("✕", "does not fit"),
    "open": ("○", "points both ways"),
    "unknown": ("—", "not reported"),
}
SIDE: Final = 10  # squares on each side of the icon array: one for each of 100 patients
PRIOR_TICKS: Final = (1, 2, 5, 10, 20, 30, 50, 70, 80, 90, 95, 98, 99)
RATIO_TICKS: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
LOWEST, HIGHEST = 0.002, 0.998  # ends of the nomogram's scales


def answer(found: Differential, context: Context) -> Html:
    """The sentences of the core, without the question that was asked first, each with its places."""
    asked = {NO_SCOPE, *(study.question for study in found.studies)}
    said = [sentence for sentence in found.answer if sentence.text not in asked]
    return element("div", *(_sentence(one, context) for one in said), class_="answer")


def _sentence(sentence: Sentence, context: Context) -> Html:
    links = (
        element("sup", element("a", f"[{context.numbers[one.id]}]", href=context.reader_link(one)))
        for one in context.all(sentence.statements)[:4]
        if one.id in context.numbers
    )
    return element("p", sentence.text, joined(links))


def result(found: Differential) -> Html | None:
    """The one number that the case comes to, with its interval; None where there is none."""
    if not found.panel:
        return None
    first = found.candidates[0]
    if first.after is None:
        return None
    low, high = f"{100 * first.after.low:.0f}", f"{100 * first.after.high:.0f}"
    number = element("span", f"{100 * first.after.estimate:.0f}", class_="big")
    name = short_name(first.disease)
    return element(
        "p", number, f" of 100 such patients would have {name} ({low}–{high})", class_="result", role="status"
    )


def summary(found: Differential) -> Html:
    """Who fits, without a probability: the findings of each disease by what they say."""
    return joined(
        joined(element("h3", capital(candidate.disease.label)), element("ul", *_by_bearing(candidate)))
        for candidate in found.candidates
    )


def _by_bearing(candidate: Candidate) -> list[Html]:
    lines = []
    for bearing, (mark, words) in BEARINGS.items():
        some = candidate.of(bearing)
        if some:
            names = ", ".join(one.label for one in some)
            lines.append(element("li", element("span", mark, aria_hidden="true"), f" {words}: {names}"))
    return lines


def steps(found: Differential, context: Context) -> Html:
    """What was multiplied: each step in words, folding out to its sentences."""
    return joined(_step(number, step, context) for number, step in enumerate(found.steps, 1))


def _step(number: int, step: Step, context: Context) -> Html:
    summary = element("summary", f"Step {number}, evidence: {step.finding.label}")
    body = element("div", element("p", capital(step.text)), quotes(step.statements, context), class_="evidence")
    return element("details", summary, body, open=context.printing)


def matches(found: Differential, context: Context) -> Html:
    """Who fits: a row a finding, a column a disease; every cell a word, with its evidence beneath."""
    head = [element("th", "Finding", scope="col")]
    head += [element("th", _column(candidate), scope="col") for candidate in found.candidates]
    first = found.candidates[0]
    rows = [_match_row(place, found.candidates, context) for place in range(len(first.assessments))]
    probabilities = " Probabilities are among these diseases alone." if found.panel else " No probability is given."
    caption = element("caption", f"What speaks for and against each disease, as the papers have it.{probabilities}")
    table = element(
        "table", caption, element("thead", element("tr", *head)), element("tbody", *rows), class_="small case"
    )
    return element("div", table, class_="wrap", tabindex=0, role="region", aria_label="Who fits")


def _column(candidate: Candidate) -> str:
    name = capital(candidate.disease.label)
    return name if candidate.after is None else f"{name}: {share_text(candidate.after)}"


def share_text(value: Difference) -> str:
    """A probability with its limits.

    >>> share_text(Difference(0.882, 0.658, 0.967))
    '88% (66–97)'
    """
    return f"{100 * value.estimate:.0f}% ({100 * value.low:.0f}–{100 * value.high:.0f})"


def _match_row(place: int, candidates: Sequence[Candidate], context: Context) -> Html:
    head = element("th", capital(candidates[0].assessments[place].label), scope="row")
    cells = (element("td", _assessment(one.assessments[place], one, context)) for one in candidates)
    return element("tr", head, *cells)


def _assessment(found: Assessment, candidate: Candidate, context: Context) -> Html:
    mark, words = BEARINGS[found.bearing]
    side = {"for": "fits", "against": "unfit"}.get(found.bearing, "")
    line = element("p", element("span", mark, aria_hidden="true"), f" {words}", class_=f"bearing {side}")
    texts = dict.fromkeys(item.text + (f" · {item.note}" if item.note else "") for item in found.items)
    listed = element("ul", *(element("li", text) for text in texts)) if texts else None
    said = quotes(found.statements, context)
    if not said:
        return joined(line, listed)
    summary = element("summary", f"evidence: {found.label} in {candidate.disease.label}")
    return joined(
        line, listed, element("details", summary, element("div", said, class_="evidence"), open=context.printing)
    )


def icon_array(after: Difference, name: str, other: str, theme: str) -> alt.Chart:
    """100 squares: filled for those below the lower limit, hollow for those within the interval, dots for the rest."""
    ink = colours(theme)
    low, high = round(100 * after.low), round(100 * after.high)
    kinds = [name, "uncertain", other]

    def kind(place: int) -> str:
        return kinds[0] if place < low else kinds[1] if place < high else kinds[2]

    squares = [{"row": place // SIDE, "column": place % SIDE, "state": kind(place)} for place in range(SIDE * SIDE)]
    shape = alt.Scale(domain=kinds, range=["square", "square", "circle"])
    fill = alt.Scale(domain=kinds, range=[ink["a"], "transparent", ink["neither"]])
    stroke = alt.Scale(domain=kinds, range=[ink["a"], ink["a"], ink["neither"]])
    size = alt.Scale(domain=kinds, range=[320, 320, 40])
    legend = alt.Legend(title=None, orient="bottom", labelColor=ink["ink"], labelLimit=400, columns=1)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=squares))
        .mark_point(strokeWidth=2, opacity=1)
        .encode(
            x=alt.X("column:O", axis=None),
            y=alt.Y("row:O", axis=None),
            shape=alt.Shape("state:N", scale=shape, legend=legend),
            fill=alt.Fill("state:N", scale=fill, legend=legend),
            stroke=alt.Stroke("state:N", scale=stroke, legend=legend),
            size=alt.Size("state:N", scale=size, legend=None),
            tooltip=[alt.Tooltip("state:N", title="Square")],
        )
        .properties(width=300, height=300)
    )
    return chart


def icon_words(after: Difference, name: str) -> str:
    """The icon array in words."""
    return (
        f"100 squares: of 100 such patients about {100 * after.estimate:.0f} "
        f"({100 * after.low:.0f}–{100 * after.high:.0f}) would have {name}."
    )


def nomogram(before: float, after: Difference, theme: str) -> alt.LayerChart | alt.FacetChart:
    """Fagan's nomogram: the starting value, the likelihood ratio, the value after it, on three scales in one line.

    The left scale runs downwards, so that a straight line from the one through the ratio ends at the other (Fagan TJ,
    N Engl J Med 1975;293:257); the band spans the interval.
    """
    ink = colours(theme)
    ticks = [{"x": 0.0, "y": -_log_odds(p / 100), "text": f"{p}", "side": "left"} for p in PRIOR_TICKS]
    ticks += [{"x": 1.0, "y": math.log(r) / 2, "text": f"{r:g}", "side": "middle"} for r in RATIO_TICKS]
    ticks += [{"x": 2.0, "y": _log_odds(p / 100), "text": f"{p}", "side": "right"} for p in PRIOR_TICKS]
    start = -_log_odds(before)
    ends = {name: _log_odds(getattr(after, name)) for name in ("low", "estimate", "high")}
    band = [{"x": x, "low": _at(start, ends["low"], x), "high": _at(start, ends["high"], x)} for x in (0.0, 2.0)]
    line = [{"x": x, "y": _at(start, ends["estimate"], x)} for x in (0.0, 1.0, 2.0)]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.3, 2.3]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-4.8, 4.8]))
    marks = alt.Chart(alt.InlineData(values=ticks)).encode(x=x, y=y)
    heads = [{"x": x, "y": 4.75, "text": text} for x, text in ((0.0, "before, %"), (1.0, "LR"), (2.0, "after, %"))]
    right, left = "datum.side == 'right'", "datum.side != 'right'"
    area = alt.Chart(alt.InlineData(values=band)).mark_area(opacity=0.35, color=ink["bar"])
    lines = alt.Chart(alt.InlineData(values=line)).encode(x=x, y=y)
    layers = (
        area.encode(x=x, y=alt.Y("low:Q", axis=None), y2="high:Q"),
        lines.mark_line(color=ink["a"], strokeWidth=2),
        lines.mark_point(color=ink["a"], filled=True, size=60, opacity=1),
        marks.mark_tick(orient="horizontal", thickness=1, size=10, color=ink["ink"]),
        marks.transform_filter(right).mark_text(align="left", dx=10, color=ink["ink"]).encode(text="text:N"),
        marks.transform_filter(left).mark_text(align="right", dx=-10, color=ink["ink"]).encode(text="text:N"),
        alt.Chart(alt.InlineData(values=heads))
        .mark_text(fontWeight=600, dy=-6, color=ink["ink"])
        .encode(x=x, y=y, text="text:N"),
    )
    return alt.layer(*layers).properties(height=380)


def _log_odds(share: float) -> float:
    inside = min(max(share, LOWEST), HIGHEST)
    return math.log(inside / (1 - inside))


def _at(start: float, end: float, x: float) -> float:
    """The height of a line from (0, start) to (2, end)."""
    return start + (end - start) * x / 2


def nomogram_words(before: float, after: Difference, name: str) -> str:
    """The nomogram in words."""
    return f"Fagan's nomogram for {name}: from {100 * before:.0f}% to {share_text(after)}."


def slide(found: Differential, context: Context) -> list[str]:
    """The lines of a teaching slide in Markdown: the case, the answer, each step, what fits, the sentences."""
    given = [f"- {capital(one.label)}" for one in found.candidates[0].assessments]
    lines = ["## The case", "", *given, "", "## What the counts say", ""]
    lines += [one.text for one in found.answer] + ["", "## Who fits", ""]
    for candidate in found.candidates:
        said = "; ".join(f"{one.label}: {BEARINGS[one.bearing][1]}" for one in candidate.assessments)
        lines.append(f"- {_column(candidate)}: {said}")
    lines += ["", "## Sentences", ""]
    used = dict.fromkeys(identifier for sentence in found.answer for identifier in sentence.statements)
    return lines + [_quote(one.quote, context.paper(one.source)) for one in context.all(used)]


def _quote(quote: str, paper: str) -> str:
    return f"> {markdown_text(quote)} ({paper})"


def csv_rows(found: Differential) -> list[dict[str, Any]]:
    """A row a disease, finding and piece of evidence."""
    rows = []
    for rank, candidate in enumerate(found.candidates, 1):
        after = candidate.after
        head = {"rank": rank, "disease": candidate.disease.label, "before": candidate.before}
        if after is not None:
            head |= {"probability": after.estimate, "probability_low": after.low, "probability_high": after.high}
        for one in candidate.assessments:
            for item in one.items:
                n, total = item.cell.count if item.cell is not None and item.cell.counted else (None, None)
                rows.append(
                    {
                        **head,
                        "finding": one.label,
                        "bearing": BEARINGS[one.bearing][1],
                        "n": n,
                        "total": total,
                        "text": item.text,
                        "source": item.source,
                        "statements": "|".join(item.statements),
                    }
                )
    return rows


CSV_COLUMNS: Final = (
    "rank", "disease", "before", "probability", "probability_low", "probability_high", "finding", "bearing", "n",
    "total", "text", "source", "statements",
)  # fmt: skip
