"""The network of the statements: what stands around a concept, what two share, and files that others can read."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg import api, graph
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.web_graph import ADENOCARCINOMA, HCC, NET, PHNEN, counted_paper, one_sided_paper, write_graph

CONCEPTS = Vocabulary.load().concepts


@pytest.fixture(scope="module")
def net() -> graph.Network:
    return graph.network([*counted_paper().statements, *one_sided_paper().statements], CONCEPTS)


def test_an_edge_holds_all_statements_of_one_thing_and_says_what_is_denied(net: graph.Network) -> None:
    found = graph.neighbourhood(net, PHNEN)
    by_label = {one.label: one for one in found.around}
    assert by_label["calcification"].only_absent
    assert not by_label["rim sign"].only_absent
    assert by_label["rim sign"].type == graph.WORDS_TYPE
    assert [tie.predicate for tie in by_label["rim sign"].ties] == ["has_sign"]


def test_no_more_neighbours_are_shown_than_asked_and_the_rest_is_counted(net: graph.Network) -> None:
    whole, part = graph.neighbourhood(net, NET), graph.neighbourhood(net, NET, most=2)
    assert len(part.around) == 2
    assert part.left_out == len(whole.around) - 2
    assert graph.neighbourhood(net, NET, types=("therapy",)).around == ()


def test_what_two_share_names_the_statements_of_both(net: graph.Network) -> None:
    both = graph.shared(net, NET, ADENOCARCINOMA)
    assert {mine.object for mine, _ in both} >= {"~hyperenhancement", "~washout"}
    for mine, theirs in both:
        assert mine.subject == NET
        assert theirs.subject == ADENOCARCINOMA
        assert set(mine.statements).isdisjoint(theirs.statements)
    assert dict(graph.sharing(net, PHNEN))[HCC] == ("~rim sign",)


def test_paths_are_short_ones_first(net: graph.Network) -> None:
    found = graph.paths(net, PHNEN, HCC)
    assert found[0] == (PHNEN, "~rim sign", HCC)
    assert [len(way) for way in found] == sorted(len(way) for way in found)


def test_an_unknown_node_is_named(net: graph.Network) -> None:
    with pytest.raises(graph.GraphError, match="'nope'"):
        graph.neighbourhood(net, "nope")


def test_places_lie_apart_and_come_out_the_same(net: graph.Network) -> None:
    around = graph.neighbourhood(net, NET)
    places = graph.placed(around)
    assert len(set(places.values())) == len(around.around) + 1
    assert [places[one.key][1] for one in around.around] == sorted(
        (places[o.key][1] for o in around.around), reverse=True
    )
    assert places[NET][0] < min(x for key, (x, _) in places.items() if key != NET)
    assert graph.laid_out(net) == graph.laid_out(net)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in graph.laid_out(net).values())


def test_the_files_hold_every_node_and_edge_and_are_the_same_each_time(net: graph.Network) -> None:
    text = graph.graphml(net)
    names = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert len(ET.fromstring(text).findall(".//g:node", names)) == len(net)
    assert len(ET.fromstring(text).findall(".//g:edge", names)) == net.number_of_edges()
    assert text == graph.graphml(net)
    data = graph.cytoscape(net)
    assert len(data["elements"]["edges"]) == net.number_of_edges()
    assert json.dumps(data) == json.dumps(graph.cytoscape(net))


def test_python_gets_the_network_of_a_graph(tmp_path: Path, net: graph.Network) -> None:
    found = api.Graph(Store.open(write_graph(tmp_path / "build"))).networkx()
    assert {key: found.nodes[key] for key in found} == {key: net.nodes[key] for key in net}
    assert sorted(found.edges(keys=True)) == sorted(net.edges(keys=True))
