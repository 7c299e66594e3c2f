"""This module tells from a file's name and bytes what it holds, and refuses what no reader should be given."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from ingest.readers.base import ReaderError

HEAD_BYTES: Final = 4096
# The longest plain-text paper known to us has 0.2 MB, the longest article PDF 60 MB.
MOST_BYTES: Final = 200_000_000
LONGEST_LINE: Final = 500_000

SUFFIXES: Final = {
    ".xml": "XML",
    ".nxml": "XML",
    ".pdf": "PDF",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    "": "text",
}
USUAL_SUFFIX: Final = {"XML": ".xml", "PDF": ".pdf", "HTML": ".html", "text": ".txt"}

SIGNATURES: Final = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP archive (also .docx, .odt, .epub)"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"7z\xbc\xaf", "7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "old Word document"),
    (b"{\\rtf", "RTF document"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"II*\x00", "TIFF picture"),
    (b"MM\x00*", "TIFF picture"),
)
READABLE: Final = ("XML", "PDF", "HTML", "text")

_PROLOGUE = re.compile(r"\s+|<\?[^>]*\?>|<!--.*?(?:-->|\Z)|<!DOCTYPE\s+(?P<doctype>[\w:.-]+)[^>\[]*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<root>[A-Za-z][\w.-]*)")
_HTML_TAGS: Final = frozenset(
    ["html", "head", "body", "title", "meta", "div", "p", "article", "section", "main", "h1", "h2", "table"]
)


def decoded_head(head: bytes) -> str:
    """The first bytes as text, for looking at only: UTF-16 by its mark or its zeros, else UTF-8 with losses."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    if head[:4] in (b"<\x00?\x00", b"<\x00!\x00"):
        return head.decode("utf-16-le", errors="replace")
    return head.decode("utf-8-sig", errors="replace")


def root_name(head: bytes) -> str | None:
    """The name of the first element or of the DOCTYPE, without prefix; None where there is no markup.

    >>> root_name(b'<?xml version="1.0"?> <!-- one --> <article dtd-version="1.3">')
    'article'
    >>> root_name(b"P < 0.001") is None
    True
    """
    text = decoded_head(head)
    if not text.lstrip().startswith("<"):
        return None
    at = 0
    while match := _PROLOGUE.match(text, at):
        if match["doctype"]:
            return match["doctype"].rpartition(":")[2]
        at = match.end()
    root = _ROOT.match(text, at)
    return root["root"] if root else None


def content_of(head: bytes) -> str:
    """What the bytes are: 'XML', 'PDF', 'HTML', 'text', or the name of a format that no reader takes.

    >>> content_of(b"%PDF-1.7"), content_of(b"<!DOCTYPE html><p>"), content_of(b"Abstract. Of 23 patients")
    ('PDF', 'HTML', 'text')
    """
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            return name
    if b"%PDF-" in head[:1024]:
        return "PDF"
    root = root_name(head)
    if root is not None and root.lower() in _HTML_TAGS - {"article"}:
        return "HTML"
    if root is not None and (root == "article" or decoded_head(head).lstrip().startswith("<?xml")):
        return "XML"
    if root is not None:
        return "HTML" if re.search(r"(?i)<(?:html|head|body|p|div)\b", decoded_head(head)) else "XML"
    return "text" if looks_like_text(head) else "binary data"


def looks_like_text(head: bytes) -> bool:
    """Whether hardly any byte is a control character (UTF-16 counts as text; its decoding is the reader's)."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return controls * 50 <= len(head)


def require_readable(path: Path, data: bytes) -> None:
    """Refuse, with one sentence, an empty, huge or binary file, a suffix that the content belies, an endless line."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReaderError(f"{path.name} is empty; give the article's text, PDF, JATS XML or HTML")
    if len(data) > MOST_BYTES:
        raise ReaderError(f"{path.name} has {len(data):,} bytes; at most {MOST_BYTES:,} are read: give one article")
    content = content_of(data[:HEAD_BYTES])
    _require_known_content(path, content)
    if content == "text":
        _require_lines(path, data)


def _require_known_content(path: Path, content: str) -> None:
    if content not in READABLE:
        allowed = "plain text, PDF, JATS XML and HTML"
        raise ReaderError(f"{path.name} holds {content}, not a paper's text; {allowed} can be read: convert it first")
    promised = SUFFIXES.get(path.suffix.lower())
    if promised is None:
        raise ReaderError(f"{path.name} has the suffix {path.suffix!r}; allowed: {', '.join(filter(None, SUFFIXES))}")
    if promised != content:
        raise ReaderError(
            f"{path.name} is named as {promised} but holds {content}; "
            f"rename it to end in {USUAL_SUFFIX[content]} or give the right file"
        )


def _require_lines(path: Path, data: bytes) -> None:
    number, longest = max(enumerate(map(len, data.split(b"\n")), start=1), key=lambda line: line[1])
    if longest > LONGEST_LINE:
        raise ReaderError(
            f"{path.name}: line {number} has {longest:,} bytes; at most {LONGEST_LINE:,} are read as one line: "
            "break the text into paragraphs"
        )
