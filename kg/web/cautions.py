"""This module says a warning in the few words that fit beside a row; the opened row has it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

LONGEST: Final = 34  # characters that fit in the last column of the table
SHOWN: Final = 2  # warnings beside a row; more of them are counted
# How the core's sentence begins -> what a cell says of it. A sentence that begins otherwise is shortened by `_cut`.
SHORT_FORMS: Final = (
    ("P depends on the test", "P depends on test"),
    ("cut-off and its accuracy come from the same", "cut-off chosen on these patients"),
    ("two studies", "two studies"),
    ("sensitivity ", "sensitivity does not fit"),
    ("specificity ", "specificity does not fit"),
)
# Between the name and the number the core may say which disease is meant.
ACCURACY: Final = re.compile(r"(sensitivity|specificity)\b.*? printed (\d+ of \d+), the counts give (\d+ of \d+)")
EXCHANGED: Final = "Se/Sp exchanged?"


def short_warnings(warnings: Sequence[str]) -> list[str]:
    """What a cell says of some warnings, the first two, then how many more there are.

    >>> short_warnings(["P depends on the test: printed P = 0.038, Fisher's exact test 0.075"])
    ['P depends on test']
    >>> swapped = ("sensitivity printed 17 of 23, the counts give 21 of 23",
    ...            "specificity printed 21 of 23, the counts give 17 of 23")
    >>> short_warnings(swapped)
    ['Se/Sp exchanged?']
    >>> short_warnings(["one", "two", "three", "four"])
    ['one', 'two', '2 more in the row']
    """
    found = list(dict.fromkeys(_shortened(warnings)))
    more = len(found) - SHOWN
    return found if more < 1 else [*found[:SHOWN], f"{more} more in the row"]


def _shortened(warnings: Sequence[str]) -> Iterator[str]:
    exchanged = _exchanged(warnings)
    for warning in warnings:
        if warning in exchanged:
            yield EXCHANGED
        else:
            yield next((short for start, short in SHORT_FORMS if warning.startswith(start)), None) or _cut(warning)


def _exchanged(warnings: Sequence[str]) -> set[str]:
    """The warnings that a sensitivity and a specificity give together when each is printed as the other's count."""
    read = [(match, warning) for warning in warnings if (match := ACCURACY.match(warning))]
    return {
        warning
        for (one, warning), (other, _) in permutations(read, 2)
        if one[1] != other[1] and (one[2], one[3]) == (other[3], other[2])
    }


def _cut(warning: str) -> str:
    """A warning up to its first colon or comma if it is long, else up to a whole word.

    >>> _cut("18/23 is 78.3 %, printed 26.1 %"), _cut("x" * 20 + " y" * 20)
    ('18/23 is 78.3 %, printed 26.1 %', 'xxxxxxxxxxxxxxxxxxxx y y y y y y…')
    """
    text = warning.rstrip(".")
    if len(text) <= LONGEST:
        return text
    first = re.split(r"[:;,]\s", text, maxsplit=1)[0]
    return first if len(first) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
