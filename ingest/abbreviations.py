"""This module reads the abbreviations that a paper defines itself: 'hepatic venous phase (HVP)'."""

from __future__ import annotations

from typing import Final

from ingest.entities import Lexicon
from ingest.labels import is_acronym
from ingest.screening import screened

SHORT_FORM: Final = screened(r"\(\s*([A-Za-z0-9][A-Za-z0-9\-–/ ]{0,14}?)\s*(?:[;,][^()]*)?\)")
"""'(HVP)', '(HVP; 60 s)'."""

_MORE_WORDS: Final = 5
"""How many words a long form may have beyond one for each letter of its short form (Schwartz and Hearst 2003)."""

_MAIN_SHARE: Final = 0.6
"""The share of a long form that a concept's label must cover to be what it means."""


def defined_abbreviations(text: str, lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Short forms that a text itself defines, in singular and plural, with the concepts that their long forms name.

    A short form whose long form is no concept maps to (), so that the vocabulary's meaning of the same letters is not
    taken for it. One that could mean several things, or what the vocabulary takes it for, is left out.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in SHORT_FORM.finditer(text):
        short = match.group(1).strip()
        long = long_form(short, text[: match.start()]) if is_acronym(short) and short not in found else None
        keys = _meaning(short, long, lexicon) if long is not None else None
        if keys is not None:
            singular = short.removesuffix("s")
            found |= dict.fromkeys((short, singular, singular + "s"), keys)
    return found


def _meaning(short: str, long: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """The concept that a long form names, () if it names none, None if that is open."""
    keys = lexicon.lookup(long)
    if not keys:
        tokens = lexicon.tokens(long)
        at_the_end = [m for m in lexicon.mentions(tokens) if m.last == len(tokens)]
        keys = at_the_end[-1].keys if at_the_end and len(at_the_end[-1].text) > _MAIN_SHARE * len(long) else ()
    known = lexicon.lookup(short)
    if len(keys) > 1 or (not keys and known and not _shares_no_word(long, known, lexicon)):
        return None
    return keys


def _shares_no_word(long: str, keys: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether a long form has no word in common with any label of some concepts: it means something else."""
    words = set(lexicon.labels.words_of(long))
    labels = (label for key in keys for label in lexicon.concepts[key].labels)
    return all(words.isdisjoint(lexicon.labels.words_of(label)) for label in labels)


def long_form(short: str, before: str) -> str | None:
    """The words before a bracket that a short form abbreviates, None if its letters are not all there.

    After Schwartz and Hearst (2003): the letters are found from right to left in the words before the bracket, each
    the first that fits, the first letter at the beginning of a word.

    >>> long_form("PHNENs", "features of primary hepatic neuroendocrine neoplasms ")
    'primary hepatic neuroendocrine neoplasms'
    """
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    tail = " ".join(before.split()[-(len(letters) + _MORE_WORDS) :])
    at = len(tail)
    for place, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and not _fits(tail, at, letter, opens=place == 0):
            at -= 1
        if at < 0:
            return None
    long = tail[at:].strip()
    return long if len(long) > len(short) and "." not in long else None


def _fits(text: str, at: int, letter: str, *, opens: bool) -> bool:
    """Whether a letter stands at a place, and, where it opens the long form, at the beginning of a word."""
    return text[at].lower() == letter and not (opens and at > 0 and text[at - 1].isalnum())
