"""This module reads an uploaded paper beside the graph and says what it would change, and puts it among the sources.

The file is read, and its statements are found, by `signum add` and `signum build` in processes of their own, with
limits of time and memory, in a folder that is removed again. Nothing of the graph is touched before somebody confirms.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg import queries
from kg.compare import PairEvidence
from kg.compare.graph import pairs_of
from kg.lookup import vocabulary_of
from kg.model import Gap, Passage, Source, Statement
from kg.rebuild import ROOT, command, environment
from kg.store import Store, StoreError
from kg.verdict import Verdict

SUFFIXES: Final = ("txt", "nxml", "xml", "html", "htm", "pdf")
LARGEST: Final = 20 << 20  # bytes; the longest article that we know has 12
READ_SECONDS: Final = 30.0
ADD_SECONDS: Final = 90.0  # reading, and starting Python twice
PAPER_SECONDS: Final = 180.0
PAPER_GIGABYTES: Final = 2.0
BUILD_SECONDS: Final = 300.0
FIELDS: Final = ("title", "authors", "year", "doi", "licence")
# How the command line says it -> how a page does
HINTS: Final = (
    (r"; give it with --title", "; write it into the field Title"),
    (r": give another with --key|; give another with --key", ""),
    (r"--year is", "the year is"),
    (r"^signum (?:add|build): ", ""),
)


class AddError(ValueError):
    """An upload that cannot be added; the sentence says why. `known` is the key of the same paper that is here."""

    def __init__(self, sentence: str, known: str | None = None) -> None:
        super().__init__(sentence)
        self.known = known


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came: its name (nothing but its ending is used), its bytes, and what a person said of the paper."""

    name: str
    data: bytes = field(repr=False)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long each step may take, in seconds, and how much memory finding statements may."""

    read: float = READ_SECONDS
    add: float = ADD_SECONDS
    paper: float = PAPER_SECONDS
    build: float = BUILD_SECONDS
    gigabytes: float = PAPER_GIGABYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A comparison that would gain something: the pair's label, what it has now and what it would have.

    The numbers are of signs counted in both groups; `kind_before` is None for a pair of which nothing was known.
    """

    a: str
    b: str
    kind_before: str | None
    kind_after: str
    counted_before: int
    counted_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What was found in a paper that is not in the graph yet, and what it would change."""

    source: Source
    text: str = field(repr=False)
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    gaps: tuple[Gap, ...]
    verdicts: tuple[Verdict, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def sections(self) -> dict[str, int]:
        """Passages by section, in the order of the text."""
        return dict(Counter(passage.section for passage in self.passages if passage.kind != "table"))

    @property
    def tables(self) -> int:
        """How many tables there are."""
        return sum(passage.kind == "table" for passage in self.passages)

    @property
    def kinds(self) -> dict[str, int]:
        """Statements by predicate, the most frequent first."""
        return dict(Counter(statement.predicate for statement in self.statements).most_common())


def check(upload: Upload) -> None:
    """Refuse a file by its name and size, before anything reads it. Raises AddError."""
    ending = upload.name.rpartition(".")[2].casefold() if "." in upload.name else ""
    if ending not in SUFFIXES:
        raise AddError(f"{_shown(upload.name)} is not a paper that can be read; allowed: {', '.join(SUFFIXES)}")
    if not upload.data:
        raise AddError(f"{_shown(upload.name)} is empty; choose the file again")
    if len(upload.data) > LARGEST:
        size = len(upload.data) / (1 << 20)
        raise AddError(f"{_shown(upload.name)} has {size:.0f} MB; allowed: up to {LARGEST >> 20} MB")


def preview(
    upload: Upload,
    store: Store,
    known: Sequence[PairEvidence],
    *,
    limits: Limits = Limits(),
    watch: Callable[[str], None] = lambda step: None,
) -> Preview:
    """What is in an uploaded paper, and what it would change in a graph; `known` are that graph's pairs.

    `watch` is told each step in words. Raises AddError with one sentence; nothing is left behind in either case.
    """
    check(upload)
    with tempfile.TemporaryDirectory(prefix="signum-adding-") as folder:
        shelf, data = Path(folder) / "sources", Path(folder) / "build"
        watch("Reading the file")
        _add(upload, shelf, Path(folder), limits)
        (paper,) = shelf.iterdir()
        watch("Looking for statements")
        _build(shelf, data, limits)
        watch("Checking the numbers")
        small = _opened(data)
        (source,) = queries.sources(small)
        _refuse_known(source, store)
        statements = queries.statements(small)
        verdicts = queries.verdicts(small)
        watch("Comparing with the graph")
        return Preview(
            source=source,
            text=queries.text(small, paper.name),
            passages=tuple(sorted(queries.passages(small, paper.name), key=lambda one: one.span)),
            statements=statements,
            gaps=queries.gaps(small, paper.name),
            verdicts=verdicts,
            changes=_changes(store, statements, known),
        )


def send(upload: Upload, sources: Path, *, limits: Limits = Limits()) -> Path:
    """Put the paper among the sources, its statements waiting for review; gives its folder. Raises AddError."""
    check(upload)
    if not os.access(sources, os.W_OK):
        raise AddError(f"{sources} cannot be written to by this server; add the paper with signum add where it can")
    before = _folders(sources)
    with tempfile.TemporaryDirectory(prefix="signum-adding-") as folder:
        said = _add(upload, sources, Path(folder), limits, "--for-review")
    (key,) = {line.partition(":")[0] for line in said.splitlines()[:1]}
    if key in before or key not in _folders(sources):
        raise AddError(f"{key} is not among the sources now; look into {sources}")
    return sources / key


def _folders(sources: Path) -> frozenset[str]:
    return frozenset(path.name for path in sources.iterdir() if path.is_dir())


def _refuse_known(source: Source, store: Store) -> None:
    for one in queries.sources(store):
        same_doi = source.doi is not None and one.doi is not None and one.doi.casefold() == source.doi.casefold()
        if same_doi or (source.sha256 is not None and one.sha256 == source.sha256):
            raise AddError(f"Already here: {one.doi or one.title} ({one.short_name})", known=one.key)


def _opened(data: Path) -> Store:
    try:
        return Store.open(data)
    except StoreError as error:
        raise AddError(str(error)) from error


def _add(upload: Upload, shelf: Path, folder: Path, limits: Limits, *further: str) -> str:
    path = folder / _safe(upload.name)
    path.write_bytes(upload.data)
    given = [
        part
        for name in FIELDS
        if (value := " ".join(upload.fields.get(name, "").split()))
        for part in (f"--{name}={value}",)
    ]
    arguments = [str(path), "--sources", str(shelf), "--seconds", f"{limits.read:g}", "--no-count", *given, *further]
    return _run("add", arguments, limits.add)


def _build(shelf: Path, data: Path, limits: Limits) -> None:
    arguments = ["--sources", str(shelf), "--data", str(data), "--workers", "1"]
    arguments += ["--paper-seconds", f"{limits.paper:g}", "--paper-memory", f"{limits.gigabytes:g}"]
    _run("build", arguments, limits.build)


def _run(name: str, arguments: Sequence[str], seconds: float) -> str:
    """Run a command of signum in a group of processes of its own, all of which end with it. AddError if it fails."""
    process = subprocess.Popen(
        command(name, *arguments),
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with _ended(process):
        try:
            said, complaint = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise AddError(
                f"it took more than {seconds:g} s and was stopped; give the article's text or JATS XML"
            ) from None
    if process.returncode != 0:
        raise AddError(_sentence(complaint.decode(errors="replace"), process.returncode))
    return said.decode(errors="replace")


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave nothing of a group of processes behind, also when the page is left in the middle."""
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _sentence(complaint: str, status: int) -> str:
    """The last line that a command complained with, in the words of a page."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    said = next((line for line in reversed(lines) if line.startswith("signum ")), None)
    text = said or f"the file could not be read (exit code {status}); give the article's text or JATS XML"
    for pattern, words in HINTS:
        text = re.sub(pattern, words, text)
    return text


def _safe(name: str) -> str:
    """A file name that is one wherever it is written: letters, digits, and its own ending."""
    stem, _, ending = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")[:60]
    return f"{plain or 'paper'}.{ending.casefold()}"


def _shown(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:60] + "…")


def _changes(store: Store, new: Sequence[Statement], known: Sequence[PairEvidence]) -> tuple[Change, ...]:
    """The pairs whose comparison would gain counts, or that would be there for the first time."""
    vocabulary = vocabulary_of(store)
    before = {frozenset((pair.a, pair.b)): pair for pair in known}
    after = pairs_of((*queries.statements(store), *new), vocabulary)
    found = []
    for pair in after:
        was = before.get(frozenset((pair.a, pair.b)))
        if was is None or (was.kind, was.counted) != (pair.kind, pair.counted):
            found.append(
                Change(
                    a=pair.a,
                    b=pair.b,
                    kind_before=was.kind if was else None,
                    kind_after=pair.kind,
                    counted_before=was.counted if was else 0,
                    counted_after=pair.counted,
                )
            )
    return tuple(found)
