"""This module draws the panel beside a paper's text: what the selected statement says, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.compare import PairEvidence
from kg.evidence import state_words
from kg.model import Entity, Gap, Statement, Statistic
from kg.verdict import Verdict
from kg.web.flags import of_statement
from kg.web.markup import Html, element, joined, link_to
from kg.web.reader import Reader
from kg.web.view import capital, confidence_words, place_of

ORIGIN_WORDS: Final = {
    "own": "own: this study counted or saw it",
    "cited": "cited from other work",
    "background": "no source given",
}
FIELD_WORDS: Final = {
    "numerator": "n",
    "denominator": "N",
    "ci_low": "interval from",
    "ci_high": "interval to",
    "ci_level": "interval level",
    "p": "P",
    "sd": "SD",
    "iqr": "IQR",
}
CURATED: Final = "curated: read and entered, not extracted"
CLOSE: Final = "close-panel"
GAPS_SHOWN: Final = 60


def panel(
    reader: Reader,
    names: Mapping[str, str],
    short: Mapping[str, str],
    pairs: Sequence[PairEvidence],
    verdicts: Mapping[str, tuple[Verdict, ...]],
    items: int = 0,
) -> Html:
    """The selected statement, else how to select one; `names` and `short` are labels and short names by key, `verdicts`
    what the audit says by the id of a statement, `items` how many items of a quiz ask about the selected one.
    """
    statement = reader.selected
    if statement is None:
        return element("aside", _how_to(), aria_label="Statement", tabindex=0, class_="empty")
    parts = (
        element("button", "Close", type="button", id=CLOSE, class_="close"),
        element("h3", f"{predicate_words(statement.predicate)}: {_name(statement.object, names)}"),
        _facts(statement, names),
        of_statement(verdicts.get(statement.id, ())),
        _together(reader, statement, short),
        _elsewhere(reader, statement),
        _used_in(statement, pairs, short, items),
        _neighbours(reader, statement),
        element("p", f"{statement.id} · rule {statement.rule or 'not recorded'} · {statement.origin}", class_="quiet"),
    )
    return element("aside", *parts, aria_label="Selected statement", tabindex=0)


def predicate_words(predicate: str) -> str:
    """'has_sign' as a reader reads it.

    >>> predicate_words("has_clinical_feature")
    'Has clinical feature'
    """
    return capital(predicate.replace("_", " "))


def legend() -> Html:
    """How the three origins look, and a reading that may be wrong."""
    looks = (
        ("own", "own", "this study"),
        ("cited", "cites others", "with its reference"),
        ("background", "no source", "said without one"),
        ("own low", "thin line", "read with low confidence, below 0.5"),
    )
    parts = (element("span", element("span", name, class_=kind), f" {words}") for kind, name, words in looks)
    return element("p", *parts, class_="legend")


def _how_to() -> Html:
    return joined(
        element("h3", "No statement selected"),
        element("p", "Choose an underlined passage to see what was read from it."),
        element("p", "A small number behind a passage says how many statements it holds.", class_="quiet"),
    )


def _name(entity: Entity, names: Mapping[str, str]) -> str:
    return names.get(entity.key, entity.label) if entity.key else f"“{entity.label}”"


def _facts(statement: Statement, names: Mapping[str, str]) -> Html:
    facts: list[tuple[str, str | None]] = [
        ("About", _name(statement.subject, names)),
        ("Compared with", _name(statement.comparator, names) if statement.comparator else None),
        ("Printed", statement.statistic.printed if statement.statistic else None),
        ("Read as", _read_as(statement.statistic) if statement.statistic else None),
        ("Polarity", state_words(statement)),
        ("Hedged", "yes" if statement.hedged else None),
        (
            "Technique",
            ", ".join(names.get(k, k) for k in filter(None, (statement.modality, *statement.phases))) or None,
        ),
        ("Level of", _name(statement.variable, names) if statement.variable else None),
        ("Population", statement.population),
        ("Unit", statement.unit_of_analysis),
        (
            "Confidence",
            confidence_words(statement.confidence) if statement.origin == "extracted" else "read by a person",
        ),
        ("Origin", ORIGIN_WORDS[statement.evidence]),
        ("References", ", ".join(statement.citations) or None),
        ("Place", place_of(statement)),
    ]
    return element("dl", *(joined(element("dt", name), element("dd", value)) for name, value in facts if value))


def _read_as(statistic: Statistic) -> str:
    fields = [f"{FIELD_WORDS.get(name, name)} {number}" for name, number in statistic.numbers() if number is not None]
    return " · ".join([statistic.kind.replace("_", " "), *fields, *filter(None, (statistic.op, statistic.unit))])


def _together(reader: Reader, statement: Statement, names: Mapping[str, str]) -> Html | None:
    cluster = reader.cluster_of(statement)
    others = [one for one in cluster.statements if one is not statement] if cluster else []
    if not others:
        return None
    items = (element("li", element("a", statement_words(one, names), href=reader.link(one))) for one in others)
    return joined(element("h3", f"Also in this passage ({len(others)})"), element("ul", *items))


def statement_words(statement: Statement, names: Mapping[str, str]) -> str:
    """A statement on one line: subject, its "not", object, number."""
    printed = f", {statement.statistic.printed}" if statement.statistic else ""
    absent = "not: " if statement.polarity == "absent" else ""
    return f"{_name(statement.subject, names)} · {absent}{_name(statement.object, names)}{printed}"


def _elsewhere(reader: Reader, statement: Statement) -> Html | None:
    """The same subject and object in other places of this paper."""
    cluster = reader.cluster_of(statement)
    here = cluster.statements if cluster else (statement,)
    same = [one for one in reader.statements if _fact(one) == _fact(statement) and one not in here]
    if not same:
        return None
    items = (element("li", element("a", _place_and_number(one), href=reader.link(one))) for one in same[:8])
    return joined(element("h3", "The same in other places"), element("ul", *items))


def _fact(statement: Statement) -> tuple[str, str, str]:
    return statement.subject.identity, statement.predicate, statement.object.identity


def _place_and_number(statement: Statement) -> str:
    printed = f"“{statement.statistic.printed}”" if statement.statistic else statement.polarity
    return f"{place_of(statement)}: {printed}"


def _used_in(statement: Statement, pairs: Sequence[PairEvidence], names: Mapping[str, str], items: int) -> Html | None:
    """The comparisons of the disease that the statement is about, and how many quiz items ask about it."""
    keys = {entity.key for entity in (statement.subject, statement.object) if entity.key}
    rows = [pair for pair in pairs if keys & {pair.a, pair.b}][:3]
    quiz = element("li", f"{items} quiz item{'' if items == 1 else 's'}") if items else None
    if not rows and quiz is None:
        return None
    links = (
        element(
            "li",
            element(
                "a",
                f"Compare: {capital(names.get(pair.a, pair.a))} with {names.get(pair.b, pair.b)}",
                href=link_to("", a=pair.a, b=pair.b, row=statement.object.key),
            ),
        )
        for pair in rows
    )
    return joined(element("h3", "Used in"), element("ul", *links, quiz))


def _neighbours(reader: Reader, statement: Statement) -> Html:
    """Links to the statements before and after, in the order of the text."""
    place = reader.statements.index(statement)
    before = reader.statements[place - 1] if place > 0 else None
    after = reader.statements[place + 1] if place + 1 < len(reader.statements) else None
    links = (
        element("a", "← Previous statement", href=reader.link(before)) if before else None,
        element("a", "Next statement →", href=reader.link(after)) if after else None,
    )
    return element("p", f"{place + 1} of {len(reader.statements)} ", *links, class_="links")


def gaps(found: Sequence[Gap]) -> Html | None:
    """What was seen in the text and could not be placed, by reason."""
    if not found:
        return None
    reasons: dict[str, list[Gap]] = {}
    for gap in found:
        reasons.setdefault(gap.reason, []).append(gap)
    parts = (
        joined(element("h3", f"{capital(reason)} ({len(members)})"), _gap_list(members))
        for reason, members in reasons.items()
    )
    summary = element("summary", f"Seen and not placed: {len(found)}")
    return element("details", summary, element("div", *parts, class_="evidence"))


def _gap_list(members: Iterable[Gap]) -> Html:
    shown = list(members)
    items = [element("li", element("q", " ".join(gap.text.split()))) for gap in shown[:GAPS_SHOWN]]
    rest = element("li", f"and {len(shown) - GAPS_SHOWN} more") if len(shown) > GAPS_SHOWN else None
    return element("ul", *items, rest)
