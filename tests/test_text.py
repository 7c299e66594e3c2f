"""Clean text: what a person reads, with the place of every character in the stored text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import Block, CleanText, clean, keeps_hyphen
from kg.model import Span


def cleaned(text: str, *segments: tuple[int, int]) -> CleanText:
    spans = tuple(Span(start=start, end=end) for start, end in segments or [(0, len(text))])
    return clean(text, Block(kind="paragraph", section="other", segments=spans))


class TestWhiteSpace:
    @pytest.mark.parametrize(
        ("text", "result"),
        [
            ("two  blanks", "two blanks"),
            ("a line\nend", "a line end"),
            ("a\u00a0no-break\u2009thin blank", "a no-break thin blank"),
            ("  at the ends \n", "at the ends"),
            ("tab\tand feed\fof a page", "tab and feed of a page"),
        ],
    )
    def test_is_one_blank(self, text: str, result: str) -> None:
        assert cleaned(text).text == result


class TestCharactersThatAreNoLetters:
    @pytest.mark.parametrize(
        ("text", "result"),
        [
            ("soft\u00adhyphen", "softhyphen"),
            ("soft\u00ad\nhyphen", "softhyphen"),
            ("zero\u200bwidth", "zerowidth"),
            ("\ufb01brosis, \ufb02uid, e\ufb03cient", "fibrosis, fluid, efficient"),
        ],
    )
    def test_vanish_or_become_letters(self, text: str, result: str) -> None:
        assert cleaned(text).text == result

    def test_the_letters_of_a_ligature_share_its_place(self) -> None:
        result = cleaned("a \ufb01brosis")
        assert result.text[2:4] == "fi"
        assert result.source_span(2, 4) == Span(start=2, end=3)


class TestHyphensAtLineEnds:
    @pytest.mark.parametrize(
        ("text", "result"),
        [
            ("the he-\npatic vein, hepatic lesions", "the hepatic vein, hepatic lesions"),
            ("None-\ntheless it grows", "Nonetheless it grows"),
            ("over-\nall survival", "overall survival"),
            ("pancre- \natic mass", "pancreatic mass"),
            ("the ultrasound-\nguided way; ultrasound, guided", "the ultrasound-guided way; ultrasound, guided"),
            ("non-\nfunctioning tumours", "non-functioning tumours"),
            ("a metastasis-to-\nliver ratio; metastasis-to-liver", "a metastasis-to-liver ratio; metastasis-to-liver"),
            ("hepatobiliary-\nspecific contrast; hepatobiliary", "hepatobiliary-specific contrast; hepatobiliary"),
            ("well-\ndifferentiated NETs", "well-differentiated NETs"),
            ("the work-\nup of patients. Work-up", "the work-up of patients. Work-up"),
            ("68Ga-\nDOTATATE", "68Ga-DOTATATE"),
            ("GEP-\nNETs", "GEP-NETs"),
            ("(Figures 2-\n5)", "(Figures 2-5)"),
        ],
    )
    def test_join_a_word_and_stay_in_a_compound(self, text: str, result: str) -> None:
        assert cleaned(text).text == result

    def test_the_document_decides_before_the_rule(self) -> None:
        assert keeps_hyphen("non", "functioning", "functioning, non-functioning")
        assert not keeps_hyphen("non", "functioning", "functioning, nonfunctioning tumours")


class TestSegments:
    def test_are_read_as_one_with_a_blank_between(self) -> None:
        text = "the ratio was www.journal.org\n higher"
        assert cleaned(text, (0, 13), (31, 37)).text == "the ratio was higher"

    def test_a_word_cut_by_a_page_is_joined(self) -> None:
        text = "the he-\nwww.journal.org\npatic vein; hepatic"
        result = cleaned(text, (0, 7), (24, len(text)))
        assert result.text == "the hepatic vein; hepatic"
        assert (
            text[slice(*(result.source_span(4, 11).start, result.source_span(4, 11).end))]
            == "he-\nwww.journal.org\npatic"
        )


ALPHABET = "abc-ABC 12.\n\t\u00a0\u00ad\ufb01\u200b\f(≤±"


class TestTheOffsetMap:
    @given(st.text(alphabet=ALPHABET, max_size=80))
    def test_every_character_comes_from_its_place(self, text: str) -> None:
        result = cleaned(text + "x")
        for character, place in zip(result.text, result.offsets, strict=True):
            source = (text + "x")[place]
            assert source.isspace() if character == " " else character in unicodedata.normalize("NFKC", source)

    @given(st.text(alphabet=ALPHABET, max_size=80), st.data())
    def test_a_stretch_begins_and_ends_on_the_same_characters(self, text: str, data: st.DataObject) -> None:
        text += "x"
        result = cleaned(text)
        start = data.draw(st.integers(0, len(result.text) - 1))
        end = data.draw(st.integers(start + 1, len(result.text)))
        span = result.source_span(start, end)
        quote = text[span.start : span.end]
        assert result.text[start] in " " + unicodedata.normalize("NFKC", quote[0])
        assert result.text[end - 1] in " " + unicodedata.normalize("NFKC", quote[-1])

    @given(st.text(alphabet=ALPHABET, max_size=80))
    def test_places_never_go_back(self, text: str) -> None:
        offsets = cleaned(text + "x").offsets
        assert list(offsets) == sorted(offsets)

    @given(st.text(alphabet=ALPHABET, max_size=80))
    def test_cleaning_what_is_clean_changes_nothing(self, text: str) -> None:
        once = cleaned(text + "x").text
        assert cleaned(once).text == once
