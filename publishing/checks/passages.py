"""A page's tree -> the passages that a rule on words may judge: sentences, table rows, captions, headings.

A citation belongs to the sentence it follows, on either side of the full stop. What a page does not say in its own
voice (code, the list of sources, the register of all sources) is left out; what it quotes is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from publishing.checks.sentences import (
    CITE,
    MARKS,
    QUOTE,
    SAID,
    UNQUOTE,
    UNSAID,
    Span,
    mark_quotations,
    sentences,
    without_marks,
)
from publishing.records import Element

Kind: TypeAlias = Literal["sentence", "row", "caption", "heading"]
_MARK = re.compile(f"[{MARKS}]")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "label", "summary", "legend"))
_CODE = frozenset(("code", "pre", "samp", "kbd", "textarea", "svg", "math", "select", "button"))
_PLAIN = frozenset(
    ("a", "abbr", "b", "br", "em", "i", "li", "ol", "p", "small", "span", "strong", "sub", "td", "th", "ul")
)
"""Without a class they change nothing for what is in them, unless they carry a risk."""
_NO_CLASSES: frozenset[str] = frozenset()
_NOT_ITS_OWN = frozenset(("headerlink", "sources", "reference-list", "emergency-numbers"))
_BOXES = frozenset(("admonition", "fact-box"))


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that carry one claim, with the sources that they name."""

    kind: Kind
    text: str
    """One blank between words, cells parted by ' | ', citations taken out."""
    cites: tuple[str, ...]
    """Ids of its own sources; '#source-2' where the page does not say which that is."""
    shared: tuple[str, ...] = ()
    """Ids of all sources of the box that it stands in."""
    quoted: tuple[Span, ...] = ()
    """Where ``text`` quotes somebody, quotation marks included."""
    said: tuple[Span, ...] = ()
    """Where the writer marked it as said with a reason: ``class="said" title="why"``."""
    under: str = ""
    """Of a row: the caption and the head of its table."""
    risk: str = ""
    """Id of the risk whose box or entry this is."""
    is_prose: bool = False
    """Running text or a list item of the page itself; not a table, a title or a box of the register."""

    def is_said(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self.said)

    def is_quoted(self, start: int, end: int) -> bool:
        return self.is_said(start, end) or any(first < end and start < last for first, last in self.quoted)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for all that is inside one element."""

    kind: Kind = "sentence"
    is_whole: bool = False
    is_skipped: bool = False
    is_quotation: bool = False
    is_said: bool = False
    is_prose: bool = True
    box: int = 0
    risk: str = ""
    table: int = 0


def passages(tree: Element) -> tuple[Passage, ...]:
    """In page order; in time linear in the size of the page, at any depth."""
    reader = _Reader()
    for step in _walk(tree):
        if isinstance(step, str):
            reader.read(step)
        elif step[1]:
            reader.open(step[0])
        else:
            reader.close(step[0])
    return reader.finish()


def classes(element: Element) -> frozenset[str]:
    return frozenset(element.attributes.get("class", "").split())


def _walk(root: Element) -> Iterator[str | tuple[Element, bool]]:
    """Each text once, each element when it opens (True) and when it closes."""
    waiting: list[str | tuple[Element, bool]] = [(root, True)]
    while waiting:
        step = waiting.pop()
        yield step
        if not isinstance(step, str) and step[1]:
            waiting.append((step[0], False))
            below = reversed(step[0].children)
            waiting.extend(child if isinstance(child, str) else (child, True) for child in below)


class _Reader:
    """Gathers the text of one block at a time, its citations and quotations as marks within it."""

    def __init__(self) -> None:
        self._frames = [_Frame()]
        self._text: list[str] = []
        self._cites: list[tuple[str, ...]] = []
        self._cells: set[str] = set()
        self._boxes: list[list[str]] = [[]]
        self._tables: list[str] = [""]
        self._found: list[tuple[_Frame, Passage]] = []

    def read(self, text: str) -> None:
        if not self._frames[-1].is_skipped:
            self._text.append(text if text.isascii() else _MARK.sub("", text))

    def open(self, element: Element) -> None:
        frame = self._frames[-1]
        names = classes(element) if element.attributes else _NO_CLASSES
        if element.tag in _BLOCKS and not frame.is_whole:
            self._flush()
        if element.tag == "sup" and not frame.is_skipped:
            if "citation" in names:
                self._cite(element)
            frame = replace(frame, is_skipped=True)
        self._frames.append(self._inside(frame, element, names))
        if element.tag == "q" or names:
            self._mark(element, names, QUOTE, SAID)
        if element.tag in ("td", "th"):
            self._cells.add(element.tag)

    def close(self, element: Element) -> None:
        if element.tag == "q" or element.attributes:
            self._mark(element, classes(element), UNQUOTE, UNSAID)
        if element.tag in _BLOCKS and not self._frames[-2].is_whole:
            self._flush()
        self._frames.pop()
        if element.tag in ("td", "th") and self._frames[-1].is_whole:
            self._text.append(" | ")
        elif element.tag in _BLOCKS or element.tag == "br":
            self._text.append(" ")

    def finish(self) -> tuple[Passage, ...]:
        self._flush()
        return tuple(self._complete(frame, passage) for frame, passage in self._found)

    def _complete(self, frame: _Frame, passage: Passage) -> Passage:
        """With what is known of its box and its table once all of them is read."""
        shared = tuple(self._boxes[frame.box]) if frame.box else ()
        under = self._tables[frame.table].strip() if passage.kind == "row" else ""
        return replace(passage, shared=shared, under=under) if shared or under else passage

    def _inside(self, frame: _Frame, element: Element, names: frozenset[str]) -> _Frame:
        tag = element.tag
        if not names and tag in _PLAIN:
            return frame
        if tag in _CODE or names & _NOT_ITS_OWN:
            return replace(frame, is_skipped=True)
        if names & _BOXES or tag == "figure" or "data-risk" in element.attributes or (tag == "details" and names):
            self._boxes.append([])
            frame = replace(frame, box=len(self._boxes) - 1, risk=element.attributes.get("data-risk", frame.risk))
        if tag == "table":
            self._tables.append("")
            frame = replace(frame, table=len(self._tables) - 1)
        if tag == "blockquote":
            frame = replace(frame, is_quotation=True)
        if tag in _BLOCKS and _is_said(element, names):
            frame = replace(frame, is_said=True)
        if tag == "tr":
            self._cells = set()
            return replace(frame, kind="row", is_whole=True)
        if tag in ("caption", "figcaption"):
            return replace(frame, kind="caption", is_whole=True)
        if tag in _HEADINGS or "admonition-title" in names:
            return replace(frame, kind="heading", is_whole=True)
        return frame if tag != "dt" else replace(frame, is_prose=False)

    def _cite(self, element: Element) -> None:
        links = (child for child in element.children if isinstance(child, Element))
        places = tuple(link.attributes.get("href", "") for link in links)
        ids = tuple(element.attributes.get("data-cite", "").split()) or tuple(filter(None, places))
        if ids:
            self._text.append(CITE)
            self._cites.append(ids)
            self._boxes[self._frames[-1].box] += ids

    def _mark(self, element: Element, names: frozenset[str], quote: str, said: str) -> None:
        if element.tag == "q":
            self._text.append(quote)
        if element.tag not in _BLOCKS and _is_said(element, names):
            self._text.append(said)

    def _flush(self) -> None:
        if not self._text:
            return
        frame = self._frames[-1]
        text = " ".join("".join(self._text).split()).removesuffix("|").rstrip()
        cites = iter(self._cites)
        self._text, self._cites = [], []
        if not text.strip(MARKS):
            return
        text = mark_quotations(text)
        pieces = [text] if frame.is_whole else list(sentences(text))
        for piece in pieces:
            own = tuple(id for _ in range(piece.count(CITE)) for id in next(cites))
            self._found.append((frame, _passage(frame, piece, own)))
        if frame.kind == "caption" or (frame.kind == "row" and "td" not in self._cells):
            self._tables[frame.table] += f" {self._found[-1][1].text}" if frame.table else ""


def _is_said(element: Element, names: frozenset[str]) -> bool:
    return "said" in names and bool(element.attributes.get("title", "").strip())


def _passage(frame: _Frame, piece: str, cites: tuple[str, ...]) -> Passage:
    found = without_marks(piece)
    whole = ((0, len(found.text)),)
    return Passage(
        kind=frame.kind,
        text=found.text,
        cites=cites,
        quoted=whole if frame.is_quotation else found.quoted,
        said=whole if frame.is_said else found.said,
        risk=frame.risk,
        is_prose=frame.is_prose and not (frame.is_whole or frame.risk or frame.table),
    )
