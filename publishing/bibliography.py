"""Sources -> the words that a reader sees: formatted by citeproc in our own style, each once a build."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from publishing.data import Register
from publishing.records import Reference
from publishing.tree import put, put_after

STYLE = Path(__file__).with_name("references.csl")
KINDS = {  # what it is -> heading, and what such a source can show
    "guideline": ("Guidelines", "A body of experts weighs the evidence and says what to offer. Bodies can disagree."),
    "review": ("Reviews", "A review gathers many studies. It is as good as the studies in it."),
    "trial": ("Trials", "A trial compares treatments side by side. When chance sorts the people, the groups start alike."),
    "survey": ("Counts of what happened", "These count harms or habits in many people. Who is asked, and how, changes the number."),
    "cases": ("Reports of single cases", "A case shows that something can happen. It cannot show how often."),
    "laboratory": ("Studies of the body", "These measure what a needle does in the body. That is not yet proof of relief."),
    "opinion": ("Expert opinion", "An expert argues or sums up. It shows what is thought, not what was measured."),
    "advice": ("Health advice", "Advice for the public from health services and professional bodies."),
    "rules": ("Laws, standards and payers", "What a law, a regulator, a standard or an insurer says, on the day we looked."),
}  # fmt: skip
CHECKED = {"yes": "Checked.", "partial": "Partly checked.", "no": "Not checked."}
DOUBT = {"yes": "", "partial": " Not confirmed at the source.", "no": " We could not confirm what it says."}


class Bibliography:
    """Formats a source when it is first asked for, and keeps it: citeproc is slow."""

    def __init__(self, register: Register[Reference]) -> None:
        self.register = register
        self._style: Any = None
        self._texts: dict[str, str] = {}

    def text(self, id: str) -> str:
        """Authors, year, title and container as plain text, not escaped."""
        if id not in self._texts:
            self._texts[id] = self._format(self.register.entries[id])
        return self._texts[id]

    def format_all(self) -> None:
        for id in self.register.entries:
            self.text(id)
        self._style = None  # citeproc's own objects are not kept

    def section(self, ids: Sequence[str], on_screen_alone: Collection[str] = ()) -> str:
        """The list at a page's foot, numbered as the page cites; paper keeps what stands on paper, with its numbers."""
        off = ' data-print="off"'
        rows = []
        for number, id in enumerate(ids, 1):
            value = f' value="{number}"' if on_screen_alone else ""
            rows.append(f'<li id="source-{number}"{value}{off if id in on_screen_alone else ""}>{self._html(id)}</li>')
        items = "\n".join(rows)
        whole = off if set(ids) == set(on_screen_alone) else ""
        return (
            f'\n<section class="sources" aria-labelledby="sources" data-search-exclude{whole}>\n'
            f'<h2 id="sources">Sources</h2>\n<ol>\n{items}\n</ol>\n</section>'
        )

    def put_all(self, parent: Element) -> None:
        """Every source, by what it is."""
        references = list(self.register.entries.values())
        for kind, (title, can_show) in KINDS.items():
            group = [reference for reference in references if reference.custom.kind == kind]
            if group:
                put(parent, "h2", title, id=f"sources-{kind}")
                put(parent, "p", can_show)
                rows = put(parent, "ul", class_="references")
                for reference in sorted(group, key=lambda reference: self.text(reference.id).casefold()):
                    self._put(rows, reference)

    def _put(self, rows: Element, reference: Reference) -> None:
        item = put(rows, "li", id=f"ref-{reference.id}")
        line = put(item, "p", self.text(reference.id), class_="reference")
        if address := _address(reference):
            line.text = AtomicString(f"{line.text} ")
            put(line, "a", address, href=address)
        if reference.custom.findings:
            found = put(item, "p", class_="reference-findings")
            put_after(put(found, "strong", "Found:"), " ".join(reference.custom.findings))
        limits = put(item, "p", class_="reference-limits")
        put_after(put(limits, "strong", "Limits:"), f"{reference.custom.limits} ")
        verified = reference.custom.verified
        put(limits, "span", f"{CHECKED[verified]}{DOUBT[verified]}", class_="reference-verified")

    def _html(self, id: str) -> str:
        reference = self.register.entries[id]
        address = escape(_address(reference))
        link = f' <a href="{address}">{address}</a>' if address else ""
        return f"{escape(self.text(id))}{link}{DOUBT[reference.custom.verified]}"

    def _format(self, reference: Reference) -> str:
        """Through citeproc as plain text: its HTML would let markup in a title through."""
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        self._style = self._style or CitationStylesStyle(str(STYLE), validate=False)
        source = CiteProcJSON([_csl(reference)])
        bibliography = CitationStylesBibliography(self._style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(reference.id)]))
        text = " ".join(str(bibliography.bibliography()[0]).split())
        return text.replace("?.", "?").replace("!.", "!").replace("..", ".")


def _csl(reference: Reference) -> dict[str, Any]:
    """What our style prints, in the shape of CSL-JSON."""
    fields = {name: getattr(reference, name) for name in ("title", "container_title", "volume", "issue", "page")}
    given = {name.replace("_", "-"): text for name, text in fields.items() if text}
    authors = [{key: text for key, text in asdict(name).items() if text} for name in reference.author]
    dated = {"issued": {"date-parts": reference.issued.date_parts}} if reference.issued else {}
    return {"id": reference.id, "type": reference.type, "author": authors, **dated, **given}


def _address(reference: Reference) -> str:
    if reference.DOI:
        return f"https://doi.org/{quote(reference.DOI, safe='/():;.-_')}"
    return reference.URL or (f"https://pubmed.ncbi.nlm.nih.gov/{reference.PMID}/" if reference.PMID else "")
