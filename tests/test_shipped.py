"""The graph of the five papers, end to end: what a reader would find in them is in it, and nothing is made up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg import queries
from kg.build import build
from kg.compare import Comparison, compare
from kg.curation import Setting, apply, read
from kg.evaluate import evaluate, figures_table
from kg.lookup import find_concept
from kg.show import comparison_overview
from kg.sources import StoredSource, folders, read_folder
from kg.store import Store
from kg.verify import verify
from kg.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
FIGURES = ROOT / "tests" / "data" / "figures.json"


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


def liver_metastases(store: Store) -> Comparison:
    names = ("liver metastases of GEP-NET", "liver metastases of GEP adenocarcinoma")
    a, b = (find_concept(store, name, type="disease").key for name in names)
    return compare(store, a, b)


def counted(comparison: Comparison) -> dict[str, tuple[str, str, str]]:
    """Each finding that one study counted in both: the counts of A and of B, and the ratio as it is shown."""
    rows = comparison_overview(comparison).rows[: len(comparison.counted)]
    return {
        str(row["sign"]): (str(row["A"]).split()[0], str(row["B"]).split()[0], str(row["LR+ (95% CI)"])) for row in rows
    }


def test_every_statement_quotes_its_paper_exactly(store: Store) -> None:
    texts = {source.key: queries.text(store, source.key) for source in queries.sources(store)}
    statements = queries.statements(store)
    assert (
        {one.source for one in statements}
        == set(texts)
        == {path.name for path in (ROOT / "sources").iterdir() if path.is_dir()}
    )
    for one in statements:
        assert texts[one.source][one.span.start : one.span.end] == one.quote
        if one.statistic:
            assert texts[one.source][one.statistic.span.start : one.statistic.span.end] == one.statistic.printed


def test_the_shipped_papers_verify(shipped: Path) -> None:
    assert verify(ROOT / "sources", shipped) == []


def test_what_readers_settled_ships_whatever_extraction_says(store: Store) -> None:
    vocabulary = Vocabulary.load()
    for folder in folders(ROOT / "sources"):
        stored = read_folder(folder)
        assert stored.read_whole
        rows, setting = read(folder / "curation.csv").curations, setting_of(stored, vocabulary)
        alone = apply(rows, (), setting)
        assert alone.with_status("failed") == ()
        shipped = queries.statements(store, source=folder.name)
        assert {one.hash for one in alone.statements} == {one.hash for one in shipped}


def setting_of(stored: StoredSource, vocabulary: Vocabulary) -> Setting:
    return Setting(source=stored.source.key, text=stored.text, vocabulary=vocabulary, read_whole=stored.read_whole)


def test_numbers_are_found_and_not_made_up(store: Store) -> None:
    *_, everything = evaluate(store, GOLD)
    assert everything.stat_value / everything.stats >= 0.90
    assert everything.good_rows / everything.stat_rows >= 0.85
    assert everything.exact_quotes == everything.rows
    assert everything.unlocated == 0


def test_the_figures_are_those_on_record(store: Store) -> None:
    """A change that finds more or less is seen: `signum evaluate --gold tests/data/gold --format json -o` that file."""
    found = figures_table(evaluate(store, GOLD), evaluate(store, GOLD, with_curated=True))
    assert [*found.rows] == json.loads(FIGURES.read_text(encoding="utf-8"))


def test_the_signs_that_one_study_counted_in_both_groups_stand_side_by_side(store: Store) -> None:
    rows = counted(liver_metastases(store))
    assert rows["washout enhancement pattern"] == ("15/23", "2/23", "7.5 (1.9–29)")
    assert rows["arterial phase hyperenhancement"][:2] == ("17/23", "9/23")
    assert rows["no lymphadenopathy"][:2] == ("16/23", "9/23")
    assert next(iter(rows)) == "washout enhancement pattern"


def test_the_presence_behind_an_absence_is_one_click_away(store: Store) -> None:
    (row,) = (row for row in liver_metastases(store).counted if row.label == "no lymphadenopathy")
    assert row.complement is not None
    assert row.complement.a is not None
    assert row.complement.b is not None
    assert (row.complement.a.count, row.complement.b.count) == ((7, 23), (14, 23))


def test_no_ratio_where_no_paper_counted_the_other_side(store: Store) -> None:
    comparison = compare(store, "phnen", find_concept(store, "HCC").key)
    assert comparison.counted == ()
    assert all(row.ratio is None for row in (*comparison.one_sided, *comparison.words))
    assert comparison.one_sided


def test_a_count_changed_in_a_paper_changes_the_comparison(tmp_path: Path) -> None:
    folder = tmp_path / "sources" / "copy"
    shutil.copytree(ROOT / "sources" / "cui2017", folder)
    text = (folder / "text.txt").read_text(encoding="utf-8")
    for old, new in (("(15/23)", "(13/23)"), ("15(65.2%)", "13(56.5%)"), ("15 (65.2%)", "13 (56.5%)")):
        text = text.replace(old, new)
    (folder / "text.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "source.toml").write_text('title = "A copy in which two patients have no washout"\n')
    assert build(tmp_path / "sources", tmp_path / "build", curations=False).problems == ()
    rows = counted(liver_metastases(Store.open(tmp_path / "build")))
    assert rows["washout enhancement pattern"][:2] == ("13/23", "2/23")


@pytest.mark.parametrize(
    ("old", "new"), [("P<0.001", "P>0.001"), ("15/23", "16/23"), ("0.898", "0.889"), ("1.15", "-1.15")]
)
def test_one_changed_character_of_a_paper_fails_the_verification(
    old: str, new: str, shipped: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    path = tmp_path / "sources" / "cui2017" / "text.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    for key in ("houat2020", "yang2024", "granata2019", "veenendaal2006"):
        shutil.rmtree(tmp_path / "sources" / key)
    data = tmp_path / "build"
    data.mkdir()
    for name in ("cui2017.nq", "_ontology.nq"):
        shutil.copy(shipped / name, data)
    problems = verify(tmp_path / "sources", data)
    assert any(new in problem and "cui2017" in problem for problem in problems)
