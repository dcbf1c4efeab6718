"""The square on a sheet that a phone reads: an address -> a drawing of black on white, in the size that paper needs."""

from __future__ import annotations

from dataclasses import dataclass

import segno

MODULE = 0.55
"""Side of one small square, in mm: still half a millimetre when a printer shrinks the page to fit."""
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Square:
    svg: bytes
    side: float
    """In mm, with the white edge that readers need."""


def square_of(address: str) -> Square:
    """Level Q: a quarter of it may be dirty or torn."""
    code = segno.make_qr(address, error="q", boost_error=False, mode=None)
    rows = [[bool(module) for module in row] for row in code.matrix]
    across = len(rows) + 2 * _QUIET
    drawn = "".join(
        f"M{column + _QUIET} {line + _QUIET}h{length}v1h-{length}z"
        for line, row in enumerate(rows)
        for column, length in _runs(row)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {across}">'
        f'<path fill="#fff" d="M0 0h{across}v{across}h-{across}z"/><path fill="#000" d="{drawn}"/></svg>'
    )
    return Square(svg.encode(), across * MODULE)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where black begins in a row, and how far it goes: drawn in one, no hair of white is left between squares."""
    starts = [place for place, black in enumerate(row) if black and not (place and row[place - 1])]
    return [
        (place, next((end for end in range(place, len(row)) if not row[end]), len(row)) - place) for place in starts
    ]
