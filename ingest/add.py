"""This module is `signum add`: it brings papers in and says what it found; where it fails it leaves nothing behind."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.readers import ORIGINALS, ReaderError
from ingest.readers.child import DEFAULT_BYTES, DEFAULT_SECONDS, read_in_child
from ingest.readers.sniff import SUFFIXES, USUAL_SUFFIX
from ingest.shelf import Shelf, ShelfError, key_of, with_hash
from ingest.text import RawText
from kg.model import SECTIONS, ModelError, Source
from kg.sources import READ_WHOLE, source_of

BAD_INPUT: Final = 2
# Options that name one paper: `--title` becomes the field 'title' of its source.toml.
FIELD_OPTIONS: Final = ("title", "authors", "journal", "year", "doi", "licence", "study_design", "citation")


class AddError(ValueError):
    """A request that cannot be met as it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How papers are to be added: what a person said of the one paper, and the limits for reading each.

    What is found in a paper that is added `for_review` waits until a reviewer has decided on it.
    """

    key: str | None = None
    fields: Mapping[str, object]
    count: bool = True
    for_review: bool = False
    seconds: float = DEFAULT_SECONDS
    memory_bytes: int = DEFAULT_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A paper that was added, and what was found in it; statements and gaps are None where nobody counted."""

    source: Source
    folder: Path
    sections: tuple[str, ...]
    tables: int
    statements: int | None
    gaps: int | None
    notes: tuple[str, ...]

    @property
    def report(self) -> str:
        """What a person reads: one line on the paper, one on what was found, one for each note."""
        found = [_many(len(self.sections), "section") + (f" ({', '.join(self.sections)})" if self.sections else "")]
        found.append(_many(self.tables, "table"))
        if self.statements is not None and self.gaps is not None:
            found += [_many(self.statements, "statement"), _many(self.gaps, "gap")]
        lines = [f"{self.source.key}: {self.source.title}", f"  added to {self.folder}: {', '.join(found)}"]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def add(path: Path, shelf: Shelf, request: Request) -> Added:
    """One paper, read and put on the shelf.

    ReaderError, ModelError or ShelfError, with one sentence, where it cannot be read, lacks a title, has a bad field,
    or is there already; the shelf is then as it was.
    """
    raw = read_in_child(path, seconds=request.seconds, memory_bytes=request.memory_bytes)
    values, notes = _known_fields(raw, request.fields, path)
    key = request.key or shelf.free_key(key_of(values, path.stem))
    source = with_hash(_source(values, key), raw.text)
    shelf.refuse_known(source)
    statements, gaps, problem = _counted(source, raw) if request.count else (None, None, None)
    settings = {READ_WHOLE: True} if request.for_review else {}
    folder = shelf.put(source, raw.text, _original(path), settings)
    return Added(
        source=source,
        folder=folder,
        sections=_sections(raw),
        tables=len(raw.tables) or sum(block.kind == "table" for block in raw.blocks),
        statements=statements,
        gaps=gaps,
        notes=(*notes, *raw.notes, *filter(None, [problem])),
    )


def _known_fields(raw: RawText, given: Mapping[str, object], path: Path) -> tuple[dict[str, object], list[str]]:
    """What the file says of the paper, overruled by what a person says; a field that the file has wrong is left out."""
    values: dict[str, object] = {}
    notes = []
    for name, value in raw.metadata.items():
        try:
            _source({"title": "any", name: value}, "any")
            values[name] = value
        except ModelError as error:
            notes.append(f"left out what the file says: {error}")
    values.update(given)
    if "title" not in values:
        title = next((block for block in raw.blocks if block.kind == "title"), None)
        if title is None:
            raise AddError(f"{path.name} does not state its title; give it with --title")
        parts = (raw.text[span.start : span.end] for span in title.segments)
        values["title"] = " ".join(" ".join(parts).split())
    return values, notes


def _source(values: Mapping[str, object], key: str) -> Source:
    return source_of({name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}, key=key)


def _original(path: Path) -> tuple[str, bytes] | None:
    """The file to be kept beside the stored text; None for plain text, which is the stored text."""
    suffix = USUAL_SUFFIX[SUFFIXES[path.suffix.lower()]]
    name = f"paper{suffix}"
    return (name, path.read_bytes()) if name in ORIGINALS else None


def _sections(raw: RawText) -> tuple[str, ...]:
    found = {block.section for block in raw.blocks}
    return tuple(section for section in SECTIONS if section in found and section not in ("Title", "other"))


def _counted(source: Source, raw: RawText) -> tuple[int | None, int | None, str | None]:
    """How many statements and gaps the next build will find, or a sentence on why nobody can say."""
    from ingest.pipeline import extract  # loads spaCy
    from kg.vocabulary import Vocabulary

    try:
        found = extract(source, raw, Vocabulary.load())
    except (ValueError, OSError) as error:
        return None, None, f"statements were not counted ({error})"
    return len(found.statements), len(found.gaps), None


# The command


def papers_in(given: Sequence[Path]) -> list[Path]:
    """The files to add: those named, and in each folder named all with a suffix that a reader knows, sorted."""
    papers: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix and file.suffix.lower() in SUFFIXES)
            found = [file for file in inside if file.is_file() and not file.is_symlink()]
            if not found:
                raise AddError(
                    f"{path} holds no paper; allowed are files ending in {', '.join(filter(None, SUFFIXES))}"
                )
            papers += found
        elif path.is_file():
            papers.append(path)
        else:
            raise AddError(f"{path} is neither a file nor a folder; check its name")
    return papers


def add_all(papers: Sequence[Path], shelf: Shelf, request: Request) -> list[str]:
    """Add each paper and print what was found; the sentences of those that were refused, the others go on."""
    if len(papers) > 1 and (request.key or request.fields):
        raise AddError(
            f"--key, --title and the like describe one paper, but {len(papers)} are to be added; add it alone"
        )
    refused = []
    for number, path in enumerate(papers, start=1):
        counter = f"[{number}/{len(papers)}] " if len(papers) > 1 else ""
        try:
            print(counter + add(path, shelf, request).report, flush=True)
        except (ReaderError, ModelError, ShelfError, AddError, OSError) as error:
            sentence = str(error) if path.name in str(error) else f"{path.name}: {error}"
            refused.append(sentence)
            print(f"{counter}signum add: {sentence}", file=sys.stderr, flush=True)
    return refused


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="signum add",
        description="Bring papers in: plain text, PDF, JATS XML or HTML. Options overrule what a file says of itself.",
    )
    parser.add_argument("papers", nargs="+", type=Path, metavar="FILE|FOLDER", help="a paper, or a folder of papers")
    parser.add_argument("--sources", type=Path, default=Path("sources"), metavar="DIR", help="the folder of sources")
    parser.add_argument("--key", help="the paper's short name, as in cui2017 (default: first author and year)")
    for name in FIELD_OPTIONS:
        parser.add_argument(f"--{name.replace('_', '-')}", help=_HELP.get(name))
    parser.add_argument("--no-count", action="store_true", help="do not look for statements yet (faster)")
    parser.add_argument(
        "--for-review", action="store_true", help="let its statements wait until a reviewer has decided on each"
    )
    parser.add_argument("--seconds", type=float, default=DEFAULT_SECONDS, help="the most that reading a paper may take")
    return parser


_HELP: Final = {
    "authors": "separated by ';', as in 'Cui Y; Li Z-W'",
    "doi": "as in 10.18632/oncotarget.22554",
    "licence": "as in 'CC BY 4.0'",
    "citation": "as in 'Oncotarget 2017;8:108146-108155'",
}


def _request(options: argparse.Namespace) -> Request:
    """The request of a command line; AddError for a year that is no number."""
    fields: dict[str, object] = {name: value for name in FIELD_OPTIONS if (value := getattr(options, name)) is not None}
    if "authors" in fields:
        fields["authors"] = tuple(filter(None, (name.strip() for name in str(fields["authors"]).split(";"))))
    if "year" in fields:
        if not str(fields["year"]).isdecimal():
            raise AddError(f"--year is {fields['year']!r}; allowed: a year, as in 2017")
        fields["year"] = int(str(fields["year"]))
    if "doi" in fields:
        fields["doi"] = str(fields["doi"]).removeprefix("https://doi.org/").removeprefix("doi:").strip()
    return Request(
        key=options.key,
        fields=fields,
        count=not options.no_count,
        for_review=options.for_review,
        seconds=options.seconds,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `signum add`: 0 where every paper was added, 2 where one was refused (the others are added)."""
    options = _parser().parse_args(arguments)
    try:
        request = _request(options)
        if request.key is not None:
            source_of({"title": "any"}, key=request.key)
        papers = papers_in(options.papers)
        refused = add_all(papers, Shelf.open(options.sources), request)
    except ValueError as error:
        print(f"signum add: {error}", file=sys.stderr)
        return BAD_INPUT
    if len(papers) > 1:
        print(f"{len(papers) - len(refused)} of {len(papers)} papers added to {options.sources}")
    return BAD_INPUT if refused else 0


if __name__ == "__main__":
    sys.exit(main())
