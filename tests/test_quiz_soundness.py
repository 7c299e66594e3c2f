"""Each item of the shipped papers held against the bare statements, by other means than those that made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import queries
from kg.lookup import vocabulary_of
from kg.model import Statement
from kg.quiz import Bank, Item, bank
from kg.store import Store
from kg.vocabulary import Vocabulary

NUMBER = re.compile(r"\d+(?:\.\d+)?")
FIGURES = ("figure", "modality", "therapy", "marker", "primary-site")
ROLES = {
    "an indication for": "therapy_indication",
    "a contraindication to": "therapy_contraindication",
    "a complication of": "complication",
}


class Papers:
    """The statements of the graph, as they were read, and the items made of them."""

    def __init__(self, store: Store) -> None:
        self.bank: Bank = bank(store)
        self.vocabulary: Vocabulary = vocabulary_of(store)
        self.statements = queries.statements(store)
        self.by_id = {one.id: one for one in self.statements}

    def of(self, *types: str) -> list[Item]:
        return [item for item in self.bank.items if item.type in types]

    def key_statement(self, item: Item) -> Statement:
        return self.by_id[item.facts[0].statements[0]]

    def alike(self, statement: Statement) -> list[Statement]:
        """What any paper says with this subject, predicate and object."""
        triple = statement.subject.identity, statement.predicate, statement.object.identity
        return [s for s in self.statements if (s.subject.identity, s.predicate, s.object.identity) == triple]

    def kin(self, one: str, other: str) -> bool:
        """Whether one concept is the other, or above or below it."""
        known = self.vocabulary.concepts
        lines = [(a, b) for a, b in ((one, other), (other, one)) if a in known]
        return one == other or any(b in self.vocabulary.ancestors(a) for a, b in lines)


@pytest.fixture(scope="module")
def papers(shipped: Path) -> Papers:
    return Papers(Store.open(shipped))


def printed(statement: Statement) -> set[float]:
    """The numbers that a statement's figure is made of."""
    values = statement.statistic.numbers() if statement.statistic is not None else ()
    return {float(value) for name, value in values if value is not None and name in ("percent", "low", "high", "value")}


def numbers(text: str) -> set[float]:
    return {float(one) for one in NUMBER.findall(text)}


def is_numeric(item: Item) -> bool:
    return all(NUMBER.search(option.text) and len(option.text) < 30 for option in item.options)


def test_the_key_of_a_figure_is_printed_and_no_other_option_is_printed_for_it_in_any_paper(papers: Papers) -> None:
    asked = [item for item in papers.of(*FIGURES) if is_numeric(item) and item.facts[0].value.find("/") < 0]
    assert len(asked) > 30
    for item in asked:
        statement = papers.key_statement(item)
        kind = statement.statistic.kind if statement.statistic is not None else ""
        same = [s for s in papers.alike(statement) if s.statistic is not None and s.statistic.kind == kind]
        same = [s for s in same if s.phases == statement.phases]
        assert numbers(item.options[item.key].text) <= printed(statement), item.stem
        for option in item.options:
            if not option.correct:
                assert not any(numbers(option.text) == printed(s) for s in same), (item.stem, option.text)


def test_a_range_that_holds_the_count_is_the_only_one_and_is_the_key(papers: Papers) -> None:
    counted = [item for item in papers.of("how-often", "primary-site") if " of " in item.count and is_numeric(item)]
    assert len(counted) > 20
    for item in counted:
        n, total = map(int, re.match(r"(\d+) of (\d+)", item.count).groups())  # type: ignore[union-attr]
        inside = []
        for option in item.options:
            ends = [float(one) for one in NUMBER.findall(option.text)]
            inside.append(ends[0] <= round(100 * n / total) <= ends[-1])
        assert inside == [option.correct for option in item.options], item.stem
        mine = [papers.by_id[identity] for identity in item.facts[0].statements]
        assert all(one.evidence == "own" for one in mine)
        assert any(str(n) in one.quote or one.polarity == "absent" or n < 10 for one in mine), item.stem


def test_true_or_false_is_what_the_sentence_says_with_its_not(papers: Papers) -> None:
    asked = [
        item
        for item in papers.of("true-false", "marker", "primary-site")
        if item.is_true_false
        and item.facts[0].value in ("present", "absent")
        and not any(r in item.stem for r in ROLES)
    ]
    assert len(asked) > 10
    for item in asked:
        statement = papers.key_statement(item)
        denied = " NOT " in item.stem
        holds = (statement.polarity == "absent") == denied
        assert item.options[item.key].text == ("True" if holds else "False"), item.stem
        assert not statement.hedged
        opposite = [
            s
            for s in papers.alike(statement)
            if s.polarity != statement.polarity and s.source == statement.source and s.evidence == statement.evidence
        ]
        assert not opposite, item.stem


def test_what_a_thing_is_to_a_therapy_is_said_of_no_paper_otherwise(papers: Papers) -> None:
    asked = [item for item in papers.of("therapy") if not is_numeric(item)]
    assert len(asked) > 10
    for item in asked:
        statement = papers.key_statement(item)
        right = item.options[item.key].text.removesuffix(" it")
        assert ROLES[right] == statement.predicate, item.stem
        for other in papers.statements:
            if (
                other.predicate in ROLES.values()
                and other.predicate != statement.predicate
                and other.polarity == "present"
            ):
                same = papers.kin(other.subject.identity, statement.subject.identity)
                assert not (same and papers.kin(other.object.identity, statement.object.identity)), (
                    item.stem,
                    other.quote,
                )


def test_a_finding_that_was_not_seen_is_denied_and_the_others_were_seen_in_that_paper(papers: Papers) -> None:
    for item in papers.of("not-seen"):
        statement = papers.key_statement(item)
        own = [s for s in papers.statements if s.source == statement.source and s.evidence == "own"]
        own = [s for s in own if s.subject.identity == statement.subject.identity and s.predicate == "has_sign"]
        for option in item.options:
            said = [s for s in own if s.object.label == option.text]
            zero = [s for s in said if s.polarity == "absent"]
            assert bool(zero) is option.correct, (item.stem, option.text)
            assert said


def likelihoods(item: Item) -> Sequence[tuple[int, int]]:
    return [tuple(map(int, pair.split("/"))) for pair in re.findall(r"\d+/\d+", item.facts[0].value)]  # type: ignore[misc]


def test_the_favoured_sign_has_the_larger_share_by_the_paper_s_own_counts(papers: Papers) -> None:
    asked = [item for item in papers.of("which-sign") if " more often in " in item.stem]
    assert asked
    for item in asked:
        (n, total), (m, other) = likelihoods(item)
        assert n / total > m / other, item.stem


def test_a_sequence_is_the_order_of_the_counts(papers: Papers) -> None:
    for item in papers.of("order"):
        shares = [int(n) / int(total) for n, total in (fact.value.split("/") for fact in item.facts)]
        assert shares == sorted(shares, reverse=True)
        assert item.options[item.key].text == " > ".join(item.order)
        assert sorted(item.order) == sorted(item.options[0].text.split(" > "))


def test_no_option_is_a_kind_of_the_key_or_has_its_name(papers: Papers) -> None:
    known = papers.vocabulary
    for item in papers.of("which-sign", "not-seen", "modality", "primary-site"):
        if item.is_true_false or is_numeric(item):
            continue
        keys = [known.find(option.text.removeprefix("in patients with ")) for option in item.options]
        right = keys[item.key]
        for place, found in enumerate(keys):
            if place != item.key and right and found:
                assert not papers.kin(right[0].key, found[0].key), item.stem
