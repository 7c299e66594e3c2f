"""This module holds the rows of simple forms: shares, percentages, ranges, values with a unit, counts."""

from __future__ import annotations

from typing import Final

from ingest.forms import build
from ingest.forms.parts import N_OF, OPENS, PERCENT, YEAR, row
from ingest.forms.row import Row
from ingest.printed import (
    ADJECTIVE,
    CLOSES,
    COUNTED,
    COUNTED_ONE,
    FILLER,
    NUMBER,
    SHARES_UNIT,
    SIGN,
    TO,
    TO_NEEDS,
    UNIT,
    WHOLE,
)

B_VALUE: Final = "b value"
"""The form that reads 'b800', whose letter says what it measures."""

_LIST: Final = rf"(?P<list>{NUMBER}{FILLER}*(?:{SHARES_UNIT}{NUMBER}{FILLER}*){{0,20}})"
_LOW: Final = rf"(?P<lo>{NUMBER}{FILLER}*)"
_HIGH: Final = rf"(?P<hi>{NUMBER}{FILLER}*)"
_MANY: Final = r"(?:1[, ]?0{3}|10[, ]?0{3}|100[, ]?0{3}|1[, ]?000[, ]?000|(?:1\ue000* |a )?million)(?!\d|\.\d)"
_PEOPLE: Final = (
    r"\s+(?:population|person-years|patient-years|individuals|people|inhabitants|persons|adults|live births|women"
    r"|men)\b"
)
_PER_MANY: Final = (
    rf"(?:(?:per|in|for every)\s*(?:{_MANY}(?:{_PEOPLE}|\s+patients)?|100(?:{_PEOPLE}))|/\s*(?:{_MANY}(?:{_PEOPLE})"
    rf"|100[, ]?000(?!\d)|(?:{_MANY}|100)\s+[a-z]+-(?:years|months|days)))"
)
_PER_YEAR: Final = r"(?:(?:per|/|a|each)\s*(?:year|annum)|annually)"
_PER_POPULATION: Final = rf"(?P<unit>(?:new\s+)?(?:cases?|patients?|persons?|deaths)?\s*{_PER_MANY}(?:\s*{_PER_YEAR})?)"
_VERB: Final = (
    r"(?:had|has|have|underwent|received|developed|showed|presented|died|survived|did|were|was|mainly|predominantly"
    r"|demonstrated|exhibited|remained"
    r"|entered|volunteered|attended|completed|refused|declined|withdrew|responded|relapsed|achieved|required"
    r"|recovered|consented|reported|failed|participated"
    r"|in (?:the|each|both|group)\b|due to|to (?:the )?[A-Za-z]|and [a-z-]+ in \d)"
)
_BEFORE_BARE_COUNT: Final = (
    "".join(rf"(?<={word})|" for word in ("and ", ", ", "; ", ": ", "only ", " of ", " in ", "— ", r"\(", "with "))
    + r"(?<!.)"
)
_NO_YEAR: Final = rf"(?!{YEAR}(?!\d))"
_NOUN_PHRASE: Final = rf"(?:(?:{ADJECTIVE}|\([^()]{{1,25}}\))\s+)"

SIMPLE_ROWS: Final[tuple[Row, ...]] = (
    row(
        "rates per population, from and to",
        "incidence_rate",
        rf"(?:{_LOW}{TO}{_HIGH}|(?<=etween )(?P<lo2>{NUMBER})\s+and\s+(?P<hi2>{NUMBER}))\s*{_PER_POPULATION}",
        build.ranges,
        needs=("00", "illion"),
        example="an incidence of 1 to 5 per 100,000",
        refusal="1.1 in the north and 5 per 100,000 in the south",
    ),
    row(
        "rate per population",
        "incidence_rate",
        rf"(?P<value>{NUMBER}{FILLER}*)\s*{_PER_POPULATION}",
        build.rate,
        needs=("00", "illion"),
        example="1.52 cases/100,000 population",
        refusal="1.52 ml per kg",
    ),
    row(
        "rate per year",
        "incidence_rate",
        rf"(?P<value>\d{{1,3}}(?:[.,]\d{{3}})+|{NUMBER})\s*(?P<unit>(?:(?:new\s+)?(?:cases?|patients?|deaths|%)\s*)?"
        rf"(?P<per_year>{_PER_YEAR}))\b",
        build.rate,
        needs=("year", "ann"),
        example="an annual incidence of around 750.000 per year",
        refusal="2 visits in a year",
    ),
    row(
        "ratio",
        "ratio",
        r"(?P<n>\d+(?:\.\d+)?)\s?[:∶]\s?(?P<N>\d+(?:\.\d+)?)(?![\d:]|\.\d|\s?[ap]\.?m)",
        build.ratio,
        needs=(":", "∶"),
        example="were randomized 1:1 to receive",
        refusal="at 12:30:15",
    ),
    row(
        "n of N",
        "proportion",
        rf"(?:(?P<again>{WHOLE})(?:\s+[A-Za-z][\w-]*){{0,6}}{OPENS})?(?P<n>{WHOLE}){N_OF}(?P<N>{WHOLE})(?![\w%/])"
        rf"(?!\s?%|{TO}\d)(?:(?:\s+{ADJECTIVE}){{0,3}}?\s+(?P<noun>{COUNTED}))?",
        build.share,
        needs=("/", "of"),
        example="16 of 34 liver NETs",
        refusal="46.3/52.1",
    ),
    row(
        "n equals",
        "count",
        rf"[nN]\s*(?P<sign>{SIGN}|:)\s*(?P<n>{WHOLE})",
        build.counts,
        anchor="n",
        example="hepatocellular carcinoma (n=7)",
        refusal="then 7 patients",
    ),
    row(
        "percent range",
        "percent_range",
        rf"(?P<lo>{NUMBER})(?:{PERCENT})?{TO}(?P<hi>{NUMBER}){PERCENT}",
        build.ranges,
        needs=("%", "cent", "％"),
        example="46–93%",
        refusal="46% (12 of 26)",
    ),
    row(
        "percent range, between",
        "percent_range",
        rf"(?<=etween )(?P<lo>{NUMBER})(?:{PERCENT})?\s+and\s+(?P<hi>{NUMBER}){PERCENT}",
        build.ranges,
        needs=("etween",),
        example="Between 60% and 90% of NETs",
        refusal="were 60% and 90%",
    ),
    row(
        "percent",
        "percent",
        rf"{_LIST}{PERCENT}(?!\s*(?:CI\b|C\.I|[Cc]onfidence))",
        build.each_number,
        needs=("%", "cent", "％"),
        example="survivals of 82 and 63 %",
        refusal="95% CI",
    ),
    row(
        "half",
        "percent",
        r"(?:(?:[Jj]ust|[Ss]lightly|[Ww]ell)\s+)?(?:(?P<op>[Oo]ver|[Uu]nder|[Mm]ore than|[Ll]ess than|[Nn]early"
        r"|[Aa]lmost|[Aa]bout|[Aa]pproximately)\s+)?"
        r"(?:(?:one|1\ue000*)[- ])?half(?=\s+(?:of\s+(?:the\s+|all\s+|these\s+|our\s+)?[A-Za-z]|the (?:patients"
        r"|cases|lesions)))",
        build.half,
        anchor="half",
        needs=("half",),
        example="Just over half of NENs",
        refusal="half an hour",
    ),
    row(
        "range with unit",
        "range",
        rf"{_LOW}\s*(?:{UNIT})?{TO}{_HIGH}[\s-]*(?P<unit>{UNIT}|{COUNTED})",
        build.ranges,
        needs=TO_NEEDS,
        example="from 40 to 89 years",
        refusal="40 patients, 89 years",
    ),
    row(
        "range with unit, between",
        "range",
        rf"(?<=etween ){_LOW}\s*(?:{UNIT})?\s+and\s+{_HIGH}[\s-]*(?P<unit>{UNIT}|{COUNTED})",
        build.ranges,
        needs=("etween",),
        example="between 40 and 89 years",
        refusal="in 40 and 89 years",
    ),
    row(
        "age",
        "value",
        rf"(?P<value>\d{{1,3}}{FILLER}*)[\s-]*(?P<unit>years?|yrs?|y|months?|weeks?|days?)(?:[\s-]+(?:old|of age)\b"
        rf"|/o\b|(?=,?\s+(?:old|wom[ae]n|m[ae]n|female|male)\b))",
        build.value,
        needs=("old", "age", "/o", "man", "men", "male"),
        example="58-year-old male",
        refusal="followed for 58 months",
    ),
    row(
        "range in words",
        "range",
        rf"(?:(?<=ange )|(?<=anges )|(?<=anged )|(?<=anging )|(?<=ange, )|(?<=ange: )|(?<=ange = )|(?<= of )|"
        rf"(?<=rom )|(?<=etween )|(?<=[Aa]ged )|(?<=[Aa]ges )){_LOW}(?:{TO}|\s+and\s+){_HIGH}(?![\w%])",
        build.ranges,
        needs=("ange", "anging", "rom", "etween", "ged", "ges"),
        example="(range 1–10)",
        refusal="a wide range of 12 tests",
    ),
    row(
        "range of decimals",
        "range",
        rf"(?:(?P<lo>\d*\.\d+){TO}(?P<hi>\d+(?:\.\d+)?|\.\d+)|(?P<lo2>\d+){TO}(?P<hi2>\d*\.\d+)){CLOSES}",
        build.ranges,
        needs=(".",),
        example="0.61-0.80 suggested substantial agreement",
        refusal="[61–80]",
    ),
    row(
        "time of a test",
        "none",
        r"\d{1,2}[\s-]?(?:h|hour|hr)\b(?=\s+(?:urine|urinary|period|collection))",
        build.nothing,
        needs=("h",),
        example="in a 24-h urine sample",
        refusal="after 24 hours",
    ),
    row(
        "decimals with a stroke",
        "value",
        rf"(?P<list>\d+\.\d+\s?/\s?\d+\.\d+)(?:\s?(?P<unit>{UNIT})|{CLOSES})",
        build.each_number,
        needs=("/",),
        example="pre-contrast 46.3/52.1",
        refusal="in 6/12 cases",
    ),
    row(
        "value before a compared one",
        "value",
        rf"(?P<list>{NUMBER})(?=\s+(?:for|in|after|with)\s+[A-Za-z][\w\s-]{{0,30}}?\s+(?:versus|vs\.?|compared "
        rf"(?:with|to))\s+{NUMBER}\s?(?P<unit>{UNIT}))",
        build.each_number,
        needs=("versus", "vs", "compared"),
        example="PFS (180 for SIRT versus 216 days for TACE)",
        refusal="12 for each, 13 days",
    ),
    row(
        B_VALUE,
        "value",
        r"b(?P<value>\d{2,4})(?P<unit>\s?s\s?/\s?mm(?:2|²))?(?!\w)",
        build.value,
        anchor="b",
        example="diffusion-weighted imaging at b800 s/mm2",
        refusal="diffusion-weighted imaging in b800x",
    ),
    row(
        "value with unit",
        "value",
        rf"{_LIST}[\s-]?(?P<unit>{UNIT})",
        build.each_number,
        example="intervals of 28s, 58s, and 120s",
        refusal="in 28 livers",
    ),
    row(
        "n of them",
        "count",
        rf"(?P<n>{WHOLE})\s+(?:out\s+)?of\s+(?:(?:which|whom|them)\b|(?:(?:all|the|these|those|our)\s+)+"
        rf"(?:{ADJECTIVE}\s+){{0,3}}?(?P<noun>{COUNTED}))",
        build.counts,
        needs=("of",),
        example="seven out of all enhanced cases",
        refusal="seven of 12 cases",
    ),
    row(
        "counts with a noun",
        "count",
        rf"(?P<list>{WHOLE}(?:\s+and\s+{WHOLE})?)(?P<more>\s+or more)?(?:(?=[a-z])|[\s-]+{_NOUN_PHRASE}{{0,4}}?)"
        rf"(?P<unit>{COUNTED})",
        build.noun_counts,
        example="Twelve patients",
        refusal="In 2012 patients were",
    ),
    row(
        "one with a noun",
        "count",
        rf"(?<!\bmore than )(?<!the )(?P<list>1(?![.,]?\d){FILLER}*)(?:[\s-]+{_NOUN_PHRASE}{{0,3}}?)"
        rf"(?P<unit>{COUNTED_ONE})",
        build.noun_counts,
        needs=("1",),
        example="while one case had a complete capsule",
        refusal="one of the lobes",
    ),
    row(
        "one, in words",
        "count",
        rf"(?:[Yy]et [Aa]nother|[Aa]nother|[Aa]n additional)\s+(?:{ADJECTIVE}\s+){{0,1}}?(?P<noun>case|patient"
        rf"|lesion|participant|tumou?r|mass|nodule|man|woman|subject)\b"
        r"|[Aa] single\s+(?P<noun2>case|patient|participant|subject)\b|another(?=\s+with\b)|(?:(?<=repeated )|"
        r"(?<=performed )|(?<=treated ))once\b",
        build.one_in_words,
        anchor="one",
        example="were found in another case",
        refusal="another study",
    ),
    row(
        "so many of a class",
        "count",
        r"(?P<n>\d{1,4})\s?[×x]\s?(?P<noun>[A-Z])(?![\w.])",
        build.counts,
        needs=("×", "x"),
        example="stage (12×B)",
        refusal="12×14 mm",
    ),
    row(
        "centre in words",
        "value",
        rf"(?:(?<=edian )|(?<=ean )|(?<=edian of )|(?<=ean of )|(?<=edian: )|(?<=ean: )|(?<=edian, )|(?<=ean, ))"
        rf"(?P<list>{NUMBER}(?:\s+(?:vs\.?|versus)\s+{NUMBER})?)(?![\w%])",
        build.each_number,
        needs=("edian", "ean"),
        example="fever (median 1 vs. 2)",
        refusal="median in 12 tests and 13",
    ),
    row(
        "age in words",
        "value",
        rf"(?:(?<=[Aa]ged )|(?<=[Aa]ge of ))(?P<value>\d{{1,3}}{FILLER}*)(?![\w%.])",
        build.value,
        needs=("ged", "ge of"),
        example="people aged 80 and over",
        refusal="in 80 and over",
    ),
    row(
        "counts listed in brackets",
        "count",
        r"(?<=\()(?P<list>\d+\s+[A-Za-z][A-Za-z +/-]{0,60}?(?:,\s*(?:and\s+)?\d+\s+[A-Za-z][A-Za-z +/-]{0,60}?"
        r"|\s+and\s+\d+\s+[A-Za-z][A-Za-z +/-]{0,60}?){1,20})(?=[);])",
        build.each_number,
        needs=("(",),
        example="the efficacy population (72 Cotrifazid, 71 mefloquine, and 75 quinine)",
        refusal="in the population (72)",
    ),
    row(
        "threshold",
        "threshold",
        rf"(?!\d+{FILLER})(?P<value>[-−–]?{NUMBER})(?![\w%-])",
        build.threshold,
        example="mitoses≤20 indicate",
        refusal="about 20 of them",
    ),
    row(
        "a lone decimal",
        "value",
        rf"(?P<value>[-−–]?(?:\d+[.·]\d+|\.\d+)){CLOSES}(?!-[A-Za-z]|\s?[×x*·]\s?10)",
        build.value,
        needs=(".", "·"),
        example="(1.15 vs. 0.77)",
        refusal="25",
    ),
    row(
        "a number with thousands",
        "value",
        rf"(?P<value>\d{{1,3}}(?:,\d{{3}})+){CLOSES}",
        build.value,
        needs=(",",),
        example="the 3,400 and 11,242 peaks",
        refusal="[3,40]",
    ),
    row(
        "a count without its noun",
        "count",
        rf"(?:{_BEFORE_BARE_COUNT})(?P<n>{_NO_YEAR}\d{{1,4}}{FILLER}*)(?=\s+{_VERB})",
        build.counts,
        example="58 patients had resection and 43 had ablation",
        refusal="in 43 cm",
    ),
)
