"""Each item of the shipped papers held against the bare statements, by other means than those that made it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

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

    def kin_of(self, statement: Statement) -> list[Statement]:
        """What any paper says with this predicate of the same, a broader or a narrower subject and object."""
        ends = (statement.subject.identity, statement.object.identity)
        same = [s for s in self.statements if s.predicate == statement.predicate and s.phases == statement.phases]
        return [s for s in same if self.kin(s.subject.identity, ends[0]) and self.kin(s.object.identity, ends[1])]

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
        same = [s for s in papers.kin_of(statement) if s.statistic is not None and s.statistic.kind == kind]
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


def odds_of(counts: Sequence[tuple[int, int]]) -> tuple[float, float, float]:
    """The chance of the first of two diseases from even odds, and its 95 % limits; 0.5 is added where a cell is 0."""
    log, variance = 0.0, 0.0
    for (n, total), (m, other) in zip(counts[::2], counts[1::2], strict=True):
        cells = [float(cell) for cell in (n, total - n, m, other - m)]
        if 0.0 in cells:
            cells = [cell + 0.5 for cell in cells]
        here, there = cells[0] + cells[1], cells[2] + cells[3]
        log += math.log(cells[0] / here) - math.log(cells[2] / there)
        variance += 1 / cells[0] - 1 / here + 1 / cells[2] - 1 / there
    reach = stats.norm.ppf(0.975) * math.sqrt(variance)
    low, middle, high = (1 / (1 + math.exp(-value)) for value in (log - reach, log, log + reach))
    return low, middle, high


def test_a_case_leans_to_the_disease_that_its_counts_favour_and_says_by_how_much(papers: Papers) -> None:
    asked = papers.of("case")
    assert len(asked) > 3
    for item in asked:
        counts = likelihoods(item)
        low, middle, high = odds_of(counts)
        first, second = (papers.vocabulary.concepts[key].label for key in item.concepts[:2])
        right = first if low > 0.5 else second if high < 0.5 else "neither of the two: the interval holds one half"
        assert item.options[item.key].text == right, item.stem
        assert sorted(option.text for option in item.options if not option.correct) == sorted(
            {first, second, "neither of the two: the interval holds one half"} - {right}
        )
        assert f"{first} {100 * middle:.0f} of 100 (95 % CI {100 * low:.0f}–{100 * high:.0f})" in item.feedback
        quoted = " ".join(papers.by_id[identity].quote for identity in item.statements)
        assert all(str(n) in quoted or n == 0 for n, _ in counts), item.stem


def fits(n: int, total: int, percent: str) -> bool:
    """Whether a count gives a percentage when it is rounded to as many decimals, half to either side."""
    half = 0.5 * 10.0 ** -len(percent.partition(".")[2])
    return abs(100 * n / total - float(percent)) <= half + 1e-9


def pairs_in(text: str) -> list[tuple[int, int]]:
    return [(int(n), int(total)) for n, total in re.findall(r"(\d+) of (\d+)", text)]


def a_misfit(item: Item, option: str) -> bool:
    ((n, total),) = pairs_in(option)
    return not fits(n, total, NUMBER.findall(option)[-1])


def a_share(item: Item, option: str) -> bool:
    ((n, total),) = pairs_in(item.stem)
    return fits(n, total, option.removesuffix(" %"))


def unattainable(item: Item, option: str) -> bool:
    total = int(re.search(r"percentage of (\d+) patients", item.stem)[1])  # type: ignore[index]
    return not any(fits(n, total, option.removesuffix(" %")) for n in range(total + 1))


def an_accuracy(item: Item, option: str) -> bool:
    (seen, ill), (too, well) = re.findall(r"in (\d+) of (\d+)", item.stem)
    return option == f"sensitivity {seen}/{ill}, specificity {int(well) - int(too)}/{well}"


def a_test(item: Item, option: str) -> bool:
    (n, m) = (int(one) for one in re.findall(r"(\d+)\(", item.stem))
    table = [[n, 23 - n], [m, 23 - m]]  # both groups of the table's paper have 23 patients
    square, p = (float(one) for one in re.search(r"χ² = (\d\S*\d) and P = (\d\S*\d)", item.stem).groups())  # type: ignore[union-attr]
    found = {
        "χ² with Yates' correction": stats.chi2_contingency(table, correction=True)[:2],
        "χ² without correction (Pearson)": stats.chi2_contingency(table, correction=False)[:2],
        "Fisher's exact test": (square, stats.fisher_exact(np.array(table))[1]),
    }[option]
    return bool(abs(found[0] - square) < 0.001 and abs(found[1] - p) < 0.0051)


def a_sum(item: Item, option: str) -> bool:
    parts, (whole,) = pairs_in(item.stem), pairs_in(option)
    return whole == (sum(n for n, _ in parts), sum(total for _, total in parts))


LESSONS: dict[str, Callable[[Item, str], bool]] = {
    "Which percentage does NOT fit its count?": a_misfit,
    "Which percentage is that, rounded to": a_share,
    "can NOT come from a whole number of them?": unattainable,
    "what is its accuracy?": an_accuracy,
    "Which test gives these figures?": a_test,
    "What do they add up to": a_sum,
}


def test_each_lesson_in_statistics_has_one_answer_when_its_sum_is_done_again(papers: Papers) -> None:
    seen = set()
    for item in papers.of("flaw"):
        (asked,) = [words for words in LESSONS if words in item.stem]
        seen.add(asked)
        answers = [LESSONS[asked](item, option.text) for option in item.options]
        assert answers == [option.correct for option in item.options], item.stem
    assert seen == set(LESSONS)


OTHERS = re.compile(r"\[\d|\(\d|et al|guidelines|consensus|[a-z]{3}\d")
DENIED = re.compile(r"\b(?:no|not|none|without|lack\w*|never|nor)\b", re.IGNORECASE)


def test_a_conclusion_is_what_its_sentence_says_and_each_other_one_turns_it_or_its_source_round(papers: Papers) -> None:
    asked = papers.of("conclusion")
    seen = set()
    for item in asked:
        statement = papers.key_statement(item)
        sentence = item.stem.partition("“")[2].rpartition("”")[0]
        assert re.sub(r"[\s-]", "", sentence) == re.sub(r"[\s-]", "", statement.quote)
        own = OTHERS.search(sentence) is None
        reading = (bool(DENIED.search(sentence)), own)
        assert reading == (statement.polarity == "absent", statement.evidence == "own"), item.stem
        seen.add(reading)
        found = {}
        for option in item.options:
            who, _, told = option.text.partition(": ")
            found[option.text] = (bool(re.search(r"\bnot\b", told)), who == "The authors saw it themselves")
        assert len(set(found.values())) == len(item.options) == 4
        assert [found[option.text] == reading for option in item.options] == [o.correct for o in item.options]
        bare = {
            re.sub(r"\b(?:is|was|does) not \w+|\b(?:is|was|includes?|has) \w+", "", t.partition(": ")[2]) for t in found
        }
        assert len(bare) <= 2, bare  # the four differ in the verb and the source alone
        others = [s for s in papers.kin_of(statement) if s.source == statement.source and not s.hedged]
        assert not [s for s in others if s.span == statement.span and s.polarity != statement.polarity], item.stem
    assert len(seen) >= 3  # so that no answer is the right one each time


def test_of_a_matching_only_the_key_pairs_each_thing_as_its_paper_does(papers: Papers) -> None:
    asked = papers.of("match")
    assert asked
    for item in asked:
        right = "; ".join(f"{thing} {value}" for thing, value in item.pairs)
        grouped = "; ".join(f"{thing}: {value}" for thing, value in item.pairs)
        assert item.options[item.key].text in (right, grouped)
        statements = [papers.by_id[identity] for fact in item.facts for identity in fact.statements]
        if item.options[item.key].text == grouped:
            shares = [
                [int(n) / int(total) for n, total in re.findall(r"(\d+)/(\d+)", part)] for part in item.count.split(";")
            ]
            assert [value for _, value in item.pairs] == ["group A" if a > b else "group B" for a, b in shares]
            continue
        for (thing, value), statement in zip(item.pairs, statements, strict=True):
            assert thing in (statement.subject.label, statement.object.label)
            assert numbers(value) == printed(statement)
            for _, other in item.pairs:
                if other != value:  # what a wrong option gives it, no paper prints for it
                    assert all(numbers(other) != printed(s) for s in papers.kin_of(statement) if s.statistic), thing


def test_where_a_finding_was_more_frequent_is_what_the_interval_of_its_ratio_says(papers: Papers) -> None:
    asked = [item for item in papers.of("which-sign") if "In which group was it more frequent" in item.stem]
    assert asked
    for item in asked:
        low, _, high = odds_of(likelihoods(item))
        first, second = (papers.vocabulary.concepts[key].label for key in item.concepts[:2])
        place = first if low > 0.5 else second if high < 0.5 else "neither group"
        assert [place in option.text for option in item.options] == [option.correct for option in item.options]


def test_a_comparison_of_two_counts_or_figures_is_true_where_the_first_is_larger(papers: Papers) -> None:
    asked = [item for item in papers.of("true-false") if re.search(" more often in | higher figure for ", item.stem)]
    assert len(asked) > 5
    for item in asked:
        if " more often in " in item.stem:
            (n, total), (m, other) = likelihoods(item)
            larger = n / total > m / other
        else:
            high, low = (papers.by_id[fact.statements[0]] for fact in item.facts)
            assert min(printed(high)) > max(printed(low)), item.stem
            first = item.stem.partition(" higher figure for ")[2].partition(" than for ")[0]
            ends = [(high.subject.label, high.object.label), (low.subject.label, low.object.label)]
            larger = all(" ".join(label.split()) in first for label in ends[0])
            assert larger or all(" ".join(label.split()) in first for label in ends[1])
        assert item.options[item.key].text == str(larger), item.stem


def test_each_type_of_item_is_held_against_the_papers_by_a_test_of_this_file(papers: Papers) -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    covered = {name for call in re.findall(r"papers\.of\(([^)]*)\)", here) for name in re.findall(r'"([\w-]+)"', call)}
    assert {item.type for item in papers.bank.items} <= covered | set(FIGURES)
