"""An opened row begins with the sentences of its count; the rest stands apart, once, captions and methods last."""

from __future__ import annotations

from kg.compare import Comparison, Row, compare_statements
from kg.model import Passage, Span, Statement
from kg.vocabulary import Vocabulary
from kg.web.definitions import definition, sentences
from kg.web.findings import cell_content, without_total
from kg.web.mentions import mentions
from kg.web.view import View
from tests.paper import Paper

A, B = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"
VOCABULARY = Vocabulary.load()


def view_of(paper: Paper) -> View:
    comparison: Comparison = compare_statements(
        paper.statements, VOCABULARY.concepts[A], VOCABULARY.concepts[B], VOCABULARY
    )
    return View(comparison=comparison, concepts=VOCABULARY.concepts, sources={}, papers={}, address={})


def row_of(view: View, word: str) -> Row:
    comparison = view.comparison
    return next(row for row in (*comparison.counted, *comparison.one_sided) if word in row.label)


def printed(statements: tuple[Statement, ...]) -> list[str]:
    return [one.statistic.printed if one.statistic else one.quote for one in statements]


def two_levels() -> Paper:
    paper = Paper("alpha2017")
    paper.cohort(A, 23)
    paper.cohort(B, 23)
    for disease, present, absent in ((A, "7", "16"), (B, "14", "9")):
        for polarity, number in (("present", present), ("absent", absent)):
            cell = f"{number}/23"
            paper.sign(disease, "~nodes", cell, polarity=polarity)
    paper.say(A, "has_sign", "~nodes", "Methods: nodes were looked for", section="Methods")
    paper.say(A, "has_sign", "~nodes", "Figure 2 shows nodes", section="Figure caption")
    paper.say(A, "has_sign", "~nodes", "nodes were rare here", section="Discussion")
    return paper


def test_of_an_absence_the_cell_of_the_absence_comes_first() -> None:
    view = view_of(two_levels())
    row = row_of(view, "nodes")
    assert row.negated
    found = mentions(row, view)
    assert printed(found.a)[0] == "16/23"
    assert printed(found.b)[0] == "9/23"


def test_other_mentions_hold_what_is_not_above_with_captions_and_methods_last() -> None:
    view = view_of(two_levels())
    others = mentions(row_of(view, "nodes"), view).others
    assert [one.section for one in others][-3:] == ["Discussion", "Figure caption", "Methods"]
    above = mentions(row_of(view, "nodes"), view)
    assert not {one.id for one in others} & {one.id for one in (*above.a, *above.b)}


def test_a_number_without_a_total_looks_like_no_proportion() -> None:
    paper = Paper("beta2024")
    paper.say(A, "has_sign", "~rim sign", "three cases had a rim sign", printed="three", value="3", kind="count")
    view = view_of(paper)
    row = row_of(view, "rim sign")
    assert without_total(row)
    drawn = cell_content(row.a, row.words_a, "a", view)
    assert drawn.index("three cases") < drawn.index("of how many is not printed")
    assert 'class="count"' not in drawn


TEXT = "Two readers took part. The rim\nsigns were recorded as bright margins. Rim sign was common."


def passages(section: str) -> list[Passage]:
    return [Passage(span=Span(start=0, end=len(TEXT)), kind="paragraph", section=section)]


def test_a_definition_is_a_sentence_of_the_methods_that_names_the_finding() -> None:
    span = definition(TEXT, passages("Methods"), ["rim sign"])
    assert span is not None
    assert TEXT[span.start : span.end] == "The rim\nsigns were recorded as bright margins."
    assert definition(TEXT, passages("Results"), ["rim sign"]) is None
    assert definition(TEXT, passages("Methods"), ["washout"]) is None


def test_sentences_lose_nothing_but_the_blanks_between_them() -> None:
    found = list(sentences(TEXT, Span(start=0, end=len(TEXT))))
    assert "".join(TEXT[one.start : one.end] for one in found).split() == TEXT.replace(". ", ".").split()
