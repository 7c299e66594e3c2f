"""What changed between two builds is told claim by claim, and old states are forgotten."""

from __future__ import annotations

import os
from pathlib import Path

from kg import history
from kg.store import Store
from tests.web_graph import counted_paper, source_file, source_of, write_graph


def graph_hash(data: Path) -> str:
    return Store.open(data).graph_hash


def test_a_statement_that_went_and_one_that_came_are_both_told(tmp_path: Path) -> None:
    data = write_graph(tmp_path / "build")
    before = graph_hash(data)
    history.note(data, before)
    paper = counted_paper()
    gone = paper.statements.pop()
    paper.sign(gone.subject.key or "", "~comet tail", "3/23")
    new = source_file(paper, source_of(paper, "Signs in two groups", "Alpha A"))
    (data / f"{paper.source}.nq").write_text(new, encoding="utf-8")
    after = graph_hash(data)
    history.note(data, after)
    found = history.changes(data, before[:12], after)
    assert found is not None
    assert [claim.statement for claim in found.removed] == [gone.id]
    assert [(claim.object, claim.printed, claim.source) for claim in found.added] == [
        ("comet tail", "3/23", "alpha2017")
    ]
    assert history.changes(data, after, after) == history.Changes(before=after, after=after, added=(), removed=())


def test_a_state_that_is_not_known_gives_nothing(tmp_path: Path) -> None:
    data = write_graph(tmp_path / "build")
    state = graph_hash(data)
    assert history.states(data) == ()
    history.note(data, state)
    assert history.changes(data, "0" * 12, state) is None
    assert history.changes(data, "", state) is None
    assert history.changes(data, "../../x", state) is None


def test_only_the_newest_states_are_kept_and_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    data = write_graph(tmp_path / "build")
    folder = data / history.FOLDER
    folder.mkdir()
    for number in range(history.KEPT + 3):
        path = folder / f"{number:064x}.jsonl"
        path.write_text('["x1/0a", "a", "hasSign", "b", ""]\n{half a li', encoding="utf-8")
        os.utime(path, (number, number))
    state = graph_hash(data)
    history.note(data, state)
    assert len(history.states(data)) == history.KEPT
    assert history.states(data)[0] == state
    found = history.changes(data, f"{history.KEPT:064x}", state)
    assert found is not None
    assert [claim.object for claim in found.removed] == ["b"]
