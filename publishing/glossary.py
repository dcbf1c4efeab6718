"""The glossary: every hard word with its meaning, the page that lists them, and the few explained where they are used.

A word is explained once a page, behind its first use in running text, in words that paper and touch screens show too;
never in headings, links, labels, boxes or first aid, and not where the page explains it itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from publishing.blocks import BlockExtension, FilledBlock
from publishing.cells import cell_faults, put_cell
from publishing.data import Register
from publishing.explain import explain
from publishing.records import Finding, Reference
from publishing.tree import put

SMALLEST_PART = 7


@dataclass(frozen=True, slots=True)
class See:
    """A page, from the docs folder on, and the words of the link to it."""

    page: str
    words: str


@dataclass(frozen=True, slots=True)
class Term:
    """One hard word (``data/glossary.yml``)."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    """For the search; no reader sees them."""
    forms: tuple[str, ...] = ()
    """What pages write where the term itself is longer."""
    explain: str = ""
    """The meaning in a few words, for the text of a page."""
    case: bool = False
    """Whether its capitals count: WHO is not who."""
    see: See | None = None

    @property
    def pattern(self) -> str:
        """Of its uses on a page."""
        forms = "|".join(map(re.escape, sorted(self.forms or (self.term,), key=len, reverse=True)))
        return rf"\b(?:{forms})\b" if self.case else rf"(?i:\b(?:{forms})s?\b)"


def glossary_faults(glossary: Register[Term], references: Register[Reference]) -> Iterator[Finding]:
    """Meanings that cannot stand as they are, and misspellings that are right words of the glossary."""
    names = {name.casefold() for term in glossary.entries.values() for name in (term.term, *term.also, *term.forms)}
    for term in glossary.entries.values():
        for field in ("term", "meaning", "explain"):
            for rule, fault in cell_faults(getattr(term, field) or "-", {}, references):
                yield Finding(glossary.path, glossary.line(term.id, field), rule, f"'{term.id}': '{field}' {fault}")
        for number, wrong in enumerate(term.misspelt):
            if wrong.casefold() in names:
                message = f"'{term.id}' calls '{wrong}' misspelt, which is a right name here. Take one of the two out."
                yield Finding(glossary.path, glossary.line(term.id, "misspelt", number), "data-field", message)


class GlossaryBlock(FilledBlock):
    """`/// glossary`: every term from A to Z."""

    NAME = "glossary"
    CLASS = "glossary"

    def fill(self, element: Element) -> None:
        glossary: Register[Term] = self.config["glossary"]
        if not glossary.entries:
            element.set("data-empty", glossary.path)
        for title, terms in _parts(sorted(glossary.entries.values(), key=lambda term: term.term.casefold())):
            put(element, "h2", title)
            words = put(element, "dl")
            for term in terms:
                put(put(words, "dt", id=term.id), "span", term.term)
                _put_meaning(put(words, "dd"), term)


def _put_meaning(parent: Element, term: Term) -> None:
    put_cell(parent, term.meaning, {})
    if term.also:
        parent[-1].tail = " "
        put(parent, "span", f"Also: {', '.join(term.also)}.", class_="glossary-also")
    if term.see:
        parent[-1].tail = " "
        put(parent, "a", term.see.words, href=f"/{term.see.page}").tail = "."


def _parts(terms: list[Term]) -> Iterator[tuple[str, list[Term]]]:
    """'A to B' and its terms: letters together until a part is worth its heading."""
    part: list[Term] = []
    letters = [list(group) for _, group in groupby(terms, key=lambda term: term.term[0].upper())]
    for place, group in enumerate(letters):
        part += group
        rest = sum(map(len, letters[place + 1 :]))
        if len(part) >= SMALLEST_PART and (rest >= SMALLEST_PART or not rest) or not rest:
            ends = [part[0].term[0].upper(), part[-1].term[0].upper()]
            yield " to ".join(dict.fromkeys(ends)), part
            part = []


class _Explainer(Treeprocessor):
    """Puts the meaning behind the first use of each term that has one for this."""

    def __init__(self, md: Markdown, glossary: Register[Term]) -> None:
        super().__init__(md)
        self._meanings = [(term.pattern, term.explain) for term in glossary.entries.values() if term.explain]

    def run(self, root: Element) -> None:
        explain(root, self._meanings)


class _ExplainExtension(Extension):
    def __init__(self, glossary: Register[Term]) -> None:
        super().__init__()
        self._glossary = glossary

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Explainer(md, self._glossary), "explain", 9)  # after all text is parsed (20)


def glossary_extensions(glossary: Register[Term]) -> list[Extension]:
    """Teaches Markdown the block `glossary`, and to explain terms in place."""
    return [BlockExtension((GlossaryBlock,), glossary=glossary), _ExplainExtension(glossary)]
