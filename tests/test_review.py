"""What waits for a reviewer, who may decide, what is saved and taken back, and that it holds after a rebuild."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import curation, queries, review
from kg.build import build
from kg.curation import (
    CURATION_NAME,
    CurationError,
    Decision,
    Report,
    Setting,
    Signature,
    addition,
    append,
    decide,
    read,
    withdraw,
)
from kg.model import ModelError, Statement
from kg.store import Store
from kg.verdict import Verdict
from kg.vocabulary import Vocabulary
from tests import tiny
from tests.tiny import write_source

ONE = "We saw washout in 15/23 and calcification in 0/12. Surgery helped.\n"
BY = Signature(reviewer="B. Second", date="2026-02-01T10:00:00+00:00")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_source(tmp_path / "sources", "one", ONE, 'title = "One"\nread_whole = true\n')
    return tmp_path / "sources"


def built(papers: Path) -> Store:
    data = papers.parent / "build"
    assert build(papers, data, extract=tiny.extract).problems == ()
    return Store.open(data)


def waiting_queue(store: Store, papers: Path) -> dict[str, tuple[review.Item, ...]]:
    statements = {one.id: one for one in queries.statements(store)}
    records = curation.curations(store)
    return review.queues(
        statements, curation.waiting(store), queries.verdicts(store), records, review.reported(papers, ["one"])
    )


def setting(text: str = ONE) -> Setting:
    return Setting(source="one", text=text, vocabulary=Vocabulary.load())


def test_a_statement_of_a_new_paper_waits_until_it_is_accepted_and_then_holds(papers: Path) -> None:
    store = built(papers)
    items = waiting_queue(store, papers)["new"]
    assert [item.statement.object.label for item in items] == ["washout", "calcification"]
    assert queries.statements(store) == ()
    review.save(papers, items[0].statement, decide(items[0].statement, Decision(action="accept"), BY, setting()))
    pending = review.pending(papers, ["one"], curation.curations(store))
    assert [(key, row.statement) for key, row in pending] == [("one", items[0].statement.hash)]
    store = built(papers)
    assert [one.object.label for one in queries.statements(store)] == ["washout"]
    assert [item.statement.object.label for item in waiting_queue(store, papers)["new"]] == ["calcification"]
    assert review.pending(papers, ["one"], curation.curations(store)) == ()


def test_an_edit_is_saved_whole_and_a_rejection_with_its_reason(papers: Path) -> None:
    first, second = (item.statement for item in waiting_queue(built(papers), papers)["new"])
    edit = Decision(action="correct", changes={"polarity": "absent", "unit_of_analysis": "lesions"}, note="of lesions")
    review.save(papers, first, decide(first, edit, BY, setting()))
    review.save(papers, second, decide(second, Decision(action="reject", reason="not stated"), BY, setting()))
    store = built(papers)
    (one,) = queries.statements(store)
    assert (one.polarity, one.unit_of_analysis, one.origin) == ("absent", "lesions", "curated")
    assert waiting_queue(store, papers)["new"] == ()
    rows = read(papers / "one" / CURATION_NAME).curations
    assert [(row.reason, row.reviewer) for row in rows] == [("of lesions", "B. Second"), ("not stated", "B. Second")]


def conflict(one: Statement) -> Verdict:
    return Verdict(
        source=one.source, check="parts", verdict="inconsistent", printed="1", recomputed="2", explanation="",
        statements=(one.id,),
    )  # fmt: skip


def test_a_conflict_waits_for_somebody_who_did_not_enter_the_number(papers: Path) -> None:
    one = waiting_queue(built(papers), papers)["new"][0].statement
    maker = Signature(reviewer="A. First", date="2026-01-01")
    append(papers / "one" / CURATION_NAME, addition(one, maker))
    store = built(papers)
    (entered,) = queries.statements(store)

    def conflicts() -> tuple[review.Item, ...]:
        records = curation.curations(built(papers))
        return review.queues({entered.id: entered}, (), [conflict(entered)], records, ())["conflicts"]

    (item,) = conflicts()
    if item.maker is not None:  # None where extraction says the same: nobody entered it then
        with pytest.raises(CurationError, match="Another reviewer must decide"):
            decide(entered, Decision(action="accept"), maker, setting(), maker=item.maker)
    review.save(papers, entered, decide(entered, Decision(action="accept"), BY, setting(), maker=item.maker))
    assert conflicts() == ()


def test_who_entered_a_statement_may_reject_it_but_neither_accept_nor_edit_it(papers: Path) -> None:
    one = waiting_queue(built(papers), papers)["new"][0].statement
    for action, changes in (("accept", {}), ("correct", {"polarity": "absent"})):
        with pytest.raises(CurationError, match="Another reviewer must decide"):
            decide(one, Decision(action=action, changes=changes), BY, setting(), maker=" b. SECOND ")
    decide(one, Decision(action="reject", reason="duplicate"), BY, setting(), maker="B. Second")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"action": "approve"}, "decision is 'approve'"),
        ({"action": "reject"}, "reason is ''; allowed: wrong entity, wrong number"),
        ({"action": "correct"}, "nothing is corrected; change a value, or accept it"),
        ({"action": "correct", "changes": {"numerator": "x"}}, "numerator is 'x'; allowed: digits"),
        ({"action": "correct", "changes": {"subject": "nope"}}, "subject is 'nope', which is no concept's key"),
    ],
)
def test_what_is_no_decision_is_refused_in_a_sentence(papers: Path, values: dict[str, object], sentence: str) -> None:
    one = waiting_queue(built(papers), papers)["new"][0].statement
    with pytest.raises((CurationError, ModelError), match=sentence.replace("(", r"\(")):
        decide(one, Decision(**values), BY, setting())  # type: ignore[arg-type]


def test_the_last_decision_can_be_taken_back_and_leaves_the_file_as_it_was(papers: Path) -> None:
    first, second = (item.statement for item in waiting_queue(built(papers), papers)["new"])
    path = papers / "one" / CURATION_NAME
    one = review.save(papers, first, decide(first, Decision(action="accept"), BY, setting()))
    before = path.read_bytes()
    note = Decision(action="reject", reason="duplicate", note='two\nlines, and a "quote"')
    other = review.save(papers, second, decide(second, note, BY, setting()))
    with pytest.raises(CurationError, match="is not the last row"):
        withdraw(path, one.id)
    review.take_back(papers, "one", other.id)
    assert path.read_bytes() == before
    review.take_back(papers, "one", one.id)
    assert read(path).curations == ()


def test_a_report_waits_until_a_younger_decision_and_spreadsheets_run_nothing_of_it(papers: Path) -> None:
    one = waiting_queue(built(papers), papers)["new"][0].statement
    told = Report(statement=one.hash, note="=HYPERLINK(1) it says 14", reporter="C", date="2026-01-01T00:00:00+00:00")
    review.report(papers, one, told)
    review.report(papers, one, told)
    text = (papers / "one" / curation.REPORTS_NAME).read_text(encoding="utf-8")
    assert text.count("HYPERLINK") == 1
    assert ",'=HYPERLINK" in text
    store = built(papers)
    (item,) = waiting_queue(store, papers)["reported"]
    assert item.reports == (told,)
    review.save(papers, one, decide(one, Decision(action="accept"), BY, setting()))
    assert waiting_queue(built(papers), papers)["reported"] == ()
    with pytest.raises(CurationError, match="the report says nothing"):
        Report(statement=one.hash, note=" ", date="2026-01-01")


def test_where_nothing_can_be_written_it_is_said_before_a_decision(
    papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CurationError, match="is not there; start the pages where the folder of sources is"):
        review.folder_of(papers, "nowhere")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(CurationError, match="cannot be written to by this server"):
        review.folder_of(papers, "one")
