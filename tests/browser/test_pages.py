"""What holds on every page."""

from __future__ import annotations

import re
from pathlib import Path

from tests.browser.looking import Seen

Tour = tuple[list[Seen], list[str]]
FACTS = re.compile(r"Checked against its sources: \d+ [A-Z][a-z]+ 20\d\d\. Not yet reviewed by a clinician\.")
SHEET = re.compile(r": (A4|US Letter|large print) \(PDF, \d+ pages?, ([1-9]\d* KB|[1-9]\d*\.\d MB)\)$")


def test_no_page_asks_another_host_or_stumbles(tour: Tour) -> None:
    pages, wrong = tour
    assert len(pages) >= 14
    assert wrong == []


def test_no_page_scrolls_sideways_at_any_width(tour: Tour) -> None:
    assert [fault for page in tour[0] for fault in page.wide] == []


def test_tab_labels_are_large_enough_to_read_and_to_tap(tour: Tour) -> None:
    assert [fault for page in tour[0] for fault in page.small_labels] == []


def test_the_way_to_help_stands_in_one_place(tour: Tour) -> None:
    assert {page.help for page in tour[0]} == {"safety/get-help/"}
    assert len({page.help_place for page in tour[0]}) == 1


def test_every_page_tells_how_it_was_checked(tour: Tour) -> None:
    assert [page.address for page in tour[0] if not FACTS.match(page.facts)] == []
    assert [page.address for page in tour[0] if page.headings != 1] == []


def test_every_page_links_its_sheet_or_the_booklet(tour: Tour, site: Path) -> None:
    papers = ("a4", "us-letter", "large-print")
    for page in tour[0]:
        own = f"print/{page.address.strip('/').replace('/', '-') or 'index'}-"
        assert page.sheets, f"{page.address or 'front page'} does not say how to print it"
        ends = [target.partition(own if own in target else "print/booklet-")[2] for _, target in page.sheets]
        assert ends == [f"{paper}.pdf" for paper in papers], page.address
        for words, target in page.sheets:
            assert (site / target).read_bytes().startswith(b"%PDF-"), target
            words = " ".join(words.split())
            assert words.startswith("Print this page: ") == target.startswith(own), (
                f"{page.address}: {words} -> {target}"
            )
            assert SHEET.search(words), words


def test_titles_and_descriptions_are_one_of_a_kind(tour: Tour) -> None:
    for texts in ([page.title for page in tour[0]], [page.description for page in tour[0]]):
        assert all(texts) and len(set(texts)) == len(texts), sorted(texts)
    assert sum(page.canonical for page in tour[0]) == 0, "no canonical link without SITE_URL"
