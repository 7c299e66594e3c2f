"""This module holds what a question asks besides its concepts, and whether a sentence says it.

A question on what is measured, prevented or came first is answered by a sentence that says so, and by no other sentence
on the same concepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ask.library import Indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a question with `cue` asks, and the `words` or kind of number that a sentence has which answers it.

    `must` if a sentence without them is no answer; `empty` is then what is missing. `alone` if such a sentence is none
    where another has them, `own` if only a paper's own data say it. With `intents` it holds only where one of these is
    asked for first.
    """

    cue: str
    words: str
    kinds: tuple[str, ...] = ()
    must: bool = False
    alone: bool = False
    own: bool = False
    empty: str = ""
    intents: tuple[str, ...] = ()

    def asked(self, question: str) -> bool:
        """Whether a question, in small letters and American spelling, asks it."""
        return re.search(self.cue, question) is not None

    def told(self, one: Indexed, *, whole: bool = True) -> bool:
        """Whether a statement, or with `whole` the sentence around it, says it."""
        if self.own and one.statement.evidence != "own":
            return False
        statistic = one.statement.statistic
        if statistic is not None and statistic.kind in self.kinds:
            return True
        return re.search(self.words, one.sentence if whole else one.said, re.IGNORECASE) is not None


def demanded(asked: Iterable[Telling]) -> tuple[Telling, ...]:
    """Those of the telling words without which a sentence is no answer."""
    return tuple(one for one in asked if one.must)


def telling_alone(asked: Iterable[Telling]) -> tuple[Telling, ...]:
    """Those of the telling words without which a sentence is no answer where another has them."""
    return tuple(one for one in asked if one.alone)


def satisfied(one: Indexed, asked: Sequence[Telling]) -> bool:
    """Whether a statement's sentence says all that is demanded, or the statement itself what may stand alone."""
    return all(each.told(one, whole=each.must) for each in asked)
