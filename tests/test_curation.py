"""What people say of statements is read, applied, kept and written; what cannot be applied is named."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import curation as curating
from kg.curation import (
    Applied,
    Curation,
    CurationError,
    Setting,
    Signature,
    acceptance,
    addition,
    append,
    apply,
    correction,
    curation_nquads,
    decode_curations,
    from_plain,
    read,
    rejection,
    to_csv,
    to_plain,
)
from kg.curation.row import NEEDED_TO_ADD
from kg.model import (
    EVIDENCE_KINDS,
    POLARITIES,
    PREDICATES,
    SECTIONS,
    Entity,
    Passage,
    Span,
    Statement,
    Statistic,
)
from kg.rdf import read_nquads, read_turtle
from kg.terms import term
from kg.vocabulary import Vocabulary
from tests import example_graph as example

TEXT = example.ALPHA_TEXT
VOCABULARY = Vocabulary.of(example.CONCEPTS)
SETTING = Setting(
    source="alpha2020",
    text=TEXT,
    passages=(Passage(span=Span(start=0, end=len(TEXT)), kind="paragraph", section="Results"),),
    vocabulary=VOCABULARY,
)
READ_WHOLE = replace(SETTING, read_whole=True)
BY = Signature(reviewer="A. Reader", date="2025-01-31", reason="as printed")
EXTRACTED = example.ALPHA_STATEMENTS
WASHOUT, SENSITIVITY = example.WASHOUT_ALPHOMA, example.SENSITIVITY


def applied(*rows: Curation, to: tuple[Statement, ...] = EXTRACTED, setting: Setting = SETTING) -> Applied:
    return apply(rows, to, setting)


def statuses(result: Applied) -> list[str]:
    return [outcome.status for outcome in result.outcomes]


def row(action: str, **cells: Any) -> Curation:
    """A row as a person writes it by hand, every cell a text."""
    given = {"id": "1", "action": action, "reviewer": "A. Reader", "date": "2025-01-31", **cells}
    return Curation.from_cells({name: str(cell) for name, cell in given.items()})


def adding(quote: str, **cells: Any) -> Curation:
    """A row that adds a claim of alphoma and washout at a quote."""
    start = TEXT.index(quote)
    claim = {"subject": "alphoma", "predicate": "has_sign", "object": "washout", "evidence": "own"}
    return row("add", start=start, end=start + len(quote), quote=quote, **{**claim, **cells})


def at(one: Statement) -> dict[str, int]:
    return {"start": one.span.start, "end": one.span.end}


def failure(curation: Curation, **given: Any) -> str:
    """The sentence with which a row fails; every statement is left as it was."""
    result = applied(curation, **given)
    assert statuses(result) == ["failed"]
    assert result.statements == tuple(sorted(given.get("to", EXTRACTED), key=lambda one: (one.span, one.hash)))
    return result.outcomes[0].sentence


# --- Each action -----------------------------------------------------------------------------------------------------


def test_no_row_changes_nothing() -> None:
    result = applied()
    assert set(result.statements) == set(EXTRACTED)
    assert result.outcomes == ()


def test_an_accepted_statement_stays_as_it_was_extracted() -> None:
    result = applied(acceptance(WASHOUT, BY))
    assert set(result.statements) == set(EXTRACTED)
    assert result.outcomes[0].result == WASHOUT
    assert result.outcomes[0].formers == ()


def test_a_rejected_statement_is_gone_and_its_record_keeps_it() -> None:
    result = applied(rejection(WASHOUT, BY))
    assert set(result.statements) == set(EXTRACTED) - {WASHOUT}
    assert result.outcomes[0].formers == (WASHOUT,)
    assert set(result.extracted) == set(EXTRACTED)


def test_a_corrected_statement_has_another_hash_and_is_curated() -> None:
    result = applied(row("correct", statement=WASHOUT.hash, object="fat", polarity="absent"))
    (outcome,) = result.outcomes
    assert outcome.result is not None
    assert outcome.result.hash != WASHOUT.hash
    expected = replace(WASHOUT, object=example.entity("fat"), polarity="absent")
    assert replace(outcome.result, origin="extracted", rule="test", confidence=WASHOUT.confidence) == expected
    assert outcome.result.origin == "curated"
    assert WASHOUT not in result.statements
    assert set(result.extracted) == set(EXTRACTED)


def test_a_correction_of_what_is_not_in_the_hash_keeps_the_hash() -> None:
    result = applied(row("correct", statement=WASHOUT.hash, section="Table", unit_of_analysis="lesions"))
    (now,) = [one for one in result.statements if one.hash == WASHOUT.hash]
    assert (now.origin, now.section, now.unit_of_analysis) == ("curated", "Table", "lesions")
    assert set(result.extracted) == set(EXTRACTED)


def test_a_value_is_taken_away_by_a_dash_and_an_empty_cell_leaves_it() -> None:
    full = replace(WASHOUT, modality="ct", phases=("ct",), population="all", comparator=example.entity("betoma"))
    removed = row("correct", statement=full.hash, modality="-", phase="-", comparator="-", population="")
    (now,) = applied(removed, to=(full,)).statements
    assert (now.modality, now.phases, now.comparator, now.population) == (None, (), None, "all")


def test_a_number_is_corrected_field_by_field_with_its_decimals() -> None:
    result = applied(row("correct", statement=SENSITIVITY.hash, statistic_type="percent", ci_level="95.0"))
    (now,) = (one.result for one in result.outcomes)
    assert now is not None
    assert now.statistic is not None
    assert SENSITIVITY.statistic is not None
    assert now.statistic == replace(SENSITIVITY.statistic, kind="percent", ci_level=Decimal("95.0"))
    assert str(now.statistic.percent) == "82.60"


def test_a_number_is_taken_away_by_its_type() -> None:
    result = applied(row("correct", statement=SENSITIVITY.hash, statistic_type="-"))
    assert result.outcomes[0].result is not None
    assert result.outcomes[0].result.statistic is None


def test_an_added_claim_stands_where_its_quote_does() -> None:
    result = applied(adding("Fat was seen in 0/10 alphoma", object="fat", polarity="absent", phase="ct|washout"))
    (new,) = set(result.statements) - set(EXTRACTED)
    assert new.quote == "Fat was seen in 0/10 alphoma" == TEXT[new.span.start : new.span.end]
    assert (new.origin, new.rule, new.confidence) == ("curated", "curation", 1.0)
    assert (new.section, new.phases, new.hedged) == ("Results", ("ct", "washout"), False)


def test_an_added_number_is_found_within_its_quote() -> None:
    cells = {"statistic_type": "proportion", "printed": "7/9", "numerator": "7", "denominator": "9"}
    result = applied(adding("Washout was found in 7/9 alphoma", population="found again", **cells))
    (new,) = set(result.statements) - set(EXTRACTED)
    assert new.statistic is not None
    assert TEXT[new.statistic.span.start : new.statistic.span.end] == "7/9"


def test_words_that_are_no_concept_stand_behind_a_tilde() -> None:
    result = applied(adding("Fat was seen", object="~comet-tail  look"))
    (new,) = set(result.statements) - set(EXTRACTED)
    assert new.object == Entity(label="comet-tail look")


# --- Finding a statement again ---------------------------------------------------------------------------------------


def test_a_statement_with_another_hash_is_found_by_its_place_and_number() -> None:
    again = replace(WASHOUT, population="all")
    others = tuple(one for one in EXTRACTED if one != WASHOUT)
    printed = WASHOUT.statistic.printed if WASHOUT.statistic else ""
    for curation in (rejection(WASHOUT, BY), row("reject", **at(WASHOUT), printed=printed)):
        result = applied(curation, to=(again, *others))
        assert [outcome.formers for outcome in result.outcomes] == [(again,)]


def test_a_statement_whose_sentence_is_cut_otherwise_is_found_by_its_number() -> None:
    wider = replace(
        WASHOUT, span=Span(start=0, end=WASHOUT.span.end + 5), quote=TEXT[: WASHOUT.span.end + 5], population="all"
    )
    assert applied(rejection(WASHOUT, BY), to=(wider,)).statements == ()
    result = applied(acceptance(WASHOUT, BY), to=(wider,))
    (now,) = result.statements
    assert (now.hash, now.origin) == (WASHOUT.hash, "curated")
    assert [outcome.formers for outcome in result.outcomes] == [(wider,)]


def test_a_sentence_that_is_cut_otherwise_and_says_the_same_confirms_what_was_settled() -> None:
    wider = replace(WASHOUT, span=Span(start=0, end=WASHOUT.span.end + 5), quote=TEXT[: WASHOUT.span.end + 5])
    for settled in (acceptance(WASHOUT, BY), addition(WASHOUT, BY)):
        result = applied(settled, to=(wider,))
        (now,) = result.statements
        assert (now.hash, now.origin, now.rule) == (WASHOUT.hash, "extracted", wider.rule)
        assert statuses(result) == ["confirmed"]
    assert applied(addition(WASHOUT, BY), rejection(WASHOUT, BY), to=(wider,)).statements == ()


def moved(one: Statement, by: int) -> Statement:
    statistic = one.statistic
    if statistic is not None:
        statistic = replace(statistic, span=Span(start=statistic.span.start + by, end=statistic.span.end + by))
    span = Span(start=one.span.start + by, end=one.span.end + by)
    return replace(one, span=span, statistic=statistic)


def test_rows_follow_their_quotes_when_the_text_moves() -> None:
    lead = "A heading that was not read before\n"
    setting = replace(SETTING, text=lead + TEXT, passages=())
    again = tuple(moved(one, len(lead)) for one in EXTRACTED)
    new = replace(WASHOUT, population="found again")
    rows = [acceptance(SENSITIVITY, BY), rejection(WASHOUT, BY), addition(new, BY)]
    result = applied(*rows, to=again, setting=setting)
    assert statuses(result) == ["confirmed", "applied", "applied"]
    assert moved(WASHOUT, len(lead)) not in result.statements
    made = result.outcomes[2].result
    assert made is not None
    assert made.hash == moved(new, len(lead)).hash


def test_a_row_that_could_mean_several_statements_names_them() -> None:
    twin = replace(WASHOUT, object=example.entity("fat"))
    sentence = failure(row("reject", **at(WASHOUT)), to=(WASHOUT, twin))
    assert "could be several statements" in sentence
    assert WASHOUT.hash in sentence
    assert twin.hash in sentence
    named = row("reject", **at(WASHOUT), former_object="fat")
    assert applied(named, to=(WASHOUT, twin)).statements == (WASHOUT,)


def test_a_claim_is_not_mistaken_for_a_number_that_says_the_same() -> None:
    claim = replace(WASHOUT, statistic=None)
    other = replace(WASHOUT, population="all")
    result = applied(rejection(claim, BY), to=(other,))
    assert result.statements == (other,)
    assert statuses(result) == ["needless"]


def test_a_row_that_finds_nothing_names_what_it_sought_and_the_nearest() -> None:
    named = {"statement": "0" * 20, "former_subject": "alphoma", "former_object": "surgery"}
    sentence = failure(row("accept", **at(WASHOUT), **named))
    assert f"at {WASHOUT.span.start} to {WASHOUT.span.end}" in sentence
    assert "object 'surgery'" in sentence
    assert f"nearest: {WASHOUT.hash} (alphoma has_sign washout '7/10')" in sentence
    assert "no statement stands there" in failure(row("accept", **at(WASHOUT)), to=())
    assert "no place to look at" in failure(row("accept", statement="0" * 20))


def test_what_was_to_be_rejected_and_is_not_said_any_more_is_needless() -> None:
    result = applied(rejection(WASHOUT, BY), to=tuple(one for one in EXTRACTED if one != WASHOUT))
    assert statuses(result) == ["needless"]
    assert "is no statement now" in failure(row("reject", **at(WASHOUT), printed="7/1"))  # it may be that one


# --- Needless rows ---------------------------------------------------------------------------------------------------


def test_what_extraction_gives_too_is_one_statement_and_confirmed() -> None:
    for settled in (addition(WASHOUT, BY), acceptance(WASHOUT, BY)):
        result = applied(settled)
        assert set(result.statements) == set(EXTRACTED)
        assert statuses(result) == ["confirmed"]
    result = applied(addition(WASHOUT, BY), addition(WASHOUT, BY, id="2"), to=())
    assert statuses(result) == ["applied", "needless"]
    assert "an earlier row says so already" in result.outcomes[1].sentence


def test_an_addition_that_differs_in_what_the_hash_leaves_out_replaces_the_extracted() -> None:
    result = applied(addition(replace(WASHOUT, evidence="cited", citations=("3", "4")), BY))
    (now,) = [one for one in result.statements if one.hash == WASHOUT.hash]
    assert (now.origin, now.evidence, now.citations) == ("curated", "cited", ("3", "4"))
    assert set(result.extracted) == set(EXTRACTED)


def test_a_correction_that_extraction_learnt_is_confirmed_and_one_of_nothing_needless() -> None:
    right = replace(WASHOUT, object=example.entity("fat"))
    fix = correction(WASHOUT, right, BY)
    learnt = applied(fix, to=(right,))
    assert statuses(learnt) == ["confirmed"]
    assert learnt.statements == (right,)
    assert statuses(applied(fix)) == ["applied"]
    stale = row("correct", statement=WASHOUT.hash, object="washout")
    assert statuses(applied(stale)) == ["needless"]


def test_a_correction_to_what_is_extracted_beside_it_leaves_that_one() -> None:
    right = replace(WASHOUT, object=example.entity("fat"))
    result = applied(correction(WASHOUT, right, BY), to=(WASHOUT, right))
    assert result.statements == (right,)
    assert right.origin == "extracted"


# --- Papers read whole ---------------------------------------------------------------------------------------------


def test_of_a_paper_read_whole_only_what_a_row_settles_stands_and_the_rest_waits() -> None:
    other = [one for one in EXTRACTED if one not in (WASHOUT, SENSITIVITY)]
    result = applied(acceptance(WASHOUT, BY), rejection(SENSITIVITY, BY), setting=READ_WHOLE)
    assert result.statements == (WASHOUT,)
    assert set(result.waiting) == set(other)
    assert set(result.extracted) == set(EXTRACTED)


VARIANTS = (
    {"population": "all"},
    {"polarity": "absent"},
    {"hedged": True},
    {"phases": ("ct",)},
    {"object": example.entity("fat")},
    {"statistic": None},
)


@pytest.mark.parametrize("change", VARIANTS)
def test_whatever_extraction_makes_of_it_what_was_settled_stands(change: dict[str, Any]) -> None:
    right, wrong = replace(WASHOUT, hedged=True), replace(WASHOUT, polarity="absent", population="found again")
    now = replace(WASHOUT, **change)
    for settled, kept in (
        ((acceptance(WASHOUT, BY, id="1"),), WASHOUT),
        ((addition(WASHOUT, BY, id="1"), rejection(wrong, BY, id="2")), WASHOUT),
        ((correction(WASHOUT, right, BY, id="1"), rejection(wrong, BY, id="2")), right),
    ):
        result = applied(*settled, to=(now,), setting=READ_WHOLE)
        (one,) = result.statements
        assert same(one, kept), settled
        assert (one.origin == "extracted") == same(now, kept)
        assert now in (*result.statements, *result.waiting, *result.extracted)


def test_a_rejection_of_what_is_no_more_does_not_fall_on_what_another_row_settled() -> None:
    wrong = replace(WASHOUT, population="found again")
    result = applied(addition(WASHOUT, BY, id="1"), rejection(wrong, BY, id="2"), to=())
    assert [one.hash for one in result.statements] == [WASHOUT.hash]
    assert statuses(result) == ["applied", "needless"]


def test_a_rejection_that_could_be_of_several_now_leaves_them_waiting() -> None:
    near = (replace(WASHOUT, population="all"), replace(WASHOUT, population="found again"))
    result = applied(rejection(WASHOUT, BY), to=near, setting=READ_WHOLE)
    assert (result.statements, set(result.waiting)) == ((), set(near))
    assert statuses(result) == ["needless"]


# --- Rows that contradict each other ---------------------------------------------------------------------------------


def test_the_later_row_wins_and_the_earlier_says_so() -> None:
    right = replace(WASHOUT, object=example.entity("fat"))
    fix, away, fine = correction(WASHOUT, right, BY), rejection(WASHOUT, BY), acceptance(WASHOUT, BY)
    for rows, kept in (
        ((fine, away), set()),
        ((away, fine), {WASHOUT.hash}),
        ((away, fix), {right.hash}),
        ((fix, away), set()),
        ((fix, fine), {WASHOUT.hash}),
        ((fine, fix), {right.hash}),
    ):
        result = applied(*rows, to=(WASHOUT,))
        assert {one.hash for one in result.statements} == kept, rows
        assert statuses(result) == ["overruled", "confirmed" if rows[1] is fine else "applied"]
        assert result.outcomes[0].sentence == "a later row says otherwise"
        assert result.extracted == (WASHOUT,)


def test_a_row_works_on_what_an_earlier_row_made() -> None:
    new = replace(WASHOUT, object=example.entity("fat"))
    newer = replace(new, polarity="absent")
    result = applied(addition(new, BY), correction(new, newer, BY), to=())
    assert [one.hash for one in result.statements] == [newer.hash]
    assert statuses(result) == ["applied", "applied"]
    result = applied(addition(new, BY), rejection(new, BY), to=())
    assert result.statements == ()
    assert statuses(result) == ["overruled", "applied"]
    result = applied(addition(new, BY), rejection(new, BY), addition(new, BY), to=())
    assert [one.hash for one in result.statements] == [new.hash]


def test_there_and_back_again_is_the_extracted_statement() -> None:
    right = replace(WASHOUT, object=example.entity("fat"))
    result = applied(correction(WASHOUT, right, BY), correction(right, WASHOUT, BY), to=(WASHOUT,))
    assert result.statements == (WASHOUT,)
    edited = replace(WASHOUT, hedged=True)
    again = row("accept", statement=WASHOUT.hash)
    result = applied(correction(WASHOUT, edited, BY), rejection(WASHOUT, BY), again, to=(WASHOUT,))
    assert [one.hedged for one in result.statements] == [True]
    assert statuses(result) == ["applied", "overruled", "applied"]
    result = applied(correction(WASHOUT, edited, BY), acceptance(WASHOUT, BY), to=(WASHOUT,))
    assert result.statements == (WASHOUT,)


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_whatever_rows_say_nothing_extracted_is_lost_or_made_up(choices: list[tuple[int, int, int]]) -> None:
    variants = [
        WASHOUT,
        replace(WASHOUT, hedged=True),
        replace(WASHOUT, object=example.entity("fat")),
        replace(WASHOUT, polarity="absent"),
    ]
    rows = []
    for kind, one, other in choices:
        before, after = variants[one], variants[other]
        if kind == 0:
            rows.append(acceptance(before, BY))
        elif kind == 1:
            rows.append(rejection(before, BY))
        elif kind == 2:
            rows.append(addition(before, BY))
        elif one != other:
            rows.append(correction(before, after, BY))
    extracted = (WASHOUT, SENSITIVITY)
    result = applied(*rows, to=extracted)
    assert set(result.extracted) == set(extracted)
    assert len({one.hash for one in result.statements}) == len(result.statements)
    assert SENSITIVITY in result.statements
    standing = {outcome.result.hash for outcome in result.with_status("applied") if outcome.result}
    made = {one.hash for one in result.statements if one.origin == "curated"}
    assert made <= standing
    whole = applied(*rows, to=extracted, setting=READ_WHOLE)
    assert set(whole.extracted) == set(extracted)
    assert SENSITIVITY in whole.waiting
    assert {*whole.statements, *whole.waiting} == set(result.statements)
    assert applied(*rows, to=tuple(reversed(extracted))) == result


# --- Errors, each one sentence ---------------------------------------------------------------------------------------

BAD_CELLS = [
    ({"subject": "alfoma"}, "subject is 'alfoma', which is no concept's key (did you mean 'alphoma'"),
    ({"object": "intralesional fat"}, "(did you mean 'fat'?); give a key, or the paper's own words as ~words"),
    ({"modality": "~scanner"}, "modality is '~scanner', which is no concept's key"),
    ({"phase": "ct||washout"}, "with nothing between two '|'"),
    ({"object": "~"}, "an entity has an empty label"),
    ({"predicate": "has_sing"}, "predicate is 'has_sing'; allowed: has_sign,"),
    ({"polarity": "no"}, "polarity is 'no'; allowed: present, absent"),
    ({"hedged": "yes"}, "hedged is 'yes'; allowed: true, false"),
    ({"evidence": "mine"}, "evidence is 'mine'; allowed: own, cited, background"),
    ({"section": "Backmatter"}, "section is 'Backmatter'; allowed: Title,"),
    ({"unit_of_analysis": "mice"}, "unit of analysis is 'mice'; allowed: patients, lesions"),
    ({"numerator": "7"}, "a number needs statistic_type and printed"),
    ({"statistic_type": "proportion", "printed": "8/10"}, "does not stand in the quote"),
    ({"statistic_type": "count", "printed": "1", "value": "1"}, "does not stand in the quote"),
    ({"statistic_type": "guess", "printed": "0/10", "value": "0"}, "statistic kind is 'guess'; allowed: proportion,"),
    ({"statistic_type": "count", "printed": "0/10"}, "carries no number"),
    ({"statistic_type": "count", "printed": "a", "value": "1"}, "more than once; give printed_start: 54, 58,"),
    ({"statistic_type": "count", "printed": "a", "printed_start": "50", "value": "1"}, "does not stand at 50"),
    ({"statistic_type": "count", "printed": "a", "printed_start": "-1", "value": "1"}, "printed_start is '-1'"),
    ({"statistic_type": "count", "printed": "0/10", "value": "1e999999999"}, "value is '1e999999999'; allowed: digits"),
    ({"statistic_type": "count", "printed": "0/10", "value": "NaN"}, "value is 'NaN'; allowed: digits"),
    ({"statistic_type": "count", "printed": "0/10", "value": "٣"}, "value is '٣'; allowed: digits"),
    ({"statistic_type": "proportion", "printed": "0/10", "numerator": "11", "denominator": "10"}, "11 of 10 cannot be"),
    ({"statistic_type": "proportion", "printed": "0/10", "numerator": "1"}, "a proportion has a numerator, and"),
    ({"statistic_type": "value", "printed": "0/10", "denominator": "10"}, "denominator is 10; it is above 0 and needs"),
    ({"statistic_type": "p_value", "printed": "0/10", "p": "1.5"}, "p is 1.5; allowed: 0 to 1"),
    ({"statistic_type": "value", "printed": "0/10", "ci_low": "2", "ci_high": "1"}, "ci_low is the smaller one"),
    ({"statistic_type": "value", "printed": "0/10", "value": "1", "ci_level": "0"}, "ci_level is 0; allowed: above 0"),
    ({"statistic_type": "value", "printed": "0/10", "value": "1", "op": "!"}, "operator is '!'; allowed: <"),
    ({"quote": "Fat was seen in 9/10 alphoma"}, "does not stand in the text; copy it from there"),
]


@pytest.mark.parametrize(("cells", "words"), BAD_CELLS)
def test_a_cell_that_is_not_allowed_is_one_sentence(cells: dict[str, str], words: str) -> None:
    start = TEXT.index("Fat was seen in 0/10 alphoma")
    claim = {"subject": "alphoma", "predicate": "has_sign", "object": "fat", "evidence": "own"}
    given = {"start": start, "end": start + 28, "quote": TEXT[start : start + 28], **claim, **cells}
    assert words in failure(row("add", **given))


BAD_CORRECTIONS = [
    ({"subject": "-"}, "subject cannot be taken away"),
    ({"polarity": "-"}, "polarity cannot be taken away"),
    ({"printed": "-"}, "printed cannot be taken away alone"),
    ({"statistic_type": "-", "value": "3"}, "statistic_type is '-', so there is no number"),
    ({"percent": "-"}, "carries no number"),
]


@pytest.mark.parametrize(("cells", "words"), BAD_CORRECTIONS)
def test_a_correction_that_cannot_be_is_one_sentence(cells: dict[str, str], words: str) -> None:
    assert words in failure(row("correct", statement=SENSITIVITY.hash, **cells))


BAD_ROWS = [
    ({"action": "approve"}, "action is 'approve'; allowed: accept, reject, correct, add"),
    ({"id": "a b"}, "id is 'a b'; allowed: up to 64 letters"),
    ({"reviewer": ""}, "the reviewer has no name"),
    ({"date": "31.1.2025"}, "date is '31.1.2025'; allowed: 2025-01-31"),
    ({"date": "2025-02-30"}, "date is '2025-02-30'"),
    ({"statement": "abc"}, "statement is 'abc'; allowed: a statement's hash"),
    ({"statement": ""}, "nothing says which statement to accept"),
    ({"start": "5"}, "end is ''; allowed: a whole number"),
    ({"start": "9", "end": "5"}, "start is 9 and end 5"),
    ({"start": "1", "end": "9" * 40}, "end is '9999"),
    ({"start": "0", "end": "5", "quote": "four"}, "quote has 4 characters, and from start to end are 5"),
    ({"object": "fat"}, "accept changes nothing, but object is filled"),
    ({"action": "correct"}, "nothing is corrected"),
    ({"action": "add"}, "an added statement needs start, end and quote"),
]


@pytest.mark.parametrize(("cells", "words"), BAD_ROWS)
def test_a_row_that_is_not_allowed_is_one_sentence(cells: dict[str, str], words: str) -> None:
    with pytest.raises(CurationError) as caught:
        row(**{"action": "accept", "statement": "0" * 20, **cells})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", NEEDED_TO_ADD)
def test_an_addition_says_who_what_and_on_what_evidence(name: str) -> None:
    with pytest.raises(CurationError, match=f"an added statement needs {name}"):
        adding("Fat was seen", **{name: ""})


def test_an_addition_has_no_hash_yet() -> None:
    with pytest.raises(CurationError, match="has no hash yet"):
        adding("Fat was seen", statement="0" * 20)


# --- The file --------------------------------------------------------------------------------------------------------

HEADER = "id,action,statement,start,end,quote,printed,reviewer,date\n"
ACCEPT = f"1,accept,{'0' * 20},,,,,A. Reader,2025-01-31\n"


def reading(tmp_path: Path, content: str | bytes) -> curating.Reading:
    path = tmp_path / "curation.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


BAD_FILES: list[tuple[str | bytes, str]] = [
    (HEADER.encode() + b"\xff\n", "curation.csv, line 2 is not UTF-8: byte 0xff"),
    (HEADER + ACCEPT + "\0", "curation.csv, line 3 has a NUL byte"),
    (HEADER + '1,"unfinished\n', "curation.csv is not valid CSV"),
    (HEADER + '1,"a"b\n', "curation.csv is not valid CSV"),
    (HEADER + "1," + "x" * 200_000, "curation.csv is not valid CSV: field larger"),
    (HEADER.replace("quote", "qoute"), "has a column 'qoute' (did you mean 'quote'?)"),
    (HEADER.replace("quote", "start"), "has the column 'start' twice"),
    ("action,reviewer,date\n", "lacks the column 'id'"),
]


@pytest.mark.parametrize(("content", "words"), BAD_FILES)
def test_a_file_that_is_none_is_one_sentence(content: str | bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(CurationError) as caught:
        reading(tmp_path, content)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_too_large_to_be_one_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"
    with path.open("wb") as file:
        file.truncate(1 << 34)  # 16 GB, of which no byte is on the disk
    with pytest.raises(CurationError, match="larger than 32 MB"):
        read(path)
    with pytest.raises(CurationError, match="larger than 32 MB"):
        append(path, acceptance(WASHOUT, BY))


def test_a_bad_line_is_named_and_the_others_count(tmp_path: Path) -> None:
    more = '2,accept,,5,9,"a\nbc",,A. Reader,2025-01-31\n'
    found = reading(tmp_path, HEADER + ACCEPT + more + "3,what\n" + ACCEPT + "\n,accept\n9" + ",x" * 10)
    assert [(one.id, one.line) for one in found.curations] == [("1", 2), ("2", 3)]
    assert [problem.partition(":")[0] for problem in found.problems] == [
        f"curation.csv, line {line}" for line in (5, 6, 8, 9)
    ]
    assert "the id '1' stands on line 2 already" in found.problems[1]
    assert "the row has no id" in found.problems[2]
    assert "11 cells under 9 columns" in found.problems[3]


def test_a_spreadsheet_may_have_written_the_file(tmp_path: Path) -> None:
    found = reading(tmp_path, ("\ufeff" + HEADER + ACCEPT).replace("\n", "\r\n"))
    assert [one.id for one in found.curations] == ["1"]
    assert found.problems == ()


def test_no_file_and_an_empty_one_hold_no_curation(tmp_path: Path) -> None:
    assert read(tmp_path / "curation.csv") == reading(tmp_path, "\n\n") == curating.Reading()


def test_a_long_file_is_read(tmp_path: Path) -> None:
    rows = "".join(f"{number}{ACCEPT[1:]}" for number in range(1, 20_001))
    assert len(reading(tmp_path, HEADER + rows).curations) == 20_000


FORMULAS = ["=HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'=x", "''@x", "\t=x", "'plain", "-", "="]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text_and_read_back(cell: str, tmp_path: Path) -> None:
    one = Curation(id="1", action="accept", statement="0" * 20, reviewer="A", date="2025-01-31", reason=cell)
    path = tmp_path / "curation.csv"
    append(path, one)
    assert [found.reason for found in read(path).curations] == [cell.strip()]
    written = path.read_text().splitlines()[1]
    assert not [part for part in written.split(",") if part[:1] in tuple("=+-@\t") and len(part) > 1]


# --- Appending -------------------------------------------------------------------------------------------------------


def test_what_is_in_the_file_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"
    for before in (
        HEADER + ACCEPT,
        (HEADER + ACCEPT).replace("\n", "\r\n"),
        HEADER + ACCEPT.rstrip("\n"),
        "\ufeff" + HEADER,
    ):
        path.write_bytes(before.encode())
        append(path, row("accept", id="new", statement="1" * 20))
        after = path.read_bytes().decode()
        assert after.startswith(before)
        assert [one.id for one in read(path).curations][-1] == "new"
        assert ("\r\n" in before) == ("\r\n" in after)
        assert read(path).problems == ()


def test_a_header_gains_the_columns_that_a_row_needs(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"
    path.write_text(HEADER + ACCEPT)
    append(path, row("correct", id="2", statement="1" * 20, object="fat"))
    assert path.read_text().splitlines()[0] == HEADER.strip() + ",object"
    assert path.read_text().splitlines()[1] == ACCEPT.strip()
    assert [one.changes for one in read(path).curations] == [{}, {"object": "fat"}]


def test_a_row_without_an_id_gets_one_of_its_content(tmp_path: Path) -> None:
    path, one = tmp_path / "curation.csv", acceptance(WASHOUT, BY)
    ids = [append(path, one).id for _ in range(3)]
    assert ids == [one.id for one in read(path).curations]
    assert ids[1:] == [f"{ids[0]}-2", f"{ids[0]}-3"]
    other = tmp_path / "other.csv"
    assert append(other, one).id == ids[0]


def test_an_id_that_is_taken_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"
    append(path, acceptance(WASHOUT, BY, id="1"))
    before = path.read_bytes()
    with pytest.raises(CurationError, match="the id '1' is there already; nothing was written"):
        append(path, rejection(WASHOUT, BY, id="1"))
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_read_is_not_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CurationError, match="is not UTF-8"):
        append(path, acceptance(WASHOUT, BY))
    assert path.read_bytes() == b"\xff\xfe"
    with pytest.raises(CurationError, match="cannot be opened"):
        append(tmp_path / "nowhere" / "curation.csv", acceptance(WASHOUT, BY))


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "curation.csv"
    append(path, acceptance(WASHOUT, BY))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CurationError, match="No space left on device"):
        append(path, rejection(WASHOUT, BY))
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["curation.csv"]


def test_reviewers_who_save_at_once_lose_no_row(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"

    def save(number: int) -> None:
        append(path, acceptance(WASHOUT, BY, id=str(number)))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.id for one in read(path).curations} == {str(number) for number in range(12)}


# --- There and back --------------------------------------------------------------------------------------------------

KEYS = st.sampled_from(sorted(VOCABULARY.concepts))
WORDS = st.text("abc ='+-@~|\"',\n;é0", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
ENDS = st.one_of(
    KEYS.map(lambda key: Entity(key=key, label=VOCABULARY.concepts[key].label)),
    WORDS.map(lambda text: Entity(label=text)),
)
PLAIN_WORDS = WORDS.map(lambda text: text.replace("|", "/")).filter(lambda text: text != "-")
NUMBERS = [
    {"kind": "proportion", "numerator": Decimal(7), "denominator": Decimal(10)},
    {"kind": "percent", "percent": Decimal("82.60"), "op": "~"},
    {"kind": "p_value", "p": Decimal("0.050"), "op": "<"},
    {"kind": "size", "value": Decimal("-1.50"), "unit": "=cm"},
]


@st.composite
def statements(draw: st.DrawFn, at: Span | None = None) -> Statement:
    start = at.start if at else draw(st.integers(0, len(TEXT) - 20))
    end = at.end if at else draw(st.integers(start + 1, min(start + 60, len(TEXT))))
    statistic = None
    if draw(st.booleans()):
        first = draw(st.integers(start, end - 1))
        last = draw(st.integers(first + 1, end))
        if TEXT[first:last].strip():
            values: dict[str, Any] = draw(st.sampled_from(NUMBERS))
            statistic = Statistic(printed=TEXT[first:last], span=Span(start=first, end=last), **values)
    return Statement(
        source="alpha2020",
        span=Span(start=start, end=end),
        quote=TEXT[start:end],
        subject=draw(ENDS),
        predicate=draw(st.sampled_from(PREDICATES)),
        object=draw(ENDS),
        polarity=draw(st.sampled_from(POLARITIES)),
        hedged=draw(st.booleans()),
        modality=draw(st.none() | KEYS),
        phases=tuple(draw(st.lists(KEYS, max_size=2))),
        comparator=draw(st.none() | ENDS),
        population=draw(st.none() | PLAIN_WORDS),
        unit_of_analysis=draw(st.sampled_from([None, "patients", "lesions"])),
        evidence=draw(st.sampled_from(EVIDENCE_KINDS)),
        citations=tuple(draw(st.lists(PLAIN_WORDS, max_size=2))),
        section=draw(st.sampled_from(SECTIONS)),
        statistic=statistic,
        variable=draw(st.none() | ENDS),
        locator=draw(st.none() | PLAIN_WORDS),
        rule="some rule",
        confidence=draw(st.floats(0, 1)),
    )


def through_a_file(curations: list[Curation], folder: Path) -> list[Curation]:
    path = folder / "curation.csv"
    path.write_text(to_csv(curations), encoding="utf-8", newline="")
    found = read(path)
    assert found.problems == ()
    return list(found.curations)


def same(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same, whoever says it."""
    return replace(one, origin="curated", rule="", confidence=1.0) == replace(
        other, origin="curated", rule="", confidence=1.0
    )


@settings(derandomize=True, max_examples=150, deadline=None)
@given(wanted=statements())
def test_any_statement_can_be_added_through_a_file(wanted: Statement, tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = through_a_file([addition(wanted, BY, id="1")], tmp_path_factory.getbasetemp())
    result = applied(*rows, to=())
    assert statuses(result) == ["applied"], result.outcomes[0].sentence
    assert same(result.statements[0], wanted)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(data=st.data())
def test_any_statement_can_be_made_any_other_at_its_place(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = data.draw(statements())
    after = data.draw(statements(at=before.span))
    if same(before, after):
        return
    rows = through_a_file([correction(before, after, BY, id="1")], tmp_path_factory.getbasetemp())
    result = applied(*rows, to=(before,))
    assert statuses(result) == ["applied"], result.outcomes[0].sentence
    assert same(result.statements[0], after)
    assert statuses(applied(*rows, to=(after,))) == ["confirmed"]
    for changed in ((), (before, after)):
        (now,) = applied(*rows, to=changed).statements
        assert same(now, after)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(statements())
def test_a_statement_survives_as_plain_values(one: Statement) -> None:
    assert from_plain(to_plain(one)) == one


def test_only_the_columns_in_use_are_written() -> None:
    text = to_csv([row("accept", statement="0" * 20), row("correct", id="2", statement="1" * 20, object="fat")])
    assert text.splitlines()[0] == "id,action,statement,object,reviewer,date"


def test_a_correction_keeps_its_place() -> None:
    with pytest.raises(CurationError, match="stand in two places; reject the one and add the other"):
        correction(WASHOUT, SENSITIVITY, BY)


# --- In the graph ----------------------------------------------------------------------------------------------------


def test_the_graph_keeps_who_did_what_and_what_it_took_away() -> None:
    right = replace(WASHOUT, object=example.entity("fat"))
    rows = [
        correction(WASHOUT, right, BY, id="fix"),
        acceptance(SENSITIVITY, Signature(reviewer="B. Reader", date="2025-02-01"), id="fine"),
        row("reject", id="lost", statement="0" * 20),
    ]
    result = applied(*rows)
    written = curation_nquads("alpha2020", result.outcomes)
    assert written == curation_nquads("alpha2020", reversed(result.outcomes))
    assert written.splitlines() == sorted(written.splitlines())
    fix, lost, fine = decode_curations(read_nquads(written))
    assert (fix.id, fix.action, fix.outcome, fix.reviewer, fix.reason) == (
        *("fix", "correct", "applied", "A. Reader", "as printed"),
    )
    assert fix.formers == (WASHOUT,)
    assert fix.statement == right.id
    assert (fine.statement, fine.formers, fine.reviewer) == (SENSITIVITY.id, (), "B. Reader")
    assert (lost.outcome, lost.statement) == ("failed", None)
    assert f"<https://w3id.org/signum/statement/{right.id}> <http://www.w3.org/ns/prov#wasRevisionOf>" in written


def test_every_property_of_the_graph_is_in_the_schema() -> None:
    described = {s for s, p, _ in read_turtle(kg.ONTOLOGY / "schema.ttl") if p == term("rdfs:comment")}
    written = curation_nquads("alpha2020", applied(rejection(WASHOUT, BY, id="1")).outcomes)
    used = set(re.findall(rf"<({re.escape(str(term('signum:')))}[^>]+)>", written))
    assert used
    assert used <= described


def test_what_was_taken_away_is_no_statement_of_the_graph_curation() -> None:
    from kg.encoding import decode_statements

    written = curation_nquads("alpha2020", applied(rejection(WASHOUT, BY, id="1")).outcomes)
    assert decode_statements(read_nquads(written)) == []
    assert WASHOUT.quote in written
