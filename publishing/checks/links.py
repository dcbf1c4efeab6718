"""Links and embedded files: those that name this site lead to something that is there, and nothing is loaded from another."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from publishing.checks.parts import at
from publishing.checks.site import Site, name_target
from publishing.links import Target, relative_source, slug
from publishing.moved import moved_addresses
from publishing.records import Finding, Link, PageRecord
from publishing.sheet_edition import is_handout

_SCHEMES = ("http", "https", "mailto", "tel", "sms")
_WEB_ADDRESS = re.compile(r"https?:", re.IGNORECASE)


def broken_link(site: Site) -> Iterator[Finding]:
    """Every link and every embedded file that names this site names something that is there."""
    known = _Known(site)
    for page in site.pages:
        elsewhere = {link.href for link in page.links if not _is_here(page, link.href)}
        faults = {address: fault for address in elsewhere if (fault := _link_fault(site, page, address, known))}
        for link in page.links if faults else ():
            if fault := faults.get(link.href):
                yield at(site, page, "broken-link", fault, _link_words(link))
        for address in page.media:
            if fault := _file_fault(site, page, address, known):
                yield at(site, page, "broken-link", fault, _file_words(address))


def foreign_host(site: Site) -> Iterator[Finding]:
    """A page loads nothing from another host; ordinary links may lead anywhere."""
    for page in site.pages:
        for address in page.media:
            if host := site.map.other_host(address):
                message = f"loads {address.strip()} from {host}, which then knows who reads this page; without internet it is missing. Put the file under {site.docs}, or write an ordinary link to it."
                yield at(site, page, "foreign-host", message, _file_words(address))


def _is_here(page: PageRecord, href: str) -> bool:
    """Whether a link leads to a place of its own page; most do."""
    return href.startswith("#") and href[1:] in page.anchors


def _link_fault(site: Site, page: PageRecord, href: str, known: _Known) -> str | None:
    target = site.map.resolve(page, href)
    if target is None:
        return _address_fault(href.strip())
    if target.page is not None:
        fault = None if target.has_anchor else _anchor_fault(target, target.page)
        return fault and f"links to {name_target(page, target)}, but {fault}"
    if target.path in known.files:
        return None
    if new := known.moved.get(target.path):
        return f"links to {unquote(href)}, but that page is now {new}. Write {relative_source(page.source, new)}."
    near = known.nearest(target.path)
    if near.endswith(".md"):
        near = relative_source(page.source, near)
    hint = f"Did you mean {near}?" if near else "Mend the path."
    return f"links to {unquote(href)}, but the site has no such page or file. {hint}"


def _anchor_fault(target: Target, named: PageRecord) -> str:
    near = difflib.get_close_matches(target.fragment, sorted(named.anchors), n=1, cutoff=0.7)
    hint = f"Did you mean #{near[0]}?" if near else "Write the id of one of its headings, or none."
    return f"that page has no anchor '#{target.fragment}'. {hint}"


def _address_fault(href: str) -> str | None:
    """What keeps any browser from following a link that does not name this site."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return f"links to {href}, which is not an address. Write it as the browser shows it, for example https://example.org/page."
    if _WEB_ADDRESS.match(href) and not parts.netloc:
        return f"links to {href}, which names no host. Write two slashes behind the colon: https://example.org/page."
    if parts.scheme in _SCHEMES:
        return None
    if near := difflib.get_close_matches(parts.scheme, _SCHEMES, n=1, cutoff=0.75):
        return f"links to {href}, but no browser knows '{parts.scheme}:'. Did you mean '{near[0]}:'?"
    return None


def _file_fault(site: Site, page: PageRecord, address: str, known: _Known) -> str | None:
    if not address.strip():
        return "shows a picture that names no file. Write its path: '![What it shows](picture.svg)'."
    target = site.map.resolve(page, address)
    if target is None or target.page is not None or target.path in known.files:
        return None
    near = known.nearest(target.path)
    hint = f"Did you mean {near}?" if near else f"Put it under {site.docs}, or mend the path."
    return f"shows {unquote(address)}, but there is no such file. {hint}"


class _Known:
    """All that a link may lead to; remembers what it was asked, since one broken link often stands on many pages."""

    def __init__(self, site: Site) -> None:
        self.files = site.files | set(_sheets(site))
        self._pages = [page.source for page in site.pages]
        self._addresses = [unquote(page.url) for page in site.pages]
        moved = moved_addresses(site.settings.redirects, site.pages)
        self.moved = {**site.settings.redirects, **{address: new.source for address, new in moved.items()}}
        self._near: dict[str, str] = {}

    def nearest(self, path: str) -> str:
        """The path most like this one, of a page's source for '.md', else of a file or an address; '' for none."""
        if path not in self._near:
            known = self._pages if path.endswith(".md") else self._like(path)
            self._near[path] = next(iter(difflib.get_close_matches(path, sorted(known), n=1, cutoff=0.7)), "")
        return self._near[path]

    def _like(self, path: str) -> list[str]:
        """Pages for a page, files for a file: those that end alike."""
        end = posixpath.splitext(path)[1]
        files = (file for file in self.files if not file.endswith(("/", ".html")))  # pages are served as files too
        return [known for known in (*self._addresses, *files) if posixpath.splitext(known)[1] == end]


def _sheets(site: Site) -> Iterator[str]:
    """The PDFs that the build is about to make."""
    if site.settings.print:
        names = ["booklet", "pack", *(slug(page.source) for page in site.pages if is_handout(page))]
        for paper in site.settings.print.papers:
            yield from (f"print/{name}-{paper}.pdf" for name in names)


def _link_words(link: Link) -> list[str]:
    """Its words with the end of its address, which alone is in the source as it is on the page."""
    end = unquote(link.href).strip("/").rpartition("/")[2]
    return [f"{link.text} {end}", f"{link.text} {end.rpartition('#')[2]}", link.text, end]


def _file_words(address: str) -> list[str]:
    """An address as a source has it, then its last part; rendering may have put '../' before it."""
    parts = [part for part in unquote(address).split("/") if part not in ("", ".", "..")]
    return [" ".join(parts), *parts[-1:]]
