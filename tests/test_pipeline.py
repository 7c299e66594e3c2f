"""Properties of the whole: exact quotes, numbers and names that follow the text, the same for the same input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from ingest.pipeline import extract, passages, shipped_weights
from kg.model import Statement
from tests.written import TITLE, extraction, raw, source, triple, triples, vocabulary

PARAGRAPHS = (
    "Washout was seen in 14 of 30 patients with hepatocellular carcinoma and in 2 of 30 with hepatic hemangioma "
    "(P<0.001). Calcification was not seen in hepatic hemangioma. The mean size was 34.2 ± 5.1 mm.",
    "The sensitivity of washout for identifying hepatocellular carcinoma was 82.6%. No patient had ascites [3].",
    "Fat was found in 12 cases (40.0%), but a capsule was rare.",
)


def figures(statement: Statement) -> dict[str, str]:
    numbers = statement.statistic.numbers() if statement.statistic is not None else ()
    return {name: str(value) for name, value in numbers if value is not None}


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Statements by what they state: those of one place stand in the order of their hashes, which count the numbers."""
    return sorted(statements, key=lambda s: (s.span, triple(s), s.statistic.kind if s.statistic is not None else ""))


def test_every_quote_is_the_text_at_its_span() -> None:
    found = extraction(*PARAGRAPHS)
    text = found.raw.text
    assert found.statements
    for statement in found.statements:
        assert text[statement.span.start : statement.span.end] == statement.quote
        if statement.statistic is not None:
            place = statement.statistic.span
            assert text[place.start : place.end] == statement.statistic.printed
    for gap in found.gaps:
        assert text[gap.span.start : gap.span.end] == gap.text


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("14 of 30", "17 of 30", "numerator"), ("82.6%", "71.4%", "percent"), ("34.2", "43.9", "mean")],
)
def test_a_changed_number_changes_its_statement_alone(old: str, new: str, field: str) -> None:
    before = in_order(extraction(*PARAGRAPHS).statements)
    after = in_order(extraction(*(p.replace(old, new) for p in PARAGRAPHS)).statements)
    assert [triple(s) for s in before] == [triple(s) for s in after]
    changed = [(a, b) for a, b in zip(map(figures, before), map(figures, after), strict=True) if a != b]
    assert changed
    for was, now in changed:
        assert {name for name in was if was[name] != now[name]} == {field}
        assert old.startswith(was[field])
        assert new.startswith(now[field])


@pytest.mark.parametrize("name", ["hepatic adenoma", "focal nodular hyperplasia", "cholangiocarcinoma"])
def test_another_disease_in_the_text_is_another_subject(name: str) -> None:
    old, (concept,) = "hepatic hemangioma", vocabulary().find(name)
    before = triples(*PARAGRAPHS)
    after = triples(*(p.replace(old, name) for p in PARAGRAPHS), title=TITLE.replace(old, name))
    renamed = [tuple(concept.key if part == "hepatic-hemangioma" else part for part in one) for one in before]
    assert sorted(renamed) == sorted(after)


def test_a_lost_not_turns_absent_into_present() -> None:
    said = ("hepatic-hemangioma", "has_sign", "calcification")
    assert (*said, "absent") in triples("Calcification was not seen in hepatic hemangioma.")
    assert (*said, "present") in triples("Calcification was seen in hepatic hemangioma.")


def test_the_same_input_gives_the_same_output() -> None:
    one, other = extraction(*PARAGRAPHS), extraction(*PARAGRAPHS)
    assert one == other
    assert [s.hash for s in one.statements] == [s.hash for s in other.statements]
    assert len({s.hash for s in one.statements}) == len(one.statements)


def test_statements_stand_in_the_order_of_the_text() -> None:
    spans = [s.span for s in extraction(*PARAGRAPHS).statements]
    assert spans == sorted(spans)


def test_the_key_of_a_paper_changes_nothing_but_its_name() -> None:
    found = extract(source(key="other"), raw(*PARAGRAPHS), vocabulary())
    renamed = [replace(s, source="written") for s in found.statements]
    assert in_order(renamed) == in_order(extraction(*PARAGRAPHS).statements)


@pytest.mark.parametrize("text", ["", "Nothing is said here.", "…", "12", "A rim"])
def test_a_text_without_statistics_is_no_error(text: str) -> None:
    found = extraction(text or " ")
    assert all(s.statistic is None or s.statistic.printed == "12" for s in found.statements)


def test_weights_other_than_the_shipped_ones_are_used() -> None:
    shipped = shipped_weights()
    none = replace(shipped, models={name: {} for name in shipped.models})
    found = extract(source(), raw(*PARAGRAPHS), vocabulary(), none)
    assert found.statements != extraction(*PARAGRAPHS).statements


def test_passages_are_the_blocks_in_the_order_of_the_text() -> None:
    text = raw(*PARAGRAPHS, section="Methods")
    assert [(p.span, p.section) for p in passages(text)] == [(b.segments[0], "Methods") for b in text.blocks]
