"""The square on a sheet, read back as a phone would from a bad copy, by another engine than the one that made it."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pytest
import zxingcpp

from publishing.print.loss import text_of
from publishing.print.qr import MODULE
from publishing.sheet_edition import edition_of
from tests.print.conftest import Printed, html_of, record


def decoded(pdf: Path, *, seed: int = 1) -> list[str]:
    """What a reader finds in the first page, printed at 150 dots to the inch and copied with dirt on the glass."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=150 / 72, grayscale=True, rev_byteorder=False)
        rows = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        noise = random.Random(seed)
        grey = bytearray()
        for row in range(bitmap.height):
            line = rows[row * bitmap.stride : row * bitmap.stride + bitmap.width]
            grey += bytes(min(255, max(0, round(noise.gauss(0.72 * value + 40, 30)))) for value in line)
    view = memoryview(bytes(grey)).cast("B", shape=[bitmap.height, bitmap.width])
    return [found.text for found in zxingcpp.read_barcodes(view)]


@pytest.mark.parametrize("paper", ["a4", "us-letter", "large-print"])
def test_a_phone_reads_the_square_from_a_dirty_copy(paper: str, print_pages: Callable[..., Printed]) -> None:
    sheet = record("visit/after.md", html_of("# What is normal now?\n\nText."), title="After", handout="true")
    address = "https://needling-guide.clinic.example/a-long-folder/"
    printed = print_pages([sheet], papers=(paper,), site_url=address)
    assert printed.findings == []
    pdf = printed.pdf(f"visit-after-{paper}")
    assert decoded(pdf) == [f"{address}visit/after/#edition={edition_of(sheet)}"]
    assert "needling-guide.clinic.example/a-long-folder/visit/after" in text_of(pdf).replace(" ", "")


def test_squares_are_half_a_millimetre_even_when_a_printer_shrinks_the_page() -> None:
    assert MODULE * 0.93 >= 0.5


def test_a_site_without_an_address_has_no_square(print_pages: Callable[..., Printed]) -> None:
    sheet = record("page.md", html_of("# T\n\nText."), handout="true")
    assert decoded(print_pages([sheet]).pdf("page-a4")) == []
