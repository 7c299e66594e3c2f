"""The tree is the architecture: who may import whom, and where each library lives."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LEVELS: dict[str, int] = {
    name: level
    for level, names in {
        1: "model measures",
        2: "rdf",
        3: "vocabulary store queries sources",
        4: "evidence cells counts audit curation graph lookup",
        5: "compare differential",
        6: "ask quiz export workers",
        7: "api show terminal",
        8: "server web",
        9: "build verify validate evaluate",
        10: "cli",
    }.items()
    for name in names.split()
}
"""The level of each module of kg (a package counts as one); a new module gets its name here."""

HOMES: dict[str, tuple[str, ...]] = {
    "rdflib": ("kg/rdf.py",),
    "pyshacl": ("kg/rdf.py",),
    "pyoxigraph": ("kg/store.py",),
    "spacy": ("ingest/",),
    "streamlit": ("kg/web/", "app.py"),
    "altair": ("kg/web/",),
    "pandas": ("kg/export.py", "kg/api.py"),
    "scipy": ("kg/measures.py",),
    "numpy": ("kg/measures.py",),
    "statsmodels": ("kg/measures.py",),
    "networkx": ("kg/graph.py",),
    "rich": ("kg/terminal.py",),
    "rapidfuzz": ("kg/vocabulary.py", "kg/sources.py"),
    "lxml": ("ingest/readers/",),
    "defusedxml": ("ingest/readers/",),
    "pypdfium2": ("ingest/readers/",),
    "pdfplumber": ("ingest/readers/",),
}
"""Where a third-party library may be imported; one that is missing here may be imported nowhere."""

INGEST_IMPORTERS = ("kg/build.py", "kg/evaluate.py")
INGEST_MAY_IMPORT_UP_TO = 3
CLOCK_CALLS = {"time.time", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


def python_files() -> list[str]:
    files = [p for folder in ("kg", "ingest") for p in sorted((ROOT / folder).rglob("*.py"))]
    return [str(path.relative_to(ROOT)) for path in [*files, ROOT / "app.py"] if path.exists()]


def imports(file: str) -> Iterator[tuple[str, int]]:
    """Each imported module, in full, with its line; imports inside functions and for type checking count too."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import; write it in full"
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def unit(module: str) -> str:
    """The module of kg that a dotted name or a file belongs to.

    >>> unit("kg.model.Statement"), unit("kg/web/compare.py"), unit("kg.open")
    ('model', 'web', '')
    """
    name = [*module.removesuffix(".py").replace("/", ".").split("."), ""][1]
    return name if name in LEVELS or (ROOT / "kg" / f"{name}.py").exists() or (ROOT / "kg" / name).is_dir() else ""


@pytest.mark.parametrize("file", python_files())
def test_a_module_imports_only_from_levels_below_its_own(file: str) -> None:
    for module, line in imports(file):
        if module.split(".")[0] != "kg" or not (target := unit(module)):
            continue
        where = f"{file}:{line} imports kg.{target}"
        assert target in LEVELS, f"{where}, which has no level yet; give it one in tests/test_layers.py"
        if file.startswith("ingest/"):
            assert LEVELS[target] <= INGEST_MAY_IMPORT_UP_TO, f"{where}; ingest may import levels 1 to 3"
        elif file.startswith("kg/") and file != "kg/__init__.py":
            own = unit(file)
            assert own in LEVELS, f"{file} has no level yet; give it one in tests/test_layers.py"
            same_package = own == target and (ROOT / "kg" / own).is_dir()
            verifying = (own, target) == ("verify", "build")
            assert LEVELS[target] < LEVELS[own] or same_package or verifying, (
                f"{where}: level {LEVELS[own]} imports level {LEVELS[target]}"
            )


@pytest.mark.parametrize("file", python_files())
def test_only_the_build_and_the_evaluation_import_ingestion(file: str) -> None:
    if file.startswith("ingest/"):
        return
    for module, line in imports(file):
        assert module.split(".")[0] != "ingest" or file in INGEST_IMPORTERS, f"{file}:{line} imports {module}"


@pytest.mark.parametrize("file", python_files())
def test_a_third_party_library_has_one_home(file: str) -> None:
    for module, line in imports(file):
        library = module.split(".")[0]
        if library in {"kg", "ingest", "__future__"} or library in sys.stdlib_module_names:
            continue
        homes = HOMES.get(library, ())
        assert file.startswith(homes) if homes else False, f"{file}:{line} imports {library}; its home is {homes or 'nowhere'}"


@pytest.mark.parametrize("file", python_files())
def test_nothing_reads_the_clock(file: str) -> None:
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ".".join(ast.unparse(node.func).split(".")[-2:])
            assert name not in CLOCK_CALLS, f"{file}:{node.lineno} calls {name}(); time is passed in"


def test_no_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [file for file in python_files() if Path(file).stem in odd]


def test_modules_stay_short_enough_to_read() -> None:
    long = {file: n for file in python_files() if (n := len((ROOT / file).read_text(encoding="utf-8").splitlines())) > 450}
    assert not long
