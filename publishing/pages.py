"""Reads a page: rendered HTML -> PageRecord, and HTML -> a tree for print.

The only module that parses HTML. The parser is lexbor's (HTML5, as browsers do it), so that broken
markup is judged as a reader would meet it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publishing import embeds, inline
from publishing.nodes import elements, inside, whole
from publishing.parts import CODE, TELLING, Part, is_code
from publishing.records import Element, Inline, Link, Node, PageRecord
from publishing.sight import HIDING, Sight, has_text, is_hidden

__all__ = ["Body", "article", "has_text", "inline_code", "is_hidden", "own_content", "read"]

_NOT_PRINTED = frozenset(("script", "style", "template", "noscript", "head"))
_MARK = "data-page-url"
# Elements that may be open round a page's content and change nothing of how it is read: most of any menu, then the rest.
_TAG = re.compile(rb"<(?!a |/a>|/?(?:div|ul|li|nav|span|label|input|p|link|meta)[ >\n])([^\s>]+)")
_HARMLESS = frozenset((
    b"!doctype", b"html", b"head", b"body", b"header", b"footer", b"main", b"aside", b"article", b"section", b"nav", b"div", b"h1",
    b"h2", b"h3", b"h4", b"h5", b"h6", b"ul", b"ol", b"li", b"p", b"span", b"label", b"input", b"img", b"br", b"hr", b"link", b"meta",
    b"path",
))  # fmt: skip
_RAW = ([b"script"], [b"style"], [b"title"], [b"textarea"])
"""Nothing in them is a tag but their own end."""
_SHORT = 50_000
"""Bytes above the content that a parser reads sooner than we could find out whether they may be left out."""
_ILL_WRITTEN = re.compile(rb"""<(?![^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*>)""")
"""A tag that does not end before the next begins, or an attribute that swallows one. Without possessive groups: those of
Python before 3.11.5 match what they should not."""


class Body:
    """The body of a page as it was rendered, parsed once for all that is asked of it."""

    def __init__(self, html: str, marked: Sequence[LexborNode] = ()) -> None:
        """``marked``: the elements of a parsed document that hold just that; without any it is parsed here."""
        self.html = html
        # Alone, a first ``noscript`` would be taken for a part of the page's head.
        self._document = None if marked else LexborHTMLParser(f"<body>{html}")
        self._marked = marked

    def record(
        self,
        source: str,
        url: str,
        *,
        title: str = "",
        meta: Mapping[str, str] | None = None,
        chapter: tuple[str, ...] = (),
    ) -> PageRecord:
        """Judge what of it a reader can see; linear in its size."""
        found = elements(whole(self._document) if self._document else inside(self._marked))
        sight = Sight(found)
        links = tuple(
            Link(attributes["href"] or "", _text(node), sight.of_link(node))
            for node, tag, attributes in found
            if tag in ("a", "area") and "href" in attributes
        )
        anchors = {attributes["id"] or "" for _, _, attributes in found if "id" in attributes}
        anchors |= {attributes["name"] or "" for _, tag, attributes in found if tag == "a" and "name" in attributes}
        return PageRecord(
            source=source,
            url=url,
            title=title,
            html=self.html,
            anchors=frozenset(anchors - {""}),
            links=links,
            media=tuple(embeds.addresses(found)),
            inline=tuple(inline.found(found)),
            meta=meta or {},
            chapter=chapter,
        )

    def article(self) -> Element:
        """The tree of the body for print, under one ``article``; scripts, styles and comments dropped."""
        return Element("article", {}, self._walked[0])

    def telling(self) -> tuple[Part, ...]:
        """Of that tree the elements that have an attribute, or tell something without."""
        return tuple(self._walked[1])

    @cached_property
    def _walked(self) -> tuple[list[Node], list[Part]]:
        around = [self._document.body] if self._document else self._marked
        return _walk([node for node in around if node])


def read(
    source: str,
    url: str,
    html: str,
    *,
    title: str = "",
    meta: Mapping[str, str] | None = None,
    chapter: tuple[str, ...] = (),
) -> PageRecord:
    """The record of a page, where nothing else is asked of its HTML."""
    return Body(html).record(source, url, title=title, meta=meta, chapter=chapter)


def article(html: str) -> Element:
    """Its tree, where nothing else is asked of it."""
    return Body(html).article()


def own_content(document: bytes) -> tuple[str, Body] | None:
    """Address and body of a page in a whole built document; None where the template marks no content.

    The template wraps what it got from the page, and nothing else, in elements with ``data-page-url``.
    """
    marked = LexborHTMLParser(_from_mark(document)).css(f"[{_MARK}]")
    if not marked:
        return None
    url = marked[0].attributes.get(_MARK) or ""
    return url, Body("".join(node.inner_html or "" for node in marked), marked)


def inline_code(document: str) -> tuple[Inline, ...]:
    """What of a whole built document a strict policy would block, the theme's own included."""
    return tuple(inline.found(elements(whole(LexborHTMLParser(document)))))


def _from_mark(document: bytes) -> bytes:
    """Without long menus above the content, which can be most of it; whole where what is above might change how it is read."""
    place = document.find(_MARK.encode())
    if place < _SHORT:
        return document
    start = document.rfind(b"<", 0, place)
    is_html5 = document[:99].lstrip().lower().startswith(b"<!doctype html>") and document.find(b"<body", 0, start) > 0
    return b"<!doctype html><body>" + document[start:] if is_html5 and _is_closed(document, start) else document


def _is_closed(document: bytes, end: int) -> bool:
    """Whether no tag, no text of an attribute, and no element that might matter for what follows is open there."""
    quotes = document.rfind(b'"', 0, end), document.rfind(b"'", 0, end)
    if any(quote > 0 and document[max(0, quote - 99) : quote].rstrip()[-1:] in (b"=", b"") for quote in quotes):
        return False
    link = document.rfind(b"<a ", 0, end)
    if document.rfind(b">", max(*quotes, 0), end) <= document.rfind(b"<", 0, end):
        return False
    if link > document.rfind(b"</a>", 0, end) or _ILL_WRITTEN.search(document, max(link, 0), end):
        return False
    opened: list[bytes] = []
    since = 0
    for found in _TAG.finditer(document, 0, end):
        tag = found[1]
        if opened and tag == b"/" + opened[-1]:
            if not _is_well_written(document[since : found.start()], opened in _RAW):
                return False
            opened.pop()
        elif tag.startswith(b"!--") or (opened not in _RAW and tag.lower().removeprefix(b"/") not in _HARMLESS):
            since = since if opened else found.start()
            opened.append(tag)
    return not opened


def _is_well_written(part: bytes, is_raw: bool) -> bool:
    return b"<a " not in part if is_raw else not _ILL_WRITTEN.search(part)


def _text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())


def _walk(around: Sequence[LexborNode]) -> tuple[list[Node], list[Part]]:
    """What is in these: the tree, and its telling elements. Without recursion, so that no depth of nesting can break it."""
    tree: list[Node] = []
    telling: list[Part] = []
    waiting = [(node.iter(include_text=True), tree, False, False) for node in reversed(around)]
    while waiting:
        nodes, inside, hidden, in_code = waiting[-1]
        for node in nodes:
            tag = node.tag or ""
            if tag == "-text":
                inside.append(node.text_content or "")
            elif tag not in _NOT_PRINTED and node.is_element_node:
                children: list[Node] = []
                attributes: dict[str, Any] = node.attributes
                if None in attributes.values():
                    attributes = {name: value or "" for name, value in attributes.items()}
                element = Element(tag, attributes, children)
                inside.append(element)
                if not HIDING.isdisjoint(attributes):
                    hidden = hidden or is_hidden(attributes)
                if attributes or tag in TELLING:
                    telling.append(Part(element, hidden, in_code))
                in_code = in_code or tag in CODE or ("class" in attributes and is_code(element))
                waiting.append((node.iter(include_text=True), children, hidden, in_code))
                break
        else:
            waiting.pop()
    return tree, telling
