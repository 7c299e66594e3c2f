"""Quizzes: each key is borne out, each wrong option is stated otherwise, each quote stands in its paper."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg import queries
from kg.build import build
from kg.lookup import UnknownNameError
from kg.model import Span
from kg.quiz import RULES, TYPES, Bank, Item, QuizError, bank, flaws, make_quiz, quiz_of
from kg.quiz.formats import write
from kg.quiz.ground import Ground, ground_of
from kg.quiz.making import bank_of
from kg.quiz.saved import held_against, read_quiz, reopened
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
RECOUNTED = (
    ("15(65.2%)", "13(56.5%)"),
    ("(15/23)", "(13/23)"),
    ("Plateau\n\n6(26.1%)", "Plateau\n\n8(34.8%)"),
    ("plateau pattern(6/23)", "plateau pattern(8/23)"),
)


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


@pytest.fixture(scope="module")
def ground(store: Store) -> Ground:
    return ground_of(store)


@pytest.fixture(scope="module")
def whole(store: Store) -> Bank:
    return bank(store)


def folded(text: str) -> str:
    """A text without what the end of a line does to it: blanks, and hyphens of divided words."""
    return re.sub(r"[\s-]+", "", text)


def test_five_papers_support_two_hundred_sound_items_of_all_types(whole: Bank) -> None:
    found = Counter(item.type for item in whole.items)
    assert len(whole.items) >= 200
    assert set(found) == set(TYPES)


def test_no_two_items_are_alike(whole: Bank) -> None:
    assert len({item.id for item in whole.items}) == len(whole.items)
    assert len({item.stem for item in whole.items}) == len(whole.items)


def test_each_quote_stands_where_it_says(store: Store, whole: Bank) -> None:
    texts = {source.key: queries.text(store, source.key) for source in queries.sources(store)}
    for item in whole.items:
        assert item.quotes, item.stem
        for quote in (*item.quotes, *(quote for option in item.options for quote in option.quotes)):
            assert folded(quote.text.strip("… ")) in folded(texts[quote.source][quote.start : quote.end]), quote.text


def test_a_quote_that_does_not_name_its_subject_begins_one_sentence_earlier(whole: Bank) -> None:
    passages = {quote.text for item in whole.items for quote in item.quotes}
    (told,) = {text for text in passages if text.endswith("For insulinomas, the sensitivity is less (84%).")}
    assert told.startswith("EUS is the most advantageous imaging technique")


def test_each_wrong_option_says_why_it_is_wrong_and_where_that_stands(whole: Bank) -> None:
    for item in whole.items:
        assert all(option.feedback and option.quotes for option in item.options if not option.correct), item.stem
        assert all(fact.statements for fact in item.facts)


def test_nothing_hedged_or_found_inconsistent_bears_a_key(store: Store, whole: Bank) -> None:
    statements = {one.id: one for one in queries.statements(store)}
    doubted = {i for v in queries.verdicts(store) if v.verdict == "inconsistent" for i in v.statements}
    for item in whole.items:
        mine = {identity for fact in item.facts for identity in fact.statements}
        assert not any(statements[identity].hedged for identity in mine), item.stem
        assert item.type == "flaw" or not mine & doubted, item.stem


def test_what_is_held_back_has_a_reason(whole: Bank) -> None:
    assert whole.held_back
    assert all(one.reason and one.fact for one in whole.held_back)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_quiz(store: Store) -> None:
    one, same, other = (json.dumps(make_quiz(store, number=20, seed=seed).to_json()) for seed in (7, 7, 8))
    assert one == same != other


def test_a_topic_a_type_and_a_difficulty_choose_the_items(store: Store) -> None:
    made = make_quiz(store, topic="PHNEN", types=["how-often", "true-false"], number=5)
    assert {item.type for item in made.items} == {"how-often", "true-false"}
    assert all({"phnen", "phnet"} & set(item.concepts) for item in made.items)
    assert {item.difficulty for item in make_quiz(store, difficulty="hard", number=5).items} == {"hard"}


def test_asked_for_more_than_the_evidence_supports_it_gives_fewer_and_says_why(store: Store) -> None:
    made = make_quiz(store, topic="PHNEN", types=["how-often"], number=400)
    assert 0 < len(made.items) < 400
    assert made.notes[0] == f"This choice supports {len(made.items)} sound items, not 400."
    assert any("held back" in note for note in made.notes)


def test_a_primary_site_that_only_a_hedged_sentence_reads_off_a_pattern_is_held_back_and_said(store: Store) -> None:
    made = make_quiz(store, types=["primary-site"], number=400)
    asked = "to which primary site does “hypervascular lesion with portal venous phase washout” point?"
    assert not any("point?" in item.stem for item in made.items)
    (held,) = [one for one in made.held_back if asked in one.question]
    assert held.reason == "the sentence is hedged"
    assert any("× the sentence is hedged" in note for note in made.notes)


def test_were_it_not_hedged_the_site_would_be_asked_for(ground: Ground) -> None:
    hedged = [
        s
        for s in ground.statements
        if s.predicate == "discriminates" and s.object.key in ("pancreas", "small-intestine")
    ]
    ends = {end.key: end for one in ground.statements for end in (one.subject, one.object)}
    lung, sign = ends["lung"], ends["calcification"]
    sure = [replace(one, hedged=False) for one in hedged]
    made = bank_of(Ground([*sure, replace(sure[0], subject=sign, object=lung)], ground.vocabulary))
    found = next(item for item in made.items if "hypervascular lesion with portal venous phase washout" in item.stem)
    assert {option.text for option in found.options} == {"small intestine", "pancreas", "lung"}
    assert found.options[found.key].text == "small intestine"


@pytest.mark.parametrize(
    ("quote", "against"),
    [
        ("SRS is not routinely recommended in rectal NETs.", "only limits what it says"),
        ("There was no significant difference in their distribution.", "only limits what it says"),
        ("No calcification was seen in any lesion.", ""),
    ],
)
def test_a_denial_that_is_softened_bears_no_key(ground: Ground, quote: str, against: str) -> None:
    absent = next(s for s in ground.statements if s.polarity == "absent" and not ground.against(s))
    said = replace(absent, quote=quote, span=Span(start=0, end=len(quote)), statistic=None)
    reason = Ground([said], ground.vocabulary).against(said)
    assert against in reason if against else reason == ""


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"types": ["riddle"]}, QuizError, "'riddle'; there are: which-sign"),
        ({"number": 0}, QuizError, "number of items is 0; allowed: 1 to 500"),
        ({"difficulty": "fiendish"}, QuizError, "'fiendish'; there are: easy"),
        ({"topic": "astral tumour"}, UnknownNameError, "or give a source: cui2017"),
    ],
)
def test_what_is_not_known_is_named(
    store: Store, asked: dict[str, object], error: type[ValueError], words: str
) -> None:
    with pytest.raises(error, match=re.escape(words)):
        make_quiz(store, **asked)  # type: ignore[arg-type]


def test_an_edited_wording_keeps_the_id_and_a_saved_quiz_reads_as_it_was(store: Store) -> None:
    made = make_quiz(store, number=5)
    assert quiz_of(json.loads(json.dumps(made.to_json()))) == made
    item = made.items[0]
    edited = replace(item, stem="Reworded: what did the paper find?", edited=True)
    assert edited.id == item.id
    with pytest.raises(QuizError, match="no quiz of Signum"):
        read_quiz(b"[]")
    with pytest.raises(QuizError, match="no JSON"):
        read_quiz(b"\xff")


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("items", 0, "stem"), 7, "stem of the saved quiz is '7'; allowed: a value of type str"),
        (("items", 0, "points"), float("nan"), "points of the saved quiz is 'nan'"),
        (("items", 0, "options", 0, "text"), None, "text of the saved quiz is 'None'"),
        (("items", 0, "options", 0, "correct"), "yes", "correct of the saved quiz is 'yes'"),
        (("items", 0, "facts", 0, "value"), "11/12", "does not have the facts that its id stands for"),
        (("items", 0, "options"), [], "0 options, 0 right"),
        (("items", 0, "quotes", 0, "start"), [1], "start of the saved quiz is '[1]'"),
        (("items",), 3, "the saved quiz is damaged"),
        (("topic",), [1], "topic of the saved quiz is"),
    ],
)
def test_a_saved_quiz_that_was_tampered_with_is_refused_by_name(
    store: Store, place: tuple[str | int, ...], value: object, words: str
) -> None:
    saved = make_quiz(store, number=2).to_json()
    inside = saved = json.loads(json.dumps(saved))
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    with pytest.raises(QuizError, match=re.escape(words)):
        read_quiz(json.dumps(saved).encode())


def test_a_changed_graph_marks_what_it_touches(store: Store, whole: Bank) -> None:
    made = make_quiz(store, types=["how-often"], number=3)
    kept, recounted, gone = made.items
    fact = recounted.facts[0]
    now = [
        kept,
        replace(recounted, facts=(replace(fact, value="11/12"),)),
        *(item for item in whole.items if item.id not in {one.id for one in made.items}),
    ]
    after = held_against(replace(whole, items=tuple(now)), made, "another")
    assert [item.state for item in after.items] == ["", "withdrawn", "withdrawn"]
    assert "The graph now has 11/12 where this item has" in after.items[1].changes[0]
    assert "no longer bears it out" in after.items[2].changes[0] or "Held back" in after.items[2].changes[0]
    assert gone.id == after.items[2].id
    moved = replace(kept, quotes=(replace(kept.quotes[0], text="Another sentence."),))
    (updated,) = held_against(Bank(items=(moved,), held_back=()), replace(made, items=(kept,)), "another").items
    assert updated.state == "updated"
    assert updated.id == kept.id
    assert "Now quoted: “Another sentence.”" in updated.changes


def test_a_count_changed_in_a_paper_withdraws_the_saved_items_on_it_and_says_what_it_is_now(tmp_path: Path) -> None:
    papers, data = tmp_path / "sources", tmp_path / "build"
    shutil.copytree(ROOT / "sources" / "cui2017", papers / "cui2017")
    (papers / "cui2017" / "source.toml").write_text('title = "A paper"\nyear = 2017\n')
    assert build(papers, data, curations=False).problems == ()
    first = make_quiz(Store.open(data), types=["how-often", "case"], number=100)
    saved = tmp_path / "quiz.json"
    saved.write_bytes(write(first, "json").data)
    text = papers / "cui2017" / "text.txt"
    changed = text.read_text(encoding="utf-8")
    for old, new in RECOUNTED:  # two patients of 23 move from one pattern to the other: the table adds up as before
        assert old in changed
        changed = changed.replace(old, new)
    text.write_text(changed, encoding="utf-8", newline="")
    assert build(papers, data, curations=False).problems == ()
    now = Store.open(data)
    after = reopened(now, read_quiz(saved.read_bytes()))
    assert (after.graph_hash, len(after.items)) == (now.graph_hash, len(first.items))
    touched = [item for item in after.items if any("15/23" in fact.value for fact in item.facts)]
    assert {item.type for item in touched} == {"how-often", "case"}
    for item in touched:
        assert item.state == "withdrawn"
        assert any(re.search(r"now has .*13/23.* where this item has .*15/23", change) for change in item.changes)
    (updated,) = [item for item in after.items if item.state == "updated" and item.facts[0].value == "2/23"]
    assert "Now quoted: “Washout 13(56.5%) 2(8.7%)”" in updated.changes  # the same row; its own count is as it was
    rest = [item for item in after.items if not re.search("washout|plateau", " ".join(f.about for f in item.facts))]
    assert len(rest) > 10
    assert {item.state for item in rest} == {""}
    assert any(note.endswith("items withdrawn: the evidence has changed.") for note in after.notes)


def flawed(item: Item, **changes: object) -> Item:
    """An item with a stem or option texts that break a rule; `key` and `wrong` are texts."""
    options = list(item.options)
    for place, option in enumerate(options):
        if "key" in changes and option.correct:
            options[place] = replace(option, text=str(changes["key"]))
        if "wrong" in changes and place == (item.key + 1) % len(options):
            options[place] = replace(option, text=str(changes["wrong"]))
    return replace(item, options=tuple(options), stem=str(changes.get("stem", item.stem)))


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("whole question", {"stem": "The finding counted most often by the authors was"}),
        ("cover the options", {"stem": "Which of the following statements is true, by this paper?"}),
        (
            "longest option",
            {"key": "plateau enhancement pattern, as the portal venous and equilibrium phases of CT show it"},
        ),
        ("absolute terms", {"wrong": "a finding that is never seen"}),
        ("vague terms", {"wrong": "usually washout"}),
        ("all of the above", {"wrong": "all of the above"}),
        ("negative stem", {"stem": "Which finding did the authors of the paper not see in their patients?"}),
        ("grammatical cue", {"wrong": "Washout pattern of the lesion"}),
        ("one kind of option", {"wrong": "12 %"}),
        ("repeated words", {"stem": "Which finding shows the mosaicism of the lesion?", "key": "mosaicism"}),
        ("different options", {"wrong": "calcified rim", "key": "calcified rim"}),
    ],
)
def test_a_flaw_of_item_writing_is_seen(whole: Bank, rule: str, changes: dict[str, object]) -> None:
    sound = next(item for item in whole.items if item.type == "not-seen")
    assert flaws(sound) == ()
    assert rule in {found.partition(":")[0] for found in flaws(flawed(sound, **changes))}


def test_numbers_out_of_order_and_too_many_options_are_seen(whole: Bank) -> None:
    item = next(item for item in whole.items if item.type == "how-often")
    assert any(
        "ordered numbers" in found for found in flaws(replace(item, options=item.options[::2] + item.options[1:2]))
    )
    assert any("overlap" in found for found in flaws(flawed(item, wrong="60–80 %", key="70–90 %")))
    assert {rule.name for rule in RULES} >= {"number of options", "convergence"}
