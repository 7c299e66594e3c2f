"""A source folder is read whole or refused with one sentence that names the file and what to do."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Source
from kg.sources import SourceError, folders, read_folder, source_of, write_metadata
from tests.tiny import write_source

ROOT = Path(__file__).resolve().parent.parent


def refusal(folder: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_folder(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_title_and_a_text_are_enough(tmp_path: Path) -> None:
    stored = read_folder(write_source(tmp_path, "x1", "washout in 1/2\n"))
    assert stored.source.title == "On x1"
    assert stored.source.sha256 == hashlib.sha256(b"washout in 1/2\n").hexdigest()


def test_the_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    text = "\ufeffone\r\ntwo\rthree\u2028four\n"
    folder = write_source(tmp_path, "x1", text)
    assert read_folder(folder).text == text
    assert read_folder(folder).text.encode() == (folder / "text.txt").read_bytes()


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("", "source.toml is empty"),
        ('title = "a', "is no valid TOML"),
        ("year = 2020\n", 'no title; add a line title = "..."'),
        ('title = "  "\n', "title is '  '; allowed: a text that is not empty"),
        ('title = "a"\nyear = "2020"\n', "year is '2020'; allowed: a whole number from 1600 to 2100"),
        ('title = "a"\nyear = 20024\n', "year is 20024; allowed: a whole number from 1600 to 2100"),
        ('title = "a"\nyear = true\n', "year is True; allowed"),
        ('title = "a"\nauthors = "Cui Y"\n', "authors is 'Cui Y'; allowed: a list of names"),
        ('title = "a"\ndoi = "https://doi.org/10.1/x"\n', "allowed: 10.<number>/<name>"),
        ('title = "a"\nsha256 = "12"\n', "sha256 is '12'; allowed: 64 hexadecimal digits"),
        ('title = "a"\njuornal = "b"\n', "unknown field 'juornal' (did you mean 'journal'?); allowed: title, "),
        ('title = "a"\n[title2]\n', "unknown field 'title2'"),
    ],
)
def test_a_bad_source_toml_is_named_with_its_value(toml: str, sentence: str, tmp_path: Path) -> None:
    message = refusal(write_source(tmp_path, "x1", "text", toml))
    assert sentence in message
    assert str(tmp_path / "x1" / "source.toml") in message


def test_a_missing_source_toml_is_named(tmp_path: Path) -> None:
    folder = write_source(tmp_path, "x1", "text")
    (folder / "source.toml").unlink()
    assert refusal(folder) == f"{folder / 'source.toml'} is missing; each source needs source.toml and text.txt"


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    folder = write_source(tmp_path, "x1", "text")
    (folder / "text.txt").unlink()
    assert "text.txt is missing" in refusal(folder)


def test_an_unreadable_text_is_named(tmp_path: Path) -> None:
    folder = write_source(tmp_path, "x1", "text")
    (folder / "text.txt").unlink()
    (folder / "text.txt").mkdir()
    assert "text.txt cannot be read: Is a directory" in refusal(folder)


def test_a_text_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_source(tmp_path, "x1", "text")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:  # a root user may read everything, so the system is not asked
        if path.name == "text.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "text.txt cannot be read: Permission denied" in refusal(folder)


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    assert "text.txt is empty" in refusal(write_source(tmp_path, "x1", " \n"))


def test_a_text_that_is_not_utf8_is_refused_with_the_byte(tmp_path: Path) -> None:
    folder = write_source(tmp_path, "x1", "text")
    (folder / "text.txt").write_bytes(b"1.15 \xb1 0.33")
    assert "is not UTF-8: byte 5 is 0xb1; save it as UTF-8" in refusal(folder)


def test_a_text_that_changed_is_refused_with_both_hashes(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"washout in 1/2").hexdigest()
    folder = write_source(tmp_path, "x1", "washout in 1/3", f'title = "a"\nsha256 = "{digest}"\n')
    message = refusal(folder)
    assert digest in message
    assert hashlib.sha256(b"washout in 1/3").hexdigest() in message


def test_a_key_that_could_not_stand_in_a_link_is_refused(tmp_path: Path) -> None:
    assert "source is 'Cui 2017'; allowed: lower-case letters" in refusal(write_source(tmp_path, "Cui 2017", "text"))


def test_no_folder_and_no_source_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no folder of sources; give one with --sources DIR"):
        folders(tmp_path / "nowhere")
    (tmp_path / ".git").mkdir()
    (tmp_path / "README").write_text("")
    with pytest.raises(SourceError, match="holds no source; add a folder <key>/"):
        folders(tmp_path)


WORDS = st.text(min_size=1, alphabet=st.characters(codec="utf-8")).filter(str.strip)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    title=WORDS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    journal=st.none() | WORDS,
    year=st.none() | st.integers(1600, 2100),
)
def test_metadata_survive_their_file(
    title: str, authors: tuple[str, ...], journal: str | None, year: int | None
) -> None:
    source = Source(key="x1", title=title, authors=authors, journal=journal, year=year)
    assert source_of(tomllib.loads(write_metadata(source)), key="x1") == source


def test_every_shipped_source_has_the_hash_of_its_text() -> None:
    for folder in folders(ROOT / "sources"):
        stored = read_folder(folder)
        assert f'sha256 = "{stored.source.sha256}"' in (folder / "source.toml").read_text(encoding="utf-8")
