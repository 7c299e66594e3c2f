"""This module chooses the format of an answer by the Accept header of RFC 9110, weights included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.results import Format
from kg.server.errors import Refusal


@dataclass(frozen=True, slots=True)
class Chosen:
    """A format, and the media type by which it was asked for."""

    format: Format
    media_type: str


def choose(accept: str | None, offered: Iterable[Format]) -> Chosen:
    """The offered format with the highest weight; of equal ones the first. Raises Refusal (406) where none will do."""
    ranges = parsed(accept)
    best, weight = None, 0.0
    for one in offered:
        for media_type in one.media_types:
            found = quality(media_type, ranges)
            if found > weight:
                best, weight = Chosen(one, media_type), found
    if best is None:
        can = ", ".join(one.media_types[0] for one in offered)
        raise Refusal(406, f"nothing of {accept!r} can be given; allowed: {can}")
    return best


def parsed(accept: str | None) -> list[tuple[str, float]]:
    """The media ranges of a header with their weights; what is no range is passed over. Without a header all will do.

    >>> parsed("text/csv;q=0.5, application/*, nonsense, text/html;q=x")
    [('text/csv', 0.5), ('application/*', 1.0), ('text/html', 0.0)]
    """
    found = []
    for part in (accept or "*/*").split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        if name.count("/") == 1:
            found.append((name, _number(weight)))
    return found


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of a media type: that of the most specific range that holds it.

    >>> quality("text/csv", [("*/*", 0.1), ("text/*", 0.3), ("text/csv", 0.0)])
    0.0
    """
    matches = [media_type, f"{media_type.partition('/')[0]}/*", "*/*"]
    for wanted in matches:
        found = [weight for name, weight in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


def wants_html(accept: str | None) -> bool:
    """Whether a person's browser asks: HTML weighs more than any RDF.

    >>> wants_html("text/html,application/xml;q=0.9"), wants_html("*/*"), wants_html("text/turtle")
    (True, False, False)
    """
    ranges = parsed(accept)
    html = max(quality("text/html", ranges), quality("application/xhtml+xml", ranges))
    named = any(name in {"text/html", "application/xhtml+xml"} for name, _ in ranges)
    others = [weight for name, weight in ranges if name not in {"text/html", "application/xhtml+xml"}]
    return named and html > 0 and html >= max(others, default=0.0)
