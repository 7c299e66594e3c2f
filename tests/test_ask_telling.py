"""A question is answered by what it asks besides its concepts, and by no other sentence on the same concepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.ask import Answer, ask
from kg.ask.english import is_english
from kg.ask.lexicon import tokens
from kg.ask.library import library_of, whole_words
from kg.ask.matters import TELLING
from kg.store import Store


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


def told(answer: Answer) -> str:
    return " ".join(" ".join(clause.text for clause in answer.clauses).split())


@pytest.mark.parametrize("word", ["inside", "keeps", "belonged", "happening", "cheaply", "puzzled", "whichever"])
def test_general_english_is_known_in_every_form(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["telotristat", "elastography", "pregnancy", "cirrhosis", "hemangioma", "children"])
def test_a_word_of_a_field_is_no_general_english(word: str) -> None:
    assert not is_english(word)


def test_no_general_word_makes_a_refusal_and_a_foreign_one_does(store: Store) -> None:
    assert ask(store, "Whereabouts inside the liver do cysts of PHNENs usually belong?").answered
    answer = ask(store, "Does telotristat keep patients from carcinoid syndrome?")
    assert "telotristat" in answer.reason


def test_words_that_a_line_breaks_are_read_whole() -> None:
    assert whole_words("more sen-\nsitive", {"first"}) == "more sensitive"
    assert whole_words("first-\nline", {"first", "line"}) == "first-line"


@pytest.mark.parametrize("one", TELLING, ids=[one.cue[:40] for one in TELLING])
def test_each_telling_word_is_in_some_sentence_or_says_what_is_missing(store: Store, one: object) -> None:
    telling = next(row for row in TELLING if row is one)
    assert telling.empty or not telling.must
    assert telling.empty in ("funding", "median survival") or any(
        telling.told(row) for row in library_of(store).statements
    )


def test_limitations_are_those_of_the_study_that_is_described(store: Store) -> None:
    answer = ask(store, "limitations of the paper which compares adenocarcinoma with NET liver metastases")
    assert {row.source for row in answer.rows} == {"cui2017"}
    assert "limited by the relatively low incidence" in told(answer)
    assert "fixed delay time" in told(answer)
    assert "could not be obtained" in told(answer)


def test_a_paper_is_known_by_the_town_it_comes_from(store: Store) -> None:
    answer = ask(store, "If the radiologists disagreed in the Xiamen series, who decided?")
    assert answer.reading.sources == ("yang2024",)
    assert answer.rows[0].quote.startswith("In case of disagreement")


def test_what_nobody_says_is_refused_and_named(store: Store) -> None:
    answer = ask(store, "Who sponsored the study of Cui?")
    assert not answer.answered
    assert "funding" in answer.reason


def test_a_definition_comes_first(store: Store) -> None:
    answer = ask(store, "How was the washout pattern defined?")
    assert answer.rows[0].predicate == "classified_by"
    assert "lower than that of hepatic artery phase" in answer.clauses[0].text
    assert ask(store, "definition of radiomics").rows[0].source == "granata2019"


def test_two_therapies_are_answered_side_by_side(store: Store) -> None:
    answer = ask(store, "How does the mortality of ablation by radiofrequency compare with that of embolisation?")
    assert "0.5%" in told(answer)
    assert "about 5%" in told(answer)


def test_diseases_named_in_one_breath_are_answered_each_for_itself(store: Store) -> None:
    answer = ask(store, "primary sites of foregut, midgut and hindgut carcinoids")
    assert {row.subject.key for row in answer.rows} >= {"foregut-carcinoid", "midgut-carcinoid", "hindgut-carcinoid"}


def test_a_sentence_before_names_what_the_next_speaks_of(store: Store) -> None:
    assert "prevents or aborts" in told(ask(store, "How is a carcinoid crisis avoided in the operating theatre?"))


def test_every_row_of_a_cut_off_has_a_number(store: Store) -> None:
    answer = ask(store, "cut-off of the metastasis-to-liver ratio")
    assert answer.answered
    assert all(re.search(r"\d", row.quote) for row in answer.shown)
    assert not ask(store, "cut-off of the ADC between PHNEN and HCC").answered


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("kidney cancer", "renal-cell-carcinoma"),
        ("stomach ache", "abdominal-pain"),
        ("DOTATATE", "ga68-dotatate"),
        ("primary liver carcinoid", "phnet"),
        ("blood inside the tumour", ""),
    ],
)
def test_lay_and_short_names_are_known(store: Store, name: str, key: str) -> None:
    mentions = ask(store, f"What is said of {name}?").reading.mentions
    assert [one for mention in mentions for one in mention.keys if one == key] == ([key] if key else [])


def test_no_word_is_read_as_an_abbreviation(store: Store) -> None:
    assert ask(store, "ache in PHNEN").reading.corrections == ()


def test_last_words_are_shared_by_all_names_of_a_row(store: Store) -> None:
    mentions = ask(store, "Where do foregut, midgut and hindgut carcinoids sit?").reading.mentions
    assert [mention.keys[0] for mention in mentions] == ["foregut-carcinoid", "midgut-carcinoid", "hindgut-carcinoid"]
    mentions = ask(store, "signs for primary rather than metastatic hepatic NEN").reading.mentions
    assert [mention.keys[0] for mention in mentions][:2] == ["phnen", "nelm"]


def test_a_paper_is_known_by_a_word_of_its_title(store: Store) -> None:
    assert ask(store, "readers of the misdiagnosis paper").reading.sources == ("yang2024",)


def test_what_a_sentence_before_names_comes_after_what_a_sentence_names(store: Store) -> None:
    answer = ask(store, "When is FDG PET useful in pancreatic NET?")
    assert "18-FDG-PET" in answer.clauses[0].text


def test_what_a_thing_is_is_asked_for_even_where_its_name_is_a_cue(store: Store) -> None:
    answer = ask(store, "What is Ki-67?")
    assert answer.intent == "meaning"
    assert "biomarker for cell proliferation" in told(answer)


def test_a_paper_without_patients_of_its_own_counts_none(store: Store) -> None:
    assert ask(store, "How many patients did Yang include?").answered
    answer = ask(store, "How many patients did Houat operate on?")
    assert "count of patients of its own" in answer.reason


def test_words_that_a_sentence_shares_with_a_question_bring_it_up(store: Store) -> None:
    assert "90Y and 177Lu" in told(ask(store, "targeted radiotherapy: which radionuclides are used?"))


def test_when_a_thing_is_asked_about_is_no_matter_of_its_own(store: Store) -> None:
    answer = ask(store, "Which marker tells of recurrence after surgery in NEN?")
    assert {row.subject.key for row in answer.shown if "postoperative recurrence" in row.quote} >= {"nse"}


def test_grades_set_against_each_other_are_the_tumors_of_these_grades(store: Store) -> None:
    answer = ask(store, "kep and Ktrans for G1 versus G2")
    assert "differentiating G2 NET from G1" in told(answer)


def test_of_three_things_that_no_sentence_names_together_one_is_left_out_and_named(store: Store) -> None:
    answer = ask(store, "large tumour burden and no symptoms: which sort of NET does imaging suggest?")
    assert "suggests a non-functional tumor" in told(answer)
    assert answer.notes == ("What is said here does not name “no symptoms”.",)


def test_a_question_that_names_nothing_is_answered_by_its_words_or_not(store: Store) -> None:
    assert not ask(store, "Why would anybody be reluctant to sing?").answered
    assert not ask(store, "Did the CT taste of anything?").answered


@pytest.mark.parametrize("word", ["coughing", "erythema", "isthmus", "massive", "sessile"])
def test_a_word_that_only_the_vocabulary_has_is_known_to_no_paper(store: Store, word: str) -> None:
    library = library_of(store)
    (token,) = tokens(word)
    assert token.folded in library.lexicon.words
    assert not library.forms(token.folded)
    answer = ask(store, f"Is the {word} washout of HCC typical?")
    assert (answer.answered, answer.reason) == (False, f"No paper here speaks of “{word}”.")


def test_which_drug_is_answered_by_a_drug(store: Store) -> None:
    assert not ask(store, "Which drug causes recurrent diarrhea?").answered
    assert "octreotide" in told(ask(store, "Which drug prevents a carcinoid crisis?"))


def test_an_organ_is_answered_by_what_is_said_of_its_tumors(store: Store) -> None:
    answer = ask(store, "when is EUS enough for staging of the stomach")
    assert any("usually sufficient in small Type" in " ".join(row.quote.split()) for row in answer.shown)


def test_a_kappa_is_answered_by_a_kappa(store: Store) -> None:
    assert not ask(store, "kappa of Granata's readers").answered
    assert "0.914" in told(ask(store, "kappa for the dynamic enhancement pattern"))


def test_a_wrong_diagnosis_is_one_however_it_is_called(store: Store) -> None:
    for question in ("What was wrongly diagnosed in Yang's series?", "most frequent wrong diagnosis of Yang"):
        answer = ask(store, question)
        assert answer.intent == "mimics"
        assert "majority of cases were misdiagnosed as hepatocellular carcinoma" in told(answer)


def test_an_indication_names_its_therapy_where_therapies_are_listed(store: Store) -> None:
    listed = ask(store, "Which drug relieves carcinoid syndrome?").clauses[0].text
    assert "local ablative therapy" in listed
    assert "course of disease" not in listed
