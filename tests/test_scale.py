"""Many papers: the same bytes whichever engine reads them, whatever is lost on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import build as building
from kg.build import BuildError, BuildReport, Limits
from kg.cluster import ClusterError, answer_there, on_cluster
from kg.manifest import code_digest
from kg.processes import Engine, ProcessError, Program, on_processes
from kg.sources import StoredSource
from kg.vocabulary import Vocabulary
from tests import lost_papers, tiny
from tests.tiny import write_source

if TYPE_CHECKING:
    from ingest.pipeline import Extraction

KEYS = ("a1", "b2", "c3", "d4", "e5", "f6")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    for number, key in enumerate(KEYS, start=1):
        write_source(tmp_path / "sources", key, f"We saw washout in {number}/23 and calcification in 0/{number}.\n")
    return tmp_path / "sources"


def build(
    papers: Path,
    data: str,
    engine: Engine | None = None,
    extract: building.Extract = tiny.extract,
    seconds: float = 60,
    watch: Callable[[str, int, int], None] = lambda key, done, total: None,
) -> BuildReport:
    limits = Limits(seconds=seconds, memory_bytes=2 << 30)
    return building.build(papers, papers.parent / data, extract=extract, engine=engine, limits=limits, watch=watch)


def files(papers: Path, data: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((papers.parent / data).glob("*.*"))}


ENGINES: dict[str, Callable[[], Engine]] = {
    "one process": lambda: on_processes(1),
    "two processes": lambda: on_processes(2),
    "a Dask cluster": lambda: on_cluster("local", workers=2),
}


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_gives_the_same_bytes_also_when_a_process_is_killed_in_the_middle(name: str, papers: Path) -> None:
    write_source(papers, "lost", "We saw washout in 7/10. LOSE\n")
    report = build(papers, "engine", ENGINES[name](), lost_papers.extract)
    assert report.problems == ()
    assert (papers.parent / "lost.lost").exists()
    assert build(papers, "here").graph_hash == report.graph_hash
    assert files(papers, "engine") == files(papers, "here")
    assert {"a1.nq", "lost.nq", "manifest.json"} <= files(papers, "here").keys()


def test_papers_that_die_run_on_grow_or_fail_are_set_aside_and_the_others_go_on(papers: Path) -> None:
    for word in ("BUG", "DIE", "SLOW", "LARGE", "FAIL"):
        write_source(papers, f"x-{word.lower()}", f"washout in 1/2 {word}\n")
    report = build(papers, "engine", on_processes(2), lost_papers.extract, seconds=3)
    assert [one.key for one in report.sources] == list(KEYS)
    bug = "was ended 2 times in a row (exit code 1: NameError: name 'own_phase' is not defined)"
    assert report.problems == (
        f"{papers / 'x-bug'}: the process that read it {bug}; it is set aside",
        f"{papers / 'x-die'}: the process that read it was ended 2 times in a row (SIGKILL); it is set aside",
        f"{papers / 'x-fail'} could not be taken apart: IndexError: list index out of range; please report it",
        f"{papers / 'x-large'}: it needs more than 2 GB of memory; it is set aside",
        f"{papers / 'x-slow'}: it took more than 3 s and was stopped; it is set aside",
    )
    reasons = json.loads(files(papers, "engine")["set_aside.json"])
    assert list(reasons.values()) == list(report.problems)
    assert build(papers, "engine").problems == ()  # another extraction copes with them
    assert "set_aside.json" not in files(papers, "engine")


def test_a_build_that_is_stopped_goes_on_where_it_was(papers: Path) -> None:
    def stop_after_three(key: str, done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    before = children()
    with pytest.raises(KeyboardInterrupt):
        build(papers, "stopped", on_processes(1), watch=stop_after_three)
    assert children() <= before
    report = build(papers, "stopped")
    assert len(report.kept) == 3
    build(papers, "whole")
    assert files(papers, "stopped") == files(papers, "whole")
    assert not (papers.parent / "stopped" / ".done.jsonl").exists()


def children() -> set[str]:
    return {number for path in Path("/proc/self/task").glob("*/children") for number in path.read_text().split()}


def test_a_build_that_is_killed_goes_on_where_it_was(papers: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; import kg.manifest; from tests import tiny\n"
        "kg.manifest.code_digest = lambda: sys.argv[3]\n"  # so that editing the code does not disturb the test
        "from kg.build import build\n"
        "def die(key, done, total): done == 2 and os.kill(os.getpid(), signal.SIGKILL)\n"
        "build(Path(sys.argv[1]), Path(sys.argv[2]), extract=tiny.extract, watch=die)"
    )
    command = [sys.executable, "-c", program, str(papers), str(papers.parent / "killed"), code_digest()]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    with (papers.parent / "killed" / ".done.jsonl").open("a") as journal:
        journal.write('{"input": "half a li')  # as a loss of power leaves it
    report = build(papers, "killed")
    assert len(report.kept) == 2
    build(papers, "whole")
    assert files(papers, "killed") == files(papers, "whole")


def test_a_paper_in_the_journal_whose_file_was_lost_is_read_again(papers: Path) -> None:
    def stop(key: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(papers, "stopped", watch=stop)
    (papers.parent / "stopped" / "a1.nq").unlink()
    assert build(papers, "stopped").kept == ("b2",)


def test_a_paper_that_changes_while_it_is_read_does_not_get_in(papers: Path) -> None:
    def change(stored: StoredSource, vocabulary: Vocabulary) -> Extraction:
        if stored.source.key == "c3":
            write_source(papers, "c3", "washout in 9/9\n")
        return tiny.extract(stored, vocabulary)

    report = build(papers, "changed", extract=change)
    assert report.problems == (f"{papers / 'c3'} changed while it was read; build again",)


def test_progress_counts_the_papers_that_have_to_be_read(papers: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    build(papers, "first")
    write_source(papers, "b2", "washout in 9/9\n")
    build(papers, "first", watch=lambda *step: seen.append(step))
    assert seen == [("", 0, 1), ("b2", 1, 1)]


def test_a_local_cluster_listens_on_this_machine_alone(papers: Path) -> None:
    before, heard, done = listening(), set[str](), threading.Event()

    def listen() -> None:
        while not done.wait(0.2):
            heard.update(listening() - before)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        build(papers, "engine", on_cluster("local", workers=1))
    finally:
        done.set()
        listener.join()
    own = {address for address in heard if address not in before}
    assert own, "nothing listened, so nothing was tested"
    assert {address.rpartition(":")[0] for address in own} == {"0100007F"}  # 127.0.0.1


def listening() -> set[str]:
    """Addresses on which this network listens, as the kernel writes them."""
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return {words[1] for words in lines if words[3] == "0A"}


BAD_ENGINES: dict[str, tuple[Callable[[], Engine], str]] = {
    "no process": (lambda: on_processes(0), "0 processes cannot read anything; give 1 or more"),
    "no address": (lambda: on_cluster("nowhere", workers=1), "allowed: local, or an address as in tcp://host:8786"),
}


@pytest.mark.parametrize("name", BAD_ENGINES)
def test_an_engine_that_cannot_be_had_is_one_sentence(name: str) -> None:
    make, sentence = BAD_ENGINES[name]
    with pytest.raises(ValueError, match=sentence):
        make()


def test_a_scheduler_that_does_not_answer_is_one_sentence(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        build(papers, "engine", on_cluster("tcp://127.0.0.1:9", workers=1))


def test_a_process_that_does_not_start_is_one_sentence() -> None:
    program = Program(module="kg.no_such_module", argument="{}", seconds=1, memory_bytes=1 << 30)
    with pytest.raises(ProcessError, match=r"does not start: .*No module named kg\.no_such_module"):
        list(on_processes(1)(program, ["a"]))


def test_a_worker_of_a_cluster_with_other_code_refuses_to_read() -> None:
    program = Program(module="kg.paper_process", argument="{}", seconds=1, memory_bytes=1 << 30)
    with pytest.raises(ClusterError, match="install the same version there"):
        answer_there(program, "a", "0" * 64)


def test_limits_that_leave_nothing_are_refused() -> None:
    with pytest.raises(BuildError, match="give limits above 0"):
        Limits(seconds=0)
