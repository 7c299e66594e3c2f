"""This module checks parts against their total, and groups against the group that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, counts_patients, judge, total_of, whole_group
from kg.audit.tables import Block, blocks
from kg.evidence import unit_of
from kg.verdict import Verdict

MALE: Final = ("men", "man", "male", "males")
FEMALE: Final = ("women", "woman", "female", "females")
# Of these a patient has one: lists of them share out their group.
ONE_EACH: Final = ("has_primary_site", "classified_by", "misdiagnosed_as")
SHORTEST_LIST: Final = 3
AMONG: Final = re.compile(r"\b(?:among (?:them|these)|of (?:them|these|which|whom))\b", re.IGNORECASE)
MEN_BEFORE: Final = re.compile(r"\W*(?:including |consisting of )?(\d+) (?:men|males?)\b\W*(?:and )?", re.IGNORECASE)
NEAR: Final = 160  # characters between a group and the men and women of it, with a page's head in between


def parts(paper: Paper) -> Iterator[Verdict]:
    """Do the parts add up to their total?"""
    known = blocks(paper)
    for block in known:
        yield from _levels(block, known)
    yield from _sexes(paper)
    for numbers in paper.sentences:
        yield from _list(paper, numbers)
        yield from _breakdown(paper, numbers)


def _levels(block: Block, known: Sequence[Block]) -> Iterator[Verdict]:
    if len(block.levels) < 2 or not all(column in block.totals for column in block.columns):
        return
    if not shares_out(block, known):
        why = f"the levels of {block.name} may overlap: they add up in no column"
        yield judge("parts", "not checkable", [cell.number for cell in block.cells], explanation=why)
        return
    for column in block.columns:
        numbers = [cell.number for cell in block.column(column)]
        counts = [cell.n for cell in block.column(column)]
        yield _sum(numbers, counts, block.totals[column], f"{block.name}, {column}")


def shares_out(block: Block, known: Sequence[Block]) -> bool:
    """Whether the levels of a block exclude each other and leave nobody out.

    They do if they add up in a column, or in all columns together, or are presence and absence of one finding, or if
    all other blocks of the table do. A level with no number in a column is no share of it: what adds up then does so by
    chance.
    """
    if any(len(block.column(column)) < len(block.levels) for column in block.columns):
        return False
    if any(map(block.adds_up, block.columns)):
        return True
    if sum(map(block.sum, block.columns)) == sum(block.totals[column] for column in block.columns):
        return True
    ends = {(cell.number.first.object.identity, cell.number.first.polarity) for cell in block.cells}
    if len({identity for identity, _ in ends}) == 1 and len(ends) == 2:
        return True
    others = [one for one in known if one.table == block.table and one is not block and len(one.levels) > 1]
    return len(others) > 1 and all(any(map(one.adds_up, one.columns)) for one in others)


def _sum(numbers: Sequence[Printed], counts: Sequence[int], total: int, what: str) -> Verdict:
    added = " + ".join(map(str, counts))
    right = sum(counts) == total
    return judge(
        "parts",
        "consistent" if right else "inconsistent",
        numbers,
        recomputed=f"{added} = {sum(counts)}",
        explanation=f"{what}: {added} is {sum(counts)}; the paper prints {total} in all",
    )


def _sexes(paper: Paper) -> Iterator[Verdict]:
    """A number of men and one of women, one right after the other, against the group before them."""
    counts = [one for one in paper.numbers if one.statistic.kind == "count" and one.statistic.op is None]
    for place, (one, other) in enumerate(pairwise(counts)):
        if {_sex(one), _sex(other)} != {"male", "female"} or other.span.start - one.span.end > NEAR / 2:
            yield from _read_beside(paper, one, other)
            continue
        group = _group_before(counts[:place], one) or _group_after(counts[place + 2 :], other)
        n, m = count_of(one.statistic), count_of(other.statistic)
        total = None if group is None else count_of(group.statistic)
        if group is None or n is None or m is None or total is None:
            why = "no size of their group is printed with the men and women"
            yield judge("parts", "not checkable", [one, other], explanation=why)
        else:
            yield _sum([group, one, other], [n, m], total, "men and women")


def _read_beside(paper: Paper, group: Printed, women: Printed) -> Iterator[Verdict]:
    """A group and its women whose men are no statement of their own, but stand between the two."""
    men = MEN_BEFORE.fullmatch(paper.between(group, women))
    n, total = count_of(women.statistic), count_of(group.statistic)
    if men is not None and n is not None and total is not None and _sex(women) == "female" and _is_group(group):
        yield _sum([group, women], [int(men[1]), n], total, "men and women")


def _sex(number: Printed) -> str | None:
    unit = (number.statistic.unit or "").casefold()
    return "male" if unit in MALE else "female" if unit in FEMALE else None


def _is_group(number: Printed) -> bool:
    """Whether a count is that of a group; "one patient" is a case."""
    several = count_of(number.statistic) != 1
    return several and _sex(number) is None and unit_of(number.first) == "patients"


def _group_before(counts: Sequence[Printed], number: Printed) -> Printed | None:
    near = [one for one in counts[-2:] if number.span.start - one.span.end <= NEAR and _is_group(one)]
    return near[-1] if near else None


def _group_after(counts: Sequence[Printed], number: Printed) -> Printed | None:
    """The group that men and women stand before, in their own sentence."""
    same = (one for one in counts[:1] if one.first.span == number.first.span and _is_group(one))
    return next(same, None)


def _list(paper: Paper, numbers: Sequence[Printed]) -> Iterator[Verdict]:
    """Counts of things of which each patient has one, listed in a sentence, against the group."""
    counts = [one for one in numbers if one.statistic.kind == "count" and one.statistic.op is None]
    for (form, _), run in groupby(counts, key=lambda one: (_form(one), one.first.subject.identity)):
        members = list(run)
        values = [n for one in members if (n := count_of(one.statistic)) is not None]
        if form is None or len(members) < SHORTEST_LIST or len(values) < len(members):
            continue
        group = _group_before([one for one in counts if one not in members], members[0])
        total = count_of(group.statistic) if group is not None else paper.patients(members[0].first.subject.identity)
        shown = [group, *members] if group is not None else members
        if total:
            yield _sum(shown, values, total, "the list")
        else:
            yield judge("parts", "not checkable", members, explanation="the size of the group listed is not printed")


def _form(number: Printed) -> str | None:
    """How an item of a list is printed, for the items of one list are printed alike; None for no such item."""
    if not number.predicates & set(ONE_EACH) or not number.own or not counts_patients(number):
        return None
    return "n =" if number.text.casefold().startswith("n") else number.statistic.unit


def _breakdown(paper: Paper, numbers: Sequence[Printed]) -> Iterator[Verdict]:
    """What a sentence tells of a count "among them": no more than the count."""
    counts = [one for one in numbers if one.statistic.kind == "count" and one.statistic.op is None and one.own]
    for place, one in enumerate(counts[:-1]):
        rest = counts[place + 1 :]
        link = AMONG.search(paper.between(one, rest[0]))
        if link is None:
            continue
        total, values = count_of(one.statistic), [n for part in rest if (n := count_of(part.statistic)) is not None]
        if total is None or len(values) < len(rest) or len(rest) < 2:
            return
        if sum(values) < total:
            why = f"{' + '.join(map(str, values))} is less than {total}; the sentence need not tell of all"
            yield judge("parts", "not checkable", [one, *rest], explanation=why)
        else:
            yield _sum([one, *rest], values, total, "among them")
        return


def subgroups(paper: Paper) -> Iterator[Verdict]:
    """Is no part larger than the group that it is of?"""
    for number in paper.numbers:
        if number.statistic.kind in ("proportion", "count", "sensitivity", "specificity"):
            yield from _part_of(paper, number)
    for block in blocks(paper):
        for cell in block.cells:
            total = block.totals.get(cell.column)
            alone = total_of(cell.number.statistic) is None and cell.percent is not None
            if total is not None and alone:
                yield _no_larger([cell.number], cell.n, total)


def _part_of(paper: Paper, number: Printed) -> Iterator[Verdict]:
    n, total = count_of(number.statistic), total_of(number.statistic)
    if n is not None and total is not None:
        yield _no_larger([number], n, total)
    if total is not None and number.own and unit_of(number.first) == "patients" and whole_group(number):
        yield from _within_study(paper, number, total)
    if n is None or number.statistic.kind != "count" or number.first.predicate != "has_sign" or not number.own:
        return
    size = paper.size(number.first)
    if size is not None and size > 1 and unit_of(number.first) == "patients" and number.statistic.op is None:
        yield _no_larger([number], n, size)


def _no_larger(numbers: Sequence[Printed], n: int, total: int) -> Verdict:
    return judge(
        "subgroup",
        "consistent" if n <= total else "inconsistent",
        numbers,
        recomputed=f"{n} of {total}",
        explanation=f"{n} of {total}: a part is no larger than its group"
        if n <= total
        else f"{n} is more than {total}",
    )


def _within_study(paper: Paper, number: Printed, total: int) -> Iterator[Verdict]:
    """A total of patients that is larger than all groups of the study together."""
    sizes = [g.size for g in paper.groups if g.unit == "patients" and g.population is None]
    lesions = any(group.unit == "lesions" for group in paper.groups)
    if not sizes or lesions or total <= sum(sizes):
        return
    yield judge(
        "subgroup",
        "inconsistent",
        [number],
        recomputed=f"{sum(sizes)} patients in all",
        explanation=f"{number.text} is of {total}; the study's groups have {sum(sizes)} patients in all",
    )
