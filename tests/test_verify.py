"""One changed character, in a paper or in the graph, is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import build
from kg.model import Entity, Span, Statement
from kg.sources import read_folder
from kg.verify import misplaced, verify
from tests import tiny
from tests.tiny import write_source

TEXT = (
    "Washout is common: washout in 15/23, calcification in 0/12.\n"
    "There was a change of -1.50 mm and a change of 2.75 cm.\n"
    "This was a difference, P<0.05, and that a difference, P=0.038.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("verify")
    write_source(directory / "sources", "one", TEXT)
    write_source(directory / "sources", "two", "washout in 7/10")
    assert not build(directory / "sources", directory / "build", extract=tiny.extract).problems
    return directory


def problems(directory: Path) -> list[str]:
    return verify(directory / "sources", directory / "build", extract=tiny.extract)


def problems_after(directory: Path, file: str, old: str, new: str) -> list[str]:
    path = directory / file
    before = path.read_bytes()
    assert old in before.decode()
    path.write_bytes(before.decode().replace(old, new, 1).encode())
    try:
        return problems(directory)
    finally:
        path.write_bytes(before)


def test_a_graph_as_it_was_built_has_no_difference(built: Path) -> None:
    assert problems(built) == []


STORED_CHANGES = {
    "a digit": ('numerator> "15"', 'numerator> "16"'),
    "a denominator": ('denominator> "23"', 'denominator> "32"'),
    "a decimal": ('value> "2.75"', 'value> "27.5"'),
    "a printed zero": ('value> "-1.50"', 'value> "-1.5"'),
    "a sign": ('value> "-1.50"', 'value> "1.50"'),
    "an operator": ('operator> "<"', 'operator> ">"'),
    "a unit": ('unit> "mm"', 'unit> "cm"'),
    "a p value": ('pValue> "0.038"', 'pValue> "0.083"'),
    "the printed words": ('printed> "P<0.05"', 'printed> "P>0.05"'),
    "a polarity": ('polarity> "absent"', 'polarity> "present"'),
    "a predicate": (
        "predicate> <https://w3id.org/signum/schema#hasSign>",
        "predicate> <https://w3id.org/signum/schema#hasMarker>",
    ),
}


def shown(change: str) -> str:
    return change.partition(" ")[2].strip("<>").removeprefix("https://w3id.org/signum/")


@pytest.mark.parametrize("name", STORED_CHANGES)
def test_a_change_in_the_graph_is_named_with_both_values(name: str, built: Path) -> None:
    old, new = STORED_CHANGES[name]
    problem, *_ = problems_after(built, "build/one.nq", old, new)
    field = old.partition(">")[0]
    assert problem.startswith(f"{built / 'build' / 'one.nq'}: statement/one/")
    assert f" {field}: stored {shown(new)}" in problem
    assert f"the source gives {shown(old)}" in problem


SOURCE_CHANGES = {
    "a digit": ("15/23", "16/23"),
    "digits exchanged": ("0.038", "0.083"),
    "a sign": ("of -1.50 mm", "of 1.50 mm"),
    "a decimal point": ("2.75", "27.5"),
    "an operator": ("P<0.05", "P=0.05"),
    "a unit": ("-1.50 mm", "-1.50 cm"),
    "a word": ("common", "uncommon"),
}


@pytest.mark.parametrize("name", SOURCE_CHANGES)
def test_a_change_in_a_paper_is_named(name: str, built: Path) -> None:
    old, new = SOURCE_CHANGES[name]
    found = problems_after(built, "sources/one/text.txt", old, new)
    assert any("source/one sha256: stored" in problem for problem in found)
    assert any("source/one#text chars: stored" in problem and new in problem for problem in found)
    if name != "a word":
        assert any("printed: " in problem and new.removeprefix("of ") in problem for problem in found)


def test_a_paper_that_is_no_longer_what_its_metadata_say_is_named_with_the_line(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "sources", "one", TEXT)
    stated = f'title = "One"\nsha256 = "{read_folder(folder).source.sha256}"\n'
    write_source(tmp_path / "sources", "one", TEXT, stated)
    build(tmp_path / "sources", tmp_path / "build", extract=tiny.extract)
    assert problems(tmp_path) == []
    first, second = problems_after(tmp_path, "sources/one/text.txt", "-1.50", "-1.60")
    assert "is not the text that source.toml describes" in first
    assert f"{folder / 'text.txt'}, line 2: " in second
    assert "-1.60" in second


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_one_character_goes_unseen(built: Path, data: st.DataObject) -> None:
    names = ["sources/one/text.txt", "build/one.nq", "build/two.nq", "build/_derived.nq"]
    path = built / data.draw(st.sampled_from(names))
    before = path.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(before) - 1))
    letter = data.draw(st.sampled_from("0123456789.-<>=%aZ \n").filter(lambda letter: letter != before[at]))
    path.write_text(before[:at] + letter + before[at + 1 :], encoding="utf-8", newline="")
    try:
        assert problems(built), f"{before[at]!r} became {letter!r} at {at} of {path.name}"
    finally:
        path.write_text(before, encoding="utf-8", newline="")


@pytest.mark.parametrize("name", ["one.nq", "_ontology.nq", "_derived.nq", "_audit.nq"])
def test_a_file_that_is_missing_or_cut_short_is_named(name: str, built: Path) -> None:
    path = built / "build" / name
    before = path.read_bytes()
    try:
        path.write_bytes(before[: len(before) // 2])
        assert any(name in problem for problem in problems(built))
        path.unlink()
        assert any(f"{path} is missing" in problem for problem in problems(built))
    finally:
        path.write_bytes(before)


def test_a_file_of_no_source_is_named(built: Path) -> None:
    path = built / "build" / "three.nq"
    path.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    try:
        assert f"{path} belongs to no source of {built / 'sources'}; build again, or remove it" in problems(built)
    finally:
        path.unlink()


def test_a_quote_that_does_not_stand_where_it_says_is_named() -> None:
    statement = Statement(
        source="one",
        span=Span(start=0, end=7),
        quote="washout",
        subject=Entity(label="a"),
        predicate="has_sign",
        object=Entity(label="b"),
    )
    assert list(misplaced(statement, "washout is seen")) == []
    assert list(misplaced(statement, "a washout is seen")) == [
        "the quote 'washout' is not what stands at [0, 7) of the text"
    ]
