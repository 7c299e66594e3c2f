"""Each export is read back by the library that its users read it with, and holds what the graph holds."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import bibtexparser
import networkx as nx
import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph
import pytest
import rdflib
import rispy
import yaml
from nanopub.nanopub import Nanopub
from rdflib.namespace import RDF
from rocrate.rocrate import ROCrate

from kg import export, queries
from kg.export import EXPORTERS, ExportError
from kg.export.kgx import CATEGORIES, EDGE_COLUMNS, NODE_COLUMNS, PREDICATES
from kg.export.mappings import sssom
from kg.export.references import bibtex, ris
from kg.model import Source
from kg.store import Store
from kg.terms import CURIE_PREFIXES, concept_iri, source_iri, statement_iri
from kg.vocabulary import Vocabulary
from tests import example_graph as example
from tests.test_named_queries import EXPECTED, GAMMA, STORE

DAY: Final = date(2026, 1, 31)
BIOLINK: Final = json.loads((Path(__file__).parent / "data" / "biolink_names.json").read_text(encoding="utf-8"))
STATEMENTS: Final = (*example.STATEMENTS, *GAMMA)
OURS: Final = ("stat:",)  # functions of the embedded store, which rdflib has not


def made(name: str, form: str, folder: Path) -> Path:
    path = folder / f"{name}.{form}"
    export.export(STORE, name, path, format=form, date=DAY)
    return path


# the graph itself


def quads(data: bytes, form: Any) -> set[pyoxigraph.Quad]:
    """Quads as the engine holds them, so that 1.0 and 1 are one double."""
    store = pyoxigraph.Store()
    store.load(data, form)
    return set(store)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("graph", "trig", tmp_path_factory.mktemp("release"))


def test_trig_and_n_quads_hold_the_same_and_all_of_it(release: Path, tmp_path: Path) -> None:
    written = quads(release.read_bytes(), pyoxigraph.RdfFormat.TRIG)
    assert written == quads(made("graph", "nq", tmp_path).read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    built = "".join(example.files().values()).encode()
    assert quads(built, pyoxigraph.RdfFormat.N_QUADS) <= written


def test_json_ld_needs_no_context_from_elsewhere_and_says_the_same(release: Path, tmp_path: Path) -> None:
    read = rdflib.Dataset()
    read.parse(made("graph", "jsonld", tmp_path), format="json-ld")
    text = read.serialize(format="nquads").encode()
    assert quads(text, pyoxigraph.RdfFormat.N_QUADS) == quads(release.read_bytes(), pyoxigraph.RdfFormat.TRIG)


def test_turtle_is_the_union(release: Path, tmp_path: Path) -> None:
    merged = rdflib.Graph().parse(made("graph", "ttl", tmp_path), format="turtle")
    triples = {quad.triple for quad in quads(release.read_bytes(), pyoxigraph.RdfFormat.TRIG)}
    assert len(merged) == len(triples)


@pytest.fixture(scope="module")
def in_rdflib(release: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(release, format="trig")
    return dataset


@pytest.mark.parametrize("name", [name for name in EXPECTED if not any(o in queries.load(name).text for o in OURS)])
def test_a_named_query_gives_the_same_rows_in_plain_rdflib(name: str, in_rdflib: rdflib.Dataset) -> None:
    given = EXPECTED[name][0]
    query = queries.load(name)
    bound = {p.name: _node(p.kind, given[p.name]) for p in query.parameters}
    answer: Any = in_rdflib.query(query.text, initBindings=bound)
    rows = [row.asdict() for row in answer]
    ours = queries.run(STORE, name, **given)
    free = [column for column in ours[0] if column not in given] if ours else []
    assert sorted(tuple(_text(row.get(c)) for c in free) for row in rows) == sorted(
        tuple(_text(row[c]) for c in free) for row in ours
    )


def _node(kind: str, value: str) -> rdflib.URIRef | rdflib.Literal:
    iris = {"concept": concept_iri, "source": source_iri, "statement": statement_iri}
    return rdflib.URIRef(iris[kind](value)) if kind in iris else rdflib.Literal(value)


def _text(value: Any) -> str:
    if isinstance(value, rdflib.Literal):
        value = value.toPython()
    return "" if value is None else str(value)


# tables


def test_parquet_has_typed_columns_and_the_rows_of_the_csv(tmp_path: Path) -> None:
    table = pq.read_table(made("statements", "parquet", tmp_path))
    frame, rows = table.to_pandas(), pd.read_csv(made("statements", "csv", tmp_path))
    assert list(frame["quote"]) == list(rows["quote"])
    assert {table.schema.field(name).type for name in ("start", "end")} == {"int64"}
    assert frame.set_index("printed").loc["82.60%", "percent"] == 82.6
    assert list(frame.loc[frame["predicate"] == "differential_of", "citations"].iloc[0]) == ["3", "4"]


# other systems


def tsv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_kgx_says_what_is_denied_and_joins_to_its_nodes(tmp_path: Path) -> None:
    folder = made("kgx", "tsv", tmp_path)
    nodes, edges = tsv(folder / "nodes.tsv"), tsv(folder / "edges.tsv")
    assert {edge[end] for edge in edges for end in ("subject", "object")} <= {node["id"] for node in nodes}
    by_id = {edge["id"]: edge for edge in edges}
    fat = by_id[f"SIGNUM.STATEMENT:{example.FAT_ALPHOMA.id}"]
    assert (fat["negated"], fat["has_count"], fat["has_total"], fat["predicate"]) == (
        *("true", "0", "10", "biolink:has_phenotype"),
    )
    assert by_id[f"SIGNUM.STATEMENT:{example.MIMIC.id}"]["hedged"] == "true"
    assert {edge["publications"] for edge in edges} == {
        "doi:10.1000/alpha",
        "SIGNUM.SOURCE:beta2021",
        "SIGNUM.SOURCE:gamma2022",
    }


def test_kgx_uses_names_that_the_biolink_model_has(shipped: Path, tmp_path: Path) -> None:
    assert set(CATEGORIES.values()) <= set(BIOLINK["classes"])
    assert {*PREDICATES.values(), "related_to"} <= set(BIOLINK["predicates"])
    ours = {"hedged", "evidence", "comparator", "printed"}
    assert {*NODE_COLUMNS, *EDGE_COLUMNS} - ours <= {*BIOLINK["slots"], *BIOLINK["predicates"]}
    export.export(Store.open(shipped), "kgx", tmp_path / "kgx")
    found = [*tsv(tmp_path / "kgx" / "nodes.tsv"), *tsv(tmp_path / "kgx" / "edges.tsv")]
    assert {row["category"].removeprefix("biolink:") for row in found} <= set(BIOLINK["classes"])


def test_the_network_is_read_by_networkx_and_has_types(tmp_path: Path) -> None:
    read = nx.read_graphml(made("network", "graphml", tmp_path))
    assert read.nodes["alphoma"]["type"] == "disease"
    cytoscape = nx.cytoscape_graph(json.loads(made("network", "cyjs", tmp_path).read_text(encoding="utf-8")))
    assert set(cytoscape.nodes) == set(read.nodes)


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_every_nanopublication_is_valid_and_bears_the_hash_of_its_content(form: str, tmp_path: Path) -> None:
    read: Any = rdflib.ConjunctiveGraph()
    read.parse(made("nanopublications", form, tmp_path), format={"nq": "nquads"}.get(form, form))
    names = sorted(read.subjects(RDF.type, rdflib.URIRef("http://www.nanopub.org/nschema#Nanopublication")))
    assert len(names) == len(STATEMENTS)
    for name in names[:5]:
        one = rdflib.ConjunctiveGraph()
        one.addN(quad for quad in read.quads() if str(quad[3].identifier).startswith(f"{name}#"))
        publication = Nanopub(rdf=one)
        assert publication.is_valid
        assert publication.has_valid_trusty


def test_a_nanopublication_that_was_changed_is_found_out(tmp_path: Path) -> None:
    lines = made("nanopublications", "nq", tmp_path).read_text(encoding="utf-8").splitlines()
    counted = next(line for line in lines if '"7/10"' in line)
    name = counted.rsplit("#assertion> .", 1)[0].rsplit("<", 1)[1]
    changed = [line.replace('"7/10"', '"8/10"') for line in lines if f"{name}#" in line]
    read = rdflib.ConjunctiveGraph()
    read.parse(data="\n".join(changed) + "\n", format="nquads")
    with pytest.raises(ValueError, match="Trusty artefact"):
        _ = Nanopub(rdf=read).has_valid_trusty


def test_annotations_select_their_quote_in_the_text(tmp_path: Path) -> None:
    page = json.loads(made("annotations", "jsonld", tmp_path).read_text(encoding="utf-8"))["first"]
    texts = {source_iri(source.key): queries.text(STORE, source.key) for source in queries.sources(STORE)}
    assert len(page["items"]) == len(STATEMENTS)
    for item in page["items"]:
        text = texts[item["target"]["source"]["id"]]
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
    values = [item["body"][0]["value"] for item in page["items"]]
    assert "alphoma: has sign: not intralesional fat, 0/10" in values


def test_rows_like_hpos_have_one_a_study_with_n_of_m(tmp_path: Path) -> None:
    frame = pd.read_csv(made("phenotypes", "hpoa", tmp_path), sep="\t", comment="#", dtype=str).fillna("")
    rows = {tuple(row) for row in frame[["disease_name", "phenotype_name", "frequency", "qualifier"]].values.tolist()}
    assert ("alphoma", "intralesional fat", "0/10", "NOT") in rows
    assert ("betoma", "washout", "1/12", "") in rows
    assert len(frame[(frame["disease_name"] == "alphoma") & (frame["phenotype_name"] == "washout")]) == 1


def test_mappings_name_each_prefix_that_they_use(tmp_path: Path) -> None:
    path = made("mappings", "tsv", tmp_path)
    rows = pd.read_csv(path, sep="\t", comment="#")
    assert set(rows["object_id"].str.split(":").str[0]) <= head_of(path.read_text(encoding="utf-8"))["curie_map"].keys()
    assert list(rows["object_id"]) == ["MONDO:0000001"]


def head_of(table: str) -> dict[str, Any]:
    """The metadata of an SSSOM table, which are YAML behind a #."""
    head: dict[str, Any] = yaml.safe_load("\n".join(line[1:] for line in table.splitlines() if line.startswith("#")))
    return head


def test_every_prefix_of_the_vocabulary_is_readable_in_the_head_of_the_mappings() -> None:
    """One of the addresses ends in a colon, which YAML would take for another key."""
    concepts = list(Vocabulary.load().concepts.values())
    used = {mapping.curie.split(":")[0] for concept in concepts for mapping in concept.mappings}
    held = head_of(sssom(concepts))["curie_map"]
    assert {name: held[name] for name in used} == {name: CURIE_PREFIXES[name] for name in used}


def test_the_papers_come_back_from_reference_managers() -> None:
    paper = Source(
        key="x1", title='On "R&D" of 5_HIAA {50%}', authors=("de Baere T",), journal="J", year=2017, doi="10.1/a_b"
    )
    (entry,) = bibtexparser.loads(bibtex([paper])).entries
    assert (entry["ID"], entry["author"], entry["doi"]) == ("x1", "de Baere, T", "10.1/a_b")
    assert r"R\&D" in entry["title"]
    (read,) = rispy.loads(ris([paper]))
    assert (read["title"], read["authors"], read["doi"], read["year"]) == (
        paper.title,
        ["de Baere, T"],
        "10.1/a_b",
        "2017",
    )


def test_a_release_is_a_crate_that_names_each_of_its_files(tmp_path: Path) -> None:
    folder = made("crate", "json", tmp_path)
    crate = ROCrate(folder)
    listed = {entity.id for entity in crate.data_entities}
    assert listed == {path.name for path in folder.iterdir()} - {"ro-crate-metadata.json"}
    assert crate.root_dataset["datePublished"] == DAY.isoformat()
    assert STORE.graph_hash in crate.root_dataset["identifier"]


# all of them


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_export_is_the_same_bytes_twice(name: str, tmp_path: Path) -> None:
    for form in EXPORTERS[name].formats:
        one, other = made(name, form, tmp_path / "a"), made(name, form, tmp_path / "b")
        files = [sorted(p for p in path.rglob("*") if p.is_file()) or [path] for path in (one, other)]
        assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_an_export_that_states_a_day_wants_one_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="give it, such as --date 2026-01-31"):
        export.export(STORE, "nanopublications", tmp_path / "n.trig")
    assert list(tmp_path.iterdir()) == []
