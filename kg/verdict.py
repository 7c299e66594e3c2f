"""This module holds what the audit says of a source: a verdict, beside its statements and never among them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from kg.model import require_one_of

VERDICTS: Final = ("inconsistent", "disagreement", "consistent", "not checkable")  # the worst first


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Verdict:
    """What one check says of a source, with the arithmetic in words; `warning` says on what a consistent one depends.

    `statements` are ids, of two sources in a disagreement; `quotes` the places, for what is no statement too.
    """

    source: str
    check: str
    verdict: str
    printed: str
    recomputed: str
    explanation: str
    warning: str = ""
    quotes: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_one_of("verdict", self.verdict, VERDICTS)

    @property
    def id(self) -> str:
        """The verdict's name: its source, and 20 hexadecimal digits over what it says of which statements."""
        said = (self.check, self.verdict, self.printed, self.recomputed, self.explanation, self.warning)
        facts = json.dumps([*said, self.quotes, self.statements], ensure_ascii=True)
        return f"{self.source}/{hashlib.sha256(facts.encode()).hexdigest()[:20]}"

    @property
    def fits(self) -> bool:
        """Whether there is nothing to mind: it is consistent, whichever test is chosen."""
        return self.verdict == "consistent" and not self.warning
