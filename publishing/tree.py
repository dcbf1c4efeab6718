"""Small parts of a page's tree, for the blocks that the registers fill.

Text of a register is plain text: it goes in as atomic, so that Markdown finds no markup in it, and without line
breaks, so that no `{: attribute list }` at the end of a line is taken for one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

SPACE = re.compile(r"\s+")


def plain(text: str) -> AtomicString:
    return AtomicString(SPACE.sub(" ", text))


def put(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append an element; ``class_`` is the attribute ``class``, other names have ``-`` for ``_``."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = SubElement(parent, tag, names)
    element.text = plain(text)
    return element


def put_after(element: Element, text: str) -> None:
    """Text behind an element, one space between them."""
    element.tail = AtomicString(f" {plain(text)}")


def put_list(parent: Element, label: str, items: Iterable[str]) -> None:
    """A labelled list; nothing at all when there are no items."""
    items = list(items)
    if items:
        put(parent, "p", label, class_="risk-label")
        rows = put(parent, "ul")
        for item in items:
            put(rows, "li", item)


def put_citation(parent: Element, sources: Iterable[str]) -> None:
    """A placeholder that is numbered once the whole page is rendered."""
    ids = " ".join(sources)
    if ids:
        SubElement(parent, "sup", {"class": "citation", "data-cite": ids})
