"""This module holds sensitivity and specificity of a finding against the counts of it in the two groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.audit.paper import Paper, Printed, count_of, judge, total_of
from kg.audit.tables import Block, blocks
from kg.verdict import Verdict

Share = tuple[int, int]
ACCURACY = ("sensitivity", "specificity")


def accuracy(paper: Paper) -> Iterator[Verdict]:
    """Are sensitivity and specificity those of the paper's own counts, or exchanged, or those of the absence?"""
    known = blocks(paper)
    for numbers in paper.sentences:
        together: dict[tuple[str, str], dict[str, Printed]] = defaultdict(dict)
        for number in numbers:
            if number.own and number.statistic.kind in ACCURACY and _share(number) is not None:
                key = (number.first.subject.identity, number.first.object.identity)
                together[key].setdefault(number.statistic.kind, number)
        for (finding, disease), printed in together.items():
            yield _against(printed, expected(known, finding, disease))


def _share(number: Printed) -> Share | None:
    n, total = count_of(number.statistic), total_of(number.statistic)
    return (n, total) if n is not None and total is not None else None


def expected(known: Sequence[Block], finding: str, disease: str) -> Mapping[str, Share]:
    """What the counts of a table give; nothing where it does not count the finding in two groups, one with the disease.

    >>> expected([], "washout", "hcc")
    {}
    """
    for block in known:
        cells = {
            cell.number.first.subject.identity: (cell.n, total)
            for cell in block.cells
            if cell.number.first.object.identity == finding
            and cell.number.first.polarity == "present"
            and (total := block.totals.get(cell.column)) is not None
        }
        absent = _turned(block, finding, cells)
        groups = cells | {key: share for key, share in absent.items() if key not in cells}
        if disease in groups and len(groups) == 2:
            (other,) = (share for key, share in groups.items() if key != disease)
            return {"sensitivity": groups[disease], "specificity": (other[1] - other[0], other[1])}
    return {}


def _turned(block: Block, finding: str, cells: Mapping[str, Share]) -> dict[str, Share]:
    """The counts of a finding from those of its absence, such as the 0 that reads as absent."""
    return {
        cell.number.first.subject.identity: (cell.n if cell.n == 0 else total - cell.n, total)
        for cell in block.cells
        if cell.number.first.object.identity == finding
        and cell.number.first.polarity == "absent"
        and (total := block.totals.get(cell.column)) is not None
        and cell.number.first.subject.identity not in cells
    }


def _against(printed: Mapping[str, Printed], counts: Mapping[str, Share]) -> Verdict:
    numbers = [printed[kind] for kind in ACCURACY if kind in printed]
    if not counts:
        why = f"the paper's tables do not count {numbers[0].first.subject.label} in both groups"
        return judge("accuracy", "not checkable", numbers, explanation=why)
    found = {kind: _share(number) for kind, number in printed.items()}
    recomputed = ", ".join(f"{kind} {counts[kind][0]}/{counts[kind][1]}" for kind in ACCURACY)
    said = ", ".join(f"{number.statistic.kind} {number.text}" for number in numbers)
    right = all(counts[kind] == share for kind, share in found.items())
    explanation = f"the counts give {recomputed}; the paper prints {said}{'' if right else _how(found, counts)}"
    return judge(
        "accuracy", "consistent" if right else "inconsistent", numbers, recomputed=recomputed, explanation=explanation
    )


def _how(found: Mapping[str, Share | None], expected: Mapping[str, Share]) -> str:
    """Which simple change would make the printed pair right."""
    if len(found) < 2:
        return ""
    if (found["sensitivity"], found["specificity"]) == (expected["specificity"], expected["sensitivity"]):
        return ": the two are exchanged"
    inverted = all(found[kind] == (total - n, total) for kind, (n, total) in expected.items())
    return ": each is that of the finding's absence" if inverted else ""
