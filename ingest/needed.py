"""This module tells whether a sentence says of a phase that it is needed."""

from __future__ import annotations

import re
from typing import Final

from ingest.enumerations import one_list
from ingest.mentions import of_type
from ingest.pairs import Pair
from ingest.screening import screened
from ingest.sentences import Sentence

IS_FIT: Final = screened(
    r"\s*(?:(?:images?|imaging|acquisitions?|scans?|series)\s)?(?:is|are)\s(?:(?:also|often|\w+ly|an?|the|most|very)\s)*"
    r"(?:essential|key|necessary|needed|important|useful|helpful|optimal|fundamental)\b",
    re.IGNORECASE,
)
"""' is essential': a phase that a review says to be needed."""


def is_needed(sentence: Sentence, pair: Pair) -> bool:
    """'The portal and late phases are also key': what is said to be needed; also of each item of a list."""
    mention = pair.attribute.mention
    if mention is None or mention.type != "phase":
        return False
    phases = [m for m in of_type(sentence.mentions, "phase") if m.start >= mention.start]
    last = one_list(sentence.text, phases)[-1]
    return IS_FIT.match(sentence.text, last.end, sentence.end) is not None
