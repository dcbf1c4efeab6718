"""Days as a reader would say them."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def written(day: date) -> str:
    """22 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def in_words(given: str) -> str:
    """The same for 2026-11-22; what is no date stays as it is."""
    try:
        return written(date.fromisoformat(given.strip()))
    except ValueError:
        return given.strip()
