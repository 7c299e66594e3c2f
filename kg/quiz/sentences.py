"""This module proposes items on single sentences: true or false with the “not” kept, and what one may conclude."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.compare import Comparison, Row
from kg.evidence import FINDING_TYPES
from kg.evidence.kinds import MUTE_WITHOUT_A_NUMBER
from kg.model import Statement
from kg.quiz.assembly import Offer, Proposal, is_even
from kg.quiz.claims import PHRASES, ROLES, Contrary, MoreFrequent, Plays, Reads, Settled, States, said_of
from kg.quiz.contrasts import contrast_fact, contrast_feedback, seen_from
from kg.quiz.figures import figure_fact, is_counted, reach_of, several
from kg.quiz.ground import Ground
from kg.quiz.relations import answers_itself, relation_fact
from kg.quiz.typography import SHARES, apart, called, capital, figure, group_of, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a statement of one predicate reads, of what types its ends must be to read so, and what words show it.

    In `text` the verb stands in brackets: what is denied turns it into "is NOT" or "does NOT produce". `shown` are
    words of a sentence that says this relation and no other; none are needed where naming both ends is enough.
    """

    text: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    shown: str = ""


TO_A_THERAPY: Final = (*FINDING_TYPES, "disease", "outcome")
SICK: Final = ("disease", "syndrome")
WORDINGS: Final = {
    "has_sign": Wording(text="{o} [is] seen in {s}", subjects=SICK[:1], objects=("sign",)),
    "has_clinical_feature": Wording(
        text="the clinical picture of {s} [includes] {o}", subjects=SICK, objects=("clinical-feature", "syndrome")
    ),
    "has_marker": Wording(
        text="{o} [is] raised in {s}",
        subjects=SICK[:1],
        objects=("marker",),
        shown="rais|elevat|increas|high|level|normal|positive|negative",
    ),
    "expresses": Wording(
        text="{s} [produces] {o}", subjects=SICK[:1], objects=("marker",), shown="produc|secret|express|releas"
    ),
    "has_primary_site": Wording(
        text="{s} [has] its primary site in the {o}", subjects=SICK[:1], objects=("site",), shown="primar|site|locat"
    ),
    "misdiagnosed_as": Wording(
        text="{s} [is] mistaken for {o}", subjects=SICK[:1], objects=SICK[:1], shown="misdiagnos|mistak|confus"
    ),
    "treated_by": Wording(
        text="{o} [is] a treatment of {s}",
        subjects=SICK,
        objects=("therapy",),
        shown="treat|therap|resect|manag|recommend|advantag",
    ),
    "imaging_technique": Wording(
        text="{o} [is] used to image {s}",
        subjects=SICK[:1],
        objects=("modality",),
        shown="imag|modalit|assess|detect|visuali|scan|diagnos",
    ),
    "therapy_outcome": Wording(text="{s} [is] followed by {o}", subjects=("therapy",), objects=("outcome",)),
    "therapy_indication": Wording(
        text="{o} [is] an indication for {s}",
        subjects=("therapy",),
        objects=TO_A_THERAPY,
        shown="indicat|suitab|feasib|consider|recommend|option|select",
    ),
    "therapy_contraindication": Wording(
        text="{o} [is] a contraindication to {s}", subjects=("therapy",), objects=TO_A_THERAPY, shown="contraindicat"
    ),
    "complication": Wording(
        text="{o} [is] a complication of {s}",
        subjects=("therapy",),
        objects=TO_A_THERAPY,
        shown="complicat|side|caus|associat|develop|suffer",
    ),
    "associated_with": Wording(
        text="{o} [is] found together with {s}",
        subjects=("disease", "modality"),
        objects=("clinical-feature", "syndrome", "disease"),
        shown="associat|history|together|accompan",
    ),
}
"""How statements in words read; what has no row here makes no sentence."""
VERB: Final = re.compile(r"\[(\w+)\]")
LEFT_OVER: Final = re.compile(r"\b(?:remaining|rest|others?|another)\b", re.IGNORECASE)
"""A group that only its sentence's neighbours explain."""
MEASURED: Final = ("survival", "time-to", "life-expectancy", "quality-of-life", "prognosis", "rate", "incidence")
"""Parts of the keys of outcomes that are more or less, never there or not: without a number nothing follows."""
NEGATED: Final = re.compile(r"\b(?:no|not|without|lack\w*|absence|absent|never|none|neither|nor|non)\b", re.IGNORECASE)
LONGEST_SENTENCE: Final = 260  # characters of a sentence that a stem may quote
SHORTEST_SENTENCE: Final = 40
OTHERS_WORDS: Final = re.compile(  # "[42,43]", "NENs (11)", "liver remnant26;", "Kim et al."
    r"\[\d|\(\d+(?:[,–-] ?\d+)*\)|\b[a-z]{4,}\d{1,3}\b|\bet al\b|\b[Gg]uidelines?\b|\bconsensus\b|"
    r"\b[Pp]revious(?:ly)? (?:reports?|reported|stud|works?|publi|describ)|\bliterature\b|\b[Ss]tudies have\b"
)
OWN_WORDS: Final = re.compile(
    r"\b(?:in (?:our|this|the present) (?:study|series|cohort|group|experience)|"
    r"our (?:results?|findings?|cases|patients|study)|we (?:found|observed|saw))\b",
    re.IGNORECASE,
)
NAMED_SECTIONS: Final = ("Abstract", "Introduction", "Results", "Discussion", "Conclusion")


TOPICS: Final = {"has_marker": "marker", "expresses": "marker", "has_primary_site": "primary-site"}
"""The type of an item on one sentence, where it is not only true or false."""


def clause(statement: Statement, polarity: str) -> str:
    """The statement in words, affirmed or denied; what a study saw itself is told in the past."""
    tense = "was" if statement.evidence == "own" else "is"
    words = VERB.sub(lambda found: _verb(found[1], tense, polarity), WORDINGS[statement.predicate].text)
    group = group_of(statement)
    told = words.format(s=called(statement.subject), o=called(statement.object))
    return f"{told} ({group})" if group else told


def _verb(verb: str, tense: str, polarity: str) -> str:
    """A verb affirmed or denied: 'is', 'was NOT', 'produces', 'does NOT have'."""
    if verb == "is":
        return tense if polarity == "present" else f"{tense} NOT"
    return verb if polarity == "present" else f"does NOT {'have' if verb == 'has' else verb.removesuffix('s')}"


def _sayable(ground: Ground, statement: Statement) -> bool:
    """Whether a statement makes a sentence on its own: two concepts of fitting types, no number, no third thing."""
    row = WORDINGS.get(statement.predicate)
    if row is None or statement.statistic is not None or statement.comparator is not None or statement.phases:
        return False
    one, other = ground.concept(statement.subject.key), ground.concept(statement.object.key)
    if one is None or other is None or one.type not in row.subjects or other.type not in row.objects:
        return False
    measured = other.type == "outcome" and any(part in other.key for part in MEASURED)
    left_over = LEFT_OVER.search(group_of(statement)) is not None
    return not (measured or left_over or other.variable or other.key in MUTE_WITHOUT_A_NUMBER)


def true_or_false(ground: Ground) -> Iterator[Proposal]:
    """What a paper denies, asked as said or turned round: so that the “not” has to be known."""
    yield from (_true_or_false(ground, one) for one in _once(ground, "absent"))


def _once(ground: Ground, polarity: str) -> list[Statement]:
    found: dict[tuple[str, str, str, str | None], Statement] = {}
    for one in sorted(ground.statements, key=lambda s: bool(ground.against(s))):  # the sound ones first
        if one.polarity == polarity and _sayable(ground, one):
            found.setdefault((one.subject.identity, one.predicate, one.object.identity, one.population), one)
    return list(found.values())


def _true_or_false(ground: Ground, one: Statement) -> Proposal:
    asked = one.polarity if is_even("true", one.source, clause(one, "present")) else _other(one.polarity)
    name = ground.name(one.source)
    claim = States(statement=one, polarity=asked)
    right, wrong = ("True", "False") if asked == one.polarity else ("False", "True")
    offers = {"True": Offer(text="True", claim=claim), "False": Offer(text="False", claim=Contrary(claim=claim))}
    said = clause(one, one.polarity)
    return Proposal(
        type=TOPICS.get(one.predicate, "true-false"),
        stem=f"According to {name}, {clause(one, asked)}.",
        key=offers[right],
        others=(offers[wrong],),
        facts=(relation_fact(one),),
        feedback=f"{right}: according to {name}, {said}.",
        lead=(one.id,),
        difficulty=("easy", "one sentence has to be remembered")
        if one.polarity == "present"
        else ("moderate", "the paper denies it"),
        bloom="remember",
        concepts=(one.subject.key or "", one.object.key or ""),
        against=ground.against(one) or ground.opposed(one),
    )


def _other(polarity: str) -> str:
    return "absent" if polarity == "present" else "present"


def contrasts(ground: Ground) -> Iterator[Proposal]:
    """True or false: one study counted a finding more often in one group than in the other."""
    for comparison in ground.comparisons:
        for row in comparison.counted:
            if (
                row.within_study
                and row.ratio is not None
                and not row.every_warning
                and row.reading != "does_not_separate"
            ):
                yield _contrast(ground, comparison, row)


def _contrast(ground: Ground, comparison: Comparison, row: Row) -> Proposal:
    leans = row.reading[-1]
    side = leans if is_even("contrast", row.key) else {"a": "b", "b": "a"}[leans]
    seen = seen_from(comparison, row, side)
    right, wrong = ("True", "False") if side == leans else ("False", "True")
    claim = MoreFrequent(row=row, side=side)
    offers = {"True": Offer(text="True", claim=claim), "False": Offer(text="False", claim=Contrary(claim=claim))}
    return Proposal(
        type="true-false",
        stem=f"{ground.name(seen.mine.source)} counted {printed(row.label)} more often in patients with "
        f"{seen.here.label} than in patients with {seen.there.label}.",
        key=offers[right],
        others=(offers[wrong],),
        facts=(contrast_fact(row, seen),),
        feedback=f"{right}. {contrast_feedback(row.ratio, row, seen)}",
        lead=seen.used,
        difficulty=("moderate", "the direction of a difference has to be known"),
        bloom="understand",
        count=seen.counts,
        concepts=(comparison.a.key, comparison.b.key, row.finding.key or ""),
        against=ground.doubt(seen.used),
    )


CLEARLY: Final = 10.0  # percentage points between two printed figures that a sentence compares
MOST_COMPARED: Final = 2  # sentences that compare one figure with others


def compared_figures(ground: Ground) -> Iterator[Proposal]:
    """True or false: a paper prints a higher figure for one thing than for another of its kind."""
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for one in ground.figures:
        kind = one.statistic.kind if one.statistic is not None else ""
        if kind in SHARES and one.predicate in PHRASES and not is_counted(ground, one) and not several(ground, one):
            groups[one.source, one.predicate, kind, "subject", one.subject.identity].append(one)
            groups[one.source, one.predicate, kind, "object", one.object.identity].append(one)
    used: Counter[str] = Counter()
    for (_, _, _, shared, _), members in groups.items():
        for one, other in combinations(sorted(members, key=lambda s: s.id), 2):
            things = [s.object if shared == "subject" else s.subject for s in (one, other)]
            fresh = used[one.id] < MOST_COMPARED and used[other.id] < MOST_COMPARED
            named = all(thing.key is not None for thing in things)
            if named and fresh and _far_apart(one, other) and not ground.related(*things):
                used.update((one.id, other.id))
                yield _compared(ground, *sorted((one, other), key=_value, reverse=True))


def _value(statement: Statement) -> float:
    return sum(reach_of(statement)) / 2


def _far_apart(one: Statement, other: Statement) -> bool:
    low, high = sorted((_value(one), _value(other)))
    return apart(reach_of(one), reach_of(other)) and (high - low >= CLEARLY or high > 3 * low)


def _compared(ground: Ground, high: Statement, low: Statement) -> Proposal:
    value, other = high.statistic, low.statistic
    if value is None or other is None:
        raise ValueError(f"{high.id} or {low.id} prints no figure")
    name, told = ground.name(high.source), (said_of(high), said_of(low))
    straight = is_even("compared", high.source, *told)
    first, second = told if straight else told[::-1]
    reason = f"{told[0]} {figure(value)}, {told[1]} {figure(other)}"
    claim = Settled(holds=straight, reason=f"Printed: {reason}.", statements=(high.id, low.id), proof="value")
    offers = {"True": Offer(text="True", claim=claim), "False": Offer(text="False", claim=Contrary(claim=claim))}
    right, wrong = ("True", "False") if straight else ("False", "True")
    return Proposal(
        type="true-false",
        stem=f"{name} prints a higher figure for {first} than for {second}.",
        key=offers[right],
        others=(offers[wrong],),
        facts=(figure_fact(high), figure_fact(low)),
        feedback=f"{right}. {name} prints: {reason}.",
        lead=(high.id, low.id),
        difficulty=("moderate", "two printed figures have to be compared"),
        bloom="understand",
        concepts=tuple(e.key or "" for e in (high.subject, high.object, low.subject, low.object)),
    )


def stated_roles(ground: Ground) -> Iterator[Proposal]:
    """True or false: a thing is an indication for, a contraindication to, or a complication of a therapy."""
    seen = set()
    for one in ground.statements:
        asked = one.source, one.span.start, one.object.identity
        if one.predicate in ROLES and one.polarity == "present" and asked not in seen and _sayable(ground, one):
            if not ground.against(one):
                seen.add(asked)
            opposite = {"therapy_indication": "therapy_contraindication"}.get(one.predicate, "therapy_indication")
            yield _stated_role(ground, one, one.predicate if is_even("role", *map(str, asked)) else opposite)


def _stated_role(ground: Ground, one: Statement, role: str) -> Proposal:
    claim = Plays(source=one.source, therapy=one.subject, thing=one.object, role=role)
    offers = {"True": Offer(text="True", claim=claim), "False": Offer(text="False", claim=Contrary(claim=claim))}
    right, wrong = ("True", "False") if role == one.predicate else ("False", "True")
    name, thing, therapy = ground.name(one.source), called(one.object), called(one.subject)
    return Proposal(
        type="true-false",
        stem=f"According to {name}, {thing} is {ROLES[role]} {therapy}.",
        key=offers[right],
        others=(offers[wrong],),
        facts=(relation_fact(one),),
        feedback=f"{right}: {name} names {thing} as {ROLES[one.predicate]} {therapy}.",
        lead=(one.id,),
        difficulty=("moderate", "for and against a therapy have to be told apart"),
        bloom="remember",
        concepts=(one.subject.key or "", one.object.key or ""),
        against=ground.against(one) or answers_itself(one),
    )


READINGS: Final = {
    ("present", "own"): "The authors saw it themselves: {clause}.",
    ("absent", "own"): "The authors saw it themselves: {denied}.",
    ("present", "cited"): "The authors take it from other work: {clause}.",
    ("absent", "cited"): "The authors take it from other work: {denied}.",
}


def conclusions(ground: Ground) -> Iterator[Proposal]:
    """What a quoted sentence allows to conclude: affirmed or denied, seen by the authors or taken from others."""
    taken = set()
    for one in ground.statements:
        place = one.source, one.span.start
        if place not in taken and _sayable(ground, one) and not ground.against(one) and _tells(ground, one):
            taken.add(place)
            yield _conclusion(ground, one)


def _tells(ground: Ground, one: Statement) -> bool:
    """Whether the sentence itself shows what it says, whose finding that is, and its negation where it denies."""
    quote = " ".join(one.quote.split())
    if not SHORTEST_SENTENCE <= len(quote) <= LONGEST_SENTENCE or one.section in ("Table", "Methods"):
        return False
    if (one.polarity == "absent") != bool(NEGATED.search(quote)) or not ground.is_named(one.object, quote):
        return False
    if not re.search(WORDINGS[one.predicate].shown, quote, re.IGNORECASE):
        return False
    others, own = OTHERS_WORDS.search(quote), OWN_WORDS.search(quote)
    if one.evidence == "cited":
        return others is not None and own is None and ground.is_named(one.subject, quote)
    return one.evidence == "own" and others is None and (one.section == "Results" or own is not None)


def _conclusion(ground: Ground, one: Statement) -> Proposal:
    quote = ground.quote(one.id)

    def offer(reading: tuple[str, str]) -> Offer:
        polarity, evidence = reading
        text = READINGS[reading].format(
            clause=clause(one, "present"), denied=clause(one, "absent").replace("NOT", "not")
        )
        return Offer(text=text, claim=Reads(statement=one, polarity=polarity, evidence=evidence))

    right = one.polarity, one.evidence
    where = (
        f"the {one.section} of {ground.name(one.source)}" if one.section in NAMED_SECTIONS else ground.name(one.source)
    )
    told = "" if ground.is_named(one.subject, one.quote) else f", which is on {called(one.subject)}"
    return Proposal(
        type="conclusion",
        stem=f"Read this sentence from {where}{told}: “{quote.text}” Which conclusion does it allow?",
        key=offer(right),
        others=tuple(offer(reading) for reading in READINGS if reading != right),
        facts=(relation_fact(one),),
        feedback=f"{capital(clause(one, one.polarity))}: "
        + (
            "the authors' own observation." if one.evidence == "own" else "taken from the work that the sentence cites."
        ),
        lead=(one.id,),
        difficulty=("easy", "the sentence is there to be read")
        if one.polarity == "present"
        else ("moderate", "the sentence denies"),
        bloom="understand",
        concepts=(one.subject.key or "", one.object.key or ""),
        against=ground.opposed(one),
    )
