"""This module writes the documentation of the ontology from the graph itself: a page with a diagram and examples.

Everything on it comes from the schema's labels, definitions and sources, and from what the graph holds: which class
links to which, how often a property is used, and the first instance of each class as its example.
"""

from __future__ import annotations

import html
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.export.job import Job
from kg.results import graph_written
from kg.store import Store
from kg.terms import IRI, PREFIXES, nquads_term, term

CLASS_TYPE: Final = term("owl:Class")
PROPERTY_TYPES: Final = (term("owl:ObjectProperty"), term("owl:DatatypeProperty"), term("rdf:Property"))
WIDTH, HEIGHT = 940, 560  # of the diagram, in pixels
BOX: Final = (150, 34)

STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#14181c;background:#fff}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccd2d8}
pre{background:#f3f5f7;padding:.75rem;overflow-x:auto;font-size:13px}
.wrap{overflow-x:auto} a{color:#004e87} .quiet{color:#5b6670}
@media(prefers-color-scheme:dark){body{color:#e8ecef;background:#14181c}pre{background:#1f252b}
a{color:#9ad0ff}th,td{border-color:#6c7884}.quiet{color:#a9b4be}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or property of the schema with what it says of itself; `used` is how often the graph uses it."""

    iri: IRI
    label: str
    definition: str
    origin: str
    types: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    used: int

    @property
    def name(self) -> str:
        return short(self.iri)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """The schema as a graph holds it: its terms, the links between classes as found, and an example of each class."""

    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    links: Mapping[tuple[str, str], tuple[str, ...]]
    examples: Mapping[str, str] = field(default_factory=dict)


def write(job: Job) -> str:
    """Write the page as HTML that needs nothing from elsewhere."""
    found = ontology(job.store)
    job.put([page(found).encode()])
    return f"{len(found.classes)} classes and {len(found.properties)} properties described in {job.path}"


def short(iri: str) -> str:
    """An IRI with the prefix that queries use for it, or whole where none is known.

    >>> short(term("prov:wasDerivedFrom"))
    'prov:wasDerivedFrom'
    """
    return next((f"{name}:{iri[len(at) :]}" for name, at in PREFIXES.items() if iri.startswith(at)), iri)


def ontology(store: Store) -> Ontology:
    """Read the schema, and how the graph uses it."""
    terms = _terms(store)
    classes = tuple(one for one in terms if CLASS_TYPE in one.types)
    return Ontology(
        classes=classes,
        properties=tuple(one for one in terms if CLASS_TYPE not in one.types),
        links=_links(store, [one.iri for one in classes]),
        examples={one.iri: example for one in classes if (example := _example(store, one.iri))},
    )


def _terms(store: Store) -> tuple[Term, ...]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    schema = PREFIXES["signum"]
    query = f"SELECT ?s ?p ?o WHERE {{ GRAPH graph:ontology {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?s), '{schema}')) }}"
    for row in store.rows(query):
        found[str(row["s"])][str(row["p"])].add(str(row["o"]))
    used = _uses(store)
    return tuple(_term(IRI(iri), facts, used[iri]) for iri, facts in sorted(found.items()))


def _term(iri: IRI, facts: Mapping[str, set[str]], used: int) -> Term:
    def first(name: str) -> str:
        return min(facts.get(term(name), {""}))

    return Term(
        iri=iri,
        label=first("rdfs:label"),
        definition=first("rdfs:comment"),
        origin=first("dcterms:source"),
        types=tuple(sorted(facts.get(term("rdf:type"), ()))),
        domains=tuple(sorted(facts.get(term("rdfs:domain"), ()))),
        ranges=tuple(sorted(facts.get(term("rdfs:range"), ()))),
        used=used,
    )


def _uses(store: Store) -> Counter[str]:
    """How often each property stands in a triple, each predicate in a statement, and each class has an instance."""
    counts: Counter[str] = Counter()
    for query in (
        "SELECT ?it (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?it ?o } } GROUP BY ?it",
        "SELECT ?it (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s signum:predicate ?it } } GROUP BY ?it",
        "SELECT ?it (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?it } } GROUP BY ?it",
    ):
        for row in store.rows(query):
            counts[str(row["it"])] += int(str(row["n"]))
    return counts


def _links(store: Store, classes: Sequence[IRI]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Which class links to which, and by what, as the graph has it; concepts and papers count as classes."""
    known = [*classes, term("skos:Concept"), term("prov:Entity")]
    values = " ".join(map(nquads_term, known))
    query = (
        f"SELECT DISTINCT ?from ?by ?to WHERE {{ VALUES ?from {{ {values} }} VALUES ?to {{ {values} }} "
        "?s a ?from ; ?by ?o . ?o a ?to }"
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in store.rows(query):
        name = short(str(row["by"]))
        found[str(row["from"]), str(row["to"])].add("stated:…" if name.startswith("stated:") else name)
    return {ends: tuple(sorted(names)) for ends, names in sorted(found.items())}


def _example(store: Store, of: str) -> str:
    """The first instance of a class as Turtle without its prefixes; nothing where there is none."""
    rows = store.select(f"SELECT (MIN(STR(?s)) AS ?first) WHERE {{ GRAPH ?g {{ ?s a {nquads_term(IRI(of))} }} }}")
    if not rows or rows[0]["first"] is None:
        return ""
    subject = nquads_term(IRI(str(rows[0]["first"])))
    triples = store.construct(f"CONSTRUCT {{ {subject} ?p ?o }} WHERE {{ GRAPH ?g {{ {subject} ?p ?o }} }}")
    lines = graph_written(triples, None, "TURTLE").decode().splitlines()
    return "\n".join(_cut(line) for line in lines if not line.startswith("@prefix"))


def _cut(line: str, most: int = 160) -> str:
    return line if len(line) <= most else f"{line[:most]} …"


# the page


def page(found: Ontology) -> str:
    """The documentation as one HTML page."""
    parts = [
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width'>",
        f"<title>Signum ontology</title><style>{STYLE}</style></head><body><h1>Signum ontology</h1>",
        "<p>Statements of radiology papers, each with its number, its sentence and its place. Every term below has its",
        " definition and its source; what other vocabularies have is used as it is.</p>",
        "<h2>How the classes hang together</h2>",
        f"<div class='wrap'>{diagram(found)}</div>",
        _links_table(found),
        "<h2>Classes</h2>",
        *(_class_section(one, found) for one in found.classes),
        "<h2>Predicates of statements</h2>",
        _table(one for one in found.properties if PROPERTY_TYPES[2] in one.types and not one.domains),
        "<h2>Other properties</h2>",
        _table(one for one in found.properties if not one.domains and PROPERTY_TYPES[2] not in one.types),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _class_section(one: Term, found: Ontology) -> str:
    mine = [p for p in found.properties if one.iri in p.domains]
    example = found.examples.get(one.iri, "")
    shown = (
        f"<h4>Example</h4>\n<pre tabindex='0'>{html.escape(example)}</pre>" if example else "<p>None in this graph.</p>"
    )
    return (
        f"<h3 id='{html.escape(one.label)}'>{html.escape(one.name)}</h3>\n<p>{html.escape(one.definition)}"
        f" <span class='quiet'>Source: {html.escape(one.origin)}. {one.used} in this graph.</span></p>\n"
        f"{_table(mine) if mine else ''}\n{shown}"
    )


def _table(terms: Iterable[Term]) -> str:
    return _rows(
        ("Property", "What it means", "Range", "Source", "Used"),
        ((one.name, one.definition, ", ".join(map(short, one.ranges)), one.origin, str(one.used)) for one in terms),
    )


def _rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose rows are headed by their first cell."""
    head = "".join(f"<th scope='col'>{name}</th>" for name in columns)
    body = "".join(
        f"<tr><th scope='row'>{html.escape(first)}</th>"
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in rest)
        + "</tr>\n"
        for first, *rest in rows
    )
    return f"<div class='wrap'><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"


def _links_table(found: Ontology) -> str:
    links = found.links.items()
    return _rows(("From", "By", "To"), ((short(start), ", ".join(by), short(end)) for (start, end), by in links))


def diagram(found: Ontology) -> str:
    """The classes around the statement, and a line for each two that are linked, as SVG; the table says the same."""
    names = sorted({end for ends in found.links for end in ends} | {one.iri for one in found.classes})
    places = dict(_places(names))
    lines = "".join(_line(places[start], places[end]) for start, end in sorted({*found.links}) if start != end)
    boxes = "".join(_box(short(name), *places[name]) for name in names)
    return (
        f"<svg role='img' aria-label='The classes and which of them are linked; the table below says the same' "
        f"viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}' font-family='system-ui' font-size='14'>"
        f"{lines}{boxes}</svg>"
    )


def _places(names: Sequence[str]) -> Iterator[tuple[str, tuple[float, float]]]:
    """The statement in the middle, the others on an ellipse around it, by name."""
    middle = term("signum:Statement")
    around = [name for name in names if name != middle]
    yield middle, (WIDTH / 2, HEIGHT / 2)
    for number, name in enumerate(around):
        angle = 2 * math.pi * number / len(around) - math.pi / 2
        yield name, (WIDTH / 2 + 370 * math.cos(angle), HEIGHT / 2 + 230 * math.sin(angle))


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = start, end
    return f"<line x1='{x:.0f}' y1='{y:.0f}' x2='{to_x:.0f}' y2='{to_y:.0f}' stroke='#767f88'/>"


def _box(name: str, x: float, y: float) -> str:
    width, height = BOX
    return (
        f"<rect x='{x - width / 2:.0f}' y='{y - height / 2:.0f}' width='{width}' height='{height}' rx='4'"
        f" fill='#f3f5f7' stroke='#005a9c'/>"
        f"<text x='{x:.0f}' y='{y + 5:.0f}' text-anchor='middle' fill='#14181c'>{html.escape(name)}</text>"
    )
