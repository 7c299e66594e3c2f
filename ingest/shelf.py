"""This module puts papers into the folder of sources: keys, duplicates, and folders that are whole or not there."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.model import Source
from kg.sources import METADATA_NAME, TEXT_NAME, SourceError, read_metadata, write_metadata

UNFINISHED: Final = ".adding-"


class ShelfError(ValueError):
    """A paper that cannot be put on the shelf; the sentence says why and what to do."""


@dataclass(slots=True)
class Shelf:
    """The folder of sources with what is in it: the key of each DOI and of each text's hash."""

    directory: Path
    by_doi: dict[str, str] = field(default_factory=dict)
    by_hash: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, directory: Path) -> Shelf:
        """The shelf at this folder, made if it is missing; what an interrupted addition left behind is removed."""
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ShelfError(f"{directory} cannot be made ({error.strerror}); choose another with --sources") from error
        shelf = cls(directory)
        for folder in sorted(directory.iterdir()):
            if folder.name.startswith(UNFINISHED):
                _remove_leftover(folder)
            elif folder.is_dir() and not folder.name.startswith("."):
                shelf._learn(folder)
        return shelf

    def _learn(self, folder: Path) -> None:
        text = folder / TEXT_NAME
        if text.is_file():
            self.by_hash.setdefault(hashlib.sha256(text.read_bytes()).hexdigest(), folder.name)
        try:
            source = read_metadata(folder / METADATA_NAME, key=folder.name)
        except SourceError:
            return  # `signum validate` reports it; here only its text counts
        if source.doi is not None:
            self.by_doi.setdefault(source.doi.casefold(), folder.name)

    def refuse_known(self, source: Source) -> None:
        """Refuse a paper whose DOI or text is on the shelf already, naming its key."""
        known = self.by_doi.get(source.doi.casefold()) if source.doi is not None else None
        if known is not None:
            raise ShelfError(f"the paper with DOI {source.doi} is here already as {known!r}; nothing was added")
        known = self.by_hash.get(source.sha256 or "")
        if known is not None:
            raise ShelfError(f"a paper with exactly this text is here already as {known!r}; nothing was added")

    def free_key(self, wanted: str) -> str:
        """This key if no source has it, else with the first free letter behind it.

        >>> Shelf(Path("nowhere")).free_key("cui2017")
        'cui2017'
        """
        for ending in ("", *"bcdefghijklmnopqrstuvwxyz"):
            if not (self.directory / f"{wanted}{ending}").exists():
                return f"{wanted}{ending}"
        raise ShelfError(f"the keys {wanted} to {wanted}z are all taken; give another with --key")

    def put(
        self,
        source: Source,
        text: str,
        original: tuple[str, bytes] | None,
        settings: Mapping[str, bool] = MappingProxyType({}),
    ) -> Path:
        """The new folder of this source: source.toml, text.txt and the original under its name; whole or not at all.

        `settings` say what is done with the paper, as `read_whole` does.
        ShelfError where the key is taken (nothing is ever overwritten) or the disk refuses.
        """
        target = self.directory / source.key
        if target.exists():
            raise ShelfError(f"the key {source.key!r} is taken; nothing was added: give another with --key")
        metadata = write_metadata(source) + "".join(f"{name} = {str(on).lower()}\n" for name, on in settings.items())
        files = {METADATA_NAME: metadata.encode(), TEXT_NAME: text.encode()}
        if original is not None:
            files[original[0]] = original[1]
        try:
            with _unfinished(self.directory) as folder:
                _write(folder, files)
                folder.rename(target)
        except OSError as error:
            raise ShelfError(f"{target} cannot be written ({error.strerror}); nothing was added") from error
        self._learn(target)
        return target


def with_hash(source: Source, text: str) -> Source:
    """The source with the hash of its stored text."""
    return replace(source, sha256=hashlib.sha256(text.encode()).hexdigest())


def key_of(values: Mapping[str, object], stem: str) -> str:
    """A key from the first author and the year, else from the file's name.

    >>> key_of({"authors": ("Müller-Lüdenscheidt A",), "year": 2017}, "paper")
    'mullerludenscheidt2017'
    >>> key_of({}, "PMC_123 final")
    'pmc-123-final'
    """
    authors, year = values.get("authors"), values.get("year")
    if isinstance(authors, tuple) and authors and year is not None:
        surname = re.sub(r"[^a-z0-9]", "", _plain(" ".join(str(authors[0]).split()[:-1]) or str(authors[0])))
        if surname:
            return f"{surname}{year}"
    return re.sub(r"[^a-z0-9]+", "-", _plain(stem)).strip("-") or "paper"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in decomposed if letter.isascii()).lower()


@contextmanager
def _unfinished(directory: Path) -> Iterator[Path]:
    """A hidden folder that is removed again unless it was renamed; its name says which process is at work on it."""
    folder = Path(tempfile.mkdtemp(prefix=f"{UNFINISHED}{os.getpid()}-", dir=directory))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Each file written and forced to disk, so that the rename publishes whole files only."""
    for name, data in files.items():
        with (folder / name).open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def _remove_leftover(folder: Path) -> None:
    """Remove what a process left behind that was killed while it added a paper."""
    number = folder.name.removeprefix(UNFINISHED).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError):
        shutil.rmtree(folder, ignore_errors=True)
    except PermissionError:
        return  # another person's process is at work
