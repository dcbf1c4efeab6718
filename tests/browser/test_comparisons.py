"""Comparisons as readers meet them: linked tabs, and a table that scrolls in its own frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("path", "label"), [("deciding/techniques/", "IMS"), ("visit/practitioner/", "Wales")])
def test_a_tap_shows_one_answer_sheet(visit: Visit, path: str, label: str, width: int) -> None:
    page = visit(path, width=width)
    tabs = page.locator(".comparison-tabs")
    tabs.locator(".tabbed-labels").get_by_text(label, exact=True).click()
    assert [block.is_visible() for block in tabs.locator(".tabbed-block").all()].count(True) == 1
    expect(tabs.locator(".tabbed-block:visible dt").first).to_be_visible()


def test_a_choice_is_kept_for_the_next_page_with_the_same_labels(visit: Visit) -> None:
    page = visit("visit/practitioner/")
    page.locator(".comparison-tabs .tabbed-labels").get_by_text("Canada", exact=True).click()
    page.reload()
    expect(page.locator("#practitioners-canada")).to_be_checked()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["deciding/techniques/", "visit/practitioner/"])
def test_the_whole_table_scrolls_in_its_frame(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width=width)
    frame = page.locator(".comparison-frame")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, 300)")
    edge, head = frame.bounding_box(), frame.locator("tbody th").nth(3).bounding_box()
    assert edge and head and abs(head["x"] - edge["x"]) < 3, "the head of a row must stay in sight"


def test_paper_carries_each_comparison_once(visit: Visit) -> None:
    for path, kept, gone in (
        ("deciding/techniques/", ".comparison-tabs", ".comparison-table"),
        ("visit/practitioner/", ".comparison-tabs", ".comparison-table"),
    ):
        page = visit(path)
        page.emulate_media(media="print")
        expect(page.locator(kept)).to_be_visible()
        expect(page.locator(gone)).to_be_hidden()


@pytest.mark.parametrize("address", ["visit/before/", "visit/consent/", "safety/take-care/", "deciding/does-it-work/"])
def test_a_phone_shows_four_columns_without_a_slide(visit: Visit, address: str) -> None:
    """A box for "yes" that stands outside the screen is one that nobody ticks; five columns and more slide in their frame."""
    page = visit(address, width=390)
    wide = page.evaluate("""[...document.querySelectorAll("article .md-typeset__scrollwrap")]
      .filter((frame) => frame.querySelector("tr").cells.length <= 4 && frame.scrollWidth > frame.clientWidth)
      .map((frame) => frame.innerText.slice(0, 60))""")
    assert wide == []


def test_the_two_kinds_stand_side_by_side_on_the_smallest_phone(visit: Visit) -> None:
    page = visit("deciding/techniques/", width=320)
    page.reload()  # our letters may come too late for a first view
    frame = page.locator("article .md-typeset__scrollwrap").first
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_number_of_a_source_stands_behind_its_claim(visit: Visit, width: int) -> None:
    """And never alone at the start of a line, where it looks like a figure of the text."""
    for address in ("", "deciding/does-it-work/", "safety/risks/"):
        alone = visit(address, width=width).evaluate("""[...document.querySelectorAll("article .citation")].filter((mark) => {
          const before = mark.previousSibling;
          if (!before || /\\s$/.test(before.textContent)) return false;
          const last = document.createRange();
          last.selectNodeContents(before);
          const [end] = [...last.getClientRects()].slice(-1);
          return end && mark.getClientRects()[0]?.left < end.right - 5;
        }).map((mark) => mark.parentElement.innerText.slice(0, 80))""")
        assert alone == [], address


@pytest.mark.parametrize("width", [390, 320])
def test_what_stands_still_in_a_frame_hides_no_focus(visit: Visit, width: int) -> None:
    """Forwards and back, under neither the first column nor the head."""
    page = visit("deciding/cost/", width=width)
    links = page.locator(".comparison-frame a")
    for key, start in (("Tab", links.first), ("Shift+Tab", links.last)):
        start.focus()
        for _ in range(links.count() - 1):
            page.keyboard.press(key)
            assert (
                page.evaluate("""(() => {
              const [link, { x, y, width, height }] = [document.activeElement, document.activeElement.getBoundingClientRect()];
              return link.contains(document.elementFromPoint(x + width / 2, y + height / 2)) ? "" : link.outerHTML;
            })()""")
                == ""
            ), key
