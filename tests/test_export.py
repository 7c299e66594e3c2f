"""What is exported can be relied on: the columns, the quotes, the printed decimals."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from kg import export, queries, rdf
from kg.build import build
from kg.export import ExportError
from kg.store import Store
from kg.tables import ENTITY_COLUMNS, STATEMENT_COLUMNS, Table, to_csv, to_json
from tests import tiny
from tests.tiny import write_source

TEXT = 'Of "PHNEN", with\r\n=cmd: washout in 15/23, a change of -1.50 mm; a difference, P<0.050, ünï\u2028code.\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    directory = tmp_path_factory.mktemp("export")
    write_source(directory / "sources", "one", TEXT)
    write_source(directory / "sources", "two", "washout in 0/10")
    build(directory / "sources", directory / "build", extract=tiny.extract)
    return Store.open(directory / "build")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_columns_are_those_that_others_build_on() -> None:
    assert " ".join(STATEMENT_COLUMNS) == (
        "statement source start end quote subject subject_label predicate object object_label polarity hedged "
        "modality phase comparator_label population unit_of_analysis evidence citations section statistic_type printed "
        "numerator denominator percent low high value unit mean sd median iqr ci_low ci_high ci_level p op origin rule "
        "confidence verdict"
    )
    assert " ".join(ENTITY_COLUMNS) == "iri key type label alt_labels parent definition mappings"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_quote_is_its_slice_of_the_exported_text(form: str, store: Store, tmp_path: Path) -> None:
    export.export(store, "statements", tmp_path / f"s.{form}")
    export.export(store, "texts", tmp_path / "texts")
    path = tmp_path / f"s.{form}"
    rows = read_csv(path) if form == "csv" else json.loads(path.read_text(encoding="utf-8"))
    assert len(rows) == 4
    for row in rows:
        text = (tmp_path / "texts" / f"{row['source']}.txt").read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_the_texts_are_those_of_the_sources(store: Store, tmp_path: Path) -> None:
    export.export(store, "texts", tmp_path)
    assert (tmp_path / "one.txt").read_bytes() == TEXT.encode()


def test_numbers_keep_the_decimals_of_the_paper(store: Store, tmp_path: Path) -> None:
    export.export(store, "statements", tmp_path / "s.csv")
    printed = {row["printed"]: row for row in read_csv(tmp_path / "s.csv")}
    assert printed["-1.50 mm"]["value"] == "-1.50"
    assert printed["-1.50 mm"]["unit"] == "mm"
    assert (printed["P<0.050"]["p"], printed["P<0.050"]["op"]) == ("0.050", "<")
    assert (printed["0/10"]["numerator"], printed["0/10"]["polarity"]) == ("0", "absent")
    assert printed["15/23"]["hedged"] == "false"
    export.export(store, "statements", tmp_path / "s.json")
    assert '"value": -1.50,' in (tmp_path / "s.json").read_text()


def test_rows_stand_in_the_order_of_the_text(store: Store, tmp_path: Path) -> None:
    export.export(store, "statements", tmp_path / "s.csv")
    places = [(row["source"], int(row["start"])) for row in read_csv(tmp_path / "s.csv")]
    assert places == sorted(places)


def test_every_concept_has_a_row_and_every_subject_is_one(store: Store, tmp_path: Path) -> None:
    export.export(store, "entities", tmp_path / "e.csv")
    export.export(store, "statements", tmp_path / "s.csv")
    entities = {row["iri"]: row for row in read_csv(tmp_path / "e.csv")}
    assert len(entities) == len(queries.concepts(store))
    assert {row["subject"] for row in read_csv(tmp_path / "s.csv")} <= entities.keys()
    phnen = entities[rdf.concept_iri("phnen")]
    assert (phnen["key"], phnen["type"]) == ("phnen", "disease")
    assert "PHNEN" in phnen["alt_labels"].split("|")


def test_csv_and_json_hold_the_same() -> None:
    table = Table(
        columns=("a", "b", "c"), rows=({"a": 'x,"y"\n', "b": ("1", "2"), "c": Decimal("1E+3")}, {"a": None, "b": False})
    )
    assert to_csv(table) == 'a,b,c\n"x,""y""\n",1|2,1000\n,false,\n'
    assert json.loads(to_json(table)) == [
        {"a": 'x,"y"\n', "b": ["1", "2"], "c": 1000},
        {"a": None, "b": False, "c": None},
    ]
    assert json.loads(to_json(Table(columns=("a",), rows=()))) == []


def test_an_unknown_export_or_format_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match="no export is called 'statement'; there are: statements, entities, verdicts, "
    ):
        export.export(store, "statement", tmp_path / "x.csv")
    with pytest.raises(ExportError, match="statements is not exported as 'xlsx'; there are: csv, json, parquet"):
        export.export(store, "statements", tmp_path / "x.csv", format="xlsx")


def test_a_path_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written: Is a directory; give another with -o PATH"):
        export.export(store, "statements", tmp_path)
