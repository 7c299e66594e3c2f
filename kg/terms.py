"""This module names things: prefixes, stable IRIs, plain values for RDF terms, and N-Quads as text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, TypeAlias


class IRI(str):
    """An IRI, to tell it from a literal of the same characters."""

    __slots__ = ()


class LanguageString(str):
    """A literal with a language tag, in lower case."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> LanguageString:
        made = super().__new__(cls, text)
        made.language = language
        return made


Plain: TypeAlias = "str | int | Decimal | bool | float"
Triple: TypeAlias = tuple[str, str, Plain]


class RdfError(ValueError):
    """Text or triples that are not what RDF or this project allows; the sentence names the place."""


# --- Names -----------------------------------------------------------------------------------------------------------

SHIPPED_BASE: Final = "https://w3id.org/signum/"  # what the files under ontology/ are written with
BASE: Final = os.environ.get("SIGNUM_BASE", SHIPPED_BASE)
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OBO: Final = "http://purl.obolibrary.org/obo/"

PREFIXES: Final = {
    "signum": BASE + "schema#",
    "stated": BASE + "stated#",
    "stat": BASE + "function#",
    "concept": BASE + "concept/",
    "source": BASE + "source/",
    "statement": BASE + "statement/",
    "verdict": BASE + "verdict/",
    "graph": BASE + "graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcterms": "http://purl.org/dc/terms/",
    "bibo": "http://purl.org/ontology/bibo/",
    "fabio": "http://purl.org/spar/fabio/",
    "cnt": "http://www.w3.org/2011/content#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "obo": OBO,
}

CURIE_PREFIXES: Final = {
    **{
        name: f"{OBO}{name}_"
        for name in ("CHEBI", "CL", "DOID", "GO", "HP", "MAXO", "MONDO", "NCIT", "OBI", "PR", "STATO", "UBERON")
    },
    "DCM": "http://dicom.nema.org/resources/ontology/DCM/",
    "GAMUTS": "http://www.gamuts.net/entity/",
    "HGNC": "http://identifiers.org/hgnc/",
    "MESH": "http://id.nlm.nih.gov/mesh/",
    "OIFM": "https://bioregistry.io/oifm:",
    "RADLEX": "http://radlex.org/RID/",
}

_IRI_FORBIDDEN: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LITERAL_ESCAPED: Final = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029"\\\\]')
_SHORT_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def term(curie: str) -> IRI:
    """The full IRI of a name with one of PREFIXES.

    >>> term("skos:prefLabel")
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """
    prefix, _, local = curie.partition(":")
    return IRI(PREFIXES[prefix] + local)


LABEL: Final = term("rdfs:label")


def concept_iri(key: str) -> IRI:
    """The IRI of a concept; `concept_iri("phnen")` ends in `concept/phnen`."""
    return IRI(PREFIXES["concept"] + key)


def source_iri(key: str) -> IRI:
    """The IRI of a paper; `source_iri("yang2024")` ends in `source/yang2024`."""
    return IRI(PREFIXES["source"] + key)


def statement_iri(identity: str) -> IRI:
    """The IRI of a statement from its id, `<source>/<hash>`."""
    return IRI(PREFIXES["statement"] + identity)


def graph_iri(name: str) -> IRI:
    """The IRI of a named graph: a source's key, or ontology, curation, audit, derived."""
    return IRI(PREFIXES["graph"] + name)


def key_of(iri: str, kind: str) -> str | None:
    """The key behind an IRI of a kind ('concept', 'source', 'statement'), or None if it is of another kind.

    >>> key_of(concept_iri("phnen"), "concept"), key_of("http://example.org/x", "concept")
    ('phnen', None)
    """
    prefix = PREFIXES[kind]
    return iri[len(prefix) :] if iri.startswith(prefix) else None


def camel_case(name: str) -> str:
    """`has_sign` as RDF writes it: `hasSign`."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def curie_iri(curie: str) -> IRI:
    """The IRI of a term of another vocabulary.

    >>> curie_iri("MONDO:0005070")
    'http://purl.obolibrary.org/obo/MONDO_0005070'
    """
    prefix, _, local = curie.partition(":")
    if prefix not in CURIE_PREFIXES or not local:
        allowed = ", ".join(sorted(CURIE_PREFIXES))
        raise RdfError(f"no IRI is known for {curie!r}; allowed are terms of {allowed}, written PREFIX:local")
    return IRI(CURIE_PREFIXES[prefix] + local)


def iri_curie(iri: str) -> str:
    """The inverse of `curie_iri`."""
    for prefix, start in CURIE_PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    raise RdfError(f"{iri} belongs to no vocabulary of the prefix table; add its prefix to CURIE_PREFIXES")


# --- N-Quads ---------------------------------------------------------------------------------------------------------


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _iri_text(iri: str) -> str:
    if _IRI_FORBIDDEN.search(iri):
        raise RdfError(f'{iri!r} is no IRI; it holds a blank, a control character or one of <>"{{}}|^`\\')
    return f"<{iri}>"


def nquads_term(value: Plain) -> str:
    """A value as N-Quads writes it; line ends are escaped, so one line is one quad.

    >>> nquads_term(Decimal("82.60")), nquads_term("a\\nb")
    ('"82.60"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"a\\\\nb"')
    """
    if isinstance(value, IRI):
        return _iri_text(value)
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, Decimal):
        return f'"{value:f}"^^<{XSD}decimal>'
    if isinstance(value, float):
        return f'"{value!r}"^^<{XSD}double>'
    text = '"' + _LITERAL_ESCAPED.sub(_escape, value) + '"'
    return f"{text}@{value.language}" if isinstance(value, LanguageString) else text


def nquads(triples: Iterable[Triple], graph: str) -> str:
    """Sorted N-Quads, one line a quad, each once: the same triples give the same bytes."""
    end = f" {_iri_text(graph_iri(graph))} .\n"
    lines = {f"{_iri_text(s)} {_iri_text(p)} {nquads_term(o)}{end}" for s, p, o in triples}
    return "".join(sorted(lines))


_LITERAL_READERS: Final[dict[str, Callable[[str], Plain]]] = {
    **{XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")},
    XSD + "decimal": Decimal,
    XSD + "boolean": lambda text: text in {"true", "1"},
    XSD + "double": float,
    XSD + "float": float,
}


def typed_literal(text: str, datatype: str) -> Plain:
    """A literal as a plain value; what has another datatype than a number or a truth value is a str.

    >>> typed_literal("82.60", XSD + "decimal"), typed_literal("2024", XSD + "gYear")
    (Decimal('82.60'), '2024')
    """
    reader = _LITERAL_READERS.get(datatype, str)
    try:
        return reader(text)
    except (ValueError, ArithmeticError):
        return text
