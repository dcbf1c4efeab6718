"""The booklet and the sheets as files: names, contents, bookmarks, sameness, and what is left when something is wrong."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publishing.print import compile as press
from publishing.print.loss import pages_of, text_of
from publishing.print.papers import PAPERS
from publishing.records import PageRecord
from tests.conftest import ROOT
from tests.print.conftest import Printed, record
from tests.print.reading import bookmarks, link_descriptions

FILLER = "<p>Some words that fill the page, again and again, until it is full.</p>" * 30


def _guide() -> list[PageRecord]:
    return [
        record(
            "index.md",
            f"<h1>Where do I start?</h1>{FILLER}<p><a href='visit/after/#later'>Later</a></p>",
            title="Start",
        ),
        record(
            "visit/before.md", f"<h1>How do I get ready?</h1>{FILLER}{FILLER}", title="Before", chapter=["Your visit"]
        ),
        record(
            "visit/after.md",
            f"<h1>What is normal?</h1>{FILLER}{FILLER}<h2 id='later'>Later</h2><p><a href='../before/'>Before</a></p>",
            title="After",
            chapter=["Your visit"],
            handout="true",
            checked="2026-11-22",
        ),
    ]


def test_sheets_are_named_after_their_pages(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages(_guide(), papers=tuple(PAPERS))
    kinds = [(sheet.id, sheet.edition, sheet.paper, sheet.path.as_posix()) for sheet in printed.sheets]
    papers = ("a4", "us-letter", "large-print")
    assert kinds == [("booklet", "booklet", paper, f"print/booklet-{paper}.pdf") for paper in papers] + [
        ("visit-after", "hand-out", paper, f"print/visit-after-{paper}.pdf") for paper in papers
    ]
    for sheet in printed.sheets:
        content = (printed.folder / sheet.path.name).read_bytes()
        assert (sheet.bytes, sheet.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert sheet.pages == len(pages_of(printed.folder / sheet.path.name))
        assert sheet.title == ("The guide" if sheet.id == "booklet" else "After")


def test_the_contents_name_the_page_on_which_each_part_begins(print_pages: Callable[..., Printed]) -> None:
    pages = [" ".join(page.split()) for page in pages_of(print_pages(_guide()).pdf("booklet-a4"))]
    listed = dict(re.findall(r"([A-Z][a-zA-Z ]+\??) [. ]+(\d+)", pages[1].partition("Contents ")[2]))
    assert set(listed) == {"Where do I start?", "Your visit", "How do I get ready?", "What is normal?"}
    for title, number in listed.items():
        assert title in pages[int(number) - 1]
        assert f"Page {number} of {len(pages)}" in pages[int(number) - 1]


def test_running_heads_name_chapter_and_page(print_pages: Callable[..., Printed]) -> None:
    pages = [" ".join(page.split()) for page in pages_of(print_pages(_guide()).pdf("booklet-a4"))]
    assert "The guide Where do I start?" in pages[2]
    after = [page for page in pages if "Your visit What is normal?" in page]
    assert len(after) == 2, "on each of its pages"


def test_bookmarks_follow_the_menu(print_pages: Callable[..., Printed]) -> None:
    assert bookmarks(print_pages(_guide()).pdf("booklet-a4")) == [
        (0, "Contents"),
        (0, "Where do I start?"),
        (0, "Your visit"),
        (1, "How do I get ready?"),
        (1, "What is normal?"),
        (2, "Later"),
    ]


def test_links_between_pages_name_the_page_of_their_anchor(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages(_guide()).pdf("booklet-a4")
    pages = [" ".join(page.split()) for page in pages_of(printed)]
    later = next(number for number, page in enumerate(pages, 1) if "Later Before (see page" in page)
    assert f"Later (see page {later})" in text_of(printed)
    assert f"Later: After, page {later}" in link_descriptions(printed)


def test_each_file_has_its_own_title(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages(_guide())
    for name, title in (("booklet-a4", "The guide"), ("visit-after-a4", "After – The guide")):
        with pikepdf.open(printed.pdf(name)) as pdf, pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title


def test_the_same_pages_make_the_same_bytes(print_pages: Callable[..., Printed]) -> None:
    first = {sheet.path: sheet.sha256 for sheet in print_pages(_guide()).sheets}
    assert {sheet.path: sheet.sha256 for sheet in print_pages(_guide()).sheets} == first
    later = {sheet.path: sheet.sha256 for sheet in print_pages(_guide(), timestamp=1_900_000_000).sheets}
    assert all(later[path] != first[path] for path in first)


_PRINT = """
import sys, pathlib
from tests.print.conftest import CASES, JOB, export, html_of, record
html = html_of((CASES / "torture.md").read_text(encoding="utf-8")).split("## Pictures")[0].replace("<img", "<img data-print=off")
sheets, findings = export([record("page.md", html, handout="true")], lambda url: None, JOB, pathlib.Path(sys.argv[1]))
print(findings, [sheet.sha256 for sheet in sheets])
"""


def test_another_process_makes_the_same_bytes(tmp_path: Path) -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", _PRINT, str(tmp_path)],
            cwd=ROOT, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert said[0].startswith("[] ['") and said[0] == said[1]


def test_an_address_without_a_slash_at_its_end_is_the_same(print_pages: Callable[..., Printed]) -> None:
    hashes = [
        [sheet.sha256 for sheet in print_pages(_guide(), site_url=url).sheets]
        for url in ("https://a.example/b", "https://a.example/b/")
    ]
    assert hashes[0] == hashes[1]


def test_a_fault_leaves_nothing_behind(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages([*_guide(), record("bad.md", "<h1>Bad</h1><video></video>")])
    assert printed.sheets == [] and len(printed.findings) == 1
    assert list(printed.folder.iterdir()) == []


def test_a_sheet_over_its_budget_is_named_and_printed(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages([record("long.md", f"<h1>Long</h1>{FILLER * 3}", handout="true", sides="1")])
    assert printed.findings == [
        "docs/long.md: print-sides: the a4 sheet has 3 sides, and `sides` allows 1. Shorten the page, or raise `sides`."
    ]
    assert printed.pdf("long-a4").is_file()
    assert print_pages([record("long.md", f"<h1>Long</h1>{FILLER * 3}", handout="true", sides="3")]).findings == []


def test_no_pages_make_no_booklet(print_pages: Callable[..., Printed]) -> None:
    assert print_pages([]).sheets == []


def test_a_page_nested_past_all_sense_is_refused(print_pages: Callable[..., Printed]) -> None:
    for depth in (60, 4000):
        html = "<h1>Deep</h1>" + "<ul><li>" * depth + "x" + "</li></ul>" * depth
        findings = print_pages([record("deep.md", html), record("fine.md", "<h1>Fine</h1>")]).findings
        assert findings and all(line.startswith("docs/deep.md: print-") for line in findings)


def test_typst_is_loaded_by_those_who_print_alone() -> None:
    code = "import sys, publishing.print; assert 'typst' not in sys.modules and 'pikepdf' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_font_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    source = '#set text(font: "Nowhere Sans")\nWords.'
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    printed = press.Press(tmp_path).print("a.typ", PAPERS["a4"])
    assert isinstance(printed, tuple)
    assert [fault.message for fault in printed if "unknown font" in fault.message] == [
        "unknown font family: nowhere sans"
    ]


@pytest.mark.parametrize("folder", ["publishing/print/fonts"])
def test_each_font_is_the_one_that_was_taken(folder: str) -> None:
    lines = [line.split() for line in (ROOT / folder / "SOURCES").read_text(encoding="utf-8").splitlines()]
    noted = {line[1]: line[0] for line in lines if line and line[-1].endswith(".ttf")}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / folder).glob("*.ttf")}
    assert found == noted


def test_the_levels_have_the_same_icons_on_screen_and_on_paper() -> None:
    style = (ROOT / "overrides/assets/stylesheets/boxes.css").read_text(encoding="utf-8")
    icons = sorted((ROOT / "publishing/print/icons").glob("risk-*.svg"))
    assert [path.stem for path in icons] == ["risk-ask", "risk-emergency", "risk-self-care", "risk-urgent"]
    for path in icons:
        shape = re.search(r' d="([^"]+)"', path.read_text(encoding="utf-8"))
        assert shape and shape[1] in style, path.name
