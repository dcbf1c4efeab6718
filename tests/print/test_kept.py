"""What belongs together on paper stays together, and what is to be written in has room, wherever on a page it comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.print.loss import pages_of
from publishing.print.papers import PAPERS
from tests.print.conftest import Printed, html_of, record
from tests.print.marks import pieces_of
from tests.print.paper import paper_faults

MM = 72 / 25.4
DRAWING = '<svg viewBox="0 0 300 100" width="300" height="100" role="img"><title>Marks</title><path d="M0 0h300v100h-300z"/></svg>'


def _sides(printed: Printed, name: str) -> list[str]:
    return [" ".join(page.split()) for page in pages_of(printed.pdf(name))]


def _tops(path: Path, *wanted: str) -> list[float]:
    """In mm from the foot of the page, of the first piece of text that begins with each."""
    drawn = pieces_of(path)
    return [next(piece for piece in drawn if piece.text.strip().startswith(text)).top / MM for text in wanted]


def test_the_licence_ends_the_columns_of_the_sources(print_pages: Callable[..., Printed]) -> None:
    """A page of its own is left to it only where both columns are full to the last line."""
    source = "<li>Author A (2020). A title that takes up some lines of one column. A journal 12: 3-4.</li>"
    pages = [
        record(
            f"page-{count}.md",
            f'<h1>T</h1><section class="sources"><h2>Sources</h2><ol>{source * count}</ol></section>',
            handout="true",
        )
        for count in range(9, 27, 2)
    ]
    printed = print_pages(pages, papers=("a4", "large-print"))
    assert printed.findings == []
    alone = []
    for page in pages:
        for paper in ("a4", "large-print"):
            sides = _sides(printed, f"{page.source.removesuffix('.md')}-{paper}")
            assert ["Words: CC BY 4.0" in side for side in sides] == [False] * (len(sides) - 1) + [True]
            alone += [page.source] * ("Author A" not in sides[-1])
    assert len(alone) <= 1


def test_pictures_grow_with_the_letters(print_pages: Callable[..., Printed]) -> None:
    page = record("page.md", f"<h1>T</h1>{DRAWING}", handout="true")
    printed = print_pages([page], papers=("a4", "large-print"))
    assert _widest(printed.pdf("page-large-print")) == pytest.approx(1.5 * _widest(printed.pdf("page-a4")), rel=0.02)


def _widest(path: Path) -> float:
    """Of what is filled on the first page: the drawing."""
    return max(piece.right - piece.left for piece in pieces_of(path) if not piece.text and piece.fill == (0, 0, 0))


def test_pictures_to_compare_stay_on_one_page(print_pages: Callable[..., Printed]) -> None:
    pairs = "".join(f'<p class="chart-label">Share {n}</p>{DRAWING}' for n in range(3))
    shown = f"<figure><figcaption>Shares</figcaption>{pairs}<p>Below.</p></figure>"
    filled = "".join(f"{'<p>A line.</p>' * (3 + n)}{shown}" for n in range(12))
    sides = _sides(print_pages([record("page.md", f"<h1>T</h1>{filled}", handout="true")]), "page-a4")
    assert all(side.count("Share 0") == side.count("Share 2") == side.count("Shares") for side in sides)


def test_a_meaning_of_some_parts_stays_on_one_page(print_pages: Callable[..., Printed]) -> None:
    entry = (
        "<dt>Term</dt><dd><p>First part.</p><p>Second part.</p><ul><li>Third part.</li><li>Last part.</li></ul></dd>"
    )
    filled = "".join(f"{'<p>A line.</p>' * (3 + n)}<dl>{entry}</dl>" for n in range(24))
    sides = _sides(print_pages([record("page.md", f"<h1>T</h1>{filled}", handout="true")]), "page-a4")
    assert all(side.count("Term") == side.count("First part.") == side.count("Last part.") for side in sides)


def test_a_line_that_leads_in_stays_with_its_table(print_pages: Callable[..., Printed]) -> None:
    table = f"<table><thead><tr><th>Head</th></tr></thead>{'<tr><td>cell</td></tr>' * 40}</table>"
    part = f"<h2>Question</h2><p>Show this to your doctor.</p>{table}"
    filled = "".join(f"{'<p>A line.</p>' * n}{part}" for n in range(24))
    sides = _sides(print_pages([record("page.md", f"<h1>T</h1>{filled}", handout="true")]), "page-a4")
    assert sum("Question Show this to your doctor. Head cell" in side for side in sides) == 24


def test_entries_of_several_paragraphs_are_set_apart(print_pages: Callable[..., Printed]) -> None:
    item = "<li><p>Title {0}</p><p>Found {0}</p></li>"
    page = record("page.md", f"<h1>T</h1><ul>{item.format(1)}{item.format(2)}</ul>", handout="true")
    path = print_pages([page], papers=("a4",)).pdf("page-a4")
    first, found, second = _tops(path, "Title 1", "Found 1", "Title 2")
    assert found - second > first - found + 1


def test_a_row_whose_head_is_that_of_the_row_above_is_no_row_to_write_in(print_pages: Callable[..., Printed]) -> None:
    rows = "| They book | First |\n| | Second |\n| | Third |\n| They leave | Fourth |\n| Later | Fifth |\n"
    page = record("page.md", html_of(f"# T\n\n| When | Sheet |\n|---|---|\n{rows}"), handout="true")
    path = print_pages([page], papers=("a4",)).pdf("page-a4")
    first, second, third, fourth = _tops(path, "First", "Second", "Third", "Fourth")
    assert [first - second, second - third, third - fourth] == pytest.approx([first - second] * 3, abs=0.3)
    assert first - second < 8


@pytest.mark.parametrize("paper", ["a4", "large-print"])
def test_what_ends_with_a_colon_in_a_form_has_room_to_write(print_pages: Callable[..., Printed], paper: str) -> None:
    ticks = "| Calm | ☐ |\n| Something else: | ☐ |\n| Another: | ☐ |\n| Last | ☐ |\n"
    diary = "| Day 1 | | |\n| Review | Change: | |\n| Day 2 | | |\n| Day 3 | | |\n"
    text = f"# T\n\n| Why | Tick |\n|---|---|\n{ticks}\n| When | Pain | Sore |\n|---|---|---|\n{diary}"
    path = print_pages([record("page.md", html_of(text), handout="true")], papers=(paper,)).pdf(f"page-{paper}")
    other, another, last = _tops(path, "Something", "Another", "Last")
    assert [other - another, another - last] == pytest.approx([9, 9], abs=0.3)
    review, following = _tops(path, "Review", "Day 2")
    assert review - following == pytest.approx(9, abs=0.3)


def test_in_large_print_a_long_headline_is_a_little_smaller(print_pages: Callable[..., Printed]) -> None:
    title = "What can go wrong, how often, and what do I do?"
    page = record("page.md", f"<h1>{title}</h1><p>Body.</p>", handout="true")
    path = print_pages([page], papers=("large-print",)).pdf("page-large-print")
    sizes = [piece.size for piece in pieces_of(path) if piece.text.strip().startswith("What can")]
    assert 28 <= max(sizes) < 36


def test_columns_that_are_full_in_every_row_get_the_room(print_pages: Callable[..., Printed]) -> None:
    """One long cell elsewhere does not take it: all rows together are as low as they can be."""
    full, long = "words of a cell that is full in every row of its table", "a single cell that is long " * 6
    rows = f"<tr><td>A</td><td>{long}</td><td>few</td></tr>" + f"<tr><td>B</td><td>few</td><td>{full * 2}</td></tr>" * 9
    page = record(
        "page.md",
        f"<h1>T</h1><table><tr><th>One</th><th>Two</th><th>Three</th></tr>{rows}</table><p>Below.</p>",
        handout="true",
    )
    path = print_pages([page], papers=("a4",)).pdf("page-a4")
    two, three = (
        next(piece for piece in pieces_of(path) if piece.text.strip().startswith(text)) for text in ("Two", "Three")
    )
    last = PAPERS["a4"].width - PAPERS["a4"].right
    assert last - three.left / MM > 2 * (three.left - two.left) / MM


@pytest.mark.parametrize("paper", ["a4", "us-letter", "large-print"])
@pytest.mark.parametrize(
    "host", ["guide-of-the-north-street-clinic", "guide-to-needling.north-and-west-midlands-hospitals"]
)
def test_a_long_address_leaves_the_foot_its_other_words(
    print_pages: Callable[..., Printed], paper: str, host: str
) -> None:
    fields = {"handout": "true", "checked": "2026-11-22", "check_by": "2027-05-22", "reviewed_by": ""}
    page = record("deciding/other-treatments.md", f"<h1>T</h1><p>{'Words of the body. ' * 90}</p>", **fields)
    printed = print_pages([page], papers=(paper,), site_url=f"https://{host}.example/patients/back-pain/")
    assert printed.findings == []
    path = printed.pdf(f"deciding-other-treatments-{paper}")
    foot = [piece for piece in pieces_of(path) if "Not yet reviewed by a clinician" in piece.text]
    assert foot and min(piece.bottom for piece in foot) > 5 * MM, "whole, on one line"
    assert paper_faults(path, PAPERS[paper], 10.5) == []
    said = "".join(pages_of(path)[0].split()).replace("\ufffe", "-")  # PDFium's mark of a hyphen that ends a line
    assert f"{host}.example/patients/back-pain/deciding/other-treatments" in said
