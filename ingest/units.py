"""This module says what the unit of a number, or the noun that it counts, says that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ingest.candidates import Candidate, Slot, entity_of
from ingest.features import KIND_GROUPS
from ingest.forms.simple import B_VALUE
from ingest.lists import Anchor
from ingest.phrases import one_of, phrase
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import Paper, Sentence

TUMORS: Final = screened(r"omas\Z|\A[A-Z][A-Za-z]*[A-Z]s\Z")
WITH: Final = ("patients with ", "cases with ", "subjects with ", "participants with ")
"""'69 patients with 74 HCCs': the tumors of the patients."""

COUNTED: Final = (
    (phrase("men", "males?", "man", "boys?"), "male-sex"),
    (phrase("women", "females?", "woman", "girls?"), "female-sex"),
    (phrase("patients?", "cases?", "participants?", "subjects?", "individuals?"), "number-of-patients"),
    (phrase("masses", "lesions", "nodules", "tumou?rs", "metastases"), "lesion-number"),
)
"""What a count is of, by the noun that it counts."""

NUMBER_OF_PATIENTS: Final = "number-of-patients"
LESION_NUMBER: Final = "lesion-number"
COUNTED_KEYS: Final = frozenset({NUMBER_OF_PATIENTS, LESION_NUMBER})
COUNTS: Final = frozenset({"count", "proportion", "percent"})

UNIT_ATTRIBUTES: Final = {
    **dict.fromkeys(("t", "tesla"), "magnetic-field-strength"),
    **dict.fromkeys(("kv", "kvp"), "tube-voltage"),
    **dict.fromkeys(("ma", "mas"), "tube-current"),
    **dict.fromkeys(("ml/s", "ml/sec", "cc/s"), "injection-rate"),
    **dict.fromkeys(("s/mm2", "s/mm²"), "b-value"),
    **dict.fromkeys(("slice", "slices", "row", "rows", "detector row", "detector rows"), "detector-rows"),
    **dict.fromkeys(("multidetector", "mdct", "channel", "channels"), "detector-rows"),
    "hu": "ct-value",
    "kg/m2": "body-mass-index",
}
"""What a unit alone says is measured."""

TECHNICAL_UNITS: Final = frozenset(
    {
        *("t", "tesla", "kv", "kvp", "ma", "mas", "ml/s", "ml/sec", "cc/s", "s/mm2", "s/mm²", "ms", "msec", "°", "hz"),
        *("khz", "mhz", "mmol/kg", "ml/kg", "mgi/ml", "mg i/ml", "mg iodine/ml", "mm2", "slices", "slice", "detector"),
    }
)
"""Units of how images are taken."""

TECHNIQUES: Final = frozenset(
    {
        *("magnetic-field-strength", "tube-voltage", "tube-current", "injection-rate", "b-value", "slice-thickness"),
        *(
            "scan-delay",
            "interslice-gap",
            "field-of-view",
            "contrast-dose",
            "repetition-time",
            "echo-time",
            "flip-angle",
        ),
        *("matrix-size", "tube-rotation-time", "detector-rows"),
    }
)
"""What says how images are taken."""

B_VALUE_KEY: Final = "b-value"

SIZE: Final = "tumor-size"
LENGTHS: Final = frozenset({"cm", "mm"})
LESION_NEAR: Final = screened(
    r"\b(?:lesions?|tumou?rs?|mass(?:es)?|nodules?|metastas[ei]s|diameters?|NETs?|NENs?|cancers?|carcinomas?|adenomas?|small|large|siz\w+)\b",
    re.IGNORECASE,
)
AROUND_A_SIZE: Final = 45
"""How many characters around a length tell whether it is that of a lesion."""

AGE: Final = phrase("age[ds]?", "old", "years of age")

_SHOWED: Final = one_of(
    *("with", "having", "who", "had", "showed", "demonstrated", "presented", "underwent", "exhibited"),
    "were (?!enrolled|included|reviewed|identified)",
)
GOES_ON: Final = screened(rf"\s*\w*\s*{_SHOWED}")
"""'12 patients had': the sentence goes on to say what they had."""

BEFORE_UNIT, BEHIND_UNIT, BEHIND_NUMBER, GOING_ON = 40, 30, 22, 60
"""How many characters around a number tell what its unit counts, and whether the sentence goes on with it."""

MEASURED_OF: Final = (
    ("phase", None, screened(r"(?:s|sec|seconds?|secs|min|minutes?|mins)\Z"), "scan-delay"),
    (
        "modality",
        "contrast-agent",
        screened(r"(?:m?l|(?:m?g|m?mol|m?l)(?: ?I| iodine)? ?/ ?kg(?: body weight)?)\Z", re.IGNORECASE),
        "contrast-dose",
    ),
)
"""(type, what it is a kind of, units, measure): '150 s (equilibrium phase)', '0.2 mmol/kg of gadopentetate'."""


def by_unit(slot: Slot, number: Reported) -> Iterator[Candidate]:
    """What the unit or the counted noun of a number says that it is of; a bare count is one of patients."""
    sentence, anchor = slot.sentence, slot.anchor
    key = (
        _measured_by_unit(number)
        or _size(sentence, anchor, number)
        or _counted_noun(sentence, anchor, number)
        or _age(sentence, anchor, number)
    )
    implied = key is None and number.kind == "count"
    key = "number-of-patients" if implied else key
    if key is None or key not in slot.paper.lexicon.concepts:
        return
    unit = "unit=implied" if implied else f"unit={key}"
    features = {unit: 1.0, f"{unit}|section={sentence.block.section}": 1.0}
    if GOES_ON.match(sentence.text[anchor.end : anchor.end + GOING_ON]):
        features[f"unit={key}|goes-on"] = 1.0
    yield slot.candidate(key, "unit", features)


def _measured_by_unit(number: Reported) -> str | None:
    if number.rule == B_VALUE:
        return B_VALUE_KEY
    return None if KIND_GROUPS[number.kind] == "test" else UNIT_ATTRIBUTES.get((number.unit or "").casefold())


def _size(sentence: Sentence, anchor: Anchor, number: Reported) -> str | None:
    """The size of a lesion for a length beside words of one, where a paper does not say how it took its images."""
    if (number.unit or "").casefold() not in LENGTHS or sentence.block.section == "Methods":
        return None
    start, end = max(sentence.start, anchor.start - AROUND_A_SIZE), min(sentence.end, anchor.end + AROUND_A_SIZE)
    return SIZE if LESION_NEAR.search(sentence.text[start:end]) else None


def _counted_noun(sentence: Sentence, anchor: Anchor, number: Reported) -> str | None:
    """What the first noun at a count stands for: 'patients' in '12 of 30 patients with nodules'."""
    if number.kind not in COUNTS:
        return None
    if TUMORS.search(number.unit or "") and sentence.text[sentence.start : anchor.start].endswith(WITH):
        return LESION_NUMBER
    words = f"{number.unit or ''} {sentence.text[anchor.start : min(sentence.end, number.end + BEHIND_NUMBER)]}"
    nouns = [(match.start(), key) for pattern, key in COUNTED if (match := pattern.search(words))]
    return min(nouns)[1] if nouns else None


def _age(sentence: Sentence, anchor: Anchor, number: Reported) -> str | None:
    """'age' for years near a word that says so, unless it is years that are counted."""
    if number.kind == "count" or "year" not in (number.unit or ""):
        return None
    start, end = max(sentence.start, anchor.start - BEFORE_UNIT), min(sentence.end, anchor.end + BEHIND_UNIT)
    return "age" if AGE.search(sentence.text[start:end]) else None


def measured_of(paper: Paper, number: Reported, candidate: Candidate) -> Candidate:
    """What a number with a unit measures of what it stands beside: a time of a phase is when it is scanned, milligrams
    of a contrast agent are its dose.
    """
    key, unit = candidate.entity.key, number.unit or ""
    if key is None or KIND_GROUPS[number.kind] not in {"measure", "threshold"}:
        return candidate
    lexicon = paper.lexicon
    for type_, wider, units, measure in MEASURED_OF:
        kin = wider is None or lexicon.is_a(key, wider)
        if candidate.type == type_ and kin and units.match(unit) and measure in lexicon.concepts:
            return replace(candidate, entity=entity_of(lexicon.concepts[measure]), type="measure")
    return candidate
