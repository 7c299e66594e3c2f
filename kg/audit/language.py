"""This module holds words against the number that they stand with: most, half, all; significant and not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, judge, of_kind, total_of
from kg.audit.rounding import HIGHEST, Rounded, meant, shown
from kg.model import Statistic
from kg.verdict import Verdict

SIGNIFICANT: Final = Fraction(5, 100)
# What a word of quantity needs, as a share in per cent; both ends may be reached by rounding.
ALL: Final = Rounded(Fraction(99), Fraction(100))
MORE_THAN_HALF: Final = Rounded(Fraction(50), Fraction(100))
LESS_THAN_HALF: Final = Rounded(Fraction(0), Fraction(50))
ABOUT_HALF: Final = Rounded(Fraction(40), Fraction(60))
# From the word to its number: some words, no other number, no new clause; the number in brackets.
TO_NUMBER: Final = r"[^.;:()\d]{0,110}\(\s*\Z"


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A word, the share that it needs, and what it needs in words; `strict` leaves out the lower end."""

    pattern: re.Pattern[str]
    share: Rounded
    need: str
    strict: bool = False


def _quantifier(words: str, share: Rounded, need: str, *, strict: bool = False) -> Quantifier:
    return Quantifier(re.compile(rf"\b(?P<word>{words}){TO_NUMBER}", re.IGNORECASE), share, need, strict)


# "most common" and "most of all" are superlatives: the word behind "most" is what is counted, or "of".
MOST: Final = (
    r"most(?= of\b| (?:\w+ ){0,2}(?:patients|cases|masses|lesions|tumou?rs|metastases|nodules|participants)\b|\s*\()"
    r"|(?:the |a )?majority"
)
QUANTIFIERS: Final = (
    _quantifier(MOST, MORE_THAN_HALF, "more than half", strict=True),
    _quantifier(r"more than half", MORE_THAN_HALF, "more than half", strict=True),
    _quantifier(r"less than half|(?:a )?minority", LESS_THAN_HALF, "less than half"),
    _quantifier(r"(?:about |nearly |almost |approximately )half", ABOUT_HALF, "about half"),
    _quantifier(
        r"(?<!not )(?:all|every)(?= (?:of )?(?:the )?(?:patients|cases|masses|lesions|tumou?rs|participants)\b)",
        ALL,
        "all",
    ),
)
NOT_SIGNIFICANT: Final = re.compile(
    r"\b(?:no|not|without|neither|nor|lack of)\b[^.;]{0,40}?\bsignifican|\b(?:in|non-?)significan",
    re.IGNORECASE,
)
IS_SIGNIFICANT: Final = re.compile(r"\bsignifican", re.IGNORECASE)
CLAUSE: Final = re.compile(r"[;]|\b(?:but|whereas|while|however|although)\b", re.IGNORECASE)
NOT_ONE_RESULT: Final = re.compile(
    r"\b(?:considered|defined|level|threshold|indicat\w+|set|denote\w*)\b", re.IGNORECASE
)


def quantifiers(paper: Paper) -> Iterator[Verdict]:
    """Does a word such as "most" fit the number in brackets behind it?"""
    for number in paper.numbers:
        share = _share(number.statistic)
        if share is None or number.first.section == "Table":
            continue
        before = paper.before(number, 200)
        found = ((one, match["word"]) for one in QUANTIFIERS if (match := one.pattern.search(before)))
        for quantifier, word in islice(found, 1):
            yield _fits(number, share, quantifier, word)


def _share(statistic: Statistic) -> Rounded | None:
    """The share in per cent that a number prints, None for what is no share."""
    n, total = count_of(statistic), total_of(statistic)
    if n is not None and total is not None:
        return Rounded(Fraction(100 * n, total), Fraction(100 * n, total))
    if statistic.kind == "percent_range" and statistic.low is not None and statistic.high is not None:
        return Rounded.between(statistic.low, statistic.high)
    if statistic.kind in ("percent", "proportion") and statistic.percent is not None:
        return meant(statistic.percent, statistic.op)
    return None


def _fits(number: Printed, share: Rounded, quantifier: Quantifier, word: str) -> Verdict:
    need = quantifier.share
    low = share.low if share.low > -HIGHEST else share.high
    enough = low > need.low if quantifier.strict else low >= need.low
    right = enough and (share.high <= need.high or share.high == HIGHEST)
    said = f"{shown(low, Decimal(0), least=0)} %" if number.statistic.kind != "percent_range" else f"{number.text}"
    explanation = f'"{word}" needs {quantifier.need}; {number.text} is {said}'
    if number.statistic.kind == "percent_range":
        explanation = f'"{word}" needs {quantifier.need}; the range {said} begins at {number.statistic.low} %'
    return judge(
        "quantifier", "consistent" if right else "inconsistent", [number], recomputed=said, explanation=explanation
    )


def significance(paper: Paper) -> Iterator[Verdict]:
    """Does a sentence that calls its one result significant, or not, print a P on that side of 0.05?"""
    for numbers in paper.sentences:
        probabilities = list(of_kind(numbers, "p_value"))
        quote = " ".join(numbers[0].first.quote.split())
        if probabilities and not CLAUSE.search(quote) and not NOT_ONE_RESULT.search(quote):
            yield from _called(probabilities, quote)


def _called(probabilities: Sequence[Printed], quote: str) -> Iterator[Verdict]:
    negated = NOT_SIGNIFICANT.search(quote)
    if negated is None and IS_SIGNIFICANT.search(quote) is None:
        return
    for number in probabilities:
        if number.statistic.p is None:
            continue
        allowed = meant(number.statistic.p, number.statistic.op)
        right = allowed.high >= SIGNIFICANT if negated else allowed.low < SIGNIFICANT
        called = "not significant" if negated else "significant"
        yield judge(
            "operator",
            "consistent" if right else "inconsistent",
            [number],
            recomputed="P of 0.05 or more" if negated else "P below 0.05",
            explanation=f"the sentence calls the result {called} and prints {number.text}",
        )
