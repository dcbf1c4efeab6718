"""Holds the order in which a PDF is heard to the order in which it is seen, and every mark on paper to the structure.

The structure tree says which marked content belongs to which element, by pikepdf; where each stands on the page comes
from another engine (``marks``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

from publishing.print.loss import squeezed
from tests.print.marks import Piece, pieces_of
from tests.print.reading import Tag, children

_ADDRESS = re.compile(r"(?:\w+://|www\.|mailto:|tel:)\S+")
_IN_LINE = ("Span", "Strong", "Em", "Link", "Code", "Reference", "Lbl")
_SAYING = re.compile("Link|H[1-6]")
_APART_TAGS = ("Note", "Figure")
"""Heard where they are called, and by their alternative text."""
_APART = 1.5
"""Points by which two lines may overlap and still be two lines."""
_HEADER, _FOOTER = 44, 145
"""Points at the head and the foot of a page that its running lines may take."""


@dataclass(frozen=True, slots=True)
class Place:
    """Marked content, and the elements around it, outermost first: what they are, and which."""

    page: int
    number: int
    inside: tuple[tuple[str, tuple[int, int]], ...]

    def within(self, *names: str) -> bool:
        return any(name in names for name, _ in self.inside)

    def element(self, name: str) -> tuple[int, int] | None:
        """The innermost of that name around it."""
        return next((element for found, element in reversed(self.inside) if found == name), None)

    def block(self) -> tuple[int, int] | None:
        """What its line belongs to."""
        return next((element for name, element in reversed(self.inside) if name not in _IN_LINE), None)


Pieces = Mapping[tuple[int, int], Sequence[Piece]]


def order_faults(pdf: pikepdf.Pdf, tags: Sequence[Tag], path: Path) -> Iterator[str]:
    drawn = pieces_of(path)
    pieces: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in drawn:
        pieces[piece.page, piece.number].append(piece)
    places = places_of(pdf)
    yield from _unheld(drawn, places)
    yield from _hidden(drawn)
    yield from _out_of_order(places, pieces)
    yield from _unsaid(tags, _words(places, pieces))


def places_of(pdf: pikepdf.Pdf) -> list[Place]:
    """Every marked content that an element holds, as it is heard."""
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    found: list[Place] = []
    waiting: list[tuple[Any, Any, tuple[Any, ...]]] = [(pdf.Root.StructTreeRoot, None, ())]
    while waiting:
        node, page, inside = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            found.append(Place(numbers[page.objgen], int(node), inside))
        elif node.get("/Type") == "/MCR":
            found.append(Place(numbers[node.get("/Pg", page).objgen], int(node.MCID), inside))
        elif node.get("/Type") != "/OBJR":
            held = (*inside, (str(node.get("/S", "")).removeprefix("/"), node.objgen))
            waiting += [(child, node.get("/Pg", page), held) for child in reversed(list(children(node)))]
    return found


def _unheld(drawn: Sequence[Piece], places: Sequence[Place]) -> Iterator[str]:
    held = Counter((place.page, place.number) for place in places)
    loose = {piece.page for piece in drawn if not piece.is_artifact and not held[piece.page, piece.number]}
    yield from (f"page {page + 1}: something outside of the structure" for page in sorted(loose))
    twice = {page for (page, _), count in held.items() if count > 1}
    yield from (f"page {page + 1}: something that is heard twice" for page in sorted(twice))
    if unread := {piece.page + 1 for piece in drawn if "\ufffd" in piece.text or "\0" in piece.text}:
        yield f"page {min(unread)}: letters that no program can read"


def _hidden(drawn: Sequence[Piece]) -> Iterator[str]:
    """Words that only the eye finds: neither a running head or foot, nor the head of a table that goes on."""
    told = squeezed(" ".join(piece.text for piece in drawn if not piece.is_artifact))
    for piece in drawn:
        is_running = piece.bottom > piece.height - _HEADER or piece.top < _FOOTER
        if piece.is_artifact and piece.text.strip() and not is_running and squeezed(piece.text) not in told:
            yield f"page {piece.page + 1}: {piece.text.strip()!r} is kept from those who hear the page"


def _out_of_order(places: Sequence[Place], pieces: Pieces) -> Iterator[str]:
    """Each line stands below the one that is heard before it, or to its right. Footnotes are heard where they are called."""
    in_line = [place for place in places if not place.within(*_APART_TAGS)]
    heard = [piece for place in in_line for piece in pieces.get((place.page, place.number), ()) if piece.text.strip()]
    for before, after in pairwise(heard):
        if after.page < before.page or (after.page == before.page and _goes_back(before, after)):
            said = f"{after.text.strip()!r} is heard after {before.text.strip()!r}, and stands before it"
            yield f"page {after.page + 1}: {said}"


def _goes_back(before: Piece, after: Piece) -> bool:
    if after.bottom >= before.top - _APART:
        return after.left < before.left + 1
    is_same_line = after.top > before.bottom + _APART and before.top > after.bottom + _APART
    return is_same_line and after.right < before.left and not _runs_left(before.text + after.text)


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _words(places: Sequence[Place], pieces: Pieces) -> Mapping[tuple[int, int], str]:
    """What each heading and each link says."""
    said: dict[tuple[int, int], str] = defaultdict(str)
    for place in places:
        text = "".join(piece.text for piece in pieces.get((place.page, place.number), ()))
        for name, element in place.inside:
            if _SAYING.fullmatch(name):
                said[element] += text
    return said


def _unsaid(tags: Sequence[Tag], words: Mapping[tuple[int, int], str]) -> Iterator[str]:
    for tag in tags:
        said = words.get(tag.node.objgen, "").strip()
        if tag.name.startswith("H") and _SAYING.fullmatch(tag.name) and not said:
            yield f"heading {tag.name} without words"
        if tag.name == "Link":
            parts = [part.Obj for part in children(tag.node) if isinstance(part, pikepdf.Dictionary) and "/Obj" in part]
            for described in {str(part.get("/Contents", "")).strip() for part in parts}:
                if _ADDRESS.fullmatch(described) and said and not _ADDRESS.match(said):
                    yield f"the link {said!r} is spelt out as {described}"
