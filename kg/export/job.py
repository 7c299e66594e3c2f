"""This module holds what every exporter is given and how it puts a file in its place: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` is the field
from pathlib import Path

from kg.publish import replace
from kg.store import Store


class ExportError(ValueError):
    """An export that is not known, lacks something it needs, or has a place it cannot go to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One export to make: of which graph, where to, in which format, and the date that it gives itself, if any."""

    store: Store
    path: Path
    format: str
    date: Date | None = None

    def put(self, pieces: Iterable[bytes], name: str = "") -> int:
        """Write the pieces to the path, or to the file of that name in the path as a folder; returns how many bytes."""
        target = self.path / name if name else self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        return replace(target, pieces)

    def require_date(self) -> Date:
        """The date of the release. Raises ExportError where none was given: no export reads the clock."""
        if self.date is None:
            raise ExportError("this export states the day of the release; give it, such as --date 2026-01-31")
        return self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A row of EXPORTERS: `write(job)` puts the export at `job.path` and says what it wrote.

    `media` names the media type of each format, the formats being its keys, the first the usual one; a `folder` is
    written as several files.
    """

    summary: str
    media: dict[str, str]
    write: Callable[[Job], str]
    folder: bool = False

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(self.media)
