"""This module holds the answer to "which findings separate A from B": rows, sentences, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final

from kg.evidence.cells import Cell, Derivation
from kg.measures import Difference, Interval, Ratio
from kg.model import Concept, Entity, Statement, require_one_of

ROW_KINDS: Final = ("counted", "one_sided", "words")
READINGS: Final = ("may_favour_a", "may_favour_b", "favours_a", "favours_b", "does_not_separate", "in_words_only")
SORTS: Final = ("bound", "lr", "name", "phase")


class CompareError(ValueError):
    """A comparison that cannot be made; the sentence says why and what to ask instead."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The concept keys that count as A and as B, each with its narrower concepts."""

    a: frozenset[str]
    b: frozenset[str]

    def of(self, key: str | None) -> str | None:
        """'a', 'b', or None for anything else."""
        return "a" if key in self.a else "b" if key in self.b else None

    def side(self, entity: Entity | None) -> str | None:
        """Which side an entity is on; None for one that is no concept."""
        return self.of(entity.key) if entity is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to leave in: an empty tuple lets everything pass.

    `modalities`, `phases` are concept keys, `sources` source keys, `evidence` of own | cited | background, `states`
    of kg.evidence.STATES. `cross_study` allows a ratio between counts of two studies, which is then flagged.
    """

    modalities: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    only_warned: bool = False
    cross_study: bool = False
    sort: str = "bound"

    def __post_init__(self) -> None:
        require_one_of("sort", self.sort, SORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence from a template, with the ids of the statements that it rests on."""

    text: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyGroup:
    """A study that counted in both groups: their sizes (None if the paper prints none), unit and modality (a key)."""

    source: str
    size_a: int | None
    size_b: int | None
    unit: str
    modality: str | None = None
    rows: int = 0
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """n of N with its Wilson interval (95 %), as proportions of 1."""

    n: int
    total: int
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoByTwo:
    """What the opened row shows, computed from the two counts; disease A is the condition, the finding the test."""

    a_with: int
    a_without: int
    b_with: int
    b_without: int
    sensitivity: Proportion
    specificity: Proportion
    positive: Ratio
    negative: Ratio
    odds: Ratio
    difference: Difference
    fisher_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A printed result about a row's finding or variable: kappa, p value, test statistic, AUC, sensitivity, cut-off.

    `about` is the sign or variable it is printed for; `text` is the number as printed; `target` is the disease that a
    sensitivity or specificity is for.
    """

    kind: str
    text: str
    about: Entity
    statement: str
    warnings: tuple[str, ...] = ()
    target: Entity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding, with what is known of it in A and in B.

    kind 'counted': both cells counted, by one study unless `within_study` is False. 'one_sided': one cell counted,
    the other has words or nothing. 'words': no count on either side. `negated` if the row is about the absence of the
    finding (its `label` says so). `group` names the variable whose levels exclude each other (three or more of them);
    of a variable with two levels only one is a row and the other is its `complement`. `bound` is the lower limit of
    `ratio`, or 1 / its upper limit where the ratio is below 1: rows are ranked by it, `rank` from 1. `reading` is one
    of READINGS; `why` says it in words; `direction` is 'a' or 'b' where the authors' words, not counts, point there.
    `words_a`, `words_b` are ids of statements that speak of the finding in that disease without a count, `direct` those
    that compare A and B on it.
    """

    kind: str
    label: str
    finding: Entity
    predicate: str
    a: Cell | None
    b: Cell | None
    reading: str
    why: str = ""
    direction: str | None = None
    negated: bool = False
    variable: Entity | None = None
    group: str | None = None
    ratio: Ratio | None = None
    bound: float | None = None
    rank: int | None = None
    within_study: bool = True
    source: str | None = None
    measures: TwoByTwo | None = None
    complement: Row | None = None
    attached: tuple[Attached, ...] = ()
    words_a: tuple[str, ...] = ()
    words_b: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    derived: Derivation | None = None

    def __post_init__(self) -> None:
        require_one_of("kind of row", self.kind, ROW_KINDS)
        require_one_of("reading", self.reading, READINGS)

    @property
    def key(self) -> str:
        """What a link calls the row: the concept's key or the folded words, with a leading 'no-' for an absence."""
        name = self.finding.key or "-".join(self.finding.label.casefold().split())
        return f"no-{name}" if self.negated else name

    @property
    def bare(self) -> bool:
        """Whether the row has a count, but none with its total: 'counted, total not printed'."""
        cells = [cell for cell in (self.a, self.b) if cell is not None and cell.n is not None]
        return bool(cells) and not any(cell.counted for cell in cells)

    @property
    def every_warning(self) -> tuple[str, ...]:
        """What to mind of the row and of its two cells, each once."""
        found = [*self.warnings, *(text for cell in (self.a, self.b) if cell is not None for text in cell.warnings)]
        return tuple(dict.fromkeys(found))

    @property
    def words_on_the_other_side(self) -> tuple[str, ...]:
        """Of a row with a cell on one side only, what is said in words of the other."""
        return self.words_b if self.a is not None else self.words_a


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measured quantity in both groups of one study: mean ± SD, and Hedges' g where the group sizes are known.

    `effect` is A minus B in pooled standard deviations; `attached` are the printed p and test statistic.
    """

    source: str
    quantity: Entity
    phases: tuple[str, ...]
    unit: str | None
    mean_a: float
    sd_a: float
    mean_b: float
    sd_b: float
    text_a: str
    text_b: str
    size_a: int | None
    size_b: int | None
    effect: Difference | None
    statements: tuple[str, ...]
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrimination:
    """A study's own discrimination result between A and B: AUC, cut-off, sensitivity, specificity, odds ratio.

    `target` is the disease it identifies, as the paper has it; `ratio` the LR+ for the target where sensitivity and
    specificity are both given as counts.
    """

    source: str
    finding: Entity
    target: Entity
    results: tuple[Attached, ...]
    ratio: Ratio | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two readings of one fact, within a paper or between papers, in words, with every statement concerned."""

    finding: Entity
    text: str
    statements: tuple[str, ...]
    within_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEvidence:
    """How much is known of a pair of diseases: `kind` is counted (both, one study) | one_sided | words.

    `counted` is the number of findings that one study counted in both; `side` the only counted disease, if one_sided.
    """

    a: str
    b: str
    kind: str
    counted: int = 0
    side: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The answer to "which findings separate A from B", and everything it rests on.

    `counted`, `one_sided`, `words` are the rows in order; `cited` are ids of counts that the papers take from others
    (they enter no ratio); `assessed` findings with no result printed; `overlap` ids of statements that A and B resemble
    or are mistaken for each other. `statements` has every statement that any part names, by id.
    """

    a: Concept
    b: Concept
    filters: Filters
    answer: tuple[Sentence, ...] = ()
    studies: tuple[StudyGroup, ...] = ()
    counted: tuple[Row, ...] = ()
    one_sided: tuple[Row, ...] = ()
    words: tuple[Row, ...] = ()
    measured: tuple[Measured, ...] = ()
    discriminations: tuple[Discrimination, ...] = ()
    assessed: tuple[Cell, ...] = ()
    cited: tuple[str, ...] = ()
    overlap: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    hidden: int = 0
    statements: Mapping[str, Statement] = field(default_factory=dict)

    @property
    def with_total(self) -> tuple[Row, ...]:
        """The rows counted on one side, out of a known total."""
        return tuple(row for row in self.one_sided if not row.bare)

    @property
    def bare(self) -> tuple[Row, ...]:
        """The rows counted on one side of which no total is printed; they are the last of `one_sided`."""
        return tuple(row for row in self.one_sided if row.bare)

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain values: a, b, answer, signs, measured, discriminations, disagreements and the rest.

        Each of `signs` has a cell for A and for B (n, N, percent, interval, unit, statements), ratios with intervals,
        the difference, p, what is printed, and the statements without counts. `statements` has each quote by id.
        """
        rows = (*self.counted, *self.one_sided, *self.words)
        return {
            "a": {"key": self.a.key, "label": self.a.label},
            "b": {"key": self.b.key, "label": self.b.label},
            "answer": [{"sentence": one.text, "statements": list(one.statements)} for one in self.answer],
            "studies": [_plain(one) for one in self.studies],
            "signs": [_row_json(row) for row in rows],
            "measured": [_plain(one) for one in self.measured],
            "discriminations": [_plain(one) for one in self.discriminations],
            "assessed": [_cell_json(cell) for cell in self.assessed],
            "cited": list(self.cited),
            "overlap": list(self.overlap),
            "disagreements": [_plain(one) for one in self.disagreements],
            "filters": _plain(self.filters),
            "hidden": self.hidden,
            "statements": {key: _statement_json(one) for key, one in self.statements.items()},
        }


def _plain(value: Any) -> Any:
    """A dataclass as dicts and lists; an entity as its key and label."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value


def _statement_json(statement: Statement) -> dict[str, Any]:
    return {
        "source": statement.source,
        "start": statement.span.start,
        "end": statement.span.end,
        "quote": statement.quote,
        "evidence": statement.evidence,
        "hedged": statement.hedged,
        "polarity": statement.polarity,
        "section": statement.section,
        "printed": statement.statistic.printed if statement.statistic is not None else None,
    }


def _cell_json(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    interval = cell.interval
    return {
        "state": cell.state,
        "source": cell.source,
        "disease": cell.disease.label,
        "group": cell.group,
        "n": cell.n,
        "N": cell.total,
        "percent": cell.percent,
        "interval": [100 * interval.low, 100 * interval.high] if interval is not None else None,
        "unit": cell.unit,
        "denominator_from": cell.denominator_from,
        "statements": list(cell.used),
        "other_statements": [one for one in cell.statements if one not in cell.used],
        "alternatives": [_plain(one) for one in cell.alternatives],
        "why": cell.why,
        "warnings": list(cell.warnings),
        "notes": list(cell.notes),
        "derived": _plain(cell.derived),
    }


def _row_json(row: Row) -> dict[str, Any]:
    measures = row.measures
    return {
        "key": row.key,
        "sign": row.label,
        "finding": _plain(row.finding),
        "kind": row.kind,
        "bare": row.bare,
        "negated": row.negated,
        "variable": row.variable.label if row.variable is not None else None,
        "group": row.group,
        "a": _cell_json(row.a),
        "b": _cell_json(row.b),
        "words_a": list(row.words_a),
        "words_b": list(row.words_b),
        "direct": list(row.direct),
        "likelihood_ratio": _plain(row.ratio),
        "negative_likelihood_ratio": _plain(measures.negative) if measures is not None else None,
        "odds_ratio": _plain(measures.odds) if measures is not None else None,
        "sensitivity": _plain(measures.sensitivity) if measures is not None else None,
        "specificity": _plain(measures.specificity) if measures is not None else None,
        "difference": _plain(measures.difference) if measures is not None else None,
        "p": measures.fisher_p if measures is not None else None,
        "within_study": row.within_study,
        "rank": row.rank,
        "bound": row.bound,
        "reading": row.reading,
        "direction": row.direction,
        "why": row.why,
        "printed": [_plain(one) for one in row.attached],
        "warnings": list(row.warnings),
        "notes": list(row.notes),
        "derived": _plain(row.derived),
        "complement": _row_json(row.complement) if row.complement is not None else None,
    }
