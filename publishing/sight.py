"""What of a page a reader sees without a click: its parsed HTML -> the links that they do not see, each with the reason.

Part of ``publishing/pages.py``, which alone decides what is parsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from publishing.embeds import style_text
from publishing.nodes import Found

# What a browser never shows as part of the page, or only after a click.
_UNSEEN_TAGS = {
    **dict.fromkeys(("code", "pre", "samp", "xmp", "textarea"), "is inside code"),
    **dict.fromkeys(("template", "script", "noscript", "style"), "is inside a part that is not shown"),
    **dict.fromkeys(("object", "iframe", "audio", "video", "canvas"), "is inside a part that is not shown"),
    **dict.fromkeys(("select", "datalist"), "is inside a part that is not shown"),
    "svg": "is inside a drawing",
}
_CODE_TAGS = frozenset(tag for tag, reason in _UNSEEN_TAGS.items() if reason == "is inside code")
MAY_HIDE = frozenset((*_UNSEEN_TAGS, "dialog", "details", "ol"))
# What may hide, and links, within one part: there are few of them, and lexbor finds them faster than Python could.
_WITH_IT = ", ".join((
    *MAY_HIDE, "[hidden]", "[popover]", "[aria-hidden]", "[style]", "[class*=tabbed-]", "a[href]", "area[href]"
))  # fmt: skip
# Letters that take room and show nothing: Hangul fillers and the empty Braille cell.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_PLAIN_LETTER = re.compile("[!-~]")
HIDING = frozenset(("hidden", "popover", "aria-hidden", "style"))
"""The attributes with which an element may hide itself."""
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b")


class Sight:
    """Why what a page holds cannot be seen at once; every part that hides something is looked at once."""

    def __init__(self, elements: Sequence[Found]) -> None:
        self._reasons: dict[int, str] = {}
        self._shown: dict[tuple[int, Callable[..., object]], int | None] = {}
        for node, tag, attributes in elements:
            may_hide = (
                tag in MAY_HIDE or not HIDING.isdisjoint(attributes) or "tabbed-" in (attributes.get("class") or "")
            )
            # One that has a reason already is in something that has hidden all that is in it.
            if may_hide and node.mem_id not in self._reasons:
                self._hide_by(node)

    def of_link(self, link: LexborNode) -> str | None:
        """None for a link that a reader sees."""
        return self._reasons.get(link.mem_id) or (None if _shows_something(link) else "has no text to see")

    def _hide_by(self, node: LexborNode) -> None:
        if reason := hides(node) or self._not_chosen(node):
            self._hide(node, reason)
        elif node.tag == "details" and "open" not in node.attributes:
            children = list(node.iter())
            summary = next((child.mem_id for child in children if child.tag == "summary"), None)
            for child in children:
                if child.mem_id != summary:
                    self._hide(child, hides(child) or "is in a closed box")

    def _hide(self, node: LexborNode, reason: str) -> None:
        self._reasons |= dict.fromkeys((inner.mem_id for inner in node.css(_WITH_IT)), reason)
        self._reasons[node.mem_id] = reason

    def _not_chosen(self, node: LexborNode) -> str | None:
        """What a click elsewhere would show: the words of an annotation, a tab that is not the first."""
        parent = node.parent
        if parent is None or (parent.tag == "details" and "open" not in parent.attributes):
            return None  # its summary; all else in it is hidden already
        if node.tag == "ol" and _is_annotation(node, parent):
            return "is behind an annotation mark"
        classes = _classes(node)
        if "tabbed-block" in classes or "tabbed-content" in classes:
            choose = _first_block if "tabbed-block" in classes else _first_content
            if (parent.mem_id, choose) not in self._shown:
                chosen = choose(parent)
                self._shown[parent.mem_id, choose] = None if chosen is None else chosen.mem_id
            return None if self._shown[parent.mem_id, choose] == node.mem_id else "is in a tab that is not shown first"
        return None


def hides(node: LexborNode) -> str | None:
    """Why this element, by its own tag and attributes, keeps what is in it from the reader."""
    if is_hidden(node.attributes):
        return "is hidden"
    if node.tag == "dialog" and "open" not in node.attributes:
        return "is in a closed box"
    return _UNSEEN_TAGS.get(node.tag or "")


def _shows_something(link: LexborNode) -> bool:
    if has_text(link.text(deep=False)):  # nearly always: words of its own
        return True
    for node in _seen_inside(link):
        if node.is_text_node and has_text(node.text_content or ""):
            return True
        if node.tag == "img" and has_text(node.attributes.get("alt") or ""):
            return True
    return False


def has_text(text: str) -> bool:
    """Whether any letter of it shows: blank, zero-width and lone combining marks do not."""
    return bool(_PLAIN_LETTER.search(text)) or any(
        letter not in _BLANK_LETTERS and unicodedata.category(letter)[0] not in "CZM" for letter in text
    )


def is_hidden(attributes: Mapping[str, str | None] | Mapping[str, str]) -> bool:
    """Whether an element's own attributes keep it from every reader, or from those who listen."""
    if HIDING.isdisjoint(attributes):
        return False
    if "hidden" in attributes or "popover" in attributes:
        return True
    if (attributes.get("aria-hidden") or "").strip().lower() == "true":
        return True
    style = attributes.get("style")
    return bool(style and _HIDING_STYLE.search(style_text(style).lower()))


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


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


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
