"""The page for clinics: every sheet with its files, and the box that narrows the list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

Visit = Callable[..., Page]
NAME = re.compile(r"^(?P<title>.+), (A4|US Letter|large print|A5|half Letter), (?P<pages>\d+) pages?, [\d.]+ (KB|MB)$")
ROWS = ".sheet-list tbody tr[data-words]"


def _shown(page: Page) -> list[str]:
    return [row.locator("th").inner_text().splitlines()[0] for row in page.locator(ROWS).all() if row.is_visible()]


def test_the_table_lists_every_pdf_once_by_topic(visit: Visit, site: Path) -> None:
    page = visit("clinics/")
    listed = {sheet["file"]: sheet for sheet in json.loads((site / "print/index.json").read_text("utf-8"))["sheets"]}
    links = page.locator(".sheet-list td a")
    found = {link.get_attribute("href", timeout=1000): link.inner_text() for link in links.all()}
    assert sorted(str(href).rpartition("/")[2] for href in found) == sorted(listed)
    for href, said in found.items():
        name = NAME.match(said.replace("\n", " "))
        assert name, said
        assert int(name["pages"]) == listed[str(href).rpartition("/")[2]]["pages"]
    topics = [topic.inner_text() for topic in page.locator(".sheet-list th[scope=rowgroup]").all()]
    assert topics == ["Deciding", "Your visit", "Safety", "About this guide", "Several pages in one file"]


def test_each_link_leads_to_its_file(visit: Visit, site: Path, root: str) -> None:
    page = visit("clinics/")
    for link in page.locator(".sheet-list td a").all():
        target = urljoin(page.url, str(link.get_attribute("href"))).removeprefix(root)
        assert (site / target).read_bytes().startswith(b"%PDF-")


def test_typed_words_narrow_the_list_and_the_count_is_told(visit: Visit) -> None:
    page = visit("clinics/")
    box, status = page.get_by_label("Find a sheet"), page.locator(".sheet-list [role=status]")
    total = len(_shown(page))
    assert total >= 20
    box.press_sequentially("WARFARIN")
    expect(status).to_have_text(f"1 of {total} sheets")
    assert _shown(page) == ["Blood thinners"]
    expect(page.locator(".sheet-list th[scope=rowgroup]:visible")).to_have_text(["Safety"])
    box.fill("warfarin zebra")
    expect(status).to_have_text("No sheet has these words. Try fewer.")
    box.press("Escape")
    expect(status).to_have_text(f"{total} of {total} sheets")
    assert len(_shown(page)) == total


def test_a_paper_leaves_its_own_files(visit: Visit) -> None:
    page = visit("clinics/")
    page.get_by_label("Paper").select_option("large print")
    papers = {link.get_attribute("data-paper") for link in page.locator(".sheet-list li:visible").all()}
    assert papers == {"large-print"}
    assert "Pocket guide, to fold and staple" not in _shown(page)
    page.get_by_label("Paper").select_option("A4")
    assert "Pocket guide, to fold and staple" in _shown(page)


def test_keys_reach_the_box_the_paper_and_the_files_in_this_order(visit: Visit) -> None:
    page = visit("clinics/")
    page.get_by_label("Find a sheet").focus()
    page.keyboard.type("consent")
    expect(page.locator(".sheet-list [role=status]")).to_contain_text("of")
    page.keyboard.press("Enter")  # sends nothing
    page.keyboard.press("Tab")
    expect(page.get_by_label("Paper")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert NAME.match(page.evaluate("document.activeElement.innerText").replace("\n", " "))
    assert page.url.endswith("/clinics/")


def test_without_a_script_it_is_a_plain_table(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}clinics/")
    assert page.locator(".sheet-list tbody tr").count() > 20
    expect(page.locator("#sheet-words")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_the_list_fits_a_phone(visit: Visit, width: int) -> None:
    page = visit("clinics/", width=width)
    box = page.locator(".sheet-list table").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width
