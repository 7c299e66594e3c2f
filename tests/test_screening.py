"""A screened pattern finds what the plain one finds: on every sentence of the shipped papers, and on odd letters."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest
from ingest.frames import FRAMES, Frame
from ingest.readers import read_source
from ingest.screening import Pattern, Rows, Screened, screened, where_it_may_begin, words_needed
from kg.sources import folders

ROOT = Path(ingest.__file__).parent


def patterns() -> list[tuple[str, Screened]]:
    """Every screened pattern that a module of extraction holds, alone or in a tuple."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        for key, value in vars(importlib.import_module(name)).items():
            every = value if isinstance(value, tuple) else (value,)
            found += [(f"{name}.{key}", one) for one in every if isinstance(one, Screened)]
    return found


def test_screening_loses_nothing_of_the_shipped_papers() -> None:
    held = patterns()
    assert len(held) > 100
    texts = [read_source(folder).text for folder in folders(ROOT.parent / "sources")]
    sentences = [" ".join(part.split()) for text in texts for part in re.split(r"(?<=[.;])\s", text)]
    passed = 0
    for name, pattern in held:
        plain = re.compile(pattern.pattern, pattern.flags)
        for sentence in sentences:
            found = pattern.search(sentence)
            passed += found is None
            assert (found and found.span()) == ((m := plain.search(sentence)) and m.span()), (name, sentence)
    assert passed > len(held) * len(sentences) / 2


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (r"\b(?:not|no|none)\b", r"\b(?=[n])"),
        (r"(?<!the )\b(?:HCC|NET)s?\b", r"\b(?=[HN])"),
        (r"(?:a|b)?c+", "(?=[abc])"),
        (r"\s*(?:x|y)|\bz", ""),  # a blank may begin it
        (r"(?:a?|b)c*", ""),  # it may be empty
        (r"[a-z]+ed\b", ""),  # the engine sees that, and there are too many
    ],
)
@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE])
@given(text=st.text("aAbBcCdezZnNoOtTHEs x.\nſK", max_size=40))
def test_a_pattern_that_is_told_where_it_may_begin_finds_the_same(
    pattern: str, told: str, flags: re.RegexFlag, text: str
) -> None:
    plain = re.compile(pattern, flags)
    found = where_it_may_begin(plain)
    assert found.pattern == (f"{told}(?:{pattern})" if told else pattern)
    assert [m.span() for m in found.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_no_row_is_passed_over_whose_patterns_match() -> None:
    frames = Rows((patterns_of(frame), frame) for frame in FRAMES)
    texts = [read_source(folder).text for folder in folders(ROOT.parent / "sources")]
    sentences = [one for text in texts for one in re.split(r"(?<=[.;])\s", text)]
    tried = matching = 0
    for sentence in sentences:
        may_match = frames.that_may_match(sentence)
        tried += len(may_match)
        for frame in FRAMES:
            if all(re.search(one.pattern, sentence, re.RegexFlag(one.flags)) for one in patterns_of(frame)):
                matching += 1
                assert frame in may_match, (frame.name, sentence)
        assert list(may_match) == [frame for frame in FRAMES if frame in may_match]
    assert 0 < matching <= tried < len(sentences) * len(FRAMES) / 4


def patterns_of(frame: Frame) -> list[Pattern]:
    return [one for one in (frame.cue, frame.opening, frame.closing) if one is not None]


def test_a_word_that_a_later_pattern_needs_is_seen_in_a_text_read_before() -> None:
    text = "a quokka-like word that nothing needs so far"
    assert Rows([((screened("wombat"),), 1)]).that_may_match(text) == ()
    assert Rows([((screened("quokka"),), 2)]).that_may_match(text) == (2,)


def test_a_row_of_many_words_is_passed_over_as_well() -> None:
    many = screened("|".join(f"q{first}{second}x" for first in "abcdefgh" for second in "ijklmnop"))
    assert not isinstance(many, Screened)
    rows = Rows([((many,), 1), ((screened(r"\d"),), 2)])
    assert rows.that_may_match("washout") == (2,)
    assert rows.that_may_match("washout in qhpx") == (1, 2)


WORDS = (
    "aim of",
    "Purpose",
    "AIM",
    "of",
    "ſ",
    "ı",
    "K",
    "ß",
    "İ",
    "stage",
    "grade 3",
    "analysed",
    "tumours",
    "12",
    ".",
)


@pytest.mark.parametrize(
    "pattern",
    [
        screened(r"\b(?:aims?|purpose) of\b", re.IGNORECASE),
        screened(r"analy[sz]ed|tumou?rs?|(?:stage|grade) \d", re.IGNORECASE),
        screened(r"(?:link|Kit|sign)\w*", re.IGNORECASE),
        screened(r"(?<=of )Purpose|stage(?! 3)"),
    ],
)
@given(text=st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(alphabet="ſıKkigsnlt ", max_size=12))
def test_screening_is_exact(pattern: Screened, text: str) -> None:
    assert isinstance(pattern, Screened)
    plain = re.compile(pattern.pattern, pattern.flags)
    for start in (0, 2):
        one, other = pattern.search(text, start), plain.search(text, start)
        assert (one and one.span()) == (other and other.span())
        assert [m.span() for m in pattern.finditer(text, start)] == [m.span() for m in plain.finditer(text, start)]
    assert pattern.sub("_", text) == plain.sub("_", text)
    assert pattern.split(text) == plain.split(text)
    assert pattern.findall(text) == plain.findall(text)


def test_what_can_match_without_a_word_is_not_screened() -> None:
    for pattern in (r"\d+", r"(?:fat)?\d", r"(?:fat|\d)", "a", r"(?i:fat)"):
        assert words_needed(re.compile(pattern)) == frozenset(), pattern
