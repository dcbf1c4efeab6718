"""The register of sources: citations in the text, the list at a page's foot, and the page of all sources.

A citation is a placeholder until the whole page is rendered, because Markdown does not read a page in its order
(footnotes, tabs, tables); `number_citations` then numbers what stands in the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from publishing.bibliography import Bibliography
from publishing.blocks import BlockExtension, FilledBlock
from publishing.data import Register
from publishing.records import Finding, Reference

CITATION = r"\[(@[\w.:-]+(?:\s*;\s*@[\w.:-]+)*)\s*\](?!\()"  # [@witt2009; @boyce2020], not the link [@name](address)
# The white space before it goes: a number stands close to its word, and never alone on the next line.
PLACEHOLDER = re.compile(
    r'\s*<sup class="citation" data-cite="([^"]*)"(?: data-misplaced="([^"]*)")?(?: data-print="(off)")?></sup>'
)
ID = re.compile(r"[\w.:-]+")
NO_PLACE = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "a heading"),
    "a": "the text of a link",
    "label": "the label of a tab",
    "summary": "the title of a folding box",
}
"""Where a number would enter an anchor, or nest one link in another."""


def reference_faults(register: Register[Reference]) -> Iterator[Finding]:
    """Fields whose text cannot be what it should."""
    forms = {
        "id": ID,
        "DOI": re.compile(r"10\.\d{4,9}/\S+"),
        "URL": re.compile(r"https?://[^\s\"'<>\\^`{|}]+"),
        "PMID": re.compile(r"\d+"),
    }
    examples = {"id": "witt2009", "DOI": "10.1159/000209315", "URL": "https://www.nhs.uk/", "PMID": "19420954"}
    for reference in register.entries.values():
        for field, form in forms.items():
            text = getattr(reference, field)
            if text and not form.fullmatch(text):
                message = f"'{reference.id}' has the {field} '{text}'. Write one like '{examples[field]}'."
                yield Finding(register.path, register.line(reference.id, field), "data-field", message)


class CitationExtension(Extension):
    """Teaches Markdown `[@witt2009]` and `[@witt2009; @boyce2020]`."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(_Citation(CITATION, md), "citation", 175)  # after code (190), before links (170)
        md.treeprocessors.register(_Places(md), "citation_places", 10)  # after all text is parsed (20)


class _Citation(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        ids = " ".join(part.strip().removeprefix("@") for part in m[1].split(";"))
        return Element("sup", {"class": "citation", "data-cite": ids}), m.start(0), m.end(0)


class _Places(Treeprocessor):
    """Marks the citations that stand where none may, and those that no paper carries."""

    def run(self, root: Element) -> None:
        for part in root.iterfind(".//*[@data-print='off']"):
            for citation in part.iterfind(".//sup[@class='citation']"):
                citation.set("data-print", "off")
        for tag, place in NO_PLACE.items():
            for element in root.iter(tag):
                for citation in element.iter("sup"):
                    if citation.get("class") == "citation":
                        citation.set("data-misplaced", place)


class ReferenceList(FilledBlock):
    """`/// reference-list`: every source, by what it is, with what it can and cannot show."""

    NAME = "reference-list"
    CLASS = "reference-list"

    def fill(self, element: Element) -> None:
        bibliography: Bibliography = self.config["bibliography"]
        if bibliography.register.entries:
            bibliography.put_all(element)
        else:
            element.set("data-empty", bibliography.register.path)


def citation_extensions(bibliography: Bibliography) -> list[Extension]:
    """Teaches Markdown `[@witt2009; @boyce2020]` and the block `reference-list`."""
    return [CitationExtension(), BlockExtension((ReferenceList,), bibliography=bibliography)]


class Numbering:
    """The sources of one page in the order in which it cites them."""

    def __init__(self, register: Register[Reference]) -> None:
        self._register = register
        self._cited: dict[str, int] = {}
        """The number of each source, in the order of the page."""
        self._on_paper: set[str] = set()
        self.unknown: list[str] = []
        self.misplaced: list[tuple[str, str]] = []

    @property
    def cited(self) -> list[str]:
        return list(self._cited)

    @property
    def on_screen_alone(self) -> frozenset[str]:
        """The sources that only parts with ``data-print="off"`` cite."""
        return frozenset(self._cited) - self._on_paper

    def number(self, html: str) -> str:
        if '"></sup>' not in html:  # so every place is filled already: the pattern would take long to say so
            return html
        return PLACEHOLDER.sub(self._sup, html)

    def _sup(self, found: re.Match[str]) -> str:
        ids = unescape(found[1]).split()
        if found[2]:
            self.misplaced += [(id, found[2]) for id in ids]
            return found[0]  # stays as a trace: where the settings let it pass, the site built must still show it
        unknown = [id for id in ids if id not in self._register.entries]
        known = [id for id in ids if id in self._register.entries]
        self.unknown += unknown
        trace = f'<sup class="citation" data-cite="{escape(" ".join(unknown))}"></sup>' if unknown else ""
        if not known:
            return trace
        links = ", ".join(self._link(id) for id in known)
        self._on_paper.update(known if not found[3] else ())
        cited = escape(" ".join(known))  # the rules ask which source a number stands for, also of a site built before
        return f'<sup class="citation" data-cite="{cited}" data-search-exclude>{links}</sup>{trace}'

    def _link(self, id: str) -> str:
        number = self._cited.setdefault(id, 1 + len(self._cited))
        return f'<a href="#source-{number}" aria-label="Source {number}">{number}</a>'
