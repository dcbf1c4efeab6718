"""A page's tree -> the passages that a rule on words may judge: sentences, table rows, captions, headings.

A citation belongs to the sentence it follows, on either side of the full stop. What a page does not say in its own
voice (code, the list of sources, the register of all sources) is left out; what it quotes is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from publishing.checks.frames import (
    BLOCKS,
    CELLS,
    LABELS,
    MARKING,
    NO_CLASSES,
    PLAIN,
    UNMARKED,
    Frame,
    Kind,
    is_box,
    is_said,
    is_skipped,
)
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
from publishing.records import Element, Node, PageRecord

Spans: TypeAlias = "tuple[Span, ...]"
_LABELS = frozenset(LABELS)
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

    @property
    def is_beside_text(self) -> bool:
        """Whether it is no part of the text, where a source could stand."""
        return self.kind in ("label", "setting")

    def is_said(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self.said)

    def is_quoted(self, start: int, end: int) -> bool:
        return self.is_said(start, end) or any(first < end and start < last for first, last in self.quoted)


def passages(tree: Element) -> tuple[Passage, ...]:
    """In page order, labels behind all others; in time linear in the size of the page, at any depth."""
    reader = _Reader()
    text = reader.text
    waiting: list[Node | None] = [tree]  # None: the element that was opened last ends here
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if text or not node.isspace():
                text.append(node if node.isascii() else _MARK.sub("", node))
        elif node is None:
            reader.close()
        elif node.tag in UNMARKED and MARKING.isdisjoint(node.attributes):
            waiting.extend(reversed(node.children))
        elif len(node.children) == 1 and not node.attributes and reader.read_plain(node):
            continue
        elif reader.open(node):
            waiting.append(None)
            waiting.extend(reversed(node.children))
    return reader.finish()


def settings(page: PageRecord, found: Sequence[Passage]) -> Iterator[Passage]:
    """What search engines, programs and lists of pages show of it; not a title that is a heading of it, too."""
    headings = {passage.text for passage in found if passage.kind == "heading"}
    texts = (page.title, *(page.meta.get(name, "") for name in ("title", "description", "question")))
    for words in dict.fromkeys(words for text in texts for words in _cut(text)):
        if words.text not in headings:
            yield Passage("setting", words.text, (), quoted=words.quoted)


def _cut(text: str) -> list[Words]:
    """The sentences of a text that holds no markup."""
    plain = " ".join(_MARK.sub("", text).split())
    return [without_marks(piece) for piece in sentences(mark_quotations(plain))] if plain else []


class _Reader:
    """Gathers the text of one block at a time, its citations and quotations as marks within it."""

    def __init__(self) -> None:
        self._frame = Frame()
        self._outer: list[tuple[Frame, str, bool]] = []
        self.text: list[str] = []
        """What was read of the block so far."""
        self._cites: list[tuple[str, ...]] = []
        self._cells: set[str] = set()
        self._boxes: list[list[str]] = [[]]
        self._tables: list[str] = [""]
        self._found: list[tuple[Frame, str, Spans, Spans, tuple[str, ...]]] = []
        self._labels: list[tuple[Frame, str, Spans, Spans, tuple[str, ...]]] = []

    def read_plain(self, element: Element) -> bool:
        """As opened, read and closed, where it is a plain element that holds words alone: most list items and cells."""
        tag, _, (words,) = element
        if tag not in PLAIN or not isinstance(words, str):
            return False
        is_block = tag in BLOCKS and not self._frame.is_whole
        if is_block and self.text:
            self._flush()
        if tag in CELLS:
            self._cells.add(tag)
        if self.text or not words.isspace():
            self.text.append(words if words.isascii() else _MARK.sub("", words))
        if is_block and self.text:
            self._flush()
        self._end(tag)
        return True

    def open(self, element: Element) -> bool:
        """Whether what is in it is to be read, until it is closed."""
        tag, attributes, _ = element
        is_block = tag in BLOCKS
        if is_block and self.text and not self._frame.is_whole:
            self._flush()
        if tag in CELLS:
            self._cells.add(tag)
        names = frozenset(attributes["class"].split()) if "class" in attributes else NO_CLASSES
        if not names and tag in PLAIN:
            if attributes:
                self._label(element)
            self._outer.append((self._frame, tag, False))
            return True
        if tag == "sup" and "citation" in names:
            self._cite(element)
        if is_skipped(tag, names):
            self._end(tag)
            return False
        said = not is_block and is_said(element, names)
        if not (said or self._frame.is_said):  # else the title is the reason
            self._label(element)
        self._outer.append((self._frame, tag, said))
        self._frame = self._inside(self._frame, element, names)
        if tag == "q":
            self.text.append(QUOTE)
        if said:
            self.text.append(SAID)
        return True

    def close(self) -> None:
        """What was opened last."""
        outer, tag, said = self._outer.pop()
        if tag == "q":
            self.text.append(UNQUOTE)
        if said:
            self.text.append(UNSAID)
        if self.text and tag in BLOCKS and not outer.is_whole:
            self._flush()
        self._frame = outer
        self._end(tag)

    def _end(self, tag: str) -> None:
        if tag in CELLS and self._frame.is_whole:
            self.text.append(" | ")
        elif self.text and (tag in BLOCKS or tag == "br"):
            self.text.append(" ")

    def finish(self) -> tuple[Passage, ...]:
        if self.text:
            self._flush()
        return tuple([self._passage(*found) for found in (*self._found, *self._labels)])

    def _inside(self, frame: Frame, element: Element, names: frozenset[str]) -> Frame:
        inner = frame.inside(element, names)
        if is_box(element, names):
            self._boxes.append([])
            inner = inner._replace(box=len(self._boxes) - 1, risk=element.attributes.get("data-risk", frame.risk))
        if element.tag == "table":
            self._tables.append("")
            inner = inner._replace(table=len(self._tables) - 1)
        if element.tag == "tr":
            self._cells = set()
        return inner

    def _label(self, element: Element) -> None:
        """An abbreviation's words are the glossary's, and judged there."""
        attributes = element.attributes
        for name in () if element.tag == "abbr" or _LABELS.isdisjoint(attributes) else LABELS:
            self._labels += [(self._frame.labelled(), *words, ()) for words in _cut(attributes.get(name, ""))]

    def _cite(self, element: Element) -> None:
        links = (child for child in element.children if isinstance(child, Element))
        places = tuple(link.attributes.get("href", "") for link in links)
        ids = tuple(element.attributes.get("data-cite", "").split()) or tuple(filter(None, places))
        if ids:
            self.text.append(CITE)
            self._cites.append(ids)
            self._boxes[self._frame.box] += ids

    def _flush(self) -> None:
        frame = self._frame
        text = " ".join("".join(self.text).split()).removesuffix("|").rstrip()
        cites = iter(self._cites)
        self.text.clear()
        self._cites = []
        if not text.strip(MARKS):
            return
        text = mark_quotations(text)
        pieces = sentences(text) if frame.kind == "heading" or not frame.is_whole else [text]
        if text.isascii() or not _MARK.search(text):  # nearly always: nothing is cited or quoted
            self._found += [(frame, piece, (), (), ()) for piece in pieces]
        else:
            for piece in pieces:
                own = tuple([id for _ in range(piece.count(CITE)) for id in next(cites)])
                self._found.append((frame, *without_marks(piece), own))
        if frame.table and (frame.kind == "caption" or (frame.kind == "row" and "td" not in self._cells)):
            self._tables[frame.table] += f" {self._found[-1][1]}"

    def _passage(self, frame: Frame, text: str, quoted: Spans, said: Spans, cites: tuple[str, ...]) -> Passage:
        """With what is known of its box and its table once all of them is read."""
        kind, is_whole, is_quotation, frame_is_said, is_prose, box, risk, table = frame
        if is_quotation or frame_is_said:
            whole = ((0, len(text)),)
            quoted, said = whole if is_quotation else quoted, whole if frame_is_said else said
        shared = tuple(self._boxes[box]) if box else ()
        under = self._tables[table].strip() if kind == "row" else ""
        return Passage(
            kind, text, cites, shared, quoted, said, under, risk, is_prose and not (is_whole or risk or table)
        )
