"""Chooses what the pocket guide holds: whole pages, or some parts of a page.

Front matter says which: ``pocket: true``, or ``pocket: [id, ...]`` with the ids of the parts to take besides what
stands above the first of them. Sources that no taken part cites stay out; the others keep their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from publishing import pages
from publishing.print.article import classes, elements, id_of, walk
from publishing.records import Element, Finding, Node, PageRecord

MOST_PAGES = 64
"""What two staples hold, and a pocket."""
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "source", "track", "wbr"))


def pocket_pages(given: Sequence[PageRecord], docs: str) -> tuple[list[PageRecord], list[Finding]]:
    """The pages cut down to what they give to the pocket guide, and a finding for each part that is not there."""
    taken, findings = [], []
    for page in given:
        wanted = page.meta.get("pocket", "").split()
        if not wanted or wanted == ["false"]:
            continue
        if wanted == ["true"]:
            taken.append(page)
            continue
        article = pages.article(page.html)
        known = [id_of(node) for node in elements(article, "h2")]
        for name in sorted(set(wanted) - set(known)):
            message = f"`pocket` names '{name}', which is no part of the page. Its parts: {', '.join(known)}."
            findings.append(Finding(f"{docs}/{page.source}", 0, "print-pocket", message))
        taken.append(replace(page, html="".join(map(_html, _cut(article, frozenset(wanted))))))
    return taken, findings


def too_thick(count: int, paper: str, held: Sequence[PageRecord], docs: str) -> Iterator[Finding]:
    """Named at the last of its pages, since one of them has to give way."""
    if count > MOST_PAGES:
        message = f"the pocket guide has {count} pages on {paper}, and {MOST_PAGES} can be stapled. Let `pocket` of a page name fewer parts."
        yield Finding(f"{docs}/{held[-1].source}", 0, "print-pocket", message)


def _cut(article: Element, wanted: frozenset[str]) -> list[Node]:
    kept: list[Node] = []
    takes = True
    for node in article.children:
        if isinstance(node, Element) and node.tag == "h2":
            takes = id_of(node) in wanted
        if isinstance(node, Element) and "sources" in classes(node):
            kept += _sources(node, {link.attributes.get("href", "") for link in walk(kept) if link.tag == "a"})
        elif takes:
            kept.append(node)
    return kept


def _sources(node: Element, targets: set[str]) -> list[Node]:
    """The list with its numbers written down, since those in between may be gone; nothing where none is left."""
    below: list[Node] = []
    for place, part in enumerate(elements(node), 1):
        if part.tag == "ol":
            below += _sources(part, targets)
        elif part.tag != "li":
            below.append(part)
        elif f"#{id_of(part)}" in targets:
            below.append(Element("li", {**part.attributes, "value": str(place)}, part.children))
    is_empty = not any(part.tag in ("ol", "li") for part in below if isinstance(part, Element))
    return [] if is_empty else [Element(node.tag, node.attributes, tuple(below))]


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    opened = f"<{node.tag}{attributes}>"
    return opened if node.tag in _VOID else f"{opened}{''.join(map(_html, node.children))}</{node.tag}>"
