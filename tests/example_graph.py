"""A small graph of two invented papers, for the tests of everything that asks a store."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.model import Concept, Entity, Gap, Mapping, Passage, Source, Span, Statement, Statistic
from kg.rdf import concept_nquads, derived_nquads, source_nquads

ALPHA_TEXT = (
    "Washout was seen in 7/10 alphoma and in 1/12 betoma. Fat was seen in 0/10 alphoma and 3/12 betoma.\n"
    "We studied 10 patients with alphoma. Washout was found in 7/9 alphoma.\n"
    "Washout told alphoma from betoma with a sensitivity of 82.60%.\n"
)
BETA_TEXT = "Alphoma may mimic betoma [3, 4]. Alphoma is treated by surgery. Something odd: 17.\n"

CONCEPTS = (
    Concept(
        key="alphoma",
        type="disease",
        label="alphoma",
        alt_labels=("ALP", "alphomas"),
        parent="neoplasm",
        definition="An invented tumour.",
        mappings=(Mapping(curie="MONDO:0000001", label="invented", match="close"),),
    ),
    Concept(key="betoma", type="disease", label="betoma", parent="neoplasm", definition="Another invented tumour."),
    Concept(key="ct", type="modality", label="computed tomography", alt_labels=("CT",), definition="X-rays around."),
    Concept(key="fat", type="sign", label="intralesional fat", alt_labels=("fat",), definition="Fat in a lesion."),
    Concept(key="neoplasm", type="disease", label="neoplasm", definition="A growth."),
    Concept(key="surgery", type="therapy", label="surgery", definition="An operation."),
    Concept(key="washout", type="sign", label="washout", definition="Less enhancement later."),
)


def entity(key: str) -> Entity:
    return Entity(key=key, label=next(concept.label for concept in CONCEPTS if concept.key == key))


def place(text: str, part: str, after: int = 0) -> Span:
    """Where a part stands in a text."""
    start = text.index(part, after)
    return Span(start=start, end=start + len(part))


def statement(
    source: str, text: str, quote: str, subject: str, predicate: str, to: Entity | str, **rest: Any
) -> Statement:
    return Statement(
        source=source,
        span=place(text, quote),
        quote=quote,
        subject=entity(subject),
        predicate=predicate,
        object=to if isinstance(to, Entity) else entity(to),
        rule="test",
        **rest,
    )


def count(n: int, total: int, text: str, quote: str) -> Statistic:
    """A proportion `n/N` as it stands in a quote of a text."""
    printed = f"{n}/{total}"
    return Statistic(
        kind="proportion",
        printed=printed,
        span=place(text, printed, place(text, quote).start),
        numerator=Decimal(n),
        denominator=Decimal(total),
    )


def counted(n: int, total: int, disease: str, sign: str, quote: str) -> Statement:
    return statement(
        "alpha2020",
        ALPHA_TEXT,
        quote,
        disease,
        "has_sign",
        sign,
        polarity="present" if n else "absent",
        evidence="own",
        section="Results",
        modality="ct",
        statistic=count(n, total, ALPHA_TEXT, quote),
    )


ALPHA = Source(
    key="alpha2020",
    title='On "washout"',
    authors=("Alpha A", "Beta B"),
    journal="Journal of Tests",
    year=2020,
    doi="10.1000/alpha",
    licence="CC BY",
)
BETA = Source(key="beta2021", title="Review", study_design="review")

WASHOUT_ALPHOMA = counted(7, 10, "alphoma", "washout", "7/10 alphoma")
WASHOUT_BETOMA = counted(1, 12, "betoma", "washout", "1/12 betoma")
FAT_ALPHOMA = counted(0, 10, "alphoma", "fat", "0/10 alphoma")
FAT_BETOMA = counted(3, 12, "betoma", "fat", "3/12 betoma")
WASHOUT_AGAIN = counted(7, 9, "alphoma", "washout", "Washout was found in 7/9 alphoma")
COHORT = statement(
    "alpha2020",
    ALPHA_TEXT,
    "10 patients with alphoma",
    "alphoma",
    "cohort",
    Entity(label="number of patients"),
    evidence="own",
    section="Methods",
    unit_of_analysis="patients",
    statistic=Statistic(
        kind="count", printed="10", span=place(ALPHA_TEXT, "10", ALPHA_TEXT.index("10 patients")), value=Decimal(10)
    ),
)
SENSITIVITY = statement(
    "alpha2020",
    ALPHA_TEXT,
    "sensitivity of 82.60%",
    "washout",
    "discriminates",
    "alphoma",
    evidence="own",
    section="Results",
    comparator=entity("betoma"),
    statistic=Statistic(
        kind="sensitivity", printed="82.60%", span=place(ALPHA_TEXT, "82.60%"), percent=Decimal("82.60")
    ),
)
MIMIC = statement(
    "beta2021",
    BETA_TEXT,
    "Alphoma may mimic betoma [3, 4]",
    "alphoma",
    "differential_of",
    "betoma",
    hedged=True,
    evidence="cited",
    citations=("3", "4"),
    section="Discussion",
)
TREATED = statement("beta2021", BETA_TEXT, "Alphoma is treated by surgery", "alphoma", "treated_by", "surgery")

ALPHA_STATEMENTS = (
    WASHOUT_ALPHOMA,
    WASHOUT_BETOMA,
    FAT_ALPHOMA,
    FAT_BETOMA,
    WASHOUT_AGAIN,
    COHORT,
    SENSITIVITY,
)
BETA_STATEMENTS = (MIMIC, TREATED)
STATEMENTS = (*ALPHA_STATEMENTS, *BETA_STATEMENTS)
PASSAGES = (
    Passage(span=Span(start=0, end=98), kind="paragraph", section="Results", heading="Signs"),
    Passage(span=Span(start=99, end=len(ALPHA_TEXT)), kind="paragraph", section="Results"),
)
GAP = Gap(source="beta2021", span=place(BETA_TEXT, "17"), text="17", reason="no disease in the sentence")


def files() -> dict[str, str]:
    """The files of the graph as a build would write them, by name."""
    return {
        "alpha2020.nq": source_nquads(ALPHA, ALPHA_TEXT, PASSAGES, ALPHA_STATEMENTS),
        "beta2021.nq": source_nquads(BETA, BETA_TEXT, (), BETA_STATEMENTS, (GAP,)),
        "_ontology.nq": concept_nquads(CONCEPTS),
        "_derived.nq": derived_nquads(STATEMENTS),
    }
