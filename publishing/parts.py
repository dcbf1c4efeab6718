"""The elements of a page's tree as the rules look at them: in page order, hidden or not, in code or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from publishing.records import Element
from publishing.sight import HIDING, is_hidden

CODE = frozenset(("code", "pre", "kbd", "samp", "textarea", "xmp", "svg", "math"))
# Formulas and diagrams are written in a language of their own.
_CODE_CLASSES = frozenset(("arithmatex", "mermaid", "highlight"))
TELLING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "img", "iframe", "object", "embed"))
"""Elements that tell a rule something even without an attribute."""


class Part(NamedTuple):
    """One element of a page."""

    element: Element
    is_hidden: bool
    """By its own or an outer element's attributes."""
    in_code: bool


def parts(tree: Element, *, telling: bool = False) -> Iterator[Part]:
    """Every element, in page order; of the ``telling`` those alone that have an attribute, or tell something without."""
    waiting = [(tree, False, False)]
    while waiting:
        element, hidden, in_code = waiting.pop()
        tag, attributes, children = element
        if not HIDING.isdisjoint(attributes) and element is not tree:
            hidden = hidden or is_hidden(attributes)
        if attributes or not telling or tag in TELLING:
            yield Part(element, hidden, in_code)
        in_code = in_code or tag in CODE or ("class" in attributes and is_code(element))
        for child in reversed(children):
            if not isinstance(child, str):
                waiting.append((child, hidden, in_code))


def is_code(element: Element) -> bool:
    classes = element.attributes.get("class", "").split()
    return element.tag in CODE or not _CODE_CLASSES.isdisjoint(classes)
