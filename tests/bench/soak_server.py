"""The server under load for minutes on end, part of `make soak`: many clients, runaway queries, malformed requests.

One client alone gives the measure: the median of its answers, and how many it gets in a second. Then clients that
together send half as many must wait at most five times that median (95 of 100), and clients that send all they can must
get an answer, 429 or 503, while a query that would never end is stopped at its limit and memory stays where it was.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from kg.build import build
from tests.serving import ROOT, Reply, Service, named_questions, served
from tests.test_server_rest import check_description, malformed

CLIENTS = 50
LIMIT = 10.0  # seconds of a query
ALONE = 15.0  # seconds in which one client is measured
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def named(service: Service) -> list[str]:
    """The named queries, each about one thing as a person asks it."""
    return list(named_questions(a_statement(service)).values())


def a_statement(service: Service) -> str:
    """The id of a statement of the graph."""
    items = service.get("/api/statements", source="yang2024", number="true", limit="1").json["items"]
    return str(items[0]["statement"]).rpartition("statement/")[2]


def asked(service: Service, query: str) -> tuple[Reply, float]:
    start = time.perf_counter()
    reply = service.query(query)
    return reply, time.perf_counter() - start


def alone(service: Service, texts: list[str]) -> tuple[float, float]:
    """The median of one client's answers in seconds, and its queries in a second."""
    for text in texts:
        assert asked(service, text)[0].status == 200, text
    taken: list[float] = []
    end = time.monotonic() + ALONE
    while time.monotonic() < end:
        taken.append(asked(service, texts[len(taken) % len(texts)])[1])
    return statistics.median(taken), len(taken) / ALONE


def together(service: Service, texts: list[str], seconds: float, pause: float) -> tuple[Counter[int], list[float]]:
    """What CLIENTS clients get that wait `pause` seconds between two queries: statuses, and seconds of each 200."""
    statuses: Counter[int] = Counter()
    taken: list[float] = []
    end = time.monotonic() + seconds

    def client(seed: int) -> None:
        chance = random.Random(seed)
        time.sleep(chance.uniform(0, pause))
        while time.monotonic() < end:
            start = time.monotonic()
            reply, spent = asked(service, chance.choice(texts))
            statuses[reply.status] += 1
            if reply.status == 200:
                taken.append(spent)
            time.sleep(max(0.0, pause - (time.monotonic() - start)))

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses, taken


def memory(pid: int) -> int:
    """Bytes that a process and all below it hold, what they share counted once (Linux)."""
    total = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        total += int(line.split()[1]) * 1024 if line.startswith("Pss:") else 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            total += memory(int(child))
    return total


def under_load(service: Service, seconds: float) -> None:
    texts = named(service)
    median, rate = alone(service, texts)
    before = memory(service.process.pid)
    print(
        f"one client: median {1000 * median:.1f} ms, {rate:.0f} queries a second, {before / 2**20:.0f} MiB", flush=True
    )
    statuses, taken = together(service, texts, seconds, pause=CLIENTS / (rate / 2))
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(
        f"half of that from {CLIENTS} clients: {dict(statuses)}, p95 {1000 * p95:.1f} ms ({p95 / median:.1f} medians)"
    )
    require(set(statuses) == {200}, f"statuses {statuses}")
    require(p95 <= 5 * median, f"p95 is {p95 / median:.1f} medians")
    ended: list[tuple[Reply, float]] = []
    runaway = threading.Thread(target=lambda: ended.append(asked(service, RUNAWAY)))
    runaway.start()
    time.sleep(0.5)
    statuses, taken = together(service, texts, LIMIT + 5, pause=0)
    runaway.join()
    reply, spent = ended[0]
    print(f"all they can, beside a runaway: {dict(statuses)}; the runaway got {reply.status} after {spent:.2f} s")
    require(set(statuses) <= {200, 429, 503} and statuses[200] > 0, f"statuses {statuses}")
    require(reply.status == 503 and abs(spent - LIMIT) <= 1, f"the runaway ended after {spent:.2f} s")
    time.sleep(5)
    after = memory(service.process.pid)
    print(f"memory: {before / 2**20:.0f} MiB before, {after / 2**20:.0f} MiB after", flush=True)
    require(after <= before * 1.1 + 64 * 2**20, "memory grew")


def odd_requests(service: Service, number: int) -> None:
    chance, statuses = random.Random(1), Counter[int]()
    for _ in range(number):
        method, path, body, headers = malformed(chance)
        reply = service.ask(method, path, body, headers)
        statuses[reply.status] += 1
        bad = reply.status >= 500 or b"Traceback" in reply.body
        require(not bad, f"{method} {path} {body!r} {headers}: {reply}")
    print(f"{number} malformed requests: {dict(sorted(statuses.items()))}", flush=True)


def require(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"soak: {what}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120, help="that the clients ask at half the rate")
    parser.add_argument("--requests", type=int, default=10_000, help="malformed ones")
    parser.add_argument("--examples", type=int, default=400, help="generated requests for each REST route")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "build"
        build(ROOT / "sources", data)
        with served(data, Path(folder) / "log", "--timeout", f"{LIMIT:g}", "--waiting", "20") as service:
            under_load(service, options.seconds)
            odd_requests(service, options.requests)
            print(
                f"{check_description(service, options.examples)} generated REST requests, none against the description"
            )
            require("traceback" not in service.log.read_text(encoding="utf-8"), "the log has a traceback")
    print("The server held.")


if __name__ == "__main__":
    main()
