"""The questions of questions.jsonl: how they are read, and how an answer is scored against what it must cite."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.ask import Answer

QUESTIONS = Path(__file__).with_name("questions.jsonl")

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose answer is not what it must be, and why."""

    id: str
    question: str
    why: str


def questions(part: str | None = None) -> Iterator[dict[str, Any]]:
    """The rows of questions.jsonl, of one part ('tuned', 'held_out', 'others') or of all."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if part in (None, row["part"]):
            yield row


def folded(text: str) -> str:
    return " ".join(text.split())


def cites(answer: Answer, evidence: dict[str, Any], *, rows: bool = False) -> bool:
    """Whether the sentences of an answer (or its rows) rest on a statement of a source whose quote holds some words."""
    cited = {i for clause in (*answer.clauses, *answer.disagreements) for i in clause.statements}
    wanted = evidence["quote"] if isinstance(evidence["quote"], list) else [evidence["quote"]]
    return any(
        one.source == evidence["source"] and any(words in folded(one.quote) for words in wanted)
        for one in (answer.shown if rows else answer.rows)
        if rows or one.id in cited
    )


def miss(row: dict[str, Any], ask: Ask) -> Miss | None:
    """What is wrong with the answer to a question; None if nothing is."""
    answer = ask(row["question"])
    if not row["answerable"]:
        return Miss(row["id"], row["question"], "answered") if answer.answered else None
    if not answer.answered:
        return Miss(row["id"], row["question"], f"refused: {answer.reason}")
    if "means" in row:
        right = ask(row["means"])
        same = (right.clauses, right.rows, right.intent) == (answer.clauses, answer.rows, answer.intent)
        return None if same else Miss(row["id"], row["question"], f"not the answer of: {row['means']}")
    lacking = [evidence for evidence in row["evidence"] if not cites(answer, evidence)]
    if lacking:
        return Miss(row["id"], row["question"], f"{answer.intent} does not cite {lacking}")
    return None


def misses(rows: Iterable[dict[str, Any]], ask: Ask) -> list[Miss]:
    """The misses over some questions."""
    return [found for row in rows if (found := miss(row, ask)) is not None]
