"""What the graph lacks is said: words without a concept, numbers without a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build
from kg.lookup import UnknownNameError
from kg.missing import gaps, label_table, missing_concepts
from kg.store import Store
from tests import tiny
from tests.tiny import write_source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    write_source(
        tmp_path / "sources", "one", "Calcification in 0/12, then calcification in 3/9 and washout in 15/23.\n"
    )
    write_source(tmp_path / "sources", "two", "In 70 % there was calcification in 1/2, in 30 % none.\n")
    build(tmp_path / "sources", tmp_path / "build", extract=tiny.extract)
    return Store.open(tmp_path / "build")


def test_words_without_a_concept_come_most_frequent_first_with_a_quote(store: Store) -> None:
    assert [dict(row) for row in missing_concepts(store).rows] == [
        {
            "label": "calcification",
            "statements": 2,
            "role": ("object",),
            "predicates": ("has_sign",),
            "sources": ("one", "two"),
            "quote": "calcification in 3/9",
        },
        {
            "label": "washout",
            "statements": 1,
            "role": ("object",),
            "predicates": ("has_sign",),
            "sources": ("one",),
            "quote": "washout in 15/23",
        },
    ]


def test_nothing_is_missing_where_nothing_is_stated() -> None:
    assert label_table([]).rows == ()


def test_gaps_are_listed_in_the_order_of_the_text(store: Store) -> None:
    assert [(row["source"], row["start"], row["text"]) for row in gaps(store).rows] == [
        ("two", 6, "%"),
        ("two", 46, "%"),
    ]
    assert gaps(store, "one").rows == ()
    assert gaps(store, "two") == gaps(store)


def test_gaps_of_a_source_that_is_not_there_are_refused(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="no source has the key 'three'; the graph has: one, two"):
        gaps(store, "three")
