"""Sentences: where they end, which part is quoted, and what a paper is about."""

from __future__ import annotations

import pytest

from ingest.sentences import LONGEST_QUOTE, boundaries, study_groups
from ingest.text import Block, RawText
from kg.model import Span
from tests.written import TITLE, lexicon, paper, source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One was cystic. Two were solid.", ["One was cystic.", "Two were solid."]),
        ("Kim et al. saw it. We did not.", ["Kim et al. saw it.", "We did not."]),
        ("Size was 3.4 cm (Fig. 2). It grew.", ["Size was 3.4 cm (Fig. 2).", "It grew."]),
        ("Was it benign? It was.", ["Was it benign?", "It was."]),
        ("J. Smith and A. Doe read them.", ["J. Smith and A. Doe read them."]),
        ("  \n ", []),
        ("no stop at the end", ["no stop at the end"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in boundaries(text)] == expected


def test_places_count_in_the_block() -> None:
    second = paper("A cyst was seen. Washout was found in 3 of 9 hemangiomas.").sentences[1]
    (number,) = second.numbers
    assert second.text[number.start : number.end].startswith("3 of 9")
    for mention in second.mentions:
        assert second.text[mention.start : mention.end] == mention.text


def test_a_short_sentence_is_quoted_whole() -> None:
    read = paper("Washout, a rim and fat were found in 3 of 9 hemangiomas.")
    span = read.sentences[0].quote_span(44, 50)
    assert read.raw.text[span.start : span.end] == read.raw.text


def test_a_long_sentence_is_cut_around_the_number() -> None:
    text = "Fat was rare; " * 60 + "washout was seen in 3 of 9 hemangiomas."
    read = paper(text)
    (sentence,) = read.sentences
    (number,) = sentence.numbers
    span = sentence.quote_span(number.start, number.end)
    assert span.end - span.start <= LONGEST_QUOTE + (number.end - number.start)
    assert "3 of 9" in read.raw.text[span.start : span.end]


def test_a_quote_does_not_run_over_a_page_break() -> None:
    text = "Washout was seen in 3 of 9\nPAGE 2\nhemangiomas and in none of the cysts."
    first, second = Span(start=0, end=26), Span(start=34, end=len(text))
    block = Block(kind="paragraph", section="Results", segments=(first, second))
    from ingest.sentences import read_paper

    (sentence,) = read_paper(source(), RawText(text=text, blocks=(block,)), lexicon()).sentences
    assert "PAGE" not in sentence.text
    start = sentence.text.index("3 of")
    span = sentence.quote_span(start, start + 6)
    assert text[span.start : span.end] == text[:26]


def test_the_clause_around_a_number_ends_at_but() -> None:
    (sentence,) = paper("Washout was seen in 3 of 9 cases, but fat was seen in 2 of 9 cases.").sentences
    place = sentence.text.index("2 of 9")
    left, right = sentence.clause(place, place + 6)
    assert sentence.text[left:right] == "but fat was seen in 2 of 9 cases."


@pytest.mark.parametrize(
    ("title", "groups"),
    [
        (TITLE, ("hepatocellular-carcinoma", "hepatic-hemangioma")),
        ("Focal nodular hyperplasia on MRI", ("focal-nodular-hyperplasia",)),
        ("A review of liver tumors", ()),
    ],
)
def test_the_title_says_what_a_paper_studies(title: str, groups: tuple[str, ...]) -> None:
    assert study_groups(title, lexicon()) == groups


def test_a_looser_name_stands_for_the_one_group_that_it_fits() -> None:
    read = paper("x", title="MRI of gastroenteropancreatic neuroendocrine tumors and hepatic hemangioma")
    assert read.group_of("neuroendocrine-tumor") == "gep-net"
    assert read.group_of("neoplasm") is None
    assert read.group_of("hepatic-hemangioma") == "hepatic-hemangioma"


def test_a_review_has_no_evidence_of_its_own() -> None:
    assert paper("Washout is common.", design="narrative review").sentences[0].evidence == "background"
    assert paper("Washout is common.", design="cohort study").sentences[0].evidence == "own"


def test_citation_markers_are_blanked_and_kept() -> None:
    (sentence,) = paper("Washout is seen in hemangioma [3,5].").sentences
    assert sentence.citations == ("3", "5")
    assert "[" not in sentence.text
    assert sentence.evidence == "cited"


def test_the_title_names_the_modality() -> None:
    assert paper("x").title_modality == "computed-tomography"
