"""The elements of a parsed page, in their order, each with its attributes: read once for all that is asked of them.

Part of ``publishing/pages.py``, which alone decides what is parsed.
"""

from __future__ import annotations

from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

Found: TypeAlias = tuple[LexborNode, str, dict[str, str | None]]
"""An element, its tag, and its attributes: None for one without a value."""


def elements(document: LexborHTMLParser) -> list[Found]:
    """Without what is in a ``template``."""
    nodes = document.root.traverse() if document.root else ()
    return [(node, node.tag or "", node.attributes) for node in nodes if node.is_element_node]
