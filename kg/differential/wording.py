"""This module words a differential: templates over its steps and counts, with the statements behind each sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.compare import Sentence
from kg.differential.result import Differential, Step
from kg.evidence import Cell
from kg.measures import Difference, display

Name = Callable[[str], str]
INDEPENDENT = "The groups of findings are multiplied as if they were independent, which no paper here tested."
NO_SCOPE = "Your patients are not like theirs, so no probability is given; what fits is listed."


def share(value: Difference) -> str:
    """A probability with its limits, out of 100: '88% (66–97)'.

    >>> share(Difference(0.882, 0.658, 0.967))
    '88% (66–97)'
    """
    return f"{100 * value.estimate:.0f}% ({100 * value.low:.0f}–{100 * value.high:.0f})"


def step_text(step: Step, panel: Sequence[str], name: Name) -> str:
    """What one step did: the counts it rests on, the ratio, and what is left out."""
    finding = step.finding.label if step.present else f"no {step.finding.label}"
    studies = list(dict.fromkeys(cell.source for cell in step.cells))
    counts = "; ".join(
        f"{' vs '.join(_count(step, cell) for cell in step.cells if cell.source == source)} ({name(source)})"
        for source in studies
    )
    parts = [f"{finding}: {counts}"]
    if step.ratio is not None:
        limits = f"{display(step.ratio.estimate)} ({display(step.ratio.low)}–{display(step.ratio.high)})"
        parts.append(f"likelihood ratio for {name(panel[0])} {limits}")
    if step.pooled is not None:
        squared = f"I² {100 * step.pooled.i_squared:.0f}%"
        parts.append(f"pooled over {step.pooled.studies} studies (random effects, {squared})")
    if step.corrected:
        parts.append("0.5 was added to the cells, because one of them is 0")
    if step.note:
        parts.append(step.note)
    if step.left_out:
        parts.append(f"not multiplied with {', '.join(step.left_out)}, which speak of the same")
    return "; ".join(parts)


def _count(step: Step, cell: Cell) -> str:
    n, total = cell.count if step.present else cell.turned.count
    return f"{n}/{total}"


def answer(found: Differential, name: Name) -> tuple[Sentence, ...]:
    """The answer in sentences: whom the studies were about, what it starts from, each step, and the result."""
    return tuple(_sentences(found, name))


def _sentences(found: Differential, name: Name) -> Iterator[Sentence]:
    for study in found.studies:
        yield Sentence(text=study.question, statements=study.statements)
    if not found.in_scope:
        yield Sentence(text=NO_SCOPE)
    if not found.steps:
        for note in found.notes:
            yield Sentence(text=f"{note[0].upper()}{note[1:]}.")
        return
    in_panel = {one.disease.key: one for one in found.candidates}
    starts = ", ".join(f"{100 * (in_panel[key].before or 0):.0f}% {name(key)}" for key in found.panel)
    why = "equal, because no starting value was given" if found.prior == "equal" else "as given"
    why += ", for these alone" if len(found.panel) < len(found.candidates) and found.prior == "given" else ""
    yield Sentence(text=f"It starts from {starts} ({why}).")
    for step in found.steps:
        after = f"then {name(found.panel[0])} {share(step.after[0])}"
        yield Sentence(text=f"{step.text[0].upper()}{step.text[1:]}; {after}.", statements=step.statements)
    if len(found.steps) > 1:
        yield Sentence(text=INDEPENDENT)
    first = found.steps[-1].after[0]
    limits = f"{100 * first.low:.0f}–{100 * first.high:.0f}"
    yield Sentence(
        text=f"Of 100 such patients about {100 * first.estimate:.0f} ({limits}) have {name(found.panel[0])}."
    )
    for note in found.notes:
        yield Sentence(text=f"{note[0].upper()}{note[1:]}.")
