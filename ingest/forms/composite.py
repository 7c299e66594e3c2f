"""This module holds the rows of composite forms: several numbers that are one statistic."""

from __future__ import annotations

from typing import Final

from ingest.forms import build
from ingest.forms.parts import ALONE, BARE_INTERVAL, INTERVAL, LINKS, N_OF, OPENS, PERCENT, SPREAD, WORDS, row
from ingest.forms.row import Row
from ingest.printed import ADJECTIVE, COUNTED, DASH, NUMBER, SIGN, TO, UNIT, WHOLE

_EFFECT: Final = (
    r"(?:Exp\s?\(\s?[Bβ]\s?\)|(?:a|s|cs)?(?:OR|HR|RR|IRR|SHR)s?\b|[NPD]?LR[+−-]?|DOR\b"
    r"|(?:[Oo]dds|[Hh]azards?|[Rr]isk|[Rr]ate|[Ll]ikelihood) ratios?|[Rr]elative risks?)"
)
_AGREEMENT: Final = (
    r"(?:AU(?:RO)?Cs?\b|[Aa]rea under (?:the )?(?:(?:ROC|receiver[- ]operating[- ]characteristics?) )?(?:curve)?"
    r"|[Cc]-(?:index|statistic)"
    r"|κ|[Kk]appa\b|ICCs?\b|[Ii]ntra-?class correlation(?: coefficients?)?|(?:[Pp]earson|[Ss]pearman)(?:['’]s)?"
    r"(?: rank)?(?: correlation)?(?: coefficient)?"
    r"|[Cc]orrelation coefficients?|[rρ][Ss2²]?(?=\s?=)|[Rr]ho\b)"
)
_VALUE: Final = rf"(?P<op>{SIGN})?\s*(?P<value>[-−–]?{NUMBER})"
_AGAIN: Final = rf"(?:(?P<again>{WHOLE})(?:\s+[A-Za-z][\w-]*){{0,6}}{OPENS})?"
_MORE_P: Final = (
    rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:{SIGN}\s*)?0?\.\d+(?![\d%]|\s?%|\s*±|\s*{DASH}|\s*\()){{0,30}}"
)
_OF_WHOM: Final = rf"(?:\s+(?:of|in)(?:\s+(?:the|all|our|these|{ADJECTIVE})){{1,5}}\s*(?=[(\[]))?"

COMPOSITE_ROWS: Final[tuple[Row, ...]] = (
    row(
        "effect with interval",
        "ratio",
        rf"(?P<label>{_EFFECT}){LINKS}{_VALUE}{INTERVAL}",
        build.labelled,
        anchor="effect",
        needs=("%",),
        example="Exp (B) = 0.113, 95.0 % CI = 0.020–0.622",
        refusal="an odds ratio was computed for 23 patients",
    ),
    row(
        "effect with range",
        "ratio",
        rf"(?P<label>{_EFFECT}){LINKS}{_VALUE}{BARE_INTERVAL}",
        build.labelled,
        anchor="effect",
        example="HR 0.5 (0.3–0.9)",
        refusal="HR 0.5 (12 patients)",
    ),
    row(
        "effect",
        "ratio",
        rf"(?P<label>{_EFFECT}){LINKS}{_VALUE}{ALONE}",
        build.labelled,
        anchor="effect",
        example="an odds ratio of 4.2",
        refusal="the hazard ratio was 12%",
    ),
    row(
        "agreement with interval",
        "auc",
        rf"(?P<label>{_AGREEMENT}){LINKS}{_VALUE}{INTERVAL}",
        build.labelled,
        anchor="agreement",
        needs=("%",),
        example="had an AUC of 0.856 (95%CI=0.749-0.963)",
        refusal="the AUC was computed with 95% CI",
    ),
    row(
        "agreement",
        "auc",
        rf"(?P<label>{_AGREEMENT}){LINKS}{_VALUE}{ALONE}",
        build.labelled,
        anchor="agreement",
        example="shape κ= 0.789",
        refusal="A kappa of 0.81-1.0 is perfect",
    ),
    row(
        "p value",
        "p_value",
        rf"[Pp](?:\s*-?\s*[Vv]alues?)?(?: for [a-z]+)?(?:\s*[=:,]\s*(?=[<>≤≥])|\s+of\s+|\s+was\s+)?\s*"
        rf"(?P<list>(?:{SIGN}|:|less than|greater than|more than)\s*{NUMBER}{_MORE_P})(?![\d%])",
        build.p_values,
        anchor="p",
        example="(P =0.038)",
        refusal="P 23 patients",
    ),
    row(
        "p value of",
        "p_value",
        rf"[Pp][\s-]?[Vv]alues?(?: for [a-z]+)?\s+(?:of|was|were|is|are)\s+(?P<list>0?\.\d+{_MORE_P})",
        build.p_values,
        anchor="p",
        needs=("alue",),
        example="with a P value of 0.03",
        refusal="the p values of 12 tests",
    ),
    row(
        "test statistic",
        "test_statistic",
        rf"(?P<test>(?:χ|[Xx]|[Cc]hi)[\s-]?(?:2|²|square[ds]?)|[tFZzUuWHQ]|I2|I²)(?:\s*\(\s*\d+"
        rf"(?:\s*,\s*\d+)?\s*\))?\s*(?P<op>[=<>])\s*"
        rf"(?P<value>[-−–]?\s?{NUMBER})(?![\d%]|\.\d|\s*(?:min|hours?|h|s|sec|days?|weeks?)\b)",
        build.tests,
        anchor="test",
        example="(Z=-0.472, P = 0.637)",
        refusal="the t test of 23 patients",
    ),
    row(
        "value with interval",
        "value",
        rf"(?P<value>{NUMBER})\s?(?P<sign>%)?\s*(?P<unit>{UNIT})?{INTERVAL}",
        build.value_with_interval,
        needs=("CI", "onfidence", "C.I."),
        example="sensitivity was 82.6% (95% CI: 61.2–95.0)",
        refusal="82.6% (19 of 23)",
    ),
    row(
        "percent with n of N",
        "proportion",
        rf"(?P<pct>{NUMBER}){PERCENT}{_OF_WHOM}\s*[(\[,;:]\s*(?:n\s*=\s*)?(?P<n>{WHOLE}){N_OF}(?P<N>{WHOLE})"
        rf"(?:\s+{ADJECTIVE}){{0,3}}\s*[)\]]?",
        build.share,
        needs=("%", "cent"),
        example="82.6% (19 of 23)",
        refusal="82.6% (19)",
    ),
    row(
        "n of N with percent",
        "proportion",
        rf"{_AGAIN}(?P<n>{WHOLE}){N_OF}(?P<N>{WHOLE}){WORDS}\s*[(\[,;:=]\s*(?P<pct>{NUMBER}){PERCENT}\s*[)\]]?",
        build.share,
        needs=("%", "cent"),
        example="eight perivascular tumors (8/ 74, 10.8%)",
        refusal="in 8 of 74 tumors",
    ),
    row(
        "n with percent, of N",
        "proportion",
        rf"(?P<n>{WHOLE}){WORDS}{OPENS}(?P<pct>{NUMBER}){PERCENT}\s*[)\]]{N_OF}(?P<N>{WHOLE})",
        build.share,
        needs=("%", "cent"),
        example="15 (65.2%) of 23 patients",
        refusal="15 (65.2%) patients",
    ),
    row(
        "n with percent",
        "proportion",
        rf"(?P<n>{WHOLE}){WORDS}\s*(?:{OPENS}|[,;]\s*(?=[^()]*\)))(?P<pct>{NUMBER}){PERCENT}\s*[)\]]?",
        build.share,
        needs=("%", "cent"),
        example="5 (21.7%)",
        refusal="in 2010 and 21.7%",
    ),
    row(
        "percent with n",
        "proportion",
        rf"(?P<pct>{NUMBER}){PERCENT}\s*(?:{OPENS}|[,;]\s*(?=n\s?=))"
        rf"(?:n\s*=\s*(?P<n>{WHOLE})(?:\s+{ADJECTIVE}){{0,2}}|(?P<n2>{WHOLE})"
        rf"(?:\s+{ADJECTIVE}){{0,2}}\s+{COUNTED})\s*[)\]]",
        build.share,
        needs=("%", "cent"),
        example="82.6% (n = 19)",
        refusal="82.6% (P = 0.04)",
    ),
    row(
        "mean and SD",
        "mean_sd",
        rf"(?P<mean>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?\s*(?:±|\+/[-−–]|\+[-−–])\s*\.?(?P<sd>\d+\. \d+|{NUMBER})\s*"
        rf"(?P<unit2>{UNIT})?"
        rf"(?:\s*[(\[]\s*(?:range\s*[:,]?\s*)?(?P<lo>{NUMBER}){TO}(?P<hi>{NUMBER})\**\s*(?P<unit3>{UNIT})?\s*[)\]]?)?",
        build.mean_and_sd,
        needs=("±", "+"),
        example="44.57±41.37mm",
        refusal="44.57 and 41.37 mm",
    ),
    row(
        "mean with a named SD",
        "mean_sd",
        rf"(?P<mean>[-−–]?{NUMBER})\s*(?P<unit>{UNIT})?\s*[(\[,]\s*(?:SD|s\.d\."
        rf"|[Ss]tandard deviation)\s*[:=,]?\s*±?\s*(?P<sd>{NUMBER})"
        rf"\s*(?P<unit2>{UNIT})?\s*[)\]]?",
        build.mean_and_sd,
        needs=("SD", "s.d.", "tandard dev"),
        example="3.4 cm (SD 1.2)",
        refusal="3.4 cm (1.2)",
    ),
    row(
        "percent with range",
        "percent",
        rf"(?P<pct>{NUMBER}){PERCENT}\s*[(\[,]\s*{SPREAD}(?P<lo>{NUMBER})\s?%?{TO}(?P<hi>{NUMBER})\s?%\s*[)\]]?",
        build.percent_with_range,
        needs=("ange", "IQR"),
        example="sensitivity is 93% (range 85–100%)",
        refusal="93% (85 of 91)",
    ),
    row(
        "centre and spread",
        "median_iqr",
        rf"(?P<value>{NUMBER})[\s-]*(?P<unit>{UNIT})?\s*[(\[,;]\s*{SPREAD}(?:(?P<lo>{NUMBER})\s*(?:{UNIT})?(?:{TO}"
        rf"|\s*,\s*)(?P<hi>{NUMBER})|(?P<iqr>{NUMBER}))"
        rf"\s*-?(?P<unit2>{UNIT})?\s*[)\]]?",
        build.centre_and_spread,
        needs=("ange", "IQR"),
        example="a median age of 65.5 years (interquartile range, 23.25 years)",
        refusal="a range of 40 to 89",
    ),
    row(
        "centre with range in brackets",
        "median_iqr",
        rf"(?P<value>{NUMBER})[\s-]*(?P<unit>{UNIT})?\s*[(\[](?P<spread>(?!))?\s*(?P<lo>{NUMBER}){TO}"
        rf"(?P<hi>{NUMBER})\s*(?P<unit2>{UNIT})?\s*[)\]]",
        build.centre_and_spread,
        needs=("edian", "ean", "verage"),
        example="median age 61 years (33–75)",
        refusal="median age 61 years (n = 33)",
    ),
    row(
        "value with a range as before",
        "value",
        rf"(?P<value>{NUMBER})\s?(?P<sign>%)?\s*(?P<unit>{UNIT})?\s*[(\[]\s*(?P<lo>{NUMBER})\s?%?{TO}"
        rf"(?P<hi>{NUMBER})\s?%?\s*(?P<unit2>{UNIT})?\s*[)\]]",
        build.value_with_said_range,
        needs=("CI", "onfidence", "IQR", "uartile", "ange", "edian", "ean"),
        example="5.1 (95% CI 3.4 to 10.7) and 9.0 (5.0 to 45.5)",
        refusal="in 9.0 (5.0 to 45.5)",
    ),
    row(
        "size",
        "size",
        rf"(?P<a>{NUMBER})\s*(?:{UNIT})?\s*[x×X✕*]\s*(?!10\s?[-−–^⁻])(?P<b>{NUMBER})\s*(?:(?:{UNIT})?\s*[x×X✕*]\s*"
        rf"(?P<c>{NUMBER})\s*)?-?(?P<unit>{UNIT})",
        build.sizes,
        needs=tuple("x×X✕*"),
        example="90.4mm x80.5mm",
        refusal="24 (2 × 12) patients",
    ),
)
