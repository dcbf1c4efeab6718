"""How old a page may grow: the day by which it must be held against its sources again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from publishing.checks.site import Site
from publishing.records import Finding


def check_due(site: Site) -> Iterator[Finding]:
    """No page is past its ``check_by``; judged only where the day is known."""
    for page in site.pages:
        due = _date(page.meta.get("check_by", ""))
        if site.today and due and due < site.today:
            late = (site.today - due).days
            message = (
                f"was to be checked by {due} ({late} day{'s' if late > 1 else ''} ago). "
                "Hold it against its sources, then write the new days as 'checked' and 'check_by'."
            )
            yield site.finding(page, "check-due", message, near=f"check_by: {due}")


def _date(text: str) -> date | None:
    """None where it is no date: the front matter's own rule tells of that."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
