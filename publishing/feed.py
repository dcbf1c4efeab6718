"""The register of changes and the change log -> an Atom feed, for those who want to hear of a corrected sheet.

A feed names its entries by full addresses, so a site without an address has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as tree

from publishing.changes import CARDS, KINDS, Change
from publishing.imprint import Imprint
from publishing.records import PageRecord

FEED = "feed.xml"
_LOG = "CHANGELOG.md"
_EDITION = re.compile(r"^## \[([^\]]+)\] - (\d{4}-\d\d-\d\d)\n+([^\n#]*)", re.MULTILINE)
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the feed."""

    address: str
    """Where to read on; with ``mark``, what names the entry for good."""
    mark: str
    day: str
    title: str
    words: str


def write_feed(folder: Path, pages: Iterable[PageRecord], changes: Mapping[str, Change], imprint: Imprint) -> None:
    """Corrections, other changes of sheets, and editions of the guide, newest first; nothing for a site without an address."""
    if not imprint.site_url:
        return
    log = imprint.root / _LOG
    text = log.read_text(encoding="utf-8") if log.is_file() else ""
    entries = [*_of_sheets(changes.values(), {page.source: page for page in pages}), *_of_editions(text)]
    entries.sort(key=lambda entry: (entry.day, entry.mark), reverse=True)
    if entries:
        (folder / FEED).write_bytes(atom(entries, imprint.site_name, imprint.site_url))


def atom(entries: Iterable[Entry], name: str, site_url: str) -> bytes:
    """``entries``: newest first, at least one; their addresses are relative to ``site_url``."""
    rows = list(entries)
    feed = tree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _put(feed, "title", f"{name}: what has changed")
    _put(feed, "id", urljoin(site_url, FEED))
    _put(feed, "link", rel="self", href=urljoin(site_url, FEED))
    _put(feed, "link", href=site_url)
    _put(feed, "updated", f"{rows[0].day}T00:00:00Z")
    _put(_put(feed, "author"), "name", name)
    for row in rows:
        entry = _put(feed, "entry")
        _put(entry, "title", row.title)
        _put(entry, "id", f"{urljoin(site_url, row.address)}#{row.mark}")
        _put(entry, "link", href=urljoin(site_url, row.address))
        _put(entry, "updated", f"{row.day}T00:00:00Z")
        _put(entry, "summary", row.words)
    tree.indent(feed)
    written: bytes = tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _of_sheets(changes: Iterable[Change], pages: Mapping[str, PageRecord]) -> Iterator[Entry]:
    for change in changes:
        page = pages.get(change.sheet)
        if page or change.sheet == CARDS:
            address, title = (page.url, page.title) if page else ("", "Wallet cards")
            words = f"{change.what} Why: {change.why}" if change.why else change.what
            yield Entry(address, f"edition-{change.new}", change.date, f"{KINDS[change.kind]}: {title}", words)


def _of_editions(log: str) -> Iterator[Entry]:
    for number, day, words in _EDITION.findall(log):
        yield Entry("", f"edition-{number}", day, f"Edition {number}", words.strip())


def _put(parent: tree.Element, name: str, text: str = "", **attributes: str) -> tree.Element:
    element = tree.SubElement(parent, name, attributes)
    element.text = text or None
    return element
