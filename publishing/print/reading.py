"""Reads the words of a finished PDF, by another engine than the one that set it, and without its running lines.

Heads and feet of pages, and the head of a table that goes on, are marked as artifacts: they are on the paper, but no
part of what is said. ``loss`` holds the rest to the pages.
"""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_Place = tuple[int, int]
"""A page, from 0, and the number of marked content on it."""


def as_seen(pdf: bytes) -> str:
    """Line by line, down each page: the quick way."""
    import pypdfium2  # type: ignore[import-untyped]  # brings no types; loaded by those who read back alone

    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(_without_running_lines(page).get_textpage().get_text_range() for page in document)


def as_heard(pdf: bytes) -> str:
    """Element by element: also where a row of a table goes on overleaf, and its cells stand in pieces."""
    import pikepdf  # as above
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        said = {(number, mark): text for number, page in enumerate(document) for mark, text in _pieces(page).items()}
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        return " ".join(said.get(place, "") for place in _places(tagged))


def _without_running_lines(page: Any) -> Any:
    import pypdfium2.raw as raw  # type: ignore[import-untyped]  # as above

    for item in [item for item, mark in _texts(page) if mark < 0]:
        raw.FPDFPage_RemoveObject(page, item)
        raw.FPDFPageObj_Destroy(item)
    return page


def _texts(page: Any) -> Iterator[tuple[Any, int]]:
    """Each run of letters, and the number of its marked content; -1 for an artifact."""
    import pypdfium2.raw as raw  # as above

    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            yield item, raw.FPDFPageObj_GetMarkedContentID(item)


def _pieces(page: Any) -> dict[int, str]:
    """What each marked content of a page says."""
    import pypdfium2.raw as raw  # as above

    lines, found = page.get_textpage(), defaultdict[int, str](str)
    for item, mark in _texts(page):
        size = raw.FPDFTextObj_GetText(item, lines, None, 0)
        letters = (ctypes.c_ushort * (size // 2))()
        raw.FPDFTextObj_GetText(item, lines, letters, size)
        found[mark] += bytes(letters).decode("utf-16-le").rstrip("\0")
    return found


def _places(pdf: pikepdf.Pdf) -> Iterator[_Place]:
    """Every marked content that an element of the structure holds, in its order."""
    import pikepdf  # as above

    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    waiting: list[tuple[Any, int]] = [(pdf.Root.StructTreeRoot, -1)]
    while waiting:
        node, page = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            yield page, int(node)
            continue
        page = numbers[node.Pg.objgen] if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            yield page, int(node.MCID)
        elif (below := node.get("/K")) is not None:
            parts = list(below) if isinstance(below, pikepdf.Array) else [below]
            waiting.extend((part, page) for part in reversed(parts))
