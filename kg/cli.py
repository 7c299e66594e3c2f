"""This module is the `signum` command: it parses, calls and prints. One row of COMMANDS a command."""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg import asking, examining, exporting, serving
from kg.asking import open_store as _open
from kg.asking import row_arguments as _row_arguments

if TYPE_CHECKING:
    from kg.processes import Engine
    from kg.store import Store
    from kg.tables import Table

DEFAULT_DATA: Final = "build"
DEFAULT_SOURCES: Final = "sources"
GIGABYTE: Final = 1 << 30
BAD_INPUT: Final = 2
FOUND_PROBLEMS: Final = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A row of COMMANDS: `run` takes the parsed arguments and returns the exit code."""

    name: str
    summary: str
    run: Callable[[argparse.Namespace], int]
    passes_on: bool = False  # to another program, with all arguments that are not known here
    reads_files: bool = False  # of the folder itself, so that no server will do
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Bad input gives one line on standard error and exit code 2."""
    parser = _parser()
    options, further = parser.parse_known_args(arguments)
    if further and not options.passes_on:
        parser.error(f"{options.command} takes no argument {further[0]!r}; see signum {options.command} --help")
    options.further = further
    if not options.reads_files and options.store:
        options.data = options.store
    logging.basicConfig(level=logging.DEBUG if options.verbose else logging.ERROR, format="%(name)s: %(message)s")
    try:
        return int(options.run(options))
    except ValueError as error:  # every error of Signum subclasses it
        _log.debug("stopped by", exc_info=True)
        _complain(options.command, str(error))
        return BAD_INPUT
    except BrokenPipeError:  # `signum export ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="signum",
        description="Radiology papers as a graph in which every number can be checked. Education and research only.",
    )
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            add_help=not command.passes_on,
            allow_abbrev=not command.passes_on,
        )
        one.add_argument("--data", metavar="DIR", default=DEFAULT_DATA, help="where the build wrote (default: build)")
        if not command.reads_files:
            one.add_argument("--store", metavar="URL", help="ask this SPARQL 1.1 server, and no folder")
        one.add_argument("-v", "--verbose", action="store_true", help="log what happens, and where an error comes from")
        command.arguments(one)
        one.set_defaults(run=command.run, passes_on=command.passes_on, reads_files=command.reads_files)
    return parser


# build and verify


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    _sources_argument(parser)
    parser.add_argument("--workers", metavar="N", type=int, help="processes that read (default: one a processor)")
    parser.add_argument(
        "--scheduler", metavar="URL", help="read on the Dask cluster there (tcp://...), or start one: local"
    )
    parser.add_argument("--weights", metavar="FILE", type=Path, help="rank with these weights, made by signum train")
    _curation_argument(parser)
    parser.add_argument(
        "--paper-seconds",
        metavar="S",
        type=float,
        default=600.0,
        help="set a paper aside after S seconds (default: 600)",
    )
    parser.add_argument(
        "--paper-memory", metavar="GB", type=float, default=4.0, help="set a paper aside that needs more (default: 4)"
    )


def _sources_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sources", metavar="DIR", type=Path, default=Path(DEFAULT_SOURCES), help="the papers")


def _curation_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-curation", action="store_true", help="leave out what people said in the sources' curation.csv"
    )


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    _sources_argument(parser)
    _curation_argument(parser)


def _build(options: argparse.Namespace) -> int:
    from kg.build import Limits, build
    from kg.summary import build_summary
    from kg.terminal import progress

    data, engine = Path(options.data), _engine(options)
    limits = Limits(seconds=options.paper_seconds, memory_bytes=int(options.paper_memory * GIGABYTE))
    with progress() as watch:
        report = build(
            options.sources,
            data,
            weights=options.weights,
            curations=not options.no_curation,
            engine=engine,
            limits=limits,
            watch=watch,
        )
    print(build_summary(report), end="")
    print(f"Graph {report.graph_hash[:12]} is in {data}.")
    for problem in report.problems:
        _complain("build", problem)
    return BAD_INPUT if report.problems else 0


def _engine(options: argparse.Namespace) -> Engine:
    from kg.processes import on_processes, usable_processors

    workers = usable_processors() if options.workers is None else options.workers
    if options.scheduler is None:
        return on_processes(workers)
    from kg.cluster import on_cluster

    return on_cluster(options.scheduler, workers=workers)


def _complain(command: str, sentence: str) -> None:
    print(f"signum {command}: {' '.join(sentence.split())}", file=sys.stderr)


def _add(options: argparse.Namespace) -> int:
    return subprocess.call([sys.executable, "-m", "ingest.add", *options.further])  # it loads spaCy, and may be killed


def _verify(options: argparse.Namespace) -> int:
    from kg.verify import verify

    problems = verify(options.sources, Path(options.data), curations=not options.no_curation)
    for problem in problems:
        _complain("verify", problem)
    if problems:
        print(f"{len(problems)} differences between {options.sources} and {options.data}.")
        return FOUND_PROBLEMS
    print(f"Every hash, quote and number in {options.data} is what {options.sources} says.")
    return 0


def _validate(options: argparse.Namespace) -> int:
    from kg.validate import validate

    found = validate(options.sources)
    for problem in found.problems:
        _complain("validate", problem)
    for sentence in (*found.needless, *found.waiting):
        print(sentence)
    print(f"{len(found.problems)} problems in {options.sources} and the ontology.")
    return FOUND_PROBLEMS if found.problems else 0


# commands that print rows


def _print(table: Table, options: argparse.Namespace) -> int:
    from kg.terminal import print_rows

    print_rows(table, form=options.format, output=options.output)
    return 0


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("thing", help="a concept by any of its names, a source by its key, or a statement by its id")
    _row_arguments(parser)


def _show(options: argparse.Namespace) -> int:
    from kg.show import show
    from kg.terminal import emit, grid, print_json, print_rows

    shown = show(_open(options), options.thing)
    if options.format == "json":
        print_json(shown.to_json(), options.output)
    elif options.format == "csv":
        print_rows(shown.statements, form="csv", output=options.output)
    else:
        emit(f"{shown.heading}\n\n{grid(shown.overview, whole=('source', 'statement'))}", options.output)
    return 0


def _evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gold", metavar="DIR", type=Path, required=True, help="annotations: <key>.jsonl for a source")
    parser.add_argument("--missed", metavar="N", type=int, default=0, help="list up to N misses of each source")
    _row_arguments(parser)


def _evaluate(options: argparse.Namespace) -> int:
    from kg.curation import curations
    from kg.evaluate import evaluate, figures_table

    store = _open(options)
    scores = evaluate(store, options.gold)
    curated = evaluate(store, options.gold, with_curated=True) if curations(store) else ()
    _print(figures_table(scores, curated), options)
    for score in scores:
        for missed in score.missed[: options.missed]:
            print("missed", score.source, *missed, sep=" | ")
    return 0


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    _sources_argument(parser)
    parser.add_argument(
        "--gold",
        metavar="DIR",
        type=Path,
        nargs="+",
        required=True,
        help="annotations: <key>.jsonl, and texts/<key>.txt",
    )
    parser.add_argument("--exclude", metavar="KEY", nargs="+", default=[], help="papers to leave out")
    parser.add_argument(
        "--held-out", action="store_true", help="learn from curations of papers with held_out = true as well"
    )
    parser.add_argument("--no-curation", action="store_true", help="learn from annotations alone")
    parser.add_argument("-o", dest="output", metavar="FILE", type=Path, help="write there and not to the screen")


def _train(options: argparse.Namespace) -> int:
    from kg.evaluate import train
    from kg.terminal import emit

    weights = train(
        options.gold,
        options.sources,
        exclude=options.exclude,
        held_out=options.held_out,
        curations=not options.no_curation,
    )
    emit(weights, options.output)
    return 0


def _missing(options: argparse.Namespace) -> int:
    from kg.missing import missing_concepts

    return _print(missing_concepts(_open(options)), options)


def _gaps_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="?", help="the key of a source (default: all)")
    _row_arguments(parser)


def _gaps(options: argparse.Namespace) -> int:
    from kg.missing import gaps

    return _print(gaps(_open_with(options), options.source), options)


def _open_with(options: argparse.Namespace) -> Store:
    """The graph, which must have the source that was asked for, if one was."""
    from kg.lookup import require_source

    store = _open(options)
    if options.source is not None:
        require_source(store, options.source)
    return store


def _audit(options: argparse.Namespace) -> int:
    from kg.queries import verdicts
    from kg.tables import verdict_table

    whole = options.format in ("csv", "json")  # what it lists are the papers' findings, not a failure of the command
    return _print(verdict_table(verdicts(_open_with(options), options.source), whole=whole), options)


COMMANDS: Final = (
    Command(
        name="build", summary="turn the papers into the graph", run=_build, arguments=_build_arguments, reads_files=True
    ),
    Command(
        name="add", summary="bring in a paper: text, PDF, JATS XML or HTML", run=_add, passes_on=True, reads_files=True
    ),
    Command(
        name="verify",
        summary="hold the graph against the papers: every hash, quote, digit, sign and unit",
        run=_verify,
        arguments=_verify_arguments,
        reads_files=True,
    ),
    Command(
        name="compare",
        summary="which signs separate disease A from B; of more diseases, a table of signs",
        run=asking.compare,
        arguments=asking.compare_arguments,
    ),
    Command(
        name="differential",
        summary="which diseases fit what a patient shows, and what speaks for and against each",
        run=asking.differential,
        arguments=asking.differential_arguments,
    ),
    Command(
        name="ask",
        summary="answer a question in plain words from the papers, each sentence cited, or say why there is no answer",
        run=asking.ask,
        arguments=asking.ask_arguments,
    ),
    Command(
        name="quiz",
        summary="a quiz whose keys are cited and whose wrong options the graph states otherwise",
        run=examining.quiz,
        arguments=examining.quiz_arguments,
    ),
    Command(
        name="show",
        summary="what the graph says of a concept, a source or a statement",
        run=_show,
        arguments=_show_arguments,
    ),
    Command(
        name="sparql",
        summary="run a SPARQL query in a process of its own, with a time limit",
        run=asking.sparql,
        arguments=asking.sparql_arguments,
    ),
    Command(
        name="export",
        summary="write a table or the texts to files",
        run=exporting.export,
        arguments=exporting.export_arguments,
    ),
    Command(
        name="validate",
        summary="check the source folders, the curations and the ontology before a build",
        run=_validate,
        arguments=_sources_argument,
        reads_files=True,
    ),
    Command(
        name="evaluate",
        summary="hold the graph against annotations of the papers",
        run=_evaluate,
        arguments=_evaluate_arguments,
    ),
    Command(
        name="train",
        summary="learn the ranker's weights from annotated papers",
        run=_train,
        arguments=_train_arguments,
        reads_files=True,
    ),
    Command(
        name="missing",
        summary="what papers name and the vocabulary has no concept for, most frequent first",
        run=_missing,
        arguments=_row_arguments,
    ),
    Command(
        name="gaps", summary="what was seen in papers and could not be placed", run=_gaps, arguments=_gaps_arguments
    ),
    Command(name="audit", summary="do the papers' numbers agree", run=_audit, arguments=_gaps_arguments),
    Command(
        name="publish",
        summary="load the graph into another SPARQL server",
        run=serving.publish,
        arguments=serving.publish_arguments,
        reads_files=True,
    ),
    Command(
        name="serve",
        summary="serve SPARQL and REST over HTTP, to read",
        run=serving.serve,
        arguments=serving.serve_arguments,
    ),
    Command(name="app", summary="serve the pages", run=serving.app, arguments=serving.app_arguments),
)


if __name__ == "__main__":
    sys.exit(main())
