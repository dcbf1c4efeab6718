"""The old addresses of renamed pages: each leads to a page in one step, and takes the place of nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publishing.checks.site import Site
from publishing.links import plain_url
from publishing.moved import address_of, file_of
from publishing.records import Finding
from publishing.settings import suggest


def redirect_faults(site: Site) -> Iterator[Finding]:
    """No level and no exemption: a wrong entry would lead a reader with an old sheet nowhere."""
    redirects = site.settings.redirects
    has_folders = not any(page.url.endswith(".html") for page in site.pages)
    files = {old: file_of(address_of(old, has_folders)).casefold() for old in redirects}
    taken = _taken(site)
    for old, new in redirects.items():
        rivals = [other for other in redirects if other != old and files[other] == files[old]]
        for fault in (_target_fault(new, redirects, site), _place_fault(taken.get(files[old], ""), rivals)):
            if fault:
                yield Finding("mkdocs.yml", 0, "redirect", f"extra.publishing.redirects: '{old}': {fault}")


def _target_fault(new: str, redirects: Mapping[str, str], site: Site) -> str:
    sources = [page.source for page in site.pages]
    if new in sources:
        return ""
    seen = []
    while new in redirects and new not in seen:
        seen.append(new)
        new = redirects[new]
    if new in seen:
        return f"leads round in a ring by '{new}'. Name the page that is there now."
    if seen:
        return f"'{seen[0]}' has moved too. Write '{new}'."
    return f"'{new}' is not a page under {site.docs}. {suggest(new, sources)}"


def _place_fault(holder: str, rivals: Sequence[str]) -> str:
    if holder:
        return f"{holder} is served at that address, so nobody would be led on. Take out this entry, or rename that."
    return f"'{rivals[0]}' has the same address. Take out one of the two." if rivals else ""


def _taken(site: Site) -> dict[str, str]:
    """What is served, by its file in small letters: some disks tell no capitals apart."""
    files = {file_of(path).casefold(): f"{site.docs}/{file_of(path)}" for path in site.files}
    return files | {file_of(plain_url(page.url)).casefold(): f"{site.docs}/{page.source}" for page in site.pages}
