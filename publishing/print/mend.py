"""Gives every link of a PDF a description that a person would say, counts the pages, and leaves one place for the date.

Typst describes a link by its raw address or its page. The structure tree has the links in the order of the
document, which is the order they were written in; each one's own target is held against the list.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from publishing.print.routes import Route
from publishing.records import PublishingError

_PACKED = pikepdf.ObjectStreamMode.generate  # the tags of a page are many small objects: a third of the size
_PAGE = re.compile(r"page \S+")
_LISTED = re.compile(r"\s*“(.*)” (page \S+)", re.DOTALL)


def mend(made: bytes, links: Sequence[Route], name: str) -> tuple[bytes, int]:
    """The PDF with its links described, and how many pages it has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        waiting = iter(links)
        for annotations, is_typsts_own in _links(pdf.Root.StructTreeRoot):
            route = None if is_typsts_own else next(waiting, None)
            if not is_typsts_own and not (route and all(_leads(annotation, route) for annotation in annotations)):
                raise PublishingError(f"{name}: a link in the PDF is not the one that was written there.")
            for annotation in annotations:
                described = _described(str(annotation.Contents), route)
                annotation.Contents = pikepdf.String(described)
        if next(waiting, None) is not None:
            raise PublishingError(f"{name}: a link of the pages is missing from the PDF.")
        for date in ("/CreationDate", "/ModDate"):
            if date in pdf.docinfo:
                del pdf.docinfo[date]  # said in the metadata too, where it can be put in last
        mended = io.BytesIO()
        pdf.save(mended, deterministic_id=True, object_stream_mode=_PACKED)
        return mended.getvalue(), len(pdf.pages)


def _links(root: pikepdf.Object) -> Iterator[tuple[list[Any], bool]]:
    """The annotations (one a line) of each link; whether it is one of the contents or a mark of a note."""
    waiting = [(root, False)]
    while waiting:
        node, in_contents = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        below = list(_below(node))
        objects = [part for part in below if isinstance(part, pikepdf.Dictionary)]
        annotations = [part.Obj for part in objects if part.get("/Type") == "/OBJR"]
        if node.get("/S") == "/Link" and annotations:
            yield annotations, in_contents or bool(node.P.get("/S") == "/Lbl")
        in_contents = in_contents or bool(node.get("/S") == "/TOC")
        waiting.extend((part, in_contents) for part in reversed(below))


def _below(node: Any) -> Iterator[Any]:
    below = node.get("/K")
    if below is not None:
        yield from below if isinstance(below, pikepdf.Array) else [below]


def _leads(annotation: Any, route: Route) -> bool:
    if route.kind == "web":
        return "/A" in annotation and str(annotation.A.get("/URI")) == route.target
    return "/Dest" in annotation


def _described(given: str, route: Route | None) -> str:
    """``given`` is Typst's: 'page 9', ' “A title” page 9', 'Footnote a', or 'a' at the note itself."""
    if route:
        return f"{route.phrase}, {_PAGE.findall(given)[-1]}" if route.page_number else route.phrase
    if listed := _LISTED.fullmatch(given):
        return f"{listed[1]}, {listed[2]}"
    mark = given.removeprefix("Footnote ")
    return f"Note {mark}" if mark != given else f"Back to the mark of note {mark}"
