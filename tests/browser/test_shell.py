"""What stands round the words: menu, colours, focus, the page for lost readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
SCHEME = "document.body.getAttribute('data-md-color-scheme')"


@pytest.mark.parametrize("width", [390, 320])
def test_the_menu_opens_leads_on_and_closes(visit: Visit, width: int) -> None:
    page = visit("visit/after/", width=width)
    menu = page.get_by_role("navigation", name="Pages of this guide")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(menu).to_be_in_viewport()
    expect(menu.get_by_role("link", name="After", exact=False)).to_have_attribute("aria-current", "page")
    expect(menu.get_by_role("link", name="After", exact=False)).to_be_in_viewport(ratio=1)
    expect(menu.get_by_role("button", name="Close menu")).to_be_in_viewport(ratio=1)
    menu.get_by_role("button", name="Close menu").click()
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    menu.get_by_role("link", name="Glossary").click()
    expect(page).to_have_url(re.compile(r"/about/glossary/$"))


def test_the_menu_works_by_keyboard_and_holds_the_focus(visit: Visit) -> None:
    page = visit("visit/after/", width=390)
    button = page.get_by_role("button", name="Menu", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close menu")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('#site-menu') !== null"
        assert page.evaluate(inside), page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("navigation", name="Pages of this guide")).to_be_hidden()


def test_a_tap_beside_the_menu_closes_it(visit: Visit) -> None:
    page = visit(width=390)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.mouse.click(380, 600)
    expect(page.get_by_role("navigation", name="Pages of this guide")).to_be_hidden()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(("device", "first", "order"), [
    ("light", "default", ["default", "slate", "default"]),
    ("dark", "slate", ["default", "slate", "slate"]),
])  # fmt: skip
def test_colours_follow_the_device_until_they_are_chosen(
    visit: Visit, device: str, first: str, order: list[str]
) -> None:
    page = visit(color_scheme=device)
    assert page.evaluate(SCHEME) == first
    for expected in order:
        page.locator(".colours label:visible").click()
        assert page.evaluate(SCHEME) == expected
    page.locator(".colours label:visible").click()
    page.reload()
    assert page.evaluate(SCHEME) == "default", "a choice outlives the page"


def test_only_a_choice_is_kept(visit: Visit) -> None:
    page = visit("visit/session/")
    kept = "Object.keys(localStorage).map((key) => key.split('.').pop()).sort()"
    page.wait_for_timeout(300)
    assert page.evaluate(kept) == []
    page.locator(".colours label:visible").click()
    assert page.evaluate(kept) == ["__palette"]
    page.locator(".tabbed-set").first.get_by_role("tab").nth(1).click()
    assert page.evaluate(kept) == ["__palette", "__tabs"]
    assert page.context.cookies() == [] and page.evaluate("sessionStorage.length") == 0


def test_keys_change_the_colours_and_see_where_they_are(visit: Visit) -> None:
    page = visit()
    page.locator(".colours label:visible").click()
    page.reload()
    button = page.get_by_role("radio", name="Colours: light. Switch to dark")
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("part => part === document.activeElement"):
            break
    ring = page.locator(".colours label:visible").evaluate("label => getComputedStyle(label).outlineStyle")
    assert (ring, button.is_checked()) == ("solid", True)
    page.keyboard.press("Enter")
    assert page.evaluate(SCHEME) == "slate"
    expect(page.get_by_role("radio", name="Colours: dark")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_of_a_phones_browser_has_the_colour_of_the_bar(visit: Visit, scheme: str) -> None:
    page = visit(width=390, color_scheme=scheme)
    bar = page.get_by_role("banner").evaluate("bar => getComputedStyle(bar).backgroundColor")
    expect(page.locator("meta[name=theme-color]")).to_have_attribute("content", bar)


def test_a_dark_device_never_sees_a_light_page(visit: Visit) -> None:
    page = visit(color_scheme="dark", java_script_enabled=False)
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == "rgb(27, 25, 23)"


def test_the_bar_stays_out_of_the_way_on_a_low_screen(visit: Visit) -> None:
    page = visit("visit/after/", width=320, height=256)  # 1280 by 1024 at 400%
    page.mouse.wheel(0, 600)
    expect(page.get_by_role("banner")).not_to_be_in_viewport()


def test_a_lost_reader_finds_the_way_on(visit: Visit, root: str) -> None:
    page = visit("visit/afterr/", status=404)
    assert page.title().startswith("Page not found")
    expect(page.get_by_role("heading", level=1)).to_have_text("We could not find that page")
    help = page.get_by_role("main").get_by_role("link", name="Get help now")
    expect(help).to_have_attribute("href", "/safety/get-help/")
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    page.get_by_label("What are you looking for?").type("soreness")
    page.keyboard.press("Enter")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.url.startswith(root)


def test_whatever_has_the_focus_shows_it(visit: Visit) -> None:
    page = visit("deciding/techniques/")
    for _ in range(60):
        page.keyboard.press("Tab")
        ring = page.evaluate("""() => {
          const part = document.activeElement;
          if (part === document.body) return "none left";
          const seen = part.matches(".tabbed-set > input, .md-option") ? document.querySelector(`label[for="${part.id}"]`) : part;
          const style = getComputedStyle(part.matches(".md-option") ? part.nextElementSibling : seen);
          return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ? "ring" : part.outerHTML;
        }""")
        assert ring in ("ring", "none left")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_readers_own_colours_a_panel_has_an_edge_and_a_summary_its_arrow(visit: Visit, scheme: str) -> None:
    page = visit("visit/session/", width=390, forced_colors="active", color_scheme=scheme)
    edge = "part => getComputedStyle(part).borderRightStyle"
    assert page.locator(".md-search__output").evaluate(edge) == "solid"
    assert page.locator(".md-sidebar--primary").evaluate(edge) == "solid"
    summary = page.locator(".page-contents > summary")
    shot = Image.open(BytesIO(summary.screenshot())).convert("L")
    greys = shot.crop((shot.width - 22, 0, shot.width, shot.height)).tobytes()
    assert max(greys) - min(greys) > 100, "nothing is drawn behind the words"
    words = "part => getComputedStyle(part).color"
    other = page.locator(".tabbed-labels > label > a[aria-selected=false]").first
    assert other.evaluate(words) == page.locator("article p").first.evaluate(words)
