"""This module holds the commands that ask for an answer about diseases: which signs separate them, which fit."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.compare import Filters
    from kg.store import Store

QUERY_TIME_LIMIT: Final = 10.0  # seconds; a person at a terminal waits longer than a page does
FORMATS: Final = ("table", "csv", "json")


def row_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of a command that prints rows."""
    parser.add_argument("--format", choices=FORMATS, help="table (default), csv or json")
    parser.add_argument("-o", dest="output", metavar="FILE", type=Path, help="write there and not to the screen")


def open_store(options: argparse.Namespace) -> Store:
    """The graph that a command was told to ask."""
    from kg.store import Store

    return Store.open(options.data)


def compare_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum compare`."""
    parser.add_argument("a", metavar="A", help="a disease by any of its names")
    parser.add_argument("b", metavar="B", nargs="?", help="the disease to hold it against")
    parser.add_argument(
        "more", metavar="C", nargs="*", help="further diseases: then each is a column, and each finding a row"
    )
    lists = (
        ("modality", "NAME,...", "only findings on these"),
        ("phase", "NAME,...", "only findings in these phases"),
        ("source", "KEY,...", "only what these papers say"),
        ("evidence", "KIND,...", "own, cited or background"),
        ("state", "STATE,...", "seen, zero, in_words, assessed or disagree"),
    )
    for name, values, meaning in lists:
        parser.add_argument(f"--{name}", metavar=values, default="", help=meaning)
    parser.add_argument("--only-warned", action="store_true", help="only rows with a warning")
    parser.add_argument(
        "--cross-study",
        action="store_true",
        help="ratios of counts of two studies as well: other hospitals and definitions, no comparison of groups",
    )
    parser.add_argument("--sort", metavar="ORDER", help="bound (default), lr, name or phase")
    parser.add_argument("--sparql", action="store_true", help="print the query that gives these numbers")
    row_arguments(parser)


NARROWING: Final = ("modality", "phase", "source", "evidence", "state", "only_warned", "cross_study", "sort")


def _filters(store: Store, options: argparse.Namespace) -> Filters:
    """The filters that the options name; of three diseases and more there are none."""
    from kg.compare import Filters, filters_named

    given = [name for name in NARROWING if getattr(options, name)]
    if given and options.more:
        option = f"--{given[0].replace('_', '-')}"
        raise ValueError(f"{option} is for two diseases, and {2 + len(options.more)} are given; leave one of them out")
    return filters_named(
        store,
        modality=_listed(options.modality),
        phase=_listed(options.phase),
        source=_listed(options.source),
        evidence=_listed(options.evidence),
        state=_listed(options.state),
        only_warned=options.only_warned,
        cross_study=options.cross_study,
        sort=options.sort or Filters().sort,
    )


def compare(options: argparse.Namespace) -> int:
    """Print what separates two diseases, or the signs of more, or the query that gives these numbers."""
    from kg.compare import Comparison, compare, comparison_query, matrix
    from kg.lookup import find_concept
    from kg.show import RATIO_COLUMNS, comparison_overview, comparison_table, matrix_overview, matrix_table
    from kg.terminal import emit, grid, print_json, print_rows

    if options.b is None:
        raise ValueError(f"compare needs a second disease to hold {options.a!r} against; give one more name")
    store = open_store(options)
    keys = [find_concept(store, name, type="disease").key for name in (options.a, options.b, *options.more)]
    filters = _filters(store, options)
    asked = matrix(store, keys) if options.more else compare(store, keys[0], keys[1], filters)
    if options.sparql:
        emit(comparison_query(store, asked), options.output)
    elif options.format == "json":
        print_json(asked.to_json(), options.output)
    elif options.format == "csv":
        rows = comparison_table(asked) if isinstance(asked, Comparison) else matrix_table(asked)
        print_rows(rows, form="csv", output=options.output)
    elif isinstance(asked, Comparison):
        answer = " ".join(sentence.text for sentence in asked.answer)
        emit(f"{answer}\n\n{grid(comparison_overview(asked), whole=RATIO_COLUMNS)}", options.output)
    else:
        print_rows(matrix_overview(asked), form=None, output=options.output)
    return 0


def differential_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum differential`."""
    lists = (
        ("present", "findings that are there, by any of their names, separated by commas"),
        ("absent", "findings that were looked for and are not there"),
        ("not-assessed", "findings that nobody looked for; naming them changes nothing"),
        ("among", "the diseases (default: those of which a paper says something of these findings)"),
        ("prior", "starting probabilities of diseases, such as PHNEN=0.3 (default: equal ones)"),
    )
    for name, meaning in lists:
        parser.add_argument(f"--{name}", metavar="NAME,...", default="", help=meaning)
    parser.add_argument(
        "--out-of-scope", action="store_true", help="the patient is not like those of the studies: no probability"
    )
    row_arguments(parser)


def differential(options: argparse.Namespace) -> int:
    """Print which diseases fit the findings."""
    from kg.differential import Findings, differential
    from kg.lookup import find_concept, find_finding
    from kg.show import differential_overview, differential_table
    from kg.terminal import emit, grid, print_json, print_rows

    store = open_store(options)
    present, absent, not_assessed = (
        tuple(find_finding(store, name).key for name in _listed(text))
        for text in (options.present, options.absent, options.not_assessed)
    )
    found = differential(
        store,
        Findings(present=present, absent=absent, not_assessed=not_assessed),
        among=[find_concept(store, name, type="disease").key for name in _listed(options.among)],
        prior={find_concept(store, name, type="disease").key: value for name, value in _shares(options.prior)},
        in_scope=not options.out_of_scope,
    )
    if options.format == "json":
        print_json(found.to_json(), options.output)
    elif options.format == "csv":
        print_rows(differential_table(found), form="csv", output=options.output)
    else:
        sentences = "\n".join(sentence.text for sentence in found.answer)
        table = grid(differential_overview(found), whole=("probability",))
        emit(f"{sentences}\n\n{table}", options.output)
    return 0


def ask_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum ask`."""
    parser.add_argument("question", help="in plain words, such as: which signs discriminate PHNEN from HCC")
    parser.add_argument("--all", action="store_true", help="every row, not the first 20")
    parser.add_argument("--sparql", action="store_true", help="print the query that gives the rows")
    row_arguments(parser)


def ask(options: argparse.Namespace) -> int:
    """Print the answer to a question, each sentence with its references, or why there is none."""
    from kg.ask import Options
    from kg.ask import ask as answer
    from kg.show import answer_text
    from kg.tables import statement_table
    from kg.terminal import emit, print_json, print_rows

    asked = answer(open_store(options), options.question, Options(all_rows=options.all))
    if options.sparql:
        emit(asked.sparql, options.output)
    elif options.format == "json":
        print_json(asked.to_json(), options.output)
    elif options.format == "csv":
        print_rows(statement_table(asked.shown), form="csv", output=options.output)
    else:
        emit(answer_text(asked), options.output)
    return 0


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _shares(text: str) -> list[tuple[str, float]]:
    """Names with their starting probabilities: 'PHNEN=0.3, HCC=0.7'."""
    found = []
    for part in _listed(text):
        name, _, number = part.rpartition("=")
        try:
            found.append((name.strip(), float(number)))
        except ValueError:
            raise ValueError(f"--prior has {part!r}; allowed: a disease and 0 to 1, such as PHNEN=0.3") from None
    return found


def sparql_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum sparql`."""
    parser.add_argument("query", nargs="?", help="a SPARQL SELECT or ASK; read from standard input if left out")
    parser.add_argument("-f", "--file", metavar="FILE", type=Path, help="read the query from a file")
    parser.add_argument("--timeout", metavar="S", type=float, default=QUERY_TIME_LIMIT, help="stop it after S seconds")
    row_arguments(parser)


def sparql(options: argparse.Namespace) -> int:
    """Print the rows of a query, and what is odd about it."""
    from kg.pool import run_query
    from kg.tables import Table
    from kg.terminal import print_rows

    result = run_query(options.data, _query_text(options), timeout=options.timeout)
    for warning in result.warnings:
        print(f"signum sparql: {warning}", file=sys.stderr)
    table = Table(columns=tuple(result.columns), rows=tuple(result.rows))
    print_rows(table, form=options.format, output=options.output)
    return 0


def _query_text(options: argparse.Namespace) -> str:
    if options.query is not None:
        return str(options.query)
    if options.file is None:
        return sys.stdin.read()
    try:
        return str(options.file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{options.file} cannot be read: {error.strerror or error}") from None
