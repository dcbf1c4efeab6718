"""Page numbers of a booklet, which are put in when its parts are put together: in footers, in the contents, in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publishing.print.loss import pages_of
from publishing.print.numbers import put_in
from publishing.records import PageRecord, PublishingError
from tests.print.conftest import Printed, record
from tests.print.gate import faults
from tests.print.reading import bookmarks, link_descriptions

LINE = "<p>Some words that fill the page, again and again, until it is full of them.</p>"


def _book(sizes: list[int]) -> list[PageRecord]:
    """Pages of so many lines, each of which leads to the start and the end of every other."""
    return [
        record(
            f"part-{number}.md",
            f"<h1>Part {number}</h1>{LINE * size}<h2 id='end'>End of {number}</h2>{_links(len(sizes), number)}",
            title=f"Part {number}",
            chapter=[f"Chapter {number // 3}"],
        )
        for number, size in enumerate(sizes)
    ]


def _links(count: int, own: int) -> str:
    others = (number for number in range(count) if number != own)
    return "".join(
        f"<p><a href='../part-{n}/'>start-{n}</a> <strong><a href='../part-{n}/#end'>end-{n}</a></strong></p>"
        for n in others
    )


@pytest.fixture
def printed(print_pages: Callable[..., Printed]) -> Printed:
    return print_pages(_book([40, 300, 20, 180, 10, 10, 60]), papers=("a4", "large-print"), read_back=True)


def _where(pages: list[str], pattern: str) -> int:
    return next(number for number, page in enumerate(pages, 1) if re.search(pattern, page))


@pytest.mark.parametrize("paper", ["a4", "large-print"])
def test_every_number_is_that_of_the_page_it_means(printed: Printed, paper: str) -> None:
    assert printed.findings == []
    pages = [" ".join(page.split()) for page in pages_of(printed.pdf(f"booklet-{paper}"))]
    assert len(pages) > 20, "numbers of one digit and of two"
    for number, page in enumerate(pages[1:], 2):
        assert page.endswith(f"Page {number} of {len(pages)}")
    text = " ".join(pages)
    for part in range(7):
        end = _where(pages, f"End of {part}")
        start = _where(pages[2:], f"Part {part} (Chapter \\d )?Part {part} Some|Chapter \\d Part {part} Some") + 2
        assert set(re.findall(rf"start-{part} \(see page (\d+)\)", text)) == {str(start)}
        assert set(re.findall(rf"end-{part} \(see page (\d+)\)", text)) == {str(end)}
        described = link_descriptions(printed.pdf(f"booklet-{paper}"))
        assert described.count(f"end-{part}: Part {part}, page {end}") == 6
        assert re.search(rf"Part {part} [. ]+{start} ", pages[1])


def test_every_link_leads_where_its_number_says(printed: Printed) -> None:
    with pikepdf.open(printed.pdf("booklet-a4")) as pdf:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(key): numbers[place[0].objgen] for key, place in zip(names[::2], names[1::2], strict=True)}
        led = 0
        for page in pdf.pages[2:]:
            for note in page.get("/Annots", ()):
                assert "/A" not in note, "no address is left that only stood for a place"
                number = int(str(note.Contents).rpartition("page ")[2])
                assert places[str(note.Dest)] == number
                led += 1
        assert led == 7 * 6 * 2
        kept = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Page"]
        assert len(kept) == len(pdf.pages), "no page that only stood in for others"


def test_a_booklet_of_parts_is_sound_and_keeps_its_chapters(printed: Printed) -> None:
    assert faults(printed.pdf("booklet-a4")) == []
    marks = bookmarks(printed.pdf("booklet-a4"))
    assert marks[:4] == [(0, "Contents"), (0, "Chapter 0"), (1, "Part 0"), (2, "End of 0")]
    assert [title for level, title in marks if level == 0] == ["Contents", "Chapter 0", "Chapter 1", "Chapter 2"]
    assert [title for level, title in marks if level == 1] == [f"Part {number}" for number in range(7)]


def test_a_reference_in_words_of_the_other_direction_keeps_its_room(print_pages: Callable[..., Printed]) -> None:
    pages = [
        record("a.md", "<h1>A</h1><p dir='rtl' lang='he'>שלום <a href='../b/'>קישור</a></p>", title="A"),
        record("b.md", "<h1>B</h1><p>Words.</p>", title="B"),
    ]
    page = " ".join(pages_of(print_pages(pages).pdf("booklet-a4"))[2].split())
    assert ")4 see page(" in page, "from right to left, between the words and the bracket"


def test_room_that_holds_other_letters_is_named(printed: Printed) -> None:
    run = b"q 1 0 0 -1 9 9 cm/c0 cs 0.003921569 0 0.003921569 scn\nBT 0 Tr/f0 12 Tf 1 0 0 -1 0 0 Tm[(\000\001)]TJ\nET"
    with pikepdf.open(printed.pdf("booklet-a4")) as pdf:
        page = pdf.pages[3]
        page.Contents = pdf.make_stream(run)
        with pytest.raises(PublishingError, match="holds 1 letters, not 10"):
            put_in(page, str)


def test_a_page_that_grows_moves_the_numbers_of_all_others(print_pages: Callable[..., Printed]) -> None:
    def numbers(first: int) -> list[str]:
        pdf: Path = print_pages(_book([first, 10, 10])).pdf("booklet-a4")
        return re.findall(r"start-2 \(see page (\d+)\)", " ".join(" ".join(pages_of(pdf)).split()))

    before, after = numbers(40), numbers(300)
    assert len(before) == len(after) == 2 and len(set(before)) == len(set(after)) == 1
    assert int(before[0]) < 10 <= int(after[0])


def test_a_place_with_nothing_behind_it_is_the_top_of_its_page(print_pages: Callable[..., Printed]) -> None:
    pages = [
        record("a.md", "<h1>A</h1><p><a href='../b/#end'>The end</a></p>", title="A"),
        record("b.md", f"<h1>B</h1>{LINE * 90}<p><a id='end'></a></p>", title="B"),
    ]
    printed = print_pages(pages)
    assert printed.findings == [] and "The end: B, page 4" in link_descriptions(printed.pdf("booklet-a4"))
    assert "The end (see page 4)" in " ".join(" ".join(pages_of(printed.pdf("booklet-a4"))).split())
