"""The tour from Python runs as it is printed."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_the_tour_runs_as_it_is_printed(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "build").symlink_to(shipped)
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(str(ROOT / "kg" / "TUTORIAL.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert found.attempted > 15
    assert found.failed == 0
