"""A small graph for the pages: two papers whose sentences are written here, in the files that a build would write."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg import rdf
from kg.model import Gap, Passage, Source, Span, Statement
from kg.vocabulary import Vocabulary
from tests.paper import Paper, entity

NET, ADENOCARCINOMA = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"
PHNEN, HCC = "phnen", "hepatocellular-carcinoma"
HOSTILE_TITLE = "<script>alert('title')</script> A & B <b>bold</b>"
HOSTILE_QUOTE = '<img src=x onerror="alert(1)"> rim sign in 7/10'


def counted_paper() -> Paper:
    """Counts in two groups of 23."""
    paper = Paper("alpha2017")
    paper.cohort(NET, 23)
    paper.cohort(ADENOCARCINOMA, 23)
    pattern = {"washout": ("15/23", "2/23"), "plateau": ("6/23", "21/23"), "progressive": ("2/23", "0/23")}
    paper.table("~enhancement pattern", (NET, ADENOCARCINOMA), {f"~{name}": cells for name, cells in pattern.items()})
    paper.sign(NET, "~hyperenhancement", "17/23", modality="computed-tomography", phases=("arterial-phase",))
    paper.sign(ADENOCARCINOMA, "~hyperenhancement", "9/23", modality="computed-tomography", phases=("arterial-phase",))
    return paper


def one_sided_paper() -> Paper:
    """Counts in PHNEN, words on HCC, and a quote that tries to be markup."""
    paper = Paper("beta2024")
    paper.cohort(PHNEN, 12)
    paper.say(PHNEN, "has_sign", "~rim sign", HOSTILE_QUOTE, printed="7/10", numerator="7", denominator="10")
    paper.sign(PHNEN, "~calcification", "0/12", polarity="absent")
    paper.say(
        HCC, "has_sign", "~rim sign", "unlike typical HCC, which lacks a rim sign", polarity="absent", evidence="cited"
    )
    return paper


def keyed_paper() -> Paper:
    """Counts in two groups of 23, of findings that the vocabulary has."""
    paper = Paper("gamma2020")
    paper.cohort(NET, 23)
    paper.cohort(ADENOCARCINOMA, 23)
    pattern = {"washout-pattern": ("15/23", "2/23"), "plateau-pattern": ("6/23", "21/23")}
    pattern["progressive-enhancement"] = ("2/23", "0/23")
    paper.table("~dynamic pattern", (NET, ADENOCARCINOMA), pattern)
    levels = {"arterial-phase-hyperenhancement": ("17/23", "9/23"), "arterial-phase-hypoenhancement": ("6/23", "14/23")}
    paper.table("~arterial enhancement", (NET, ADENOCARCINOMA), levels)
    paper.sign(NET, "lymphadenopathy", "7/23")
    paper.sign(ADENOCARCINOMA, "lymphadenopathy", "14/23")
    return paper


def add_paper(directory: Path, paper: Paper) -> Path:
    """The build directory with one more paper."""
    content = source_file(paper, source_of(paper, "Third paper", "Gamma C"))
    (directory / f"{paper.source}.nq").write_text(content, encoding="utf-8")
    return directory


def stored_text(paper: Paper) -> str:
    """The text in which each sentence of the paper stands at its span."""
    return "\n".join(statement.quote for statement in paper.statements) + "\n"


def source_of(paper: Paper, title: str, author: str) -> Source:
    digest = hashlib.sha256(stored_text(paper).encode()).hexdigest()
    return Source(key=paper.source, title=title, authors=(author, "Other O"), year=2017, sha256=digest)


def source_file(paper: Paper, source: Source, statements: tuple[Statement, ...] | None = None) -> str:
    """The N-Quads of one paper: one paragraph, and one gap at its beginning."""
    text = stored_text(paper)
    passages = (Passage(span=Span(start=0, end=len(text)), kind="paragraph", section="Results"),)
    gaps = (Gap(source=paper.source, span=Span(start=0, end=2), text=text[:2], reason="no disease in this sentence"),)
    return rdf.source_nquads(source, text, passages, statements or tuple(paper.statements), gaps)


def write_graph(directory: Path) -> Path:
    """A build directory with both papers and the vocabulary."""
    directory.mkdir(parents=True, exist_ok=True)
    papers = ((counted_paper(), "Signs in two groups", "Alpha A"), (one_sided_paper(), HOSTILE_TITLE, "Beta B"))
    for paper, title, author in papers:
        content = source_file(paper, source_of(paper, title, author))
        (directory / f"{paper.source}.nq").write_text(content, encoding="utf-8")
    ontology = rdf.concept_nquads(Vocabulary.load().concepts.values())
    (directory / "_ontology.nq").write_text(ontology, encoding="utf-8")
    return directory


__all__ = ["ADENOCARCINOMA", "HCC", "NET", "PHNEN", "add_paper", "entity", "keyed_paper", "write_graph"]
