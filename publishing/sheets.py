"""What one build asks of the print room: the sheets of the guide itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publishing.print import Job, export
from publishing.records import Finding, PageRecord, Sheet
from publishing.settings import Settings

if TYPE_CHECKING:
    from publishing.clinics import Clinics
    from publishing.imprint import Imprint


def print_sheets(
    pages: Sequence[PageRecord],
    files: Mapping[str, Path],
    imprint: Imprint,
    settings: Settings,
    clinics: Clinics,
    site: Path,
) -> tuple[list[Sheet], list[Finding]]:
    """Print everything into ``site/print``; ``files``: address under the site's root -> file."""
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
    )
    out = site / "print"
    out.mkdir(exist_ok=True)
    return export(pages, lambda url: files.get(unquote(url)), job, out)
