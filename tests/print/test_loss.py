"""What reads a PDF back is not led astray by running titles: it misses nothing that is there, and takes them for no words of a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.print.loss import losses, words_of
from tests.print.conftest import Printed, record

TITLE = "Care of your low back"
TEXT = """
back care low care your back low of of low low back care of your of of back back care care care of low your of
of low back your back low back low low back care care care care back your low low care back back your back low
low your care care back care your of back care your of back back of low back your of care back low your low your
back of back back low low care low care of of your low back low.

your care low low your low low care care low care low low back back your your low back low your back care back
of care low of low back back back back low care back your of back low of of low back back care of low care back
care your care back low low care low of care care.

of low low your of back low your low your your care low back care care your low low low back back your of your
low your care care of low back your of your of of care low of low your of care back back care of care of back
your low.

back low care low low of back your back care low back care care your back low back of your of back of of your
care your your care your low of care care back of back of back care care your back your low care low.

back care of back your your care of back back back care low your low back care care back care low back care care
low back care low of low your low of of of your low back care your your of back of of your of back back back
back care low back of of of low care your low back back care back your care of of low.
"""
PAGE = f"<h1>{TITLE}</h1>" + "".join(f"<p>{words}</p>" for words in TEXT.split("\n\n"))


@pytest.fixture
def booklet(print_pages: Callable[..., Printed]) -> Path:
    """Pages end among words that its running titles have too."""
    dates = {"checked": "2026-11-22", "check_by": "2027-05-22"}
    page = record("page.md", PAGE, title=TITLE, handout="true", **dates)
    printed = print_pages([page], site_url="https://x.example/low/back/", papers=("large-print",))
    return printed.pdf("booklet-large-print")


def test_words_behind_the_end_of_a_page_are_found(booklet: Path) -> None:
    assert losses(booklet.read_bytes(), {"page.md": words_of(PAGE)}) == {}


def test_a_running_title_stands_for_no_words_of_its_page(booklet: Path) -> None:
    more = words_of(f"{PAGE}<h2>Page</h2>")
    assert losses(booklet.read_bytes(), {"page.md": more}) == {"page.md": ("Page",)}
