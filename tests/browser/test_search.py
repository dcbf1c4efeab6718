"""Search finds what patients look for, on a wide screen and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
# One of the first three results leads to one of these pages.
WANTED = [
    ("pneumothorax", {"safety/", "safety/risks/", "safety/get-help/"}),
    ("collapsed lung", {"safety/", "safety/risks/", "safety/get-help/"}),
    ("trigger point", {"deciding/dry-needling/", "deciding/how-it-works/", "about/glossary/"}),
    ("soreness", {"visit/after/", "safety/risks/", "visit/session/"}),
]

# The list is rewritten with every letter: it counts once it has been the same for a while.
SETTLED = """() => {
  const now = document.querySelector(".md-search-result").textContent;
  const before = window.resultsBefore;
  window.resultsBefore = now;
  return now === before;
}"""


def results(page: Page, query: str) -> list[str]:
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(query)
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.wait_for_function(SETTLED, polling=200)
    links = page.locator(".md-search-result__item > .md-search-result__link")
    root = page.evaluate("new URL(JSON.parse(document.getElementById('__config').text).base + '/', location).href")
    return [link.evaluate("link => link.href").removeprefix(root).partition("?")[0] for link in links.all()]


@pytest.mark.parametrize(("query", "wanted"), WANTED)
def test_a_query_leads_to_its_page(visit: Visit, query: str, wanted: set[str]) -> None:
    found = results(visit(), query)[:3]
    assert wanted & {address.partition("#")[0] for address in found}, found


def test_search_works_on_a_phone_and_leads_on(visit: Visit) -> None:
    page = visit("deciding/acupuncture/", width=390)
    page.locator(".md-header__button[for=__search]").click()
    page.locator(".md-search__input").press_sequentially("pneumothorax")
    page.locator(".md-search-result__link[href*='h=pneumothorax']").first.click()
    expect(page.locator("article mark").first).to_have_text(re.compile("pneumothorax", re.IGNORECASE))


def test_citation_numbers_stay_out_of_the_index(visit: Visit, root: str) -> None:
    page = visit()
    index = page.evaluate("fetch('search/search_index.json').then(answer => answer.text())")
    assert "page-facts" not in index and "Checked against its sources" not in index
    assert "source-1" not in index
