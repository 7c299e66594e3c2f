"""Plain text: what it is decoded to, and which blocks it falls into."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.base import ReaderError
from ingest.readers.text import TextReader
from ingest.sections import known_section, language_of
from ingest.text import Block, RawText, clean

SOURCES = Path(__file__).parents[1] / "sources"
PAPERS = sorted(SOURCES.glob("*/text.txt"))


def read(text: str) -> RawText:
    return TextReader().read(text.encode())


def blocks(text: str, kind: str | None = None) -> list[tuple[str, str, str]]:
    """Kind, section and clean text of each block."""
    raw = read(text)
    return [
        (block.kind, block.section, clean(raw.text, block).text) for block in raw.blocks if kind in (None, block.kind)
    ]


def paper(key: str) -> tuple[RawText, list[tuple[Block, str]]]:
    raw = TextReader().read((SOURCES / key / "text.txt").read_bytes())
    return raw, [(block, clean(raw.text, block).text) for block in raw.blocks]


SENTENCE = (
    "The lesions of all of the patients were seen in the arterial phase and they were washed out in the portal phase."
)


class TestDecoding:
    def test_stores_unix_line_ends_without_a_byte_order_mark(self) -> None:
        assert TextReader().read(b"\xef\xbb\xbfResults\r\n7/12\rmore").text == "Results\n7/12\nmore"

    def test_leaves_other_text_unchanged(self) -> None:
        text = " Results \n\n7/12 \u00a0 \ufb01brosis\n \n"
        assert read(text).text == text

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "no text"),
            (b" \n\t\n", "no text"),
            (b"Results\x00", "NUL byte at position 7"),
            (b"na\xefve", "byte 0xef at position 2"),
            ("Results".encode("utf-16"), "UTF-16"),
        ],
    )
    def test_refuses_what_is_no_plain_text_in_one_sentence(self, data: bytes, words: str) -> None:
        with pytest.raises(ReaderError, match=words):
            TextReader().read(data)

    @pytest.mark.parametrize(
        ("name", "head", "answer"), [("a.txt", b"x", True), ("a.pdf", b"%PDF", False), ("a", b"<html>", False)]
    )
    def test_says_whether_it_can_read(self, name: str, head: bytes, answer: bool) -> None:
        assert TextReader().can_read(Path(name), head) is answer


class TestNothingIsLost:
    @pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.parent.name)
    def test_every_character_of_a_paper_lies_in_exactly_one_block(self, path: Path) -> None:
        assert_each_once(TextReader().read(path.read_bytes()))

    @given(st.text(alphabet="abcD .\n\f|1:%-é", max_size=200))
    def test_every_character_of_any_text_lies_in_exactly_one_block(self, text: str) -> None:
        assert_each_once(read(text + "x"))


def assert_each_once(raw: RawText) -> None:
    seen = [0] * len(raw.text)
    for block in raw.blocks:
        for span in block.segments:
            for place in range(span.start, span.end):
                seen[place] += 1
    assert all(count == 1 for count, character in zip(seen, raw.text, strict=True) if not character.isspace())


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "section"),
        [
            ("INTRODUCTION", "Introduction"),
            ("2 Materials and methods", "Methods"),
            ("Patients and Methods:", "Methods"),
            ("3. Results", "Results"),
            ("Conclusions", "Conclusion"),
            ("References", "References"),
            ("Imaging data", None),
        ],
    )
    def test_name_their_section(self, heading: str, section: str | None) -> None:
        assert known_section(heading) == section

    def test_of_capitals_numbers_and_title_case_are_found(self) -> None:
        headings = ("INTRODUCTION", "2 Methods", "2.1 Study design", "Statistical Analysis", "RESULTS")
        body = "".join(f"{heading}\n\n{SENTENCE}\n\n" for heading in headings)
        found = [(section, text) for _, section, text in blocks(body + SENTENCE * 60, "heading")]
        assert found == [
            ("Introduction", "INTRODUCTION"),
            ("Methods", "2 Methods"),
            ("Methods", "2.1 Study design"),
            ("Methods", "Statistical Analysis"),
            ("Results", "RESULTS"),
        ]

    def test_run_into_a_paragraph_are_split_off(self) -> None:
        text = f"Abstract\nBackground: {SENTENCE}\n\nMethods: {SENTENCE}\n\nResults: {SENTENCE}\n"
        assert [(kind, words.split()[0]) for kind, _, words in blocks(text)] == [
            ("heading", "Abstract"),
            ("heading", "Background:"),
            ("paragraph", "The"),
            ("heading", "Methods:"),
            ("paragraph", "The"),
            ("heading", "Results:"),
            ("paragraph", "The"),
        ]

    def test_an_abstract_alone_is_abstract_throughout(self) -> None:
        text = (
            f"A title of an article about the liver\n\nPurpose\n{SENTENCE}\nMethods\n{SENTENCE}\nResults\n{SENTENCE}\n"
        )
        assert {section for kind, section, _ in blocks(text) if kind == "paragraph"} == {"Abstract"}
        assert blocks(text)[0][0] == "title"


class TestParagraphs:
    wrapped = (
        "Lesions of the liver were seen in all of the patients of this\n"
        "group and they were large. The others were smaller than those\n"
    )

    def test_go_on_behind_a_caption(self) -> None:
        text = (
            self.wrapped * 4
            + "as is shown in the arterial phase of the lesions in all of the\n\n"
            + "Figure 2: A mass of the liver.\n\npatients of the other group and in those of the controls.\n"
        )
        paragraphs = [words for kind, _, words in blocks(text) if kind == "paragraph"]
        assert any(
            words.endswith("in all of the patients of the other group and in those of the controls.")
            for words in paragraphs
        )
        assert ("caption", "Figure caption", "Figure 2: A mass of the liver.") in blocks(text)

    def test_go_on_behind_a_running_header(self) -> None:
        pages = [
            f"{self.wrapped}and the phase {number} that was seen in all of the patients of that\n"
            f"www.journal.example/name\n\fgroup was the portal phase {number} of those that had been examined.\n"
            for number in ("first", "second", "third")
        ]
        text = "".join(pages)
        assert [kind for kind, _, _ in blocks(text)].count("noise") == 3
        assert all("www" not in words for kind, _, words in blocks(text) if kind == "paragraph")
        assert any("patients of that group was the portal phase second" in words for _, _, words in blocks(text))

    def test_of_two_languages_with_their_lines_mixed_are_set_apart(self) -> None:
        text = (
            "The lesions of the liver were seen in all of the patients and\n"
            "As lesões do fígado foram vistas em todos os pacientes e não\n"
            "they were washed out in the portal phase of the examination.\n"
            "são as mais comuns na fase arterial do exame de todos os casos.\n"
        )
        raw = read(text)
        found = {block.language: clean(raw.text, block).text for block in raw.blocks}
        assert found["en"].startswith("The lesions")
        assert found["en"].endswith("of the examination.")
        assert found["pt"].startswith("As lesões")
        assert found["pt"].endswith("os casos.")

    def test_language_is_told_by_small_words(self) -> None:
        assert language_of("sendo o fígado o principal órgão acometido por suas metástases") == "pt"
        assert language_of("the liver being the main organ affected") == "en"


class TestTables:
    rows = (
        "Table 1 Characteristics of the patients\n | Group A | Group B | P\nMale | 7 (58%) | 5 (42%) | 0.41\n"
        "Age (years) | 61 ± 7 | 63 ± 9 | 0.52\n* One patient was excluded\n"
    )

    def test_of_rows_with_bars_are_one_block_under_their_caption(self) -> None:
        text = f"Results\n{SENTENCE}\n{self.rows}Outcome\n{SENTENCE}\n"
        found = blocks(text)
        assert [kind for kind, _, _ in found] == ["heading", "paragraph", "caption", "table", "heading", "paragraph"]
        assert "One patient was excluded" in found[3][2]

    def test_of_one_cell_a_line_are_one_block(self) -> None:
        raw, found = paper("cui2017")
        tables = [block for block, _ in found if block.kind == "table"]
        assert [block.locator for block in tables] == ["Table 1"]
        text = "".join(raw.text[span.start : span.end] for span in tables[0].segments)
        assert text.count("%)") == 22
        assert "Washout" in text
        assert "Figure" not in text


class TestThePapers:
    def test_a_sentence_cut_by_three_captions_and_a_table_is_one(self) -> None:
        _, found = paper("cui2017")
        assert any(
            "(Figures 2-5). The inter-observer variability" in text
            for block, text in found
            if block.kind == "paragraph"
        )

    def test_no_caption_is_lost(self) -> None:
        for key, count in {"cui2017": 8, "houat2020": 9, "yang2024": 8, "granata2019": 10, "veenendaal2006": 2}.items():
            _, found = paper(key)
            assert sum(block.kind == "caption" for block, _ in found) == count, key

    def test_columns_are_read_under_their_heading(self) -> None:
        _, found = paper("houat2020")
        sections = {text[:30]: block.section for block, text in found if block.kind == "paragraph"}
        assert sections["Collecting samples for anatomi"] == "Introduction"
        assert any(
            "lesions usually present a hyperintense signal on T2-weighted sequences" in text for _, text in found
        )

    def test_a_second_abstract_in_portuguese_is_marked(self) -> None:
        _, found = paper("houat2020")
        assert [text[:14] for block, text in found if block.language == "pt" and block.kind == "paragraph"] == [
            "As neoplasias "
        ]

    def test_front_matter_is_no_paragraph(self) -> None:
        _, found = paper("yang2024")
        first = next(block for block, _ in found if block.kind == "paragraph")
        assert first.section == "Abstract"
        assert any("@" in text for block, text in found if block.kind == "front")

    def test_sections_follow_one_another(self) -> None:
        for key, sections in {
            "yang2024": ["Abstract", "Introduction", "Methods", "Results", "Discussion"],
            "cui2017": ["Abstract", "Introduction", "Results", "Discussion", "Methods"],
            "veenendaal2006": ["Abstract", "Introduction", "other", "Conclusion"],
        }.items():
            _, found = paper(key)
            order = dict.fromkeys(block.section for block, _ in found if block.kind == "paragraph")
            order.pop("Conclusion", None) if "Conclusion" not in sections else None
            assert list(order) == sections


def test_two_lines_behind_a_blank_make_no_pages() -> None:
    lines = [f"The {number} line of a text about the liver and what is in it." for number in range(40)]
    paged = "\n".join(f" {line}" if place in (9, 19, 29) else line for place, line in enumerate(lines))
    unpaged = "\n".join(f" {line}" if place in (9, 19) else line for place, line in enumerate(lines))
    assert {block.page for block in TextReader().read(paged.encode()).blocks} == {1, 2, 3, 4}
    assert {block.page for block in TextReader().read(unpaged.encode()).blocks} == {None}
