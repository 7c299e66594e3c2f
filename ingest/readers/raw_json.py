"""This module writes RawText as JSON and reads it back, so that a process that reads a file can hand it over."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ingest.text import Block, RawText, Table, TableCell
from kg.model import Span


def to_json(raw: RawText) -> str:
    """The text with its blocks, tables, metadata and notes; `from_json` gives an equal one back.

    >>> raw = RawText(text="Washout.", blocks=(Block(kind="title", section="Title", segments=(Span(start=0, end=7),)),))
    >>> from_json(to_json(raw)) == raw
    True
    """
    return json.dumps(asdict(raw), ensure_ascii=True)


def from_json(written: str) -> RawText:
    """The RawText of a JSON document; ValueError where it is none."""
    try:
        values = json.loads(written)
        return RawText(
            text=values["text"],
            blocks=tuple(map(_block, values["blocks"])),
            tables=tuple(map(_table, values["tables"])),
            metadata={name: tuple(v) if isinstance(v, list) else v for name, v in values["metadata"].items()},
            notes=tuple(values["notes"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no RawText in JSON ({error!r}); write one with to_json") from error


def _spans(values: list[Any]) -> tuple[Span, ...]:
    return tuple(Span(**value) for value in values)


def _span(value: Any) -> Span | None:
    return None if value is None else Span(**value)


def _block(values: dict[str, Any]) -> Block:
    return Block(**{**values, "segments": _spans(values["segments"])})


def _cell(values: dict[str, Any]) -> TableCell:
    return TableCell(**{**values, "span": _span(values["span"])})


def _table(values: dict[str, Any]) -> Table:
    parts = {"cells": tuple(map(_cell, values["cells"])), "footnotes": _spans(values["footnotes"])}
    return Table(**{**values, **parts, "caption": _span(values["caption"])})
