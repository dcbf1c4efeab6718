"""Words that readers make larger, or set further apart, stay whole: WCAG 1.4.4 (200%), 1.4.10 (400%) and 1.4.12 (spacing)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import MEASURE

Visit = Callable[..., Page]
TEMPLATES = (
    "",
    "deciding/techniques/",
    "deciding/decide/",
    "safety/get-help/",
    "visit/after/",
    "clinics/",
    "about/glossary/",
)

# As a reader's own style sheet would; one made by a script is no inline style, so the policy lets it be.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

# Words that a frame hides which cannot be scrolled; what is one pixel wide is there for the ear alone.
CUT = """() => {
  const hides = (part) => /hidden|clip/.test(getComputedStyle(part).overflowX + getComputedStyle(part).overflowY);
  const seen = (part) => part.clientWidth > 1 && part.clientHeight > 1 && part.checkVisibility({ visibilityProperty: true });
  const cut = (part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
  return [...document.querySelectorAll("body *")]
    .filter((part) => part.textContent.trim() && !part.closest("svg, .md-search") && hides(part) && seen(part) && cut(part))
    .map((part) => `${part.tagName}.${part.className} ${part.textContent.trim().slice(0, 40)}`);
}"""

# Letters in each line of a paragraph but the last.
LINES = """() => [...document.querySelectorAll("article .page-words > p")].flatMap((part) => {
  const [range, walk, lines] = [document.createRange(), document.createTreeWalker(part, NodeFilter.SHOW_TEXT), new Map()];
  for (let text; (text = walk.nextNode()); )
    for (let place = 0; place < text.length; place++) {
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      const { bottom, height } = range.getBoundingClientRect();
      if (height && !text.parentElement.closest(".citation")) lines.set(Math.round(bottom / 14), (lines.get(Math.round(bottom / 14)) ?? 0) + 1);
    }
  return [...lines.values()].slice(0, -1);
})"""
MOVING = """() => [...document.querySelectorAll("*")].flatMap((part) => ["", "::before", "::after"].flatMap((half) => {
  const { transitionDuration, animationName, animationDuration } = getComputedStyle(part, half || null);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
  return lasts(transitionDuration) || (animationName !== "none" && lasts(animationDuration)) ? [part.className + half] : [];
}))"""


def _faults(page: Page) -> list[str]:
    measured = page.evaluate(MEASURE)
    return [*measured["wide"], *page.evaluate(CUT)]


@pytest.mark.parametrize("address", TEMPLATES)
@pytest.mark.parametrize("width", [1280, 640, 320])
def test_words_set_further_apart_stay_whole(visit: Visit, address: str, width: int) -> None:
    page = visit(address, width=width)
    page.evaluate(SPACED)
    assert page.locator("article p").first.evaluate("part => getComputedStyle(part).letterSpacing") != "normal"
    assert _faults(page) == []


@pytest.mark.parametrize("address", TEMPLATES)
def test_a_page_at_twice_its_size_stays_whole(visit: Visit, address: str) -> None:
    page = visit(address, width=640, height=512)  # 1280 by 1024 at 200%
    assert _faults(page) == []


def test_lines_are_as_long_as_an_eye_follows_with_ease(visit: Visit) -> None:
    page = visit("visit/session/")
    counts = page.evaluate(LINES)
    assert len(counts) > 20 and 60 <= sum(counts) / len(counts) <= 70
    words = page.locator("article .page-words > p").nth(1)
    assert words.evaluate("part => getComputedStyle(part).fontSize") == "18px"


@pytest.mark.parametrize("address", ["", "visit/session/", "clinics/"])
def test_nothing_moves_for_a_reader_who_asks_for_stillness(visit: Visit, address: str) -> None:
    page = visit(address, width=390, reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != [], "nothing would move for anybody, so nothing was proven"


def test_words_that_are_cut_off_are_noticed(visit: Visit) -> None:
    page = visit("visit/after/", width=640, height=512)
    page.locator("article p").first.evaluate("part => { part.style.height = '8px'; part.style.overflow = 'hidden' }")
    assert len(_faults(page)) == 1
