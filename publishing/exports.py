"""What stands in the output beside the pages and the sheets, written once the pages have passed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publishing.records import PageRecord
from publishing.search import load_leads, write_search

if TYPE_CHECKING:
    from publishing.registers import Registers


def write_exports(
    folder: Path, pages: Sequence[PageRecord], root: Path, data: str, registers: Registers | None
) -> None:
    """``folder``: the finished site; ``data``: the folder of the registers, '' for none; raises Faults."""
    leads = load_leads(root, data, [page.source for page in pages]).entries.values() if registers else ()
    write_search(folder, pages, leads, registers.glossary.entries.values() if registers else ())
