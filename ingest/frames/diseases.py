"""This module holds the turns of phrase of diseases and syndromes: their kinds, sites, features, grades."""

from __future__ import annotations

from typing import Final

from ingest.frames.frame import DISEASE, Frame
from ingest.phrases import phrase
from ingest.screening import screened

KINDS: Final = "kinds"
DISEASE_FRAMES: Final = (
    Frame(
        name="characterised",
        cue=phrase(
            *("characteri[sz]ed by", "consists? of", "presents? with", "manifests? (?:as|with)", "accompanied by"),
            *("includes?", "such as", "comprises?"),
        ),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        example="The carcinoid syndrome is characterised by flushing and diarrhea.",
    ),
    Frame(
        name=KINDS,
        cue=phrase(
            r"(?:sub)?(?:classified|divided|categori[sz]ed|grouped|graded) (?:\w+[ ,]+){0,9}?(?:as|into|in)",
        ),
        left=DISEASE,
        right=frozenset({"disease", "classification"}),
        predicate="classified_by",
        reach=40,
        example="Neuroendocrine neoplasms are classified into neuroendocrine tumors and neuroendocrine carcinomas.",
    ),
    Frame(
        name="sites-in-brackets",
        cue=screened(r" \("),
        left=DISEASE,
        right=frozenset({"site"}),
        predicate="has_primary_site",
        reach=2,
        near=15,
        example="Foregut carcinoids (stomach, duodenum and pancreas) are rare.",
    ),
    Frame(
        name="features-in-brackets",
        cue=screened(r"['’”\"]? \("),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        reach=2,
        near=15,
        example="The carcinoid syndrome (flushing and diarrhea) is rare.",
    ),
    Frame(
        name="grades",
        cue=phrase(
            "predict(?:s|ed|ing|ive of|ors? of)?", "associated with", "correlat(?:es?|ed|ion|ing) (?:with|between)"
        ),
        left=frozenset({"marker", "sign", "modality"}),
        right=frozenset({"classification"}),
        predicate="associated_with",
        reach=60,
        near=60,
        example="Washout is associated with tumor grade.",
    ),
)
