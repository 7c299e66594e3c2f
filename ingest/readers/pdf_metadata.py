"""This module reads what a PDF says of itself: its information fields, and what its first page prints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.readers.html_metadata import author_name
from ingest.readers.inline import tidy
from ingest.readers.pdf_layout import PrintedLine

# What word processors and printers' programs leave in the title field.
_NO_TITLE: Final = re.compile(r"(?i)untitled|microsoft word|\.(?:docx?|pdf|indd|tex|qxd|dvi)\b|^doi\b|^10\.\d{4}|^\S*$")
_DOI: Final = re.compile(r"\b10\.\d{4,9}/[^\s,;\"<>]+[^\s,;\"<>.)\]]")
_YEAR: Final = re.compile(
    r"(?i)(?:published|©|\(c\)|copyright|accepted|received)\D{0,30}(?:\d{1,2}\s+\w+\s+)?((?:19|20)\d\d)\b"
)
FEWEST_TITLE_WORDS: Final = 3
MOST_TITLE_WORDS: Final = 45


def metadata_of(information: Mapping[str, str], lines: Sequence[PrintedLine]) -> dict[str, object]:
    """The fields of `kg.model.Source` that the file states; `lines` are those of the first page."""
    page = "\n".join(line.text for line in lines)
    subject = f"{information.get('Subject', '')} {information.get('Keywords', '')} {information.get('Title', '')}"
    doi = _DOI.search(subject) or _DOI.search(page)
    year = _YEAR.search(page)
    found: dict[str, object | None] = {
        "title": _title(information.get("Title", "")) or _largest(lines),
        "authors": _authors(information.get("Author", "")),
        "doi": doi[0] if doi else None,
        "year": int(year[1]) if year else None,
    }
    return {name: value for name, value in found.items() if value}


def _title(written: str) -> str | None:
    title = " ".join(tidy(written).split())
    words = len(title.split())
    return None if _NO_TITLE.search(title) or not FEWEST_TITLE_WORDS <= words <= MOST_TITLE_WORDS else title


def _largest(lines: Sequence[PrintedLine]) -> str | None:
    """The first run of lines in the largest print."""
    size = max((line.size for line in lines if len(line.text) > 3), default=0.0)
    title: list[str] = []
    for line in lines:
        if abs(line.size - size) < 0.3:
            title.append(line.text)
        elif title:
            break
    words = " ".join(title).split()
    return " ".join(words) if FEWEST_TITLE_WORDS <= len(words) <= MOST_TITLE_WORDS else None


def _authors(written: str) -> tuple[str, ...]:
    """The names in the author field; nothing where it holds an address, a company or a login."""
    names = [name.strip() for name in re.split(r";|,(?=\s*\S+\s+\S)|\band\b|&", tidy(written)) if name.strip()]
    plain = [name for name in names if re.fullmatch(r"[^\W\d_][\w.'’-]*(?:,?\s+[\w.'’-]+){1,4}", name)]
    return tuple(author_name(name) for name in plain) if len(plain) == len(names) else ()
