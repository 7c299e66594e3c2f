"""This module joins mentions, numbers and context to statements, and records what it cannot place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.arms import is_of_another_arm
from ingest.associations import associated
from ingest.candidates import Slot, entity_of
from ingest.claimed import claimed
from ingest.claims import claim_candidates
from ingest.context import is_hedged
from ingest.criteria import criteria
from ingest.differences import differences
from ingest.elsewhere import only_linked
from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.full_names import in_full
from ingest.lists import Anchor, number_anchors
from ingest.mentions import Mention
from ingest.misfits import misfits
from ingest.negation import is_negated
from ingest.pairs import Pair, number_pairs, rule_of
from ingest.ranking import Weights
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import Paper, Sentence
from ingest.surroundings import (
    comparator_of,
    defined_phases,
    in_its_phase,
    modality_of,
    other_arm,
    own_phase,
    phase_of_modality,
    phases_of,
    polarity_of,
    population_of,
    said_with,
    unit_of,
)
from ingest.unreal import KEPT_FROM, is_unreal
from kg.model import Entity, Gap, Span, Statement, Statistic

CLAIM_THRESHOLD: Final = 0.15
"""A claim less likely than this is not written: below it more are wrong than right (see `signum evaluate`)."""

WORDS_CONFIDENCE: Final = 0.5
"""How much of its confidence a claim keeps of which only the paper's own words say what it is of."""

SYMMETRIC: Final = frozenset({"misdiagnosed_as", "differential_of"})
"""Predicates of two diseases; the one that the paper studies is the subject."""

TESTS: Final = frozenset({"p_value", "test_statistic"})
"""Numbers that say how sure it is, beside the words that say what: 'were significantly different (P=0.017)'."""

OF_ARMS: Final = frozenset({"therapy_outcome", "complication", "measured_value"})
"""What a test tells of one treatment and another."""

MISFIT: Final = "what its sentence names cannot be what this number is of"
"""Why a number is no statement though its sentence names what could bear it."""

OBSERVED_IN: Final = screened(
    r",? (?:that|which) (?:we |is |was |are |were |has been |have been |can be )?(?:\w+ly )?"
    r"(?:observed?|seen|saw|found|described|reported|typical|characteristic|common|present) (?:in|of|for|with) "
    r"(?:(?:the|most|all|many|patients with|cases of) )*",
    re.IGNORECASE,
)
"""' that we observed in ' between a finding and what has it."""

AGREEMENT: Final = "interobserver-agreement"


def sentence_statements(paper: Paper, index: int, weights: Weights) -> Iterator[Statement | Gap]:
    """What one sentence states: its numbers first, then its claims without a number."""
    sentence = paper.sentences[index]
    stated: set[tuple[str, str]] = set()
    arms: set[tuple[str, str]] = set()
    for number, anchor in zip(sentence.numbers, number_anchors(sentence), strict=True):
        told = associated(Slot(paper=paper, index=index, anchor=anchor))
        pairs = [told] if told is not None else number_pairs(paper, index, anchor, number, weights)
        if not pairs:
            yield _gap(paper, sentence, anchor, "no subject and object that this number could belong to")
            continue
        statistic = printed_statistic(paper, sentence, number)
        for pair in pairs:
            statement = _number_statement(paper, sentence, pair, (number, anchor, statistic))
            fit = Fit(sentence=sentence, pair=pair, number=number, anchor=anchor, predicate=statement.predicate)
            if misfits(fit) or (is_of_another_arm(fit) and _ends(statement) in arms):
                yield _gap(paper, sentence, anchor, MISFIT)
                continue
            arms = {_ends(statement)} if anchor.arms else arms
            if number.kind not in TESTS:
                stated.add(_ends(statement))
            yield statement
    for statement in _claims(paper, index, weights):
        ends = _ends(statement)
        if ends not in stated and ends[0] != ends[1]:
            stated |= {ends, ends[::-1]}
            yield statement


def _gap(paper: Paper, sentence: Sentence, anchor: Anchor, reason: str) -> Gap:
    span = sentence.clean.source_span(anchor.start, anchor.end)
    return Gap(source=paper.source.key, span=span, text=paper.raw.text[span.start : span.end], reason=reason)


def _ends(statement: Statement) -> tuple[str, str]:
    return statement.subject.identity, statement.object.identity


# ---------------------------------------------------------------- one statement


def _number_statement(
    paper: Paper, sentence: Sentence, pair: Pair, counted: tuple[Reported, Anchor, Statistic]
) -> Statement:
    """The statement of a pair with a number."""
    _, anchor, statistic = counted
    shown_end = bisect_left(sentence.clean.offsets, statistic.span.end)
    return _statement(
        paper,
        sentence,
        pair,
        place=(anchor.start, anchor.end),
        quoted=sentence.quote_span(anchor.start, shown_end),
        counted=counted,
    )


def _claims(paper: Paper, index: int, weights: Weights) -> Iterator[Statement]:
    """The likely claims of a sentence; that A tells B from C is claimed once, of the one that is named first."""
    sentence = paper.sentences[index]
    found: list[tuple[int, Statement]] = []
    worded = [*differences(paper, index), *criteria(paper, index)]
    told = {pair.attribute.mention for pair in worded}
    likely_pairs = [
        (pair, weights.probability("claim", features)) for pair, features in claim_candidates(paper, index, weights)
    ]
    for pair, likely in [*((pair, pair.confidence) for pair in worded), *likely_pairs]:
        mention = pair.attribute.mention
        if likely < CLAIM_THRESHOLD or mention is None or (mention in told and pair not in worded):
            continue
        own_words = pair not in worded and None in (pair.bearer.entity.key, pair.attribute.entity.key)
        claimed = replace(pair, confidence=likely * WORDS_CONFIDENCE if own_words else likely)
        place = mention.start, mention.end
        holder = pair.bearer.mention
        statement = _statement(paper, sentence, claimed, place=place, quoted=sentence.quote_span(*place))
        found.append((holder.start if holder is not None else sentence.start, statement))
    yield from (one for place, one in found if not any(_turned_round(one, other) for at, other in found if at < place))


def _turned_round(one: Statement, other: Statement) -> bool:
    """Whether two statements say of one thing that it tells the same two diseases apart."""
    if not one.predicate == other.predicate == "discriminates" or one.comparator is None or other.comparator is None:
        return False
    return _told_apart(one) == (other.subject.identity, other.comparator.identity, other.object.identity)


def _told_apart(one: Statement) -> tuple[str, str, str]:
    assert one.comparator is not None
    return one.subject.identity, one.object.identity, one.comparator.identity


def _statement(
    paper: Paper,
    sentence: Sentence,
    pair: Pair,
    *,
    place: tuple[int, int],
    quoted: Span,
    counted: tuple[Reported, Anchor, Statistic] | None = None,
) -> Statement:
    """The statement of a pair, with everything that its sentence says around it."""
    number, anchor, statistic = counted or (None, None, None)
    pair = in_full(sentence, pair)
    mention = pair.attribute.mention
    subject, predicate, object_ = _triple(paper, sentence, pair, number, anchor)
    modality = modality_of(paper, sentence, place[0], (subject, predicate, object_), pair.attribute.entity.key)
    phase = mention.key if mention is not None and mention.type == "phase" else pair.attribute.entity.key
    phases = own_phase(paper, phase) or phases_of(sentence, *place, mention, anchor)
    subject, object_ = (in_its_phase(paper, one, phases) for one in (subject, object_))
    comparator = comparator_of(paper, sentence, {subject.key, object_.key}, predicate, counted=counted is not None)
    if comparator is None and predicate in OF_ARMS and number is not None and number.kind in TESTS:
        comparator = other_arm(paper, sentence, subject.key)
    return Statement(
        source=paper.source.key,
        span=quoted,
        quote=paper.raw.text[quoted.start : quoted.end],
        subject=subject,
        predicate=predicate,
        object=object_,
        polarity=_polarity(sentence, pair, number),
        hedged=is_hedged(said_with(sentence, *place)),
        modality=modality,
        phases=phases or phase_of_modality(modality) or defined_phases(paper).get(pair.attribute.entity.key or "", ()),
        comparator=comparator,
        population=population_of(paper, sentence, place, counted=counted is not None),
        unit_of_analysis=unit_of(sentence, *place, predicate, counted=counted is not None),
        evidence=sentence.evidence,
        citations=sentence.citations if sentence.evidence == "cited" else (),
        section=sentence.block.section,
        statistic=statistic,
        locator=_locator(sentence),
        rule=f"{number.rule if number is not None else 'claim'}+{pair.bearer.origin}+{pair.attribute.origin}",
        confidence=round(min(1.0, pair.confidence), 4),
    )


def _polarity(sentence: Sentence, pair: Pair, number: Reported | None) -> str:
    """What a 'not' at its turn of phrase says, else what the words around the attribute do."""
    thing = _shown(pair) if number is None else None
    if thing is not None and is_negated(sentence.negated, thing.start, thing.end):
        return "absent"
    attribute = pair.attribute.mention
    if number is None and attribute is not None and is_unreal(sentence, attribute.start, KEPT_FROM):
        return "present"  # 'excluding them from surgery': who is kept from it is told
    if _is_of_the_other(sentence, pair):
        return "absent" if pair.denied else "present"
    if pair.joined_at is None:
        return polarity_of(sentence, pair.attribute.mention, number)
    mention = pair.attribute.mention
    behind = [stretch for stretch in sentence.negated if stretch[0] >= pair.joined_at]
    denied = mention is not None and is_negated(behind, mention.start, mention.end)
    return "absent" if pair.denied or denied else "present"


def _is_of_the_other(sentence: Sentence, pair: Pair) -> bool:
    """'Adenomas lack the washout that we observed in HCC': it is HCC that has it."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    between = sentence.text[mention.end : holder.start] if mention is not None and holder is not None else ""
    return OBSERVED_IN.fullmatch(between) is not None


def _shown(pair: Pair) -> Mention | None:
    """The disease of a pair that a modality would show: none of it is, where 'no metastases were seen at CT'."""
    for one, other in ((pair.bearer, pair.attribute), (pair.attribute, pair.bearer)):
        if one.type == "modality" and other.type == "disease":
            return other.mention
    return None


def _triple(
    paper: Paper, sentence: Sentence, pair: Pair, number: Reported | None, anchor: Anchor | None
) -> tuple[Entity, str, Entity]:
    """Subject, predicate and object: agreement is one about the attribute, comparisons turn bearer and attribute."""
    kind = "claim" if number is None else anchor.kind if anchor is not None else number.kind
    bearer, attribute = pair.bearer.entity, pair.attribute.entity
    if KIND_GROUPS[kind] == "agreement":
        return attribute, "observer_agreement", _agreement(paper)
    rule = rule_of(sentence, pair, kind, anchor)
    predicate = rule.predicate
    if number is None and pair.rule is None:
        predicate = claimed(rule.predicate, sentence.words) or rule.predicate
        predicate = "associated_with" if only_linked(sentence, pair) else predicate
        if predicate == "measured_value" and pair.bearer.type == "therapy":
            predicate = "therapy_outcome"  # 'ablation makes a larger zone': what comes of it, and no value
    studied = attribute.key in paper.groups and bearer.key not in paper.groups
    if rule.turned or (predicate in SYMMETRIC and studied):
        return attribute, predicate, bearer
    return bearer, predicate, attribute


def _agreement(paper: Paper) -> Entity:
    """Agreement between observers, as the vocabulary names it."""
    concept = paper.lexicon.concepts.get(AGREEMENT)
    return entity_of(concept) if concept is not None else Entity(label="interobserver agreement")


def _locator(sentence: Sentence) -> str | None:
    page = f"page {sentence.block.page}" if sentence.block.page is not None else None
    return sentence.block.locator or page


# ---------------------------------------------------------------- the number as printed


def printed_statistic(paper: Paper, sentence: Sentence, number: Reported) -> Statistic:
    """A found number as it stands in the stored text; a page break between a count and its noun ends it."""
    span = sentence.clean.source_span(number.start, number.end)
    home = next((s for s in sentence.block.segments if s.start <= span.start < s.end), span)
    if number.kind == "count" and home.end < span.end:
        printed = paper.raw.text[span.start : home.end].rstrip()
        span = Span(start=span.start, end=span.start + len(printed))
    return statistic_at(paper.raw.text, span, number)


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


# ---------------------------------------------------------------- all statements of a paper


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
