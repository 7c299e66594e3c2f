"""This module writes the SPARQL query that asks of the graph what a question asks: its concepts, its kind, its filters.

The query finds what answers; which of it is told first is ranked afterwards. A concept is asked for where a statement
has it in a role, or where its sentence, the sentence before, the group of patients or the paper's topic names it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from kg.ask.choice import Task
from kg.ask.intents import Intent
from kg.ask.lexicon import tokens
from kg.ask.library import CLOSE_BY, Indexed, Library, Passage
from kg.ask.matching import ANY_IMAGING, broader_of
from kg.ask.reading import Mention, Reading
from kg.ask.retrieval import Hit, is_of
from kg.encoding import entity_iri, predicate_iri
from kg.model import Statement
from kg.terms import PREFIXES, nquads_term, source_iri

_USED: Final = ("signum", "concept", "prov")
_QUERY: Final = """\
{prefixes}
# {question}
# The statements that answer, with the sentence each stands in and its number as printed.
SELECT DISTINCT ?statement ?source ?quote ?start ?end ?subject ?predicate ?object ?polarity ?evidence ?printed WHERE {{
{asked}
}}
ORDER BY ?source ?start ?statement
"""
_STATEMENT: Final = """\
    GRAPH ?graph {
      ?statement signum:subject ?subject ; signum:predicate ?predicate ; signum:object ?object ;
        signum:polarity ?polarity ; signum:evidence ?evidence ; signum:section ?section ; signum:quote ?quote ;
        signum:start ?start ; signum:end ?end ; prov:wasDerivedFrom ?source .
      OPTIONAL { ?statement signum:statistic ?number . ?number signum:printed ?printed ; signum:statisticKind ?kind }
    }"""


def rows_query(library: Library, reading: Reading, task: Task, hits: Sequence[Hit], rows: Sequence[Statement]) -> str:
    """The query of a question, of which every row of the answer is a result.

    Rows that only stand beside what was asked (the other side of a comparison, another count of the same cell) are
    asked for by their subjects, predicates and objects.
    """
    conditions = _Conditions(library, reading, task, [hit.indexed for hit in hits])
    met = {one.statement.id for one in conditions.covered}
    beside = [one for one in rows if one.id not in met]
    asked = ([conditions.text()] if met else []) + ([_beside(beside)] if beside else [])
    question = " ".join("".join(c if c.isprintable() else " " for c in reading.question).split())
    return _QUERY.format(
        prefixes="\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _USED),
        question=question[:200],
        asked=_any_of(asked, "  "),
    )


def _any_of(parts: Sequence[str], indent: str) -> str:
    return f"\n{indent}UNION\n".join(f"{indent}{{\n{part}\n{indent}}}" for part in parts)


def _beside(statements: Sequence[Statement]) -> str:
    """Statements by their ends and predicates."""
    ends = {(entity_iri(one.subject), predicate_iri(one.predicate), entity_iri(one.object)) for one in statements}
    values = "\n".join(f"      ({' '.join(map(nquads_term, three))})" for three in sorted(ends))
    return f"    VALUES (?subject ?predicate ?object) {{\n{values}\n    }}\n{_STATEMENT}"


class _Conditions:
    """What every statement that answers has to meet, in SPARQL; `covered` are those of the hits that do."""

    def __init__(self, library: Library, reading: Reading, task: Task, hits: Sequence[Indexed]) -> None:
        self.reading, self.task = reading, task
        self.mentions = [_About(library, mention, place) for place, mention in enumerate(task.required, 1)]
        self.covered = [one for one in hits if all(about.take(one) for about in self.mentions)]
        self.wanted = _needed_words(library, task, reading, self.covered)

    def text(self) -> str:
        about = (one.text() for one in self.mentions)
        return "\n".join([*self._filters(), *about, _STATEMENT, *self.wanted, *self._kind()])

    def _filters(self) -> Iterator[str]:
        if self.reading.sources:
            yield f"    VALUES ?source {{ {' '.join(nquads_term(source_iri(key)) for key in self.reading.sources)} }}"
        if self.reading.evidence:
            yield f"    VALUES ?evidence {{ {' '.join(nquads_term(kind) for kind in self.reading.evidence)} }}"

    def _kind(self) -> Iterator[str]:
        """The kind of statement: by predicate, number, words or section, where all that answers is of that kind."""
        if self.task.demanded:
            yield f"    FILTER (?kind IN ({_listed(self.task.demanded)}))"
        elif self.task.number and self.task.intent.name == "frequency":
            yield "    FILTER (BOUND(?number))"
        intents = self.task.intents
        words = [intent.words for intent in intents if intent.words and not re.search(r"\(\?[!=<]", intent.words)]
        sections = sorted({section for intent in intents for section in intent.sections})
        if not intents or not all(_is_kind(one.statement, intents, words, sections) for one in self.covered):
            return
        predicates = sorted({predicate for intent in intents for predicate in intent.predicates})
        kinds = sorted({kind for intent in intents for kind in intent.kinds})
        iris = ", ".join(nquads_term(predicate_iri(one)) for one in predicates)
        either = [
            *([f"?predicate IN ({iris})"] if predicates else []),
            *([f"?kind IN ({_listed(kinds)})"] if kinds else []),
            *([f"?section IN ({_listed(sections)})"] if sections else []),
            *(f"REGEX(?quote, {nquads_term(one)}{_CASELESS if one.islower() else ''})" for one in words),
        ]
        yield f"    FILTER ({' || '.join(either)})"


_CASELESS: Final = ', "i"'


def _listed(values: Iterable[str]) -> str:
    return ", ".join(map(nquads_term, values))


def _is_kind(statement: Statement, intents: Sequence[Intent], words: Sequence[str], sections: Collection[str]) -> bool:
    if is_of(statement, intents) or statement.section in sections:
        return True
    return any(re.search(one, statement.quote, re.IGNORECASE if one.islower() else 0) for one in words)


def _needed_words(library: Library, task: Task, reading: Reading, hits: Sequence[Indexed]) -> list[str]:
    """Conditions on words of the question, where it names nothing that an answer has to be about."""
    if task.required:
        return []
    found = []
    for word in reading.words:
        forms = library.forms(word)
        surfaces = [_surfaces_of_words(one.statement.quote, forms) for one in hits]
        if all(surfaces):
            found.append(f"    FILTER ({_names('?quote', frozenset().union(*surfaces))})")
    return found


def _surfaces_of_words(quote: str, forms: Collection[str]) -> frozenset[str]:
    return frozenset(token.text.casefold() for token in tokens(quote) if token.folded in forms)


def _names(variable: str, surfaces: Iterable[str]) -> str:
    """A condition that a text holds one of some words or names."""
    either = "|".join(sorted({_pattern(one) for one in surfaces}))
    whole_words = rf"(^|\W)({either})(\W|$)"
    return f"REGEX({variable}, {nquads_term(whole_words)}{_CASELESS})"


def _pattern(surface: str) -> str:
    escaped = re.sub(r"[.^$*+?()\[\]{}|\\]", r"\\\g<0>", surface.casefold())
    return r"\s+".join(escaped.split())


_ENDS: Final = ("subject", "object", "comparator", "variable")
_IN_A_ROLE: Final = """\
        VALUES ?concept{n} {{ {concepts} }}
        VALUES ?role{n} {{ {roles} }}
        ?statement ?role{n} ?concept{n}"""
_IN_WORDS: Final = """\
        ?statement signum:{name} ?words{n} . FILTER ({names})"""
_AROUND: Final = """\
        {{ SELECT DISTINCT ?paper{n} ?from{n} ?to{n} WHERE {{
          ?near{n} prov:wasDerivedFrom ?paper{n} ; signum:quote ?words{n} ; signum:start ?from{n} ; signum:end ?to{n} .
          FILTER ({names}) }} }}
        ?statement prov:wasDerivedFrom ?paper{n} ; signum:start ?start{n} ; signum:end ?end{n} .
        FILTER (?from{n} <= ?end{n} && ?to{n} >= ?start{n} - {close})"""
_BY_TOPIC: Final = """\
        VALUES ?paper{n} {{ {papers} }}
        ?statement prov:wasDerivedFrom ?paper{n} .
        FILTER NOT EXISTS {{
          VALUES ?end_of{n} {{ signum:subject signum:object signum:comparator }}
          ?statement ?end_of{n} ?named{n} . GRAPH ?vocabulary {{ ?named{n} signum:conceptType "disease" }}
        }}"""


class _About:
    """How statements are about one thing that a question names, as the answer has it: a branch for each way."""

    def __init__(self, library: Library, mention: Mention, place: int) -> None:
        self.library, self.place = library, place
        self.keys = {key for one in mention.keys for key in (one, *library.below(one))}
        parents = {parent for key in mention.keys if (parent := broader_of(library, key)) is not None}
        further = {key for one in (*mention.broader, *parents) for key in (one, *library.below(one))}
        self.wider = self.keys | further | ({ANY_IMAGING} if "modality" in mention.types else set())
        self.roles: set[str] = set()
        self.concepts: set[str] = set()
        self.quoted: set[str] = set()
        self.population: set[str] = set()
        self.around: set[str] = set()
        self.papers: set[str] = set()

    def take(self, one: Indexed) -> bool:
        """Whether a statement is about it in a way that the query can ask for; the way is then asked for."""
        return any(
            way(one) for way in (self._role, self._quoted, self._population, self._around, self._paper, self._wider)
        )

    def _role(self, one: Indexed) -> bool:
        return self._in_roles(one, self.keys)

    def _wider(self, one: Indexed) -> bool:
        return self._in_roles(one, self.wider)

    def _in_roles(self, one: Indexed, keys: Collection[str]) -> bool:
        found = [(role, key) for role, key in _roles(one.statement) if key in keys]
        self.roles |= {role for role, _ in found}
        self.concepts |= {key for _, key in found}
        return bool(found)

    def _quoted(self, one: Indexed) -> bool:
        found = self._surfaces(one.statement.quote, self.keys)
        self.quoted |= found
        return bool(found)

    def _population(self, one: Indexed) -> bool:
        found = self._surfaces(one.statement.population or "", self.keys)
        self.population |= found
        return bool(found)

    def _around(self, one: Indexed) -> bool:
        for near in filter(None, (one.passage, self.library.before(one.passage))):
            found = self._surfaces(self.library.quotes[near], self.wider)
            if found and _close_by(near, one.statement):
                self.around |= found
                return True
        return False

    def _paper(self, one: Indexed) -> bool:
        ends = (self.library.vocabulary.concepts.get(key) for key in (one.subject, one.object, one.comparator))
        topics = self.library.topics.get(one.statement.source, frozenset())
        fits = not self.wider.isdisjoint(topics) and not any(end is not None and end.type == "disease" for end in ends)
        self.papers |= {one.statement.source} if fits else set()
        return fits

    def _surfaces(self, text: str, keys: Collection[str]) -> set[str]:
        words = tokens(text)
        found = self.library.lexicon.names_in(words)
        return {
            text[words[one.first].start : words[one.last - 1].end].casefold()
            for one in found
            if not set(one.keys).isdisjoint(keys)
        }

    def text(self) -> str:
        branches = _any_of(list(self._branches()), "      ")
        return f"    {{ SELECT DISTINCT ?statement WHERE {{ GRAPH ?graph{self.place} {{\n{branches}\n    }} }} }}"

    def _branches(self) -> Iterator[str]:
        words = f"?words{self.place}"
        if self.roles:
            concepts = " ".join(f"concept:{key}" for key in sorted(self.concepts))
            roles = " ".join(f"signum:{role}" for role in sorted(self.roles))
            yield _IN_A_ROLE.format(n=self.place, concepts=concepts, roles=roles)
        for name, surfaces in (("quote", self.quoted), ("population", self.population)):
            if surfaces:
                yield _IN_WORDS.format(n=self.place, name=name, names=_names(words, surfaces))
        if self.around:
            yield _AROUND.format(n=self.place, names=_names(words, self.around), close=CLOSE_BY)
        if self.papers:
            papers = " ".join(nquads_term(source_iri(key)) for key in sorted(self.papers))
            yield _BY_TOPIC.format(n=self.place, papers=papers)


def _roles(one: Statement) -> Iterator[tuple[str, str]]:
    """The concepts of a statement, each with its role."""
    for role, entity in (
        ("subject", one.subject),
        ("object", one.object),
        ("comparator", one.comparator),
        ("variable", one.variable),
    ):
        if entity is not None and entity.key is not None:
            yield role, entity.key
    if one.modality is not None:
        yield "modality", one.modality
    for phase in one.phases:
        yield "phase", phase


def _close_by(near: Passage, one: Statement) -> bool:
    return near[1] <= one.span.end and near[2] >= one.span.start - CLOSE_BY
