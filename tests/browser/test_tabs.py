"""Content tabs: by pointer, by key, by link, without scripts, on paper, and in the reader's own colours."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
COMPARISON = "visit/session/"


def labels(page: Page) -> list[str]:
    return page.locator(".tabbed-set").first.locator(".tabbed-labels > label").all_inner_texts()


def shown(page: Page) -> list[bool]:
    return [block.is_visible() for block in page.locator(".tabbed-set").first.locator(".tabbed-block").all()]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_tap_shows_the_tab(visit: Visit, width: int) -> None:
    page = visit(COMPARISON, width=width)
    assert {"acupuncture", "dry needling"} <= {label.lower().removeprefix("chinese ") for label in labels(page)}
    assert shown(page)[:2] == [True, False]
    page.locator(".tabbed-labels > label").nth(1).click()
    assert shown(page)[:2] == [False, True]


def test_keys_show_the_tab_and_where_the_focus_is(visit: Visit) -> None:
    page = visit(COMPARISON)
    page.locator(".tabbed-set").first.get_by_role("tab").first.focus()
    for key, wanted in (
        ("ArrowRight", 1),
        ("Home", 0),
        ("End", len(labels(page)) - 1),
        ("ArrowRight", 0),
        ("ArrowLeft", -1),
    ):
        page.keyboard.press(key)
        tab = page.locator(".tabbed-set").first.get_by_role("tab").nth(wanted)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
        assert shown(page).index(True) == wanted % len(labels(page))
        assert tab.evaluate("tab => getComputedStyle(tab).outline").endswith("solid 3px")


def test_tabs_are_tabs_to_a_screen_reader(visit: Visit) -> None:
    page = visit(COMPARISON)
    first = page.locator(".tabbed-set").first
    expect(first.get_by_role("tablist", name="Choose what to read about")).to_be_visible()
    names = labels(page)
    assert [tab.inner_text() for tab in first.get_by_role("tab").all()] == names
    expect(first.get_by_role("tabpanel", name=names[0])).to_be_visible()
    expect(first.get_by_role("radio")).to_have_count(0)
    first.get_by_role("tab", name=names[1]).click()
    expect(first.get_by_role("tabpanel", name=names[1])).to_be_visible()
    expect(first.get_by_role("tab", name=names[0])).to_have_attribute("tabindex", "-1")


@pytest.mark.parametrize("path", ["deciding/techniques/", "visit/practitioner/"])
def test_a_frame_that_scrolls_has_a_name_and_takes_the_focus(visit: Visit, path: str) -> None:
    page = visit(path, width=320)
    page.wait_for_timeout(200)
    frames = page.locator("article :is(.md-typeset__scrollwrap, .comparison-frame):visible").all()
    wide = [frame for frame in frames if frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")]
    for frame in wide:
        assert frame.get_attribute("role") == "region" and frame.get_attribute("tabindex") == "0"
        assert frame.get_attribute("aria-label")
    assert wide


def test_without_scripts_every_tab_is_open_under_its_name(visit: Visit) -> None:
    page = visit(COMPARISON, java_script_enabled=False)
    assert all(shown(page))
    tops = [part.bounding_box() for part in page.locator(".tabbed-labels > label, .tabbed-block").all()]
    heights = [box["y"] for box in tops if box]
    half = len(labels(page))
    assert sorted(heights) == [y for pair in zip(heights[:half], heights[half:], strict=False) for y in pair]


def test_paper_shows_every_tab(visit: Visit) -> None:
    page = visit(COMPARISON)
    page.emulate_media(media="print")
    assert all(shown(page))
    assert all(label.is_visible() for label in page.locator(".tabbed-labels > label").all())
    expect(page.get_by_role("banner")).to_be_hidden()


def test_the_readers_own_colours_show_the_chosen_tab(visit: Visit) -> None:
    page = visit(COMPARISON, forced_colors="active")
    grounds = [
        Image.open(BytesIO(label.screenshot()))
        .convert("RGB")
        .getpixel((8, 8))  # what a style says is not what is drawn
        for label in page.locator(".tabbed-set").first.locator(".tabbed-labels > label").all()
    ]
    assert grounds[0] != grounds[1]
