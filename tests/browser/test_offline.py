"""The copy for a USB stick, opened from a disk in a browser that has no network."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from publishing.offline import FOLDER, ZIP
from tests.browser.looking import use_tabs_and_colours


@pytest.fixture
def copy(browser: Browser, site: Path, tmp_path: Path) -> Iterator[Page]:
    """The start page of the unpacked copy; whatever the console says fails the test."""
    with zipfile.ZipFile(site / ZIP) as packed:
        packed.extractall(tmp_path)
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto((tmp_path / FOLDER / "index.html").as_uri())
    yield page
    context.close()
    assert wrong == []


def test_the_copy_is_small_without_its_sheets(site: Path) -> None:
    with zipfile.ZipFile(site / ZIP) as packed:
        sizes = {entry.filename: entry.compress_size for entry in packed.infolist()}
    assert sum(size for name, size in sizes.items() if not name.endswith(".pdf")) < 10_000_000
    assert any(name.endswith("/booklet-a4.pdf") for name in sizes)


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(251, 248, 242)"), ("dark", "rgb(27, 25, 23)")])
def test_the_start_page_has_the_look_of_the_guide(copy: Page, scheme: Literal["light", "dark"], paper: str) -> None:
    copy.emulate_media(color_scheme=scheme)
    assert copy.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    assert copy.evaluate("document.documentElement.scrollWidth <= innerWidth")
    way = copy.get_by_role("link", name="Open the guide").bounding_box()
    assert way and way["height"] >= 44
    point = copy.get_by_role("listitem").first.bounding_box()
    assert point and point["x"] >= 30, "room for the point before it"


def test_menu_search_tabs_and_colours_work_from_a_disk(copy: Page) -> None:
    copy.get_by_role("link", name="Open the guide").click()
    copy.get_by_role("button", name="Menu", exact=True).click()
    copy.get_by_role("navigation", name="Pages of this guide").locator("a[href*=session]").click()
    expect(copy).to_have_url(re.compile(r"/visit/session/index\.html$"))
    use_tabs_and_colours(copy)
    copy.get_by_role("button", name="Search", exact=True).click()
    copy.keyboard.type("acupunture chest pain")
    first = copy.locator(".md-search-result__link").first
    expect(first).to_be_visible(timeout=20_000)
    expect(copy.locator(".search-note")).to_have_text("Showing results for “acupuncture”.")
    copy.keyboard.press("Enter")
    expect(copy).to_have_url(re.compile(r"/safety/get-help/index\.html"))
    expect(copy.locator(".emergency-numbers").first).to_be_visible()


def test_a_near_word_is_offered_and_help_is_named_from_a_disk(copy: Page) -> None:
    copy.get_by_role("link", name="Open the guide").click()
    copy.get_by_role("button", name="Search", exact=True).click()
    copy.keyboard.type("brises ")
    note = copy.locator(".search-note")
    expect(note).to_contain_text("No page answers that.", timeout=20_000)
    note.get_by_role("link", name="Get help now").wait_for()
    note.get_by_role("button", name="bruises", exact=True).click()
    expect(copy.locator(".md-search-result__item").first).to_be_visible()


def test_every_link_of_the_copy_leads_to_a_file_of_it(copy: Page, tmp_path: Path) -> None:
    for page in sorted((tmp_path / FOLDER).rglob("*.html")):
        for address in re.findall(r'<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"#?]+)', page.read_text("utf-8")):
            if not re.match(r"[a-z]+:", address):
                assert (page.parent / address).is_file(), f"{page}: {address}"
