"""This module draws what a row opens to: each sentence with its number marked, the measures, the checks, the links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.compare import Attached, Row, TwoByTwo
from kg.evidence import Cell, Derivation
from kg.model import Statement
from kg.web.figures import percent, percent_limits, points, probability, ratio_text
from kg.web.flags import of_row
from kg.web.markup import Html, element, joined, link_to
from kg.web.mentions import Mentions, mentions, once
from kg.web.view import LOW_CONFIDENCE, Context, Definition, View, capital, confidence_words, place_of, short_name

KIND_NAMES: Final = {
    "kappa": "κ",
    "icc": "ICC",
    "p_value": "P",
    "auc": "AUC",
    "sensitivity": "sensitivity",
    "specificity": "specificity",
    "odds_ratio": "odds ratio",
    "threshold": "cut-off",
    "test_statistic": "test statistic",
}
COPY: Final = "copy"  # of a button: it copies what stands before it
WORDS_TO_FIND: Final = 8  # of a sentence, which find it again in its paper
ORIGIN_NAMES: Final = {"own": "own", "cited": "cites", "background": "no source"}


def origin(statement: Statement) -> str:
    """Where a statement comes from, in words: own · cites 25 · no source."""
    name = ORIGIN_NAMES[statement.evidence]
    if statement.evidence != "cited":
        return name
    return f"{name} {', '.join(statement.citations)}" if statement.citations else "cites others"


def marked_quote(statement: Statement) -> Html:
    """The quote, escaped, its number in <mark>; nothing but the paper's own characters."""
    quote, statistic = statement.quote, statement.statistic
    if statistic is None:
        return element("blockquote", quote)
    start, end = statistic.span.start - statement.span.start, statistic.span.end - statement.span.start
    return element("blockquote", quote[:start], element("mark", quote[start:end]), quote[end:])


def quoted(statement: Statement, view: Context) -> Html:
    """One sentence of evidence: the quote, where it stands, what kind of claim it is, the way into the paper."""
    place = place_of(statement)
    hedge = "hedged" if statement.hedged else None
    link = element("a", f"Open in reader [{view.numbers.get(statement.id, 0)}]", href=view.reader_link(statement))
    curated = "added by a curator" if statement.origin == "curated" else None
    sure = statement.confidence >= LOW_CONFIDENCE or statement.origin == "curated"
    doubt = None if sure else confidence_words(statement.confidence)
    words = joined(view.paper(statement.source), place, origin(statement), hedge, doubt, curated, link, by=" · ")
    return joined(marked_quote(statement), element("p", words, class_="from"))


def quotes(identifiers: Iterable[str], view: Context) -> Html:
    """Each statement once, in the order given; one passage that states several of them is quoted once."""
    return quoted_all(once((view.all(identifiers),))[0], view)


def quoted_all(statements: Iterable[Statement], view: Context) -> Html:
    """Some sentences, one beneath the other."""
    return joined(quoted(statement, view) for statement in statements)


def attached_text(attached: Attached) -> str:
    """A printed result with its name, once: 'κ 0.914', 'P=0.017'.

    >>> from kg.model import Entity
    >>> attached_text(Attached(kind="kappa", text="0.914", about=Entity(label="pattern"), statement="x1/1"))
    'κ 0.914'
    """
    if attached.text[:1].isalpha() or attached.text[:1] in "κχ":
        return attached.text
    return f"{KIND_NAMES.get(attached.kind, attached.kind.replace('_', ' '))} {attached.text}"


def evidence(row: Row, view: View) -> Html:
    """Everything behind one row: the sentences of its counts, what was counted, contrast and checks, then the rest."""
    found = mentions(row, view)
    return element(
        "div",
        _sides(found, view),
        _definition(row, view),
        _section("A and B in one sentence", found.direct, view),
        _measures(row, view),
        _attached(row.attached, view),
        _remarks(row, view),
        of_row(row, view),
        _complement(row, found, view),
        _others(row, found, view),
        _links(row, view),
        class_="evidence",
    )


def _sides(found: Mentions, view: View) -> Html:
    a, b = (f"{letter} · {short_name(of)}" for letter, of in (("A", view.comparison.a), ("B", view.comparison.b)))
    if found.a == found.b:
        return element("div", _section("A and B", found.a, view))
    return element("div", _section(a, found.a, view), _section(b, found.b, view), class_="sides")


def _section(heading: str, statements: Sequence[Statement], view: View) -> Html | None:
    return element("section", element("h3", heading), quoted_all(statements, view)) if statements else None


def _definition(row: Row, view: View) -> Html | None:
    """What the paper counted under this name, in its own words."""
    found = view.definition(row)
    if found is None:
        return None
    link = element("a", f"Find the definition of {row.label}", href=passage_link(found))
    place = element("p", joined(view.paper(found.source), "Methods", link, by=" · "), class_="from")
    return element("section", element("h3", "Definition"), element("blockquote", found.quote), place)


def passage_link(found: Definition) -> str:
    """The way to a definition in its paper: its first words are looked for there."""
    return link_to("sources", paper=found.source, q=" ".join(found.quote.split()[:WORDS_TO_FIND]))


def _others(row: Row, found: Mentions, view: View) -> Html | None:
    """Every other sentence that names the finding, folded; captions and methods last."""
    if not found.others:
        return None
    of_what = element("span", f" of {row.label}", class_="visually-hidden")
    summary = element("summary", f"Other mentions ({len(found.others)})", of_what)
    return element("details", summary, quoted_all(found.others, view), open=view.printing)


def _measures(row: Row, view: View) -> Html | None:
    if row.measures is None:
        return None
    table = _two_by_two(row, row.measures, view)
    return element("section", element("h3", "Computed from these counts"), table, _measure_list(row.measures))


def _two_by_two(row: Row, measures: TwoByTwo, view: View) -> Html:
    head = element("tr", *(element("th", text, scope="col") for text in ("Group", "with", "without")))
    a = _table_row(f"A {short_name(view.comparison.a)}", str(measures.a_with), str(measures.a_without))
    b = _table_row(f"B {short_name(view.comparison.b)}", str(measures.b_with), str(measures.b_without))
    caption = element("caption", f"{capital(row.label)}: two by two")
    return element("table", caption, element("thead", head), element("tbody", a, b), class_="small")


def _table_row(head: str, *values: str) -> Html:
    return element("tr", element("th", head, scope="row"), *(element("td", value) for value in values))


def _measure_list(measures: TwoByTwo) -> Html:
    sensitivity, specificity = measures.sensitivity, measures.specificity
    items = (
        (
            "Sensitivity for A",
            f"{_proportion(sensitivity.n, sensitivity.total)} ({percent_limits(sensitivity.interval)})",
        ),
        ("Specificity", f"{_proportion(specificity.n, specificity.total)} ({percent_limits(specificity.interval)})"),
        ("LR+", ratio_text(measures.positive)),
        ("LR−", ratio_text(measures.negative)),
        ("Odds ratio", ratio_text(measures.odds)),
        ("Difference A − B", points(measures.difference)),
        ("Fisher's exact P", probability(measures.fisher_p)),
    )
    return element("dl", *(joined(element("dt", name), element("dd", value)) for name, value in items))


def _proportion(n: int, total: int) -> str:
    return f"{n}/{total} {percent(n / total, total)}"


def _attached(attached: Sequence[Attached], view: View) -> Html | None:
    if not attached:
        return None
    return element(
        "section", element("h3", "Printed with it"), element("ul", *(printed_result(one, view) for one in attached))
    )


def printed_result(attached: Attached, view: View) -> Html:
    """A printed result, what it is about, and the way to its place."""
    statement = view.statement(attached.statement)
    warnings = (joined(" ", warning_chip(text)) for text in attached.warnings)
    return element(
        "li",
        f"{capital(view.entity(attached.about))}: {attached_text(attached)} ",
        place_link(statement, view),
        *warnings,
    )


def place_link(statement: Statement | None, view: Context) -> Html | None:
    """A short link to the place of a statement, None where the comparison does not hold it."""
    if statement is None:
        return None
    place = place_of(statement)
    number = view.numbers.get(statement.id, 0)
    return element("a", f"{view.paper(statement.source)}, {place} [{number}]", href=view.reader_link(statement))


def warning_chip(text: str) -> Html:
    """A warning in words behind its sign."""
    return element("span", f"⚠ {text}", class_="warn")


def _remarks(row: Row, view: View) -> Html | None:
    items = [item for item in (_why(row), *_units(row), *_cell_remarks("A", row.a), *_cell_remarks("B", row.b)) if item]
    items += [element("li", "⚠ ", text) for text in row.warnings]
    items += [element("li", text) for text in row.notes]
    if row.derived:
        items.append(_derivation(row.derived, view))
    if not items:
        return None
    return element("section", element("h3", "How to read it"), element("ul", *_once(items)))


def _once(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _why(row: Row) -> Html | None:
    return element("li", capital(row.why)) if row.why else None


def _units(row: Row) -> Iterable[Html]:
    units = dict.fromkeys(cell.unit for cell in (row.a, row.b) if cell is not None and cell.unit)
    if units:
        yield element("li", f"Counted in {' and '.join(units)}.")


def _cell_remarks(letter: str, cell: Cell | None) -> Iterable[Html]:
    if cell is None:
        return
    if cell.alternatives and cell.why:
        yield element("li", f"{letter}: ", cell.why)
    for other in cell.alternatives:
        where = ", ".join(dict.fromkeys(other.sections))
        yield element("li", f"{letter}: also printed {other.text}{f' ({where})' if where else ''}.")
    for text in cell.warnings:
        yield element("li", f"⚠ {letter}: ", text)
    for text in cell.notes:
        yield element("li", f"{letter}: ", text)


def _derivation(derived: Derivation, view: View) -> Html:
    places = (place_link(view.statement(identifier), view) for identifier in derived.inputs)
    return element("li", "Computed by us: ", derived.formula, ". From ", joined(places, by="; "), ".")


def _complement(row: Row, found: Mentions, view: View) -> Html | None:
    other = row.complement
    if other is None:
        return None
    counts = [
        f"{letter} {cell.n}/{cell.total}" for letter, cell in (("A", other.a), ("B", other.b)) if cell and cell.counted
    ]
    ratio = f", LR+ {ratio_text(other.ratio)}" if other.ratio else ""
    heading = element("h3", f"The other way round: {other.label}")
    line = element("p", f"{' against '.join(counts)}{ratio}")
    return element("section", heading, line, quoted_all(found.other_way, view))


def _links(row: Row, view: View) -> Html:
    """The link to the row, the way to say that it is wrong, and the papers to cite, each with a button to copy it."""
    links = [element("a", f"Link to this row: {row.label}", href=view.row_link(row)), _report(row, view)]
    sources = dict.fromkeys(cell.source for cell in (row.a, row.b) if cell is not None)
    cited = [_citation(key, row, view) for key in sources if key in view.sources]
    return element("section", element("p", *links, class_="links"), *cited)


def _report(row: Row, view: View) -> Html | None:
    """The way to the Review page, which takes a report on the first statement of the row."""
    cells = [cell for cell in (row.a, row.b) if cell is not None]
    first = next(iter(view.all(i for cell in cells for i in (*cell.used, *cell.statements))), None)
    if first is None:
        return None
    return element("a", f"Report a problem with {row.label}", href=link_to("review", queue="reported", item=first.id))


def _citation(key: str, row: Row, view: View) -> Html:
    words = view.sources[key].citation or citation_of(view, key)
    hidden = element("span", f" of {view.paper(key)} for {row.label}", class_="visually-hidden")
    copy = element("button", "Copy citation", hidden, type="button", class_=COPY)
    return element("p", element("b", "Cite: "), element("span", words, class_="cited-as"), " ", copy, class_="quiet")


def citation_of(view: View, key: str) -> str:
    """A paper in one line, of what is known of it."""
    paper = view.sources[key]
    authors = ", ".join(paper.authors[:6]) + (" et al." if len(paper.authors) > 6 else "")
    journal = " ".join(filter(None, (paper.journal, str(paper.year) if paper.year else None)))
    doi = f"doi {paper.doi}" if paper.doi else None
    return ". ".join(part.rstrip(".") for part in (authors, paper.title, journal, doi) if part) + "."
