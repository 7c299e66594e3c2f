"""This module turns source folders into the files of the graph: the same input to the same bytes, a file at once."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kg
from kg import queries, rdf
from kg.sources import SourceError, StoredSource, folders, read_folder
from kg.store import Store
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from ingest.pipeline import Extraction

MANIFEST_NAME: Final = "manifest.json"
ONTOLOGY_NAME: Final = "_ontology.nq"
DERIVED_NAME: Final = "_derived.nq"
CODE_FOLDERS: Final = ("ingest", "kg")  # whose code decides what a source's file holds

_log = logging.getLogger(__name__)

Extract = Callable[[StoredSource, Vocabulary], "Extraction"]


class BuildError(ValueError):
    """A build that cannot go on: another one is writing, or nothing can be written; the sentence says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """What one source gave: statements, how many of them carry a printed statistic, and what could not be placed."""

    key: str
    statements: int
    statistics: int
    gaps: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. `problems` are sentences, one for each source that is not in the graph as it should be.

    `kept` are the keys whose file was up to date already; `graph_hash` names the state of the data.
    """

    sources: tuple[SourceCounts, ...]
    problems: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    graph_hash: str


def extract_source(stored: StoredSource, vocabulary: Vocabulary) -> Extraction:
    """Read a source and take its statements. Raises ValueError if a reader refuses it, or reads another text."""
    from ingest.pipeline import extract  # spaCy is loaded here and nowhere else in kg
    from ingest.readers import read_source

    raw = read_source(stored.folder)
    if raw.text != stored.text:
        raise SourceError(f"{stored.folder} changed while it was read; build again")
    return extract(stored.source, raw, vocabulary)


def source_file(extraction: Extraction) -> str:
    """The N-Quads of one source: its metadata, text, passages, statements and gaps."""
    return rdf.source_nquads(
        extraction.source, extraction.raw.text, extraction.passages, extraction.statements, extraction.gaps
    )


def ontology_file(vocabulary: Vocabulary) -> str:
    """The N-Quads of the vocabulary and the schema."""
    return rdf.concept_nquads(vocabulary.concepts.values(), kg.ONTOLOGY / "schema.ttl")


def derived_file(data: Path) -> str:
    """The N-Quads of what follows from the statements in the files of `data`."""
    return rdf.derived_nquads(queries.statements(Store.open(data)))


def build(
    sources: Path,
    data: Path,
    *,
    extract: Extract = extract_source,
    watch: Callable[[str, int, int], None] = lambda key, done, total: None,
) -> BuildReport:
    """Bring `data` up to date with `sources`; a source whose input did not change is not read again.

    A source that fails is named in the report, its file of an earlier build stays as it was, and the others go on.
    `watch(key, done, total)` is called before each source and once at the end with key ''.
    Raises SourceError if there is no source at all, BuildError if another build is writing to `data`.
    """
    found = folders(sources)
    vocabulary = cache(Vocabulary.load)  # read only if something has to be made with it
    with _only_writer(data):
        before = _read_manifest(data)
        if before.get("code") != code_digest() or not _is_whole(before, data / ONTOLOGY_NAME):
            _write(data / ONTOLOGY_NAME, ontology_file(vocabulary()))
        counts, problems, kept, inputs = [], [], [], {}
        seen: dict[str, str] = {}
        for done, folder in enumerate(found):
            watch(folder.name, done, len(found))
            try:
                stored = read_folder(folder)
                _refuse_twin(stored, seen)
                fingerprint = _fingerprint(folder)
                known = _still_good(before, data, stored.source.key, fingerprint)
                if known is None:
                    known = _build_source(stored, vocabulary(), data, extract)
                else:
                    kept.append(known.key)
                counts.append(known)
                inputs[known.key] = fingerprint
            except BuildError:  # a full disk is nobody's paper
                raise
            except ValueError as error:
                problems.append(_problem(folder, error, data))
        removed = _remove_gone(data, {folder.name for folder in found})
        watch("", len(found), len(found))
        if len(kept) == len(counts) and _hashes(data) == before.get("files"):  # so what follows from them is the same
            graph_hash = str(before["graph"])
        else:
            problems += _write_derived(data)
            graph_hash = _write_manifest(data, counts, inputs)
    return BuildReport(
        sources=tuple(counts), problems=tuple(problems), kept=tuple(kept), removed=removed, graph_hash=graph_hash
    )


def _build_source(stored: StoredSource, vocabulary: Vocabulary, data: Path, extract: Extract) -> SourceCounts:
    extraction = _extract_guarded(stored, vocabulary, extract)
    _write(data / f"{stored.source.key}.nq", source_file(extraction))
    statistics = sum(statement.statistic is not None for statement in extraction.statements)
    notes = extraction.raw.notes
    if not statistics:
        notes = (*notes, "no printed statistic was found in this text")
    return SourceCounts(
        key=stored.source.key,
        statements=len(extraction.statements),
        statistics=statistics,
        gaps=len(extraction.gaps),
        notes=notes,
    )


def _extract_guarded(stored: StoredSource, vocabulary: Vocabulary, extract: Extract) -> Extraction:
    try:
        return extract(stored, vocabulary)
    except ValueError:
        raise
    except Exception as error:  # a fault that one paper lays bare must not cost the others
        _log.debug("extraction of %s failed", stored.source.key, exc_info=True)
        raise SourceError(
            f"{stored.folder} could not be taken apart: {type(error).__name__}: {error}; please report it"
        ) from error


def _refuse_twin(stored: StoredSource, seen: dict[str, str]) -> None:
    """One paper in two folders would count its patients twice."""
    key = stored.source.key
    for kind, value in (("text", stored.source.sha256), ("doi", stored.source.doi)):
        if value is None:
            continue
        first = seen.setdefault(f"{kind} {value.casefold()}", key)
        if first != key:
            raise SourceError(f"{key} has the same {kind} as {first} ({value}); keep one of the two folders")


def _problem(folder: Path, error: ValueError, data: Path) -> str:
    sentence = str(error) if str(folder) in str(error) else f"{folder}: {error}"
    if (data / f"{folder.name}.nq").exists():
        sentence += " [the graph keeps what an earlier build read]"
    return sentence


def _write_derived(data: Path) -> list[str]:
    try:
        text = derived_file(data)
    except ValueError as error:  # StoreError, or data that the codec refuses
        return [f"{data / DERIVED_NAME} could not be computed: {error}"]
    if text:
        _write(data / DERIVED_NAME, text)
    else:
        (data / DERIVED_NAME).unlink(missing_ok=True)
    return []


def _remove_gone(data: Path, keys: set[str]) -> tuple[str, ...]:
    """Remove the files of sources that are no more; a file that no build wrote is left alone."""
    gone = tuple(
        path.stem
        for path in sorted(data.glob("[!_.]*.nq"))
        if path.stem not in keys and _first_line(path).endswith(f"<{rdf.graph_iri(path.stem)}> .")
    )
    for key in gone:
        (data / f"{key}.nq").unlink()
    return gone


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline().rstrip("\n")


# The manifest: which input each file was made from, so that an unchanged source is not read again.


@cache
def code_digest() -> str:
    """A digest of the code that decides what a source's file holds, and of the libraries under it."""
    digest = hashlib.sha256(f"{rdf.BASE} spacy {version('spacy')}".encode())
    root = Path(__file__).resolve().parent.parent
    for path in sorted(p for folder in CODE_FOLDERS for p in (root / folder).rglob("*") if _decides(p)):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for path in sorted(path for path in kg.ONTOLOGY.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(kg.ONTOLOGY)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _decides(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc" and "web" not in path.parts


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256(code_digest().encode())
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")):
        digest.update(f"{path.name} {_sha256(path)}\n".encode())
    return digest.hexdigest()


def _read_manifest(data: Path) -> Mapping[str, Any]:
    try:
        manifest = json.loads((data / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or damaged: then everything is read anew
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _still_good(manifest: Mapping[str, Any], data: Path, key: str, fingerprint: str) -> SourceCounts | None:
    try:
        entry = manifest["sources"][key]
        if entry["input"] != fingerprint or not _is_whole(manifest, data / f"{key}.nq"):
            return None
        return SourceCounts(**{**entry["counts"], "notes": tuple(entry["counts"]["notes"])})
    except (KeyError, TypeError):
        return None


def _is_whole(manifest: Mapping[str, Any], path: Path) -> bool:
    """Whether a file is there and is the one that the manifest's build wrote."""
    try:
        return bool(manifest["files"][path.name] == _sha256(path))
    except (KeyError, TypeError, OSError):
        return False


def _write_manifest(data: Path, counts: list[SourceCounts], inputs: Mapping[str, str]) -> str:
    graph_hash = Store.open(data).graph_hash
    manifest = {
        "graph": graph_hash,
        "code": code_digest(),
        "files": _hashes(data),
        "sources": {one.key: {"input": inputs[one.key], "counts": asdict(one)} for one in counts},
    }
    _write(data / MANIFEST_NAME, json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    return graph_hash


def _hashes(data: Path) -> dict[str, str]:
    return {path.name: _sha256(path) for path in sorted(data.glob("*.nq"))}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# Files: a reader, and a crash, see the old one or the new one.


def _write(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # mkstemp makes it private; another user may serve the graph  # noqa: PTH101
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise BuildError(f"{path} cannot be written: {error.strerror or error}; the old file is whole") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _only_writer(data: Path) -> Iterator[None]:
    """Hold the build folder for this process; what a killed build left half-written is removed."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / ".lock").open("w")
    except OSError as error:
        raise BuildError(
            f"{data} cannot be written to: {error.strerror or error}; give another with --data DIR"
        ) from None
    with lock:
        _hold(lock.fileno(), data)
        for leftover in data.glob(".*.part"):
            leftover.unlink()
        yield


def _hold(descriptor: int, data: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows; there one build at a time is the user's care
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise BuildError(
            f"another build is writing to {data}; wait for it, or give another folder with --data DIR"
        ) from None
