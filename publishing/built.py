"""The second door: reads a built site back into page records, and says where it is not what its build made.

Knows nothing of MkDocs, so that a site from any generator is judged by the same rules.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from publishing import pages
from publishing.manifest import Manifest, ManifestPage, digest, output_files
from publishing.moved import file_of
from publishing.records import Finding, PageRecord

_PLACEHOLDER = re.compile(r'data-cite="[^"]*"></sup>|data-unknown="|data-misplaced="')
_AGAIN = "Build the site again with scripts/build, and change nothing in it by hand."


class Read(NamedTuple):
    """What a file of the output holds: a page's record and body, if it is one, and what is wrong with the file."""

    record: PageRecord | None
    body: pages.Body | None
    findings: list[Finding]


class BuiltSite:
    """An output folder: what is in it is known at once, what a page says when its file is read."""

    def __init__(self, site: Path, manifest: Manifest | None, name: str, section: str) -> None:
        """``name``: how findings call the folder where a page's source is not known; ``section``: the safety section."""
        self.files: Mapping[str, Path] = output_files(site)
        self._manifest = manifest
        self._name = name
        self._led_on = _led_on(manifest)
        self._known = {_address(page.url): page for page in manifest.pages} if manifest else {}
        self._pages = {path: self._page(path, section) for path in self.files if self._is_page(path)}
        self._places = {page.source: path for path, page in self._pages.items()}

    @property
    def addresses(self) -> frozenset[str]:
        """Address under the root of all that is served."""
        return frozenset(_addresses(self.files)) - self._led_on

    @property
    def findings(self) -> list[Finding]:
        """What is missing."""
        return list(_missing(self._manifest, self.files, self._name))

    def names(self) -> list[PageRecord]:
        """Every page by its source and address, before its file is read; only a glossary, of which others ask, is whole."""
        return self.in_order(self._name_of(path) for path in self._places.values())

    def read(self, path: str) -> Read:
        """One of the ``files``; of two that would have one source, the last is the page."""
        with self.files[path].open("rb", buffering=0) as file:  # whole at once: a buffer would only be one more copy
            content = file.read()
        findings = list(_file_findings(self._manifest, path, content, self._name))
        page = self._pages.get(path)
        if page is None:
            return Read(None, None, findings)
        own = pages.own_content(content)
        if own is None:
            findings.append(_no_mark(f"{self._name}/{path}"))
            own = "", pages.Body("")
        body = own[1]
        record = body.record(page.source, page.url, title=page.title, meta=page.meta, chapter=page.chapter)
        findings += _page_findings(record, path, self._manifest, self._known, self._name)
        return Read(record, body, findings) if self._places[page.source] == path else Read(None, None, findings)

    def in_order(self, records: Iterable[PageRecord]) -> list[PageRecord]:
        """As the manifest has them, the others behind."""
        order = {page.source: place for place, page in enumerate(self._manifest.pages)} if self._manifest else {}
        return sorted(records, key=lambda page: (order.get(page.source, len(order)), page.source))

    def _name_of(self, path: str) -> PageRecord:
        page = self._pages[path]
        name = PageRecord(page.source, page.url, page.title, html="", anchors=frozenset(), links=())
        return (self.read(path).record or name) if name.is_glossary else name

    def _is_page(self, path: str) -> bool:
        return path.endswith(".html") and path != "404.html" and path not in self._led_on

    def _page(self, path: str, section: str) -> ManifestPage:
        address = _address(path)
        return self._known.get(address) or ManifestPage(_guess(address, section, self.files), path, title="")


def _guess(address: str, section: str, files: Mapping[str, Path]) -> str:
    """The likely source of a page that no manifest names.

    visit/after/ is visit/after.md; the safety section, and a folder with pages below it, has an index.
    """
    stem = address.removesuffix(".html").rstrip("/")
    if not address.endswith("/"):
        return f"{stem or 'index'}.md"
    if stem == section.removesuffix(".md").rstrip("/"):
        return section if section.endswith(".md") else f"{stem}/index.md"
    below = (path for path in files if path.startswith(address) and path != f"{address}index.html")
    return f"{stem}/index.md" if any(path.endswith(".html") for path in below) else f"{stem}.md"


def _missing(manifest: Manifest | None, files: Mapping[str, Path], name: str) -> Iterator[Finding]:
    if manifest is None:
        message = f"the site has no publishing.json, so nothing shows that it was judged when it was built. {_AGAIN}"
        yield Finding(name, 0, "site-manifest", message)
        return
    for path in manifest.files:
        if path not in files:
            yield Finding(f"{name}/{path}", 0, "site-manifest", f"is missing from the site. {_AGAIN}")


def _file_findings(manifest: Manifest | None, path: str, content: bytes, name: str) -> Iterator[Finding]:
    if manifest and path not in manifest.files:
        yield Finding(f"{name}/{path}", 0, "site-manifest", f"was not made by the build. {_AGAIN}")
    elif manifest and digest(content) != manifest.files[path]:
        yield Finding(f"{name}/{path}", 0, "site-manifest", f"is not what the build made. {_AGAIN}")


def _page_findings(
    record: PageRecord, path: str, manifest: Manifest | None, known: Mapping[str, ManifestPage], name: str
) -> Iterator[Finding]:
    place = f"{manifest.docs}/{record.source}" if manifest and _address(path) in known else f"{name}/{path}"
    if _PLACEHOLDER.search(record.html):
        message = f"holds a place for a risk box or a citation that was never filled. {_AGAIN}"
        yield Finding(place, 0, "placeholder", message)


def _led_on(manifest: Manifest | None) -> set[str]:
    """What stands at the old addresses of renamed pages: no page of the guide, and nothing that a link should name."""
    moved = manifest.moved if manifest else ()
    return {name for address in moved for name in (address, file_of(address))}


def _no_mark(path: str) -> Finding:
    message = (
        "does not mark its content, so nothing on it can count. "
        'Put data-page-url="{{ page.url }}" on the element round {{ page.content }} in the template.'
    )
    return Finding(path, 0, "content-mark", message)


def _addresses(files: Mapping[str, Path]) -> Iterator[str]:
    for path in files:
        yield path
        yield _address(path)


def _address(path: str) -> str:
    """A page's address under the root, decoded, a folder's without its index.html."""
    path = unquote("" if path in (".", "./") else path)
    folder, file = posixpath.split(path)
    return (f"{folder}/" if folder else "") if file == "index.html" else path
