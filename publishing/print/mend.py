"""Gives every link of a PDF a description that a person would say, and counts the pages.

Typst describes a link by its raw address or its page. The structure tree has the links in the order of the
document, which is the order they were written in; each one's own target is held against the list.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from publishing.print.routes import Route
from publishing.records import PublishingError


def mend(made: bytes, links: Sequence[Route], name: str) -> tuple[bytes, int]:
    """The PDF with its links described, and how many pages it has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        waiting = iter(links)
        for annotations in _written_links(pdf.Root.StructTreeRoot):
            route = next(waiting, None)
            if route is None or not all(_leads(annotation, route) for annotation in annotations):
                raise PublishingError(f"{name}: a link in the PDF is not the one that was written there.")
            for annotation in annotations:
                annotation.Contents = pikepdf.String(_described(annotation, route))
        if next(waiting, None) is not None:
            raise PublishingError(f"{name}: a link of the pages is missing from the PDF.")
        mended = io.BytesIO()
        pdf.save(mended, deterministic_id=True)
        return mended.getvalue(), len(pdf.pages)


def _written_links(root: Any) -> Iterator[list[Any]]:
    """The annotations of each link that a page wrote; not those of footnotes and of the contents."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.get("/S") == "/TOC":
            continue
        below = list(_below(node))
        objects = [part for part in below if isinstance(part, pikepdf.Dictionary)]
        annotations = [part.Obj for part in objects if part.get("/Type") == "/OBJR"]
        if node.get("/S") == "/Link" and annotations and not _is_note(node):
            yield annotations
        waiting.extend(reversed(below))


def _below(node: Any) -> Iterator[Any]:
    below = node.get("/K")
    if below is not None:
        yield from below if isinstance(below, pikepdf.Array) else [below]


def _is_note(link: Any) -> bool:
    """The mark of a footnote, in the text or beside the note."""
    return bool(link.get("/P", {}).get("/S") == "/Lbl")


def _leads(annotation: Any, route: Route) -> bool:
    if route.kind == "web":
        return "/A" in annotation and str(annotation.A.get("/URI")) == route.target
    return "/Dest" in annotation


def _described(annotation: Any, route: Route) -> str:
    return f"{route.phrase}, {annotation.Contents}" if route.page_number else route.phrase
