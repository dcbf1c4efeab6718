"""A page's tree -> the passages that a rule on words may judge: sentences, table rows, captions, headings.

A citation belongs to the sentence it follows, on either side of the full stop. What a page does not say in its own
voice (code, the list of sources, the register of all sources) is left out; what it quotes is marked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from publishing.checks.frames import BLOCKS, NO_CLASSES, Frame, Kind, is_box, is_plain, is_said
from publishing.checks.sentences import (
    CITE,
    MARKS,
    QUOTE,
    SAID,
    UNQUOTE,
    UNSAID,
    Span,
    Words,
    mark_quotations,
    sentences,
    without_marks,
)
from publishing.records import Element, Node

_MARK = re.compile(f"[{MARKS}]")


class Passage(NamedTuple):
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


def passages(tree: Element) -> tuple[Passage, ...]:
    """In page order; in time linear in the size of the page, at any depth."""
    reader = _Reader()
    waiting: list[Node | None] = [tree]  # None: the element that was opened last ends here
    while waiting:
        node = waiting.pop()
        if node is None:
            reader.close()
        elif isinstance(node, str):
            reader.read(node)
        else:
            waiting.append(None)
            if reader.open(node):
                waiting.extend(reversed(node.children))
    return reader.finish()


class _Reader:
    """Gathers the text of one block at a time, its citations and quotations as marks within it."""

    def __init__(self) -> None:
        self._frames = [Frame()]
        self._opened: list[tuple[str, bool]] = []
        self._text: list[str] = []
        self._cites: list[tuple[str, ...]] = []
        self._cells: set[str] = set()
        self._boxes: list[list[str]] = [[]]
        self._tables: list[str] = [""]
        self._found: list[tuple[Frame, Words, tuple[str, ...]]] = []

    def read(self, text: str) -> None:
        if self._text or not text.isspace():
            self._text.append(text if text.isascii() else _MARK.sub("", text))

    def open(self, element: Element) -> bool:
        """Whether what is in it is to be read."""
        tag, frame = element.tag, self._frames[-1]
        names = frozenset(element.attributes.get("class", "").split()) if element.attributes else NO_CLASSES
        if tag in BLOCKS and not frame.is_whole:
            self._flush()
        if tag == "sup" and "citation" in names:
            self._cite(element)
        elif tag in ("td", "th"):
            self._cells.add(tag)
        inner = self._inside(frame, element, names)
        self._frames.append(inner)
        said = tag not in BLOCKS and is_said(element, names)
        self._opened.append((tag, said))
        if tag == "q":
            self._text.append(QUOTE)
        if said:
            self._text.append(SAID)
        return not inner.is_skipped

    def close(self) -> None:
        """What was opened last."""
        tag, said = self._opened.pop()
        if tag == "q":
            self._text.append(UNQUOTE)
        if said:
            self._text.append(UNSAID)
        if tag in BLOCKS and not self._frames[-2].is_whole:
            self._flush()
        self._frames.pop()
        if tag in ("td", "th") and self._frames[-1].is_whole:
            self._text.append(" | ")
        elif self._text and (tag in BLOCKS or tag == "br"):
            self._text.append(" ")

    def finish(self) -> tuple[Passage, ...]:
        self._flush()
        return tuple(self._passage(*found) for found in self._found)

    def _inside(self, frame: Frame, element: Element, names: frozenset[str]) -> Frame:
        inner = frame.inside(element, names)
        if inner.is_skipped or is_plain(element, names):
            return inner
        if is_box(element, names):
            self._boxes.append([])
            inner = inner._replace(box=len(self._boxes) - 1, risk=element.attributes.get("data-risk", frame.risk))
        if element.tag == "table":
            self._tables.append("")
            inner = inner._replace(table=len(self._tables) - 1)
        if element.tag == "tr":
            self._cells = set()
        return inner

    def _cite(self, element: Element) -> None:
        if self._frames[-1].is_skipped:
            return
        links = (child for child in element.children if isinstance(child, Element))
        places = tuple(link.attributes.get("href", "") for link in links)
        ids = tuple(element.attributes.get("data-cite", "").split()) or tuple(filter(None, places))
        if ids:
            self._text.append(CITE)
            self._cites.append(ids)
            self._boxes[self._frames[-1].box] += ids

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
        for piece in (text,) if frame.is_whole else sentences(text):
            own = tuple(id for _ in range(piece.count(CITE)) for id in next(cites))
            self._found.append((frame, without_marks(piece), own))
        if frame.table and (frame.kind == "caption" or (frame.kind == "row" and "td" not in self._cells)):
            self._tables[frame.table] += f" {self._found[-1][1].text}"

    def _passage(self, frame: Frame, words: Words, cites: tuple[str, ...]) -> Passage:
        """With what is known of its box and its table once all of them is read."""
        whole = ((0, len(words.text)),)
        return Passage(
            frame.kind,
            words.text,
            cites,
            shared=tuple(self._boxes[frame.box]) if frame.box else (),
            quoted=whole if frame.is_quotation else words.quoted,
            said=whole if frame.is_said else words.said,
            under=self._tables[frame.table].strip() if frame.kind == "row" else "",
            risk=frame.risk,
            is_prose=frame.is_prose and not (frame.is_whole or frame.risk or frame.table),
        )
