"""This module tells which tumor a sentence may speak of without naming it, and which of those that it names."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from ingest.candidates import Candidate, Slot
from ingest.compositions import METASTASES
from ingest.hierarchy import akin
from ingest.in_focus import SENTENCES_BACK
from ingest.mentions import Mention, of_type
from ingest.openings import opening_subject
from ingest.phrases import beginning
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper

NEOPLASM: Final = "neoplasm"

LESION: Final = screened(
    r"\b(?:cysts?|abscess(?:es)?|nodules?|hyperplasia|pseudotumou?rs?|aneurysms?)\b", re.IGNORECASE
)

LOOKS_LIKE: Final = beginning("differential", "mimic", "resembl", "look alike", "mistaken", "confus", "kept in mind")
"""Words with which a sentence only names what looks like the tumor in focus."""


def of_its_clause(slot: Slot, mentions: list[Mention]) -> list[Mention]:
    """The mentions without the tumors of other clauses, where its own begins with one: 'type 1 tumors are polyps; type
    2 tumors occur in …' says of each what stands in its clause.
    """
    if slot.anchor.kind != "claim":
        return mentions
    start, end = slot.sentence.clause(slot.anchor.start, slot.anchor.end)
    tumors = [m for m in of_type(mentions, "disease") if is_a_tumor(slot, m)]
    own = [m for m in tumors if start <= m.start and m.end <= min(slot.anchor.start, end)]
    if not own:
        return mentions
    return [m for m in mentions if m not in tumors or start <= m.start < end]


def is_a_tumor(slot: Slot, mention: Mention) -> bool:
    """Whether a mention is of a tumor, and of no metastases or anything general."""
    lexicon = slot.paper.lexicon
    spread = any(lexicon.is_a(mention.key, one) for one in METASTASES)
    return lexicon.is_a(mention.key, NEOPLASM) and not spread and mention.key not in GENERIC


def is_lesion(paper: Paper, key: str) -> bool:
    """Whether a disease is one that images show as a lesion: hepatitis has no washout."""
    concept = paper.lexicon.concepts[key]
    return paper.lexicon.is_a(key, NEOPLASM) or any(LESION.search(label) for label in concept.labels)


def is_another_kind(slot: Slot, named: Candidate, key: str) -> bool:
    """Whether a tumor that the clause names is another one than the sentence before spoke of, which is not meant then:
    'ileal tumors' behind 'rectal tumors'.
    """
    mention, lexicon = named.mention, slot.paper.lexicon
    if mention is None or named.type != "disease" or key in (mention.key, *lexicon.vocabulary.ancestors(mention.key)):
        return False
    tumors = is_a_tumor(slot, mention) and lexicon.is_a(key, NEOPLASM) and key not in GENERIC
    clause = slot.sentence.clause(slot.anchor.start, slot.anchor.end)
    return tumors and clause[0] <= mention.start < clause[1]


def was_spoken_of(slot: Slot, key: str) -> bool:
    """Whether a tumor is of the kind that the paper or the heading is about, or was what a sentence before spoke of:
    'lymphoma' as one of many that look alike is not.
    """
    paper, lexicon = slot.paper, slot.paper.lexicon
    topics = {*paper.topics, *paper.groups, *paper.headings.get(slot.sentence.block.heading, ())}
    diseases = {topic for topic in topics if lexicon.concepts[topic].type == "disease"}
    lines = {topic: lexicon.compositions.primary_of(topic) or topic for topic in diseases}
    primary = lexicon.compositions.primary_of(key) or key
    if not lines or any(akin(lexicon.vocabulary, primary, topic) for topic in lines.values()):
        return True
    earlier = (one for one in islice(paper.earlier(slot.index), SENTENCES_BACK) if not LOOKS_LIKE.search(one.words))
    subjects = (opening_subject(one) for one in earlier)
    return any(subject is not None and subject.key == key for subject in subjects)
