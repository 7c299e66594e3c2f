"""This module proposes the paper's own words for what a number is about, where the vocabulary has no concept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ingest.candidates import Candidate, Slot, words_candidate
from ingest.features import COUNTED_GROUPS, KIND_GROUPS
from ingest.phrases import one_of, phrase
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import Sentence

LINK: Final = screened(
    one_of(
        *(
            r"[(:=,]+",
            "of",
            "was",
            "were",
            "is",
            "are",
            "at",
            "ranged",
            "ranging",
            "ranges",
            "from",
            "between",
            "being",
        ),
        *("set", "about", "approximately", "to", "measuring", "up", "over", "less", "more", "than", "with"),
    )
    + r"[(:=,]*"
)
"""What links a name to the number behind it: 'a slice thickness of', 'was', '('."""

NAME_WORD: Final = screened(r"[A-Za-z][\w\-/]*")
LONGEST_NAME: Final = 5
"""Words of a name."""

_FUNCTION_WORDS: Final = """
the a an and or of in on at by with for from to was were is are be been that which who whose this these those we our
it they he she we you had has have using used including included than as respectively per each both all some most
least between within after before during showed also not no its their while when where but however
"""
NOT_IN_A_NAME: Final = frozenset(_FUNCTION_WORDS.split())
"""Words that end a name on either side."""

VERBS: Final = frozenset({"was", "were", "is", "are", "had", "has", "have", "showed"})
SHORTEST_NAME: Final = 3
"""Characters; a shorter one is a letter or a sign."""

FARTHEST_NAME: Final = 300
"""Characters before a number, more than five words and their links take; a search of all before it would be slow."""

NO_NOUN: Final = screened(r"(?:versus|vs|presented|agreed|\w{3,}ed)\b", re.IGNORECASE)
"""Verbs that begin what was done, and no name."""

WORDS_BEHIND: Final = 5
OPENING_WORDS: Final = 8

COMBINED: Final = screened(r"\bcombin\w+(?: of)?(?: the)?(?: \w+){1,2}|\bin combination\b", re.IGNORECASE)
"""'combining the two': a rule that joins several findings is none of them."""

_ACCURACY: Final = phrase("sensitivity", "specificity", "accuracy", "AUC", "AUROC").pattern
ACCURACY_OF: Final = screened(
    rf"{_ACCURACY}(?:,? and \w+)*(?: values?)? (?:of|for) (?!\d)([^.;,()]{{4,80}}?) (?:in|for|were|was|at)\b",
    re.IGNORECASE,
)
"""'sensitivity and specificity of a rim for '."""


def words_before(slot: Slot) -> Iterator[Candidate]:
    """The words before a number ('a slice thickness of 5 mm'), where they are no concept's label."""
    sentence = slot.sentence
    start = max(sentence.start, slot.anchor.start - FARTHEST_NAME)
    # before a count a comma ends what is said of something else: 'In our series, 71% had'
    if slot.group in COUNTED_GROUPS and sentence.text[start : slot.anchor.start].rstrip().endswith(","):
        return
    words = _name_at_the_end(" ".join(_words_up_to(sentence.text[start : slot.anchor.start])))
    label = " ".join(words)
    if len(label) < SHORTEST_NAME or slot.paper.lexicon.lookup(label):
        return
    features = {
        "origin=words": 1.0,
        f"words|kind={slot.group}": 1.0,
        f"words|section={sentence.block.section}": 1.0,
        f"words|length={len(words)}": 1.0,
    }
    yield words_candidate(label, features)


def _words_up_to(text: str) -> list[str]:
    """The up to five words that end a text, what links a name to its number taken off."""
    words = text.split()
    while words and LINK.fullmatch(words[-1]):
        words.pop()
    found: list[str] = []
    for word in reversed(words[-LONGEST_NAME:]):
        bare = word.rstrip("(,:=") if not found else word
        if not NAME_WORD.fullmatch(bare):
            break
        found.insert(0, bare)
    return found


def _name_at_the_end(text: str) -> list[str]:
    """The last words of a text that may make up a name; a participle does not end one."""
    words: list[str] = []
    for word in reversed(text.split()):
        if word.lower() in NOT_IN_A_NAME or (word.endswith("ed") and not words):
            break
        words.insert(0, word)
    return words


def words_behind(sentence: Sentence, number: Reported) -> Iterator[Candidate]:
    """The words behind a number ('12 sessions of treatment'), up to the first that ends a name."""
    words: list[str] = []
    for word in re.findall(r"[^\W\d_][\w\-/]*|[^\w\s]", sentence.text[number.end : sentence.end])[:WORDS_BEHIND]:
        if not word[0].isalpha() or word.lower() in NOT_IN_A_NAME:
            break
        words.append(word)
    label = " ".join(words)
    if len(label) >= SHORTEST_NAME and not NO_NOUN.match(label):
        features = {
            "origin=words-behind": 1.0,
            f"words-behind|kind={KIND_GROUPS[number.kind]}": 1.0,
            f"words-behind|length={len(words)}": 1.0,
        }
        yield words_candidate(label, features, "words-behind")


@lru_cache(maxsize=8)  # each number of a sentence may ask
def opening_words(sentence: Sentence) -> Candidate:
    """What a sentence begins with, where the vocabulary knows nothing that it could be about."""
    words: list[str] = []
    for word in sentence.words.split()[:OPENING_WORDS]:
        if word.lower() in VERBS and words:
            break
        if words or (any(map(str.isalpha, word)) and word.lower() not in VERBS):
            words.append(word)
    label = " ".join(words).strip(" ,.;:()") or sentence.words[:40]
    return words_candidate(label, {"origin=opening": 1.0})


def measured_by(slot: Slot) -> Iterator[Candidate]:
    """What a sensitivity or specificity is said to be of, in the paper's own words ('of combining the two signs')."""
    if slot.group != "accuracy":
        return
    sentence = slot.sentence
    signs = [m for m in sentence.mentions if m.type == "sign"]
    combined = COMBINED.search(sentence.words)
    if combined is not None and not signs:
        yield words_candidate(combined.group(0), {"combined": 1.0})
    match = ACCURACY_OF.search(sentence.text, sentence.start, slot.anchor.first)
    if match is not None and match.group(1).split()[0].endswith("ing"):
        return
    if match is not None and not any(match.start(1) <= m.start and m.end <= match.end(1) for m in signs):
        yield words_candidate(match.group(1).strip(), {"accuracy-of": 1.0})
