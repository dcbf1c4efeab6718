"""Reads a page: rendered HTML -> PageRecord, and HTML -> a tree for print.

The only module that parses HTML. The parser is lexbor's (HTML5, as browsers do it), so that broken
markup is judged as a reader would meet it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publishing import embeds
from publishing.records import Element, Link, Node, PageRecord

# What a browser never shows as part of the page, or only after a click.
_UNSEEN_TAGS = {
    **dict.fromkeys(("code", "pre", "samp", "xmp", "textarea"), "is inside code"),
    **dict.fromkeys(("template", "script", "noscript", "style"), "is inside a part that is not shown"),
    **dict.fromkeys(("object", "iframe", "audio", "video", "canvas"), "is inside a part that is not shown"),
    **dict.fromkeys(("select", "datalist", "head"), "is inside a part that is not shown"),
    "svg": "is inside a drawing",
}
_CODE_TAGS = frozenset(tag for tag, reason in _UNSEEN_TAGS.items() if reason == "is inside code")
_NOT_PRINTED = frozenset(("script", "style", "template", "noscript", "head"))
# Letters that take room and show nothing: Hangul fillers and the empty Braille cell.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b")


def read(
    source: str,
    url: str,
    html: str,
    *,
    title: str = "",
    meta: Mapping[str, str] | None = None,
    chapter: tuple[str, ...] = (),
) -> PageRecord:
    """Judge what of ``html`` a reader can see; linear in its size."""
    document = _body(html)
    sight = _Sight()
    links = tuple(
        Link(node.attributes.get("href") or "", _text(node), sight.of_link(node))
        for node in document.css("a[href], area[href]")
    )
    anchors = {node.attributes.get("id") or "" for node in document.css("[id]")}
    anchors |= {node.attributes.get("name") or "" for node in document.css("a[name]")}
    return PageRecord(
        source=source,
        url=url,
        title=title,
        html=html,
        anchors=frozenset(anchors - {""}),
        links=links,
        media=tuple(embeds.addresses(document)),
        meta=meta or {},
        chapter=chapter,
    )


def article(html: str) -> Element:
    """The tree of the body for print, under one ``article``; scripts, styles and comments dropped."""
    body = _body(html).body
    return Element("article", {}, () if body is None else _children(body))


def own_content(document: str) -> tuple[str, str] | None:
    """Address and body of a page in a whole built document; None where the template marks no content.

    The template wraps what it got from the page, and nothing else, in elements with ``data-page-url``.
    """
    marked = LexborHTMLParser(document).css("[data-page-url]")
    if not marked:
        return None
    url = marked[0].attributes.get("data-page-url") or ""
    return url, "".join(node.inner_html or "" for node in marked)


def _body(html: str) -> LexborHTMLParser:
    """Read as what stands in a page's body; alone, a first ``noscript`` would be taken for a part of its head."""
    return LexborHTMLParser(f"<body>{html}")


def has_text(text: str) -> bool:
    """Whether any letter of it shows: blank, zero-width and lone combining marks do not."""
    return any(letter not in _BLANK_LETTERS and unicodedata.category(letter)[0] not in "CZM" for letter in text)


class _Sight:
    """Answers why a node cannot be seen, remembering each ancestor so that the page is walked once."""

    def __init__(self) -> None:
        self._reasons: dict[int, str | None] = {}
        self._shown: dict[int, int | None] = {}

    def of_link(self, link: LexborNode) -> str | None:
        return self._of(link) or (None if _shows_something(link) else "has no text to see")

    def _of(self, node: LexborNode) -> str | None:
        path = []
        step: LexborNode | None = node
        while step is not None and step.mem_id not in self._reasons:
            path.append(step)
            step = step.parent
        reason = None if step is None else self._reasons[step.mem_id]
        for below in reversed(path):
            reason = reason or self._own(below)
            self._reasons[below.mem_id] = reason
        return reason

    def _own(self, node: LexborNode) -> str | None:
        if reason := hides(node):
            return reason
        parent = node.parent
        if parent is None:
            return None
        if parent.tag == "details" and "open" not in parent.attributes:
            return None if self._is_shown(parent, node, _summary) else "is in a closed box"
        if node.tag == "ol" and _is_annotation(node, parent):
            return "is behind an annotation mark"
        classes = _classes(node)
        if "tabbed-block" in classes or "tabbed-content" in classes:
            choose = _first_block if "tabbed-block" in classes else _first_content
            return None if self._is_shown(parent, node, choose) else "is in a tab that is not shown first"
        return None

    def _is_shown(
        self, parent: LexborNode, node: LexborNode, choose: Callable[[LexborNode], LexborNode | None]
    ) -> bool:
        if parent.mem_id not in self._shown:
            chosen = choose(parent)
            self._shown[parent.mem_id] = None if chosen is None else chosen.mem_id
        return self._shown[parent.mem_id] == node.mem_id


def hides(node: LexborNode) -> str | None:
    """Why this element, by its own tag and attributes, keeps what is in it from the reader."""
    if is_hidden(node.attributes):
        return "is hidden"
    if node.tag == "dialog" and "open" not in node.attributes:
        return "is in a closed box"
    return _UNSEEN_TAGS.get(node.tag or "")


def is_hidden(attributes: Mapping[str, str | None] | Mapping[str, str]) -> bool:
    """Whether an element's own attributes keep it from every reader, or from those who listen."""
    if "hidden" in attributes or "popover" in attributes:
        return True
    if (attributes.get("aria-hidden") or "").strip().lower() == "true":
        return True
    style = attributes.get("style")
    return bool(style and _HIDING_STYLE.search(embeds.style_text(style).lower()))


def _shows_something(link: LexborNode) -> bool:
    for node in _seen_inside(link):
        if node.is_text_node and has_text(node.text_content or ""):
            return True
        if node.tag == "img" and has_text(node.attributes.get("alt") or ""):
            return True
    return False


def _seen_inside(link: LexborNode) -> Iterator[LexborNode]:
    """Every node in a link that is not hidden there; words set as code inside a link are seen."""
    waiting = list(link.iter(include_text=True))
    while waiting:
        node = waiting.pop()
        if node.is_text_node:
            yield node
        elif node.tag in _CODE_TAGS or not hides(node):
            yield node
            waiting.extend(node.iter(include_text=True))


def _text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _summary(details: LexborNode) -> LexborNode | None:
    return next((child for child in details.iter() if child.tag == "summary"), None)


def _first_block(content: LexborNode) -> LexborNode | None:
    """The tab shown first: the one whose radio button is checked, the last of them if several are."""
    tabs = content.parent
    position = -1 if tabs is None else _checked(tabs)
    blocks = [child for child in content.iter() if "tabbed-block" in _classes(child)]
    return blocks[position] if 0 <= position < len(blocks) else None


def _first_content(tabs: LexborNode) -> LexborNode | None:
    """In the older markup each tab has a content of its own; in the newer there is one for all."""
    contents = [child for child in tabs.iter() if "tabbed-content" in _classes(child)]
    if len(contents) == 1 and "tabbed-alternate" in _classes(tabs):
        return contents[0]
    position = _checked(tabs)
    return contents[position] if 0 <= position < len(contents) else None


def _checked(tabs: LexborNode) -> int:
    buttons = [child for child in tabs.iter() if child.tag == "input"]
    checked = [place for place, button in enumerate(buttons) if "checked" in button.attributes]
    return checked[-1] if checked else -1


def _is_annotation(node: LexborNode, parent: LexborNode) -> bool:
    """Material folds the list after (or at the end of) an ``annotate`` element behind marks."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    if before is not None and "annotate" in _classes(before):
        return True
    after = node.next
    while after is not None and not after.is_element_node:
        after = after.next
    return after is None and "annotate" in _classes(parent)


def _children(parent: LexborNode) -> tuple[Node, ...]:
    """The tree below, built without recursion so that no depth of nesting can break it."""
    done: dict[int, list[Node]] = {parent.mem_id: []}
    waiting = [(child, parent.mem_id, False) for child in reversed(list(parent.iter(include_text=True)))]
    while waiting:
        node, above, closed = waiting.pop()
        if node.is_text_node:
            done[above].append(node.text_content or "")
        elif closed:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            done[above].append(Element(node.tag or "", attributes, tuple(done.pop(node.mem_id))))
        elif node.is_element_node and node.tag not in _NOT_PRINTED:
            done[node.mem_id] = []
            waiting.append((node, above, True))
            below = reversed(list(node.iter(include_text=True)))
            waiting.extend((child, node.mem_id, False) for child in below)
    return tuple(done[parent.mem_id])
