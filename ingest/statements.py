"""This module joins mentions, numbers and context to statements, and records what it cannot place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.candidates import IMAGING, NO_ATTRIBUTES, Candidate, attributes, bearers, role_of
from ingest.context import is_hedged, unit_of_analysis, universal_population
from ingest.negation import is_negated
from ingest.mentions import Mention, of_type
from ingest.lists import Anchor, claim_anchor, listed_phase, number_anchors
from ingest.predicates import Case, claimed, predicate_rule
from ingest.ranking import Weights
from ingest.reported import Reported
from ingest.sentences import GENERIC, Paper, Sentence
from kg.model import Entity, Gap, Span, Statement, Statistic

CLAIM_THRESHOLD: Final = 0.35
"""A claim less likely than this is not written: below it more are wrong than right (see `signum evaluate`)."""

LIST_BETWEEN: Final = re.compile(
    r"\s*(?:,|/|and|or|as well as|along with|followed by|\(\s*\)|with|both|\s|[A-Za-z\-]+ing|peripheral|similar|[“”\"'‘’])*\s*",
    re.IGNORECASE,
)
SYMMETRIC: Final = frozenset({"misdiagnosed_as", "differential_of"})
"""Predicates of two diseases; the one that the paper studies is the subject."""

AGREEMENT: Final = "interobserver-agreement"
AGREEMENT_KINDS: Final = frozenset({"kappa", "icc"})
"""Kinds of numbers that say how well observers agreed on something."""

SEQUENCES: Final = frozenset({"t1-weighted-imaging", "t2-weighted-imaging", "diffusion-weighted-imaging", "adc-map"})
COUNTING: Final = frozenset({"count", "proportion", "percent", "percent_range"})
"""Kinds of numbers that a 'not' turns into the number of those without."""

SIGNIFICANCE: Final = Decimal("0.05")
NOT_SIGNIFICANT: Final = re.compile(r"\bno(?:t)?\b[^.;]{0,40}\b(?:significan\w+|differen\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A bearer and an attribute that belong together, and how likely each is right."""

    bearer: Candidate
    attribute: Candidate
    confidence: float


def sentence_statements(paper: Paper, index: int, weights: Weights) -> Iterator[Statement | Gap]:
    """What one sentence states: its numbers first, then its claims without a number."""
    sentence = paper.sentences[index]
    stated: set[tuple[str, str]] = set()
    for number, anchor in zip(sentence.numbers, number_anchors(sentence), strict=True):
        pairs = number_pairs(paper, index, anchor, number, weights)
        if not pairs:
            yield _gap(paper, sentence, anchor, "no subject and object that this number could belong to")
        for pair in pairs:
            statement = _statement(paper, sentence, pair, number=number, anchor=anchor)
            stated.add((statement.subject.identity, statement.object.identity))
            yield statement
    yield from _claims(paper, index, weights, stated)


def _gap(paper: Paper, sentence: Sentence, anchor: Anchor, reason: str) -> Gap:
    span = sentence.clean.source_span(anchor.start, anchor.end)
    return Gap(source=paper.source.key, span=span, text=paper.raw.text[span.start : span.end], reason=reason)


# ---------------------------------------------------------------- numbers


def number_pairs(paper: Paper, index: int, anchor: Anchor, number: Reported, weights: Weights) -> list[Pair]:
    """The likeliest pairs for a number: the best, and those that a list joins to it ('rim APHE and washout (7/10)')."""
    ranked = weights.rank("attribute", attributes(paper, index, anchor, number))
    holders = weights.rank("bearer", bearers(paper, index, anchor))
    if not ranked or not holders:
        return []
    best = ranked[0]
    chosen = [best]
    sentence = paper.sentences[index]
    if number.kind in {"count", "proportion", "percent"}:
        chosen += [c for c in ranked[1:] if _listed_together(sentence, best[1], c[1], anchor)]
    pairs = []
    for rank, (likely, attribute) in enumerate(chosen):
        holder = next(((p, b) for p, b in holders if b.entity.identity != attribute.entity.identity), None)
        if holder is not None:
            confidence = (likely if rank == 0 else 0.9 * min(likely, best[0])) * holder[0]
            pairs.append(Pair(bearer=holder[1], attribute=attribute, confidence=max(confidence**0.5, 0.01)))
    return pairs


def _listed_together(sentence: Sentence, best: Candidate, other: Candidate, anchor: Anchor) -> bool:
    """Whether two attributes are items of one list to which the number belongs."""
    if best.origin == other.origin == "before":
        return True
    if best.mention is None or other.mention is None or best.type != other.type or best.type == "disease":
        return False
    first, last = sorted((best.mention, other.mention), key=lambda m: m.start)
    if first.end > last.start:
        return False
    if any(first.end <= n.start and n.end <= last.start for n in sentence.numbers):
        return False
    return bool(LIST_BETWEEN.fullmatch(sentence.text[first.end : last.start]))


# ---------------------------------------------------------------- claims

CLAIM_TYPES: Final = (
    "sign",
    "marker",
    "clinical-feature",
    "syndrome",
    "site",
    "therapy",
    "modality",
    "outcome",
    "classification",
    "disease",
)


def claim_candidates(paper: Paper, index: int, weights: Weights) -> Iterator[tuple[Pair, dict[str, float]]]:
    """Each attribute of a sentence with its likeliest bearer, and the features that tell whether it is a claim."""
    sentence = paper.sentences[index]
    for mention in sentence.mentions:
        if mention.type not in CLAIM_TYPES or mention.key in GENERIC | NO_ATTRIBUTES:
            continue
        anchor = claim_anchor(mention)
        holders = [
            (p, b)
            for p, b in weights.rank("bearer", bearers(paper, index, anchor))
            if b.entity.key not in {mention.key, None} and (b.mention is None or not _nested(b.mention, mention))
        ]
        if not holders:
            continue
        likely, holder = holders[0]
        concept = paper.lexicon.concepts[mention.key]
        attribute = Candidate(
            entity=Entity(key=mention.key, label=concept.label),
            type=role_of(concept),
            origin="mention",
            features={},
            mention=mention,
        )
        pair = Pair(bearer=holder, attribute=attribute, confidence=likely)
        predicate = predicate_rule(_case(sentence, pair, "claim")).predicate
        vacuous = attribute.type == "variable" and predicate == "measured_value"
        if vacuous or claimed(predicate, sentence.words) is None:
            continue
        yield pair, claim_features(paper, sentence, pair)


def _nested(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def claim_features(paper: Paper, sentence: Sentence, pair: Pair) -> dict[str, float]:
    """What speaks for or against a pair being something that the sentence claims."""
    mention = pair.attribute.mention
    types = f"{pair.bearer.type}-{pair.attribute.type}"
    case = _case(sentence, pair, "claim")
    features = {
        "bias": 1.0,
        f"types={types}": 1.0,
        f"section={sentence.block.section}|{pair.attribute.type}": 1.0,
        f"evidence={sentence.evidence}": 1.0,
        f"holder={pair.bearer.origin}": 1.0,
        f"predicate={predicate_rule(case).predicate}": 1.0,
        "holder-probability": pair.confidence,
        f"mentions={min(len(sentence.mentions), 8)}": 1.0,
    }
    if mention is not None and is_negated(list(sentence.negated), mention.start, mention.end):
        features["negated"] = 1.0
    if sentence.numbers:
        features["has-numbers"] = 1.0
    if pair.bearer.mention is not None and mention is not None:
        gap = abs(pair.bearer.mention.start - mention.start)
        features[f"gap={min(gap // 40, 6)}"] = 1.0
    return features


def _claims(paper: Paper, index: int, weights: Weights, stated: set[tuple[str, str]]) -> Iterator[Statement]:
    sentence = paper.sentences[index]
    for pair, features in claim_candidates(paper, index, weights):
        likely = weights.probability("claim", features)
        if likely < CLAIM_THRESHOLD:
            continue
        pair = Pair(bearer=pair.bearer, attribute=pair.attribute, confidence=likely)
        statement = _statement(paper, sentence, pair)
        ends = (statement.subject.identity, statement.object.identity)
        if ends not in stated and ends[0] != ends[1]:
            stated.add(ends)
            yield statement


# ---------------------------------------------------------------- one statement


NEAR_BEFORE, NEAR_AFTER = 60, 40
"""How many characters around a number tell how a marker was."""


def _case(sentence: Sentence, pair: Pair, kind: str, anchor: Anchor | None = None) -> Case:
    return Case(
        attribute=pair.attribute.type,
        bearer=pair.bearer.type,
        kind=kind,
        key=pair.attribute.entity.key,
        words=_without_diseases(sentence),
        section=sentence.block.section,
        evidence=sentence.evidence,
        near=_near(sentence, anchor) if anchor is not None else "",
    )


def _near(sentence: Sentence, anchor: Anchor) -> str:
    """The words around a number that belong to it: not those behind the next comma or 'with'."""
    before = sentence.text[max(sentence.start, anchor.start - NEAR_BEFORE) : anchor.start]
    after = re.split(r"[,;:]| with | and ", sentence.text[anchor.end : min(sentence.end, anchor.end + NEAR_AFTER)])[0]
    return f"{before} {after}"


def _without_diseases(sentence: Sentence) -> str:
    """The words of a sentence with the names of diseases blanked: 'liver metastases' says nothing of spread."""
    text = sentence.text
    for mention in of_type(sentence.mentions, "disease"):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text[sentence.start : sentence.end]


def _statement(
    paper: Paper, sentence: Sentence, pair: Pair, *, number: Reported | None = None, anchor: Anchor | None = None
) -> Statement:
    """The statement of a pair, with everything that its sentence says around it."""
    mention = pair.attribute.mention
    kind = number.kind if number is not None else "claim"
    rule = predicate_rule(_case(sentence, pair, kind, anchor))
    subject, object_ = pair.bearer.entity, pair.attribute.entity
    predicate = rule.predicate if number is not None else claimed(rule.predicate, sentence.words) or rule.predicate
    if kind in AGREEMENT_KINDS:
        predicate, subject, object_ = "observer_agreement", object_, _agreement(paper)
    elif rule.turned or (predicate in SYMMETRIC and object_.key in paper.groups and subject.key not in paper.groups):
        subject, object_ = object_, subject
    statistic = printed_statistic(paper, sentence, number) if number is not None else None
    start, end = _place(sentence, mention, anchor)
    span = sentence.quote_span(start, end if number is None or statistic is None else _shown_end(sentence, statistic))
    clause = sentence.text[slice(*sentence.clause(start, end))]
    return Statement(
        source=paper.source.key,
        span=span,
        quote=paper.raw.text[span.start : span.end],
        subject=subject,
        predicate=predicate,
        object=object_,
        polarity=_polarity(sentence, mention, number),
        hedged=is_hedged(clause),
        modality=modality_of(paper, sentence, start, pair.attribute.entity.key),
        phases=phases_of(sentence, start, end, mention, anchor),
        comparator=_comparator(paper, sentence, {subject.key, object_.key}),
        population=_population(paper, sentence),
        unit_of_analysis=_unit(sentence, (start, end)),
        evidence=sentence.evidence,
        citations=sentence.citations if sentence.evidence == "cited" else (),
        section=sentence.block.section,
        statistic=statistic,
        locator=_locator(sentence),
        rule=f"{number.rule if number is not None else 'claim'}+{pair.bearer.origin}+{pair.attribute.origin}",
        confidence=round(min(1.0, pair.confidence), 4),
    )


PERSON: Final = re.compile(
    r"\b\d{1,3}[- ](?:year|yrs?)s?[- ]old|\baged \d|\b(?:male|female|man|woman)\b|\bin a case of\b", re.IGNORECASE
)
ONE_PATIENT: Final = "one patient"


def _population(paper: Paper, sentence: Sentence) -> str | None:
    """Whom a sentence speaks of: all of a group, or the one patient of a figure."""
    if sentence.block.kind == "caption":
        opening = paper.raw.text[sentence.block.segments[0].start :][:200]
        return ONE_PATIENT if PERSON.search(opening) else None
    return universal_population(sentence.words)


def _place(sentence: Sentence, mention: Mention | None, anchor: Anchor | None) -> tuple[int, int]:
    if anchor is not None:
        return anchor.start, anchor.end
    assert mention is not None
    return mention.start, mention.end


def _locator(sentence: Sentence) -> str | None:
    page = f"page {sentence.block.page}" if sentence.block.page is not None else None
    return sentence.block.locator or page


def printed_statistic(paper: Paper, sentence: Sentence, number: Reported) -> Statistic:
    """A found number as it stands in the stored text; a page break between a count and its noun ends it."""
    span = sentence.clean.source_span(number.start, number.end)
    home = next((s for s in sentence.block.segments if s.start <= span.start < s.end), span)
    if number.kind == "count" and home.end < span.end:
        printed = paper.raw.text[span.start : home.end].rstrip()
        span = Span(start=span.start, end=span.start + len(printed))
    return statistic_at(paper.raw.text, span, number)


def _shown_end(sentence: Sentence, statistic: Statistic) -> int:
    """The clean place behind the last character of a printed number."""
    return bisect_left(sentence.clean.offsets, statistic.span.end)


def statistic_at(text: str, span: Span, number: Reported) -> Statistic:
    """A found number with the stretch of the stored text that prints it."""
    return Statistic(
        kind=number.kind,
        printed=text[span.start : span.end],
        span=span,
        unit=number.unit,
        op=number.op,
        **number.fields,
    )


def _agreement(paper: Paper) -> Entity:
    """Agreement between observers, as the vocabulary names it."""
    concept = paper.lexicon.concepts.get(AGREEMENT)
    return Entity(key=concept.key, label=concept.label) if concept else Entity(label="interobserver agreement")


def _polarity(sentence: Sentence, mention: Mention | None, number: Reported | None) -> str:
    if number is not None:
        if number.fields.get("numerator") == 0 or (number.kind == "count" and number.fields.get("value") == 0):
            return "absent"
        p = number.fields.get("p")
        if number.kind == "p_value" and p is not None:
            return "absent" if p > SIGNIFICANCE and number.op in {None, "=", ">", ">=", "~"} else "present"
        if number.kind == "test_statistic":
            return "absent" if NOT_SIGNIFICANT.search(sentence.words) else "present"
        if number.kind not in COUNTING:
            return "present"
    if mention is not None and is_negated(list(sentence.negated), mention.start, mention.end):
        return "absent"
    return "present"


MRI: Final = "magnetic-resonance-imaging"
MAGNETIC: Final = ("t1-", "t2-", "dwi-", "adc-", "restricted-diffusion", "hepatobiliary-phase")
"""Signs that only magnetic resonance shows."""


def modality_of(paper: Paper, sentence: Sentence, near: int, sign: str | None = None) -> str | None:
    """The modality named right before a place or nearest to it, that of a sign which only one shows, else the one that
    the title names for own findings.
    """
    named = [
        m
        for m in of_type(sentence.mentions, "modality")
        if m.key not in SEQUENCES and m.key != IMAGING and paper.lexicon.is_a(m.key, IMAGING)
    ]
    if sign is not None and sign.startswith(MAGNETIC) and not any(paper.lexicon.is_a(m.key, MRI) for m in named):
        return MRI
    if named:
        before = [m for m in named if m.end <= near and len(sentence.text[m.end : near].split()) <= 2]
        return before[-1].key if before else min(named, key=lambda m: (abs(m.start - near), m.start)).key
    if sentence.evidence == "own":
        return paper.title_modality
    return None


def phases_of(
    sentence: Sentence, start: int, end: int, mention: Mention | None, anchor: Anchor | None = None
) -> tuple[str, ...]:
    """The phase that a number's place in a list gives, else the phases and sequences of the clause, in order."""
    listed = listed_phase(sentence, anchor, mention) if anchor is not None else None
    if listed is not None:
        return listed
    if mention is not None:
        start, end = min(start, mention.start), max(end, mention.end)
    left, right = sentence.clause(start, end)
    found = [
        m for m in sentence.mentions if left <= m.start and m.end <= right and (m.type == "phase" or m.key in SEQUENCES)
    ]
    return tuple(dict.fromkeys(m.key for m in found if m.key != "contrast-phase"))


def _comparator(paper: Paper, sentence: Sentence, used: set[str | None]) -> Entity | None:
    for mention in of_type(sentence.mentions, "disease"):
        if any(a <= mention.start < b for a, b in sentence.compared):
            key = (paper.group_of(mention.key) if sentence.evidence == "own" else None) or mention.key
            if key not in used and key not in GENERIC:
                return Entity(key=key, label=paper.lexicon.concepts[key].label)
    return None


def _unit(sentence: Sentence, place: tuple[int, int]) -> str | None:
    """What is counted: the noun at the number, else of its clause; a disease's own name counts nothing."""
    start, end = place
    text = sentence.text[: sentence.start] + _without_diseases(sentence)
    near = text[start : min(sentence.end, end + 25)]
    return unit_of_analysis(near) or unit_of_analysis(text[slice(*sentence.clause(start, end))])


def unique(statements: Iterable[Statement]) -> list[Statement]:
    """Statements in the order of the text, each once; of two that state the same the more confident stays."""
    best: dict[str, Statement] = {}
    for statement in statements:
        known = best.get(statement.hash)
        if known is None or statement.confidence > known.confidence:
            best[statement.hash] = statement
    return sorted(best.values(), key=lambda s: (s.span, s.hash))


def statement_gaps(gaps: Sequence[Gap], statements: Sequence[Statement]) -> list[Gap]:
    """Gaps that no statement covers after all, each once, in the order of the text."""
    placed = {s.statistic.span for s in statements if s.statistic is not None}
    return sorted({g for g in gaps if g.span not in placed})
