"""Build and ask for minutes on end while papers change and builds are killed: `make soak MINUTES=5`.

In each round a number in a copy of a paper changes, a build is killed at a random moment, and another one finishes.
After the kill every file must be the one of before or the one of after; after the build the graph must be, byte for
byte, what a build from nothing gives, and `verify` must find nothing.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.build import build
from kg.store import Store
from kg.verify import verify

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = re.compile(r"\b\d{1,3}/\d{1,3}\b|\b\d{1,2}\.\d%")


def change_a_number(sources: Path, chance: random.Random) -> str:
    """Change one digit of one printed number; the metadata no longer claim a hash."""
    folder = chance.choice(sorted(path for path in sources.iterdir() if path.is_dir()))
    text = (folder / "text.txt").read_bytes().decode()
    found = chance.choice(list(COUNT.finditer(text)))
    at = chance.choice([place for place in range(found.start(), found.end()) if text[place].isdigit()])
    digit = chance.choice([d for d in "123456789" if d != text[at]])
    (folder / "text.txt").write_bytes((text[:at] + digit + text[at + 1 :]).encode())
    metadata = (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text(re.sub(r"(?m)^sha256 = .*\n", "", metadata), encoding="utf-8")
    return f"{folder.name}: {found[0]} at {at} got the digit {digit}"


def contents(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(data.glob("*.nq"))}


def kill_a_build(sources: Path, data: Path, seconds: float) -> bool:
    """Start a build and kill it after so many seconds; False if it was done before."""
    command = [sys.executable, "-m", "kg.cli", "build", "--sources", str(sources), "--data", str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def one_round(sources: Path, data: Path, fresh: Path, longest: float, chance: random.Random) -> str:
    before = contents(data)
    changed = change_a_number(sources, chance)
    killed = kill_a_build(sources, data, chance.uniform(0.2, longest))
    between = contents(data)
    Store.open(data)
    shutil.rmtree(fresh, ignore_errors=True)
    if problems := build(sources, fresh).problems:
        raise SystemExit(f"{changed}: {problems}")
    after = contents(fresh)
    torn = [name for name, content in between.items() if content not in (before.get(name), after.get(name))]
    build(sources, data)
    # _derived.nq follows all papers, so a killed build may leave one that fits neither; it must still be made anew.
    wrong = verify(sources, data)
    if torn not in ([], ["_derived.nq"]) or contents(data) != after or wrong:
        raise SystemExit(f"{changed}, killed: {killed}: torn {torn}, equal {contents(data) == after}, {wrong}")
    return f"{changed}; {'killed, then ' if killed else ''}built and verified"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, end = random.Random(options.seed), time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as folder:
        sources, data, fresh = (Path(folder) / name for name in ("sources", "build", "fresh"))
        shutil.copytree(ROOT / "sources", sources)
        start = time.monotonic()
        build(sources, data)
        longest, rounds = 1.5 * (time.monotonic() - start), 0
        while time.monotonic() < end:
            rounds += 1
            print(f"{rounds}. {one_round(sources, data, fresh, longest, chance)}", flush=True)
    print(f"{rounds} rounds, nothing lost, nothing torn.")


if __name__ == "__main__":
    main()
