"""The clinic pack: all sheets in one file, to be printed on both sides of the paper and taken apart."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pytest

from publishing.print.loss import pages_of
from publishing.print.papers import PAPERS
from publishing.records import PageRecord
from tests.print.conftest import Printed, record
from tests.print.gate import faults
from tests.print.reading import bookmarks, link_descriptions

LINE = "<p>Some words that fill the page, again and again, until it is full.</p>"


def _sheet(name: str, lines: int, more: str = "") -> PageRecord:
    html = f"<h1>Sheet {name}</h1>{LINE * lines}<h2 id='more'>More of {name}</h2><p>Words.</p>{more}"
    return record(f"{name}.md", html, title=name.title(), handout="true", checked="2026-11-22")


@pytest.fixture
def pack(print_pages: Callable[..., Printed]) -> Printed:
    jump = "<p><a href='#more'>More</a> and <a href='../two/#more'>the second</a>.</p>"
    pages = [_sheet("one", 20), _sheet("two", 40, jump), _sheet("three", 95), _sheet("four", 2)]
    return print_pages(pages, papers=("a4", "large-print"))


def _starts(printed: Printed, paper: str) -> dict[str, int]:
    marks = bookmarks(printed.pdf(f"pack-{paper}"))
    with pypdfium2.PdfDocument(printed.pdf(f"pack-{paper}")) as document:
        numbers = [mark.get_dest().get_index() + 1 for mark in document.get_toc()]
    return {title: number for (level, title), number in zip(marks, numbers, strict=True) if level == 0}


def test_the_pack_has_every_sheet_with_all_its_words(pack: Printed) -> None:
    assert pack.findings == []
    made = {sheet.path.name: sheet for sheet in pack.sheets}
    for paper in ("a4", "large-print"):
        sheet = made[f"pack-{paper}.pdf"]
        assert (sheet.id, sheet.edition, sheet.paper) == ("pack", "pack", paper)
        assert faults(pack.pdf(f"pack-{paper}")) == []


@pytest.mark.parametrize("paper", ["a4", "large-print"])
def test_each_sheet_begins_on_a_right_hand_page_with_its_own_numbers(pack: Printed, paper: str) -> None:
    pages = [" ".join(page.split()) for page in pages_of(pack.pdf(f"pack-{paper}"))]
    alone = {sheet.id: sheet.pages for sheet in pack.sheets if sheet.paper == paper}
    starts = _starts(pack, paper)
    assert list(starts) == ["All sheets", "Sheet one", "Sheet two", "Sheet three", "Sheet four"]
    assert any(alone[name] % 2 for name in ("one", "two", "three")), "a blank page is needed somewhere"
    for name in ("one", "two", "three", "four"):
        first = starts[f"Sheet {name}"]
        assert first % 2 == 1
        for number in range(1, alone[name] + 1):
            page = pages[first + number - 2]
            assert f"· Sheet {name} · Edition" in page and f"Page {number} of {alone[name]}" in page
            assert "Not yet reviewed by a clinician." in page
    used = {n for name, first in starts.items() for n in range(first, first + alone.get(name[6:], 1))}
    assert {page for n, page in enumerate(pages, 1) if n not in used} == {""}, "what is left over is blank"


def test_the_contents_come_first_and_lead_to_each_sheet(pack: Printed) -> None:
    first = " ".join(pages_of(pack.pdf("pack-a4"))[0].split())
    for title, number in _starts(pack, "a4").items():
        if title != "All sheets":
            assert f"{title} . " in first and f"{title}, page {number}" in link_descriptions(pack.pdf("pack-a4"))


def test_links_stay_within_a_sheet_since_the_pack_is_taken_apart(pack: Printed) -> None:
    second = _starts(pack, "a4")["Sheet two"]
    text = " ".join(" ".join(pages_of(pack.pdf("pack-a4"))[second - 1 :]).split())
    assert "the second" in text and "(see page" not in text


def test_one_hand_out_alone_makes_no_pack(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages([_sheet("one", 2), record("two.md", "<h1>Two</h1><p>No sheet.</p>")])
    assert [sheet.edition for sheet in printed.sheets] == ["booklet", "hand-out"]


def test_the_pack_is_laid_out_for_each_paper(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages([_sheet("one", 2), _sheet("two", 2)], papers=("a4", "us-letter", "large-print"))
    for paper in ("a4", "us-letter", "large-print"):
        with pypdfium2.PdfDocument(printed.pdf(f"pack-{paper}")) as document:
            size = document[0].get_size()
        assert size == pytest.approx((PAPERS[paper].width * 72 / 25.4, PAPERS[paper].height * 72 / 25.4), abs=0.1)
