"""How often, in the author's words: shown where a finding is said to be there, and never the word of something else."""

from __future__ import annotations

import pytest

from kg.compare import matrix_statements
from kg.compare.words import only_matters
from kg.evidence import how_often, state_words
from kg.model import Concept, Entity, Span, Statement

WORDS = [
    ("Calcification is rare in these masses.", "calcification", "rare"),
    ("In a metastasis, a calcification component is uncommon.", "calcification", "uncommon"),
    ("Calcification is rare; necrosis is often seen.", "necrosis", "often"),
    ("Most of the masses were round, while some showed lobulation.", "lobulated shape", None),
    ("These are rare tumors with calcification.", "calcification", None),
    ("Calcification was seen.", "calcification", None),
    ("(4) Calcification and fat deposition are rare, as well as thrombi.", "tumor in vein", "rare"),
    ("While the lung is the common site of metastasis, these masses are uncommon.", "lung metastasis", None),
    ("She had abdominal pain, occasional dizziness, and fatigue.", "abdominal pain", None),
    ("She had abdominal pain, occasional dizziness, and fatigue.", "dizziness", "occasional"),
    ("The lesions are small and metastases to lymph nodes are uncommon.", "small lesion", None),
    ("The masses are usually single, with or without cystic areas.", "cystic change", None),
    ("Low grade (usually round, no necrosis) and high grade were told apart.", "high grade", None),
    ("The enhancement is less marked, and often delayed.", "marked enhancement", None),
    ("Washout was more frequently seen.", "washout", "more frequently"),
    ("They are the most frequent cysts with fat.", "fat", None),
]


def said(quote: str, label: str, **fields: object) -> Statement:
    values = {"subject": Entity(key="phnen", label="PHNEN"), "predicate": "has_sign", **fields}
    span = Span(start=0, end=len(quote))
    return Statement(source="x1", span=span, quote=quote, object=Entity(label=label), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("quote", "label", "word"), WORDS)
def test_the_word_is_that_of_the_finding(quote: str, label: str, word: str | None) -> None:
    one = said(quote, label)
    assert how_often(one) == word
    assert state_words(one) == ("present" if word is None else f"present, “{word}”")


def test_a_matrix_shows_the_word_and_what_is_said_only_in_comparison() -> None:
    diseases = [Concept(key=key, type="disease", label=key) for key in ("phnen", "hcc")]
    sign = Concept(key="washout", type="sign", label="washout")
    told = Statement(
        source="x1",
        span=Span(start=50, end=72),
        quote="Washout tells A from B",
        subject=Entity(key="washout", label="washout"),
        predicate="discriminates",
        object=Entity(key="phnen", label="PHNEN"),
        comparator=Entity(key="hcc", label="HCC"),
    )
    rare = said("Fat is rare in these masses.", "fat")

    class Flat:
        def ancestors(self, key: str) -> tuple[str, ...]:
            return ()

    made = matrix_statements([rare, told], diseases, Flat(), concepts={"washout": sign})
    texts = {row.finding.label: [cell.text for cell in row.cells] for row in made.rows}
    assert texts["fat"] == ["in words (1): “rare”", "— not reported"]
    assert texts["washout"] == ["only compared (1)", "— not reported"]
    assert told.id in made.statements


def test_a_sentence_that_only_says_that_it_matters_is_known() -> None:
    assert only_matters("the differentiation of metastases between NETs and adenocarcinomas may be noteworthy")
    assert only_matters("It is important to distinguish A from B")
    assert not only_matters("A differs from B by its washout, which is important")
