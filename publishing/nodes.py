"""The telling elements of a parsed page, in their order, with their attributes: read once for all that is asked of them.

Part of ``publishing/pages.py``, which alone decides what is parsed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

Found: TypeAlias = tuple[LexborNode, str, dict[str, str | None]]
"""An element, its tag, and its attributes: None for one without a value."""


PLAIN = frozenset((
    "p", "br", "hr", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "li", "dl", "dt", "dd", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "b", "strong", "i", "em", "abbr",
))  # fmt: skip
"""They hide nothing, load nothing, run nothing and lead nowhere, unless an attribute says so."""


def whole(document: LexborHTMLParser) -> Iterable[LexborNode]:
    """Every node of a document, in its order."""
    return document.root.traverse() if document.root else ()


def inside(marked: Iterable[LexborNode]) -> Iterable[LexborNode]:
    """Every node within these, without themselves."""
    return chain.from_iterable(islice(node.traverse(), 1, None) for node in marked)


def elements(nodes: Iterable[LexborNode]) -> list[Found]:
    """Without the plain ones that have no attribute, and without what is in a ``template``."""
    found = []
    for node in nodes:
        if node.is_element_node:
            tag, attributes = node.tag or "", node.attributes
            if attributes or tag not in PLAIN:
                found.append((node, tag, attributes))
    return found
