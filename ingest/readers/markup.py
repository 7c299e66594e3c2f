"""This module walks marked-up text: the names of elements whatever their namespace, and the runs of text inside one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from ingest.readers.inline import Line, Run, flatten

Element: TypeAlias = "etree._Element"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How a markup language names things inside a line of text.

    `role` says of an element whether its text is a citation ('cite'), a footnote's mark ('note') or neither ('').
    """

    skipped: frozenset[str]
    breaks: frozenset[str]
    separate: frozenset[str]
    role: Callable[[Element], str]


def local_name(element: Element) -> str:
    """The element's name without its namespace, '' for comments, instructions and entity references.

    >>> local_name(etree.fromstring('<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>'))
    'math'
    """
    # The type stubs know names only; comments, instructions and references have a function there.
    tag: object = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements of these names, in their order."""
    return (child for child in element if local_name(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first name, in it the first child of the second, and so on; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def damage(error: etree.XMLSyntaxError | ValueError) -> str:
    """What a parser found wrong, in words; MemoryError where it had no room and therefore no line to name."""
    if isinstance(error, etree.XMLSyntaxError) and not error.lineno:
        raise MemoryError("no room to parse the document") from error
    return getattr(error, "msg", None) or str(error)


class Paths:
    """The XPath of any element of one document, each family of children counted once.

    >>> root = etree.fromstring("<article><p/><p><b/></p></article>")
    >>> Paths(root).of(root[1][0])
    '/article/p[2]/b'
    """

    def __init__(self, root: Element) -> None:
        self._steps: dict[Element, str] = {root: _step(root)}

    def of(self, element: Element) -> str:
        """The XPath from the root; an element with a namespace is named by its local name."""
        chain = [element, *element.iterancestors()]
        return "".join(f"/{self._step_of(link)}" for link in reversed(chain))

    def _step_of(self, element: Element) -> str:
        parent = element.getparent()
        if element not in self._steps and parent is not None:
            self._count(parent)
        return self._steps[element]

    def _count(self, parent: Element) -> None:
        families: dict[str, list[Element]] = {}
        for part in parent:
            if local_name(part):
                families.setdefault(_step(part), []).append(part)
        for step, members in families.items():
            numbered = {part: f"{step}[{number}]" for number, part in enumerate(members, start=1)}
            self._steps.update(numbered if len(members) > 1 else {members[0]: step})


def _step(element: Element) -> str:
    name = str(element.tag)
    return f"*[local-name()='{name.rpartition('}')[2]}']" if name.startswith("{") else name


def line_of(element: Element | None, grammar: Grammar, *, cell: bool = False) -> Line:
    """All text of an element as one line; an empty line for None."""
    if element is None:
        return Line("", 0)
    return flatten(runs(element, grammar), cell=cell)


def text_of(element: Element | None, grammar: Grammar) -> str:
    """All text of an element in one line, '' for None."""
    return line_of(element, grammar).text


def runs(element: Element, grammar: Grammar, level: str = "", role: str = "") -> Iterator[Run]:
    """The text inside an element, run by run, without the element's tail."""
    if local_name(element) == "math":
        yield from formula(element, level)
        return
    yield Run(element.text or "", level, role)
    for part in element:
        yield from part_runs(part, grammar, level, role)
        yield Run(part.tail or "", level, role)


def part_runs(part: Element, grammar: Grammar, level: str = "", role: str = "") -> Iterator[Run]:
    """The runs of one child of a line: nothing for what the grammar skips, a blank for a break."""
    name = local_name(part)
    if not name:
        yield Run(_entity(part), level, role)
    elif name in grammar.breaks:
        yield Run(" ", level, role)
    elif name == "alternatives":
        yield from _first_readable(part, grammar, level, role)
    elif name not in grammar.skipped:
        apart = " " if name in grammar.separate else ""
        yield Run(apart, level, role)
        inner_level = name if name in ("sup", "sub") else level
        yield from runs(part, grammar, inner_level, grammar.role(part) or role)
        yield Run(apart, level, role)


def _entity(part: Element) -> str:
    """A reference such as &nbsp; that only an external definition knows, by its usual meaning."""
    if part.tag is not etree.Entity:
        return ""
    name = (part.text or "").strip("&;")
    return html5.get(f"{name};", "")


def _first_readable(part: Element, grammar: Grammar, level: str, role: str) -> Iterator[Run]:
    """Of several forms of one thing, MathML before TeX before whatever has text."""
    ranks = {"math": 0, "tex-math": 1}
    forms = sorted(part, key=lambda form: ranks.get(local_name(form), 2))
    for form in forms:
        found = list(part_runs(form, grammar, level, role))
        if any(run.text.strip() for run in found):
            yield from found
            return


# MathML elements whose children stand at two heights: base first.
_SCRIPTS = {
    "msup": ("sup",),
    "msub": ("sub",),
    "msubsup": ("sub", "sup"),
    "mover": ("",),
    "munder": ("",),
    "munderover": ("", ""),
}


def formula(element: Element, level: str = "") -> Iterator[Run]:
    """A MathML formula in one line: `p<0.05`, `10^−3`, `a/b`.

    >>> flatten(formula(etree.fromstring("<math><mn>10</mn><mo>=</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"))).text
    '10=a/b'
    """
    name = local_name(element)
    parts = [part for part in element if local_name(part)]
    if name in _SCRIPTS and len(parts) == len(_SCRIPTS[name]) + 1:
        for part, height in zip(parts, ("", *_SCRIPTS[name]), strict=True):
            yield from formula(part, height or level)
    elif name == "mfrac" and len(parts) == 2:
        yield from _grouped(parts[0], level)
        yield Run("/", level)
        yield from _grouped(parts[1], level)
    elif name in ("mspace", "annotation", "annotation-xml"):
        yield Run(" " if name == "mspace" else "", level)
    else:
        opening, closing = {"mfenced": ("(", ")"), "msqrt": ("√(", ")"), "mtr": ("", " ")}.get(name, ("", ""))
        yield Run(opening + (element.text or "").strip(), level)
        for number, part in enumerate(parts):
            yield Run(", " if number and name == "mfenced" else "", level)
            yield from formula(part, level)
        yield Run(closing, level)


def _grouped(part: Element, level: str) -> Iterator[Run]:
    """One side of a fraction, in parentheses where it is more than one token."""
    several = len(part) > 1
    yield Run("(" if several else "", level)
    yield from formula(part, level)
    yield Run(")" if several else "", level)
