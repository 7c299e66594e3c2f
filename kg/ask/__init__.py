"""This package answers a question in plain words from what the papers say, each clause cited, or refuses."""

from kg.ask.answer import MOST_ROWS, Answer, Clause, Derived
from kg.ask.asking import ask
from kg.ask.intents import INTENTS, Intent
from kg.ask.reading import LONGEST_QUESTION, Correction, Mention, Options, Reading

__all__ = [
    "INTENTS",
    "LONGEST_QUESTION",
    "MOST_ROWS",
    "Answer",
    "Clause",
    "Correction",
    "Derived",
    "Intent",
    "Mention",
    "Options",
    "Reading",
    "ask",
]
