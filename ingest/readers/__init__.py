"""Readers: one file a format, asked in turn whether they can read a file, each turning it into RawText."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.readers.base import Reader, ReaderError
from ingest.readers.html import HtmlReader
from ingest.readers.jats import JatsReader
from ingest.readers.pdf import PdfReader
from ingest.readers.sniff import HEAD_BYTES, require_readable
from ingest.readers.text import TextReader
from ingest.sections import language_of
from ingest.text import RawText

__all__ = ["ORIGINALS", "READERS", "Reader", "ReaderError", "read", "read_source"]

# Asked in this order; plain text last, because every file of text looks like it.
READERS: Final[tuple[Reader, ...]] = (JatsReader(), HtmlReader(), PdfReader(), TextReader())

LANGUAGE_SAMPLE: Final = 20_000  # characters, enough small words to tell a language by

# What a source folder may hold beside text.txt: the file as the publisher gave it.
ORIGINALS: Final = ("paper.xml", "paper.pdf", "paper.html")


def read(path: Path, data: bytes) -> RawText:
    """What the file holds, by the first reader that can read it.

    The name counts (a PDF must be called .pdf) and so do the bytes. ReaderError, one sentence that begins with the
    file's name, where the file is empty, binary, damaged, locked, without text, or not what its suffix says.
    """
    require_readable(path, data)
    for reader in READERS:
        if reader.can_read(path, data[:HEAD_BYTES]):
            return _read_with(reader, path, data)
    raise ReaderError(f"{path.name}: no reader knows this kind of file; plain text, PDF, JATS XML and HTML can be read")


def _read_with(reader: Reader, path: Path, data: bytes) -> RawText:
    try:
        raw = reader.read(data)
    except ReaderError as error:
        raise ReaderError(f"{path.name}: {error}") from error
    if not raw.text.strip():
        raise ReaderError(f"{path.name} holds no text; give a file whose text can be selected and copied")
    return replace(raw, notes=(*raw.notes, *_language_notes(raw.text)))


def _language_notes(text: str) -> tuple[str, ...]:
    """A sentence for a person where most of the text is in another language than English."""
    letters = [letter for letter in text[:LANGUAGE_SAMPLE] if letter.isalpha()]
    if sum(letter >= "\u0370" for letter in letters) > 0.5 * len(letters):
        return ("most of the text is not in Latin letters; only English is read for statements",)
    language = language_of(text[:LANGUAGE_SAMPLE])
    if language == "en":
        return ()
    return (f"most of the text seems to be in another language ({language}); only English is read for statements",)


def read_source(folder: Path) -> RawText:
    """The source in a folder of sources/: its original read again, or its text.txt where there is no original.

    Where both are there, the text that is read must equal text.txt, in which all offsets count: else ReaderError.
    """
    originals = [folder / name for name in ORIGINALS if (folder / name).is_file()]
    if len(originals) > 1:
        raise ReaderError(f"{folder} holds {' and '.join(path.name for path in originals)}; keep one original")
    text_path = folder / "text.txt"
    if not originals:
        return read(text_path, _bytes_of(text_path))
    raw = read(originals[0], _bytes_of(originals[0]))
    stored = _bytes_of(text_path)
    if raw.text.encode() != stored:
        raise ReaderError(
            f"{originals[0]}: its text is not the one in text.txt (the file was changed, or is read differently now); "
            "put the original back, or remove the folder and add the paper again"
        )
    return raw


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(f"{path} cannot be read ({reason}); restore the file or its permissions") from error
