"""What a quiz is written as is read by those who are to read it: nothing is lost, nothing of a paper is live."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pypdfium2
import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from moodle_xml_parser.parser import parse_bytes
from qti_convert import downgrade_package, upgrade_package

from kg.quiz import Item, Option, Quiz, QuizError, Quote
from kg.quiz.formats import FORMATS, write
from kg.quiz.item import Fact

CONSUMERS = Path(__file__).parent / "consumers"
HOSTILE = (
    "≥ ≤ ± χ² κ ⁶⁸Ga “quoted” 'single' \"double\" & < > # ~ = { } : \\ [latex]x[/latex] [sound:a.mp3] {{Question}} "
    "<script>alert(1)</script> -> %25 ````"
)
FORMULA = "=HYPERLINK(1) +1 @x"
LONG = "very long option " * 120


def made_item(name: str, *options: str, stem: str, **more: Any) -> Item:
    quote = Quote(
        statement="x1/0a", source="x1", start=0, end=9, text=HOSTILE, citation="Author 2024, Journal, Table 1"
    )
    return Item(
        type="how-often",
        stem=stem,
        options=tuple(
            Option(
                text=text, correct=place == 1, feedback=f"Told of {place}: {HOSTILE}", proof="counts", quotes=(quote,)
            )
            for place, text in enumerate(options)
        ),
        feedback=f"General: {HOSTILE}",
        facts=(Fact(about=name, value="1/2", statements=("x1/0a",)),),
        quotes=(quote,),
        difficulty="easy",
        difficulty_reason="a test",
        bloom="remember",
        sources=("x1",),
        **more,
    )


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return Quiz(
        title="Quiz: κ & <b>title</b>",
        items=(
            made_item("hostile", "plain", HOSTILE, FORMULA, stem=f"Which one, by {HOSTILE}?"),
            made_item("long", "short", LONG, "other", stem="Which option is the long one here?", fixed_order=True),
            made_item("verdict", "True", "False", stem="A statement that is false."),
            made_item(
                "pairs",
                "a 1; b 2",
                "a 2; b 1",
                "a 1; b 1",
                stem="Which figure belongs to which of these?",
                pairs=(("a = κ", "2"), ("b {x}", "1")),
            ),
            made_item("short", "12 %", "34 %", "56 %", stem="What share does the paper report?", fixed_order=True),
        ),
        graph_hash="0123456789abcdef",
    )


def plain(text: str) -> str:
    """A text without its blanks: readers fold them each in their own way."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_quiz_gives_the_same_bytes_in_each_format(quiz: Quiz, name: str) -> None:
    assert write(quiz, name).data == write(quiz, name).data


def test_an_unknown_format_and_an_empty_quiz_are_refused(quiz: Quiz) -> None:
    with pytest.raises(QuizError, match="'papyrus'; there are: moodle, gift"):
        write(quiz, "papyrus")
    with pytest.raises(QuizError, match="no items"):
        write(replace(quiz, items=()), "pdf")


def test_a_gift_parser_reads_each_question_as_it_was(quiz: Quiz) -> None:
    assert (CONSUMERS / "node_modules").is_dir(), "run .ci/consumers first: it installs the GIFT parser"
    run = subprocess.run(
        ["node", "gift.js"], cwd=CONSUMERS, input=write(quiz, "gift").data, capture_output=True, check=True, timeout=60
    )
    category, *found = json.loads(run.stdout)
    assert category["type"] == "Category"
    assert [one["type"] for one in found] == ["MC", "MC", "TF", "Matching", "MC"]
    for one, item in zip(found, quiz.items, strict=True):
        assert (one["id"], one["title"], plain(one["stem"]["text"])) == (item.id, item.id, plain(item.stem))
        assert f"id-{item.id}" in one["tags"]
        assert plain(HOSTILE) in plain(one["globalFeedback"]["text"])
    for one, item in ((found[0], quiz.items[0]), (found[1], quiz.items[1])):
        assert [plain(choice["text"]["text"]) for choice in one["choices"]] == [plain(o.text) for o in item.options]
        assert [choice["isCorrect"] for choice in one["choices"]] == [option.correct for option in item.options]
        assert all(plain(HOSTILE) in plain(choice["feedback"]["text"]) for choice in one["choices"])
    assert found[2]["isTrue"] is False
    assert [(p["subquestion"]["text"], p["subanswer"]) for p in found[3]["matchPairs"]] == list(quiz.items[3].pairs)


class Tags(HTMLParser):
    """The tags of some HTML and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_moodle_xml_is_read_and_holds_no_markup_of_a_paper(quiz: Quiz) -> None:
    data = write(quiz, "moodle").data
    read = parse_bytes(data)["multichoice"]
    assert len(read) == 3
    assert [option.score_fraction for option in read[0].options] == [0, 100, 0]
    assert read[0].single is True
    assert [one.shuffle_answers for one in read] == [True, False, False]
    questions = ET.fromstring(data).findall("question")
    assert [one.get("type") for one in questions] == [
        "category",
        "multichoice",
        "multichoice",
        "truefalse",
        "matching",
        "multichoice",
    ]
    for question, item in zip(questions[1:], quiz.items, strict=True):
        assert question.findtext("idnumber") == item.id
        texts = [one.findtext("text") or "" for one in question.iter() if one.get("format") == "html"]
        assert all(set(Tags(text).found) == {"p"} for text in texts)
        assert Tags(texts[0]).text == item.stem
        assert HOSTILE in Tags(question.findtext("generalfeedback/text") or "").text
    answers = [Tags(one.findtext("text") or "").text for one in questions[1].findall("answer")]
    assert answers == [option.text for option in quiz.items[0].options]
    assert [one.findtext("text") for one in questions[3].findall("answer")] == ["true", "false"]


def qti_texts(files: dict[str, bytes], prefix: str) -> dict[str, tuple[str, ...]]:
    """For each item its prompt, choices, right choice and feedbacks."""
    found = {}
    for name, data in files.items():
        root = ET.fromstring(data)
        local = {id(one): one.tag.rpartition("}")[2] for one in root.iter()}
        if local[id(root)] not in (f"{prefix}assessmentItem", f"{prefix}assessment-item"):
            continue
        wanted = {"prompt", "simpleChoice", "simple-choice", "value", "modalFeedback", "modal-feedback"}
        parts = [one for one in root.iter() if local[id(one)].removeprefix(prefix) in wanted]
        found[str(root.get("identifier"))] = tuple(plain("".join(one.itertext())) for one in parts)
        assert name.startswith("items/")
    return found


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_qti_packages_of_both_versions_say_the_same_and_a_converter_takes_each_to_the_other(quiz: Quiz) -> None:
    two, three = (write(quiz, name).data for name in ("qti21", "qti30"))
    mine = qti_texts(unzipped(two), ""), qti_texts(unzipped(three), "qti-")
    assert mine[0] == mine[1]
    assert plain(quiz.items[0].options[1].text) in mine[0][f"item-{quiz.items[0].id}"]
    assert mine[0][f"item-{quiz.items[1].id}"][0] == "B"  # the letter of the right option
    upgraded = upgrade_package(two)
    assert qti_texts({n: as_bytes(d) for n, d in upgraded.files.items() if n.endswith(".xml")}, "qti-") == mine[1]
    downgraded = downgrade_package(three)
    assert qti_texts({n: as_bytes(d) for n, d in downgraded.files.items() if n.endswith(".xml")}, "") == mine[0]
    for data, hrefs in ((two, 6), (three, 6)):
        files = unzipped(data)
        manifest = ET.fromstring(files["imsmanifest.xml"])
        named = [one.get("href") for one in manifest.iter() if one.tag.endswith("}file")]
        assert len(named) == hrefs
        assert set(named) | {"imsmanifest.xml"} == set(files)


def as_bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection: Collection, folder: Path, quiz: Quiz) -> None:
    path = folder / "quiz.apkg"
    path.write_bytes(write(quiz, "anki").data)
    request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions(with_scheduling=False))
    collection.import_anki_package(request)


def test_anki_imports_the_deck_and_a_new_wording_keeps_the_note_and_its_cards(
    quiz: Quiz, collection: Collection, tmp_path: Path
) -> None:
    imported(collection, tmp_path, quiz)
    notes = {note.guid: note for note in (collection.get_note(i) for i in collection.find_notes(""))}
    assert set(notes) == {f"signum-{item.id}" for item in quiz.items}
    assert all(len(note.cards()) == 1 for note in notes.values())
    note = notes[f"signum-{quiz.items[0].id}"]
    assert Tags(note["Question"]).text == quiz.items[0].stem
    assert [HOSTILE in Tags(note[name]).text for name in ("Options", "Answer", "Feedback", "Sources")] == [True] * 4
    shown = note.cards()[0].answer()
    assert "<script>" not in shown
    assert "[sound:" not in shown
    assert "[latex]" not in shown
    card = note.cards()[0].id
    reworded = replace(quiz.items[0], stem="Reworded: which of these is it?", edited=True)
    imported(collection, tmp_path, replace(quiz, items=(reworded, *quiz.items[1:]), revised=1_800_000_000))
    assert collection.note_count() == len(quiz.items)
    after = collection.get_note(note.id)
    assert after["Question"] == "Reworded: which of these is it?"
    assert [one.id for one in after.cards()] == [card]


def test_the_h5p_package_follows_the_rules_of_packaging(quiz: Quiz) -> None:
    files = unzipped(write(quiz, "h5p").data)
    assert list(files) == ["h5p.json", "content/content.json"]
    package, content = (json.loads(files[name]) for name in files)
    assert {"title", "language", "mainLibrary", "embedTypes", "license", "preloadedDependencies"} <= set(package)
    named = {
        f"{one['machineName']} {one['majorVersion']}.{one['minorVersion']}" for one in package["preloadedDependencies"]
    }
    assert all(re.fullmatch(r"[\w.]+ \d+\.\d+", one) for one in named)
    assert any(one.startswith(f"{package['mainLibrary']} ") for one in named)
    assert {one["library"] for one in content["questions"]} <= named
    assert len({UUID(one["subContentId"]) for one in content["questions"]}) == len(quiz.items)
    first = content["questions"][0]["params"]
    assert [answer["correct"] for answer in first["answers"]] == [False, True, False]
    assert set(Tags(first["answers"][1]["text"]).found) == {"div"}
    assert Tags(first["answers"][1]["text"]).text == HOSTILE
    assert content["questions"][2]["params"]["correct"] == "false"


def test_an_h5p_server_takes_the_package_and_refuses_a_damaged_one(quiz: Quiz, tmp_path: Path) -> None:
    """Its rules for uploads: sizes, kinds of files, h5p.json by its schema, readable content; it has the libraries."""
    archive, folder = tmp_path / "quiz.h5p", tmp_path / "unpacked"
    archive.write_bytes(write(quiz, "h5p").data)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    assert by_h5p_server(archive, folder) == {"valid": True, "found": True}
    described = folder / "h5p.json"
    described.write_text(described.read_text(encoding="utf-8").replace('"language": "en"', '"language": "en_GB.utf8"'))
    (error,) = by_h5p_server(archive, folder)["errors"]
    assert "/language must match pattern" in error
    (folder / "content" / "content.json").write_text("{")
    assert not by_h5p_server(archive, folder)["valid"]


def by_h5p_server(archive: Path, folder: Path) -> Any:
    assert (CONSUMERS / "node_modules" / "@lumieducation").is_dir(), (
        "run .ci/consumers first: it installs the H5P server"
    )
    command = ["node", "h5p.js", str(archive), str(folder)]
    return json.loads(subprocess.run(command, cwd=CONSUMERS, capture_output=True, check=True, timeout=60).stdout)


@pytest.mark.parametrize(
    ("question", "answers", "taken"),
    [
        (120, [75, 75, 75, 75], True),
        (121, [75, 75, 75, 75], False),
        (120, [75, 76, 75, 75], False),
        (120, [10, 11, 12, 13, 14], False),
    ],
)
def test_what_the_template_of_kahoot_takes_stands_on_its_sheet_and_all_else_on_the_other(
    question: int, answers: list[int], taken: bool
) -> None:
    item = made_item(
        "limits", *(f"{place}".ljust(n, "x") for place, n in enumerate(answers)), stem="?".rjust(question, "q")
    )
    sheet, rest = openpyxl.load_workbook(
        io.BytesIO(write(Quiz(title="Limits", items=(item,)), "kahoot").data)
    ).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=9)]
    assert (len(rows), rest.max_row) == ((1, 1) if taken else (0, 2))
    if taken:
        (row,) = rows
        assert row[1] == item.stem
        assert row[2:6] == [option.text for option in item.options]
        assert row[6] in (5, 10, 20, 30, 60, 90, 120, 240)  # the seconds that the template allows
        assert row[7] == item.key + 1


def test_csv_and_spreadsheet_hold_everything_and_no_formula(quiz: Quiz) -> None:
    rows = list(csv.DictReader(io.StringIO(write(quiz, "csv").data.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [item.id for item in quiz.items]
    assert (rows[0]["option_b"], rows[0]["option_c"], rows[0]["key"]) == (HOSTILE, f"'{FORMULA}", "B")
    assert rows[1]["option_b"] == LONG
    book = openpyxl.load_workbook(io.BytesIO(write(quiz, "kahoot").data))
    sheet, rest = book.worksheets
    header = [cell.value for cell in sheet[8]]
    assert header[1:3] == ["Question - max 120 characters", "Answer 1 - max 75 characters"]
    short = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=9)]
    assert [row[1] for row in short] == [quiz.items[place].stem for place in (2, 3, 4)]
    assert [row[7] for row in short] == [2, 2, 2]
    long = [[cell.value for cell in row] for row in rest.iter_rows(min_row=2)]
    assert [row[0] for row in long] == [item.id for item in quiz.items[:2]]
    assert (long[0][3], long[0][4], long[1][3]) == (HOSTILE, FORMULA, LONG)
    assert all(cell.data_type != "f" for one in book.worksheets for row in one.iter_rows() for cell in row)


@pytest.mark.parametrize("key", [False, True])
def test_hand_outs_have_each_text_and_the_key_only_where_it_is_wanted(quiz: Quiz, key: bool) -> None:
    suffix = "-key" if key else ""
    document = docx.Document(io.BytesIO(write(quiz, f"docx{suffix}").data))
    word = "\n".join(paragraph.text for paragraph in document.paragraphs)
    pdf = pypdfium2.PdfDocument(write(quiz, f"pdf{suffix}").data)
    printed = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    for text in (word, printed.replace("\ufffe", "")):  # the reader's mark of a word that a line's end divides
        assert plain(quiz.items[1].stem) in plain(text)
        assert all(sign in text for sign in "≥≤±χ²κ⁶⁸&<#~={}\\[")
        assert plain("<script>alert(1)</script>") in plain(text)
        assert plain(text).count(plain("very long option ")) >= 120
        assert ("Key and feedback" in text) is key
        assert ("Told of 0" in text) is key
    assert plain(HOSTILE) in plain(word)


class Page(HTMLParser):
    """What a page would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.loads += [str(value) for name, value in attrs if name in ("src", "href", "action", "data", "srcset")]
        self.inline += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        named = dict(attrs)
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(named["content"])


def test_the_practice_page_loads_nothing_and_runs_only_its_own_script(quiz: Quiz) -> None:
    text = write(quiz, "html").data.decode()
    page = Page(text)
    assert (page.scripts, page.loads, page.inline) == (1, [], [])
    assert page.policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in page.policy
    assert "://" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
