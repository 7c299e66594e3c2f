"""This module finds numbers that cannot be, in the text itself: extraction leaves out what is no number of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.audit.paper import Paper
from kg.model import Span
from kg.verdict import Verdict

NUMBER: Final = r"\d+(?:\.\d+)?"
REACH: Final = 60  # characters around a number that are quoted


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form, when its numbers cannot be, and what is said then; `unless` the words before it excuse them."""

    pattern: re.Pattern[str]
    wrong: Callable[[list[Decimal]], bool]
    words: str
    unless: re.Pattern[str] | None = None

    def excused(self, before: str) -> bool:
        return self.unless is not None and self.unless.search(before) is not None


FORMS: Final = (
    Form(  # "P = 1.038"
        re.compile(rf"\b[Pp]\s*[=<>]\s*(?P<a>{NUMBER})"),
        lambda v: v[0] > 1,
        "P is {0}; a probability is no more than 1",
    ),
    Form(  # "82.6% (29 of 23)", "(29/23)"; but "M/F ratio (52/17)" and "pressure (140/90)" count two things
        re.compile(r"\((?P<a>\d+)\s*(?:of|/)\s*(?P<b>\d+)\)"),
        lambda v: v[0] > v[1],
        "{0} of {1}: a part is no larger than its group",
        unless=re.compile(r"(?:/|\b(?:ratio|sex|gender|pressure|respectively|versus|vs)\b)[^%]*\Z", re.IGNORECASE),
    ),
    Form(  # "77-34 years", "ranging from 89 to 40 years"
        re.compile(
            rf"(?:\brang\w+\b[^.;\d]{{0,20}}?)(?P<a>{NUMBER})\s*(?:[-–—]|to)\s*(?P<b>{NUMBER})(?=\s*(?:%|[a-z]))", re.I
        ),
        lambda v: v[0] > v[1],
        "{0} to {1}: the ends are the wrong way",
    ),
    Form(  # "95% CI = 0.963-0.749"
        re.compile(rf"\bCI\s*[=:,]?\s*(?P<a>{NUMBER})\s*(?:[-–—]|to)\s*(?P<b>{NUMBER})"),
        lambda v: v[0] > v[1],
        "{0} to {1}: the ends are the wrong way",
    ),
)


def impossible(paper: Paper) -> Iterator[Verdict]:
    """Is there a P above 1, a part larger than its group, a range the wrong way round?"""
    for passage in paper.running:
        for form in FORMS:
            for match in form.pattern.finditer(paper.text, passage.span.start, passage.span.end):
                values = [Decimal(value) for value in match.groupdict().values()]
                before = paper.text[max(passage.span.start, match.start() - REACH // 2) : match.start()]
                if form.wrong(values) and not form.excused(before):
                    span = Span(start=match.start("a"), end=match.end())
                    yield _verdict(paper, span, form.words.format(*values))


def _verdict(paper: Paper, span: Span, explanation: str) -> Verdict:
    around = paper.text[max(0, span.start - REACH) : span.end + REACH]
    return Verdict(
        source=paper.source,
        check="bounds",
        verdict="inconsistent",
        printed=" ".join(paper.text[span.start : span.end].split()),
        recomputed="",
        explanation=explanation,
        quotes=(" ".join(around.split()),),
        statements=tuple(sorted(s.id for s in paper.statements if s.statistic and s.statistic.span.overlaps(span))),
    )
