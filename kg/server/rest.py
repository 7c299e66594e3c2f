"""This module is the REST interface under /api: the same answers as the pages and the command line give, as JSON."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from kg import ask as asking
from kg import compare as comparing
from kg import differential as differing
from kg import queries
from kg.audit import worst
from kg.compare.comparison import SORTS
from kg.differential import Findings
from kg.lookup import UnknownNameError, find_concept, find_finding, require_source, sources_of, vocabulary_of
from kg.model import CONCEPT_TYPES, EVIDENCE_KINDS, POLARITIES, PREDICATES, Concept, Statement, require_one_of
from kg.quiz import DEFAULT_NUMBER, DIFFICULTIES, MOST_ITEMS, make_quiz
from kg.results import GRAPH_FORMATS
from kg.server.errors import MEDIA_TYPE, ProblemModel, Refusal
from kg.server.replies import Found, item, page, plain, reply
from kg.store import Store
from kg.tables import entity_table, source_table, statement_table, verdict_table
from kg.terms import concept_iri, source_iri, statement_iri
from kg.verdict import VERDICTS, Verdict

MOST_A_PAGE: Final = 1000
LONGEST: Final = 300  # characters of a name
LONGEST_LIST: Final = 50
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"description": what, "content": {MEDIA_TYPE: {"schema": ProblemModel.model_json_schema()}}}
    for status, what in (
        (400, "a value that is not allowed"),
        (404, "nothing has this name"),
        (405, "it is only read"),
        (406, "a format that cannot be given"),
        (422, "a value of the wrong kind"),
        (503, "the graph cannot be read at this moment"),
    )
}

Name = Annotated[str, Query(max_length=LONGEST, min_length=1)]
Names = Annotated[list[Annotated[str, Field(max_length=LONGEST, min_length=1)]], Query(max_length=LONGEST_LIST)]
Limit = Annotated[int, Query(ge=1, le=MOST_A_PAGE, description="how many of them")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="how many to pass over")]
Key = Annotated[str, Path(max_length=LONGEST)]


class PageModel(BaseModel):
    """A part of a collection, in a fixed order."""

    total: int = Field(description="of the whole collection, filters applied")
    offset: int
    limit: int
    items: list[dict[str, Any]]


def one_of(allowed: tuple[str, ...], description: str) -> Any:
    """A parameter with a closed list of values."""
    return Query(description=description, json_schema_extra={"enum": list(allowed)}, max_length=LONGEST)


def only_known_parameters(request: Request) -> None:
    """Refuse a parameter that nothing reads, and a second value where one is read: a typing error filters nothing."""
    route = request.scope["route"].dependant
    known = {one.alias: one for one in (*route.query_params, *(p for d in route.dependencies for p in d.query_params))}
    for name in request.query_params:
        if name not in known:
            raise Refusal(400, f"there is no parameter {name[:60]!r}; allowed: {', '.join(known) or 'none'}")
        many = "list" in str(known[name].field_info.annotation)
        if not many and len(request.query_params.getlist(name)) > 1:
            raise Refusal(400, f"{name} is given {len(request.query_params.getlist(name))} times; allowed: once")


router: Final = APIRouter(prefix="/api", responses=PROBLEMS, dependencies=[Depends(only_known_parameters)])
UNCHANGED: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "the asker has this state of the data"}}
RDF: Final[dict[str, Any]] = {media_type: {} for one in GRAPH_FORMATS.values() for media_type in one.media_types}
PAGE: Final[dict[int | str, dict[str, Any]]] = {200: {"model": PageModel, "content": RDF}, **UNCHANGED}
ONE: Final[dict[int | str, dict[str, Any]]] = {200: {"model": dict[str, Any], "content": RDF}, **UNCHANGED}
ANSWER: Final[dict[int | str, dict[str, Any]]] = {200: {"model": dict[str, Any]}, **UNCHANGED}


@router.get("/", response_model=None, responses=ANSWER)
def index(request: Request) -> Response:
    """The routes, and the state of the data."""
    about = {"openapi": "/api/openapi.json", "sparql": "/sparql", "routes": sorted(one.path for one in every_route())}
    return reply(request, lambda store: plain({**about, "graph": store.graph_hash}))


def every_route() -> list[APIRoute]:
    """The routes of this interface."""
    return [one for one in router.routes if isinstance(one, APIRoute)]


@router.get("/concepts", response_model=None, responses=PAGE)
def concepts(
    request: Request,
    type: Annotated[str | None, one_of(CONCEPT_TYPES, "of this type")] = None,  # noqa: A002 - the model's word
    q: Annotated[str | None, Query(max_length=LONGEST, description="in one of its names")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Concepts of the vocabulary."""
    if type is not None:
        require_one_of("type", type, CONCEPT_TYPES)

    def find(store: Store) -> Found:
        found = [c for c in vocabulary_of(store).concepts.values() if type in (None, c.type) and _named(c, q)]
        found.sort(key=lambda c: c.key)
        shown = found[offset : offset + limit]
        nodes = [concept_iri(c.key) for c in shown]
        return page(entity_table(shown), nodes, total=len(found), offset=offset, limit=limit)

    return reply(request, find, rdf=True)


@router.get("/concepts/{name}", response_model=None, responses=ONE)
def concept(request: Request, name: Key) -> Response:
    """A concept by any of its names."""

    def find(store: Store) -> Found:
        found = find_concept(store, name)
        more = {"narrower": sorted(vocabulary_of(store).descendants(found.key))}
        return item(entity_table([found]), more, [concept_iri(found.key)])

    return reply(request, find, rdf=True)


@router.get("/sources", response_model=None, responses=PAGE)
def sources(request: Request, limit: Limit = 100, offset: Offset = 0) -> Response:
    """Papers."""

    def find(store: Store) -> Found:
        found = sources_of(store)
        shown = found[offset : offset + limit]
        nodes = [source_iri(one.key) for one in shown]
        return page(source_table(shown), nodes, total=len(found), offset=offset, limit=limit)

    return reply(request, find, rdf=True)


@router.get("/sources/{key}", response_model=None, responses=ONE)
def source(request: Request, key: Key) -> Response:
    """A paper."""

    def find(store: Store) -> Found:
        require_source(store, key)
        found = [one for one in sources_of(store) if one.key == key]
        more = {"statements": sum(one.source == key for one in every_statement(store))}
        return item(source_table(found), more, [source_iri(key)])

    return reply(request, find, rdf=True)


@router.get("/statements", response_model=None, responses=PAGE)
def statements(
    request: Request,
    about: Annotated[str | None, Query(max_length=LONGEST, description="a concept that it names, by any name")] = None,
    source: Annotated[str | None, Query(max_length=LONGEST, description="the key of a paper")] = None,
    predicate: Annotated[str | None, one_of(PREDICATES, "what is said of it")] = None,
    polarity: Annotated[str | None, one_of(POLARITIES, "there, or looked for and not there")] = None,
    evidence: Annotated[str | None, one_of(EVIDENCE_KINDS, "whose data these are")] = None,
    verdict: Annotated[str | None, one_of(VERDICTS, "the worst that the audit says")] = None,
    number: Annotated[bool | None, Query(description="with a number, or without")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Statements, filtered."""
    given = {"predicate": predicate, "polarity": polarity, "evidence": evidence}
    for (name, value), allowed in zip(given.items(), (PREDICATES, POLARITIES, EVIDENCE_KINDS), strict=True):
        if value is not None:
            require_one_of(name, value, allowed)
    if verdict is not None:
        require_one_of("verdict", verdict, VERDICTS)

    def find(store: Store) -> Found:
        keys = None if about is None else [find_concept(store, about).key]
        if source is not None:
            require_source(store, source)
        every = every_statement(store) if keys is None else queries.statements(store, about=keys)
        judged = worst(every_verdict(store))
        found = [
            one
            for one in every
            if source in (None, one.source)
            and all(value in (None, getattr(one, name)) for name, value in given.items())
            and verdict in (None, judged.get(one.id))
            and number in (None, one.statistic is not None)
        ]
        found.sort(key=lambda one: (one.source, one.span, one.id))
        shown = found[offset : offset + limit]
        table = statement_table(shown, every_verdict(store))
        nodes = [statement_iri(one.id) for one in shown]
        return page(table, nodes, total=len(found), offset=offset, limit=limit)

    return reply(request, find, rdf=True)


@router.get("/statements/{source}/{hash}", response_model=None, responses=ONE)
def statement(request: Request, source: Key, hash: Key) -> Response:  # noqa: A002 - the model's word
    """A statement."""

    def find(store: Store) -> Found:
        found = known_statement(store, f"{source}/{hash}")
        judged = [_verdict(one) for one in every_verdict(store) if found.id in one.statements]
        table = statement_table([found], every_verdict(store))
        return item(table, {"id": found.id, "verdicts": judged}, [statement_iri(found.id)])

    return reply(request, find, rdf=True)


@router.get("/compare", response_model=None, responses=ANSWER)
def compare(
    request: Request,
    a: Name,
    b: Name,
    modality: Names = [],  # noqa: B006 - FastAPI copies it
    phase: Names = [],  # noqa: B006
    source: Names = [],  # noqa: B006
    evidence: Names = [],  # noqa: B006
    state: Names = [],  # noqa: B006
    cross_study: Annotated[bool, Query(description="ratios of counts of two studies, which are then flagged")] = False,
    sort: Annotated[str, one_of(SORTS, "what stands first")] = "bound",
    sparql: Annotated[bool, Query(description="with the query that gives the numbers")] = False,
) -> Response:
    """Which signs separate disease A from B."""

    def find(store: Store) -> Found:
        filters = comparing.filters_named(
            store,
            modality=modality,
            phase=phase,
            source=source,
            evidence=evidence,
            state=state,
            cross_study=cross_study,
            sort=sort,
        )
        first, other = (find_concept(store, name, type="disease").key for name in (a, b))
        found = comparing.compare(store, first, other, filters)
        query = {"sparql": comparing.comparison_query(store, found)} if sparql else {}
        return plain({**found.to_json(), **query})

    return reply(request, find)


@router.get("/differential", response_model=None, responses=ANSWER)
def differential(
    request: Request,
    present: Names = [],  # noqa: B006
    absent: Names = [],  # noqa: B006
    among: Names = [],  # noqa: B006
    prior: Annotated[Names, Query(description="a disease and its probability: NAME=0.3")] = [],  # noqa: B006
    in_scope: Annotated[bool, Query(description="the patient is like those of the studies")] = True,
) -> Response:
    """Which diseases fit findings."""

    def find(store: Store) -> Found:
        found = differing.differential(
            store,
            Findings(
                present=tuple(find_finding(store, name).key for name in present),
                absent=tuple(find_finding(store, name).key for name in absent),
            ),
            among=[find_concept(store, name, type="disease").key for name in among],
            prior={find_concept(store, name, type="disease").key: share for name, share in map(_share, prior)},
            in_scope=in_scope,
        )
        return plain(found.to_json())

    return reply(request, find)


@router.get("/ask", response_model=None, responses=ANSWER)
def ask(
    request: Request,
    q: Annotated[str, Query(max_length=1000, min_length=1, description="the question")],
    all: Annotated[bool, Query(description="every statement, not the first 20")] = False,  # noqa: A002
) -> Response:
    """A question in plain words."""
    options = asking.Options(all_rows=all)
    return reply(request, lambda store: plain(asking.ask(store, q, options).to_json()))


@router.get("/quiz", response_model=None, responses=ANSWER)
def quiz(
    request: Request,
    topic: Annotated[Names, Query(description="concepts by any name, or papers by key")] = [],  # noqa: B006
    type: Annotated[Names, Query(description="kinds of item")] = [],  # noqa: A002, B006 - the word of the quiz
    number: Annotated[int, Query(ge=1, le=MOST_ITEMS, description="how many items")] = DEFAULT_NUMBER,
    seed: Annotated[int, Query(ge=0, le=2**31 - 1, description="the same seed, the same quiz")] = 0,
    difficulty: Annotated[str, one_of(("", *DIFFICULTIES), "of this difficulty")] = "",
) -> Response:
    """A quiz with its key, its feedback and its sentences."""

    def find(store: Store) -> Found:
        made = make_quiz(store, topic=topic, types=type, number=number, seed=seed, difficulty=difficulty)
        return plain(made.to_json())

    return reply(request, find)


@router.get("/audit", response_model=None, responses={200: {"model": PageModel}, **UNCHANGED})
def audit(
    request: Request,
    source: Annotated[str | None, Query(max_length=LONGEST, description="the key of a paper")] = None,
    verdict: Annotated[str | None, one_of(VERDICTS, "what the check says")] = None,
    check: Annotated[str | None, Query(max_length=LONGEST, description="the name of a check")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Do the papers' numbers agree."""
    if verdict is not None:
        require_one_of("verdict", verdict, VERDICTS)

    def find(store: Store) -> Found:
        if source is not None:
            require_source(store, source)
        checks = tuple(sorted({one.check for one in every_verdict(store)}))
        if check is not None:
            require_one_of("check", check, checks)
        judged = queries.verdicts(store, source) if source else every_verdict(store)
        found = [one for one in judged if verdict in (None, one.verdict) and check in (None, one.check)]
        table = verdict_table(found)
        shown = type(table)(columns=table.columns, rows=table.rows[offset : offset + limit])
        return page(shown, (), total=len(found), offset=offset, limit=limit)

    return reply(request, find)


# --- What the routes look up -----------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def every_statement(store: Store) -> tuple[Statement, ...]:
    """All statements, read once for each state of the graph."""
    return queries.statements(store)


@lru_cache(maxsize=2)
def every_verdict(store: Store) -> tuple[Verdict, ...]:
    """All verdicts, read once for each state of the graph."""
    return queries.verdicts(store)


def known_statement(store: Store, identity: str) -> Statement:
    """The statement of an id. Raises UnknownNameError."""
    for one in every_statement(store):
        if one.id == identity:
            return one
    raise UnknownNameError(f"no statement has the id {identity[:100]!r}; the graph may have been built anew")


def _named(concept: Concept, words: str | None) -> bool:
    names = (concept.key, concept.label, *concept.alt_labels, *concept.ambiguous_labels)
    return words is None or any(words.casefold() in name.casefold() for name in names)


def _share(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise Refusal(400, f"prior is {text[:60]!r}; allowed: a disease and 0 to 1, such as PHNEN=0.3") from None


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"check": verdict.check, "verdict": verdict.verdict, "explanation": verdict.explanation}
