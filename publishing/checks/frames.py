"""What holds for all that is inside one element of a page: its kind of text, whether it is the page's own voice, its risk.

Part of ``passages.py``, which reads the text itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from publishing.records import Element

Kind: TypeAlias = Literal["sentence", "row", "caption", "heading", "label", "setting"]
"""The last two stand beside the text: what a picture or a link is called, and the page's title, description and question."""
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "label", "summary", "legend"))
_CODE = frozenset(("code", "pre", "samp", "kbd", "textarea", "svg", "math", "select", "button"))
PLAIN = frozenset(
    ("a", "abbr", "b", "br", "em", "i", "li", "ol", "p", "small", "span", "strong", "sub", "td", "th", "ul")
)
"""Without a class they change nothing for what is in them."""
CELLS = frozenset(("td", "th"))
UNMARKED = frozenset(("a", "abbr", "b", "em", "i", "small", "span", "strong", "sub"))
"""Without a class they change nothing, and end nothing."""
NO_CLASSES: frozenset[str] = frozenset()
LABELS = ("alt", "title", "aria-label")
"""Attributes whose words a reader sees or hears."""
MARKING = frozenset(("class", *LABELS))
"""Attributes for which an element has to be looked at."""
_NOT_ITS_OWN = frozenset(("headerlink", "sources", "reference-list", "emergency-numbers", "emergency-line"))
_BOXES = frozenset(("admonition", "fact-box"))


class Frame(NamedTuple):
    """What holds for all that is inside one element."""

    kind: Kind = "sentence"
    is_whole: bool = False
    is_quotation: bool = False
    is_said: bool = False
    is_prose: bool = True
    box: int = 0
    risk: str = ""
    table: int = 0

    def labelled(self) -> Frame:
        """What holds for the words of a label in it: they are no row, and no part of a sentence."""
        return self._replace(kind="label", is_whole=True, table=0)

    def inside(self, element: Element, names: frozenset[str]) -> Frame:
        """``names``: the element's classes."""
        tag = element.tag
        frame = self
        if tag == "blockquote":
            frame = frame._replace(is_quotation=True)
        if tag in BLOCKS and is_said(element, names):
            frame = frame._replace(is_said=True)
        if tag == "tr":
            return _whole(frame, "row")
        if tag in ("caption", "figcaption"):
            return _whole(frame, "caption")
        if tag in _HEADINGS or "admonition-title" in names:
            return _whole(frame, "heading")
        return frame if tag != "dt" else frame._replace(is_prose=False)


@lru_cache(maxsize=4096)
def _whole(frame: Frame, kind: Kind) -> Frame:
    """Rows and headings are many, and alike."""
    return frame._replace(kind=kind, is_whole=True)


def is_skipped(tag: str, names: frozenset[str]) -> bool:
    """Whether it holds nothing that the page says in its own voice."""
    return tag == "sup" or tag in _CODE or bool(names and not _NOT_ITS_OWN.isdisjoint(names))


def is_box(element: Element, names: frozenset[str]) -> bool:
    """Whether what is in it shares its sources."""
    if element.tag == "figure" or "data-risk" in element.attributes:
        return True
    return bool(names) and (element.tag == "details" or not _BOXES.isdisjoint(names))


def is_said(element: Element, names: frozenset[str]) -> bool:
    """Whether the writer marked it as said, with the reason."""
    return "said" in names and bool(element.attributes.get("title", "").strip())
