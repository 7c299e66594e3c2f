"""Papers for the audit, written in a test: sentences with several numbers, tables with addresses, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.audit import Paper, audit
from kg.model import Entity, Passage, Span, Statement, Statistic
from kg.verdict import Verdict
from tests.paper import entity, parts

A, B = "disease-a", "disease-b"
DECIMALS = (
    *("numerator", "denominator", "percent", "low", "high", "value", "mean", "sd", "median"),
    *("ci_low", "ci_high", "ci_level", "p"),
)


@dataclass(frozen=True)
class Number:
    """A number of a sentence: as printed, its kind, and what it is of; `fields` are numbers as text, and the rest."""

    printed: str
    kind: str
    fields: Mapping[str, Any]


def number(printed: str, kind: str, **fields: Any) -> Number:
    return Number(printed, kind, fields)


def count(printed: str, **fields: Any) -> Number:
    """A printed count: '7/10', '15 (65.2%)', '30.4%' or '7'."""
    read = parts(printed)
    return Number(printed, read.pop("kind", "proportion"), {**read, **fields})


def p_value(printed: str, **fields: Any) -> Number:
    """'P=0.038' or 'P<0.001'."""
    operator = next(sign for sign in "<>=" if sign in printed)
    return Number(printed, "p_value", {"p": printed.partition(operator)[2].strip(), "op": operator, **fields})


def patients(size: int, disease: str = A) -> Number:
    """The size of a group."""
    of = {"subject": disease, "predicate": "cohort", "object": "number-of-patients", "unit_of_analysis": "patients"}
    return Number(f"{size} patients", "count", {"value": str(size), "unit": "patients", **of})


@dataclass
class Written:
    """Collects the sentences of one source."""

    source: str = "x1"
    statements: list[Statement] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    text: str = ""

    def tell(
        self, quote: str, *numbers: Number, section: str = "Results", kind: str = "paragraph", **common: Any
    ) -> Written:
        """A sentence with its numbers, in their order; `common` holds for all of them."""
        start = len(self.text)
        self.text += quote + "\n"
        span = Span(start=start, end=start + len(quote))
        self.passages.append(Passage(span=span, kind=kind, section=section))
        at = 0
        for one in numbers:
            at = quote.index(one.printed, at)
            self._add(quote, span, start + at, one, {"section": section, **common, **one.fields})
            at += len(one.printed)
        return self

    def cohorts(self, size: int = 23) -> Written:
        """Two groups of one size."""
        for disease in (A, B):
            self.tell(f"{size} patients with {disease} were enrolled.", patients(size, disease), section="Methods")
        return self

    def table(self, rows: Mapping[str, Sequence[str]], results: Mapping[str, Sequence[str]] | None = None) -> Written:
        """Two columns of counts, 'Group: level' to two cells, and chi-square and P where `results` has them."""
        for row, cells in rows.items():
            group, _, level = row.rpartition(": ")
            chi, p = (results or {}).get(row, ("", ""))
            quote = " | ".join([level, *cells, *filter(None, (chi, p))])
            shared = {"section": "Table", "variable": Entity(label=group or level), "object": Entity(label=level)}
            numbers = [
                count(
                    cell,
                    subject=disease,
                    polarity="absent" if level.startswith("no ") else "present",
                    locator=f"Table 1 · row {row} · column {disease}",
                    **shared,
                )
                for disease, cell in zip((A, B), cells, strict=True)
            ]
            where = {"subject": Entity(label=group or level), "predicate": "discriminates", "object": A}
            if chi:
                test = {"value": chi, "unit": "chi2", "locator": f"Table 1 · row {row} · column χ2"}
                numbers.append(number(chi, "test_statistic", **{**shared, **where, **test}))
            if p:
                test = {
                    "p": p.lstrip("<"),
                    "op": "<" if p.startswith("<") else "=",
                    "locator": f"Table 1 · row {row} · column P",
                }
                numbers.append(number(p, "p_value", **{**shared, **where, **test}))
            self.tell(quote, *numbers, section="Table", kind="table")
        return self

    def _add(self, quote: str, span: Span, at: int, one: Number, values: dict[str, Any]) -> None:
        decimals: dict[str, Any] = {name: Decimal(values.pop(name)) for name in DECIMALS if name in values}
        extra = {name: values.pop(name) for name in ("op", "unit") if name in values}
        place = Span(start=at, end=at + len(one.printed))
        ends: dict[str, Any] = {
            name: entity(values.pop(name, default)) for name, default in (("subject", A), ("object", "~sign"))
        }
        self.statements.append(
            Statement(
                source=self.source,
                span=span,
                quote=quote,
                statistic=Statistic(kind=one.kind, printed=one.printed, span=place, **decimals, **extra),
                **ends,
                **{"predicate": "has_sign", "evidence": "own", **values},
            )
        )

    def paper(self, **knowledge: Any) -> Paper:
        return Paper(
            source=self.source,
            text=self.text,
            passages=tuple(self.passages),
            statements=tuple(self.statements),
            **knowledge,
        )

    def verdicts(self, *checks: str, **knowledge: Any) -> list[Verdict]:
        """What some checks say, all of them if none is named."""
        return [one for one in audit([self.paper(**knowledge)]) if not checks or one.check in checks]

    def said(self, *checks: str, **knowledge: Any) -> set[str]:
        return {one.verdict for one in self.verdicts(*checks, **knowledge)}
