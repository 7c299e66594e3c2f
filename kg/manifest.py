"""This module keeps account of a build folder: which input each file was made from, so that no paper is read twice.

`manifest.json` is written when a build ends. Until then each finished paper is a line of `.done.jsonl`, so that a build
that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import kg
from kg.publish import BuildError, write
from kg.store import MANIFEST_NAME, Store
from kg.terms import BASE

JOURNAL_NAME: Final = ".done.jsonl"
CODE_FOLDERS: Final = ("ingest", "kg")  # whose code decides what a source's file holds


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """What one source gave: statements, how many of them carry a printed statistic, and what could not be placed.

    `curated` of the statements are a person's, `needless` rows of its curations say what is so without them, `waiting`
    is how many statements no reader of a paper read whole has settled, and `refused` are sentences, one for each row
    that could not be applied.
    """

    key: str
    statements: int
    statistics: int
    gaps: int
    notes: tuple[str, ...] = ()
    curated: int = 0
    needless: int = 0
    waiting: int = 0
    refused: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The counts as plain values, which `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> SourceCounts:
        """The counts that `to_json` wrote. Raises KeyError or TypeError if they are none."""
        return cls(**{**values, "notes": tuple(values["notes"]), "refused": tuple(values["refused"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A source's file as a build made it: from which input, with which counts, and the hash that the file then had.

    `curation` is the hash of the source's part of the graph `curation`, empty if it has none.
    """

    input: str
    counts: SourceCounts
    sha256: str
    curation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What earlier builds left: the sources that they made, and the files, code and graph of the last whole build."""

    made: Mapping[str, Made] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    graph: str = ""

    def up_to_date(self, data: Path, key: str, fingerprint: str) -> SourceCounts | None:
        """The counts of a source whose file is there and was made from this input; else None."""
        made = self.made.get(key)
        if made is None or made.input != fingerprint or not _is_file(data / f"{key}.nq", made.sha256):
            return None
        return made.counts if hash_of_curation(data, key) == made.curation else None

    def is_whole(self, path: Path) -> bool:
        """Whether a file is there and is the one that the last whole build left."""
        return path.name in self.files and _is_file(path, self.files[path.name])


def read_account(data: Path) -> Account:
    """What manifest and journal say; where they are missing or damaged, everything is simply made anew."""
    try:
        account = _account(json.loads((data / MANIFEST_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        account = Account()
    return Account(
        made={**account.made, **dict(_journal(data))}, files=account.files, code=account.code, graph=account.graph
    )


def _account(manifest: Mapping[str, Any]) -> Account:
    files = dict(manifest["files"])
    made = {
        key: Made(
            input=entry["input"],
            counts=SourceCounts.from_json(entry["counts"]),
            sha256=files[f"{key}.nq"],
            curation=entry["curation"],
        )
        for key, entry in manifest["sources"].items()
    }
    return Account(made=made, files=files, code=manifest["code"], graph=manifest["graph"])


def _journal(data: Path) -> Iterator[tuple[str, Made]]:
    try:
        lines = (data / JOURNAL_NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
            counts = SourceCounts.from_json(entry["counts"])
            made = Made(input=entry["input"], counts=counts, sha256=entry["sha256"], curation=entry["curation"])
            yield counts.key, made
        except (ValueError, KeyError, TypeError):  # half a line, written when the power went
            continue


def note_done(data: Path, made: Made) -> None:
    """Add a source whose file is on the disk to the journal. Raises BuildError if the journal cannot be written."""
    entry = {"input": made.input, "counts": made.counts.to_json(), "sha256": made.sha256, "curation": made.curation}
    line = json.dumps(entry)
    path = data / JOURNAL_NAME
    try:
        with path.open("a", encoding="utf-8") as journal:
            journal.write(f"\n{line}\n")  # a line of its own, even behind half a line
            journal.flush()
            os.fsync(journal.fileno())
    except OSError as error:
        raise BuildError(f"{path} cannot be written: {error.strerror or error}; nothing was lost") from error


def write_manifest(data: Path, counts: Iterable[SourceCounts], inputs: Mapping[str, str]) -> str:
    """Close the account of a whole build and give the graph's hash."""
    graph_hash = Store.open(data).graph_hash
    manifest = {
        "graph": graph_hash,
        "code": code_digest(),
        "files": hashes(data),
        "sources": {
            one.key: {
                "input": inputs[one.key],
                "counts": one.to_json(),
                "curation": hash_of_curation(data, one.key),
            }
            for one in counts
        },
    }
    write(data / MANIFEST_NAME, json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    return graph_hash


def clear_journal(data: Path) -> None:
    """Forget the journal: the manifest says all that it said."""
    (data / JOURNAL_NAME).unlink(missing_ok=True)


@cache
def code_digest() -> str:
    """A digest of the code, the vocabulary and the shipped weights, which decide what a source's file holds."""
    digest = hashlib.sha256(f"{BASE} spacy {version('spacy')}".encode())
    root = Path(__file__).resolve().parent.parent
    for path in sorted(p for folder in CODE_FOLDERS for p in (root / folder).rglob("*") if _decides(p)):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for path in sorted(path for path in kg.ONTOLOGY.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(kg.ONTOLOGY)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _decides(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc" and "web" not in path.parts


def curation_file(data: Path, key: str) -> Path:
    """Where a build keeps one source's part of the graph `curation`, of which `_curation.nq` is put together."""
    return data / f".{key}.curation"


def hash_of_curation(data: Path, key: str) -> str:
    """The hash of one source's part of the graph `curation`; empty if it has none."""
    try:
        return file_hash(curation_file(data, key))
    except OSError:
        return ""


def fingerprint(folder: Path, weights: Path | None = None, *, leave_out: Collection[str] = ()) -> str:
    """A digest of all that a source's file is made from: its folder, the code, the vocabulary and the weights.

    `leave_out` names files of the folder that do not count.
    """
    digest = hashlib.sha256(code_digest().encode())
    if weights is not None:
        digest.update(f"weights {file_hash(weights)}\n".encode())
    files = (p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".") and p.name not in leave_out)
    for path in sorted(files):
        digest.update(f"{path.name} {file_hash(path)}\n".encode())
    return digest.hexdigest()


def hashes(data: Path) -> dict[str, str]:
    """The hash of each file of the graph, by name."""
    return {path.name: file_hash(path) for path in sorted(data.glob("*.nq"))}


def file_hash(path: Path) -> str:
    """The sha-256 of a file's bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_file(path: Path, sha256: str) -> bool:
    try:
        return file_hash(path) == sha256
    except OSError:
        return False
