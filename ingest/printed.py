"""This module holds what printed statistics are made of: numerals, number words, operators, units, counted nouns."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ingest.screening import screened

# --- numerals ---

# 1,234.5 | 12.30 | 12·30 | .05
NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:[.·]\d+)?|\.\d+)"
# A word such as 'twelve' is first written as digits, the rest of its letters as this character (see `with_digits`).
FILLER: Final = "\ue000"
WHOLE: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?![.·,]?\d){FILLER}*"
# What a number may not stand behind: letters (CD56, T2), a decimal's first half, half of a range or of a name (CA19-9).
# 'vs.14.3' is a number all the same.
# A character class comes first, which the regular expression engine skips to quickly.
NUMBER_STARTS: Final = screened(
    r"[\d.−–-](?:(?<=\d)(?:(?<=vs\.\d)|(?<![\w.\ue000]\d)(?<!\d[,:/–−-]\d)(?<![A-Za-z][–-]\d))"
    r"|(?<=\.)(?=\d)(?<![\w.]\.)|(?<=[−–-])(?=\.?\d)(?<![\w.)\]%].)(?<![\w)\]%][ ].))"
)
DASH: Final = r"[-–—−‐‑]"
TO: Final = rf"(?:\s*(?:{DASH}|~|∼|～)\s*|\s+to\s+)"
TO_NEEDS: Final = (*"-–—−‐‑~∼～", "to")
"""Of which one stands in every text that prints a range."""

CLOSES: Final = r"(?![\w%])(?![.·]\d)"

_ONES: Final = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS: Final = {
    word: 10 * place
    for place, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
NUMBER_WORDS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ONES)},
    **_TENS,
    **{f"{ten}-{one}": value + _ONES.index(one) for ten, value in _TENS.items() for one in _ONES[1:10]},
    "dozen": 12,
    "hundred": 100,
}
_SMALL: Final = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_BELOW_HUNDRED: Final = (
    rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ]{_SMALL})?|ten|eleven|twelve|thirteen|fourteen|fifteen"
    rf"|sixteen|seventeen|eighteen"
    rf"|nineteen|{_SMALL})"
)
_NUMBER_WORD: Final = screened(
    rf"[OTFSENZDHAotfsenzdha](?<!\w.)(?:(?<=[Aa]) (?:hundred|thousand|dozen)\b|(?<=[Oo])ne|(?<=[Tt])(?:wo|hree|en"
    rf"|welve|hirteen)|(?<=[Ff])(?:our(?:teen)?|ive|ifteen)"
    rf"|(?<=[Ss])(?:ix|even)(?:teen)?|(?<=[Ee])(?:ight(?:een)?|leven)|(?<=[Nn])ine(?:teen)?|(?<=[Zz])ero|"
    rf"(?<=[Dd])ozen|(?<=[Hh])undred"
    rf"|(?:(?<=[Tt])(?:wen|hir)|(?<=[Ff])(?:or|if)|(?<=[Ss])(?:ix|even)|(?<=[Ee])igh|(?<=[Nn])ine)ty"
    rf"(?:[- ]{_SMALL})?)(?!\w)"
    rf"(?:[ ](?:hundred|thousand)(?:(?: and)? {_BELOW_HUNDRED})?(?!\w))?"
)


def with_digits(text: str) -> str:
    """The text with number words as digits, filled up so that every place stays the same.

    >>> with_digits("Twelve patients").replace(FILLER, "_")
    '12____ patients'
    >>> with_digits("sixty-nine masses, one-year").replace(FILLER, "_")
    '69________ masses, 1__-year'
    """
    return _NUMBER_WORD.sub(_digits_of, text)


def _digits_of(match: re.Match[str]) -> str:
    word = match.group()
    return str(_value_of(word.lower())).ljust(len(word), FILLER)


def _value_of(words: str) -> int:
    """The value of number words.

    >>> _value_of("one hundred and fifteen"), _value_of("sixty-nine"), _value_of("a dozen")
    (115, 69, 12)
    """
    for name, factor in (("hundred", 100), ("thousand", 1000)):
        if name in words:
            head, _, rest = words.partition(name)
            first = _value_of(head.strip()) if head.strip() not in ("", "a") else 1
            rest = rest.removeprefix(" and").strip()
            return factor * first + (_value_of(rest) if rest else 0)
    words = words.removeprefix("a ")
    return NUMBER_WORDS[words] if words in NUMBER_WORDS else sum(NUMBER_WORDS[word] for word in words.split())


def decimal_of(numeral: str) -> Decimal:
    """A numeral's value with the decimals as printed.

    >>> decimal_of("1,234.50"), decimal_of(".05"), decimal_of("−0.472")
    (Decimal('1234.50'), Decimal('0.05'), Decimal('-0.472'))
    """
    plain = numeral.replace(FILLER, "").replace(",", "").replace("·", ".").replace(" ", "")
    return Decimal(re.sub(r"^[–−‐‑]", "-", plain))


# --- operators ---

_SIGNS: Final = {"<": "<", "≤": "<=", "⩽": "<=", "≦": "<=", ">": ">", "≥": ">=", "⩾": ">=", "≧": ">=", "=": "="}
_SIGNS_OF_ABOUT: Final = dict.fromkeys("~∼≈≃≅", "~")
SIGN: Final = r"(?:[<>]\s?=|=\s?[<>]|[<>≤⩽≦≥⩾≧=~∼≈≃≅＜＞])"
_WORDS_FOR: Final = {
    "<": r"(?:less|fewer|lower|smaller|shorter|younger) than|under|below|just under|not reaching",
    ">": r"(?:more|greater|higher|larger|bigger|longer|older) than|over|above|exceeding|beyond|in excess of|just over",
    "<=": r"up to|at most|(?:no|not) (?:more|greater|larger|longer) than|within|as (?:large|many|much|high|long) as"
    r"|not exceeding|maximum (?:dose )?of|a maximum of",
    ">=": r"at least|(?:no|not) (?:less|fewer) than|(?:a )?minimum of",
    "~": r"about|approximately|approx\.?|around|roughly|circa|ca\.|nearly|almost|close to|some|an estimated"
    r"|estimated(?: at)?",
}
_WORD_GROUPS: Final = "|".join(f"(?P<w{place}>{words})" for place, words in enumerate(_WORDS_FOR.values()))
_SIGN_BEFORE: Final = screened(rf"({SIGN})\s*\Z")
_WORDS_BEFORE: Final = screened(rf"\b(?:{_WORD_GROUPS})\s+(?:the |a )?\Z", re.IGNORECASE)
_OPERATOR_BEHIND: Final = screened(
    r"\s*(?:(?P<more>or (?:more|greater|larger|longer|older|higher|above)|and (?:above|older|over))"
    r"|(?P<less>or (?:less|fewer|smaller|lower|below)|maximum\b))",
    re.IGNORECASE,
)
_LONGEST_OPERATOR: Final = 26


def operator_of(sign: str) -> str | None:
    """The operator that a sign stands for.

    >>> [operator_of(sign) for sign in ("≤", "< =", "=", "~")]
    ['<=', '<=', '=', '~']
    """
    signs = sign.replace(" ", "").replace("＜", "<").replace("＞", ">")
    if len(signs) == 2:
        return ("<" if "<" in signs else ">") + "="
    return _SIGNS.get(signs) or _SIGNS_OF_ABOUT.get(signs)


def operator_before(text: str, start: int) -> tuple[str | None, int]:
    """The operator in front of a number that starts at `start`, and where the expression with it starts.

    >>> operator_before("in up to 22.2% of", 9)
    ('<=', 3)
    """
    first = max(0, start - _LONGEST_OPERATOR)
    stretch = text[first:start]
    if sign := _SIGN_BEFORE.search(stretch):
        return operator_of(sign.group(1)), first + sign.start()
    match = _WORDS_BEFORE.search(stretch)
    if match is None:
        return None, start
    place = next(place for place in range(len(_WORDS_FOR)) if match.group(f"w{place}"))
    return list(_WORDS_FOR)[place], first + match.start()


def operator_behind(text: str, end: int) -> tuple[str | None, int]:
    """The operator behind a number that ends at `end` ('3 mm or greater'), and where the expression with it ends."""
    match = _OPERATOR_BEHIND.match(text, end)
    if match is None:
        return None, end
    return (">=" if match.group("more") else "<="), match.end()


# --- units ---

_TIME: Final = (
    r"years?|yrs?\b\.?|y\b(?!-)|months?|mo\b|weeks?|wks?\b|days?|d\b(?=\s+after)|hours?|hrs?\b|h\b(?!-)|minutes?"
    r"|mins?\b|seconds?|secs?\b|msec\b|ms\b|s\b(?!-)"
)
TIME_UNIT: Final = screened(rf"(?:{_TIME})\Z")
_LENGTH_VOLUME_MASS: Final = (
    r"[kcmµμn]?m[23²³]?\b(?!\.?[A-Z])|c\.?c\.?\b|[mµμd]?[lL]\b|fl\b|mg\s?I\b|mgI\b"
    r"|[kmµμn]?g(?:\s?(?:iodine|I)\b|\b)|mcg\b|pg\b|[mµμnp]?mol\b"
)
_PHYSICAL: Final = (
    r"[GMk]?Bq\b|m?Ci\b|[cm]?Gy\b|m?Sv\b|kVp?\b|[kM]eV\b|mAs?\b|mAU\b|[kmM]?I?U\b|HU\b|HE\b|Hounsfield units?"
    r"|[Tt]esla\b|T\b(?![\w-])|mT\b|[kM]?Hz\b|kcal\b|k?W(?:atts?)?\b|k?J\b|mm\s?Hg\b|[kM]?Pa\b|°\s?C\b|℃|°|\$|US\$|€"
    r"|[kK]?[dD]a\b|bpm\b|dB\b|Fr(?:ench)?\b|gauge\b|G\b(?=\s+needle)|kb\b|bp\b"
)
_COUNTED_UNITS: Final = (
    r"pixels?|voxels?|slices?|(?:detector )?rows?\b|multidetector|MDCT|channels?|high-power fields?|HPFs?\b|fold\b"
    r"|cycles?\b|points?\b|m/z|copies|cells|beats"
)
_PER: Final = (
    r"(?:kg|g|mg|[mdµμ]?[lL]|nl|µl|m[23²³]?|mm[23²³]?|cm[23²³]?|sec(?:ond)?s?|s|min(?:ute)?s?|h(?:our)?s?|d(?:ay)?s?"
    r"|weeks?|months?|years?|session|patient|cycle|dose)\b"
)
_FACTOR: Final = r"(?:[×x*·]\s?10\s?\^?[-−–⁻]?\s?[\d³²⁶]{1,2}\s?)?"  # '× 10−3 mm2/s'
UNIT: Final = (
    rf"(?:{_FACTOR}(?:{_TIME}|{_LENGTH_VOLUME_MASS}|{_PHYSICAL}|{_COUNTED_UNITS})(?:\s?(?:/|per|·)\s?{_PER})?"
    rf"(?:\s?/\s?{_PER})?"
    rf"(?:[ ]body weight)?|{_FACTOR}/\s?(?:[mµμdn]?[lL]|mm[23³²]|HPF|nl)\b)"
)
SHARES_UNIT: Final = r"(?:-?\s*,\s*(?:and\s+|or\s+)?|-?\s+(?:and|or|versus|vs\.?|to)\s+|\s*vs\.\s*)"


def unit_of(printed: str | None) -> str | None:
    """A unit as printed, white space folded, without a stop of its own."""
    return " ".join(printed.split()).rstrip(".").lstrip("-") if printed and printed.strip(" -") else None


# --- what is counted ---

_PERSON: Final = (
    r"patient|case|participant|subject|individual|person|adult|infant|neonate|newborn|student|smoker|male|female"
    r"|girl|control|volunteer|donor|recipient|survivor|death|responder|non-responder|examinee|birth|eye"
)
_PEOPLE_PLURAL: Final = rf"(?:{_PERSON})s|pregnancies|men|women|people|children|schoolchildren|enrolled"
_PEOPLE_SINGULAR: Final = rf"{_PERSON}|pregnancy|man|woman|child"
_THING: Final = (
    r"lesion|tumou?r|nodule|neoplasm|neoplasia|cancer|cyst|polyp|lymph.node|node|specimen|sample|resection"
    r"|ablation|operation|procedure|session|injection|examination|scan|occurrence|instance|episode|event"
    r"|recurrence|complication|electrode|replicate|peak|hole"
)
_THINGS_PLURAL: Final = (
    rf"(?:{_THING})s|malignancies|biopsies|masses|metast[ae]ses|[a-z]+omas|[a-z]{{4,}}(?:oses|iasis|itis)|foci|sera|reports"
    r"|treatments"
)
_THINGS_SINGULAR: Final = rf"{_THING}|malignancy|biopsy|mass|metastasis|[a-z]{{3,}}oma|focus"
# Plural abbreviations are diseases as a rule (HCCs, NETs); these are not.
_ABBREVIATED: Final = r"(?!(?:ROI|VOI|CT|MRI|PET|MDT|RCT|OR|HR|CI|SD|URL|ID)s\b)[A-Z][A-Za-z]{0,6}[A-Z]s"
# What makes a noun an adjective: 'two treatment groups' counts groups.
_NOT_HEAD: Final = (
    r"(?![ -](?:(?:sub)?groups?|types?|arms?|sets?|lobes?|series|categor|classes|scores?|methods?|models?|numbers?"
    r"|sizes?|ratios?|sites?)\b)"
)
KIND_LABELS: Final = (
    (screened(r"\bau(?:ro)?cs?\b|area under|c-(?:index|statistic)", re.IGNORECASE), "auc"),
    (screened(r"κ|kappa", re.IGNORECASE), "kappa"),
    (screened(r"\biccs?\b|intra-?class", re.IGNORECASE), "icc"),
)
"""Names that say what a value measures wherever they stand: before it in a sentence, or heading a row or a column."""
COUNTED: Final = rf"(?:(?i:{_PEOPLE_PLURAL}|{_THINGS_PLURAL})|{_ABBREVIATED})\b{_NOT_HEAD}"
COUNTED_ONE: Final = (
    rf"(?i:{_PEOPLE_SINGULAR}|{_THINGS_SINGULAR})\b(?!-|[ ](?:{_THINGS_SINGULAR}|{_THINGS_PLURAL})\b){_NOT_HEAD}"
)
# Words that may stand between a number and what it counts; function words may not: '13 to SIRT and 12 patients'.
_NO_ADJECTIVE: Final = (
    r"(?!(?:of|and|or|to|in|on|at|by|for|from|with|without|than|the|a|an|was|were|is|are|had|has|have|that|which|who"
    r"|but|as|per|years?|months?|weeks?|days?|hours?|minutes?|"
    r"mm|cm|mg|ml|kg|T|min|versus|vs|underwent|showed|groups?|types?)\b)"
)
ADJECTIVE: Final = rf"(?:{_NO_ADJECTIVE}(?:\d+-)?[A-Za-z][\w/’'-]*)"


# --- decimal commas ---

_COMMA: Final = re.compile(r"\d,\d")
_DECIMALS: Final = r"(?:\d{1,2}|\d{4,})(?![\d,])"  # three would be thousands
_SURELY_DECIMAL: Final = screened(
    rf"(?<![\w.,])(?:0,\d+(?![\d,])(?!\s?s/mm)|\d+,{_DECIMALS}(?=\s?(?:%|{UNIT})))|{SIGN}\s?\d+,{_DECIMALS}|±\s?\d+,{_DECIMALS}"
)
_DECIMAL: Final = screened(rf"(?<![\w.,])(?:0,\d+(?![\d,])|\d+,{_DECIMALS})")


def with_points(text: str, *, alone: bool = False) -> str:
    """The text with decimal commas as points, every place the same, where one shows itself: it stands behind a 0 or a
    sign, or before a percent sign or a unit. `alone` is the text of a cell, in which no list stands.

    >>> with_points("in 82,6% (3,5 to 4,1 cm, P<0,001) of 1,204"), with_points("segments 5,6 and 7")
    ('in 82.6% (3.5 to 4.1 cm, P<0.001) of 1,204', 'segments 5,6 and 7')
    """
    if _COMMA.search(text) is None or not (alone or _SURELY_DECIMAL.search(text)):
        return text
    return _DECIMAL.sub(lambda match: match.group().replace(",", "."), text)
