"""The sheets of a built site: what they lost of their pages, and which of them fill too many sides.

Part of the second door: the print room's own rules, over what it has printed, without printing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publishing.links import slug
from publishing.records import Finding, PageRecord, PublishingError
from publishing.sheet_edition import is_handout
from publishing.sheet_list import INDEX

if TYPE_CHECKING:
    from publishing.print.loss import Words


def sheet_findings(
    site: Path, pages: Sequence[PageRecord], rules: Mapping[str, str], docs: str, has_clinic: bool
) -> Iterator[Finding]:
    """Over all that ``print/index.json`` names; nothing where nothing was printed.

    ``pages``: in the order of the menu. ``has_clinic``: whether the sheets carry a clinic's name, which may cost a side.
    """
    listed = _listed(site / "print" / INDEX)
    if listed and rules.get("print-loss") != "off":
        yield from _losses(site / "print", listed, pages, docs)
    if listed and rules.get("print-sides") != "off" and not has_clinic:
        from publishing.print.sides import over_budget, sides_allowed  # as below

        budgets = {slug(page.source): (f"{docs}/{page.source}", sides_allowed(page.meta)) for page in pages}
        for sheet in listed:
            if sheet["kind"] == "hand-out" and sheet["id"] in budgets:
                path, allowed = budgets[sheet["id"]]
                yield from over_budget(path, sheet["paper"], sheet["pages"], allowed)


def _losses(
    folder: Path, listed: Sequence[Mapping[str, Any]], pages: Sequence[PageRecord], docs: str
) -> Iterator[Finding]:
    from publishing.print.loss import loss_findings, losses, words_of  # the print room: only where it has printed
    from publishing.print.pocket import pocket_pages

    held = {
        "booklet": pages,
        "pack": [page for page in pages if is_handout(page)],
        "pocket": pocket_pages(pages, docs)[0],
        **{slug(page.source): [page] for page in pages},
    }
    read: dict[str, Words] = {}
    for sheet in listed:
        file = folder / sheet["file"]
        if sheet["kind"] == "pocket-imposed" or sheet["id"] not in held or not file.is_file():
            continue
        for page in held[sheet["id"]]:
            if page.html not in read:
                read[page.html] = words_of(page.html)
        missing = losses(file.read_bytes(), {page.source: read[page.html] for page in held[sheet["id"]]})
        yield from loss_findings(file.name, missing, docs)


def _listed(index: Path) -> list[Mapping[str, Any]]:
    if not index.is_file():
        return []
    try:
        listed = json.loads(index.read_text(encoding="utf-8"))["sheets"]
        return [sheet for sheet in listed if {"id", "kind", "paper", "file", "pages"} <= sheet.keys()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PublishingError(
            f"{index}: is not a list of sheets that this program wrote. Build the site again."
        ) from error
