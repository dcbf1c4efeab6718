"""Measures every page of a finished PDF as a printer and a patient would meet it.

What stands where comes from the marks on the page, what belongs together from the structure tree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import pikepdf

from publishing.print.papers import Paper
from tests.print.marks import Piece, pieces_of
from tests.print.order import Place, places_of

MM = 72 / 25.4
_MOST_LETTERS = 70
_COLOURS = {(0, 0, 0), (10, 85, 96)}
"""Black, and the dark colour of the titles."""
_LEAST = 8.0
"""Points of the smallest letters of all: the numbers of sources."""
_TALL = 0.7
"""Of the page: rows that are taller may be parted."""
_LAST_OF_A_BOX = "More on this"
_Marked = tuple[Piece, Place]


def paper_faults(path: Path, paper: Paper, least: float) -> list[str]:
    """[] for a good sheet; ``least``: the smallest letters of a table, in points."""
    drawn = pieces_of(path)
    with pikepdf.open(path) as pdf:
        places = {(place.page, place.number): place for place in places_of(pdf)}
    read = [
        (piece, places[piece.page, piece.number]) for piece in drawn if piece.text.strip() and not piece.is_artifact
    ]
    read = [(piece, place) for piece, place in read if not place.within("Figure")]
    return [
        *_room(drawn),
        *_letters(read, paper, least),
        *_tints(drawn),
        *_lines(read, paper.size - 0.5),
        *_parted(read, paper.size - 0.5),
        *_left_behind(read),
    ]


def _room(drawn: Sequence[Piece]) -> Iterator[str]:
    """A4 and Letter both have paper there, and a printer its edge; to the left there is room for holes."""
    for piece in drawn:
        if piece.left < 20 * MM - 0.6 or piece.right > 210 * MM - 5 * MM:
            yield f"page {piece.page + 1}: {piece.text.strip() or 'a line'} stands {piece.left / MM:.1f} to {piece.right / MM:.1f} mm from the left"
        if piece.bottom < 5 * MM or piece.top > piece.height - 5 * MM:
            yield f"page {piece.page + 1}: {piece.text.strip() or 'a line'} stands at the edge"
        if piece.height > 290 * MM and piece.bottom < (297 - 279.4 + 5) * MM:
            yield f"page {piece.page + 1}: {piece.text.strip() or 'a line'} is lost on Letter"


def _letters(read: Sequence[_Marked], paper: Paper, least: float) -> Iterator[str]:
    sizes: dict[float, int] = defaultdict(int)
    for piece, place in read:
        sizes[round(piece.size, 2)] += len(piece.text)
        is_mark = not any(map(str.isalpha, piece.text))  # the numbers of sources
        if piece.size < (least if place.within("TR") and not place.within("Code") and not is_mark else _LEAST) - 0.01:
            yield f"page {piece.page + 1}: {piece.text.strip()!r} has {piece.size:.1f} points"
        if piece.fill not in _COLOURS:
            yield f"page {piece.page + 1}: {piece.text.strip()!r} is in the colour {piece.fill}"
    if (most := max(sizes, key=lambda size: sizes[size])) < paper.size:
        yield f"most letters have {most} points"


def _tints(drawn: Sequence[Piece]) -> Iterator[str]:
    for piece in drawn:
        is_wide = piece.right - piece.left > 10 * MM and piece.top - piece.bottom > 3 * MM
        if not piece.text and piece.number < 0 and is_wide and piece.fill not in {None, (255, 255, 255), *_COLOURS}:
            yield f"page {piece.page + 1}: an area is filled with {piece.fill}"


def _lines(read: Sequence[_Marked], size: float) -> Iterator[str]:
    """Of the body alone: neither the numbers of sources nor small print count."""
    prose = [(piece, place) for piece, place in read if not place.within("Table", "Code", "H1", "Note", "TOC")]
    for _, marked in groupby(prose, key=lambda pair: pair[1].block()):
        for line in _lines_of([piece for piece, _ in marked]):
            said = "".join(piece.text for piece in line if piece.size >= size).strip()
            if len(said) > _MOST_LETTERS and " " in said[:_MOST_LETTERS]:
                yield f"page {line[0].page + 1}: a line of {len(said)} letters: {said}"


def _lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines = [[pieces[0]]]
    for before, after in pairwise(pieces):
        is_same = after.page == before.page and after.top > before.bottom and after.left >= before.left
        if is_same and after.bottom < before.top:
            lines[-1].append(after)
        else:
            lines.append([after])
    return lines


def _parted(read: Sequence[_Marked], size: float) -> Iterator[str]:
    """Rows that are not too tall for a page stand on one; a parted paragraph leaves no line of it alone on a page."""
    items: dict[tuple[object, int], list[Piece]] = defaultdict(list)
    for piece, place in read:
        items[place.element("LI"), piece.page].append(piece)
    for row in _held(read, "TR"):
        if len(row) > 1 and sum(_tall([piece for piece, _ in part]) for part in row) < _TALL:
            yield f"{_named(row)} begins a row that is parted"
    for paragraph in _held([pair for pair in read if pair[0].size >= size], "P", "LBody"):
        parts = [[piece for piece, _ in part] for part in paragraph]
        item = paragraph[0][0][1].element("LI")  # its mark, or the term above it, keeps a line company
        first = items[item, parts[0][0].page] if item else parts[0]
        if len(parts) > 1 and min(len(_lines_of(part)) for part in (first, *parts[1:])) < 2:
            yield f"{_named(paragraph)} begins a paragraph that leaves one line alone"


def _held(read: Sequence[_Marked], *names: str) -> Iterator[list[list[_Marked]]]:
    """What each innermost element of these names holds, page by page."""
    held: dict[tuple[int, int], list[_Marked]] = defaultdict(list)
    for piece, place in read:
        block = place.block() if "P" in names else place.element(names[0])
        if block and place.within(*names) and not place.within("Note", "Table" if "P" in names else ""):
            held[block].append((piece, place))
    for marked in held.values():
        yield [list(part) for _, part in groupby(marked, key=lambda pair: pair[0].page)]


def _named(parts: list[list[_Marked]]) -> str:
    piece = parts[0][0][0]
    return f"page {piece.page + 1}: {piece.text.strip()!r}"


def _tall(pieces: Sequence[Piece]) -> float:
    return (max(piece.top for piece in pieces) - min(piece.bottom for piece in pieces)) / pieces[0].height


def _left_behind(read: Sequence[_Marked]) -> Iterator[str]:
    """A heading, a term or the mark of an item is never the last on its page."""
    in_line = [(piece, place) for piece, place in read if not place.within("Note")]
    for (before, place), (after, _) in pairwise(in_line):
        if after.page != before.page and place.within("H1", "H2", "H3", "H4", "H5", "H6", "Lbl"):
            yield f"page {before.page + 1}: the heading {before.text.strip()!r} is left behind"
        if after.page != before.page and after.text.strip().startswith(_LAST_OF_A_BOX):
            yield f"page {after.page + 1}: {after.text.strip()!r} is all that is left of a box"
