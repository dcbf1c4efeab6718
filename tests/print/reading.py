"""Reads a PDF back: its structure, what a printer and a screen reader would meet. Its words: ``publishing.print.loss``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # brings no types


@dataclass(frozen=True)
class Tag:
    """One element of the structure tree."""

    name: str
    depth: int
    node: Any
    parent: str


def tags_of(pdf: pikepdf.Pdf) -> list[Tag]:
    """In reading order."""
    found: list[Tag] = []
    waiting: list[tuple[Any, int, str]] = [(pdf.Root.StructTreeRoot, 0, "")]
    while waiting:
        node, depth, parent = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.get("/Type") in ("/OBJR", "/MCR"):
            continue
        name = str(node.get("/S", "")).removeprefix("/")
        if name:
            found.append(Tag(name, depth, node, parent))
        waiting += [(child, depth + 1, name) for child in reversed(list(children(node)))]
    return found


def children(node: Any) -> Iterator[Any]:
    below = node.get("/K")
    if below is not None:
        yield from below if isinstance(below, pikepdf.Array) else [below]


def attribute(tag: Tag, name: str) -> str:
    owners = tag.node.get("/A", [])
    for owner in owners if isinstance(owners, pikepdf.Array) else [owners]:
        if name in owner:
            return str(owner[name])
    return ""


def link_descriptions(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        return [str(annotation.Contents) for annotation in annotations if annotation.Subtype == "/Link"]


def bookmarks(path: Path) -> list[tuple[int, str]]:
    with pypdfium2.PdfDocument(path) as document:
        return [(mark.level, mark.get_title()) for mark in document.get_toc()]
