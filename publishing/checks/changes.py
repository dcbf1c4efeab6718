"""Whether the words of a sheet are still those that were given out, or their change stands in the register of changes."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.checks.site import Site
from publishing.records import Finding
from publishing.sheet_edition import edition_of, is_handout


def change_note(site: Site) -> Iterator[Finding]:
    """Silent while nothing was given out, and in a build: an editor who writes may leave the note for the end."""
    if not (site.today and site.given_out):
        return
    for page in filter(is_handout, site.pages):
        now, newest = edition_of(page), site.given_out.get(page.source, "")
        if now != newest:
            since = f"since edition {newest} was given out" if newest else "and no edition of it was given out"
            message = (
                f"its sheet is now edition {now}, {since}. Before you publish it, say what changed: "
                f"python -m publishing changes --kind wording --what '...' {page.source}"
            )
            yield site.finding(page, "change-note", message)
