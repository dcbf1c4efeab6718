"""Lays the pages of a booklet two by two on sheets, so that the pile, folded once and stapled in the fold, reads in order.

For printers that turn the paper on its short edge. The pages become pictures of themselves, and their tags are lost:
the file that is read by ear is the booklet itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from publishing.print.orders import Printed

_SIDE = b"q 1 0 0 1 %.3f 0 cm /Page%d Do Q\n"


def order(count: int) -> Iterator[tuple[int, int]]:
    """Left and right page of each side, front and back in turn; pages beyond ``count`` are blank."""
    last = count + -count % 4
    for front in range(1, last // 2, 2):
        yield last + 1 - front, front
        yield front + 1, last - front


def impose(booklet: Printed) -> Printed:
    """The sheets to print."""
    with pikepdf.open(io.BytesIO(booklet.content)) as source, pikepdf.new() as sheets:
        width, height = (float(length) for length in source.pages[0].mediabox[2:])
        pages = [sheets.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for page in pages:
            for tagged in ("/StructParents", "/Group"):
                if tagged in page:
                    del page[tagged]
        for pair in order(len(pages)):
            _lay(sheets, pages, pair, (width, height))
        with source.open_metadata() as given, sheets.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = f"{given['dc:title']}, to fold and staple"
        sheets.Root.Lang = pikepdf.String(str(source.Root.Lang))
        sheets.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
        )
        made = io.BytesIO()
        sheets.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return Printed(made.getvalue(), len(sheets.pages), {})


def _lay(sheets: pikepdf.Pdf, pages: list[pikepdf.Object], pair: tuple[int, int], size: tuple[float, float]) -> None:
    width, height = size
    side = sheets.add_blank_page(page_size=(2 * width, height))
    shown = [(number, place * width) for place, number in enumerate(pair) if number <= len(pages)]
    side.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary({f"/Page{number}": pages[number - 1] for number, _ in shown})
    )
    side.Contents = sheets.make_stream(b"".join(_SIDE % (left, number) for number, left in shown))
