"""The lines that say how old a sheet is, who stands behind it and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin

from publishing import pages
from publishing.days import in_words, written
from publishing.print.article import walk, words

_REVIEWED = frozenset(("checked", "check_by", "reviewed_by", "reviewed_on"))
_UNREVIEWED = "Not yet reviewed by a clinician."


def of_page(meta: Mapping[str, str], *, always: bool = False) -> tuple[str, ...]:
    """``always``: also for a page whose front matter knows nothing of reviews."""
    if not always and not _REVIEWED & meta.keys():
        return ()
    checked = in_words(meta.get("checked", ""))
    first = (f"Checked against its sources on {checked}.",) if checked else ()
    return first + of_foot(meta)


def of_foot(meta: Mapping[str, str]) -> tuple[str, ...]:
    """What holds for every single leaf: until when, and who has reviewed it."""
    check_by = in_words(meta.get("check_by", ""))
    reviewer, reviewed = meta.get("reviewed_by", "").strip(), in_words(meta.get("reviewed_on", ""))
    review = f"Reviewed by {reviewer}" + (f" on {reviewed}." if reviewed else ".") if reviewer else _UNREVIEWED
    return (f"Check again by {check_by}.", review) if check_by else (review,)


def of_booklet(metas: Sequence[Mapping[str, str]]) -> str:
    """'' for a site that knows nothing of reviews."""
    known = [meta for meta in metas if _REVIEWED & meta.keys()]
    reviewed = sum(bool(meta.get("reviewed_by", "").strip()) for meta in known)
    if not known or reviewed == len(metas):
        return ""
    if not reviewed:
        return _UNREVIEWED
    return f"{reviewed} of the {len(metas)} pages have been reviewed by a clinician. Each page says whether it has."


def edition(timestamp: int) -> str:
    return f"Edition of {written(datetime.fromtimestamp(timestamp, UTC).date())}"


def address(site_url: str, url: str) -> str:
    return urljoin(site_url, url.removeprefix("./")) if site_url else ""


def plain(html: str) -> str:
    """A line of HTML as text, with the address of each link."""
    tree = pages.article(html)
    links = {words(link): link.attributes.get("href", "") for link in walk([tree]) if link.tag == "a"}
    text = words(tree)
    for said, href in links.items():
        if said and href.startswith("http"):
            text = text.replace(said, f"{said} ({href})", 1)
    return text
