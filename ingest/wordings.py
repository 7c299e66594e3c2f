"""This module turns a label of two parts into other ways to say it: 'symptom control' into 'control of symptoms' and
'controlled the symptoms', 'marked enhancement' into 'enhanced markedly', 'T2 hyperintensity' into 'bright on T2'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from ingest.tokens import Words, fold_word

WORDED_TYPES: Final = frozenset({"clinical-feature", "outcome", "sign"})
"""Types of what happens or is seen, which a verb may tell; a 'control group' is nothing that anybody controls."""

COPULAS: Final = ("is", "are", "was", "were")
_DONE_TO: Final = """
alleviation alleviate alleviated alleviating
amelioration ameliorate ameliorated ameliorating
control control controlled controlling
dilatation dilate dilated dilating
dilation dilate dilated dilating
displacement displace displaced displacing
encasement encase encased encasing
enlargement enlarge enlarged enlarging
improvement improve improved improving
invasion invade invaded invading
palliation palliate palliated palliating
reduction reduce reduced reducing
relief relieve relieved relieving
restriction restrict restricted restricting
retraction retract retracted retracting
secretion secrete secreted secreting
stabilization stabilize stabilized stabilizing
"""
_ENHANCING: Final = """
enhancement enhance enhanced enhancing
hyperenhancement hyperenhance hyperenhanced hyperenhancing
hypoenhancement hypoenhance hypoenhanced hypoenhancing
"""
_DOING: Final = f"{_ENHANCING}growth grow grew growing"
_ADVERBS: Final = """
avid avidly
fast fast
heterogeneous heterogeneously
homogeneous homogeneously
inhomogeneous inhomogeneously
intense intensely
marked markedly
mild mildly
minimal minimally
moderate moderately
peripheral peripherally
persistent persistently
poor poorly
progressive progressively
rapid rapidly
slight slightly
slow slowly
strong strongly
weak weakly
"""


def _rows(table: str) -> Mapping[str, Words]:
    """The rows of a table by their first word, all words folded as those of a text are."""
    split = [[fold_word(word) for word in line.split()] for line in table.strip().splitlines()]
    return {first: tuple(rest) for first, *rest in split}


DONE_TO: Final = _rows(_DONE_TO)
"""What is done to something, as a noun -> its verb, participle and gerund."""

DOING: Final = _rows(_DOING)
"""What something does by itself, as a noun -> its verb, past tense and gerund."""

ENHANCING: Final = _rows(_ENHANCING)

ADVERBS: Final = _rows(_ADVERBS)
"""How something is -> how it does so."""

BRIGHTNESS: Final[Mapping[str, tuple[str, ...]]] = {
    "hyperintensity": (
        *("hyperintensity", "hyperintense", "hyperintense signal", "high signal", "high signal intensity", "bright"),
        *("increased signal", "increased signal intensity", "bright signal", "high in signal"),
    ),
    "hypointensity": (
        *("hypointensity", "hypointense", "hypointense signal", "low signal", "low signal intensity", "dark"),
        *("decreased signal", "decreased signal intensity", "low in signal"),
    ),
}
"""Ways to say how bright something is in a kind of image."""

_WEIGHTED: Final = ("{0}", "{0}wi", "{0} weighted image", "{0} weighted imaging", "{0} weighted sequence")
SEQUENCES: Final[Mapping[Words, tuple[str, ...]]] = {
    ("t1",): tuple(way.format("t1") for way in (*_WEIGHTED, "{0} weighted mri")),
    ("t2",): tuple(way.format("t2") for way in (*_WEIGHTED, "{0} weighted mri")),
    ("dwi",): ("dwi", "diffusion weighted imaging", "diffusion weighted image", "diffusion weighted sequence"),
    ("adc",): ("adc", "adc map", "the adc map"),
    ("hepatobiliary", "phase"): ("hepatobiliary phase", "the hepatobiliary phase", "hepatobiliary phase image"),
}
"""The first words of a label -> ways to write the images that it is of."""


def worded(words: Words) -> Iterator[Words]:
    """The other ways to say a label of two parts; none where it has no such parts.

    >>> ("controlled", "the", "symptom") in set(worded(("symptom", "control")))
    True
    >>> ("bright", "on", "t2", "weighted", "image") in set(worded(("t2", "hyperintensity")))
    True
    >>> list(worded(("central", "scar")))
    []
    """
    if len(words) < 2:
        return
    *before, last = words
    if last in DONE_TO:
        yield from _done_to(tuple(before), last)
    if last in DOING and len(before) == 1:
        yield from _doing(before[0], last)
    if last in ENHANCING and before[-1] == "phase":
        yield from _in_phase(tuple(before), last)
    if last in BRIGHTNESS and tuple(before) in SEQUENCES:
        yield from _bright_on(tuple(before), last)


def _done_to(what: Words, noun: str) -> Iterator[Words]:
    """'invasion of the portal vein', 'invades the portal vein', 'the portal vein was invaded'."""
    participle = DONE_TO[noun][1]
    for article in ((), ("the",)):
        yield (noun, "of", *article, *what)
        for verb in DONE_TO[noun]:
            yield (verb, *article, *what)
    for copula in COPULAS:
        yield (*what, copula, participle)


def _doing(how: str, noun: str) -> Iterator[Words]:
    """'enhances strongly', 'strongly enhancing'."""
    for adverb, verb in product(ADVERBS.get(how, ()), DOING[noun]):
        yield (verb, adverb)
        yield (adverb, verb)


def _in_phase(phase: Words, noun: str) -> Iterator[Words]:
    """'hyperenhances in the arterial phase', 'hyperenhancement on arterial phase images'."""
    for verb, preposition in product((noun, *ENHANCING[noun]), ("in", "on", "during")):
        yield (verb, preposition, *phase)
        yield (verb, preposition, "the", *phase)


def _bright_on(images: Words, noun: str) -> Iterator[Words]:
    """'hyperintense on T2-weighted images', 'T2-hyperintense', 'high T2 signal'."""
    ways = [tuple(way.split()) for way in BRIGHTNESS[noun]]
    for way, image in product(ways, SEQUENCES[images]):
        for preposition in ("on", "in", "at"):
            yield (*way, preposition, *image.split())
    for way in ways:
        yield (*images, *way)
        if way[1:2] == ("signal",):
            yield (way[0], *images, *way[1:])
