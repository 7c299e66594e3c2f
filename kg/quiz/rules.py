"""This module checks an item as the NBME Item-Writing Guide asks: one row of RULES a flaw that a program can see.

Source of the flaws: National Board of Medical Examiners, Constructing Written Test Questions for the Health Sciences,
on testwiseness and irrelevant difficulty. What needs a reader (is the distractor plausible) is not checked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.quiz.item import Item

LONGER: Final = 1.6  # times the longest wrong option
LONGER_BY: Final = 25  # characters; of short options the ratio says nothing
LONGEST_STEM: Final = 700
LONGEST_OPTION: Final = 260
OPTION_COUNTS: Final = (3, 4, 5)
ABSOLUTE: Final = re.compile(
    r"\b(?:always|never|only|solely|exclusively|impossible|invariably|every|must)\b", re.IGNORECASE
)
VAGUE: Final = re.compile(
    r"\b(?:usually|often|rarely|frequently|sometimes|generally|commonly|occasionally|may|might)\b", re.I
)
ALL_OF_THEM: Final = re.compile(
    r"\b(?:all|none|both|neither)\b[^.]{0,12}\b(?:of the above|of these|of them|a and b)\b", re.I
)
NEGATIVE: Final = re.compile(r"\b(?:not|except|incorrect)\b", re.IGNORECASE)
SHOUTED: Final = re.compile(r"\b(?:NOT|EXCEPT)\b")
UNFOCUSED: Final = re.compile(
    r"which (?:one )?of the following(?: statements?| sentences?)?(?: is| are)? (?:true|correct|right|false|wrong)",
    re.IGNORECASE,
)
ARTICLE: Final = re.compile(r"\b(?:a|an)\s*[:?]?\s*\Z", re.IGNORECASE)
WORD: Final = re.compile(r"[a-z][a-z0-9-]{4,}")
NUMERIC: Final = re.compile(r"[<>≤≥]?\s*(?:about )?[\d.,–%/ ]+[a-zµ%/ ]{0,24}\Z", re.IGNORECASE)
NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
COMMON: Final = frozenset(("which", "these", "there", "their", "about", "patients", "percent", "against", "study"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of RULES: `question` is what it asks of an item, `look` gives a sentence for each flaw."""

    name: str
    question: str
    look: Callable[[Item], Iterable[str]]


def flaws(item: Item) -> tuple[str, ...]:
    """What is wrong with an item's writing, as '<rule>: <sentence>'; empty if nothing is."""
    return tuple(f"{rule.name}: {sentence}" for rule in RULES for sentence in rule.look(item))


def _wrong(item: Item) -> list[str]:
    return [option.text for option in item.options if not option.correct]


def _right(item: Item) -> str:
    return item.options[item.key].text


def _asks(item: Item) -> Iterator[str]:
    ends = item.stem.rstrip().endswith("?") or (item.is_true_false and item.stem.rstrip().endswith("."))
    if not ends:
        yield "the stem is no whole question; end it with a question mark"
    if len(item.stem.split()) < 6:
        yield "the stem is too short to be answered without the options"
    if len(item.stem) > LONGEST_STEM:
        yield f"the stem has {len(item.stem)} characters; allowed: up to {LONGEST_STEM}"


def _covered(item: Item) -> Iterator[str]:
    if UNFOCUSED.search(item.stem):
        yield "with the options covered the question cannot be answered; ask for one thing"


def _count(item: Item) -> Iterator[str]:
    if not item.is_true_false and len(item.options) not in OPTION_COUNTS:
        yield f"{len(item.options)} options; allowed: {OPTION_COUNTS[0]} to {OPTION_COUNTS[-1]}, or True and False"


def _longest(item: Item) -> Iterator[str]:
    right, wrong = len(_right(item)), max(map(len, _wrong(item)))
    if right > LONGER * wrong and right > wrong + LONGER_BY:
        yield "the right option is much longer than the others"
    if any(len(option.text) > LONGEST_OPTION for option in item.options):
        yield f"an option is longer than {LONGEST_OPTION} characters"


def _absolute(item: Item) -> Iterator[str]:
    texts = _wrong(item)
    if any(ABSOLUTE.search(text) for text in texts) and not ABSOLUTE.search(_right(item)):
        yield "an absolute word (always, never, only …) gives a wrong option away"


def _vague(item: Item) -> Iterator[str]:
    if any(VAGUE.search(option.text) for option in item.options):
        yield "a vague word of frequency stands in an option; give the number, or leave it out"


def _all(item: Item) -> Iterator[str]:
    if any(ALL_OF_THEM.search(option.text) for option in item.options):
        yield "“all” or “none of the above” is an option"


def _negative(item: Item) -> Iterator[str]:
    if item.is_true_false:
        return
    asked = item.stem.rsplit("”", 1)[-1]
    if NEGATIVE.search(asked) and not SHOUTED.search(asked):
        yield "the stem asks for an exception without setting the word in capitals"
    if SHOUTED.search(asked) and any(re.search(r"\b(?:no|not)\b", option.text) for option in item.options):
        yield "a negative stem and a negative option make a double negative"


def _grammar(item: Item) -> Iterator[str]:
    if ARTICLE.search(item.stem):
        yield "the stem ends in an article that fits some options only"
    firsts = [option.text.split()[0] for option in item.options if option.text[:1].isascii()]
    plain = [word for word in firsts if word.isalpha() and (word[1:].islower() or len(word) == 1)]
    starts = {word[0].isupper() for word in plain}
    if len(starts) > 1:
        yield "some options begin with a capital and some do not"
    ends = {option.text.endswith(".") for option in item.options}
    if len(ends) > 1:
        yield "some options are sentences and some are not"


def _alike(item: Item) -> Iterator[str]:
    numeric = [bool(NUMERIC.fullmatch(option.text)) for option in item.options]
    if any(numeric) and not all(numeric):
        yield "numbers and words are mixed among the options"


def _clang(item: Item) -> Iterator[str]:
    stem = set(WORD.findall(item.stem.casefold())) - COMMON
    words = [set(WORD.findall(option.text.casefold())) for option in item.options]
    own = [mine & stem - set().union(*(other for other in words if other is not mine)) for mine in words]
    repeated = sorted(own[item.key])
    if repeated and not any(mine for place, mine in enumerate(own) if place != item.key):
        yield f"“{repeated[0]}” stands in the stem and in the right option alone"


def _numbers(item: Item) -> Iterator[str]:
    texts = [option.text for option in item.options]
    if not all(NUMERIC.fullmatch(text) for text in texts):
        return
    stretches = [[float(one) for one in NUMBER.findall(text)] for text in texts]
    if any(not one for one in stretches):
        return
    if stretches != sorted(stretches) and stretches != sorted(stretches, reverse=True):
        yield "numeric options are not in order"
    ordered = sorted(stretches)
    if any(one[-1] > other[0] for one, other in pairwise(ordered)):
        yield "numeric options overlap"


def _twice(item: Item) -> Iterator[str]:
    texts = [" ".join(option.text.casefold().split()) for option in item.options]
    if len(set(texts)) < len(texts):
        yield "two options are the same"


def _converges(item: Item) -> Iterator[str]:
    """The right option is the only one to share words with every other one: the testwise take it."""
    if item.is_true_false or len(item.options) < 4 or item.pairs or item.order:
        return
    words = [set(WORD.findall(option.text.casefold())) for option in item.options]
    shared = [sum(bool(mine & other) for other in words) - 1 for mine in words]
    others = [count for place, count in enumerate(shared) if place != item.key]
    if shared[item.key] == len(words) - 1 and max(others) < len(words) - 2:
        yield "the right option has most in common with the others"


RULES: Final = (
    Rule(name="whole question", question="is the stem a whole question of a sensible length?", look=_asks),
    Rule(name="cover the options", question="can it be answered with the options covered?", look=_covered),
    Rule(name="number of options", question="are there three to five options, or True and False?", look=_count),
    Rule(name="longest option", question="is the right option no longer than the others?", look=_longest),
    Rule(name="absolute terms", question="does no absolute word give a wrong option away?", look=_absolute),
    Rule(name="vague terms", question="is no option a vague frequency?", look=_vague),
    Rule(name="all of the above", question="is no option “all” or “none of the above”?", look=_all),
    Rule(name="negative stem", question="is a NOT in capitals, and nowhere doubled?", look=_negative),
    Rule(name="grammatical cue", question="do all options fit the stem's grammar alike?", look=_grammar),
    Rule(name="one kind of option", question="are the options of one kind?", look=_alike),
    Rule(name="repeated words", question="does no word of the stem give the right option away?", look=_clang),
    Rule(name="ordered numbers", question="are numeric options in order and apart?", look=_numbers),
    Rule(name="different options", question="does each option say something else?", look=_twice),
    Rule(name="convergence", question="is the right option not the one most like the others?", look=_converges),
)
"""Every rule, in the order of a report."""
