"""Puts the pages of a finished PDF on another paper: nothing is set anew, the edge of the paper lies elsewhere."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf

from publishing.print.orders import Printed
from publishing.print.papers import Paper

_MM = 72 / 25.4


def cut(printed: Printed, old: Paper, new: Paper) -> Printed:
    """Both papers have room for the same; it keeps its margin to the left and to the top of each."""
    left = (old.left - new.left) * _MM
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        for page in pdf.pages:
            top = float(page.mediabox[3]) - (old.top - new.top) * _MM
            page.mediabox = pikepdf.Rectangle(left, top - new.height * _MM, left + new.width * _MM, top).as_array()
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return replace(printed, content=made.getvalue())
