"""This module keeps what earlier builds claimed, and says what changed between two states of the data, claim by claim.

A build leaves one file for each state of the graph, named by its hash: a line a claim. The newest are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.publish import write
from kg.store import Store
from kg.terms import key_of

FOLDER: Final = "states"
SUFFIX: Final = ".jsonl"
KEPT: Final = 12  # states; one of five papers takes some 300 kB
SHORTEST: Final = 6  # characters of a hash that name a state
CLAIMS: Final = """
SELECT ?statement ?subject ?predicate ?object ?polarity ?printed WHERE {
  GRAPH ?source_graph {
    ?statement signum:subjectLabel ?subject ; signum:predicate ?predicate ; signum:objectLabel ?object ;
      signum:polarity ?polarity .
    OPTIONAL { ?statement signum:statistic/signum:printed ?printed }
  }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Claim:
    """What one statement says, short: its id, its ends, and its number as printed ('' for none)."""

    statement: str
    subject: str
    predicate: str
    object: str
    printed: str = ""

    @property
    def source(self) -> str:
        """The key of the paper that says it."""
        return self.statement.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed from one state of the data to another; hashes in full."""

    before: str
    after: str
    added: tuple[Claim, ...]
    removed: tuple[Claim, ...]


def claims(store: Store) -> tuple[Claim, ...]:
    """Every claim of a graph, by statement."""
    found = set()
    for row in store.rows(CLAIMS):
        absent = "not " if row["polarity"] == "absent" else ""
        found.add(
            Claim(
                statement=key_of(str(row["statement"]), "statement") or "",
                subject=str(row["subject"]),
                predicate=str(row["predicate"]).rpartition("#")[2],
                object=f"{absent}{row['object']}",
                printed=str(row["printed"] or ""),
            )
        )
    return tuple(sorted(found))


def note(data: Path, state: str) -> None:
    """Keep the claims of the graph in a build folder, of which `state` is the hash, unless it is known.

    The oldest states are forgotten.
    """
    folder = data / FOLDER
    path = folder / f"{state}{SUFFIX}"
    if path.exists():
        path.touch()  # it is the newest again
        return
    folder.mkdir(exist_ok=True)
    write(path, "".join(f"{_line(claim)}\n" for claim in claims(Store.open(data))))
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def _line(claim: Claim) -> str:
    fields = (claim.statement, claim.subject, claim.predicate, claim.object, claim.printed)
    return json.dumps(fields, ensure_ascii=False)


def states(data: Path) -> tuple[str, ...]:
    """The hashes of the states that are known, the newest first."""
    return tuple(path.name.removesuffix(SUFFIX) for path in _newest_first(data / FOLDER))


def _newest_first(folder: Path) -> list[Path]:
    found = [path for path in folder.glob(f"*{SUFFIX}") if path.is_file()]
    return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))


def changes(data: Path, before: str, after: str) -> Changes | None:
    """What changed between two states, each named by the beginning of its hash; None where one is not known."""
    one, other = _state(data, before), _state(data, after)
    if one is None or other is None:
        return None
    then, now = _read(data, one), _read(data, other)
    return Changes(before=one, after=other, added=_only(now, then), removed=_only(then, now))


def _only(claims_here: Iterable[Claim], there: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(set(claims_here) - set(there)))


def _state(data: Path, beginning: str) -> str | None:
    if len(beginning) < SHORTEST:
        return None
    return next((one for one in states(data) if one.startswith(beginning)), None)


def _read(data: Path, state: str) -> list[Claim]:
    """The claims of a state; a line that was damaged is passed over."""
    found = []
    for line in (data / FOLDER / f"{state}{SUFFIX}").read_text(encoding="utf-8").splitlines():
        try:
            statement, subject, predicate, thing, printed = json.loads(line)
        except ValueError:
            continue
        found.append(Claim(statement=statement, subject=subject, predicate=predicate, object=thing, printed=printed))
    return found
