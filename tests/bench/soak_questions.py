"""Ten thousand random questions, part of `make soak`: none raises, and each takes at most a second.

Words of the vocabulary shuffled, control characters, very long text, and what no question is, as in tests/test_ask.py.
Exit code 1 where one raises or takes longer; the slowest are printed. `--number N` asks fewer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from kg.ask import ask  # noqa: E402
from kg.build import build  # noqa: E402
from kg.store import Store  # noqa: E402
from tests.asked import questions as own_questions  # noqa: E402
from tests.test_ask import random_questions  # noqa: E402

LONGEST = 1.0  # seconds of processor time for one question, once the library is loaded
SLOWEST_SHOWN = 5


def main() -> int:
    """Ask, measure, and say which questions were slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        build(ROOT / "sources", Path(room))
        store = Store.open(Path(room))
    questions = random_questions(store, options.number, options.seed)
    ask(store, "which signs discriminate PHNEN from HCC")  # reads the graph once
    taken, raised = [], 0
    for question in questions:
        began = time.process_time()
        try:
            ask(store, question).to_json()
        except Exception as error:  # noqa: BLE001 - what it is here to find
            raised += 1
            print(f"raised {type(error).__name__}: {error} by {question[:80]!r}")
        taken.append((time.process_time() - began, question[:80]))
    taken.sort(reverse=True)
    for seconds, question in taken[:SLOWEST_SHOWN]:
        print(f"{seconds:.3f} s {question!r}")
    print(_queries(store))
    late = sum(seconds > LONGEST for seconds, _ in taken)
    print(f"{len(questions)} questions, {raised} raised, {late} took longer than {LONGEST:g} s")
    return 1 if raised or late else 0


def _queries(store: Store) -> str:
    """How many queries of the answers to our own questions give just the rows; each has to give them all."""
    answers = [answer for row in own_questions() if (answer := ask(store, row["question"])).answered]
    exact = lacking = 0
    for answer in answers:
        found = {str(row["statement"]).split("/statement/")[1] for row in store.select(answer.sparql)}
        rows = {one.id for one in answer.rows}
        exact += rows == found
        lacking += not rows <= found
    return f"{len(answers)} queries of answers: {exact} give just the rows, {lacking} lack some"


if __name__ == "__main__":
    sys.exit(main())
