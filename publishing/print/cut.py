"""Puts the pages of a finished PDF on another paper: nothing is set anew, the edge of the paper lies elsewhere.

All pages share the object that says their size (``share_size``), so that it alone is written anew behind the rest, as the
format has it for updates (ISO 32000-1, 7.5.6).
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pikepdf

from publishing.print.orders import Printed
from publishing.print.papers import Paper

_MM = 72 / 25.4
_START = b"startxref"


def share_size(pdf: pikepdf.Pdf) -> None:
    """Say the size of all pages, which is one, in one place."""
    shared = pdf.make_indirect(pikepdf.Array(pdf.pages[0].mediabox))
    for page in pdf.pages:
        page.obj.MediaBox = shared


def cut(printed: Printed, old: Paper, new: Paper) -> Printed:
    """Both papers have room for the same; it keeps its margin to the left and to the top of each."""
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        size = pdf.pages[0].obj.MediaBox
        left = (old.left - new.left) * _MM
        top = float(size[3]) - (old.top - new.top) * _MM
        moved = pikepdf.Rectangle(left, top - new.height * _MM, left + new.width * _MM, top).as_array()
        return replace(printed, content=_updated(printed.content, pdf, size.objgen[0], moved))


def _updated(content: bytes, pdf: pikepdf.Pdf, number: int, given: pikepdf.Object) -> bytes:
    """With another object in the place of the one of this number, and a list of where to find it."""
    size = int(pdf.trailer.Size)
    before = content.rstrip() + b"\n"
    written = b"%d 0 obj\n%s\nendobj\n" % (number, given.unparse())
    found = (len(before), len(before) + len(written))
    about = pikepdf.Dictionary(
        Type=pikepdf.Name.XRef,
        Size=size + 1,
        Root=pdf.trailer.Root,
        Prev=int(content[content.rindex(_START) + len(_START) :].split()[0]),
        ID=[pdf.trailer.ID[0], pikepdf.String(hashlib.sha256(before + written).digest()[:16])],
        Index=[number, 1, size, 1],
        W=[1, 4, 1],
        Length=12,
    )
    if "/Info" in pdf.trailer:
        about.Info = pdf.trailer.Info
    places = b"".join(b"\x01" + place.to_bytes(4) + b"\x00" for place in found)
    listed = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (size, about.unparse(), places)
    return before + written + listed + b"%s\n%d\n%%%%EOF\n" % (_START, found[1])
