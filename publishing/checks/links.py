"""Links and embedded files that name this site: each must name something that is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from urllib.parse import unquote

from publishing.checks.site import Site, name_target
from publishing.links import Target
from publishing.records import Finding


def broken_link(site: Site) -> Iterator[Finding]:
    """Every link and every embedded file that names this site names something that is there."""
    for page in site.pages:
        for link in page.links:
            target = site.map.resolve(page, link.href)
            if target is not None and (fault := _link_fault(site, target)):
                yield site.finding(page, "broken-link", f"links to {name_target(page, target)}, but {fault}")
        for address in page.media:
            target = site.map.resolve(page, address)
            if target is not None and target.path not in site.files:
                message = (
                    f"shows {unquote(address)}, but there is no such file. Put it under {site.docs}, or mend the path."
                )
                yield site.finding(page, "broken-link", message)


def _link_fault(site: Site, target: Target) -> str | None:
    if target.page is None:
        if target.path in site.files:
            return None
        near = difflib.get_close_matches(target.path, [unquote(page.url) for page in site.pages], n=1)
        return "the site has no such page or file." + (f" Did you mean {near[0]}?" if near else " Mend the path.")
    if target.has_anchor:
        return None
    near = difflib.get_close_matches(target.fragment, target.page.anchors, n=1)
    hint = f" Did you mean #{near[0]}?" if near else " Write the id of one of its headings, or none."
    return f"that page has no anchor '#{target.fragment}'.{hint}"
