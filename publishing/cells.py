"""The words of one cell of the registers: plain text that may cite a source or quote another register.

`[@witt2009; @boyce2020]` cites; `[=risk pneumothorax]` and `[=outcome nsaids-pain]` stand for the figure that those
registers hold, with its sources, so that a number lives in one place. All else goes out as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from publishing.data import Register, did_you_mean
from publishing.quotes import MARK, Quotes, named, quoted
from publishing.records import Reference
from publishing.references import CITATION
from publishing.tree import put

PART = re.compile(f"{CITATION}|{MARK}")
CITED = re.compile(r"@([\w.:-]+)")


def put_cell(parent: Element, text: str, quotes: Quotes) -> None:
    """Fill a cell; in a span of its own, since Markdown looks for attribute lists at the end of a cell."""
    span = put(parent, "span")
    text = " ".join(text.split())
    end = 0
    for part in PART.finditer(text):
        before, end = text[end : part.start()], part.end()
        _append(span, before)
        if part[1] is not None:
            SubElement(span, "sup", {"class": "citation", "data-cite": " ".join(CITED.findall(part[1]))})
        elif quote := quotes.get(named(part[2])):
            span.append(quoted(named(part[2]), quote, before))
    _append(span, text[end:])


def _append(span: Element, words: str) -> None:
    if len(span):
        span[-1].tail = AtomicString((span[-1].tail or "") + words)
    else:
        span.text = AtomicString((span.text or "") + words)


def cell_faults(text: str, quotes: Quotes, references: Register[Reference]) -> Iterator[tuple[str, str]]:
    """Rule and message for each thing in a cell that a reader would miss or should not see."""
    rest = PART.sub("", text)
    if not text.strip():
        yield "cell-form", "is empty. Write the words, or 'We could not confirm this.'"
    if "[@" in rest:
        yield "cell-form", "holds a citation that cannot be read. Write [@witt2009; @boyce2020]."
    elif set(rest) & set("{}[]<>*`"):
        yield "cell-form", "holds markup. Write plain words; [@id], [=risk ID] and [=outcome ID] alone are read."
    for part in PART.finditer(text):
        if part[1] is not None:
            yield from unknown_sources(CITED.findall(part[1]), references)
        elif (name := named(part[2])) not in quotes:
            yield "unknown-quote", f"quotes '{name}', which no register holds.{did_you_mean(name, quotes)}"
    if re.search(r"\d", rest) and not PART.search(text):
        yield "figure-without-source", "holds a figure and cites nothing. Write its source behind it: [@witt2009]."


def unknown_sources(ids: Iterable[str], references: Register[Reference]) -> Iterator[tuple[str, str]]:
    for id in ids:
        if id not in references.entries:
            yield "unknown-reference", f"cites '{id}', which is not in {references.path}.{references.nearest(id)}"
