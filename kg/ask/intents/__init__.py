"""This package is the table of what a question can ask for: one row of INTENTS each, with its cues and its words."""

from typing import Final

from kg.ask.intents.care import CARE
from kg.ask.intents.comparing import COMPARING
from kg.ask.intents.intent import Intent
from kg.ask.intents.patients import PATIENTS
from kg.ask.intents.studies import STUDIES

INTENTS: Final = (*COMPARING, *STUDIES, *CARE, *PATIENTS)
"""Every intent; of two that a question speaks for equally, the earlier is meant."""

BY_NAME: Final = {intent.name: intent for intent in INTENTS}

STRICT: Final = (
    *("ratio", "contraindication", "complication", "mortality", "survival", "follow_up", "reader_agreement"),
    "agreement",
)
"""Intents whose words leave no doubt: where one is asked for, nothing else answers."""

NUMERIC: Final = ("ratio", "significance", "mortality", "survival", "frequency", "reader_agreement", "size")
"""Intents that ask for a number."""

DEFINING: Final = ("measurement", "meaning")
"""Intents that ask what a thing is."""

__all__ = ["BY_NAME", "DEFINING", "INTENTS", "NUMERIC", "STRICT", "Intent"]
