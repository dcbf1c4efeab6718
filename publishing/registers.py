"""The registers of one build: loads the data, teaches Markdown to use it, and finishes each rendered page.

registers = Registers.load(root, "data/", register_page="safety/risks.md")   # raises Faults
config.markdown_extensions += registers.extensions()
filled = registers.fill("docs/visit/after.md", source, html)                 # each page, once it is rendered
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markdown import Extension

from publishing.bibliography import Bibliography
from publishing.blocks import BlockExtension
from publishing.change_list import ChangesBlock
from publishing.changes import Change, by_sheet, load_changes
from publishing.data import Register, gather, load_register
from publishing.factbook import Facts, fact_faults, load_facts
from publishing.glossary import Term, glossary_extensions, glossary_faults
from publishing.marks import block_faults, citation_faults
from publishing.quotes import quote_faults
from publishing.records import Faults, Finding, Reference, Risk
from publishing.references import Numbering, citation_extensions, reference_faults
from publishing.risk_boxes import EmergencyNumber, Shelf
from publishing.risks import risk_extension, risk_faults
from publishing.scores import ScoresBlock
from publishing.sheet_list import SheetListBlock
from publishing.source import Prose


@dataclass(frozen=True, slots=True)
class Filled:
    """A page with its citations numbered and its sources at the foot."""

    html: str
    findings: tuple[Finding, ...]
    cited: tuple[str, ...]
    """Ids of its sources, in the order of the page."""


class Registers:
    """Holds no state of a page; the formatted sources alone are kept from page to page."""

    def __init__(
        self,
        shelf: Shelf,
        references: Register[Reference],
        facts: Facts,
        glossary: Register[Term],
        changes: Register[Change],
    ) -> None:
        self.shelf = shelf
        self.facts = facts
        self.glossary = glossary
        self.references = references
        self.changes = changes
        self._bibliography = Bibliography(references)

    @classmethod
    def load(cls, root: Path, folder: str, *, register_page: str = "", docs: str = "docs") -> Registers:
        """Read `risks.yml`, `references.yml`, `emergency.yml`, `glossary.yml`, `changes.yml` and the facts below ``root/folder``.

        Raises Faults with all that is wrong in them. A file that is not there is an empty register. ``register_page``:
        the page (`safety/risks.md`) to which the boxes link; without one they have no link. ``docs``: where drawings are.
        """
        findings: list[Finding] = []
        base = f"{folder.rstrip('/')}/"
        references = gather(findings, lambda: load_register(root, f"{base}references.yml", "references", Reference))
        risks = gather(findings, lambda: load_register(root, f"{base}risks.yml", "risks", Risk))
        numbers = gather(findings, lambda: load_register(root, f"{base}emergency.yml", "numbers", EmergencyNumber))
        glossary = gather(findings, lambda: load_register(root, f"{base}glossary.yml", "terms", Term))
        changes = gather(findings, lambda: load_changes(root, base))
        if references:
            findings += reference_faults(references)
        if references and glossary:
            findings += glossary_faults(glossary, references)
        if references and risks:
            findings += risk_faults(risks, references)
        facts = None
        if references and risks:
            facts = gather(findings, partial(load_facts, root, base, docs, references, risks))
        if findings or not (references and risks and numbers and facts and glossary and changes):
            raise Faults(findings)
        return cls(Shelf(risks, numbers, register_page), references, facts, glossary, changes)

    def extensions(self) -> list[Extension]:
        """What Markdown needs in order to understand the blocks and the citations."""
        return [
            risk_extension(self.shelf),
            *self.facts.extensions(),
            BlockExtension((ScoresBlock, SheetListBlock)),
            BlockExtension((ChangesBlock,), changes=self.changes),
            *glossary_extensions(self.glossary),
            *citation_extensions(self._bibliography),
        ]

    def changes_by_sheet(self) -> dict[str, list[Change]]:
        return by_sheet(self.changes.entries)

    def format_sources(self) -> None:
        """Format every source now, so that what is kept of a build holds them all."""
        self._bibliography.format_all()

    def fill(self, path: str, source: str, html: str) -> Filled:
        """Number the citations of a rendered page and list its sources; ``path`` as an editor would open it."""
        numbering = Numbering(self.references)
        html = numbering.number(html)
        prose = Prose(source)
        findings = [
            *block_faults(path, prose, html, self.shelf.risks),
            *fact_faults(path, prose, html, self.facts),
            *quote_faults(path, prose, html, self.facts.quotes),
            *citation_faults(path, prose, html, numbering, self.references),
        ]
        foot = self._bibliography.section(numbering.cited, numbering.on_screen_alone) if numbering.cited else ""
        return Filled(html + foot, tuple(sorted(set(findings))), tuple(numbering.cited))
