"""What one build asks of the print room: the sheets of the guide itself, and the wallet cards, and those of each clinic of a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from logging import Logger
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publishing import pages as pages_of_html
from publishing.cache import Cache
from publishing.clinic import Clinic
from publishing.clinic_block import numbers
from publishing.kept_registers import CACHE
from publishing.print.job import Job
from publishing.print.room import export
from publishing.print.wallet import Wallet, wallet_of
from publishing.records import Finding, PageRecord, Sheet
from publishing.settings import Settings
from publishing.sheet_edition import edition_of, is_handout
from publishing.sheet_list import write_sheet_list

if TYPE_CHECKING:
    from publishing.changes import Change
    from publishing.clinics import Clinics
    from publishing.imprint import Imprint
    from publishing.registers import Registers

_TOLD = 20
"""Lines of a log at most, however much there is to print."""


def print_sheets(
    pages: Sequence[PageRecord],
    files: Mapping[str, Path],
    imprint: Imprint,
    settings: Settings,
    clinics: Clinics,
    registers: Registers | None,
    site: Path,
    log: Logger,
) -> tuple[list[Sheet], list[Finding]]:
    """Print everything into ``site/print``; ``files``: address under the site's root -> file. ``log`` hears how far it is."""
    assert settings.print
    past = registers.changes_by_sheet() if registers else {}
    wallet = _wallet(pages, settings.safety_section, registers) if registers else None
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
        wallet=wallet,
        issued=_issued(pages, wallet, past),
    )
    out = site / "print"
    out.mkdir(exist_ok=True)

    def tell(done: int, total: int) -> None:
        if done * _TOLD // total > (done - 1) * _TOLD // total:
            log.info("printed %d of %d", done, total)

    images, cache = lambda url: files.get(unquote(url)), Cache(imprint.root / CACHE)
    sheets, findings = export(pages, images, job, out, cache=cache, tell=tell)
    write_sheet_list(out, sheets)
    for name, clinic in clinics.others.items():
        folder = out / "clinics" / name
        folder.mkdir(parents=True)
        its = [_for_clinic(page, clinics.own, clinic) for page in pages]
        made, faults = export(its, images, replace(job, clinic=clinic, booklets=False), folder, cache=cache, tell=tell)
        write_sheet_list(folder, made)
        findings += faults
    return sheets, findings


def _for_clinic(page: PageRecord, own: Clinic, clinic: Clinic) -> PageRecord:
    """The page with another clinic's numbers in the place of the guide's own."""
    if numbers(own) not in page.html:
        return page
    html = page.html.replace(numbers(own), numbers(clinic))
    return pages_of_html.read(page.source, page.url, html, title=page.title, meta=page.meta, chapter=page.chapter)


def _wallet(pages: Sequence[PageRecord], section: str, registers: Registers) -> Wallet | None:
    page = next((page for page in pages if section and page.source == f"{section.rstrip('/')}/get-help.md"), None)
    numbers = {number.country: number.call for number in registers.shelf.numbers.entries.values()}
    return wallet_of(page, registers.shelf.risks.entries.values(), numbers) if page else None


def _issued(pages: Sequence[PageRecord], wallet: Wallet | None, past: Mapping[str, Sequence[Change]]) -> dict[str, str]:
    """The day of each present edition that was given out, by the source of its page."""
    present = {page.source: edition_of(page) for page in pages if is_handout(page) and past.get(page.source)}
    if wallet and past.get("wallet"):
        present["wallet"] = wallet.signs
    return {name: past[name][-1].date for name, signs in present.items() if past[name][-1].new == signs}
