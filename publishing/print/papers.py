"""The papers that sheets are laid out for. A new paper is one line of the table.

The measure (width of a line of text) holds 70 letters at most. On A4 everything stands where Letter has
paper too, whether a printer centres the sheet or lays it to the top: so Letter is not set anew, its edge lies elsewhere
about the same words, and a page number means one page on both. Large print fits both. The pocket guide is set on half a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """Lengths in mm; ``size`` is the body's, in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    measure: float
    size: float
    small: float
    """Size of footers and notes, in points."""
    letters: int
    """Of source that a page holds: a guess, from the guide itself."""


PAPERS = {
    "a4": Paper(210, 297, top=16, bottom=39.6, left=22, right=20, measure=118, size=12, small=9.5, letters=4250),
    "us-letter": Paper(
        215.9, 279.4, top=14, bottom=24, left=24.95, right=22.95, measure=118, size=12, small=9.5, letters=4250
    ),
    "large-print": Paper(
        210, 279.4, top=19, bottom=42, left=21, right=16, measure=173, size=18, small=14, letters=2050
    ),
}
CUT = {"us-letter": "a4"}
"""Papers whose sheets are those of another with its edge elsewhere: what is set is as large on both."""
HALVES = {
    "a5": Paper(148.5, 210, top=16, bottom=18, left=15, right=13.5, measure=118, size=12, small=9.5, letters=3050),
    "half-letter": Paper(
        139.7, 215.9, top=16, bottom=18, left=13, right=11.7, measure=115, size=12, small=9.5, letters=3050
    ),
}
FOLDED = {"a4": "a5", "us-letter": "half-letter"}
"""What a sheet becomes when it is folded once: two pages of it stand side by side on the sheet."""
SIZES = PAPERS | HALVES
