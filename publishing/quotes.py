"""Figures of the registers within a sentence: `[=risk pneumothorax]`, `[=outcome german-trial: real acupuncture]`.

A quote is the register's own words, with what they count and their sources behind them, so that a number lives in one
place. A page and a cell of a register quote alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

from publishing.data import Register, did_you_mean
from publishing.marks import CODE, PLACES
from publishing.records import Finding, Risk
from publishing.references import NO_PLACE
from publishing.source import Prose

MARK = r"\[=([^\[\]]{1,200})\](?!\()"
_STASHED = re.compile(f"{STX}[^{STX}]*\x03|[*_\\s]")
_UNKNOWN = re.compile(r'<span data-unknown="quote \| ([^"]*)">')
_MISPLACED = re.compile(r'<span class="quoted" data-misplaced="([^"]*)" data-quote="([^"]*)">')
_UNREAD = re.compile(r"\[=[^\[\]<\n]{0,80}\]?")


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure of a register, in words, with where it comes from."""

    text: str
    sources: tuple[str, ...]
    what: str = ""
    """What is counted, as a picture labels it."""


Quotes: TypeAlias = "Mapping[str, Quote]"
"""By register and id, and what of the entry: 'risk pneumothorax', 'risk bleeding: course'."""


def named(text: str) -> str:
    """What stands in a mark, as ``Quotes`` has it."""
    return re.sub(r"\s*:\s*", ": ", " ".join(text.split()))


def risk_quotes(risks: Register[Risk]) -> dict[str, Quote]:
    """The headline of each hazard, and those of its other figures that have an id."""
    quotes: dict[str, Quote] = {}
    for risk in risks.entries.values():
        quotes[f"risk {risk.id}"] = Quote(risk.chance, risk.chance_sources, risk.name.lower())
        for figure in risk.figures:
            if figure.id:
                text = figure.short or figure.text.rstrip(".")
                quotes[f"risk {risk.id}: {figure.id}"] = Quote(text, figure.sources, figure.what or risk.name.lower())
    return quotes


def quoted(name: str, quote: Quote, before: str) -> Element:
    """The figure as ``before``, what stands in front of it, asks: with a capital letter where a sentence begins."""
    said = before.rstrip()
    first = quote.text[:1].upper() if not said or said[-1] in ".?!" else quote.text[:1].lower()
    span = Element("span", {"class": "quoted", "data-quote": name})
    span.text = AtomicString(first + quote.text[1:])
    if quote.sources:
        SubElement(span, "sup", {"class": "citation", "data-cite": " ".join(quote.sources)})
    return span


class QuoteExtension(Extension):
    def __init__(self, quotes: Quotes) -> None:
        super().__init__()
        self._quotes = quotes

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(_Quote(MARK, md, self._quotes), "quote", 176)  # after code, before citations
        md.treeprocessors.register(_Places(md), "quote_places", 11)  # before the citations in it are looked at


class _Quote(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, quotes: Quotes) -> None:
        super().__init__(pattern, md)
        self._quotes = quotes

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        name = named(m[1])
        quote = self._quotes.get(name)
        before = _STASHED.sub("", data[: m.start(0)])
        element = quoted(name, quote, before) if quote else Element("span", {"data-unknown": f"quote | {name}"})
        return element, m.start(0), m.end(0)


class _Places(Treeprocessor):
    """Marks the quotes that stand where no number may."""

    def run(self, root: Element) -> None:
        for tag, place in NO_PLACE.items():
            for element in root.iter(tag):
                for span in element.iterfind(".//span[@class='quoted']"):
                    span.set("data-misplaced", place)
                    for sup in list(span):
                        span.remove(sup)


def quote_faults(path: str, prose: Prose, html: str, quotes: Quotes) -> Iterator[Finding]:
    """Quotes of what is not there, in places where none may stand, or that were not read at all."""
    for name in dict.fromkeys(map(unescape, _UNKNOWN.findall(html) if "data-unknown" in html else ())):
        message = f"'[={name}]' quotes what no register holds.{did_you_mean(name, quotes)}"
        yield from (Finding(path, line, "unknown-quote", message) for line in prose.lines_with(_written(name)))
    misplaced = _MISPLACED.findall(html) if "data-misplaced" in html else ()
    for place, name in dict.fromkeys((place, unescape(name)) for place, name in misplaced):
        message = f"[={name}] stands in {place}. Put it into a sentence or a table cell."
        written = prose.lines_with(_written(name))
        lines = [line for line in written if line in prose.lines_with(PLACES[place].replace("@", "="))] or written
        yield from (Finding(path, line, "citation-place", message) for line in lines)
    if "<img" in html:
        message = "a quote in the description of a picture is lost. Put it into a sentence."
        for line in filter(None, prose.lines_with(r"!\[[^\[\]]*\[=")):
            yield Finding(path, line, "citation-place", message)
    if "[=" in html:
        for text in dict.fromkeys(map(unescape, _UNREAD.findall(CODE.sub("", html)))):
            message = f"'{text}' is not read as a quote. Write [=risk pneumothorax], and not in raw HTML."
            yield from (Finding(path, line, "citation-form", message) for line in prose.lines_with(re.escape(text)))


def _written(name: str) -> str:
    """The mark however its writer spaced it."""
    parts = [r"\s+".join(map(re.escape, part.split())) for part in name.split(":")]
    return r"\[=\s*" + r"\s*:\s*".join(parts) + r"\s*\]"
