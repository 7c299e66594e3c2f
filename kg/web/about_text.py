"""This module holds the words of the About page that do not depend on the data: method, formulas, limits, access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.web.markup import Html, element, joined

# What an address calls a section -> its heading, in the order of the page
SECTIONS: Final = {
    "scope": "What is in it",
    "grid": "Findings by diseases",
    "method": "How a number gets here",
    "formulas": "Formulas",
    "states": "Five states of a finding",
    "limits": "Limits",
    "access": "Accessibility",
    "licence": "Licence",
    "cite": "How to cite",
    "changes": "What changed",
    "data": "Downloads",
}
METHOD: Final = (
    "A reader of each format (text, PDF, JATS XML, HTML) makes one plain text of a paper. It is stored with its hash.",
    "Rules find the printed numbers, the concepts of the vocabulary, “not”, hedges and references in each sentence, "
    "and the cells of tables. What cannot be placed is listed with its paper, never dropped.",
    "People read each paper and accept, correct, reject or add. What they say is kept apart, with name and date.",
    "Each quote is a slice of the stored text, character for character; signum verify holds all of them against it.",
    "Checks ask whether the numbers agree with each other. What they find stands beside a number and never changes it.",
    "Comparisons are computed from counts: one study first, one group of patients once, nothing pooled silently.",
)
FORMULAS: Final = (
    ("Interval of a proportion", "Score interval, 95% (Wilson, JASA 1927;22:209)."),
    ("Likelihood ratio", "Share in A over share in B; limits by the log method (Simel, J Clin Epidemiol 1991;44:763)."),
    ("A cell that is 0", "0.5 is added to all four cells (Haldane 1956, Anscombe 1956), and † says so."),
    ("Difference of two shares", "Limits from the two score intervals (Newcombe, Stat Med 1998;17:873)."),
    ("P of a two by two table", "Fisher's exact test, two-sided; printed tests are recomputed by the test they name."),
    ("Difference of two means", "Hedges' g: in standard deviations, corrected for small groups."),
    ("After a finding", "Bayes' rule in odds (Fagan, NEJM 1975;293:257); several findings only as if independent."),
    ("Order of a comparison", "The interval limit on the side of 1, largest first: a wide interval never leads."),
    ("A printed number", "Is an interval of rounding: 77.8 means 77.75 up to 77.85. Checks compare intervals."),
)
STATES: Final = (
    ("15/23", "Seen: counted in 15 of 23, with the interval."),
    ("0/12 (0–24)", "Looked for and never seen, always with its upper limit."),
    ("— not reported", "No paper says anything. Not the same as never seen."),
    ("⊘ assessed, no result printed", "The methods say that it was looked at; no result stands in the paper."),
    ("≠", "A paper disagrees with itself, or two papers with each other. Each number is shown, and which one is used."),
)
LIMITS: Final = (
    "The studies are small, from one centre each, and look back. An interval shows chance, not bias.",
    "Counts come from patients who had the disease proven. They say how often a sign is seen, not how often a patient "
    "with that sign has the disease.",
    "Two studies differ in scanners, readers and definitions. Their counts stand apart unless somebody asks.",
    "What a paper cites from others is shown apart and enters no ratio.",
    "Rules and people misread. A number of little confidence says so; each has its sentence to be checked.",
    "Nothing here is about a patient. No patient data are asked for, and nothing that is chosen is stored.",
)
ACCESS: Final = (
    "Signum aims at WCAG 2.2, level AA. Each page is tested with axe-core at two widths, light and dark.",
    "Every chart says the same in words; a list beside it has its numbers. Colour never carries meaning alone.",
    "All of it works by keyboard: Ctrl+K searches, Alt+X swaps A and B; the review has Alt+A, Alt+E, Alt+N. "
    "Reduced motion, forced colours, 200% text and print are looked after.",
)
UPSTREAM: Final = (
    (
        "The key R runs a page again, and cannot be switched off (WCAG 2.1.4). Nothing is lost by it.",
        "streamlit/streamlit#4048",
    ),
    (
        "On a narrow screen the menu is a list whose sections are no list items. All its links work.",
        "no issue was found there",
    ),
    (
        "The field that takes a file is announced as a presentation with a name; its button has the name too.",
        "streamlit/streamlit#15921",
    ),
    (
        "A link with parameters between pages can lose its state when going Back; links here are plain ones therefore.",
        "streamlit/streamlit#9279, #13853, #13963",
    ),
)
SCOPE: Final = (
    "What is missing matters as much: a disease without counts has none in these papers. The grid below shows it.",
)


def text(name: str) -> Html:
    """The words of a section."""
    return TEXTS[name]()


def _list(lines: tuple[str, ...]) -> Html:
    return element("ul", *(element("li", line) for line in lines))


def _terms(terms: tuple[tuple[str, str], ...]) -> Html:
    return element("dl", *(joined(element("dt", name), element("dd", meaning)) for name, meaning in terms))


def _access() -> Html:
    upstream = (
        element("li", words, " ", element("span", f"Upstream: {issue}.", class_="quiet")) for words, issue in UPSTREAM
    )
    head = element("p", "What the framework of these pages (Streamlit) causes and cannot be changed from here:")
    return joined(_list(ACCESS), head, element("ul", *upstream))


TEXTS: Final[dict[str, Callable[[], Html]]] = {
    "scope": lambda: joined(element("p", line) for line in SCOPE),
    "method": lambda: element("ol", *(element("li", line) for line in METHOD)),
    "formulas": lambda: _terms(FORMULAS),
    "states": lambda: _terms(STATES),
    "limits": lambda: _list(LIMITS),
    "access": _access,
}
