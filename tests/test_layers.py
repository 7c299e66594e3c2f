"""The tree is the architecture: who may import whom, and where each library lives."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LEVELS = {
    1: "model verdict measures significance",
    2: "terms encoding rdf",
    3: "sources vocabulary sparql syntax results endpoint functions store queries lint",
    4: "evidence audit lookup upload publish curation graph",
    5: "compare profile differential",
    6: "reach columns tables export quiz ask confinement workers pool",
    7: "show api missing terminal history review rebuild adding",
    8: "web server",
    9: "manifest files processes cluster build summary paper_process verify validate evaluate",
    10: "asking examining exporting serving cli",
}
"""The modules of kg (a package counts as one), lowest level first; a new module gets its name here.

A module imports from levels below its own, and within its level only what is named before it.
"""

ORDER = [name for level in sorted(LEVELS) for name in LEVELS[level].split()]
OPEN_TO_INGEST = [name for level in (1, 2, 3) for name in LEVELS[level].split()]

HOMES: dict[str, tuple[str, ...]] = {
    "rdflib": ("kg/rdf.py", "kg/export/nanopublications.py"),  # the nanopub library hashes its terms
    "pyshacl": ("kg/rdf.py",),
    "pyoxigraph": ("kg/store.py", "kg/results.py"),
    **dict.fromkeys(("fastapi", "starlette", "anyio", "pydantic", "uvicorn", "prometheus_client"), ("kg/server/",)),
    "spacy": ("ingest/",),
    "streamlit": ("kg/web/", "app.py"),
    "altair": ("kg/web/",),
    "pandas": ("kg/api.py",),
    "pyarrow": ("kg/export/",),
    "bibtexparser": ("kg/export/",),
    "rispy": ("kg/export/",),
    "rocrate": ("kg/export/",),
    "nanopub": ("kg/export/",),
    # Training fits a ranker, which is neither a measure of the graph nor needed to query it.
    "scipy": ("kg/measures/", "kg/significance.py", "ingest/training.py"),
    "numpy": ("kg/measures/", "ingest/training.py"),
    "statsmodels": ("kg/measures/",),
    "networkx": ("kg/graph.py",),
    "dask": ("kg/cluster.py",),
    "distributed": ("kg/cluster.py",),
    "rich": ("kg/terminal.py",),
    "rapidfuzz": ("kg/vocabulary.py", "kg/sources.py", "kg/ask/spelling.py"),
    "lxml": ("ingest/readers/",),
    "pypdfium2": ("ingest/readers/",),
    "genanki": ("kg/quiz/formats/",),
    "openpyxl": ("kg/quiz/formats/",),
    "docx": ("kg/quiz/formats/",),
    "typst": ("kg/quiz/formats/",),
}
"""Where a third-party library may be imported; one that is missing here may be imported nowhere."""

INGEST_IMPORTERS = ("kg/build.py", "kg/evaluate.py")
LONGEST_MODULE = 450  # lines
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
    """The module of kg that a dotted name or a file belongs to; '' for kg itself and what it offers."""
    name = [*module.removesuffix(".py").replace("/", ".").split("."), ""][1]
    is_module = (ROOT / "kg" / f"{name}.py").exists() or (ROOT / "kg" / name).is_dir()
    return name if name and is_module else ""


def test_every_module_of_kg_has_a_level() -> None:
    present = {unit(file) for file in python_files() if file.startswith("kg/")} - {"", "__init__"}
    assert present <= set(ORDER), f"give a level in tests/test_layers.py to: {sorted(present - set(ORDER))}"


@pytest.mark.parametrize("file", python_files())
def test_a_module_imports_only_from_levels_below_its_own(file: str) -> None:
    own = unit(file) if file.startswith("kg/") else ""
    if own == "__init__":
        return  # offers kg.open, and loads it only when it is asked for
    allowed = ORDER[: ORDER.index(own)] if own in ORDER else OPEN_TO_INGEST if file.startswith("ingest/") else ORDER
    for module, line in imports(file):
        if module.split(".")[0] == "kg" and (target := unit(module)) and target != own:
            assert target in allowed, f"{file}:{line} imports kg.{target}, which stands above it"


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
        assert file.startswith(homes), f"{file}:{line} imports {library}; its home is {homes or 'nowhere'}"


@pytest.mark.parametrize("file", [file for file in python_files() if not file.startswith("kg/web/")])
def test_nothing_but_a_page_reads_the_clock(file: str) -> None:
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ".".join(ast.unparse(node.func).split(".")[-2:])
            assert name not in CLOCK_CALLS, f"{file}:{node.lineno} calls {name}(); time is passed in"


def test_no_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [file for file in python_files() if Path(file).stem in odd]


def test_modules_stay_short_enough_to_read() -> None:
    lengths = {file: len((ROOT / file).read_text(encoding="utf-8").splitlines()) for file in python_files()}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_MODULE} == {}
