"""This module is the grammar of printed statistics: one row a printed form, each with an example and a refusal."""

from __future__ import annotations

import re
from typing import Final

from ingest import grammar
from ingest.grammar import Builder, Row
from ingest.printed import ADJECTIVE, CLOSES, COUNTED, COUNTED_ONE, DASH, FILLER, NUMBER, SHARES_UNIT, SIGN, STARTS, TO, UNIT, WHOLE

# --- parts that several rows share ---------------------------------------------------------------------------------------

_CI: Final = r"(?:CIs?\b|C\.I\.|[Cc]onfidence [Ii]ntervals?(?:\s*[(\[]CI[)\]])?)"
_INTERVAL: Final = (
    rf"\s*[,;:(\[]*\s*(?P<level>9\d(?:\.\d+)?)\s?%\s*{_CI}\s*(?:[:=,]|of|was|is)?\s*[(\[]?\s*"
    rf"(?P<lo>{NUMBER})\s?%?\s*(?:{DASH}|to|,|;)\s*(?P<hi>{NUMBER})\s?%?"
)
_BARE_INTERVAL: Final = (
    rf"\s*[(\[,;]\s*(?P<level>(?!))?(?:{_CI}\s*[:=,]?\s*)?(?P<lo>{NUMBER})\s*(?:{DASH}|to|,)\s*(?P<hi>{NUMBER})\s*[)\]]"
)
_NO_INTERVAL: Final = r"(?P<level>(?!))?(?P<lo>(?!))?(?P<hi>(?!))?"
_EFFECT: Final = (
    r"(?:Exp\s?\(\s?[Bβ]\s?\)|\b(?:a|s|csH|H|O|I)?(?:OR|HR|RR)\b|\bI?RRs?\b|\b[NPD]?LR[+−-]?|\bDOR\b"
    r"|\b(?:odds|hazards?|risk|rate|likelihood) ratios?|\brelative risks?)"
)
_AGREEMENT: Final = (
    r"(?:\bAU(?:RO)?Cs?\b|\b[Aa]rea under (?:the )?(?:ROC|(?:receiver[- ]operating[- ]characteristic )?curve)?(?: curve)?|\b[Cc]-(?:index|statistic)"
    r"|κ|\b[Kk]appa\b|\bICCs?\b|\b[Ii]ntra-?class correlation(?: coefficients?)?|\b(?:[Pp]earson|[Ss]pearman)(?:['’]s)?(?: rank)?(?: correlation)?(?: coefficient)?"
    r"|\b[Cc]orrelation coefficients?|(?<![\w.-])[rρ][Ss2²]?(?=\s?=)|\brho\b)"
)
_LINKS: Final = (
    r"(?:\s*\((?:AU(?:RO)?C|OR|HR|RR|ICC|κ|k|r)s?\))?(?:\s+(?:values?|coefficients?|scores?|index|statistics?|of|was|were|is|are|at|as))*\s*[:,]?\s*"
)
_ENDS: Final = rf"(?![\d%])(?![.·]\d)(?!\s?%)(?!{TO}\.?\d)"
_N_OF: Final = r"(?:\s?/\s?|\s*(?:out )?of (?:(?:the|these|those|our|all) )*)"
_OPEN: Final = r"\s*[(\[]\s*"
_PERCENT: Final = r"\s?(?:%|％|[Pp]er ?cent\b)"
_CITED: Final = rf"\d{{1,3}}(?:\s*(?:,|;|{DASH})\s*\d{{1,3}})*"
_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
# What a number behind it only names: 'Figure 3', 'grade 2', 'segment 8', 'S2, 3 and 8'.
_NUMBERED: Final = (
    r"[Ff]ig(?:ure)?s?\.?|FIG(?:URE)?S?\.?|[Tt]ables?|TABLES?|[Rr]ef(?:erence)?s?\.?|[Gg]rades?|[Tt]ypes?|[Ss]ubtypes?|[Ss]tages?|[Cc]lass(?:es)?"
    r"|[Pp]hases?|[Ss]egments?|[Gg]roups?|[Cc]ategor(?:y|ies)|[Nn]o\.|NO\.|[Nn]umbers?|[Dd]ay|[Cc]ycle|[Pp]art|[Ss]tep|[Zz]one|[Cc]ase|[Pp]atient"
    r"|[Rr]eader|[Oo]bserver|[Aa]rm|[Cc]ohort|[Tt]reatment|[Rr]ecommendation|[Cc]riteri(?:on|a)|G|S|T|N|M|pT|pN|Child|F"
)
_VERSIONED: Final = (
    r"[Vv]ersions?|[Vv]er\.|SPSS|SAS|Stata|STATA|Excel|R|Windows|MATLAB|Prism|[Ss]oftware|RECIST|CTCAE|[Ss]ection|[Ee]dition|v\.?"
)
_WORDS: Final = rf"(?:\s+{ADJECTIVE}){{0,4}}"
_SIGNIFICANT: Final = r"(?:statistically )?significan(?:t|ce)"


def _row(name: str, kind: str, pattern: str, build: Builder, *, example: str, refusal: str, needs: str = "0123456789") -> Row:
    return Row(name=name, kind=kind, pattern=re.compile(pattern), build=build, example=example, refusal=refusal, needs=needs)


# In order: the longest meaning first. What a row takes, no later row sees.
ROWS: Final[tuple[Row, ...]] = (
    _row(
        "significance level",
        "none",
        rf"\b[Pp](?:[\s-]?values?)?\s*(?:of\s+)?(?:{SIGN}|less than|below)\s*(?:or equal to\s*)?{NUMBER}\s*(?:or less\s*)?(?:\([^()]*\)\s*)?"
        rf"(?:(?:was|were|is|being|are)\s+)?(?:considered|regarded|deemed|defined|taken|set|accepted|chosen|used|indicat\w+|denot\w+)\b"
        rf"|(?:significance level|level of significance|significance (?:was|were) (?:set|defined|accepted|established|assumed|considered)"
        rf"|considered (?:to be )?(?:{_SIGNIFICANT})[^.;]{{0,25}}?)[^.;()]{{0,30}}?(?:\b[Pp](?:[\s-]?values?)?\s*)?(?:{SIGN}|less than|below|of|at)\s*(?:{SIGN}|less than)?\s*{NUMBER}",
        grammar.nothing,
        example="A P value of less than .05 was considered to indicate a significant difference.",
        refusal="The difference was significant (P < 0.05).",
    ),
    _row(
        "effect with interval",
        "ratio",
        rf"(?P<label>{_EFFECT}){_LINKS}(?P<op>{SIGN})?\s*(?P<value>{NUMBER}){_INTERVAL}",
        grammar.labelled,
        example="Exp (B) = 0.113, 95.0 % CI = 0.020–0.622",
        refusal="an odds ratio was computed for 23 patients",
        needs="%",
    ),
    _row(
        "effect with range",
        "ratio",
        rf"(?P<label>{_EFFECT}){_LINKS}(?P<op>{SIGN})?\s*(?P<value>{NUMBER}){_BARE_INTERVAL}",
        grammar.labelled,
        example="HR 0.5 (0.3–0.9)",
        refusal="HR 0.5 (12 patients)",
        needs="ORr",
    ),
    _row(
        "effect",
        "ratio",
        rf"(?P<label>{_EFFECT}){_LINKS}(?P<op>{SIGN})?\s*(?P<value>{NUMBER}){_ENDS}{_NO_INTERVAL}",
        grammar.labelled,
        example="an odds ratio of 4.2",
        refusal="the hazard ratio was 12%",
        needs="ORr",
    ),
    _row(
        "agreement with interval",
        "auc",
        rf"(?P<label>{_AGREEMENT}){_LINKS}(?P<op>{SIGN})?\s*(?P<value>{NUMBER}){_INTERVAL}",
        grammar.labelled,
        example="had an AUC of 0.856 (95%CI=0.749-0.963)",
        refusal="the AUC was computed with 95% CI",
        needs="%",
    ),
    _row(
        "agreement",
        "auc",
        rf"(?P<label>{_AGREEMENT}){_LINKS}(?P<op>{SIGN})?\s*(?P<value>[-−–]?{NUMBER}){_ENDS}{_NO_INTERVAL}",
        grammar.labelled,
        example="shape κ= 0.789",
        refusal="A kappa of 0.81-1.0 is perfect",
        needs="CκKknrρ",
    ),
    _row(
        "p value",
        "p_value",
        rf"\b[Pp](?:\s*-?\s*values?)?(?: for [a-z]+)?(?:\s*[=:,]\s*(?=[<>≤≥])|\s+of\s+|\s+was\s+)?\s*(?P<list>(?:{SIGN}|:|less than|greater than|more than)\s*{NUMBER}"
        rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:{SIGN}\s*)?0?\.\d+(?![\d%]|\s?%|\s*±|\s*{DASH}|\s*\())*)(?![\d%])",
        grammar.p_values,
        example="(P =0.038)",
        refusal="P 23 patients",
        needs="pP",
    ),
    _row(
        "p value of",
        "p_value",
        rf"\b[Pp][\s-]?values?(?: for [a-z]+)?\s+(?:of|was|were|is|are)\s+(?P<list>0?\.\d+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:{SIGN}\s*)?0?\.\d+)*)",
        grammar.p_values,
        example="with a P value of 0.03",
        refusal="the p values of 12 tests",
        needs="pP",
    ),
    _row(
        "test statistic",
        "test_statistic",
        rf"(?P<test>(?:χ|[Xx]|\bchi)[\s-]?(?:2|²|square[ds]?)|(?<![\w.-])(?:[tFZzUuWHQ]|I2|I²))(?:\s*\(\s*\d+(?:\s*,\s*\d+)?\s*\))?\s*(?P<op>[=<>])\s*(?P<value>[-−–]?\s?{NUMBER})(?![\d%])",
        grammar.test_statistics,
        example="(Z=-0.472, P = 0.637)",
        refusal="the t test of 23 patients",
        needs="=<>",
    ),
    _row(
        "value with interval",
        "value",
        rf"{STARTS}(?P<value>{NUMBER})\s?(?P<sign>%)?\s*(?P<unit>{UNIT})?{_INTERVAL}",
        grammar.with_interval,
        example="sensitivity was 82.6% (95% CI: 61.2–95.0)",
        refusal="82.6% (19 of 23)",
        needs="%",
    ),
    _row(
        "percent with n of N",
        "proportion",
        rf"{STARTS}(?P<pct>{NUMBER}){_PERCENT}(?:\s+(?:of|in)(?:\s+(?:the|all|our|these|{ADJECTIVE})){{1,5}}\s*(?=[(\[]))?\s*[(\[,;:]\s*(?:n\s*=\s*)?(?P<n>{WHOLE}){_N_OF}(?P<N>{WHOLE})(?:\s+{ADJECTIVE}){{0,3}}\s*[)\]]?",
        grammar.proportion,
        example="82.6% (19 of 23)",
        refusal="82.6% (19)",
        needs="%",
    ),
    _row(
        "n of N with percent",
        "proportion",
        rf"{STARTS}(?:(?P<again>{WHOLE})(?:\s+[A-Za-z][\w-]*){{0,6}}{_OPEN})?(?P<n>{WHOLE}){_N_OF}(?P<N>{WHOLE}){_WORDS}\s*[(\[,;:=]\s*(?P<pct>{NUMBER}){_PERCENT}\s*[)\]]?",
        grammar.proportion,
        example="eight perivascular tumors (8/ 74, 10.8%)",
        refusal="in 8 of 74 tumors",
        needs="%",
    ),
    _row(
        "n with percent, of N",
        "proportion",
        rf"{STARTS}(?P<n>{WHOLE}){_WORDS}{_OPEN}(?P<pct>{NUMBER}){_PERCENT}\s*[)\]]{_N_OF}(?P<N>{WHOLE})",
        grammar.proportion,
        example="15 (65.2%) of 23 patients",
        refusal="15 (65.2%) patients",
        needs="%",
    ),
    _row(
        "n with percent",
        "proportion",
        rf"{STARTS}(?:[nN]\s*=\s*)?(?P<n>{WHOLE}){_WORDS}\s*(?:{_OPEN}|[,;]\s*(?=[^()]*\)))(?P<pct>{NUMBER}){_PERCENT}\s*[)\]]?",
        grammar.proportion,
        example="5 (21.7%)",
        refusal="in 2010 and 21.7%",
        needs="%",
    ),
    _row(
        "percent with n",
        "proportion",
        rf"{STARTS}(?P<pct>{NUMBER}){_PERCENT}\s*(?:{_OPEN}|[,;]\s*(?=n\s?=))(?:n\s*=\s*(?P<n>{WHOLE})(?:\s+{ADJECTIVE}){{0,2}}|(?P<n2>{WHOLE})(?:\s+{ADJECTIVE}){{0,2}}\s+{COUNTED})\s*[)\]]",
        grammar.proportion,
        example="82.6% (n = 19)",
        refusal="82.6% (P = 0.04)",
        needs="%",
    ),
    _row(
        "mean and SD",
        "mean_sd",
        rf"{STARTS}(?P<mean>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?\s*(?:±|\+/[-−–]|\+[-−–])\s*\.?(?P<sd>\d+\. \d+|{NUMBER})\s*(?P<unit2>{UNIT})?"
        rf"(?:\s*[(\[]\s*(?:range\s*[:,]?\s*)?(?P<lo>{NUMBER}){TO}(?P<hi>{NUMBER})\**\s*(?P<unit3>{UNIT})?\s*[)\]]?)?",
        grammar.mean_and_sd,
        example="44.57±41.37mm",
        refusal="44.57 and 41.37 mm",
        needs="±+",
    ),
    _row(
        "mean with a named SD",
        "mean_sd",
        rf"{STARTS}(?P<mean>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?\s*[(\[,]\s*(?:SD|s\.d\.|[Ss]tandard deviation)\s*[:=,]?\s*±?\s*(?P<sd>{NUMBER})\s*(?P<unit2>{UNIT})?\s*[)\]]?",
        grammar.mean_with_named_sd,
        example="3.4 cm (SD 1.2)",
        refusal="3.4 cm (1.2)",
        needs="Ss",
    ),
    _row(
        "percent with range",
        "percent",
        rf"{STARTS}(?P<pct>{NUMBER}){_PERCENT}\s*[(\[,]\s*(?:IQR|[Ii]nter-?quartile range|[Rr]ange)\s*[:,=]?\s*(?P<lo>{NUMBER})\s?%?{TO}(?P<hi>{NUMBER})\s?%\s*[)\]]?",
        grammar.percent_with_range,
        example="sensitivity is 93% (range 85–100%)",
        refusal="93% (85 of 91)",
        needs="%",
    ),
    _row(
        "centre and spread",
        "median_iqr",
        rf"(?:(?P<centre>[Mm]edian|[Mm]ean|[Aa]verage)[^.;%()±]{{0,50}}?)?{STARTS}(?P<value>{NUMBER})[\s-]*(?P<unit>{UNIT})?\s*[(\[,;]\s*"
        rf"(?P<spread>IQR|[Ii]nter-?quartile range|[Rr]ange)(?:\s*\(IQR\))?\s*[:,=]?\s*(?:from |was |of )?(?:(?P<lo>{NUMBER})\s*(?:{UNIT})?(?:{TO}|\s*,\s*)(?P<hi>{NUMBER})|(?P<iqr>{NUMBER}))\s*-?(?P<unit2>{UNIT})?\s*[)\]]?",
        grammar.centre_and_spread,
        example="a median age of 65.5 years (interquartile range, 23.25 years)",
        refusal="a range of 40 to 89",
        needs="rR",
    ),
    _row(
        "centre with range in brackets",
        "median_iqr",
        rf"(?P<centre>[Mm]edian|[Mm]ean|[Aa]verage)[^.;%()±\d]{{0,50}}?{STARTS}(?P<value>{NUMBER})[\s-]*(?P<unit>{UNIT})?\s*(?P<spread>[(\[])\s*(?P<iqr>(?!))?"
        rf"(?P<lo>{NUMBER}){TO}(?P<hi>{NUMBER})\s*(?P<unit2>{UNIT})?\s*[)\]]",
        grammar.centre_and_spread,
        example="median age 61 years (33–75)",
        refusal="median age 61 years (n = 33)",
        needs="([",
    ),
    _row(
        "size",
        "size",
        rf"{STARTS}(?P<a>{NUMBER})\s*(?:{UNIT})?\s*[x×X✕*]\s*(?!10\s?[-−–^⁻])(?P<b>{NUMBER})\s*(?:(?:{UNIT})?\s*[x×X✕*]\s*(?P<c>{NUMBER})\s*)?-?(?P<unit>{UNIT})",
        grammar.sizes,
        example="90.4mm x80.5mm",
        refusal="24 (2 × 12) patients",
        needs="x×X✕*",
    ),
    # What follows, up to 'citation behind a word', takes away numbers that are no statistics.
    _row(
        "date",
        "none",
        rf"(?<!\d){_YEAR}\s*(?:{DASH}|/)\s*(?:{_YEAR}|\d\d)(?!\d)(?!\s*(?:{UNIT}))|(?<!\d)(?:0?[1-9]|1[0-2])/{_YEAR}(?:\s*{DASH}\s*(?:0?[1-9]|1[0-2])/{_YEAR})?|(?<!\d)\d{{1,2}}(?P<dot>[./])\d{{1,2}}(?P=dot)(?:{_YEAR}|\d\d)(?!\d)"
        rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH},?\s+(?:of\s+)?{_YEAR}|(?:[Bb]etween|[Ff]rom|[Ii]n|[Ss]ince|to|until|[Dd]uring|and|of|the|year|by)\s+{_YEAR}(?=\s*(?:[,.;:()\[\]]|and|to|at|until|through|[A-Z]|$|WHO|edition|version))",
        grammar.nothing,
        example="From 04/2010–07/2012",
        refusal="in 12 of 23 patients",
    ),
    _row(
        "years of experience",
        "none",
        rf"{STARTS}(?:{NUMBER}{FILLER}*(?:\s*(?:,|and|or|{DASH}|to)\s*)?)+[\s-]*(?:years?|yrs?)?['’]?(?:\s+[A-Za-z]+){{0,6}}\s+(?:experience|expertise|training)\b",
        grammar.nothing,
        example="with 8 and 12 years of expertise in imaging",
        refusal="followed for 8 years",
        needs="e",
    ),
    _row(
        "years of a rate",
        "none",
        rf"{STARTS}(?:\d{{1,2}}{FILLER}*(?:[\s-]*(?:years?|months?))?{DASH}?(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|\s*{DASH}\s*|\s+to\s+))*\d{{1,3}}{FILLER}*[\s-]*(?:years?|months?|days?|yr)"
        rf"(?=[\s-]+(?:\(?[\w-]+\)?\s+){{0,6}}?(?:survivals?|mortality|OS|DFS|PFS|RFS|recurrence|rates?)\b)"
        rf"|\b(?:survivals?|incidences?|rates?|recurrences?|mortality)\b[^.;\d]{{0,90}}\bat\s+(?:\d{{1,3}}{FILLER}*\s*(?:,\s*(?:and\s+)?|and\s+))*\d{{1,3}}{FILLER}*[\s-]*(?:years?|months?|weeks?)\b",
        grammar.nothing,
        example="1- and 2-year survivals of 82 and 63 %",
        refusal="a 1-year follow-up",
        needs="vmMORPDtc",
    ),
    _row(
        "numbered thing",
        "none",
        rf"(?:(?<=[a-z])(?:Figure|Table)|\b(?:{_NUMBERED}))\s?#?\d{{1,3}}(?!\.\d)[A-Za-z]?"
        rf"(?:\s*(?:,\s*(?:and\s)?|and|or|&|{DASH}|to|/)\s*[GSTNM]?\d{{1,3}}[A-Za-z]?(?!\s*(?:%|{UNIT}|{COUNTED})|\.\d|\w|{FILLER}))*(?![\w%])"
        rf"|\b(?:{_VERSIONED})\s?v?\d{{1,3}}(?:\.\d+)*(?![\w%])|\b\d+(?:\.\d+)+\s+version\b",
        grammar.nothing,
        example="located in S2, 3, and 8",
        refusal="in 3 patients",
    ),
    _row(
        "citation in brackets",
        "none",
        rf"\[\s*{_CITED}\s*\](?!\s*%)|(?<=[\w.,;)’”])\s?\(\s*{_CITED}\s*\)(?!\s*%)",
        grammar.nothing,
        example="as reported before [3–5]",
        refusal="in 13 of 18 [13/18]",
        needs="[(",
    ),
    _row(
        "citation behind a word",
        "none",
        rf"(?<=[a-zα-ω]{{4}})[.,;]?{_CITED}(?=[\s.,;:)]|$)(?!\s*(?:{COUNTED}|{UNIT}))|(?<=[a-z)\]%]\.)\d{{1,3}}(?:\s?[,–-]\s?\d{{1,3}})*(?=\s|$)|(?<=et al\.)\s?\d{{1,3}}(?=\s)",
        grammar.nothing,
        example="improved survival.21",
        refusal="vs.14.3±5.0",
    ),
    _row(
        "rate per population",
        "incidence_rate",
        rf"{STARTS}(?P<value>{NUMBER})\s*(?P<unit>(?:new\s+)?(?:cases?|patients?|persons?|deaths)?\s*(?:per|/|in|out of|for every)\s*(?:1[, ]?0{{3}}|10[, ]?0{{3}}|100[, ]?0{{3}}|1[, ]?000[, ]?000|(?:one |a )?million|100)(?![\d.])(?:\s+(?:population|person-years|patient-years|individuals|people|inhabitants|persons|patients|adults|live births|women|men))?(?:\s*(?:per|/|a)\s*(?:year|annum)|\s+annually)?)(?P<per_year>(?!))?",
        grammar.rate,
        example="1.52 cases/100,000 population",
        refusal="1.52 ml per kg",
        needs="0m",
    ),
    _row(
        "rate per year",
        "incidence_rate",
        rf"{STARTS}(?P<value>\d{{1,3}}(?:[.,]\d{{3}})+|{NUMBER})\s*(?P<unit>(?:(?:new\s+)?(?:cases?|patients?|deaths|%)\s*)?(?P<per_year>(?:per|/|a|each)\s*(?:year|annum)|annually))\b",
        grammar.rate,
        example="an annual incidence of around 750.000 per year",
        refusal="two visits in a year",
        needs="y",
    ),
    _row(
        "ratio",
        "ratio",
        rf"{STARTS}(?P<n>\d+(?:\.\d+)?)\s?:\s?(?P<N>\d+(?:\.\d+)?)(?![\d:.]|\s?[ap]\.?m)",
        grammar.ratio,
        example="were randomized 1:1 to receive",
        refusal="at 12:30:15",
        needs=":",
    ),
    _row(
        "n of N",
        "proportion",
        rf"{STARTS}(?:(?P<again>{WHOLE})(?:\s+[A-Za-z][\w-]*){{0,6}}{_OPEN})?(?P<n>{WHOLE}){_N_OF}(?P<N>{WHOLE})(?![\w%/])(?!\s?%)(?:\s+{ADJECTIVE}){{0,2}}?(?:\s+{COUNTED})?",
        grammar.proportion,
        example="16 of 34 liver NETs",
        refusal="46.3/52.1",
        needs="/o",
    ),
    _row(
        "n equals",
        "count",
        rf"(?<![\w.])[nN]\s*(?P<sign>{SIGN}|:)\s*(?P<n>{WHOLE})",
        grammar.counts,
        example="hepatocellular carcinoma (n=7)",
        refusal="then 7 patients",
        needs="nN",
    ),
    _row(
        "percent range",
        "percent_range",
        rf"{STARTS}(?P<lo>{NUMBER})(?:{_PERCENT})?(?:{TO}|(?:(?<=[Bb]etween \d\d%)|(?<=[Bb]etween \d\d)|(?<=[Bb]etween \d%)|(?<=[Bb]etween \d\d\.\d%))\s+and\s+)(?P<hi>{NUMBER}){_PERCENT}",
        grammar.ranges,
        example="46–93%",
        refusal="46% (12 of 26)",
        needs="%p",
    ),
    _row(
        "percent",
        "percent",
        rf"{STARTS}(?P<list>{NUMBER}{FILLER}*(?:{SHARES_UNIT}{NUMBER}{FILLER}*)*){_PERCENT}(?!\s*{_CI})",
        grammar.each_number,
        example="survivals of 82 and 63 %",
        refusal="95% CI",
        needs="%p",
    ),
    _row(
        "half",
        "percent",
        r"\b(?:(?:[Jj]ust|[Ss]lightly|[Ww]ell)\s+)?(?:(?P<op>[Oo]ver|[Uu]nder|[Mm]ore than|[Ll]ess than|[Nn]early|[Aa]lmost|[Aa]bout|[Aa]pproximately|[Aa]bove|[Bb]elow)\s+)?(?:one[- ])?half(?=\s+(?:of\s+(?:the\s+|all\s+|these\s+|our\s+)?[A-Za-z]|the (?:patients|cases|lesions)))",
        grammar.half,
        example="Just over half of NENs",
        refusal="half an hour",
        needs="h",
    ),
    _row(
        "range with unit",
        "range",
        rf"(?:{STARTS}(?P<lo>{NUMBER}{FILLER}*)\s*(?:{UNIT})?{TO}|\b[Bb]etween\s+(?P<lo2>{NUMBER}{FILLER}*)\s*(?:{UNIT})?\s+and\s+)(?P<hi>{NUMBER}{FILLER}*)[\s-]*(?P<unit>{UNIT}|{COUNTED})",
        grammar.ranges,
        example="from 40 to 89 years",
        refusal="40 patients, 89 years",
    ),
    _row(
        "age",
        "value",
        rf"{STARTS}(?P<value>\d{{1,3}}{FILLER}*)[\s-]*(?P<unit>years?|yrs?|y|months?|weeks?|days?)(?:[\s-]+(?:old|of age)\b|/o\b|(?=,?\s+(?:old|wom[ae]n|m[ae]n|female|male)\b))",
        grammar.value,
        example="58-year-old male",
        refusal="followed for 58 months",
        needs="ymwd",
    ),
    _row(
        "range in words",
        "range",
        rf"(?:[Rr]ang(?:e|ed|es|ing)\b(?:\s*(?:of|was|is|from|between|were|:|,|=))*|\b[Ff]rom|\b[Bb]etween)\s*(?P<lo>{NUMBER}{FILLER}*)(?:{TO}|\s+and\s+)(?P<hi>{NUMBER}{FILLER}*)(?![\w%])",
        grammar.ranges,
        example="(range 1–10)",
        refusal="a wide range of 12 tests",
        needs="rfbRFB",
    ),
    _row(
        "range of decimals",
        "range",
        rf"{STARTS}(?P<lo>\d*\.\d+|0){TO}(?P<hi>\d*\.\d+){CLOSES}",
        grammar.ranges,
        example="0.61-0.80 suggested substantial agreement",
        refusal="[61–80]",
        needs=".",
    ),
    _row(
        "times a day or year",
        "none",
        rf"{STARTS}\d{{1,2}}-(?:h|hour|hr)\b(?=\s+(?:urine|urinary|period|collection))|{STARTS}24\s?h\b",
        grammar.nothing,
        example="in a 24-h urine sample",
        refusal="after 24 hours",
        needs="h",
    ),
    _row(
        "decimals with a stroke",
        "value",
        rf"{STARTS}(?P<list>\d+\.\d+\s?/\s?\d+\.\d+)(?:\s?(?P<unit>{UNIT})|{CLOSES})",
        grammar.each_number,
        example="pre-contrast 46.3/52.1",
        refusal="in 6/12 cases",
        needs="/",
    ),
    _row(
        "value before a compared one",
        "value",
        rf"{STARTS}(?P<list>{NUMBER})(?=\s+(?:for|in|after|with)\s+[A-Za-z][\w\s-]{{0,30}}?\s+(?:versus|vs\.?|compared (?:with|to))\s+{NUMBER}\s?(?P<unit>{UNIT}))",
        grammar.each_number,
        example="PFS (180 for SIRT versus 216 days for TACE)",
        refusal="12 for each, 13 days",
        needs="v",
    ),
    _row(
        "value with unit",
        "value",
        rf"{STARTS}(?P<list>{NUMBER}{FILLER}*(?:{SHARES_UNIT}{NUMBER}{FILLER}*)*)[\s-]?(?P<unit>{UNIT})",
        grammar.each_number,
        example="intervals of 28s, 58s, and 120s",
        refusal="in 28 livers",
    ),
    _row(
        "n of them",
        "count",
        rf"{STARTS}(?P<n>{WHOLE})\s+(?:out\s+)?of\s+(?:(?:which|whom|them)\b|(?:(?:all|the|these|those|our)\s+)+(?:{ADJECTIVE}\s+){{0,3}}?(?P<noun>{COUNTED}))",
        grammar.counts,
        example="seven out of all enhanced cases",
        refusal="seven of 12 cases",
        needs="o",
    ),
    _row(
        "counts with a noun",
        "count",
        rf"{STARTS}(?P<list>{WHOLE}(?:\s+and\s+{WHOLE})?)(?:(?=[a-z])|[\s-]+(?:(?:{ADJECTIVE}|\([^()]{{1,25}}\))\s+){{0,4}}?)(?P<unit>{COUNTED})",
        grammar.noun_counts,
        example="Twelve patients",
        refusal="In 2012 patients were",
    ),
    _row(
        "one with a noun",
        "count",
        rf"{STARTS}(?<!\bmore than )(?<!the )(?P<list>1(?![.,]?\d){FILLER}*)(?:[\s-]+(?:(?:{ADJECTIVE}|\([^()]{{1,25}}\))\s+){{0,3}}?)(?P<unit>{COUNTED_ONE})",
        grammar.noun_counts,
        example="while one case had a complete capsule",
        refusal="one of the lobes",
        needs="1",
    ),
    _row(
        "one, in words",
        "count",
        rf"\b(?:(?:[Yy]et [Aa]nother|[Aa]nother|[Aa]n additional)\s+(?:{ADJECTIVE}\s+){{0,1}}?(?P<noun>case|patient|lesion|participant|tumou?r|mass|nodule|man|woman|subject)"
        rf"|[Aa] single\s+(?P<noun2>case|patient|participant|subject))\b|\banother(?=\s+with\b)|(?:(?<=repeated )|(?<=performed )|(?<=treated ))once\b",
        grammar.single,
        example="were found in another case",
        refusal="another study",
        needs="Aaho",
    ),
    _row(
        "so many of a class",
        "count",
        rf"{STARTS}(?P<n>\d{{1,4}})\s?[×x]\s?(?P<noun>[A-Z])(?![\w.])",
        grammar.counts,
        example="stage (12×B)",
        refusal="12×14 mm",
        needs="×x",
    ),
    _row(
        "threshold",
        "threshold",
        rf"(?P<sign>{SIGN})\s*(?P<value>[-−–]?{NUMBER})(?![\w%])",
        grammar.signed,
        example="mitoses≤20 indicate",
        refusal="≤20 mm",
        needs="<>≤≥⩽⩾=~∼≈＜＞",
    ),
    _row(
        "threshold in words",
        "threshold",
        rf"(?:[Ll]ess|[Ff]ewer|[Mm]ore|[Gg]reater|[Hh]igher|[Ll]ower|[Ll]arger|[Ss]maller) than\s+(?P<value>(?!\d+{FILLER})(?:{WHOLE}|\d*\.\d+))(?![\w%-])",
        grammar.value_in_words,
        example="of a patient less than 20, or else",
        refusal="more than one",
        needs="n",
    ),
    _row(
        "a lone decimal",
        "value",
        rf"{STARTS}(?P<value>[-−–]?(?:\d+[.·]\d+|\.\d+)){CLOSES}(?!-[A-Za-z])",
        grammar.value,
        example="(1.15 vs. 0.77)",
        refusal="version 16.0",
        needs=".·",
    ),
    _row(
        "a number with thousands",
        "value",
        rf"{STARTS}(?P<value>\d{{1,3}}(?:,\d{{3}})+){CLOSES}",
        grammar.value,
        example="the 3,400 and 11,242 peaks",
        refusal="[3,40]",
        needs=",",
    ),
    _row(
        "a count without its noun",
        "count",
        rf"(?:(?<=\band )|(?<=, )|(?<=; )|(?<=: )|(?<=only )|(?<=\bof )|(?<=\bin )|(?<=— )|(?<=\()|(?<=with )|(?<=^))(?P<n>(?!{_YEAR}\b)\d{{1,4}}{FILLER}*)"
        r"(?=\s+(?:had|has|have|underwent|received|developed|showed|presented|died|survived|did|were|was|mainly|predominantly|in (?:the|each|both|group)\b|due to|to [A-Z]|demonstrated|exhibited|remained)|\s+and\s+[a-z-]+\s+in\s+\d)",
        grammar.counts,
        example="58 patients had resection and 43 had ablation",
        refusal="in 43 cm",
    ),
)
