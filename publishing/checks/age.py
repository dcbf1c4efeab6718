"""How old a page may grow: the day by which it must be held against its sources again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from publishing.checks.site import Site
from publishing.records import Finding


def check_due(site: Site) -> Iterator[Finding]:
    """No page is past its ``check_by``; judged only where the day is known."""
    for page in site.pages:
        due = _date(page.meta.get("check_by", ""))
        if site.today and due and due < site.today:
            message = (
                f"was to be checked by {due}. "
                "Hold it against its sources, then write the new days as 'checked' and 'check_by'."
            )
            yield replace(site.finding(page, "check-due", message), line=_line(site.sources.get(page.source, "")))


def _line(source: str) -> int:
    """Where the front matter has the date; 0 without a source."""
    lines = enumerate(source.splitlines(), 1)
    return next((number for number, line in lines if line.startswith("check_by:")), 0)


def _date(text: str) -> date | None:
    """None where it is no date: the front matter's own rule tells of that."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
