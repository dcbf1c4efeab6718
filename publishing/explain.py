"""Explains hard words in place: finds the first use of a term where an explanation may stand, and puts it behind.

Works on Markdown's tree of one page, after all text is parsed and before headings get their anchors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from publishing.checks.stems import stems
from publishing.tree import plain

CLOSED = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "label", "summary", "table", "dt", "figure", "svg", "code", "pre",
    "sup", "button", "blockquote", "details",
))  # fmt: skip
"""What is no place for an explanation."""
OPEN_DIVS = re.compile(r"tabbed-(?:set|content|block)\b")
FIRST_AID = re.compile(r"emergency (?:number|department)|urgent care|same day", re.IGNORECASE)
HEADING = re.compile(r"h[1-6]")
GOES_ON = (
    "a|about|after|and|are|as|asks?|at|before|but|by|calls?|can|did|does|finds?|for|found|from|has|have|if|in|is|it|may|not|of|on|or"
    "|over|said|says?|so|than|that|the|then|they|to|was|were|when|which|with|you"
)
"""Words behind which a term has ended: 'sham is', and not 'sham needling', which an explanation would tear apart."""


class _Slot(NamedTuple):
    """One run of text: an element's own, or the text behind it."""

    element: Element
    behind: bool
    parent: Element

    @property
    def text(self) -> str:
        return (self.element.tail if self.behind else self.element.text) or ""


def explain(root: Element, meanings: Iterable[tuple[str, str]]) -> None:
    """Change the tree of a page; ``meanings``: the pattern of a term, and what it means in a few words."""
    headings = " ".join(_words(element) for element in root.iter() if HEADING.fullmatch(element.tag))
    if FIRST_AID.search(headings) or re.search(r"\bemergency\b", headings, re.IGNORECASE) or _has_glossary(root):
        return
    said = _words(root)
    lower = said.lower()
    slots: list[_Slot] = []
    for term, meaning in meanings:
        if not _may_use(term, lower) or re.search(term, headings) or _explains_itself(term, said):
            continue
        slots = slots or list(_slots(root))
        for slot in slots:
            use = re.search(rf"{term}(?=[.,;:?!]|\s+(?:{GOES_ON})\b|\s*$)", slot.text)
            if use and (slot.text[use.end() :].strip() or not _runs_on(slot)):
                _put_behind(slot, use.end(), meaning)
                slots = []  # the tree has changed
                break


_stems = lru_cache(maxsize=256)(stems)


def _may_use(term: str, lower: str) -> bool:
    """Most pages have none of a term's letters, and need not be searched for it."""
    needed = _stems(term)
    return not needed or any(stem in lower for stem in needed)


def _has_glossary(root: Element) -> bool:
    return any(element.get("class") == "glossary" for element in root.iter("div"))


def _explains_itself(term: str, said: str) -> bool:
    """'sham (a pretend treatment)', 'pretend needling (sham)', 'this is called moxa'."""
    return bool(re.search(rf"{term}\s*\(|\({term}|\bcalled {term}|{term}(?:,| is| means) (?:a|an|the)\b", said))


def _slots(root: Element) -> Iterator[_Slot]:
    """The runs of text in page order, without those of a section that has first aid."""
    section: list[Element] = []
    for child in [*root, Element("h2")]:
        if child.tag == "h2":
            if not any(FIRST_AID.search(_words(part)) for part in section if _is_open(part)):
                for part in section:
                    yield from _inside(part, root)
            section = []
        section.append(child)


def _inside(element: Element, parent: Element) -> Iterator[_Slot]:
    if _is_open(element):
        yield _Slot(element, False, parent)
        for child in element:
            yield from _inside(child, element)
            yield _Slot(child, True, element)


def _is_open(element: Element) -> bool:
    named = element.get("class", "")
    return element.tag not in CLOSED and (element.tag != "div" or bool(OPEN_DIVS.match(named)))


def _runs_on(slot: _Slot) -> bool:
    """Whether the word behind a run of text stands in an element of its own, so that the phrase may not have ended."""
    siblings = list(slot.parent if slot.behind else slot.element)
    after = siblings[siblings.index(slot.element) + 1 :] if slot.behind else siblings
    return bool(after) and after[0].tag not in ("sup", "br")


def _put_behind(slot: _Slot, end: int, meaning: str) -> None:
    note = Element("span", {"class": "meaning"})
    note.text = plain(f" ({meaning})")
    note.tail = slot.text[end:]
    if slot.behind:
        slot.element.tail = slot.text[:end]
        slot.parent.insert(list(slot.parent).index(slot.element) + 1, note)
    else:
        slot.element.text = slot.text[:end]
        slot.element.insert(0, note)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
