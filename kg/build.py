"""This module turns source folders into the files of the graph: the same input to the same bytes, a file at once."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kg
from kg import curation, history, queries, rdf
from kg.curation import CURATION_NAME, REPORTS_NAME
from kg.files import remove_gone, write_curation, write_following
from kg.manifest import (
    Made,
    SourceCounts,
    clear_journal,
    code_digest,
    curation_file,
    file_hash,
    fingerprint,
    hash_of_curation,
    hashes,
    note_done,
    read_account,
    write_manifest,
)
from kg.model import Source
from kg.processes import PROBLEM, Answer, Answers, Engine, Program
from kg.publish import BuildError, only_writer, write, write_or_remove
from kg.sources import SourceError, StoredSource, folders, read_folder
from kg.store import MANIFEST_NAME
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from ingest.pipeline import Extraction

__all__ = ["MANIFEST_NAME", "BuildError", "BuildReport", "Curated", "SourceCounts", "build", "curated"]

ONTOLOGY_NAME: Final = "_ontology.nq"
SET_ASIDE_NAME: Final = "set_aside.json"  # why each source is missing that the last build could not read
PAPER_SECONDS: Final = 600.0  # the slowest article that we know takes 20
PAPER_MEMORY: Final = 4 << 30  # bytes; the largest takes a twentieth

# What a mistake in our code, or a library's, raises on a text that nobody thought of. Bad input is a ValueError.
FAULTS: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError)

_log = logging.getLogger(__name__)

Extract = Callable[[StoredSource, Vocabulary], "Extraction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. `problems` are sentences, one for each source that is not in the graph as it should be.

    Those of curations that could not be applied are in `sources`, and are among the `problems` too.
    `kept` are the keys whose file was up to date already; `graph_hash` names the state of the data.
    """

    sources: tuple[SourceCounts, ...]
    problems: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    graph_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one source may take. The defaults are far above what any article is known to need."""

    seconds: float = PAPER_SECONDS
    memory_bytes: int = PAPER_MEMORY

    def __post_init__(self) -> None:
        """Raise BuildError unless both are above 0."""
        if self.seconds <= 0 or self.memory_bytes <= 0:
            raise BuildError("a paper needs some time and memory; give limits above 0")


def extract_source(stored: StoredSource, vocabulary: Vocabulary, weights: Path | None = None) -> Extraction:
    """Read a source and take its statements, with the shipped weights if none are given.

    Raises ValueError if a reader refuses the source, or reads another text.
    """
    from ingest.pipeline import extract, shipped_weights  # spaCy is loaded here and nowhere else in kg
    from ingest.readers import read_source

    raw = read_source(stored.folder)
    if raw.text != stored.text:
        raise SourceError(f"{stored.folder} changed while it was read; build again")
    return extract(stored.source, raw, vocabulary, shipped_weights(weights) if weights else None)


def require_weights(path: Path) -> Path:
    """The path, in full, of a file of weights. Raises WeightsError, a sentence, if it is none."""
    from ingest.ranking import load_weights

    load_weights(path)
    return path.resolve()


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """What was extracted from a source with its curations applied, and what became of each.

    `refused` are sentences, one for each row that could not be read or applied.
    """

    extraction: Extraction
    applied: curation.Applied
    refused: tuple[str, ...] = ()

    @property
    def curation_file(self) -> str:
        """The N-Quads of this source's part of the graph `curation`."""
        return curation.curation_nquads(self.extraction.source.key, self.applied.outcomes, self.applied.waiting)


def curated(stored: StoredSource, vocabulary: Vocabulary, extract: Extract = extract_source) -> Curated:
    """Extract a source and apply the `curation.csv` of its folder. Raises CurationError if that is damaged."""
    reading = curation.read(stored.folder / CURATION_NAME)
    extraction = extract(stored, vocabulary)
    applied = curation.apply(
        reading.curations,
        extraction.statements,
        curation.Setting(
            source=stored.source.key,
            text=stored.text,
            passages=extraction.passages,
            vocabulary=vocabulary,
            read_whole=stored.read_whole,
        ),
    )
    failed = (
        f"{CURATION_NAME}, line {one.curation.line} ({one.curation.id}): {one.sentence}"
        for one in applied.with_status("failed")
    )
    return Curated(
        extraction=replace(extraction, statements=applied.statements),
        applied=applied,
        refused=(*reading.problems, *failed),
    )


def uncurated(stored: StoredSource, vocabulary: Vocabulary, extract: Extract = extract_source) -> Curated:
    """Extract a source and leave its curations out."""
    extraction = extract(stored, vocabulary)
    return Curated(extraction=extraction, applied=curation.Applied(statements=extraction.statements, outcomes=()))


def source_file(extraction: Extraction) -> str:
    """The N-Quads of one source: its metadata, text, passages, statements and gaps."""
    return rdf.source_nquads(
        extraction.source, extraction.raw.text, extraction.passages, extraction.statements, extraction.gaps
    )


def ontology_file(vocabulary: Vocabulary) -> str:
    """The N-Quads of the vocabulary, the schema and the named queries."""
    further = queries.executables()
    return rdf.concept_nquads(vocabulary.concepts.values(), kg.ONTOLOGY / "schema.ttl", further=further)


def build(
    sources: Path,
    data: Path,
    *,
    extract: Extract = extract_source,
    weights: Path | None = None,
    curations: bool = True,
    engine: Engine | None = None,
    limits: Limits = Limits(),
    watch: Callable[[str, int, int], None] = lambda key, done, total: None,
) -> BuildReport:
    """Bring `data` up to date with `sources`; a source whose input did not change is not read again.

    `engine` reads the sources in processes of their own, within `limits`; without one they are read here, one by one
    and without limits. The files are the same. Only this process writes.
    `curations` False leaves out what people said in the sources' `curation.csv`.
    A source that fails is named in the report, its file of an earlier build stays as it was, and the others go on.
    `watch(key, done, total)` is called for each source to be read, when it is done, and before the first with key ''.
    Raises SourceError if there is no source at all, BuildError if another build is writing to `data`.
    """
    found = folders(sources)
    weights = require_weights(weights) if weights else None
    with only_writer(data):
        inputs = _Inputs(extract=extract, weights=weights, curations=curations)
        work = _plan(found, data, inputs)
        _write_ontology(data)
        make = partial(_read_elsewhere, engine, limits) if engine else _read_here
        watch("", 0, len(work.to_read))
        with closing(make(list(work.to_read), inputs)) as answers:  # so that a stop ends the processes
            for done, (name, answer) in enumerate(answers, start=1):
                _settle(work, Path(name), answer, data, inputs)
                watch(Path(name).name, done, len(work.to_read))
        return _finish(work, found, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inputs:
    """What sources are read with, beside their folders."""

    extract: Callable[..., Extraction]
    weights: Path | None
    curations: bool

    def fingerprint(self, folder: Path) -> str:
        """A digest of all that the file of a source is made from."""
        return fingerprint(
            folder, self.weights, leave_out=(REPORTS_NAME, *(() if self.curations else (CURATION_NAME,)))
        )

    def read(self, stored: StoredSource, vocabulary: Vocabulary) -> Curated:
        """A source as it goes into the graph."""
        extract = partial(self.extract, weights=self.weights) if self.weights else self.extract
        return (curated if self.curations else uncurated)(stored, vocabulary, extract)

    def to_json(self) -> str:
        """The same for another process, which `_inputs_of` reads."""
        job = {
            "extract": f"{self.extract.__module__}:{self.extract.__qualname__}",
            "weights": str(self.weights) if self.weights else None,
            "curations": self.curations,
        }
        return json.dumps(job)


def _inputs_of(text: str) -> _Inputs:
    job = json.loads(text)
    module, _, name = job["extract"].partition(":")
    return _Inputs(
        extract=getattr(import_module(module), name),
        weights=Path(job["weights"]) if job["weights"] else None,
        curations=job["curations"],
    )


@dataclass(slots=True)
class _Work:
    """A build at work: what is to be read (with the fingerprint of its input), and what is known of each source."""

    to_read: dict[str, str]
    counts: dict[str, SourceCounts]
    inputs: dict[str, str]
    problems: dict[str, str]
    kept: tuple[str, ...]


def _plan(found: Sequence[Path], data: Path, inputs: _Inputs) -> _Work:
    """Check each folder, and sort out which sources have to be read."""
    account, seen = read_account(data), dict[str, str]()
    work = _Work(to_read={}, counts={}, inputs={}, problems={}, kept=())
    for folder in found:
        try:
            _refuse_twin(read_folder(folder).source, seen)
        except ValueError as error:
            work.problems[folder.name] = _problem(folder, str(error), data)
            continue
        digest = inputs.fingerprint(folder)
        counts = account.up_to_date(data, folder.name, digest)
        if counts is None:
            work.to_read[str(folder)] = digest
        else:
            work.counts[folder.name], work.inputs[folder.name] = counts, digest
    work.kept = tuple(work.counts)
    return work


def _settle(work: _Work, folder: Path, answer: Answer, data: Path, inputs: _Inputs) -> None:
    """Write the file of a source that was read, or note why there is none."""
    digest = work.to_read[str(folder)]
    problem = answer.get(PROBLEM)
    if problem is None and inputs.fingerprint(folder) != digest:
        problem = f"{folder} changed while it was read; build again"
    if problem is not None:
        work.problems[folder.name] = _problem(folder, str(problem), data)
        return
    path, counts = data / f"{folder.name}.nq", SourceCounts.from_json(answer["counts"])
    write_or_remove(curation_file(data, folder.name), answer["curation"])
    write(path, answer["file"])
    made = Made(input=digest, counts=counts, sha256=file_hash(path), curation=hash_of_curation(data, folder.name))
    note_done(data, made)
    work.counts[folder.name], work.inputs[folder.name] = counts, digest


def _finish(work: _Work, found: Sequence[Path], data: Path) -> BuildReport:
    """Remove what is gone, derive what follows from all sources, and close the account."""
    removed = remove_gone(data, {folder.name for folder in found})
    write_curation(data)
    counts = [work.counts[key] for key in sorted(work.counts)]
    problems = {key: work.problems[key] for key in sorted(work.problems)}
    before = read_account(data)
    further = []
    if len(work.kept) == len(counts) and hashes(data) == before.files:  # so what follows from them is the same
        graph_hash = before.graph
    else:
        further = write_following(data)
        graph_hash = write_manifest(data, counts, work.inputs)
    history.note(data, graph_hash)
    clear_journal(data)
    write_or_remove(
        data / SET_ASIDE_NAME, f"{json.dumps(problems, indent=1, ensure_ascii=False)}\n" if problems else ""
    )
    return BuildReport(
        sources=tuple(counts),
        problems=(*problems.values(), *(_refused(found, counts)), *further),
        kept=work.kept,
        removed=removed,
        graph_hash=graph_hash,
    )


# Reading: here, or in processes of their own.


def _read_here(names: Sequence[str], inputs: _Inputs) -> Answers:
    if not names:
        return
    vocabulary = Vocabulary.load()
    for name in names:
        yield name, answer(name, vocabulary, inputs)


def _read_elsewhere(engine: Engine, limits: Limits, names: Sequence[str], inputs: _Inputs) -> Answers:
    if not names:
        return
    program = Program(
        module="kg.paper_process",
        argument=inputs.to_json(),
        seconds=limits.seconds,
        memory_bytes=limits.memory_bytes,
    )
    yield from engine(program, names)


def answering(argument: str) -> Callable[[str], Answer]:
    """What a process of `kg.paper_process` answers with, made once; vocabulary and weights are read here."""
    vocabulary = Vocabulary.load()
    _prepare(vocabulary)
    return partial(answer, vocabulary=vocabulary, inputs=_inputs_of(argument))


def _prepare(vocabulary: Vocabulary) -> None:
    """Load spaCy and make the matcher, so that they are not on the account of the first paper."""
    from ingest.pipeline import lexicon_of

    lexicon_of(vocabulary)


def answer(name: str, vocabulary: Vocabulary, inputs: _Inputs) -> dict[str, Any]:
    """Read the source in a folder: its files and counts, or the problem in one sentence, as plain values."""
    try:
        made = _read_guarded(read_folder(Path(name)), vocabulary, inputs)
    except ValueError as error:
        return {PROBLEM: str(error)}
    return {"file": source_file(made.extraction), "curation": made.curation_file, "counts": _counts(made).to_json()}


def _counts(made: Curated) -> SourceCounts:
    extraction = made.extraction
    statistics = sum(statement.statistic is not None for statement in extraction.statements)
    notes = extraction.raw.notes
    if not statistics:
        notes = (*notes, "no printed statistic was found in this text")
    return SourceCounts(
        key=extraction.source.key,
        statements=len(extraction.statements),
        statistics=statistics,
        gaps=len(extraction.gaps),
        notes=notes,
        curated=sum(statement.origin == "curated" for statement in extraction.statements),
        needless=len(made.applied.with_status("needless")),
        waiting=len(made.applied.waiting),
        refused=made.refused,
    )


def _read_guarded(stored: StoredSource, vocabulary: Vocabulary, inputs: _Inputs) -> Curated:
    try:
        return inputs.read(stored, vocabulary)
    except FAULTS as error:  # one paper lays it bare, and it must not cost the others
        _log.debug("extraction of %s failed", stored.source.key, exc_info=True)
        raise SourceError(
            f"{stored.folder} could not be taken apart: {type(error).__name__}: {error}; please report it"
        ) from error


def _refuse_twin(source: Source, seen: dict[str, str]) -> None:
    """One paper in two folders would count its patients twice."""
    for kind, value in (("text", source.sha256), ("doi", source.doi)):
        if value is None:
            continue
        first = seen.setdefault(f"{kind} {value.casefold()}", source.key)
        if first != source.key:
            raise SourceError(f"{source.key} has the same {kind} as {first} ({value}); keep one of the two folders")


def _problem(folder: Path, sentence: str, data: Path) -> str:
    if str(folder) not in sentence:
        sentence = f"{folder}: {sentence}"
    if (data / f"{folder.name}.nq").exists():
        sentence += " [the graph keeps what an earlier build read]"
    return sentence


def _write_ontology(data: Path) -> None:
    account = read_account(data)
    if account.code != code_digest() or not account.is_whole(data / ONTOLOGY_NAME):
        write(data / ONTOLOGY_NAME, ontology_file(Vocabulary.load()))


def _refused(found: Sequence[Path], counts: Iterable[SourceCounts]) -> list[str]:
    """The curations that could not be applied, with the file; those of a source that was not read again too."""
    folder_of = {folder.name: folder for folder in found}
    return [f"{folder_of[one.key]}/{sentence}" for one in counts for sentence in one.refused]
