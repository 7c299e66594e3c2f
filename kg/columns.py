"""This module says what each column of a table means, and in which unit its values are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# fmt: off
STATEMENT_MEANINGS: Final = {
    "statement": "IRI of the statement; it stays the same over rebuilds",
    "source": "key of the paper",
    "start": "characters (Unicode code points) of the paper's stored text before the quote",
    "end": "characters of the stored text before the end of the quote",
    "quote": "the stored text from start to end, character for character",
    "subject": "IRI of what the statement is about: a concept, or a phrase of the paper",
    "subject_label": "its name",
    "predicate": "the relation, such as has_sign",
    "object": "IRI of the other end",
    "object_label": "its name",
    "polarity": "present, or absent where the text says that it was not seen, not raised, none",
    "hedged": "true where the text says may, can, possibly, suggestive",
    "modality": "key of the imaging modality or test",
    "phase": "keys of the contrast phases or sequences",
    "comparator_label": "what the subject is compared with",
    "population": "the subgroup that the statement is about, in words",
    "unit_of_analysis": "patients or lesions: what is counted",
    "evidence": "own (the paper's data), cited (from other work) or background (neither)",
    "citations": "markers of the references that stand with it, as printed",
    "section": "section of the paper",
    "statistic_type": "kind of the number, such as proportion, percent, kappa",
    "printed": "the number as the paper prints it",
    "numerator": "n of n/N; with polarity absent and above 0, how many did not have it",
    "denominator": "N of n/N",
    "percent": "a share out of 100, as printed",
    "low": "lower end of a printed range, in the number's unit",
    "high": "upper end of a printed range, in the number's unit",
    "value": "a single value, in the number's unit",
    "unit": "the unit as printed; of a test statistic the name of the test",
    "mean": "printed mean, in the number's unit",
    "sd": "printed standard deviation, in the number's unit",
    "median": "printed median, in the number's unit",
    "iqr": "printed interquartile range as one number, in the number's unit",
    "ci_low": "lower limit of a printed confidence interval, in the number's unit",
    "ci_high": "upper limit of a printed confidence interval, in the number's unit",
    "ci_level": "level of a printed confidence interval, out of 100",
    "p": "printed p, a probability from 0 to 1; op says whether it is a bound",
    "op": "operator before the number: < > <= >= = ~",
    "origin": "extracted by a rule, or curated by a person",
    "rule": "the rule that read it",
    "confidence": "how sure the rule is, from 0 to 1; to rank by, no probability",
    "verdict": "the worst that the audit says of the number",
}
_OF_SIDE: Final = {
    "source": "key of the paper that counted it in {side}",
    "n": "how many in {side} have the finding",
    "N": "out of how many",
    "percent": "n of N, out of 100",
    "low": "lower Wilson limit (95 %), out of 100",
    "high": "upper Wilson limit (95 %), out of 100",
    "unit": "patients or lesions",
    "state": "seen, zero, in_words, not_reported, assessed or disagree",
    "statements": "ids of the statements behind the count",
}
COMPARISON_MEANINGS: Final = {
    "sign": "name of the finding",
    "key": "key of its concept, or the paper's words behind ~",
    "kind": "what the row rests on: counted in both, in one, or words",
    "variable": "what the finding is a level of, where a paper says so",
    "reading": "what the row may favour, in words",
    "within_study": "true where one study counted both",
    "rank": "place in the order: the interval limit on the side of 1, largest first",
    **{f"{side}_{name}": text.format(side=side.upper()) for side in ("a", "b") for name, text in _OF_SIDE.items()},
    "likelihood_ratio": "share in A over share in B (LR+ for A)",
    "likelihood_ratio_low": "its lower limit (95 %, log method)",
    "likelihood_ratio_high": "its upper limit (95 %, log method)",
    "corrected": "true where 0.5 was added to all four cells because one is 0",
    "difference": "share in A less share in B, from -1 to 1",
    "difference_low": "its lower limit (95 %, Newcombe)",
    "difference_high": "its upper limit (95 %, Newcombe)",
    "p": "two-sided p by Fisher's exact test, from 0 to 1",
    "why": "why the row stands where it does",
}
# fmt: on


def meanings(columns: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    """The meanings of some columns, in their order; a column without one is left out.

    >>> meanings(["quote"], STATEMENT_MEANINGS)
    {'quote': 'the stored text from start to end, character for character'}
    """
    return {name: known[name] for name in columns if name in known}
