"""This module holds the rows that find nothing: citations, dates, figure numbers, levels of significance."""

from __future__ import annotations

import re
from typing import Final

from ingest.forms import build
from ingest.forms.parts import YEAR, row
from ingest.forms.row import Reported, Row
from ingest.printed import COUNTED, DASH, FILLER, NUMBER, SIGN, UNIT

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_BEFORE_A_YEAR: Final = re.compile(
    rf"\b(?:[Bb]etween|[Ff]rom|[Ii]n|[Ss]ince|[Tt]o|[Uu]ntil|[Tt]hrough|[Dd]uring|[Aa]nd|of|the|year|[Bb]y"
    rf"|{_MONTH})[,\s]*\Z"
)
# What a number behind it only names: 'Figure 3', 'grade 2', 'segment 8', 'S2, 3 and 8', 'version 16.0'.
_NAMES: Final = re.compile(
    r"(?:(?:\b|(?<=[a-z]))(?:[Ff]ig(?:ure)?s?\.?|FIG(?:URE)?S?\.?|Tables?|TABLES?)|\b(?:tables?|[Rr]ef"
    r"(?:erence)?s?\.?|[Gg]rades?|[Tt]ypes?|[Ss]ubtypes?|[Ss]tages?"
    r"|[Cc]lass(?:es)?|[Pp]hases?|[Ss]egments?|[Gg]roups?|[Cc]ategor(?:y|ies)|[Nn]o\.|NO\.|[Nn]umbers?|[Dd]ay"
    r"|[Cc]ycle|[Pp]art|[Ss]tep|[Zz]one|[Cc]ase|[Pp]atient"
    r"|[Rr]eader|[Oo]bserver|[Aa]rm|[Cc]ohort|[Tt]reatment|[Rr]ecommendation|[Cc]riteri(?:on|a)|G|S|T|N|M|pT|pN"
    r"|Child|F))\s?#?\Z"
)
_KINDS: Final = re.compile(r"\b(?:[Gg]rades?|[Tt]ypes?|[Ss]ubtypes?|[Ss]tages?|[Cc]lass(?:es)?)\s\Z")
_VERSIONED: Final = re.compile(
    r"\b(?:[Vv]ersions?|[Vv]er\.|SPSS|SAS|Stata|STATA|Excel|R|Windows|MATLAB|Prism|[Ss]oftware|RECIST|CTCAE"
    r"|[Ss]ection|[Ee]dition|v\.?)\s?v?\Z"
)
_RATE_AT: Final = re.compile(
    r"\b(?:survivals?|incidences?|rates?|recurrences?|mortality)\b[^.;\d]{0,90}\bat\s+\Z", re.IGNORECASE
)
_CITED: Final = rf"\d{{1,3}}(?:\s*(?:,|;|{DASH})\s*\d{{1,3}}){{0,40}}"
_LIST: Final = (
    rf"\d{{1,3}}{FILLER}*(?:[\s-]*(?:years?|months?))?{DASH}?(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|\s*{DASH}\s*"
    rf"|\s+to\s+)"
)
_SIGNIFICANT: Final = r"(?:statistically )?significan(?:t|ce)"
_DECIDED: Final = r"(?:considered|regarded|deemed|defined|taken|set|accepted|chosen|used|indicat\w+|denot\w+)\b"


def year(_row: Row, match: re.Match[str]) -> list[Reported] | None:
    """A year, if a month or a preposition stands before it."""
    if match.group("sure") is None and not _BEFORE_A_YEAR.search(
        match.string, max(0, match.start() - 14), match.start()
    ):
        return None
    return []


def version(_row: Row, match: re.Match[str]) -> list[Reported] | None:
    """A version of a program or of a set of criteria."""
    start = match.start()
    behind = match.group("behind") and "." in match.group()
    return [] if behind or _VERSIONED.search(match.string, max(0, start - 12), start) else None


def named(_row: Row, match: re.Match[str]) -> list[Reported] | None:
    """A number that a name in front of it makes no quantity."""
    start = match.start()
    return [] if _NAMES.search(match.string, max(0, start - 18), start) else None


def kinds(_row: Row, match: re.Match[str]) -> list[Reported] | None:
    """The numbers of kinds, whatever is of these kinds stands behind them."""
    start = match.start()
    return [] if _KINDS.search(match.string, max(0, start - 12), start) else None


def time_of_a_rate(_row: Row, match: re.Match[str]) -> list[Reported] | None:
    """The times behind 'survival … at': what they are the times of follows or has been said."""
    return [] if _RATE_AT.search(match.string, max(0, match.start() - 120), match.start()) else None


PASSED_OVER_ROWS: Final[tuple[Row, ...]] = (
    row(
        "significance level",
        "none",
        rf"[Pp](?:[\s-]?[Vv]alues?)?\s*(?:of\s+)?(?:{SIGN}|less than|below)\s*(?:or equal to\s*)?{NUMBER}\s*"
        rf"(?:or less\s*)?(?:\([^()]*\)\s*)?"
        rf"(?:(?:was|were|is|being|are)\s+)?{_DECIDED}"
        rf"|(?:level of significance|significance(?: level)?|considered (?:to be )?{_SIGNIFICANT})[^.;()]{{0,45}}?"
        rf"(?:\b[Pp](?:[\s-]?[Vv]alues?)?\s*)?"
        rf"(?:{SIGN}|less than|below|\bof|\bat)\s*(?:{SIGN}|less than)?\s*0?\.\d+",
        build.nothing,
        anchor="level",
        needs=("onsidered", "ignifican", "defined", "set ", "egarded", "eemed"),
        example="A P value of less than .05 was considered to indicate a significant difference.",
        refusal="The difference was significant (P < 0.05).",
    ),
)

LATER_PASSED_OVER_ROWS: Final[tuple[Row, ...]] = (
    row(
        "digital object identifier",
        "none",
        r"10\.\d{4,}/\S+",
        build.nothing,
        needs=("10.",),
        example="doi 10.3389/fonc.2024.1391663",
        refusal="10.5/12.5",
    ),
    row(
        "a power of ten",
        "none",
        rf"{NUMBER}\s?[×x*·]\s?10\s?\^?[-−–⁻]?\s?[\d⁰-⁹²³]{{1,2}}(?![\d.])(?!\s?{UNIT})",
        build.nothing,
        needs=("10",),
        example="2.5 × 10^5 u/m2",
        refusal="1.2 × 10−3 mm2/s",
    ),
    row(
        "date",
        "none",
        rf"(?P<sure>{YEAR}\s*(?:{DASH}|/)\s*(?:{YEAR}|\d\d)(?!\d)(?!\s*(?:{UNIT}))|(?:0?[1-9]|1[0-2])/{YEAR}"
        rf"(?:\s*{DASH}\s*(?:0?[1-9]|1[0-2])/{YEAR})?"
        rf"|\d{{1,2}}(?P<dot>[./])\d{{1,2}}(?P=dot)(?:{YEAR}|\d\d)(?!\d)|(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)"
        rf"(?:{_MONTH},?\s+)?(?:of\s+)?{YEAR}(?![\w.])"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})|{YEAR}(?=\s*(?:[,.;:()\[\]]|and|to|at|until|through|[A-Z]|\Z|WHO"
        rf"|edition|version|{DASH}))",
        year,
        example="From 04/2010–07/2012",
        refusal="in 12 of 23 patients",
    ),
    row(
        "years of experience",
        "none",
        rf"(?:{_LIST}){{0,8}}{NUMBER}{FILLER}*[\s-]*(?:years?|yrs?)?['’]?(?:\s+[A-Za-z]+){{0,6}}?\s+(?:experience"
        rf"|expertise|training)\b",
        build.nothing,
        needs=("experience", "expertise", "training"),
        example="with 8 and 12 years of expertise in imaging",
        refusal="followed for 8 years",
    ),
    row(
        "years of a rate",
        "none",
        rf"(?:{_LIST}){{0,8}}\d{{1,3}}{FILLER}*[\s-]*(?:years?|months?|days?|yr)"
        rf"(?=[\s-]+(?:\(?[\w-]+\)?\s+){{0,6}}?(?:survivals?|mortality|OS|DFS|PFS|RFS|recurrence|rates?)\b)",
        build.nothing,
        needs=("surviv", "mortal", "OS", "FS", "recurr", "rate"),
        example="1- and 2-year survivals of 82 and 63 %",
        refusal="a 1-year follow-up",
    ),
    row(
        "times of a rate",
        "none",
        rf"(?:{_LIST}){{0,8}}\d{{1,3}}{FILLER}*[\s-]*(?:years?|months?|weeks?)\b",
        time_of_a_rate,
        needs=(" at ",),
        example="The cumulative incidences of recurrence at 6, 12 and 24 months",
        refusal="died 24 months after surgery",
    ),
    row(
        "version",
        "none",
        r"\d{1,3}(?:\.\d+)*(?![\w%])(?P<behind>\s+version\b)?",
        version,
        example="SPSS version 16.0 was used",
        refusal="a cut-off of 16.0",
    ),
    row(
        "numbered kinds",
        "none",
        rf"\d(?:\s*(?:,|and|or|&|{DASH}|to|/)\s*\d){{1,4}}(?=\s+(?:{COUNTED})\b)",
        kinds,
        anchor="digit",
        example="in type 1 and 2 tumors",
        refusal="in 1 and 2 tumors",
    ),
    row(
        "numbered thing",
        "none",
        rf"\d{{1,3}}(?!\.?\d)[A-Za-z]?(?:\s*(?:,\s*(?:and\s)?|and|or|&|{DASH}|to|/)\s*[GSTNM]?\d{{1,3}}[A-Za-z]?"
        rf"(?!\s*(?:%|{UNIT}|{COUNTED})|\.\d|\w|{FILLER})){{0,20}}(?![\w%])",
        named,
        anchor="digit",
        example="located in S2, 3, and 8",
        refusal="in 3 patients",
    ),
    row(
        "citation in brackets",
        "none",
        rf"\[\s*{_CITED}\s*\](?!\s*%)|(?<=[\w.,;)’” ])\(\s*{_CITED}\s*\)(?!\s*%)",
        build.nothing,
        anchor="bracket",
        example="as reported before [3–5]",
        refusal="in 13 of 18 [13/18]",
    ),
    row(
        "citation behind a word",
        "none",
        rf"(?:(?<=[a-zα-ω]{{4}})|(?<=[a-zα-ω]{{4}}[,;])){_CITED}(?=[\s.,;:)]|\Z)(?!\s*(?:{COUNTED}|{UNIT}))"
        rf"|(?<=[a-z)\]%]\.)\d{{1,3}}(?:\s?[,–-]\s?\d{{1,3}}){{0,20}}(?=\s|\Z)|(?<=et al\. )\d{{1,3}}(?=\s)",
        build.nothing,
        anchor="digit",
        example="improved survival.21",
        refusal="vs. 14.3±5.0",
    ),
)
