"""This module tells which section of a paper a heading opens, and by its small words a line's language."""

from __future__ import annotations

import re
from typing import Final

from ingest.screening import screened

# Each section with the headings that open it, folded: lower case, no number in front, no colon behind.
_HEADINGS: Final[dict[str, str]] = {
    "Abstract": "abstract|summary|synopsis|resumo|resumen|r[ée]sum[ée]|zusammenfassung|graphical abstract",
    "Introduction": "introduction|background|rationale|background and (?:aims?|objectives?|purpose)"
    "|introduction and .*",
    "Objective": "objectives?|purposes?|aims?(?: and objectives?| of the study)?|hypothesis|importance|context",
    "Methods": "(?:patients?|subjects?|materials?|cases)(?: and |, | & )methods?|(?:(?:patients?"
    "|subjects?), )?materials? and methods?"
    "|methods?|methods and (?:materials?|patients?)|methodology|experimental(?: procedures?| section)?|study design"
    "|design(?:,? setting.*)?|setting(?:s| and participants)?|participants|patients|interventions?|data sources?.*"
    "|search strategy|main outcome measures?|material",
    "Results": "results?|findings|main results|results and discussion|observations",
    "Discussion": "discussion|comments?|discussion and conclusions?|limitations",
    "Conclusion": "conclusions?|concluding remarks|summary and conclusions?|conclusions? and (?:perspectives"
    "|relevance|outlook)"
    "|interpretation|take[- ]home (?:message|points?)|advances in knowledge|clinical relevance|trial registration",
    "References": "references?|bibliography|literature(?: cited)?|references and notes|refer[êe]ncias|reference list",
    "other": "acknowledge?ments?|funding|financial (?:support|disclosures?)|conflicts? of interests?"
    "|competing interests?"
    "|disclosures?|authors?['’]? contributions?|author(?:s|'s)? details|data availability.*|availability of data.*"
    "|supporting information|supplementary (?:materials?|data|information)|abbreviations|ethics.*|consent.*"
    "|publisher['’]s note|additional (?:files?|information)|keywords?|key ?words|appendix.*|case (?:report"
    "|presentation|series)s?",
}
_SECTION_PATTERNS: Final = tuple((name, screened(rf"(?:{words})\Z")) for name, words in _HEADINGS.items())
_NUMBER_IN_FRONT: Final = screened(r"\s*(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.|[A-H]\.)\s+(?=\S)")

STRUCTURED_ABSTRACT_SECTIONS: Final = frozenset({"Introduction", "Objective", "Methods", "Results", "Conclusion"})

_SMALL_WORDS: Final = {
    "en": "the of and in to with was were is are for that by from this be as which an on at or not have had has been",
    "pt": "de e o a os as do da dos das em um uma com para por que não são foi mais no na nos nas ao pelo"
    " pela se ser seu",
    "es": "de y el la los las del en un una con para por que no son fue más se al su es lo como entre fueron",
    "fr": "de et le la les des du en un une avec pour par que qui ne pas est sont dans sur au aux plus ont"
    " été ce cette",
    "de": "der die das und in den von mit für ist sind ein eine einer bei im auf nicht werden wurde wurden"
    " des dem zu als",
    "it": "di e il la i gli le del della dei in un una con per che non sono è nel nella al da si più come stati",
}
_LANGUAGES_OF_WORD: Final = {
    word: tuple(language for language, words in _SMALL_WORDS.items() if word in words.split())
    for word in " ".join(_SMALL_WORDS.values()).split()
}
_ACCENTED: Final = screened(r"[ãõçáéíóúâêôàèìòùñäöüßœ]")
_LETTERS: Final = screened(r"[^\W\d_]+")


def folded_heading(line: str) -> str:
    """A heading without its number, its colon and its capitals.

    >>> folded_heading("2.  Materials and Methods:")
    'materials and methods'
    """
    words = " ".join(_NUMBER_IN_FRONT.sub("", line).split())
    return words.strip(" :.|—-").lower()


def heading_number(line: str) -> str | None:
    """The number in front of a heading ('3.2'), None without one.

    >>> heading_number("3.2 Imaging data")
    '3.2'
    """
    match = re.match(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+[^\W\d]", line)
    return match.group(1) if match else None


def known_section(line: str) -> str | None:
    """The section that a heading names outright, None for any other heading.

    'Objective' is the one name that is none of `kg.model.SECTIONS`: what it opens depends on where it stands.

    >>> known_section("MATERIALS AND METHODS"), known_section("Imaging data")
    ('Methods', None)
    """
    folded = folded_heading(line)
    if not 3 <= len(folded) <= 80:
        return None
    return next((name for name, pattern in _SECTION_PATTERNS if pattern.match(folded)), None)


def language_scores(line: str) -> dict[str, float]:
    """How many small words of each language stand in the line; an accented letter counts half for all but English."""
    folded = line.lower()
    accents = 0.0 if folded.isascii() else 0.5 * len(_ACCENTED.findall(folded))
    scores = {language: 0.0 if language == "en" else accents for language in _SMALL_WORDS}
    for word in _LETTERS.findall(folded):
        for language in _LANGUAGES_OF_WORD.get(word, ()):
            scores[language] += 1
    return scores


def language_of(text: str, default: str = "en") -> str:
    """The language of a stretch by its small words, `default` where they do not tell.

    >>> language_of("sendo o fígado o principal órgão acometido por suas metástases")
    'pt'
    >>> language_of("Hepatic NET")
    'en'
    """
    scores = language_scores(text)
    best = max(scores, key=lambda language: (scores[language], language == default))
    if best == default or scores[best] < 2 or scores[best] < 1.5 * scores[default]:
        return default
    return best
