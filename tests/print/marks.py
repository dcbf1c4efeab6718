"""What stands on the pages of a PDF, piece by piece: its words, its place, and its number in the structure tree."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of letters, one picture or one line that is drawn."""

    page: int
    """From 0."""
    number: int
    """The marked content that it belongs to; -1 for none."""
    is_artifact: bool
    text: str
    """'' for what is drawn."""
    left: float
    bottom: float
    right: float
    top: float
    height: float
    """Of the page."""
    size: float
    """Of the letters; 0 for what is drawn."""
    fill: tuple[int, int, int] | None
    """The colour of letters, or of an area; None for a line or a picture."""


def pieces_of(path: Path) -> list[Piece]:
    """In the order in which they are drawn."""
    with pypdfium2.PdfDocument(path) as document:
        return [piece for number, page in enumerate(document) for piece in _pieces(number, page)]


def _pieces(number: int, page: Any) -> Iterator[Piece]:
    text, height = page.get_textpage(), page.get_height()
    edge, foot, *_ = page.get_mediabox()  # of the paper; its corner need not be where lengths are counted from
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        is_text = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT
        yield Piece(
            number,
            raw.FPDFPageObj_GetMarkedContentID(item),
            "Artifact" in _names(item),
            _text(item, text) if is_text else "",
            left.value - edge,
            bottom.value - foot,
            right.value - edge,
            top.value - foot,
            height,
            _size(item) if is_text else 0.0,
            _fill(item),
        )


def _text(item: Any, text: Any) -> str:
    size = raw.FPDFTextObj_GetText(item, text, None, 0)
    letters = (ctypes.c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(item, text, letters, size)
    return bytes(letters).decode("utf-16-le").rstrip("\0")


def _size(item: Any) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, size)
    return size.value


def _fill(item: Any) -> tuple[int, int, int] | None:
    kind = raw.FPDFPageObj_GetType(item)
    mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    if kind == raw.FPDF_PAGEOBJ_PATH:
        raw.FPDFPath_GetDrawMode(item, mode, is_stroked)
    if kind != raw.FPDF_PAGEOBJ_TEXT and not mode.value:
        return None
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, opacity)
    return red.value, green.value, blue.value


def _names(item: Any) -> set[str]:
    marks = (raw.FPDFPageObj_GetMark(item, index) for index in range(raw.FPDFPageObj_CountMarks(item)))
    return {_name(mark) for mark in marks}


def _name(mark: Any) -> str:
    letters, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, letters, 128, size)
    return bytes(letters)[: size.value].decode("utf-16-le").rstrip("\0")
