"""The second door: reads a built site back into page records, and says where it is not what its build made.

Knows nothing of MkDocs, so that a site from any generator is judged by the same rules.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from publishing import pages
from publishing.manifest import Manifest, ManifestPage, digest, output_files
from publishing.moved import file_of
from publishing.records import Finding, PageRecord
from publishing.shares import in_shares

_PLACEHOLDER = re.compile(r'data-cite="[^"]*"></sup>|data-unknown="|data-misplaced="')
_AGAIN = "Build the site again with scripts/build, and change nothing in it by hand."


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What was found in an output folder."""

    pages: tuple[PageRecord, ...]
    files: frozenset[str]
    findings: tuple[Finding, ...]


def read_site(site: Path, manifest: Manifest | None, name: str, section: str, processes: int = 1) -> BuiltSite:
    """``name``: how findings call the folder where a page's source is not known; ``section``: the safety section."""
    files = output_files(site)
    known = {_address(page.url): page for page in manifest.pages} if manifest else {}
    found: dict[str, PageRecord] = {}
    findings = list(_missing(manifest, files, name))

    def read(share: Sequence[str]) -> list[tuple[PageRecord | None, list[Finding]]]:
        return [_read_file(path, files, manifest, known, name, section) for path in share]

    for record, faults in chain.from_iterable(in_shares(read, [*files], processes)):
        findings += faults
        if record:
            found[record.source] = record
    order = {page.source: place for place, page in enumerate(manifest.pages)} if manifest else {}
    in_order = sorted(found.values(), key=lambda page: (order.get(page.source, len(order)), page.source))
    addresses = set(_addresses(files)) - _led_on(manifest)
    return BuiltSite(tuple(in_order), frozenset(addresses), tuple(findings))


def _read_file(
    path: str,
    files: Mapping[str, Path],
    manifest: Manifest | None,
    known: Mapping[str, ManifestPage],
    name: str,
    section: str,
) -> tuple[PageRecord | None, list[Finding]]:
    """The page that a file holds, if any, and what is wrong with the file."""
    content = files[path].read_bytes()
    findings = list(_file_findings(manifest, path, content, name))
    if not path.endswith(".html") or path == "404.html" or path in _led_on(manifest):
        return None, findings
    own = pages.own_content(content)
    if own is None:
        findings.append(_no_mark(f"{name}/{path}"))
        own = "", ""
    page = known.get(_address(path)) or ManifestPage(_guess(_address(path), section, files), path, title="")
    record = pages.read(page.source, page.url, own[1], title=page.title, meta=page.meta, chapter=page.chapter)
    return record, [*findings, *_page_findings(record, path, manifest, known, name)]


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
