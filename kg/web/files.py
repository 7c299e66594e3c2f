"""This module writes files that stand alone: question, filters, date, data and link stand in each of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.model import Source
from kg.store import Store
from kg.web.layout import NOTICE, Download, dated, linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a file repeats of its origin; `day` is passed in, so that a file can be made again byte for byte."""

    question: str
    filters: str = "none"
    day: date
    graph_hash: str
    url: str

    @property
    def head(self) -> dict[str, str]:
        """The lines that stand in every file, by name."""
        return {
            "question": self.question,
            "filters": self.filters or "none",
            "date": self.day.isoformat(),
            "graph": self.graph_hash,
            "url": self.url,
            "notice": NOTICE,
        }


def occasion(store: Store, page: str, address: Mapping[str, str], *, question: str, filters: str = "none") -> Occasion:
    """The occasion of a page in a state, today; its link names the data that it was made with."""
    url = linked(store, page, address)
    return Occasion(question=question, filters=filters, day=dated(), graph_hash=store.graph_hash, url=url)


def csv_file(made: Occasion, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    r"""A table, with lines before it that begin with '#' and say where it comes from.

    >>> made = Occasion(question="Q?", day=date(2026, 1, 2), graph_hash="3f2a", url="http://x/")
    >>> csv_file(made, ("n", "of"), [{"n": 7, "of": None}]).splitlines()[-2:]
    ['n,of', '7,']
    """
    out = io.StringIO()
    out.writelines(f"# {name}: {' '.join(value.split())}\n" for name, value in made.head.items())
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def json_file(made: Occasion, name: str, value: Any) -> str:
    """The head, and a value under its name."""
    return json.dumps({**made.head, name: value}, ensure_ascii=False, indent=2) + "\n"


def sparql_file(made: Occasion, query: str) -> str:
    """A query, its origin above it as comments."""
    lines = [f"# {name}: {' '.join(value.split())}" for name, value in made.head.items()]
    return "\n".join([*lines, query.rstrip("\n"), ""])


def json_ld_file(made: Occasion, store: Store, identifiers: Iterable[str]) -> str:
    """Statements as JSON-LD; the head stands beside the context, where no reader of RDF takes it for a statement."""
    from kg.export.dataset import statements_json_ld  # with all exporters behind it: not before a file is asked for

    return json.dumps({**made.head, **statements_json_ld(store, identifiers)}, ensure_ascii=False, indent=1) + "\n"


def reference_downloads(name: str, sources: Iterable[Source]) -> list[Download]:
    """The papers behind a page for reference managers."""
    papers = sorted(sources, key=lambda source: source.key)

    def written(format: str) -> str:  # noqa: A002 - the word of exports
        from kg.export import references  # as above

        return references.bibtex(papers) if format == "bib" else references.ris(papers)

    return [
        Download(label="BibTeX", file_name=f"{name}.bib", mime="application/x-bibtex", make=lambda: written("bib")),
        Download(
            label="RIS",
            file_name=f"{name}.ris",
            mime="application/x-research-info-systems",
            make=lambda: written("ris"),
        ),
    ]


def markdown_file(made: Occasion, lines: Iterable[str]) -> str:
    """A text for a document or a slide: the question as its heading, its origin below."""
    return "\n".join([f"# {made.question}", "", *lines, "", *(f"- {k}: {v}" for k, v in made.head.items()), ""])


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    r"""The lines of a table; what would end a cell, or begin a tag, is escaped.

    >>> markdown_table(("Sign", "n"), [("a|b", "<1")])
    ['| Sign | n |', '|---|---|', '| a\\|b | \\<1 |']
    """
    lines = (" | ".join(markdown_text(cell) for cell in row) for row in (heads, *rows))
    first, *rest = (f"| {line} |" for line in lines)
    return [first, "|" + "---|" * len(heads), *rest]


def markdown_text(text: str) -> str:
    r"""Text on one line in which nothing ends a cell or begins a tag."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "\\<")
