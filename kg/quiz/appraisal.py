"""This module proposes items that ask for judgement: which printed figure cannot be right, what a case points to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from kg.compare import Comparison, Row
from kg.differential import Differential, Findings, differential_statements
from kg.evidence.facts import COHORT_OBJECTS
from kg.model import Statement
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import Settled, said_of
from kg.quiz.contrasts import one_thing
from kg.quiz.ground import Ground
from kg.quiz.item import Fact, digest
from kg.quiz.typography import called, capital, printed
from kg.verdict import Verdict

COUNT: Final = re.compile(r"(\d+)/(\d+)")
PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*%")
MOST_PAIRS: Final = 6  # cases with two findings, of one pair of diseases
HALF: Final = 0.5
A_TENTH: Final = 0.1  # of a patient: nearer than this, a printed share is a whole number of patients, rounded
BOTH_ERR: Final = "Printing and extraction both err: look at the passage itself."


def _verdicts(ground: Ground, check: str, verdict: str) -> list[Verdict]:
    return [one for one in ground.verdicts if one.check == check and one.verdict == verdict]


def _fact(ground: Ground, verdict: Verdict) -> Fact:
    one = next((ground.by_id[identity] for identity in verdict.statements if identity in ground.by_id), None)
    where = f" {one.subject.identity} {one.predicate} {one.object.identity}" if one is not None else ""
    about = f"{verdict.source} audit {verdict.check}{where}"
    return Fact(about=about, value=verdict.printed, statements=verdict.statements)


def _proposal(
    ground: Ground,
    verdict: Verdict,
    stem: str,
    options: Sequence[Offer],
    *,
    sort: bool = False,
    difficulty: tuple[str, str] = ("hard", "the arithmetic has to be done"),
) -> Proposal:
    """An item on what a check found; the first option is right."""
    return Proposal(
        type="flaw",
        stem=stem,
        key=options[0],
        others=tuple(options[1:]),
        facts=(_fact(ground, verdict),),
        feedback=f"{capital(printed(verdict.explanation))}. {BOTH_ERR}",
        lead=verdict.statements,
        difficulty=difficulty,
        bloom="evaluate",
        concepts=tuple(
            key
            for identity in verdict.statements
            if identity in ground.by_id
            for key in (ground.by_id[identity].subject.key or "", ground.by_id[identity].object.key or "")
        ),
        sorted=sort,
    )


def misfits(ground: Ground) -> Iterator[Proposal]:
    """Which printed percentage does not fit the count beside it, among some of the same paper that do; one a paper."""
    asked = set()
    for wrong in _verdicts(ground, "percentage", "inconsistent"):
        told = _printed_share(wrong)
        near = [one for one in _verdicts(ground, "percentage", "consistent") if one.source == wrong.source]
        if not told or wrong.source in asked:
            continue
        asked.add(wrong.source)
        key = Settled(holds=True, reason=f"{capital(wrong.explanation)}.", statements=wrong.statements, proof="audit")
        options = [Offer(text=told, claim=key)]
        for one in sorted(near, key=lambda v: digest([wrong.printed, v.printed])):
            fits = Settled(holds=False, reason=f"It fits: {one.recomputed}.", statements=one.statements, proof="audit")
            if text := _printed_share(one):
                options.append(Offer(text=text, claim=fits))
        name = ground.name(wrong.source)
        stem = f"{name} prints counts with their percentages. Which percentage does NOT fit its count?"
        yield _proposal(ground, wrong, stem, options)


def recomputed(ground: Ground) -> Iterator[Proposal]:
    """What percentage a printed count gives where the paper prints another beside it."""
    for wrong in _verdicts(ground, "percentage", "inconsistent"):
        count, percent = COUNT.search(wrong.recomputed), PERCENT.findall(wrong.printed)
        statement = next((ground.by_id[one] for one in wrong.statements if one in ground.by_id), None)
        if not count or not percent or statement is None:
            continue
        n, total, decimals = int(count[1]), int(count[2]), len(percent[-1].partition(".")[2])
        shares = {m: f"{100 * m / total:.{decimals}f}" for m in (n, n - 1, n + 1) if 0 <= m <= total}
        printed_share = Settled(
            holds=False, reason=f"{capital(wrong.explanation)}.", statements=wrong.statements, proof="audit"
        )
        options = [
            Offer(
                text=f"{text} %",
                claim=Settled(
                    holds=m == n, reason=f"{m} of {total} is {text} %.", statements=wrong.statements, proof="audit"
                ),
                place=float(text),
            )
            for m, text in shares.items()
        ]
        options.insert(1, Offer(text=f"{percent[-1]} %", claim=printed_share, place=float(percent[-1])))
        places = {0: "a whole number", 1: "one decimal"}.get(decimals, f"{decimals} decimals")
        stem = (
            f"{ground.name(wrong.source)} prints a count of {n} of {total}{_of_what(statement)}. "
            f"Which percentage is that, rounded to {places}?"
        )
        yield _proposal(ground, wrong, stem, options, sort=True, difficulty=("moderate", "one division has to be done"))


def _of_what(statement: Statement | None) -> str:
    """' for washout in adenoma'; '' where a count is of patients only."""
    if statement is None or statement.object.key in COHORT_OBJECTS:
        return ""
    return f" for {called(statement.object)} in {called(statement.subject)}"


def _printed_share(verdict: Verdict) -> str:
    """'6 of 23, printed as 78.3 %' of a verdict on a percentage; '' where it is no such pair."""
    count, percent = COUNT.search(verdict.recomputed), PERCENT.findall(verdict.printed)
    return f"{count[1]} of {count[2]}, printed as {percent[-1]} %" if count and percent else ""


def unattainable(ground: Ground) -> Iterator[Proposal]:
    """Which percentage no whole number of a group's patients gives."""
    for verdict in _verdicts(ground, "attainable", "inconsistent"):
        near, percent = COUNT.findall(verdict.recomputed), PERCENT.search(verdict.printed)
        if percent is None or not near or _is_a_matter_of_rounding(float(percent[1]), near):
            continue
        total, decimals = int(near[0][1]), len(percent[1].partition(".")[2])
        numbers = sorted({int(n) + step for n, _ in near for step in (-1, 0, 1)} & set(range(1, total)))
        found = {f"{100 * n / total:.{decimals}f}": n for n in numbers}
        closest = sorted(found, key=lambda text: abs(float(text) - float(percent[1])))
        right = Settled(
            holds=True, reason=f"{capital(verdict.explanation)}.", statements=verdict.statements, proof="audit"
        )
        options = [Offer(text=f"{percent[1]} %", claim=right, place=float(percent[1]))]
        for text in closest:
            reason = f"{found[text]} of {total} is {text} %."
            claim = Settled(holds=False, reason=reason, statements=verdict.statements, proof="audit")
            options.append(Offer(text=f"{text} %", claim=claim, place=float(text)))
        printing = [ground.by_id[one] for one in verdict.statements if one in ground.by_id]
        about = next((said_of(one) for one in printing if one.object.key not in COHORT_OBJECTS), "a finding")
        stem = (
            f"{ground.name(verdict.source)} prints a percentage of {total} patients for {about}. "
            "Which of these shares can NOT come from a whole number of them?"
        )
        yield _proposal(ground, verdict, stem, options, sort=True)


def _is_a_matter_of_rounding(percent: float, near: Sequence[tuple[str, str]]) -> bool:
    """Whether a share lies within a tenth of a patient of a whole number: 82.60 % for 19/23, which is 82.61 %."""
    return any(abs(percent / 100 * int(total) - int(n)) < A_TENTH for n, total in near)


def exchanged(ground: Ground) -> Iterator[Proposal]:
    """What sensitivity and specificity a paper's own counts give where it prints them the other way round."""
    for verdict in _verdicts(ground, "accuracy", "inconsistent"):
        found = COUNT.findall(verdict.recomputed)
        statement = next((ground.by_id[one] for one in verdict.statements if one in ground.by_id), None)
        if len(found) != 2 or statement is None:
            continue
        (se, a), (sp, b) = ((int(n), int(total)) for n, total in found)
        pairs = [(se, sp), (sp, se), (a - se, sp), (se, b - sp)]
        options = []
        for place, (one, other) in enumerate(pairs):
            text = f"sensitivity {one}/{a}, specificity {other}/{b}"
            reason = f"The counts give sensitivity {se}/{a} and specificity {sp}/{b}."
            claim = Settled(holds=place == 0, reason=reason, statements=verdict.statements, proof="audit")
            options.append(Offer(text=text, claim=claim))
        with_, without = f"{se} of {a}", f"{b - sp} of {b}"
        against = f" and in {without} with {printed(statement.comparator.label)}" if statement.comparator else ""
        stem = (
            f"{ground.name(verdict.source)} counted {printed(statement.subject.label)} in {with_} patients with "
            f"{printed(statement.object.label)}{against}. Taken as a test for the former, what is its accuracy?"
        )
        yield _proposal(ground, verdict, stem, options)


def tests(ground: Ground) -> Iterator[Proposal]:
    """Which test gives a printed statistic and P."""
    for verdict in _verdicts(ground, "test", "inconsistent"):
        parts = [part.strip() for part in verdict.recomputed.split(";")]
        names = [re.split(r" (?:P = |\d)", part)[0].strip() for part in parts]
        stated = verdict.explanation.partition(" is ")[2]
        key = next((name for name in names if stated.startswith(name)), None)
        if key is None or len(names) < 3:
            continue
        options = []
        for name, part in sorted(zip(names, parts, strict=True), key=lambda pair: pair[0] != key):
            claim = Settled(holds=name == key, reason=f"{part}.", statements=verdict.statements, proof="audit")
            options.append(Offer(text=name.replace("Pearson's χ²", "χ² without correction (Pearson)"), claim=claim))
        quote = ground.quote(verdict.statements[0]).text
        shown = verdict.printed.replace("; ", " and P = ")
        stem = (
            f"{ground.name(verdict.source)} prints the row “{quote}” with χ² = {shown}. Which test gives these figures?"
        )
        yield _proposal(ground, verdict, stem, options)


def sums(ground: Ground) -> Iterator[Proposal]:
    """What the parts of a count add up to where a paper prints another total."""
    for verdict in _verdicts(ground, "parts", "inconsistent"):
        right, shown = COUNT.fullmatch(verdict.recomputed.strip()), COUNT.findall(verdict.printed)
        if right is None or len(shown) < 3:
            continue
        n, total, wrong = int(right[1]), int(right[2]), int(shown[-1][1])
        totals = dict.fromkeys([total, wrong, total + 1, total - 2, total + 2])
        options = []
        for one in totals:
            reason = f"{' + '.join(f'{a}/{b}' for a, b in shown[:-1])} is {n}/{total}."
            claim = Settled(holds=one == total, reason=reason, statements=verdict.statements, proof="audit")
            options.append(Offer(text=f"{n} of {one}", claim=claim, place=one))
        parts = " and ".join(f"{a} of {b}" for a, b in shown[:-1])
        name = ground.name(verdict.source)
        statement = next((ground.by_id[one] for one in verdict.statements if one in ground.by_id), None)
        stem = (
            f"{name} prints the parts of a count{_of_what(statement)} as {parts}. What do they add up to, "
            "if no patient is in more than one part?"
        )
        yield _proposal(ground, verdict, stem, options, sort=True, difficulty=("easy", "two small sums"))


def cases(ground: Ground) -> Iterator[Proposal]:
    """Which of two diseases the counts favour in a patient with one or two findings, from even odds."""
    for comparison in ground.comparisons:
        rows = [
            row
            for row in comparison.counted
            if row.within_study and row.ratio is not None and row.finding.key is not None and not row.every_warning
        ]
        rows = [row for row in rows if ground.concept(row.finding.key) is not None]
        for row in rows:
            yield from _case(ground, comparison, [row])
        apart = [pair for pair in combinations(rows, 2) if not one_thing(ground, *pair)]
        for pair in apart[:MOST_PAIRS]:
            yield from _case(ground, comparison, list(pair))


def _case(ground: Ground, comparison: Comparison, rows: Sequence[Row]) -> Iterator[Proposal]:
    present = tuple(row.finding.key or "" for row in rows if not row.negated)
    absent = tuple(row.finding.key or "" for row in rows if row.negated)
    source = rows[0].source or ""
    mine = [one for one in ground.statements if one.source == source]
    found = differential_statements(
        mine,
        Findings(present=present, absent=absent),
        [comparison.a, comparison.b],
        ground.lineage,
        concepts=ground.vocabulary.concepts,
        sources=ground.sources.values(),
    )
    after = {one.disease.key: one.after for one in found.candidates}
    a = after.get(comparison.a.key)
    if a is None or len(found.panel) != 2 or len(found.steps) < len(rows):
        return  # of findings that speak of one thing only one counts: which one would be the answer to another question
    leans = "a" if a.low > HALF else "b" if a.high < HALF else ""
    yield _case_item(ground, comparison, rows, found, leans)


def _case_item(
    ground: Ground, comparison: Comparison, rows: Sequence[Row], found: Differential, leans: str
) -> Proposal:
    name = ground.name(rows[0].source or "")
    shown = " and ".join(printed(row.label) for row in rows)
    candidates = sorted(found.candidates, key=lambda one: -(one.after.estimate if one.after is not None else 0.0))
    ranked = "; ".join(
        f"{one.disease.label} {100 * p.estimate:.0f} of 100 (95 % CI {100 * p.low:.0f}–{100 * p.high:.0f})"
        for one in candidates
        if (p := one.after) is not None
    )
    used = tuple(dict.fromkeys(i for step in found.steps for i in step.statements))
    texts = {
        "a": comparison.a.label,
        "b": comparison.b.label,
        "": "neither of the two: the interval holds one half",
    }
    reason = f"From even odds: {ranked}."
    offers = {
        side: Offer(text=text, claim=Settled(holds=side == leans, reason=reason, statements=used, proof="differential"))
        for side, text in texts.items()
    }
    assumed = " The findings are multiplied as if independent." if len(rows) > 1 else ""
    return Proposal(
        type="case",
        stem=f"A patient with liver lesions is like those of {name} and could have either {comparison.a.label} or "
        f"{comparison.b.label}, with even odds. Imaging shows {shown}. Which diagnosis do the counts of {name} favour, "
        "judged by the 95 % interval?",
        key=offers.pop(leans),
        others=tuple(offers.values()),
        facts=(
            Fact(
                about=" ".join(
                    [rows[0].source or "", "case", comparison.a.key, comparison.b.key, *(r.key for r in rows)]
                ),
                value="; ".join(f"{row.a.n}/{row.a.total} {row.b.n}/{row.b.total}" for row in rows if row.a and row.b),
                statements=used,
            ),
        ),
        feedback=f"{reason}{assumed} Education only: this says what one study counted, not what a patient has.",
        lead=used,
        difficulty=("moderate", "one finding decides")
        if len(rows) == 1
        else ("hard", "two findings have to be weighed"),
        bloom="apply",
        count=ranked,
        concepts=(comparison.a.key, comparison.b.key, *(row.finding.key or "" for row in rows)),
    )
