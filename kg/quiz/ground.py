"""This module holds what a quiz may rest on: statements, counts and verdicts, and what speaks against each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Final

from kg import queries
from kg.compare import Comparison, PairEvidence, compare_statements
from kg.compare.graph import pairs_of
from kg.evidence import Cell, Lineage, cells, is_finding, is_plan, names_a_finding
from kg.evidence.kinds import ONE_PATIENT
from kg.lookup import sources_of, statements_of, vocabulary_of
from kg.model import Concept, Entity, Source, Statement
from kg.quiz.item import Quote
from kg.quiz.typography import citation, legible, shortened
from kg.store import Store
from kg.verdict import Verdict
from kg.vocabulary import Vocabulary

WORD: Final = re.compile(r"\w+(?:-\w+)*")
WORD_PART: Final = re.compile(r"\w+")
LONGEST_BEFORE: Final = 320  # characters of the sentence before a passage that may be shown with it
SENTENCE_END: Final = re.compile(r"[.!?](?:\d{1,3}(?:[,–-]\d{1,3})*|\s?[\[(]\d[\d,–\- ]*[\])])?\s+(?=[A-Z\d“(]|\Z)")
UNWRITTEN: Final = ("Table", "Figure caption")
SOFTENED: Final = re.compile(  # "SRS is not routinely recommended"; "no significant difference in their distribution"
    r"\bnot\s+(?:routine|alway|usual|necessari|general|typical|common|often|frequent|regular|exclusive)\w*|"
    r"\bno\s+(?:\w+\s+)?difference",
    re.IGNORECASE,
)
Triple = tuple[str, str, str]  # subject, predicate, object


class Ground:
    """What the graph says, read once: pure, so that a test makes one of a few statements."""

    def __init__(
        self,
        statements: Iterable[Statement],
        vocabulary: Vocabulary,
        *,
        sources: Iterable[Source] = (),
        verdicts: Iterable[Verdict] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self.statements = tuple(statements)
        self.vocabulary = vocabulary
        self.lineage = Lineage(vocabulary)
        self.sources = {source.key: source for source in sources}
        self.verdicts = tuple(verdicts)
        self.texts = texts or {}
        self.by_id = {one.id: one for one in self.statements}
        self._words = {word for text in self.texts.values() for word in WORD.findall(text)}
        self._known_names: dict[str, frozenset[str]] = {}
        self._known_doubts: dict[str, str] = {}
        self._judged: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            for identity in verdict.statements:
                self._judged[identity].append(verdict)

    @cached_property
    def figures(self) -> tuple[Statement, ...]:
        """The statements that print a figure and bear a key."""
        printing = (one for one in self.statements if one.statistic is not None and one.polarity == "present")
        return tuple(one for one in printing if not self.against(one))

    @cached_property
    def by_triple(self) -> Mapping[Triple, Sequence[Statement]]:
        """The statements of each subject, predicate and object, whichever paper and polarity."""
        found: dict[Triple, list[Statement]] = defaultdict(list)
        for one in self.statements:
            found[one.subject.identity, one.predicate, one.object.identity].append(one)
        return found

    @cached_property
    def cells(self) -> Mapping[Triple, Cell]:
        """The cell of each source, disease and finding, as every other part of Signum counts it."""
        concepts = self.vocabulary.concepts
        findings = (one for one in self.statements if not is_finding(one) or names_a_finding(one, concepts))
        made = cells(list(findings), self.vocabulary)
        return {(cell.source, cell.disease.identity, cell.finding.identity): cell for cell in made}

    @cached_property
    def pairs(self) -> tuple[PairEvidence, ...]:
        """The pairs of diseases of which one study counted findings in both."""
        return tuple(pair for pair in pairs_of(self.statements, self.vocabulary) if pair.kind == "counted")

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparison of each such pair."""
        concepts = self.vocabulary.concepts
        return tuple(
            compare_statements(self.statements, concepts[p.a], concepts[p.b], self.vocabulary, concepts=concepts)
            for p in self.pairs
        )

    def concept(self, key: str | None) -> Concept | None:
        return self.vocabulary.concepts.get(key or "")

    def name(self, source: str) -> str:
        """The short name of a source: 'Cui 2017'."""
        return self.sources[source].short_name if source in self.sources else source

    def related(self, one: Entity, other: Entity) -> bool:
        """Whether two things are one, share a name, or one is a kind of the other: then both may be right at once."""
        if one.identity == other.identity or self.lineage.related(one.identity, other.identity):
            return True
        return bool(self.names(one) & self.names(other))

    def is_above(self, one: Entity, narrower: Entity) -> bool:
        """Whether a thing is broader than another."""
        return one.identity in self.lineage.ancestors(narrower.identity)

    def within(self, one: Entity, broader: Entity) -> bool:
        """Whether a thing is another, or a kind of it: what is said of the kind then holds of some of the other."""
        return one.identity == broader.identity or broader.identity in self.lineage.ancestors(one.identity)

    def names(self, entity: Entity) -> frozenset[str]:
        """Every name of a thing, in small letters and on one line."""
        if entity.identity not in self._known_names:
            concept = self.concept(entity.key)
            labels = concept.labels if concept is not None else (entity.label,)
            names = frozenset(" ".join(label.casefold().split()) for label in labels)
            self._known_names[entity.identity] = names
        return self._known_names[entity.identity]

    def is_named(self, entity: Entity, text: str) -> bool:
        """Whether a text names a thing by any of its names, in the singular or the plural."""
        words = f" {_plain(text)} "
        return any(f" {_plain(name)}{end} " in words for name in self.names(entity) for end in ("", "s", "es"))

    def against(self, statement: Statement) -> str:
        """Why a statement bears no key: hedged, a plan, one patient's picture, doubted by the audit; '' if it can."""
        if statement.id not in self._known_doubts:
            self._known_doubts[statement.id] = self._speaks_against(statement)
        return self._known_doubts[statement.id]

    def _speaks_against(self, statement: Statement) -> str:
        if statement.hedged:
            return "the sentence is hedged"
        if statement.polarity == "absent" and SOFTENED.search(statement.quote):
            return "the sentence only limits what it says; it does not deny it"
        if is_plan(statement):
            return "the sentence says what was looked for, not what was found"
        if statement.section == ONE_PATIENT or statement.population == "one patient":
            return "it is the picture of one patient"
        return self.doubt([statement.id])

    def doubt(self, identities: Iterable[str]) -> str:
        """What the audit holds against some statements, as a sentence; '' if nothing."""
        for identity in identities:
            for verdict in self._judged.get(identity, ()):
                if verdict.verdict in ("inconsistent", "disagreement"):
                    return f"the audit found a problem ({verdict.check}): {verdict.explanation or verdict.printed}"
        return ""

    def consistent(self, identity: str, check: str) -> bool:
        """Whether the audit ran a check on a statement and found nothing wrong with it."""
        found = [one.verdict for one in self._judged.get(identity, ()) if one.check == check]
        return bool(found) and set(found) == {"consistent"}

    def opposed(self, statement: Statement) -> str:
        """Why a statement is disputed: another says the opposite of it, or of a kind of it; '' if none does.

        What a study saw itself is disputed by the same paper's own observations alone, everything else by any paper.
        """
        for other in self.of_predicate.get(statement.predicate, ()):
            if other.polarity == statement.polarity:
                continue
            if statement.evidence == "own" and (other.source, other.evidence) != (statement.source, "own"):
                continue
            if self.related(other.subject, statement.subject) and self.related(other.object, statement.object):
                return f"{self.name(other.source)} also says the opposite: “{self.quote(other.id).text}”"
        return ""

    @cached_property
    def of_predicate(self) -> Mapping[str, Sequence[Statement]]:
        """The statements of each predicate."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for one in self.statements:
            found[one.predicate].append(one)
        return found

    def quote(self, identity: str) -> Quote:
        """The passage that a statement stands in, as an item shows it."""
        one = self.by_id[identity]
        start = self._begins(one)
        if start < one.span.start:
            text = legible(self.texts[one.source][start : one.span.end], self._words)
        else:
            at = one.statistic.span.start - one.span.start if one.statistic is not None else 0
            text = shortened(legible(one.quote, self._words), round(at * 0.98))
        return Quote(
            statement=one.id,
            source=one.source,
            start=start,
            end=one.span.end,
            text=text,
            citation=citation(self.sources.get(one.source), one),
        )

    def _begins(self, one: Statement) -> int:
        """Where the passage begins that bears a statement out: one sentence earlier if only that one names its ends.

        "The complication rate is 5–10%": of what, the sentence before says.
        """
        start, text = one.span.start, self.texts.get(one.source, "")
        before = text[max(0, start - LONGEST_BEFORE) : start].rpartition("\n\n")[2]
        ends = [found.end() for found in SENTENCE_END.finditer(before)]
        if one.section in UNWRITTEN or not ends or before[ends[-1] :].strip():
            return start
        begins = start - len(before) + (ends[-2] if len(ends) > 1 else 0)
        if len(ends) == 1 and not text[: start - len(before)].endswith("\n\n"):
            return start  # the sentence before is too long to be shown
        quote, told = (legible(passage, self._words) for passage in (one.quote, text[begins:start]))
        missing = [end for end in (one.subject, one.object) if not self.is_named(end, quote)]
        whole = told[:1].isupper() or not told[:1].isascii()
        return begins if whole and any(self.is_named(end, told) for end in missing) else start

    def quotes(self, identities: Iterable[str]) -> tuple[Quote, ...]:
        """The passages of some statements, none shown twice, and none that only holds part of another."""
        found: dict[str, Quote] = {}
        for identity in identities:
            if identity in self.by_id:
                quote = self.quote(identity)
                found.setdefault(f"{quote.source} {quote.text}", quote)
        inside = {a for a, b in combinations(found, 2) if a in b} | {b for a, b in combinations(found, 2) if b in a}
        return tuple(quote for name, quote in found.items() if name not in inside)


def _plain(text: str) -> str:
    return " ".join(WORD_PART.findall(text.casefold()))


def ground_of(store: Store) -> Ground:
    """What the graph of a store says."""
    sources = sources_of(store)
    return Ground(
        statements_of(store),
        vocabulary_of(store),
        sources=sources,
        verdicts=queries.verdicts(store),
        texts={source.key: queries.text(store, source.key) for source in sources},
    )
