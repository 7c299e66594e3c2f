"""This module turns statements into triples about one node each, and such triples back into statements."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from kg.model import NUMBER_FIELDS, PREDICATES, STATISTIC_KINDS, Entity, Span, Statement, Statistic
from kg.terms import (
    BASE,
    IRI,
    LABEL,
    OBO,
    PREFIXES,
    Plain,
    RdfError,
    Triple,
    camel_case,
    concept_iri,
    key_of,
    source_iri,
    statement_iri,
    term,
)
from kg.verdict import Verdict

Node: TypeAlias = "dict[str, list[Plain]]"

STATISTIC_CLASSES: Final = {  # the terms that ontology/mappings.sssom.tsv has for the vocabulary's measures
    "auc": "STATO_0000209",
    "incidence_rate": "STATO_0000413",
    "mortality_rate": "STATO_0000414",
    "odds_ratio": "STATO_0000182",
    "sensitivity": "STATO_0000233",
    "specificity": "STATO_0000134",
}
CONTEXT_LENGTH: Final = 32  # characters of prefix and suffix that a quote carries, to find it again in a changed text

A: Final = term("rdf:type")
FROM_SOURCE: Final = term("prov:wasDerivedFrom")
START: Final = term("signum:start")
END: Final = term("signum:end")
_PREDICATE_IRIS: Final = {name: term("signum:" + camel_case(name)) for name in PREDICATES}
_PREDICATE_NAMES: Final = {str(iri): name for name, iri in _PREDICATE_IRIS.items()}
_NUMBER_IRIS: Final = {
    name: term("signum:pValue" if name == "p" else "signum:" + camel_case(name)) for name in NUMBER_FIELDS
}
_KIND_CLASSES: Final = {
    kind: IRI(OBO + STATISTIC_CLASSES[kind]) if kind in STATISTIC_CLASSES else None for kind in STATISTIC_KINDS
}
_STATEMENT_FIELDS: Final = {
    name: term("signum:" + camel_case(name))
    for name in (
        *("quote", "polarity", "hedged", "population", "unit_of_analysis"),
        *("evidence", "section", "locator", "origin", "rule", "confidence"),
    )
}
_ROLES: Final = {name: term("signum:" + name) for name in ("subject", "object", "comparator", "variable")}
_ROLE_LABELS: Final = {name: term(f"signum:{name}Label") for name in _ROLES}


def entity_iri(entity: Entity) -> IRI:
    """The concept's IRI, or for the paper's own words one that is the same for the same words."""
    if entity.key is not None:
        return concept_iri(entity.key)
    return IRI(f"{BASE}phrase/{hashlib.sha256(entity.identity.encode()).hexdigest()[:16]}")


def predicate_iri(predicate: str) -> IRI:
    """`has_sign` as an IRI that ends in `hasSign`."""
    return _PREDICATE_IRIS[predicate]


def group(triples: Iterable[Sequence[Any]]) -> dict[str, Node]:
    """The triples by subject and property; further columns, such as the graph, are passed over."""
    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, *_ in triples:
        nodes[subject][predicate].append(value)
    return nodes


def one(node: Node, name: str, at: str, default: Any = ...) -> Any:
    """The one value of a property; `at` is the node's IRI, for the message."""
    values = node.get(name)
    if values:
        return values[0]
    if default is ...:
        raise RdfError(f"{at} has no {name}; the data are damaged or of another version: build them again")
    return default


def concept_key(iri: str) -> str:
    """The key behind a concept's IRI; any other IRI is refused."""
    key = key_of(iri, "concept")
    if key is None:
        raise RdfError(f"{iri} is no concept; allowed are IRIs that begin with {PREFIXES['concept']}")
    return key


def _entity_triples(iri: IRI, role: str, entity: Entity) -> Iterator[Triple]:
    named = entity_iri(entity)
    yield iri, _ROLES[role], named
    yield iri, _ROLE_LABELS[role], entity.label
    if entity.key is None:
        yield named, A, term("signum:Phrase")
        yield named, LABEL, entity.label


def _statistic_triples(iri: IRI, statistic: Statistic) -> Iterator[Triple]:
    yield iri, A, term("signum:Statistic")
    stato = _KIND_CLASSES[statistic.kind]
    if stato is not None:
        yield iri, A, stato
    yield iri, term("signum:statisticKind"), statistic.kind
    yield iri, term("signum:printed"), statistic.printed
    yield iri, START, statistic.span.start
    yield iri, END, statistic.span.end
    if statistic.unit is not None:
        yield iri, term("signum:unit"), statistic.unit
    if statistic.op is not None:
        yield iri, term("signum:operator"), statistic.op
    places = []
    for name, number in statistic.numbers():
        if number is not None:
            yield iri, _NUMBER_IRIS[name], number
            places.append(f"{name} {-int(number.as_tuple().exponent)}")
    # stores may normalise 82.60 to 82.6; the printed decimals are a fact of their own
    yield iri, term("signum:decimalPlaces"), "; ".join(places)


def _target_triples(iri: IRI, statement: Statement, text: str) -> Iterator[Triple]:
    """The span as a Web Annotation target, for those who know that and not Signum."""
    target, quote, position = IRI(iri + "#target"), IRI(iri + "#quote"), IRI(iri + "#position")
    start, end = statement.span.start, statement.span.end
    yield iri, term("oa:hasTarget"), target
    yield target, A, term("oa:SpecificResource")
    yield target, term("oa:hasSource"), source_iri(statement.source)
    yield target, term("oa:hasSelector"), quote
    yield target, term("oa:hasSelector"), position
    yield quote, A, term("oa:TextQuoteSelector")
    yield quote, term("oa:exact"), statement.quote
    yield quote, term("oa:prefix"), text[max(0, start - CONTEXT_LENGTH) : start]
    yield quote, term("oa:suffix"), text[end : end + CONTEXT_LENGTH]
    yield position, A, term("oa:TextPositionSelector")
    yield position, term("oa:start"), start
    yield position, term("oa:end"), end


def list_triples(iri: IRI, one: str, values: Sequence[Plain], order: str, texts: Sequence[str]) -> Iterator[Triple]:
    """Each value by itself, to be asked for, and the list as JSON where its order or repetition says more."""
    for value in values:
        yield iri, term(one), value
    if len(texts) > 1:
        yield iri, term(order), json.dumps(list(texts), ensure_ascii=False)


def statement_triples(statement: Statement, text: str = "") -> Iterator[Triple]:
    """One statement as triples about one node; `text` is the stored text, for the words around the quote."""
    iri = statement_iri(statement.id)
    yield iri, A, term("signum:Statement")
    yield iri, FROM_SOURCE, source_iri(statement.source)
    yield iri, term("signum:predicate"), _PREDICATE_IRIS[statement.predicate]
    yield iri, START, statement.span.start
    yield iri, END, statement.span.end
    for role in _ROLES:
        entity = getattr(statement, role)
        if entity is not None:
            yield from _entity_triples(iri, role, entity)
    for name, predicate in _STATEMENT_FIELDS.items():
        value = getattr(statement, name)
        if value is not None:
            yield iri, predicate, value
    if statement.modality is not None:
        yield iri, term("signum:modality"), concept_iri(statement.modality)
    phases, citations = statement.phases, statement.citations
    yield from list_triples(iri, "signum:phase", [concept_iri(key) for key in phases], "signum:phaseList", phases)
    yield from list_triples(iri, "signum:citation", citations, "signum:citationList", citations)
    yield from _target_triples(iri, statement, text)
    if statement.statistic is not None:
        yield iri, term("signum:statistic"), IRI(iri + "#statistic")
        yield from _statistic_triples(IRI(iri + "#statistic"), statement.statistic)


def listed(node: Node, one: str, order: str) -> tuple[str, ...]:
    """What `list_triples` wrote; concepts as keys."""
    ordered = node.get(term(order))
    if ordered:
        return tuple(json.loads(str(ordered[0])))
    values = node.get(term(one), ())
    return tuple(concept_key(value) if isinstance(value, IRI) else str(value) for value in values)


def span_of(node: Node, at: str) -> Span:
    """The span that a node's start and end give."""
    return Span(start=int(one(node, START, at)), end=int(one(node, END, at)))


def _decode_statistic(at: str, node: Node) -> Statistic:
    places = dict(part.split(" ") for part in str(one(node, term("signum:decimalPlaces"), at)).split("; "))
    numbers = {
        name: Decimal(str(one(node, _NUMBER_IRIS[name], at))).quantize(Decimal(1).scaleb(-int(count)))
        for name, count in places.items()
    }
    return Statistic(
        kind=one(node, term("signum:statisticKind"), at),
        printed=one(node, term("signum:printed"), at),
        span=span_of(node, at),
        unit=one(node, term("signum:unit"), at, None),
        op=one(node, term("signum:operator"), at, None),
        **numbers,
    )


def _decode_entity(at: str, node: Node, role: str) -> Entity | None:
    iri = one(node, _ROLES[role], at, None)
    if iri is None:
        return None
    return Entity(key=key_of(iri, "concept"), label=one(node, _ROLE_LABELS[role], at))


def _decode_statement(at: str, nodes: dict[str, Node]) -> Statement:
    node = nodes[at]
    fields: dict[str, Any] = {name: one(node, iri, at, None) for name, iri in _STATEMENT_FIELDS.items()}
    fields |= {role: _decode_entity(at, node, role) for role in _ROLES}
    modality = one(node, term("signum:modality"), at, None)
    statistic = one(node, term("signum:statistic"), at, None)
    return Statement(
        source=key_of(one(node, FROM_SOURCE, at), "source") or "",
        span=span_of(node, at),
        predicate=_PREDICATE_NAMES.get(one(node, term("signum:predicate"), at), ""),
        modality=None if modality is None else concept_key(modality),
        phases=listed(node, "signum:phase", "signum:phaseList"),
        citations=listed(node, "signum:citation", "signum:citationList"),
        statistic=None if statistic is None else _decode_statistic(statistic, nodes[statistic]),
        **fields,
    )


def decode_statements(triples: Iterable[Sequence[Any]]) -> list[Statement]:
    """The statements that the triples hold whole, in the order of source, place and hash."""
    nodes = group(triples)
    predicate = term("signum:predicate")
    found = [_decode_statement(at, nodes) for at in [at for at, node in nodes.items() if predicate in node]]
    return sorted(found, key=lambda s: (s.source, s.span, s.hash))


# --- Verdicts --------------------------------------------------------------------------------------------------------

_VERDICT_FIELDS: Final = {
    "check": term("signum:check"),
    "verdict": term("signum:verdict"),
    "printed": term("signum:printedNumbers"),
    "recomputed": term("signum:recomputed"),
    "explanation": term("signum:explanation"),
    "warning": term("signum:warning"),
}


def verdict_triples(verdict: Verdict) -> Iterator[Triple]:
    """One verdict as triples about one node."""
    iri = IRI(PREFIXES["verdict"] + verdict.id)
    yield iri, A, term("signum:Verdict")
    yield iri, FROM_SOURCE, source_iri(verdict.source)
    for name, predicate in _VERDICT_FIELDS.items():
        if value := getattr(verdict, name):
            yield iri, predicate, value
    yield from list_triples(iri, "signum:verdictQuote", verdict.quotes, "signum:verdictQuoteList", verdict.quotes)
    concerned = [statement_iri(identity) for identity in verdict.statements]
    yield from list_triples(iri, "signum:concerns", concerned, "signum:concernsList", verdict.statements)


def _decode_verdict(at: str, node: Node) -> Verdict:
    concerned = node.get(term("signum:concernsList"))
    single = (key_of(str(iri), "statement") or "" for iri in node.get(term("signum:concerns"), ()))
    return Verdict(
        source=key_of(str(one(node, FROM_SOURCE, at)), "source") or "",
        quotes=listed(node, "signum:verdictQuote", "signum:verdictQuoteList"),
        statements=tuple(json.loads(str(concerned[0]))) if concerned else tuple(single),
        **{name: str(one(node, iri, at, "")) for name, iri in _VERDICT_FIELDS.items()},
    )


def decode_verdicts(triples: Iterable[Sequence[Any]]) -> list[Verdict]:
    """The verdicts that the triples hold, in the order of source, check and what they say."""
    return sorted(_decode_verdict(at, node) for at, node in group(triples).items())
