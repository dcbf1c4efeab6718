"""How the columns of a wordy table share the room, so that its rows are low.

Counted in letters, once for all papers; the template measures what the letters need. Shared by the fullest cell alone,
as a browser does it, one long cell takes the room from columns that are full in every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_LINE_LETTERS = 78  # of a line over the whole width of A4
_GAP_LETTERS = 2  # beside each column
_MOST_ROWS = 60  # the fullest ones: the rest of a long table would only cost time
_SHARPNESS = 5  # how much more the fullest cell of a row counts than the others


@lru_cache(maxsize=256)  # a table stands on a sheet, in the booklet and perhaps in the pocket guide
def shares(least: tuple[int, ...], rows: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """What each column gets beyond ``least``, the letters of its longest word. ``rows``: letters of each cell."""
    bare = [max(1, count) for count in least]
    widths = list(bare)
    fullest = sorted(rows, key=max, reverse=True)[:_MOST_ROWS]
    for _ in range(max(1, _LINE_LETTERS - _GAP_LETTERS * len(bare) - sum(bare))):
        gains = _gains(widths, fullest)
        widths[gains.index(max(gains))] += 1
    return tuple(width - count for width, count in zip(widths, bare, strict=True))


def _gains(widths: Sequence[int], rows: Sequence[Sequence[int]]) -> list[float]:
    """How much lower all rows together become if a column is one letter wider."""
    gains = [0.0] * len(widths)
    for row in rows:
        lines = [letters / width for letters, width in zip(row, widths, strict=True)]
        tallest = max(1.0, *lines)
        for x, count in enumerate(lines):
            gains[x] += (count / tallest) ** _SHARPNESS * count / widths[x]
    return gains
