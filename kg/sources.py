"""This module reads the folders of sources/: source.toml, the stored text, and the original beside it."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from rapidfuzz import process

from kg.model import SHOWN_PARTS, ModelError, Source

TEXT_NAME: Final = "text.txt"
METADATA_NAME: Final = "source.toml"
HELD_OUT: Final = "held_out"
READ_WHOLE: Final = "read_whole"
SETTINGS: Final = frozenset({HELD_OUT, READ_WHOLE})
"""Fields of a source.toml that say what Signum does with a paper, and nothing of the paper."""
FIRST_YEAR, LAST_YEAR = 1600, 2100  # a scanned classic may come in; 20024 is a typing error


class SourceError(ValueError):
    """A source folder that cannot be used; the sentence names the file and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source as its folder holds it: `source.sha256` is always filled in, `text` is what offsets count in.

    Of a source that is `held_out` nothing is learnt, so that it can tell how well extraction does on a new paper.
    Of one that people `read_whole` the graph holds what they settled in its `curation.csv`, and nothing else.
    """

    source: Source
    text: str
    folder: Path
    held_out: bool = False
    read_whole: bool = False


def folders(directory: Path) -> tuple[Path, ...]:
    """Every folder of `directory` that is to hold a source, sorted by key; files and hidden folders are passed over.

    Raises SourceError if there is no such directory or it holds no folder.
    """
    if not directory.is_dir():
        raise SourceError(f"{directory} is no folder of sources; give one with --sources DIR")
    found = tuple(sorted(p for p in directory.iterdir() if p.is_dir() and not p.name.startswith(".")))
    if not found:
        raise SourceError(f"{directory} holds no source; add a folder <key>/ with {METADATA_NAME} and {TEXT_NAME}")
    return found


def read_folder(folder: Path) -> StoredSource:
    """Read one source folder and check it against its own hash. Raises SourceError with one sentence."""
    values = _read_values(folder / METADATA_NAME)
    source = _source_at(folder / METADATA_NAME, values, key=folder.name)
    text_path = folder / TEXT_NAME
    data = _read_bytes(text_path)
    text = _decode(data, text_path)
    digest = hashlib.sha256(data).hexdigest()
    if source.sha256 is not None and source.sha256 != digest:
        raise SourceError(
            f"{text_path} is not the text that {METADATA_NAME} describes: its sha256 is {digest}, written there is "
            f"{source.sha256}; restore the text, or correct sha256 if the change is meant"
        )
    source = replace(source, sha256=digest)
    chosen = {name: values.get(name, False) for name in SETTINGS}
    return StoredSource(source=source, text=text, folder=folder, **chosen)


def read_metadata(path: Path, *, key: str) -> Source:
    """Read a source.toml. Raises SourceError for bad TOML, an unknown field, or a value of the wrong kind."""
    return _source_at(path, _read_values(path), key=key)


def _read_values(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_decode(_read_bytes(path), path))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path} is no valid TOML: {error}") from None


def _source_at(path: Path, values: Mapping[str, Any], *, key: str) -> Source:
    try:
        return source_of(values, key=key)
    except ModelError as error:
        raise SourceError(f"{path}: {error}") from None


def source_of(values: Mapping[str, Any], *, key: str) -> Source:
    """Make a Source of the fields of a source.toml. Raises ModelError naming the field and its value.

    >>> source_of({"title": "A study", "year": 2020}, key="x1").year
    2020
    >>> source_of({"title": "A study", "yaer": 2020}, key="x1")
    Traceback (most recent call last):
    kg.model.ModelError: unknown field 'yaer' (did you mean 'year'?); allowed: title, study_design, authors, ...
    """
    for name, value in values.items():
        if name not in _FIELDS:
            raise ModelError(f"unknown field {name!r}{_did_you_mean(name)}; allowed: {', '.join(_FIELDS)}")
        if not _FIELDS[name].holds(value):
            raise ModelError(f"{name} is {value!r}; allowed: {_FIELDS[name].allowed}")
    if "title" not in values:
        raise ModelError('no title; add a line title = "..."')
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name not in SETTINGS
    }
    return Source(key=key, **given)


def write_metadata(source: Source) -> str:
    """The source.toml of a Source, fields that are not known left out; `source_of` reads it back.

    >>> print(write_metadata(Source(key="x1", title='On "washout"', authors=("Cui Y",), year=2017)), end="")
    title = "On \\"washout\\""
    authors = ["Cui Y"]
    year = 2017
    """
    values = {name: getattr(source, name) for name in _FIELDS if name not in SETTINGS}
    return "".join(f"{name} = {_toml(value)}\n" for name, value in values.items() if value not in (None, ()))


@dataclass(frozen=True, slots=True)
class _Field:
    holds: Callable[[Any], bool]
    allowed: str


_TEXT: Final = _Field(lambda value: isinstance(value, str) and bool(value.strip()), "a text that is not empty")
_FIELDS: Final[dict[str, _Field]] = {
    "title": _TEXT,
    "study_design": _TEXT,
    "authors": _Field(
        lambda value: isinstance(value, list) and all(_TEXT.holds(name) for name in value),
        'a list of names, as in ["Cui Y", "Li Z-W"]',
    ),
    "journal": _TEXT,
    "year": _Field(
        lambda value: type(value) is int and FIRST_YEAR <= value <= LAST_YEAR,
        f"a whole number from {FIRST_YEAR} to {LAST_YEAR}",
    ),
    "citation": _TEXT,
    "doi": _Field(
        lambda value: isinstance(value, str) and bool(re.fullmatch(r"10\.\d{4,9}/\S+", value)), "10.<number>/<name>"
    ),
    "licence": _TEXT,
    "show": _Field(lambda value: value in SHOWN_PARTS, ", ".join(f'"{part}"' for part in SHOWN_PARTS)),
    **dict.fromkeys(sorted(SETTINGS), _Field(lambda value: isinstance(value, bool), "true, false")),
    "sha256": _Field(
        lambda value: isinstance(value, str) and bool(re.fullmatch(r"[0-9a-f]{64}", value)), "64 hexadecimal digits"
    ),
}
if set(_FIELDS) - SETTINGS != {field.name for field in fields(Source)} - {
    "key"
}:  # a field of the model that no file could give
    raise AssertionError("kg.sources and kg.model.Source differ in their fields")


def _did_you_mean(name: str) -> str:
    near = process.extractOne(name, list(_FIELDS), score_cutoff=70)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _toml(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path} is missing; each source needs {METADATA_NAME} and {TEXT_NAME}") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from None


def _decode(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}; save it as UTF-8"
        ) from None
    if not text.strip():
        raise SourceError(f"{path} is empty; put the paper's text there")
    return text
