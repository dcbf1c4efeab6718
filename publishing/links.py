"""Where a link of a page leads: to a page of this site, with or without its anchor, or away."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from publishing.records import PageRecord

# Stands for the address of a site that has none; RFC 2606 keeps it from ever being a real host.
_NOWHERE = "http://this-site.invalid/"
# What browsers take for the start of another host: any number of slashes, of either kind.
_HOST = re.compile(r"(?:(?:https?|wss?|ftp):[/\\]*|[/\\]{2,})(?:[^/\\?#]*@)?([^/\\?#]+)", re.IGNORECASE)

_SIMPLE = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*[\w-]*)(?:#([\w-]*))?", re.ASCII)
"""A path up and down from a page, an anchor, or both."""


class Target(NamedTuple):
    """What a link names on this site."""

    path: str
    """Path under the site's root, decoded, without a trailing index.html; under docs for a missing page."""
    page: PageRecord | None
    """None where the site has no such page."""
    fragment: str
    has_anchor: bool
    """True too where the link names no fragment, or the top of the page."""


class SiteMap:
    """All pages by address; resolves links as a browser would from a static host."""

    def __init__(self, pages: Iterable[PageRecord], site_url: str = "") -> None:
        self._root = urljoin(site_url or _NOWHERE, urlsplit(site_url).path or "/")
        if not self._root.endswith("/"):
            self._root += "/"
        self._origin = urlsplit(self._root)
        self._pages = {plain_url(page.url): page for page in pages}

    @property
    def pages(self) -> Iterable[PageRecord]:
        return self._pages.values()

    def resolve(self, page: PageRecord, href: str) -> Target | None:
        """None for a link that leaves the site, or that no browser could follow."""
        if found := _SIMPLE.fullmatch(href):  # nearly all are, and resolving them in full takes six times as long
            folder = _folder(page.url)
            above = len(found[1]) // 3
            if above <= len(folder) and "?" not in page.url and "#" not in page.url:
                is_own = not (found[1] or found[2])
                path = plain_url(page.url) if is_own else "".join((*folder[: len(folder) - above], found[2]))
                return self._target(path, found[3] or "")
        try:
            parts = urlsplit(urljoin(self._root + _relative(page.url), href.strip()))
        except ValueError:
            return None
        same = (parts.scheme, parts.netloc.lower()) == (self._origin.scheme, self._origin.netloc.lower())
        root = unquote(self._origin.path)
        path = unquote(parts.path)
        if not same or not path.startswith(root):
            return None
        path = plain_url(path.removeprefix(root))
        target = self._pages.get(path)
        if target is None and path.endswith(".md"):  # MkDocs leaves a link to a missing page as it was written
            path = posixpath.normpath(
                posixpath.join(posixpath.dirname(page.source), unquote(href.strip().partition("#")[0]))
            )
        return self._target(path, unquote(parts.fragment.partition(":~:")[0]))

    def _target(self, path: str, fragment: str) -> Target:
        target = self._pages.get(path)
        return Target(path, target, fragment, target is not None and _has_anchor(target, fragment))

    def other_host(self, address: str) -> str:
        """The host an address names, where it is not this site's own; '' for a file of the site."""
        found = _HOST.match(re.sub(r"[\t\r\n]", "", address).strip())
        host = found[1].lower() if found else ""
        return "" if host == self._origin.netloc.lower() else host


def slug(source: str) -> str:
    """The name of a page's sheet: visit/after.md -> visit-after, safety/index.md -> safety, index.md -> index."""
    path = source.removesuffix(".md")
    return path.removesuffix("/index").replace("/", "-")


def relative_source(page: str, target: str) -> str:
    """The target's path as a Markdown link on ``page`` would write it."""
    path = posixpath.relpath(target, posixpath.dirname(page) or ".")
    return f"<{path}>" if any(letter in path for letter in " ()<>") else path


def plain_url(url: str) -> str:
    """A page's address under the root as all its spellings share it: decoded, a folder's without its index.html."""
    path = unquote(_relative(url))
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return path


def _has_anchor(page: PageRecord, fragment: str) -> bool:
    return not fragment or fragment.lower() == "top" or fragment in page.anchors


@lru_cache(maxsize=64)
def _folder(url: str) -> tuple[str, ...]:
    """The folders that a page is in, decoded, each with its slash."""
    return tuple(f"{unquote(part)}/" for part in _relative(url).split("/")[:-1])


def _relative(url: str) -> str:
    """MkDocs gives './' or '.' for the home page."""
    return "" if url in (".", "./") else url
