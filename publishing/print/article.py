"""Makes a page ready for paper: HTML tree -> the same tree in fewer, plainer elements.

What only a screen needs goes (permalinks, hidden parts, the buttons of tabs). What differs only by its
classes gets a tag of its own: ``box`` (admonitions, details), ``tabs`` of ``tab``, ``cards``, ``heading``
with a level (without gaps), and ``note``: a footnote with its text, where it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publishing import pages
from publishing.records import Element, Node, PageRecord

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCREEN_ONLY = frozenset(("headerlink", "footnote-backref"))
_MOVING = frozenset(("audio", "embed", "iframe", "object", "video"))
_NO_DISPLAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """One page, ready to be written down."""

    record: PageRecord
    heading: Element
    """The page's ``h1``: its own where it opens the page, otherwise its title."""
    body: tuple[Node, ...]
    ids: frozenset[str]
    """Every id a link can still lead to."""

    @property
    def headline(self) -> str:
        return words(self.heading)


def prepare(record: PageRecord) -> Article:
    tree = pages.article(record.html)
    rewriter = _Rewriter(_footnotes(tree), _opening(tree.children))
    heading = rewriter.heading or Element("heading", {"level": "1"}, (record.title,))
    body = (*rewriter.children(tree.children), *rewriter.uncalled())
    ids = frozenset(id_of(element) for element in walk((heading, *body)))
    return Article(record, heading, body, ids - {""})


def walk(nodes: Iterable[Node]) -> Iterator[Element]:
    """Every element, in the order of the page."""
    waiting = list(reversed(list(nodes)))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element):
            yield node
            waiting.extend(reversed(node.children))


def words(node: Node) -> str:
    """The text in one line, a picture by its alternative text, without footnotes."""
    return " ".join(_text(node).split())


def classes(element: Element) -> frozenset[str]:
    return frozenset(element.attributes.get("class", "").split())


def id_of(element: Element) -> str:
    name = element.attributes.get("name", "") if element.tag == "a" else ""
    return element.attributes.get("id", "") or name


def elements(parent: Element, *tags: str) -> list[Element]:
    """The children that are elements, of these tags if any are given."""
    found = [child for child in parent.children if isinstance(child, Element)]
    return [child for child in found if not tags or child.tag in tags]


class _Rewriter:
    """Walks the page once, in order; remembers the level of the last heading and which notes were called."""

    def __init__(self, notes: Mapping[str, Sequence[Node]], opening: Element | None) -> None:
        self._notes = notes
        self._called: set[str] = set()
        self._level = 1
        self._opening = opening
        self.heading = None if opening is None else self._heading(opening, 1)

    def children(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(kept for node in nodes if (kept := self._node(node)) is not None)

    def uncalled(self) -> tuple[Element, ...]:
        """A list of the footnotes that nothing calls, so that their words are not lost."""
        left = [note for name, note in self._notes.items() if name not in self._called]
        return (Element("ol", {}, tuple(Element("li", {}, self.children(note)) for note in left)),) if left else ()

    def _node(self, node: Node) -> Node | None:
        if isinstance(node, str):
            return node
        named = classes(node)
        if node is self._opening or _is_screen_only(node, named):
            return None
        if node.tag in _HEADINGS:
            return self._heading(node, max(2, int(node.tag[1])))
        if node.tag == "details" or "admonition" in named:
            return self._box(node)
        if "tabbed-set" in named:
            return self._tabs(node)
        if called := _called_note(node):
            return self._note(node, called)
        if node.tag in _MOVING and (said := node.attributes.get("title") or node.attributes.get("aria-label")):
            return Element("a", {"href": _address(node)}, (f"On the web: {said}",))
        return self._plain(node, named)

    def _plain(self, node: Element, named: frozenset[str]) -> Element:
        if "highlighttable" in named:
            return Element("div", node.attributes, self.children(_code_of_table(node)))
        if "task-list-item" in named:
            return self._task(node)
        if {"grid", "cards"} <= named:
            cards = {"ul": "cards", "ol": "cards"}
            node = _retag(node, cards) if node.tag == "div" else Element("cards", node.attributes, node.children)
        return Element(node.tag, node.attributes, self.children(node.children))

    def _heading(self, node: Element, wanted: int) -> Element:
        if not words(node):
            return Element("p", node.attributes, self.children(node.children))
        self._level = min(wanted, self._level + 1)
        return Element("heading", {**node.attributes, "level": str(self._level)}, self.children(node.children))

    def _box(self, node: Element) -> Element:
        titles = [part for part in elements(node) if part.tag == "summary" or "admonition-title" in classes(part)]
        title, rest = tuple(titles[:1]), [part for part in node.children if part not in titles[:1]]
        if node.tag == "details" and not title:
            title = (Element("summary", {}, ("Details",)),)  # as a browser labels it
        titled = tuple(Element("box-title", part.attributes, self.children(part.children)) for part in title)
        return Element("box", node.attributes, (*titled, *self.children(rest)))

    def _tabs(self, node: Element) -> Element:
        buttons = elements(node, "input")
        holders = [part for part in elements(node) if "tabbed-labels" in classes(part)] or [node]
        labels = elements(holders[0], "label")
        blocks = [part for part in elements(node) if "tabbed-content" in classes(part)]
        if "tabbed-alternate" in classes(node):
            blocks = [block for content in blocks for block in elements(content)]
        tabs = []
        for place in range(max(len(labels), len(blocks))):
            label = labels[place].children if place < len(labels) else ()
            block = blocks[place].children if place < len(blocks) else ()
            named = {"id": id_of(buttons[place])} if place < len(buttons) else {}
            titled = Element("tab-label", {}, self.children(label))
            tabs.append(Element("tab", named, (titled, *self.children(block))))
        return Element("tabs", node.attributes, tuple(tabs))

    def _note(self, mark: Element, called: str) -> Element:
        if called not in self._notes:
            return Element(mark.tag, {}, self.children(mark.children) if mark.tag == "a" else (words(mark),))
        if called in self._called:
            return Element("note-again", {"note": called}, ())
        self._called.add(called)
        return Element("note", {"note": called}, self.children(self._notes[called]))

    def _task(self, item: Element) -> Element:
        boxes = [part for part in walk(item.children) if part.tag == "input"]
        mark = "☑" if boxes and "checked" in boxes[0].attributes else "☐"
        rest = [part for part in self.children(item.children) if not _is_task_control(part)]
        return Element("li", {**item.attributes, "mark": mark}, tuple(rest))


def _is_screen_only(node: Element, named: frozenset[str]) -> bool:
    attributes = node.attributes
    return bool(
        named & _SCREEN_ONLY
        or (node.tag == "div" and "footnote" in named)
        or "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or attributes.get("data-print") == "off"
        or _NO_DISPLAY.search(attributes.get("style", ""))
    )


def _opening(nodes: Iterable[Node]) -> Element | None:
    """The page's ``h1`` if nothing stands before it."""
    for node in nodes:
        if isinstance(node, str):
            if node.strip():
                return None
        elif not _is_screen_only(node, classes(node)):
            if node.tag in ("div", "section", "header", "article", "main"):
                return _opening(node.children)
            return node if node.tag == "h1" and words(node) else None
    return None


def _footnotes(tree: Element) -> dict[str, Sequence[Node]]:
    blocks = [part for part in walk([tree]) if part.tag == "div" and "footnote" in classes(part)]
    lists = [part for block in blocks for part in elements(block, "ol")]
    return {id_of(item): item.children for part in lists for item in elements(part, "li") if id_of(item)}


def _called_note(node: Element) -> str:
    """The id of the footnote that this mark, or the ``sup`` around it, calls."""
    if node.tag == "sup":
        inside = elements(node)
        return _called_note(inside[0]) if len(inside) == 1 and inside[0].tag == "a" else ""
    return node.attributes.get("href", "").removeprefix("#") if "footnote-ref" in classes(node) else ""


def _code_of_table(table: Element) -> list[Node]:
    """A listing with numbered lines is a table: its file name and its code, without the numbers."""
    parts = [part for part in walk([table]) if part.tag in ("td", "th")]
    return [Element("p", {}, part.children) if "filename" in classes(part) else Element("div", {}, part.children)
            for part in parts if "linenos" not in classes(part)]  # fmt: skip


def _address(film: Element) -> str:
    """Of what moves or sounds: its own, or that of its first source."""
    given = [part.attributes.get(name, "") for part in walk([film]) for name in ("src", "data")]
    return next(filter(None, given), "")


def _retag(parent: Element, tags: Mapping[str, str]) -> Element:
    renamed = (
        Element(tags.get(part.tag, part.tag), part.attributes, part.children) if isinstance(part, Element) else part
        for part in parent.children
    )
    return Element(parent.tag, parent.attributes, tuple(renamed))


def _is_task_control(node: Node) -> bool:
    if isinstance(node, str):
        return False
    return "task-list-control" in classes(node) or node.tag == "input"


def _text(node: Node) -> str:
    if isinstance(node, str):
        return node
    if node.tag == "img":
        return node.attributes.get("alt", "")
    if node.tag == "svg":
        return node.attributes.get("aria-label", "") or "".join(map(_text, elements(node, "title")))
    if node.tag in ("br", "note", "note-again") or node.attributes.get("class") == "headerlink":
        return " " if node.tag == "br" else ""
    return "".join([child if isinstance(child, str) else _text(child) for child in node.children])
