"""What one build asks of the print room: the sheets of the guide itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publishing.print import Job, export
from publishing.records import Finding, PageRecord, Sheet
from publishing.settings import Settings
from publishing.sheet_edition import edition_of, is_handout

if TYPE_CHECKING:
    from publishing.changes import Change
    from publishing.clinics import Clinics
    from publishing.imprint import Imprint


def print_sheets(
    pages: Sequence[PageRecord],
    files: Mapping[str, Path],
    imprint: Imprint,
    settings: Settings,
    clinics: Clinics,
    past: Mapping[str, Sequence[Change]],
    site: Path,
) -> tuple[list[Sheet], list[Finding]]:
    """Print everything into ``site/print``; ``files``: address under the site's root -> file.

    ``past``: the changes of each sheet, oldest first.
    """
    assert settings.print
    job = Job(
        site_name=imprint.site_name,
        purpose=imprint.purpose,
        site_url=imprint.site_url,
        timestamp=imprint.timestamp,
        licence=imprint.licence,
        papers=settings.print.papers,
        docs_dir=imprint.docs,
        read_back=settings.rules is not None and settings.rules.get("print-loss") != "off",
        clinic=clinics.own,
        issued=_issued(pages, past),
    )
    out = site / "print"
    out.mkdir(exist_ok=True)
    return export(pages, lambda url: files.get(unquote(url)), job, out)


def _issued(pages: Sequence[PageRecord], past: Mapping[str, Sequence[Change]]) -> dict[str, str]:
    """The day of each present edition that was given out, by the source of its page."""
    known = [(page, past[page.source][-1]) for page in pages if past.get(page.source) and is_handout(page)]
    return {page.source: newest.date for page, newest in known if newest.new == edition_of(page)}
