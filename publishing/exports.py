"""What stands in the output beside the pages and the sheets, written once the pages have passed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publishing.feed import write_feed
from publishing.moved import server_moves, write_moved
from publishing.offline import write_clinic_copies, write_offline
from publishing.programs import write_for_programs
from publishing.records import PageRecord
from publishing.search import WORKER, load_leads, write_search
from publishing.slim import write_slim

if TYPE_CHECKING:
    from publishing.clinics import Clinics
    from publishing.imprint import Imprint
    from publishing.registers import Registers
    from publishing.settings import Settings


def write_exports(
    folder: Path,
    pages: Sequence[PageRecord],
    imprint: Imprint,
    settings: Settings,
    registers: Registers | None,
    clinics: Clinics | None,
) -> None:
    """``folder``: the finished site; raises PublishingError."""
    leads = (
        load_leads(imprint.root, settings.data, [page.source for page in pages]).entries.values() if registers else ()
    )
    write_search(folder, pages, leads, registers.glossary.entries.values() if registers else ())
    if registers:
        write_feed(folder, pages, registers.changes.entries, imprint)
    if (folder / WORKER).is_file():
        drop_unused(folder)
        write_slim(folder)
        write_for_programs(folder, pages, imprint)
    if settings.redirects:
        write_moved(folder, settings, pages, imprint.site_name, imprint.site_url)
    write_offline(folder, imprint.site_name)
    if clinics:
        write_clinic_copies(folder, imprint.site_name, clinics)
    if settings.policy:
        from publishing.headers import write_policy  # each page is read once more

        write_policy(folder, pages, imprint.docs, server_moves(settings, pages))


def drop_unused(folder: Path) -> None:
    """Take out what Material publishes and no reader's browser asks for: source maps, and search in other languages."""
    for unused in folder.glob("assets/**/*.map"):
        unused.unlink()
    shutil.rmtree(folder / "assets/javascripts/lunr", ignore_errors=True)
