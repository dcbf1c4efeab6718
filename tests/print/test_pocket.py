"""The pocket guide: which pages and parts it holds, how it is laid out to fold, and when it is too thick."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pytest

from publishing.print import orders
from publishing.print.impose import impose, order
from publishing.print.loss import pages_of, text_of
from publishing.print.pocket import MOST_PAGES, pocket_pages
from publishing.records import PageRecord
from tests.print.conftest import Printed, record
from tests.print.gate import faults
from tests.print.reading import bookmarks

LINE = "<p>Some words that fill the page, again and again, until it is full.</p>"


def _cited(number: int) -> str:
    return f'<sup class="citation"><a href="#source-{number}" id="cite-{number}-1">{number}</a></sup>'


def _guide(pocket: str) -> list[PageRecord]:
    sources = "".join(f'<li id="source-{n}">Author {n}, a title.</li>' for n in (1, 2, 3))
    html = f"""<h1>Help</h1><p>The opening{_cited(3)}, and <a href="#late">what is late</a>.</p>
<h2 id="now">Now</h2><p>Act &amp; call <b>now</b>.</p>{LINE * 30}<h2 id="soon">Soon</h2><p>Act soon{_cited(2)}.</p>
<h2 id="late">Late</h2><p>Wait &lt; a day{_cited(1)}.</p>
<section class="sources"><h2 id="sources">Sources</h2><ol>{sources}</ol></section>"""
    other = record("other.md", f"<h1>Other</h1>{LINE}", title="Other")
    return [record("help.md", html, title="Help", pocket=pocket), other]


def test_a_page_goes_in_whole_or_by_its_parts(print_pages: Callable[..., Printed]) -> None:
    whole = text_of(print_pages(_guide("true")).pdf("pocket-a5"))
    assert all(part in whole for part in ("The opening", "Act & call now.", "Act soon", "Wait < a day", "1. Author 1"))
    printed = print_pages(_guide("now\nlate"))
    parts = text_of(printed.pdf("pocket-a5"))
    assert printed.findings == []
    assert all(part in parts for part in ("The opening", "Act & call now.", "Wait < a day"))
    assert "Act soon" not in parts and "Other" not in parts


def test_sources_that_nothing_cites_stay_out_and_the_others_keep_their_numbers(
    print_pages: Callable[..., Printed],
) -> None:
    text = text_of(print_pages(_guide("now\nlate")).pdf("pocket-a5"))
    assert re.findall(r"(\d)\. Author (\d)", text) == [("1", "1"), ("3", "3")]
    page = _guide("now")[0]
    bare = record("bare.md", page.html.replace(_cited(3), ""), pocket="now")
    taken, findings = pocket_pages([bare], "docs")
    assert findings == [] and "Sources" not in taken[0].html


def test_it_is_accessible_and_says_what_it_is(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages(_guide("now"), papers=("a4", "us-letter", "large-print"))
    names = [sheet.path.name for sheet in printed.sheets if sheet.id == "pocket"]
    assert names == [
        "pocket-a5.pdf",
        "pocket-half-letter.pdf",
        "pocket-a4-imposed.pdf",
        "pocket-us-letter-imposed.pdf",
    ]
    for name in ("pocket-a5", "pocket-half-letter"):
        assert faults(printed.pdf(name)) == []
        assert bookmarks(printed.pdf(name)) == [(0, "Contents"), (0, "Help"), (1, "Now"), (1, "Sources")]
        assert "Pocket guide" in pages_of(printed.pdf(name))[0]


def test_no_page_for_the_pocket_makes_no_pocket_guide(print_pages: Callable[..., Printed]) -> None:
    for pocket, papers in (("false", ("a4",)), ("", ("a4",)), ("true", ("large-print",))):
        assert [sheet.edition for sheet in print_pages(_guide(pocket), papers=papers).sheets] == ["booklet"] * len(
            papers
        )


def test_a_part_that_is_not_there_is_named(print_pages: Callable[..., Printed]) -> None:
    assert print_pages(_guide("now\nnever")).findings == [
        "docs/help.md: print-pocket: `pocket` names 'never', which is no part of the page. Its parts: now, soon, late."
    ]


def test_what_is_too_thick_to_staple_is_named(print_pages: Callable[..., Printed]) -> None:
    long = [record("long.md", f"<h1>Long</h1>{LINE * 2600}", pocket="true")]
    (finding,) = print_pages(long).findings
    found = re.fullmatch(
        r"docs/long.md: print-pocket: the pocket guide has (\d+) pages on a5, and 64 can be stapled. "
        r"Let `pocket` of a page name fewer parts.",
        finding,
    )
    assert found and int(found[1]) > MOST_PAGES


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 11, 12, 62, MOST_PAGES])
def test_a_folded_pile_reads_in_order(count: int) -> None:
    """Stack the sheets, fold them, and turn the pages: the outer sheet's right half comes first."""
    sides = list(order(count))
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    read = [page for front, back in sheets for page in (front[1], back[0])]
    read += [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    assert read == list(range(1, len(read) + 1))
    assert len(read) % 4 == 0 and 0 <= len(read) - count < 4


def test_the_sheets_show_the_pages_where_the_fold_wants_them(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages([*_guide("true"), record("more.md", "<h1>More</h1><p>Words.</p>", pocket="true")])
    pocket, sheets = printed.pdf("pocket-a5"), printed.pdf("pocket-a4-imposed")
    pages = [" ".join(page.split()) for page in pages_of(pocket)]
    assert len(pages) % 4, "so that some are blank"
    for number, pair in enumerate(order(len(pages))):
        with pypdfium2.PdfDocument(sheets) as document:
            text, middle = document[number].get_textpage(), document[number].get_width() / 2
            halves = [text.get_text_bounded(right=middle), text.get_text_bounded(left=middle)]
        assert [" ".join(half.split()) for half in halves] == [
            pages[page - 1] if page <= len(pages) else "" for page in pair
        ]


def test_the_sheets_tell_the_printer_how(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages(_guide("now"), papers=("a4", "us-letter"))
    for paper, size in (("a4", (297, 210)), ("us-letter", (279.4, 215.9))):
        with pikepdf.open(printed.pdf(f"pocket-{paper}-imposed")) as pdf, pdf.open_metadata() as metadata:
            assert [float(length) * 25.4 / 72 for length in pdf.pages[0].mediabox] == pytest.approx(
                [0, 0, *size], abs=0.1
            )
            assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            assert metadata["dc:title"] == "The guide: pocket guide, to fold and staple"
            assert "/StructTreeRoot" not in pdf.Root and "pdfuaid:part" not in metadata


def test_the_same_booklet_makes_the_same_sheets(print_pages: Callable[..., Printed], tmp_path: Path) -> None:
    booklet = orders.Printed(print_pages(_guide("now")).pdf("pocket-a5").read_bytes(), 0, {})
    assert impose(booklet) == impose(booklet)
