"""This module says what the audit found, beside a number and beneath its row: a sign, a word, the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.compare import Row
from kg.evidence import Cell
from kg.verdict import VERDICTS, Verdict
from kg.web.markup import Html, element, joined
from kg.web.view import Context, View

# verdict -> (sign, word); the word carries it, the sign only repeats it
MARKS: Final = {
    "inconsistent": ("✕", "does not fit"),
    "disagreement": ("≠", "papers disagree"),
    "consistent": ("✓", "fits"),
    "not checkable": ("·", "not checkable"),
}
WARNED: Final = ("!", "depends on the test")
NOT_OF_THE_NUMBER: Final = ("caption",)  # a sentence that points to the wrong figure has the right numbers


def judged(identifiers: Iterable[str], view: Context) -> list[Verdict]:
    """The verdicts on the numbers of some statements, the worst first."""
    found = dict.fromkeys(v for i in identifiers for v in view.verdicts.get(i, ()) if v.check not in NOT_OF_THE_NUMBER)
    return sorted(found, key=_worst_first)


def flag(verdict: Verdict) -> Html:
    """One verdict: its sign and word, then the arithmetic."""
    sign, word = WARNED if verdict.warning and verdict.verdict == "consistent" else MARKS[verdict.verdict]
    text = "; ".join(filter(None, (verdict.explanation, verdict.warning)))
    return joined(element("span", sign, aria_hidden="true"), f" {word}: {text}")


def of_statement(verdicts: Sequence[Verdict]) -> Html | None:
    """What the audit says of one statement's number, for the panel beside the text."""
    if not verdicts:
        return None
    return joined(element("h3", "Checked against the paper"), _list(sorted(verdicts, key=_worst_first)))


def _worst_first(verdict: Verdict) -> tuple[int, Verdict]:
    return VERDICTS.index(verdict.verdict), verdict


def beside_number(cell: Cell, view: Context) -> Html | None:
    """The worst that the audit says of a cell's count, where that is more than that it fits."""
    worst = next(iter(judged(cell.used, view)), None)
    if worst is None or worst.verdict not in ("inconsistent", "disagreement"):
        return None
    return element("span", flag(worst), class_="warn")


def of_row(row: Row, view: View) -> Html | None:
    """Everything that the audit says of a row's numbers, for the opened row."""
    used = [identifier for cell in (row.a, row.b) if cell is not None for identifier in cell.statements]
    found = judged([*used, *(one.statement for one in row.attached)], view)
    if not found:
        return None
    fitting = [verdict for verdict in found if verdict.verdict == "consistent" and not verdict.warning]
    rest = [verdict for verdict in found if verdict not in fitting]
    return element("section", element("h3", "Checked against the paper"), _list(rest), _folded(fitting, row, view))


def _list(verdicts: Iterable[Verdict]) -> Html | None:
    items = [element("li", flag(verdict)) for verdict in verdicts]
    return element("ul", *items) if items else None


def _folded(verdicts: Sequence[Verdict], row: Row, view: View) -> Html | None:
    """What fits of a row, in one line that opens; its whole name is read aloud."""
    if not verdicts:
        return None
    sign, word = MARKS["consistent"]
    summary = element(
        "summary",
        element("span", sign, aria_hidden="true"),
        f" {word}: {len(verdicts)} check{'s' if len(verdicts) > 1 else ''}",
        element("span", f" of {row.label}", class_="visually-hidden"),
    )
    return element("details", summary, _list(verdicts), open=view.printing)
