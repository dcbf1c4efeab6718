"""What the print room is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from publishing.clinic import Clinic

if TYPE_CHECKING:
    from publishing.print.wallet import Wallet

Images = Callable[[str], Path | None]
"""From an address under the site's root (percent-encoded, no query) to the file that is served there."""


@dataclass(frozen=True, slots=True)
class Job:
    """All there is to know of the editions, apart from their pages."""

    site_name: str
    purpose: str
    """One sentence for the cover: whom this is for and what it gives."""
    site_url: str
    """Where the site is published, or ''."""
    timestamp: int
    """SOURCE_DATE_EPOCH: the only date that enters a file."""
    licence: str
    """One line on every sheet, as HTML: 'Words CC BY 4.0 ...'."""
    papers: tuple[str, ...] = ("a4",)
    docs_dir: str = "docs"
    """How findings name the folder of the pages."""
    language: str = "en-GB"
    read_back: bool = False
    """Whether each PDF is held to the words of its pages."""
    clinic: Clinic = Clinic()
    """Whose name and numbers stand on the sheets."""
    booklets: bool = True
    """Whether all pages are bound together, too: the sheets of one clinic of many go without."""
    wallet: Wallet | None = None
    """What the wallet cards say; None for a site without them."""
    issued: Mapping[str, str] = field(default_factory=dict)
    """The day of a page's present edition, by its source, where the register of changes knows it."""
