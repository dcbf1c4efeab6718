"""What a build has printed, sorted for those who ask: the pages' templates and the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publishing.links import slug
from publishing.records import Sheet


def handouts(sheets: Sequence[Sheet], sources: Iterable[str]) -> dict[str, list[Sheet]]:
    """Sheets of one page each, by its source."""
    slugs = {slug(source): source for source in sources}
    return _grouped((slugs[sheet.id], sheet) for sheet in sheets if sheet.edition == "hand-out")


def collections(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    """Sheets of more than one page of the guide, by what they are."""
    return _grouped((sheet.edition, sheet) for sheet in sheets if sheet.edition != "hand-out")


def editions(sheets: Sequence[Sheet], sources: Iterable[str]) -> dict[str, str]:
    """The edition of each sheet that has one, by the source of its page or else by its own name."""
    slugs = {slug(source): source for source in sources}
    return {slugs.get(sheet.id, sheet.id): sheet.edition_id for sheet in sheets if sheet.edition_id}


def _grouped(pairs: Iterable[tuple[str, Sheet]]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for name, sheet in pairs:
        found.setdefault(name, []).append(sheet)
    return found
