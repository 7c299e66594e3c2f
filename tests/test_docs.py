"""What the documents say is so: their lists are the registries', their commands run, the files they name are there."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

import kg
from kg import queries
from kg.cli import COMMANDS, main
from kg.export import EXPORTERS
from kg.functions import AGGREGATES, FUNCTIONS, Aggregate, Function
from kg.quiz import TYPES
from kg.quiz.formats import FORMATS
from kg.sources import folders, read_folder

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TOP_LEVEL = {
    *("pyproject.toml", "kg", "ingest", "app.py", "ontology", "tests", "sources"),
    *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", ".ci", ".streamlit", ".gitignore"),
    *("requirements.lock", "requirements-dev.lock"),
}


def table(heading: str) -> dict[str, str]:
    """The two columns of the table under a heading of the README."""
    return rows_of(README.partition(f"## {heading}\n")[2].partition("\n## ")[0])


def rows_of(section: str) -> dict[str, str]:
    """The two columns of the table in some text."""
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    return {row[0]: row[1] for row in rows[2:]}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def app_pages() -> dict[str, str]:
    """The rows of PAGES; read and not imported, because importing the app runs it."""
    for node in ast.parse((ROOT / "app.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "PAGES" and node.value:
            return {title: f"/{path}" for _, title, path, _ in ast.literal_eval(node.value)}
    raise AssertionError("app.py has no PAGES")


def test_the_readme_begins_with_the_two_commands() -> None:
    first = blocks("sh")[0].splitlines()
    assert README.startswith("# Signum\n\n```sh\n")
    assert [line.partition("#")[0].strip() for line in first] == ["make run", "make test"]
    assert all(line.partition("#")[2].strip() for line in first)


def test_the_readme_lists_the_commands() -> None:
    assert table("Commands") == {f"signum {command.name}": command.summary for command in COMMANDS}


def test_the_readme_lists_the_exports() -> None:
    assert table("Exports") == {name: row.summary for name, row in EXPORTERS.items()}


def test_the_readme_lists_the_types_and_the_formats_of_quizzes() -> None:
    quizzes, _, formats = README.partition("## Quizzes\n")[2].partition("\n## ")[0].partition("### Formats\n")
    assert rows_of(quizzes) == {name: row.summary for name, row in TYPES.items()}
    assert rows_of(formats) == {name: row.summary for name, row in FORMATS.items()}


def test_the_readme_lists_the_pages() -> None:
    assert table("Pages") == app_pages()


def test_the_readme_lists_the_named_queries() -> None:
    assert table("Named queries") == {name: queries.load(name).summary for name in queries.names()}


def test_the_readme_lists_the_functions_of_queries() -> None:
    every: dict[str, Function | Aggregate] = {**FUNCTIONS, **AGGREGATES}
    endings = ("Low", "High", "ISquared", "TauSquared", "PredictionLow", "PredictionHigh")
    parts = {name + ending for name in every for ending in endings}
    listed = {f"stat:{name}({row.parameters})": row.meaning for name, row in every.items() if name not in parts}
    assert table("Functions in queries") == listed


def test_the_python_of_the_readme_runs(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shipped, tmp_path / "build")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert all(len(names[name]) for name in ("table", "counted", "fitting", "rows"))  # type: ignore[arg-type]


def test_the_commands_of_the_readme_run(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shipped, tmp_path / "build")
    (tmp_path / "sources").symlink_to(ROOT / "sources")
    monkeypatch.chdir(tmp_path)
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("signum ")]
    assert lines
    for line in lines:
        assert main(shlex.split(line, comments=True)[1:]) == 0, line
    assert {"washout.csv", "statements.csv"} <= {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_and_target_that_a_document_names_is_there(text: str) -> None:
    for name in re.findall(r"`((?:kg|ingest|ontology|tests|sources|\.ci)/[\w./*-]*)`", text):
        assert list(ROOT.glob(name.rstrip("/"))), name
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(re.findall(r"`?make ([a-z]+)", text)) <= set(targets)


def test_the_makefile_has_the_targets_that_people_rely_on() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {"setup", "run", "test", "check", "build", "bench", "soak"} <= set(targets)


def test_the_top_level_is_as_it_was_decided() -> None:
    made = {".venv", "build", ".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
    assert {path.name for path in ROOT.iterdir()} - made <= TOP_LEVEL


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_hashes_everything(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for extra in project["optional-dependencies"].values() for name in extra]
    for lock, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", [*project["dependencies"], *extras]),
    ):
        locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert {re.split(r"[<>=!~ \[]", name)[0].lower() for name in wanted} <= locked


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in text or f"## {version}" in text


def test_a_paper_says_its_licence_only_where_it_was_verified() -> None:
    licences = {folder.name: read_folder(folder).source.licence for folder in folders(ROOT / "sources")}
    assert licences["yang2024"] == "CC BY"
    assert "yang2024" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_importing_kg_is_light() -> None:
    assert kg.ONTOLOGY == ROOT / "ontology"
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'opne'; it offers: ONTOLOGY, open"):
        kg.opne  # noqa: B018
