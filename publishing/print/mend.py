"""Gives every link of a PDF a description that a person would say, numbers the pages, and leaves one place for the date.

Typst describes a link by its raw address or its page. The structure tree has the links in the order of the
document, which is the order they were written in; each one's own target is held against the list. A part of a whole
loses its stand-ins here, and tells where its places are; its numbers wait for the whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pikepdf

from publishing.print.cut import share_size
from publishing.print.numbers import FOOTER, footer, put_in
from publishing.print.orders import Order, Printed
from publishing.print.pagination import placed
from publishing.print.routes import Route
from publishing.print.trees import drop, in_order, listed, pairs
from publishing.records import PublishingError

_PACKED = pikepdf.ObjectStreamMode.generate  # the tags of a page are many small objects: a third of the size
_LISTED = re.compile(r"\s*“(.*)” (page \S+)", re.DOTALL)


def mend(made: bytes, order: Order) -> Printed:
    """The PDF with its links described; still to be read back."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        if order.places:
            _name(pdf, order.places)
            drop(pdf, [*range(order.leaf.first if order.leaf else 0), len(pdf.pages) - 1])
        _describe(pdf, order)
        for date in ("/CreationDate", "/ModDate"):
            if date in pdf.docinfo:
                del pdf.docinfo[date]  # said in the metadata too, where it can be put in last
        for number, page in enumerate([] if order.is_bound else pdf.pages, 1):
            put_in(page, partial(_footer, number, len(pdf.pages)))
        share_size(pdf)
        mended = io.BytesIO()
        pdf.save(mended, deterministic_id=True, object_stream_mode=_PACKED)
        return Printed(mended.getvalue(), len(pdf.pages), {}, _places(pdf) if order.leaf else {})


def _footer(number: int, count: int, key: int) -> str:
    if key != FOOTER:
        raise PublishingError("a sheet refers to a page of another file by its number.")
    return footer(number, count)


def _describe(pdf: pikepdf.Pdf, order: Order) -> None:
    waiting = iter(order.links)
    for notes, is_typsts_own in _links(pdf.Root.StructTreeRoot):
        route = None if is_typsts_own else next(waiting, None)
        if not is_typsts_own and not (route and all(_leads(note, route) for note in notes)):
            raise PublishingError(f"{order.name}: a link in the PDF is not the one that was written there.")
        for note in notes:
            note.Contents = pikepdf.String(_described(str(note.Contents), route))
            if route and route.kind == "label" and not route.page_number:
                note.Dest = pikepdf.String(placed(route.target, order.places))
                del note.A
    if next(waiting, None) is not None:
        raise PublishingError(f"{order.name}: a link of the pages is missing from the PDF.")


def _name(pdf: pikepdf.Pdf, labels: Sequence[str]) -> None:
    """Give each label's place its name, by which other parts lead there; the last page leads to all, from left to right."""
    named = dict[Any, Any]((str(name), place) for name, place in pairs(pdf.Root.get("/Names", {}), "/Dests", "/Names"))
    leading = sorted(pdf.pages[-1].obj.Annots, key=lambda note: float(note.Rect[0]))
    for label, note in zip(labels, leading, strict=True):
        named[label] = note.Dest if isinstance(note.Dest, pikepdf.Array) else named[str(note.Dest)]
    names = pikepdf.Dictionary(Names=listed(in_order([(pikepdf.String(name), named[name]) for name in named])))
    pdf.Root.Names = pikepdf.Dictionary(Dests=names)


def _places(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The page, from 0, of each place that has a name."""
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    return {
        str(name): numbers[place[0].objgen] for name, place in pairs(pdf.Root.get("/Names", {}), "/Dests", "/Names")
    }


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
    return "/A" in annotation and str(annotation.A.get("/URI")) == route.address


def _described(given: str, route: Route | None) -> str:
    """``given`` is Typst's: 'page 9', ' “A title” page 9', 'Footnote a', or 'a' at the note itself."""
    if route:
        return route.phrase
    if listed := _LISTED.fullmatch(given):
        return f"{listed[1]}, {listed[2]}"
    mark = given.removeprefix("Footnote ")
    return f"Note {mark}" if mark != given else f"Back to the mark of note {mark}"
