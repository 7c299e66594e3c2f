"""This module holds the frozen types that every part shares, and the words they may use."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from operator import attrgetter
from typing import Final

CONCEPT_TYPES: Final = (
    "disease",
    "sign",
    "modality",
    "phase",
    "marker",
    "therapy",
    "site",
    "clinical-feature",
    "syndrome",
    "classification",
    "outcome",
    "measure",
    "study-design",
)

PREDICATES: Final = (
    "has_sign",
    "has_clinical_feature",
    "has_marker",
    "has_primary_site",
    "metastasizes_to",
    "has_epidemiology",
    "has_prognosis",
    "differential_of",
    "misdiagnosed_as",
    "discriminates",
    "detected_by",
    "imaging_technique",
    "treated_by",
    "therapy_outcome",
    "therapy_indication",
    "therapy_contraindication",
    "complication",
    "classified_by",
    "associated_with",
    "expresses",
    "measured_value",
    "cohort",
    "observer_agreement",
    "other",
)

STATISTIC_KINDS: Final = (
    "proportion",
    "percent",
    "percent_range",
    "count",
    "range",
    "mean_sd",
    "median",
    "median_iqr",
    "p_value",
    "test_statistic",
    "sensitivity",
    "specificity",
    "auc",
    "odds_ratio",
    "ratio",
    "kappa",
    "icc",
    "correlation",
    "incidence_rate",
    "survival_rate",
    "mortality_rate",
    "duration",
    "size",
    "threshold",
    "value",
)

POLARITIES: Final = ("present", "absent")
EVIDENCE_KINDS: Final = ("own", "cited", "background")
OPERATORS: Final = ("<", ">", "<=", ">=", "=", "~")
ORIGINS: Final = ("extracted", "curated")
UNITS_OF_ANALYSIS: Final = ("patients", "lesions")
MAPPING_MATCHES: Final = ("exact", "close", "broad", "narrow")
SHOWN_PARTS: Final = ("quote",)  # of a paper whose text may not be shown whole
SECTIONS: Final = (
    "Title",
    "Abstract",
    "Introduction",
    "Methods",
    "Results",
    "Discussion",
    "Conclusion",
    "Figure caption",
    "Table",
    "References",
    "other",
)

KEY_PATTERN: Final = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


class ModelError(ValueError):
    """A value that no type of this module allows; the sentence names it and what is allowed."""


def require_one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuse a value outside a closed list.

    >>> require_one_of("polarity", "maybe", POLARITIES)
    Traceback (most recent call last):
    kg.model.ModelError: polarity is 'maybe'; allowed: present, absent
    """
    if value not in allowed:
        raise ModelError(f"{name} is {value!r}; allowed: {', '.join(allowed)}")


def require_key(name: str, value: str) -> None:
    """Refuse a key that could not stand in an IRI, a file name and a URL unchanged.

    >>> require_key("source", "../etc")
    Traceback (most recent call last):
    kg.model.ModelError: source is '../etc'; allowed: lower-case letters, digits and '-', first a letter or digit
    """
    if not KEY_PATTERN.match(value):
        raise ModelError(f"{name} is {value!r}; allowed: lower-case letters, digits and '-', first a letter or digit")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open stretch [start, end) of a stored text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ModelError(f"span is [{self.start}, {self.end}); allowed: 0 <= start < end")

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mapping:
    """A link from one of our concepts to a term of another vocabulary, seen from our side."""

    curie: str
    label: str
    match: str

    def __post_init__(self) -> None:
        require_one_of("mapping match", self.match, MAPPING_MATCHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A node of the vocabulary.

    `ambiguous_labels` are those of its labels that another concept, or another sense outside the vocabulary, shares:
    they name it only in context. `variable` marks what a study measures or grades (tumour size, enhancement pattern):
    a level or a value of it is a finding, the variable itself is none. `translations` are (language, label) pairs,
    languages as ISO 639-1.
    """

    key: str
    type: str
    label: str
    alt_labels: tuple[str, ...] = ()
    ambiguous_labels: tuple[str, ...] = ()
    parent: str | None = None
    variable: bool = False
    definition: str = ""
    mappings: tuple[Mapping, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        require_key("concept", self.key)
        require_one_of(f"type of concept {self.key}", self.type, CONCEPT_TYPES)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every name in every language, the preferred one first."""
        foreign = (label for _, label in self.translations)
        return (self.label, *self.alt_labels, *self.ambiguous_labels, *foreign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A paper. Only what is known is given; `sha256` is of the stored text's UTF-8 bytes.

    `show` is one of SHOWN_PARTS for a paper of which a page shows no more than a sentence with its neighbours.
    """

    key: str
    title: str
    study_design: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    licence: str | None = None
    sha256: str | None = None
    citation: str | None = None
    show: str | None = None

    def __post_init__(self) -> None:
        require_key("source", self.key)
        if self.show is not None:
            require_one_of("show", self.show, SHOWN_PARTS)
        if not self.title.strip():
            raise ModelError(f"source {self.key} has no title; give one")

    @property
    def short_name(self) -> str:
        """The name that a page shows: first author and year, else the key.

        >>> Source(key="x1", title="T", authors=("Cui Y",), year=2017).short_name
        'Cui 2017'
        """
        if not self.authors or self.year is None:
            return self.key
        surname = " ".join(self.authors[0].split()[:-1]) or self.authors[0]
        return f"{surname} {self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One end of a statement: a concept (`key` given) or the paper's own words, not yet a concept."""

    key: str | None = None
    label: str

    def __post_init__(self) -> None:
        if self.key is not None:
            require_key("concept", self.key)
        if not self.label.strip():
            raise ModelError("an entity has an empty label; give the concept's label or the paper's words")

    @property
    def identity(self) -> str:
        """What the statement hash counts: the key, or the folded words behind '~'.

        >>> Entity(label="Astral  Sign").identity
        '~astral sign'
        """
        return self.key if self.key is not None else "~" + " ".join(self.label.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """A number as printed.

    `printed` is the stretch of the stored text at `span`. Numbers are Decimals with the decimals as printed
    (82.60 stays 82.60); percentages are out of 100; `p` is a probability; `unit` is as printed, except that a test
    statistic carries the name of its test ('chi2', 't', 'Z', 'F', 'U') and a percent no unit.

    >>> Statistic(kind="percent", printed="82.60%", span=Span(start=0, end=6), percent=Decimal("82.60")).percent
    Decimal('82.60')
    """

    kind: str
    printed: str
    span: Span
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percent: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    value: Decimal | None = None
    unit: str | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    median: Decimal | None = None
    iqr: Decimal | None = None
    ci_low: Decimal | None = None
    ci_high: Decimal | None = None
    ci_level: Decimal | None = None
    p: Decimal | None = None
    op: str | None = None

    def __post_init__(self) -> None:
        require_one_of("statistic kind", self.kind, STATISTIC_KINDS)
        if self.op is not None:
            require_one_of("operator", self.op, OPERATORS)
        if _numbers_of(self) == NO_NUMBERS:
            raise ModelError(f"statistic {self.printed!r} carries no number")

    def numbers(self) -> Iterator[tuple[str, Decimal | None]]:
        """Each numeric field with its value, in the order of NUMBER_FIELDS."""
        return zip(NUMBER_FIELDS, _numbers_of(self), strict=True)


NUMBER_FIELDS: Final = tuple(
    f.name for f in fields(Statistic) if f.name not in {"kind", "printed", "span", "unit", "op"}
)
NO_NUMBERS: Final = (None,) * len(NUMBER_FIELDS)
_numbers_of: Final = attrgetter(*NUMBER_FIELDS)


class _Remembered:
    """Room for a digest that is computed once; no field, so that it takes no part in equality, copies or storage."""

    __slots__ = ("_digest",)
    _digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(_Remembered):
    """What one source says in one place.

    `quote` is the stored text at `span`, character for character. `modality` and `phases` are concept keys.
    `variable` is what the paper's own table groups this sign under (a level of it). `locator` says where in the
    original: 'Table 1 · row Washout · column NETs', an XPath, a page. `confidence` is in [0, 1].
    """

    source: str
    span: Span
    quote: str
    subject: Entity
    predicate: str
    object: Entity
    polarity: str = "present"
    hedged: bool = False
    modality: str | None = None
    phases: tuple[str, ...] = ()
    comparator: Entity | None = None
    population: str | None = None
    unit_of_analysis: str | None = None
    evidence: str = "background"
    citations: tuple[str, ...] = ()
    section: str = "other"
    statistic: Statistic | None = None
    variable: Entity | None = None
    locator: str | None = None
    origin: str = "extracted"
    rule: str = ""
    confidence: float = 0.5

    def __post_init__(self) -> None:
        require_key("source", self.source)
        require_one_of("predicate", self.predicate, PREDICATES)
        require_one_of("polarity", self.polarity, POLARITIES)
        require_one_of("evidence", self.evidence, EVIDENCE_KINDS)
        require_one_of("section", self.section, SECTIONS)
        require_one_of("origin", self.origin, ORIGINS)
        if self.unit_of_analysis is not None:
            require_one_of("unit of analysis", self.unit_of_analysis, UNITS_OF_ANALYSIS)
        if len(self.quote) != self.span.end - self.span.start:
            raise ModelError(
                f"quote of {len(self.quote)} characters at [{self.span.start}, {self.span.end}); "
                "allowed: exactly the stored text at its span"
            )
        if self.statistic is not None and not self.span.contains(self.statistic.span):
            raise ModelError(f"the number {self.statistic.printed!r} stands outside the quote {self.quote!r}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ModelError(f"confidence is {self.confidence}; allowed: 0 to 1")

    @property
    def hash(self) -> str:
        """The stable part of the statement's IRI: 20 hexadecimal digits over what it states and where.

        Keys are hashed, not IRIs, so another base changes no hash; origin, rule and confidence do not count.
        """
        if not hasattr(self, "_digest"):
            object.__setattr__(self, "_digest", self._computed_digest())
        return self._digest

    def _computed_digest(self) -> str:
        statistic = None
        if self.statistic is not None:
            statistic = [
                self.statistic.kind,
                self.statistic.span.start,
                self.statistic.span.end,
                self.statistic.printed,
                self.statistic.unit,
                self.statistic.op,
                *(None if number is None else str(number) for _, number in self.statistic.numbers()),
            ]
        facts = [
            self.source,
            self.span.start,
            self.span.end,
            self.subject.identity,
            self.predicate,
            self.object.identity,
            self.polarity,
            statistic,
            self.modality,
            list(self.phases),
            self.comparator.identity if self.comparator else None,
            self.population,
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()[:20]

    @property
    def id(self) -> str:
        """`<source>/<hash>`, as it stands in the IRI and in links."""
        return f"{self.source}/{self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Gap:
    """Something that extraction saw and could not place, with the reason; never lost in silence."""

    source: str
    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of a source's text as the reader page draws it; `section` is one of SECTIONS."""

    span: Span
    kind: str
    section: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The group that a count is about; `statements` are the ids of those that give its size."""

    source: str
    disease: str
    size: int
    unit: str = "patients"
    population: str | None = None
    statements: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        require_one_of("unit of analysis", self.unit, UNITS_OF_ANALYSIS)
        if self.size < 1:
            raise ModelError(f"a cohort of {self.size} {self.unit}; allowed: at least 1")
