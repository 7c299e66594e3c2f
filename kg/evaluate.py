"""This module holds the graph against what a careful reader annotated: how much was found, linked and rightly typed."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ingest.annotations import LONE_ROLES, Annotation, Places, fold_name
from kg import queries
from kg.build import curated
from kg.curation import CURATION_NAME, curations, waiting
from kg.model import NUMBER_FIELDS, Concept, Entity, Source, Span, Statement
from kg.sources import StoredSource, read_folder
from kg.store import Store
from kg.tables import Table
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from ingest.entities import Lexicon
    from ingest.training import Lesson

COUNTED_FIELDS: Final = tuple(name for name in NUMBER_FIELDS if name != "ci_level")
ROWS_A_NUMBER: Final = 2  # of the rows with the right numbers only the most confident count as links,
ROWS_A_GOLD: Final = 3  # and of all rows that many for each annotation, so that writing out combinations gains nothing
LONGEST_QUOTE: Final = 700  # characters; a longer quote is no evidence


class EvaluationError(ValueError):
    """Annotations that cannot be used; the sentence names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was counted for one source.

    Of `stats` annotated numbers `stat_*` were found, linked, typed; of `stat_rows` statements with a number
    `good_rows` have an annotated one, of these `linked_rows` hang it on the right things. `unlocated` annotations have
    a quote that does not stand in the text. `missed` says (why, id, words, subject, object).
    """

    source: str
    gold: int = 0
    stats: int = 0
    stat_value: int = 0
    stat_linked: int = 0
    stat_typed: int = 0
    claims: int = 0
    claim_found: int = 0
    rows: int = 0
    exact_quotes: int = 0
    stat_rows: int = 0
    good_rows: int = 0
    linked_rows: int = 0
    unlocated: int = 0
    missed: tuple[tuple[str, str, str, str, str], ...] = field(default=())

    def __add__(self, other: Score) -> Score:
        """The counts of both, under the name of the first."""
        numbers = [f.name for f in fields(Score) if f.name not in {"source", "missed"}]
        sums = {name: getattr(self, name) + getattr(other, name) for name in numbers}
        return Score(source=self.source, **sums)


FIGURES: Final = (
    ("stat value", "stat_value", "stats"),
    ("stat linked", "stat_linked", "stats"),
    ("typed", "stat_typed", "stats"),
    ("claims", "claim_found", "claims"),
    ("stat precision", "good_rows", "stat_rows"),
    ("link precision", "linked_rows", "good_rows"),
    ("exact", "exact_quotes", "rows"),
)


def evaluate(store: Store, gold: Path, *, with_curated: bool = False) -> tuple[Score, ...]:
    """Score each annotated source of the graph, sorted by key, and last all of them together under 'ALL'.

    The official figures are over what was extracted, as it was before anybody curated it; `with_curated` gives those
    over the statements that the graph has. `gold` holds <key>.jsonl, an annotation a line. Sources that the graph does
    not have are passed over.
    Raises EvaluationError if there is no annotation of any source, or a line that is no annotation.
    """
    known = {source.key for source in queries.sources(store)}
    files = [path for path in sorted(gold.glob("*.jsonl")) if path.stem in known]
    if not files:
        raise EvaluationError(f"{gold} holds no annotations (<key>.jsonl) of the sources: {', '.join(sorted(known))}")
    names = names_of(queries.concepts(store))
    scores = []
    for path in files:
        key = path.stem
        statements = queries.statements(store, source=key) if with_curated else extracted(store, key)
        scores.append(score(key, queries.text(store, key), statements, read_annotations(path), names))
    return (*scores, sum(scores, start=Score(source="ALL")))


def extracted(store: Store, source: str) -> tuple[Statement, ...]:
    """What extraction gave of a source, with what people then rejected or corrected, or have not read yet, and without
    what they added.
    """
    there = (one for one in queries.statements(store, source=source) if one.origin == "extracted")
    taken = (former for one in curations(store, source) for former in one.formers if former.origin == "extracted")
    return tuple({one.hash: one for one in (*there, *taken, *waiting(store, source))}.values())


def train(
    gold: Sequence[Path],
    sources: Path,
    *,
    exclude: Sequence[str] = (),
    held_out: bool = False,
    curations: bool = True,
) -> str:
    """Weights of the ranker, as JSON, learnt from the annotated papers of some folders, those of `exclude` left out.

    A folder holds <key>.jsonl, with the paper's text in texts/<key>.txt or in `sources`. Where two folders annotate one
    paper, the later one counts. What people curated in `sources` is learnt from too, but of sources that are held out
    only if `held_out`, and not at all without `curations`. The same papers give the same weights. Raises
    EvaluationError if a folder holds no annotations, a text is missing, or `exclude` names none of the papers.
    """
    from ingest.pipeline import lexicon_of  # spaCy is loaded here only
    from ingest.ranking import dump_weights
    from ingest.training import train as learn

    files, curated_ = _annotation_files(gold), _curated_sources(sources) if curations else {}
    known = {*files, *curated_}
    if unknown := sorted(set(exclude) - known):
        raise EvaluationError(f"no annotated paper is called {unknown[0]!r}; annotated are: {', '.join(sorted(known))}")
    vocabulary = Vocabulary.load()
    lexicon = lexicon_of(vocabulary)
    lessons = []
    for key in sorted(known - set(exclude)):
        stored = curated_.get(key)
        said = curated_annotations(stored, vocabulary) if stored and (held_out or not stored.held_out) else []
        if key in files or said:
            lessons.append(_lesson(key, files.get(key), sources, lexicon, said))
    return dump_weights(learn(lessons))


def _curated_sources(sources: Path) -> dict[str, StoredSource]:
    """The sources that people curated, by key."""
    found = sorted(sources.glob(f"*/{CURATION_NAME}")) if sources.is_dir() else []
    return {path.parent.name: read_folder(path.parent) for path in found}


def curated_annotations(stored: StoredSource, vocabulary: Vocabulary) -> list[Annotation]:
    """What the curations of a source teach: what people accepted, corrected and added is right, what they rejected or
    hung on other things is wrong. Rows that could not be applied, and those that a later row took back, teach nothing.

    Raises CurationError if the source's `curation.csv` is damaged.
    """
    from ingest.examples import Names, annotation_of
    from ingest.pipeline import lexicon_of

    names, found = Names(lexicon_of(vocabulary)), []
    for one in curated(stored, vocabulary).applied.outcomes:
        if one.status not in ("applied", "confirmed", "needless"):
            continue
        if one.result is not None:
            found.append(annotation_of(one.result, names, right=True))
        wrong = one.formers if one.status == "applied" else ()
        found += [
            annotation_of(former, names, right=False)
            for former in wrong
            if one.result is None or _ends(former) != _ends(one.result)
        ]
    return found


def _ends(one: Statement) -> frozenset[str]:
    return frozenset({one.subject.identity, one.object.identity})


def _annotation_files(folders: Sequence[Path]) -> dict[str, Path]:
    files = {}
    for folder in folders:
        found = {path.stem: path for path in sorted(folder.glob("*.jsonl"))}
        if not found:
            raise EvaluationError(f"{folder} holds no annotations; a folder of <key>.jsonl is needed")
        files.update(found)
    return files


def _lesson(key: str, annotations: Path | None, sources: Path, lexicon: Lexicon, said: Sequence[Annotation]) -> Lesson:
    """What one paper teaches: by its annotations, which are complete, and by what people said of its statements."""
    from ingest.annotations import read_annotations as read_placed
    from ingest.antecedents import resolved
    from ingest.readers import read, read_source
    from ingest.sentences import read_paper
    from ingest.training import lesson

    if (sources / key).is_dir():
        source, raw = read_folder(sources / key).source, read_source(sources / key)
    elif annotations is not None and (text_path := annotations.parent / "texts" / f"{key}.txt").is_file():
        raw = read(text_path, text_path.read_bytes())
        source = Source(key=key, title=raw.text.lstrip().partition("\n")[0])
    else:
        raise EvaluationError(f"{annotations} has no text; put it at {text_path}, or the paper into {sources / key}")
    placed = read_placed(annotations, raw.text) if annotations is not None else []
    return lesson(resolved(read_paper(source, raw, lexicon)), [*placed, *said], complete=annotations is not None)


def figures_table(scores: Iterable[Score], with_curated: Iterable[Score] = ()) -> Table:
    """The scores as rows: each figure as 'found/of (share)', first the official ones, then those with curated rows."""
    rows = tuple(
        {
            "source": one.source,
            "counted": counted,
            **{name: _share(getattr(one, part), getattr(one, whole)) for name, part, whole in FIGURES},
            "rows/gold": f"{one.rows / one.gold:.1f}" if one.gold else "-",
        }
        for counted, some in (("extracted", scores), ("with curated", with_curated))
        for one in some
    )
    return Table(columns=("source", "counted", *(name for name, _, _ in FIGURES), "rows/gold"), rows=rows)


def read_annotations(path: Path) -> list[dict[str, Any]]:
    """The annotations of a file. Raises EvaluationError with the line that is none."""
    annotations = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            annotation = json.loads(line)
            annotation["id"], annotation["kind"], annotation["quote"]
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{path}, line {number} is no annotation: {error!r}; see GUIDE.md") from None
        annotations.append(annotation)
    return annotations


def names_of(concepts: Iterable[Concept]) -> Mapping[str, frozenset[str]]:
    """Every name of each concept, folded, by key."""
    return {one.key: frozenset(map(fold_name, (one.label, *one.alt_labels, *one.ambiguous_labels))) for one in concepts}


def score(
    key: str,
    text: str,
    statements: Iterable[Statement],
    gold: Sequence[Mapping[str, Any]],
    names: Mapping[str, frozenset[str]],
) -> Score:
    """Count what the extracted statements of one source have of its annotations.

    A statistic is found when a statement overlaps its number and every annotated number has its value there; linked
    when one of the two most confident such statements has its subject, object (in either order) and polarity; typed
    when the predicate is the same too. A claim is found when a statement overlaps its quote and is linked.
    """
    rows = _Rows.of(statements, limit=ROWS_A_GOLD * len(gold))
    place = Places(text)
    total: Counter[str] = Counter()
    good: set[int] = set()
    right: set[int] = set()
    missed = []
    for one in gold:
        if (quote := place.find(one["quote"])) is None:
            total["unlocated"] += 1
            continue
        if one["kind"] == "stat":
            hits, links = _judge_statistic(one, place.find(one.get("anchor") or "", within=quote) or quote, rows, names)
            good |= set(map(id, hits))
            right |= set(map(id, links))
            typed = any(row.predicate == one["predicate"] for row in links)
            total.update(stats=1, stat_value=bool(hits), stat_linked=bool(links), stat_typed=typed)
            found, why = bool(links), "link" if hits else "value"
        else:
            found, why = (
                any(row.span.overlaps(quote) and is_linked(one, row, names) for row in rows.for_claims),
                "claim",
            )
            total.update(claims=1, claim_found=found)
        if not found:
            words = str(one.get("anchor") or one["quote"])
            missed.append((why, str(one["id"]), words, str(one["subject"]), str(one["object"])))
    return Score(
        source=key,
        gold=len(gold),
        rows=len(rows.ranked),
        exact_quotes=sum(text[row.span.start : row.span.end] == row.quote for row in rows.ranked),
        stat_rows=len(rows.with_number),
        good_rows=len(good),
        linked_rows=len(right),
        missed=tuple(missed),
        **{name: int(count) for name, count in total.items()},  # the first one counted is a truth value
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Statements, the most confident first, and those of them that may answer for a number and for a claim."""

    ranked: tuple[Statement, ...]
    with_number: tuple[Statement, ...]
    for_claims: tuple[Statement, ...]

    @classmethod
    def of(cls, statements: Iterable[Statement], *, limit: int) -> _Rows:
        ranked = tuple(sorted(statements, key=lambda one: (-one.confidence, one.span, one.id)))
        usable = tuple(one for one in ranked if len(one.quote) <= LONGEST_QUOTE)
        return cls(ranked=ranked, with_number=tuple(one for one in usable if _numbers(one)), for_claims=usable[:limit])


def _judge_statistic(
    gold: Mapping[str, Any], at: Span, rows: _Rows, names: Mapping[str, frozenset[str]]
) -> tuple[list[Statement], list[Statement]]:
    """The statements that have the number, and those of the most confident of them that hang it on the right things."""
    hits = [row for row in rows.with_number if row.span.overlaps(at) and same_numbers(gold["stat"], row)]
    return hits, [row for row in hits[:ROWS_A_NUMBER] if is_linked(gold, row, names)]


def same_numbers(annotated: Mapping[str, Any], row: Statement) -> bool:
    """Whether every number that the annotation gives has the same value in the statement's statistic.

    A lone number may stand in another field of LONE_ROLES: a percentage annotated as value, a count as numerator.
    """
    wanted = {name: float(annotated[name]) for name in COUNTED_FIELDS if _is_number(annotated.get(name))}
    given = _numbers(row)
    if len(wanted) == 1:
        ((name, number),) = wanted.items()
        fields_ = {name, *LONE_ROLES} if name in LONE_ROLES else {name}
        return any(_equal(number, given[other]) for other in fields_ & given.keys())
    return bool(wanted) and all(name in given and _equal(number, given[name]) for name, number in wanted.items())


def is_linked(gold: Mapping[str, Any], row: Statement, names: Mapping[str, frozenset[str]]) -> bool:
    """Whether subject and object are among the accepted names, in either order, and the polarity is the same."""
    if row.polarity != (gold.get("polarity") or "present"):
        return False
    subject, object_ = _accepted(gold, "subject"), _accepted(gold, "object")
    first, second = _names(row.subject, names), _names(row.object, names)
    return bool((subject & first and object_ & second) or (subject & second and object_ & first))


def _accepted(gold: Mapping[str, Any], side: str) -> set[str]:
    return {fold_name(name) for name in (gold.get(side), *(gold.get(f"{side}_accept") or ())) if name} - {""}


def _names(entity: Entity, names: Mapping[str, frozenset[str]]) -> set[str]:
    return {fold_name(entity.label), *names.get(entity.key or "", ())} - {""}


def _numbers(statement: Statement) -> dict[str, Decimal]:
    if statement.statistic is None:
        return {}
    return {name: n for name, n in statement.statistic.numbers() if n is not None and name in COUNTED_FIELDS}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _equal(a: float, b: Decimal) -> bool:
    return math.isclose(a, float(b), rel_tol=1e-6, abs_tol=1e-9)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part / whole:.1f}%)" if whole else "-"
