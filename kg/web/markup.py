"""This module writes HTML in which nothing that came from a paper, a URL or a person can become a tag.

Text goes in as `str` and is escaped; only what `element` and `joined` made themselves (`Html`) is taken as it is.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

VOID_ELEMENTS: Final = frozenset({"br", "hr", "wbr"})
ALLOWED_LINKS: Final = ("?", "/", "#", "https://doi.org/")


class MarkupError(ValueError):
    """A link that no page may draw; the sentence names it and what is allowed."""


class Html(str):
    """Finished markup. Make one with `element` or `joined`, never from a value of the graph."""

    __slots__ = ()


Child = str | None
Attribute = str | int | bool | None


def escaped(value: str) -> Html:
    """The text as HTML shows it; finished markup stays as it is.

    >>> escaped('<script>alert("1")</script>')
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'
    >>> escaped(element("b", "1 < 2"))
    '<b>1 &lt; 2</b>'
    """
    return value if isinstance(value, Html) else Html(html.escape(value, quote=True))


def joined(*parts: Child | Iterable[Child], by: str = "") -> Html:
    """Parts one after another, each escaped, empty ones left out.

    >>> joined("a", None, element("i", "b"), by=" < ")
    'a &lt; <i>b</i>'
    """
    flat: list[str] = []
    for part in parts:
        if part is None or isinstance(part, str):
            flat.extend([part] if part else [])
        else:
            flat.extend(item for item in part if item)
    return Html(escaped(by).join(escaped(part) for part in flat))


def element(name: str, *children: Child | Iterable[Child], **attributes: Attribute) -> Html:
    """One element. `class_` writes `class`, `aria_label` writes `aria-label`; None and False leave an attribute out.

    >>> element("a", "Open", href="/sources?paper=x1", class_="out")
    '<a href="/sources?paper=x1" class="out">Open</a>'
    >>> element("a", "Open", href="javascript:alert(1)")
    Traceback (most recent call last):
    kg.web.markup.MarkupError: link 'javascript:alert(1)'; allowed: one that begins with ?, /, #, https://doi.org/
    """
    opening = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID_ELEMENTS:
        return Html(f"<{name}{opening}>")
    return Html(f"<{name}{opening}>{joined(*children)}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    if name == "href" and (not str(value).startswith(ALLOWED_LINKS) or str(value).startswith("//")):
        raise MarkupError(f"link {value!r}; allowed: one that begins with {', '.join(ALLOWED_LINKS)}")
    return f' {name}="{html.escape(str(value), quote=True)}"'


def link_to(page: str, /, **parameters: str | None) -> str:
    """The address of a page with its state; parameters that are None or empty are left out.

    >>> link_to("sources", paper="cui2017", s="cui2017/3f2a", q=None)
    '/sources?paper=cui2017&s=cui2017/3f2a'
    """
    query = urlencode({name: value for name, value in parameters.items() if value}, safe="/,.:")
    return f"/{page}?{query}" if query else f"/{page}"


def plain_label(text: str) -> str:
    r"""A label for a widget that would otherwise read it as Markdown.

    >>> plain_label("a*b [c](http://x)")
    'a\\*b \\[c\\]\\(http\\:\\/\\/x\\)'
    """
    return "".join(f"\\{character}" if character in "\\`*_{}[]()#+!|<>~$:/" else character for character in text)
