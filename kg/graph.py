"""This module sees the statements as a network: what stands around a concept, what two share, how they are linked.

A node is a concept (its key) or a paper's own words (`~` before them), an edge all statements with one subject, one
predicate and one object. Everything is in a fixed order, and a drawing has a fixed seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx

from kg.model import Concept, Entity, Statement

if TYPE_CHECKING:
    Network: TypeAlias = nx.MultiDiGraph[str]
else:
    Network = nx.MultiDiGraph

WORDS_TYPE: Final = "words"  # of a node that is no concept: a paper's own words
NOT_TIES: Final = ("cohort", "observer_agreement", "other")  # they describe a study, and link no two concepts
MOST_PATHS: Final = 20
SEED: Final = 7


class GraphError(ValueError):
    """A node that the network does not have; the sentence names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An edge: all that is stated with one subject, predicate and object.

    `statements` are ids in the order of the papers, `present` and `absent` how many of them say so, `counted` how many
    have a number.
    """

    subject: str
    predicate: str
    object: str
    statements: tuple[str, ...]
    sources: tuple[str, ...]
    present: int
    absent: int
    counted: int

    @property
    def ends(self) -> tuple[str, str]:
        return self.subject, self.object


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A node beside another: its name, its type, and the edges between the two."""

    key: str
    label: str
    type: str
    ties: tuple[Tie, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(identifier for tie in self.ties for identifier in tie.statements))

    @property
    def only_absent(self) -> bool:
        """Whether every statement says that it is not so: looked for and not found, or denied."""
        return not any(tie.present for tie in self.ties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """What stands around a concept, the best known first; `left_out` says how many neighbours were not taken."""

    centre: Neighbour
    around: tuple[Neighbour, ...]
    left_out: int = 0


def network(statements: Iterable[Statement], concepts: Mapping[str, Concept]) -> Network:
    """The network of some statements. Nodes have `label` and `type`; edges, keyed by predicate, have `statements`,
    `sources` (both joined by '|'), `present`, `absent`, `counted` and `weight`, the number of statements.
    """
    found: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    ends: dict[str, Entity] = {}
    for statement in statements:
        if statement.predicate not in NOT_TIES:
            found[statement.subject.identity, statement.predicate, statement.object.identity].append(statement)
            ends.setdefault(statement.subject.identity, statement.subject)
            ends.setdefault(statement.object.identity, statement.object)
    made = Network()
    for key, entity in sorted(ends.items()):
        concept = concepts.get(key)
        made.add_node(
            key, label=concept.label if concept else entity.label, type=concept.type if concept else WORDS_TYPE
        )
    for (subject, predicate, target), members in sorted(found.items()):
        made.add_edge(subject, target, key=predicate, **_attributes(members))
    return made


def _attributes(members: Sequence[Statement]) -> dict[str, Any]:
    ordered = sorted(members, key=lambda one: (one.source, one.span, one.id))
    return {
        "statements": "|".join(one.id for one in ordered),
        "sources": "|".join(dict.fromkeys(one.source for one in ordered)),
        "present": sum(one.polarity == "present" for one in ordered),
        "absent": sum(one.polarity == "absent" for one in ordered),
        "counted": sum(one.statistic is not None for one in ordered),
        "weight": len(ordered),
    }


def neighbourhood(of: Network, key: str, *, most: int = 24, types: Sequence[str] = ()) -> Neighbourhood:
    """The neighbours of a node, of some types or of all: those with most statements, then by name; at most `most`.

    They come grouped by type. GraphError for a node that the network does not have.
    """
    _require(of, key)
    beside = {*of.successors(key), *of.predecessors(key)} - {key}
    every = [_neighbour(of, other, key) for other in beside]
    wanted = [one for one in every if not types or one.type in types]
    best = sorted(wanted, key=lambda one: (one.type == WORDS_TYPE, -len(one.statements), one.label.casefold(), one.key))
    shown = sorted(best[:most], key=lambda one: (one.type, -len(one.statements), one.label.casefold(), one.key))
    return Neighbourhood(centre=_neighbour(of, key), around=tuple(shown), left_out=max(len(best) - most, 0))


def shared(of: Network, one: str, other: str, *, predicate: str = "has_sign") -> tuple[tuple[Tie, Tie], ...]:
    """What two nodes both have by a predicate, each as the pair of edges to it, the best known first."""
    for key in (one, other):
        _require(of, key)
    mine, theirs = ({tie.object: tie for tie in _ties_from(of, key, predicate)} for key in (one, other))
    both = [(mine[target], theirs[target]) for target in mine.keys() & theirs.keys()]
    return tuple(sorted(both, key=lambda pair: (-min(_weight(pair[0]), _weight(pair[1])), pair[0].object)))


def sharing(of: Network, key: str, *, predicate: str = "has_sign") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The nodes that have something in common with one, by a predicate: (node, what they share), most first."""
    _require(of, key)
    found: dict[str, set[str]] = defaultdict(set)
    for tie in _ties_from(of, key, predicate):
        for other in of.predecessors(tie.object):
            if other != key and of.has_edge(other, tie.object, predicate):
                found[other].add(tie.object)
    return tuple(
        (other, tuple(sorted(what))) for other, what in sorted(found.items(), key=lambda p: (-len(p[1]), p[0]))
    )


def paths(of: Network, start: str, end: str, *, longest: int = 3) -> tuple[tuple[str, ...], ...]:
    """The ways from one node to another over at most `longest` edges, in either direction, short ones first."""
    for key in (start, end):
        _require(of, key)
    simple = nx.Graph(of.to_undirected(as_view=True))
    ways = nx.all_simple_paths(simple, start, end, cutoff=longest)
    return tuple(tuple(way) for way in sorted(ways, key=lambda way: (len(way), way))[:MOST_PATHS])


def placed(around: Neighbourhood) -> dict[str, tuple[float, float]]:
    """Where the nodes of a neighbourhood stand (x, y in 0 to 1): the centre to the left, the others below one another.

    A star drawn by forces lays names over each other; two layers do not.
    """
    star: nx.Graph[str] = nx.Graph()
    below = [one.key for one in reversed(around.around)]  # the first stands on top
    star.add_nodes_from([around.centre.key, *below])
    layers = {0: [around.centre.key], 1: below} if below else {0: [around.centre.key]}
    places = nx.multipartite_layout(star, subset_key=layers, align="vertical")
    return _in_unit_square(places)


def laid_out(of: Network, *, seed: int = SEED) -> dict[str, tuple[float, float]]:
    """Where the nodes of a network stand (x, y in 0 to 1), by forces, the same for the same network and seed."""
    return _in_unit_square(nx.spring_layout(nx.Graph(of), seed=seed))


def _in_unit_square(places: Mapping[Any, Any]) -> dict[str, tuple[float, float]]:
    xs, ys = ([float(place[axis]) for place in places.values()] for axis in (0, 1))

    def scaled(value: float, every: Sequence[float]) -> float:
        low, high = min(every), max(every)
        return 0.5 if high == low else (value - low) / (high - low)

    return {str(key): (scaled(float(p[0]), xs), scaled(float(p[1]), ys)) for key, p in places.items()}


def graphml(of: Network) -> str:
    """The network as GraphML, which yEd, Gephi and Cytoscape read."""
    return "\n".join(nx.generate_graphml(of)) + "\n"


def cytoscape(of: Network) -> dict[str, Any]:
    """The network as Cytoscape JSON, with a place for each node."""
    data: dict[str, Any] = nx.cytoscape_data(of)
    places = laid_out(of)
    for node in data["elements"]["nodes"]:
        x, y = places[node["data"]["id"]]
        node["position"] = {"x": round(1000 * x, 1), "y": round(1000 * y, 1)}
    return data


def _require(of: Network, key: str) -> None:
    if key not in of:
        raise GraphError(f"no statement links {key!r} to anything; give the key of a concept that papers speak of")


def _neighbour(of: Network, key: str, beside: str | None = None) -> Neighbour:
    ties = () if beside is None else (*_ties_between(of, key, beside), *_ties_between(of, beside, key))
    return Neighbour(key=key, label=of.nodes[key]["label"], type=of.nodes[key]["type"], ties=tuple(ties))


def _ties_between(of: Network, subject: str, target: str) -> Iterator[Tie]:
    for predicate, attributes in sorted((of.get_edge_data(subject, target) or {}).items()):
        yield _tie(subject, str(predicate), target, attributes)


def _ties_from(of: Network, subject: str, predicate: str) -> Iterator[Tie]:
    for _, target, name, attributes in of.out_edges(subject, keys=True, data=True):
        if name == predicate:
            yield _tie(subject, predicate, target, attributes)


def _tie(subject: str, predicate: str, target: str, attributes: Mapping[str, Any]) -> Tie:
    return Tie(
        subject=subject,
        predicate=predicate,
        object=target,
        statements=tuple(attributes["statements"].split("|")),
        sources=tuple(attributes["sources"].split("|")),
        present=attributes["present"],
        absent=attributes["absent"],
        counted=attributes["counted"],
    )


def _weight(tie: Tie) -> int:
    return len(tie.statements)
