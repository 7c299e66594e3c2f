"""This module draws verdicts as a table whose rows open to both sentences, side by side, and the arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.audit import CHECKS
from kg.model import Statement
from kg.reach import Touch, reach
from kg.tables import to_text, verdict_table
from kg.verdict import Verdict
from kg.web.files import Occasion, csv_file, markdown_file, markdown_table
from kg.web.flags import MARKS, WARNED
from kg.web.markup import Html, element, joined, link_to
from kg.web.view import capital, place_of

# What an address calls a verdict -> (sign, word)
STATES: Final = {
    "inconsistent": MARKS["inconsistent"],
    "disagreement": MARKS["disagreement"],
    "warning": WARNED,
    "not-checkable": MARKS["not checkable"],
    "consistent": MARKS["consistent"],
}
QUESTIONS: Final = {check.name: check.question for check in CHECKS}
WORDS_TO_FIND: Final = 8  # of a sentence, which find it again in its paper
TOUCHES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A verdict as the page shows it: what it touches, and its statements."""

    verdict: Verdict
    touches: tuple[Touch, ...]
    statements: tuple[Statement, ...]

    @property
    def state(self) -> str:
        """The key of STATES."""
        if self.verdict.verdict == "consistent" and self.verdict.warning:
            return "warning"
        return self.verdict.verdict.replace(" ", "-")

    @property
    def reach(self) -> str:
        """The farthest answer that it touches: compare, browse or none."""
        return reach(self.verdict, self.touches)

    @property
    def sources(self) -> tuple[str, ...]:
        """The papers that it is about: two in a disagreement."""
        return tuple(dict.fromkeys([self.verdict.source, *(one.source for one in self.statements)]))


def wanted(
    every: Iterable[Shown],
    *,
    states: Collection[str] = (),
    sources: Collection[str] = (),
    checks: Collection[str] = (),
    reaches: Collection[str] = (),
) -> tuple[Shown, ...]:
    """Those that pass every filter; an empty one lets all pass."""
    return tuple(
        one
        for one in every
        if (not states or one.state in states)
        and (not sources or not set(one.sources).isdisjoint(sources))
        and (not checks or one.verdict.check in checks)
        and (not reaches or one.reach in reaches)
    )


def anchor(identifier: str) -> str:
    """The id in the page of a verdict's row."""
    return f"verdict-{identifier.replace('/', '-')}"


def findings_table(
    shown: Sequence[Shown],
    papers: Mapping[str, str],
    *,
    opened: str = "",
    first: int = 1,
    printing: bool = False,
    name: str = "Checks of printed numbers",
) -> Html:
    """The verdicts, one a row, numbered from `first`; the one with the id `opened` is open, or all for printing.

    `name` is read aloud for the table.
    """
    heads = ("Verdict", "Paper · where", "Printed", "Checked", "What comes out", "Touches")
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    rows = (
        _row(one, papers, number, is_open=printing or opened == one.verdict.id)
        for number, one in enumerate(shown, start=first)
    )
    caption = element("caption", "Each check of a number. A row opens to the sentences and the arithmetic.")
    table = element(
        "table", caption, element("thead", head), element("tbody", *rows), class_="findings audits columns-6"
    )
    heading = element("h2", name, class_="visually-hidden")
    return joined(heading, element("div", table, class_="wrap", tabindex=0, role="region", aria_label=name))


def _row(one: Shown, papers: Mapping[str, str], number: int, *, is_open: bool) -> Html:
    verdict = one.verdict
    sign, word = STATES[one.state]
    cells = (
        element(
            "th", element("span", sign, aria_hidden="true"), f" {word}", scope="row", class_=f"verdict {one.state}"
        ),
        _cell("Where", joined(_papers(one, papers), element("span", _where(one), class_="quiet"), by=" ")),
        _cell("Printed", verdict.printed or "—", class_="count"),
        _cell("Checked", capital(QUESTIONS.get(verdict.check, verdict.check))),
        _cell("What comes out", verdict.recomputed or verdict.explanation),
        _cell("Touches", _touched(one)),
    )
    summary = element(
        "summary",
        f"No. {number}: {'sentences' if len(_passages(one)) > 1 else 'sentence'} and arithmetic",
        id=anchor(verdict.id),
    )
    details = element("details", summary, _evidence(one, papers, number), open=is_open)
    return joined(
        element("tr", *cells, class_="finding target" if is_open else "finding"),
        element("tr", element("td", details, colspan=6), class_="more"),
    )


def _cell(label: str, content: str, *, class_: str | None = None) -> Html:
    return element("td", element("span", label, class_="label-narrow"), element("span", content, class_=class_))


def _papers(one: Shown, papers: Mapping[str, str]) -> str:
    return " and ".join(papers.get(key, key) for key in one.sources)


def _where(one: Shown) -> str:
    """The first two places, table cells without their address; the opened row has it."""
    places = list(dict.fromkeys(place_of(statement).partition(" · row ")[0] for statement in one.statements))
    more = f" and {len(places) - 2} more" if len(places) > 2 else ""
    return " / ".join(places[:2]) + more


def _touched(one: Shown) -> Html:
    """Links to what shows the number; of many the first."""
    links = [_touch_link(touch) for touch in one.touches[:TOUCHES_SHOWN]]
    more = len(one.touches) - TOUCHES_SHOWN
    return joined(links, f"and {more} more" if more > 0 else None, by="; ") if links else joined("—")


def _touch_link(touch: Touch) -> Html:
    if touch.reach == "compare":
        a, b, row = touch.keys
        return element("a", f"Compare: {touch.label}", href=link_to("", a=a, b=b, row=row))
    kind, key = touch.keys
    return element("a", f"Browse: {touch.label}", href=link_to("browse", id=f"{kind}:{key}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence that a verdict is about: its words, and the statements that were read in it."""

    source: str
    quote: str
    statements: tuple[Statement, ...] = ()


def _passages(one: Shown) -> list[Passage]:
    """Each sentence once, in the order of the verdict; what is no quote of it stands behind."""
    found: list[Passage] = []
    left = list(one.statements)
    for quote in dict.fromkeys(one.verdict.quotes):
        here = [s for s in left if s.quote == quote] or [s for s in left if quote in s.quote or s.quote in quote]
        left = [s for s in left if s not in here]
        source = here[0].source if here else one.verdict.source
        found.append(Passage(source=source, quote=quote, statements=tuple(s for s in here if s.quote == quote)))
    known = {passage.quote for passage in found}
    for statement in left:
        if statement.quote not in known:
            known.add(statement.quote)
            same = tuple(s for s in left if s.quote == statement.quote)
            found.append(Passage(source=statement.source, quote=statement.quote, statements=same))
    return found


def _evidence(one: Shown, papers: Mapping[str, str], number: int) -> Html:
    quotes = (_quoted(passage, papers, f"{number}.{place}") for place, passage in enumerate(_passages(one), start=1))
    lines = [element("li", line) for line in arithmetic(one.verdict)]
    link = element("a", f"Link to no. {number}", href=link_to("audit", row=one.verdict.id))
    return element(
        "div",
        element("div", *quotes, class_="sides"),
        element("section", element("h3", "The arithmetic"), element("ul", *lines)),
        element("p", link, class_="links"),
        class_="evidence",
    )


def arithmetic(verdict: Verdict) -> Iterator[str]:
    """What was printed, what comes out, and how, a line each."""
    if verdict.printed:
        yield f"Printed: {verdict.printed}"
    yield from (f"Comes out: {line.strip()}" for line in verdict.recomputed.split(";") if line.strip())
    if verdict.explanation:
        yield capital(verdict.explanation)
    if verdict.warning:
        yield capital(verdict.warning)


def _quoted(passage: Passage, papers: Mapping[str, str], number: str) -> Html:
    """One sentence with the numbers that were read in it marked, and the way to its place."""
    first = next(iter(passage.statements), None)
    where = place_of(first) if first is not None else None
    href = (
        link_to("sources", paper=passage.source, s=first.id)
        if first is not None
        else link_to("sources", paper=passage.source, q=" ".join(passage.quote.split()[:WORDS_TO_FIND]))
    )
    link = element("a", f"Open in reader [{number}]", href=href)
    line = joined(papers.get(passage.source, passage.source), where, link, by=" · ")
    return element("section", element("blockquote", _marked(passage)), element("p", line, class_="from"))


def _marked(passage: Passage) -> Html:
    spans = sorted(
        (s.statistic.span.start - s.span.start, s.statistic.span.end - s.span.start)
        for s in passage.statements
        if s.statistic is not None
    )
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            parts += [passage.quote[at:start], element("mark", passage.quote[start:end])]
            at = end
    return joined(parts, passage.quote[at:])


def to_csv(shown: Sequence[Shown], made: Occasion) -> str:
    """A line a verdict."""
    table = verdict_table([one.verdict for one in shown])
    rows = ({name: to_text(row.get(name)) for name in table.columns} for row in table.rows)
    return csv_file(made, table.columns, rows)


def to_markdown(shown: Sequence[Shown], made: Occasion, papers: Mapping[str, str]) -> str:
    """The list for a document: verdict, paper, what is printed and how it comes out."""
    rows = (
        (
            STATES[one.state][1],
            _papers(one, papers),
            one.verdict.printed,
            "; ".join(filter(None, (one.verdict.explanation, one.verdict.warning))),
        )
        for one in shown
    )
    return markdown_file(made, markdown_table(("Verdict", "Paper", "Printed", "How it comes out"), rows))
