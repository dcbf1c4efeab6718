"""The print room: page records in, PDF sheets out.

In the order of work: ``article`` makes a page's HTML ready for paper, ``source`` writes it down
as Typst, ``booklet`` binds sources to editions, ``compile`` makes PDFs of them, ``mend`` gives
links words a person would say. ``template.typ`` is the look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.records import Finding, PageRecord, Sheet

Images = Callable[[str], Path | None]
"""From an address under the site's root (percent-encoded, no query) to the file that is served there."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the print room has to know of the edition, apart from its pages."""

    site_name: str
    purpose: str
    """One sentence for the cover: whom this is for and what it gives."""
    site_url: str
    """Where the site is published, or ''."""
    timestamp: int
    """SOURCE_DATE_EPOCH: the only date that enters a file."""
    licence: str
    """One line on every sheet: 'Words CC BY 4.0 ...'."""
    papers: tuple[str, ...] = ("a4",)
    docs_dir: str = "docs"
    """How findings name the folder of the pages."""


def export(
    pages: Sequence[PageRecord], images: Images, job: Job, out: Path
) -> tuple[list[Sheet], list[Finding]]:
    """Print the booklet and every hand-out into ``out``; no sheet is made where there are findings."""
    raise NotImplementedError
