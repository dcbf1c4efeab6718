"""Where the parts of a whole begin, and on which page each of its labels is."""

from __future__ import annotations

from collections.abc import Container, Sequence

from publishing.print.orders import Part


def starts(count: int, parts: Sequence[Part]) -> list[int]:
    """The page, from 0, on which each part begins behind ``count`` pages of title and contents."""
    found, start = [], count
    for part in parts:
        start += 0 if part.leaf else start % 2
        found.append(start)
        start += part.printed.pages
    return found


def places(count: int, parts: Sequence[Part]) -> dict[str, int]:
    """The page number of every label."""
    return {
        label: 1 + start + page
        for start, part in zip(starts(count, parts), parts, strict=True)
        for label, page in part.printed.places.items()
    }


def placed(label: str, known: Container[str]) -> str:
    """The label; where it is set nowhere, since nothing of the page stands behind it, that of the page itself."""
    return label if label in known else label.partition("#")[0]
