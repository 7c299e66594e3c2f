"""A paper written in a test: each sentence becomes statements with the spans that they would have in a stored text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.model import Entity, Span, Statement, Statistic

NUMBERS = ("numerator", "denominator", "percent", "value", "mean", "sd", "p", "low", "high")


def entity(name: str | Entity) -> Entity:
    """A concept by key, its label the key in words; the paper's own words behind '~'."""
    if isinstance(name, Entity):
        return name
    return Entity(label=name[1:]) if name.startswith("~") else Entity(key=name, label=name.replace("-", " "))


@dataclass
class Paper:
    """Collects statements of one source, each on a stretch of its own text."""

    source: str
    statements: list[Statement] = field(default_factory=list)
    _end: int = 0

    def say(
        self,
        subject: str | Entity,
        predicate: str,
        object: str | Entity,  # noqa: A002 - the word of the statement
        quote: str,
        *,
        printed: str | None = None,
        kind: str = "proportion",
        **fields: Any,
    ) -> Statement:
        """One statement; `printed` is the number within the quote, number fields are given as text."""
        start = self._end
        self._end = start + len(quote) + 1
        statistic = None
        numbers: dict[str, Any] = {name: Decimal(fields.pop(name)) for name in NUMBERS if name in fields}
        extra = {name: fields.pop(name) for name in ("op", "unit") if name in fields}
        if printed is not None:
            at = start + quote.index(printed)
            span = Span(start=at, end=at + len(printed))
            statistic = Statistic(kind=kind, printed=printed, span=span, **numbers, **extra)
        for name in ("comparator", "variable"):
            if fields.get(name) is not None:
                fields[name] = entity(fields[name])
        values = {"evidence": "own", "section": "Results", **fields}
        statement = Statement(
            source=self.source,
            span=Span(start=start, end=start + len(quote)),
            quote=quote,
            subject=entity(subject),
            predicate=predicate,
            object=entity(object),
            statistic=statistic,
            **values,
        )
        self.statements.append(statement)
        return statement

    def cohort(self, disease: str, size: int, **fields: Any) -> Statement:
        """`size` patients with the disease."""
        return self.say(
            disease,
            "cohort",
            "number-of-patients",
            f"{size} patients with {disease}",
            printed=str(size),
            kind="count",
            value=str(size),
            unit="patients",
            **{"section": "Methods", **fields},
        )

    def sign(self, disease: str, sign: str, printed: str, **fields: Any) -> Statement:
        """A count of a sign as printed: '15/23', '15 (65.2%)', '7' or '30.4%'."""
        return self.say(disease, "has_sign", sign, f"{sign} {printed}", printed=printed, **(parts(printed) | fields))

    def table(self, variable: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]], **fields: Any) -> None:
        """A table's block: levels of a variable by row, groups by column."""
        for level, cells in rows.items():
            absent = level.startswith("no ")
            for disease, printed in zip(columns, cells, strict=True):
                polarity = "absent" if absent or printed.startswith("0") else "present"
                self.sign(
                    disease,
                    level.removeprefix("no "),
                    printed,
                    section="Table",
                    variable=variable,
                    polarity=polarity,
                    **fields,
                )


def parts(printed: str) -> dict[str, str]:
    """The number fields of a printed count.

    >>> parts("15 (65.2%)"), parts("7/10"), parts("7")
    ({'numerator': '15', 'percent': '65.2'}, {'numerator': '7', 'denominator': '10'}, {'value': '7', 'kind': 'count'})
    """
    if "/" in printed:
        n, total = printed.split("/")
        return {"numerator": n, "denominator": total}
    if "(" in printed:
        n, percent = printed.removesuffix("%)").split("(")
        return {"numerator": n.strip(), "percent": percent}
    if printed.endswith("%"):
        return {"percent": printed.removesuffix("%"), "kind": "percent"}
    return {"value": printed, "kind": "count"}
