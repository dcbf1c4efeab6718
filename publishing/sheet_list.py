"""What was printed, for programs and for whoever checks a copy: ``print/index.json`` and ``print/SHA256SUMS``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from publishing.blocks import FilledBlock
from publishing.records import Sheet
from publishing.tree import put

INDEX = "index.json"
SUMS = "SHA256SUMS"
VERSION = 1


class SheetListBlock(FilledBlock):
    """`/// sheet-list`: where the look of the site lists all sheets, once they are printed; elsewhere, where to find them."""

    NAME = "sheet-list"
    CLASS = "sheet-list"

    def fill(self, element: Element) -> None:
        put(
            element,
            "p",
            "The list of all sheets stands on this page of the site, and for programs in print/index.json.",
        )


def write_sheet_list(folder: Path, sheets: Sequence[Sheet]) -> None:
    """Into the folder that holds the sheets."""
    entries = [_entry(sheet) for sheet in sheets]
    index = json.dumps({"version": VERSION, "sheets": entries}, ensure_ascii=False, indent=1)
    sums = "".join(
        f"{sheet.sha256}  {sheet.path.name}\n" for sheet in sorted(sheets, key=lambda sheet: sheet.path.name)
    )
    (folder / INDEX).write_text(index + "\n", encoding="utf-8")
    (folder / SUMS).write_text(sums, encoding="utf-8")


def _entry(sheet: Sheet) -> dict[str, str | int]:
    return {
        "id": sheet.id,
        "title": sheet.title,
        "kind": sheet.edition,
        "edition": sheet.edition_id,
        "paper": sheet.paper,
        "file": sheet.path.name,
        "pages": sheet.pages,
        "bytes": sheet.bytes,
        "sha256": sheet.sha256,
    }
