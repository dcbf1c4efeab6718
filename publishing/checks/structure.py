"""How a page is built, and how a reader comes to it: headings in order, each id once, no page without a way in."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.checks.parts import at, words
from publishing.checks.site import Site
from publishing.records import Finding, PageRecord

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def heading_order(site: Site) -> Iterator[Finding]:
    """One main heading, first on the page; below it no level is left out, and no heading is empty."""
    for page in site.pages:
        headings = [
            (_LEVELS[part.element.tag], words(part.element))
            for part in site.parts(page)
            if part.element.tag in _LEVELS and not part.is_hidden
        ]
        if headings or "template" not in page.meta:  # a template of its own may bring the main heading
            for message, text in _heading_faults(headings):
                yield at(site, page, "heading-order", message, [text])


def _heading_faults(headings: list[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    if all(level > 1 for level, _ in headings):
        yield "has no main heading. Write '# ' and the reader's question as the first line of its text.", ""
    last = 1
    has_main = False
    for place, (level, text) in enumerate(headings):
        if not text:
            yield f"has an empty heading of level {level}. Write its words behind '{'#' * level}', or take it out.", ""
        elif level == 1 and has_main:
            yield f"'{text}' is a second main heading. Write '## {text}'.", text
        elif level == 1 and place:
            yield f"'{text}' is the main heading, but others stand above it. Put it first.", text
        elif level > last + 1:
            wanted = "#" * (last + 1)
            yield f"'{text}' is a heading of level {level} below one of level {last}. Write '{wanted} {text}'.", text
        has_main = has_main or level == 1
        last = level


def duplicate_id(site: Site) -> Iterator[Finding]:
    """An id names one place of a page; a link to one that is given twice leads to the first."""
    for page in site.pages:
        seen: set[str] = set()
        told: set[str] = set()
        for part in site.parts(page):
            own = part.element.attributes.get("id", "")
            if own in seen and own not in told:
                told.add(own)
                message = f"the id '{own}' is given twice, so that a link to #{own} leads to the first. Write another for the second, for example '{own}-2'."
                text = words(part.element)
                yield at(site, page, "duplicate-id", message, (f"{text} {own}", text, own))
            if own:
                seen.add(own)


def orphan_page(site: Site) -> Iterator[Finding]:
    """Every page can be reached from the menu or the front page, by links in the text of pages."""
    if site.menu is None:
        return
    waiting = [page for page in site.pages if page.source in site.menu or _is_home(page)]
    reached = {page.source for page in waiting}
    while waiting and len(reached) < len(site.pages):
        page = waiting.pop()
        for address in {link.href for link in page.links}:
            target = site.map.resolve(page, address)
            if target and target.page and target.page.source not in reached:
                reached.add(target.page.source)
                waiting.append(target.page)
    for page in site.pages:
        if page.source not in reached:
            message = f"no reader can come here: neither the menu nor a page that they can reach links to it. Add '{page.source}' to nav in mkdocs.yml, or link to it from another page."
            yield site.finding(page, "orphan-page", message)


def _is_home(page: PageRecord) -> bool:
    return page.url in ("", ".", "./", "index.html")
