"""What the page of a sheet tells somebody who scanned the square on it, and somebody without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
CHANGES = """(kind) => document.querySelector("[data-edition]").insertAdjacentHTML("beforeend",
  `<ul><li data-old="222222" data-kind="wording">Shorter words.</li><li data-old="111111" data-kind="${kind}">The first change.</li></ul>`)"""


def verdict(page: Page, held: str) -> str:
    page.evaluate("(held) => { location.hash = `edition=${held}` }", held)
    told = page.locator(".sheet-edition__verdict")
    expect(told).to_contain_text(held)
    expect(told).to_be_in_viewport()
    return told.inner_text()


def test_a_current_sheet_is_called_current(visit: Visit) -> None:
    page = visit("visit/after/")
    expect(page.locator(".sheet-edition__verdict")).to_be_empty()
    now = page.locator("[data-edition]").get_attribute("data-edition") or ""
    assert verdict(page, now) == f"Your sheet is current. It is edition {now}, the newest one."


def test_an_edition_that_nobody_knows_is_not_called_current(visit: Visit) -> None:
    assert verdict(visit("visit/after/"), "0f0f0f").startswith("We do not know edition 0f0f0f of this sheet.")


@pytest.mark.parametrize(
    ("kind", "told"), [("update", "is out of date. Print"), ("correction", "has been corrected. Do not go by it.")]
)
def test_an_old_sheet_hears_what_has_changed_since(kind: str, told: str, visit: Visit) -> None:
    page = visit("visit/after/")
    page.evaluate(CHANGES, kind)
    first = verdict(page, "111111")
    assert told in first and "Shorter words." in first and "The first change." in first
    second = verdict(page, "222222")
    assert "is out of date. Print" in second and "The first change." not in second


def test_other_addresses_say_nothing(visit: Visit) -> None:
    page = visit("visit/after/#edition=<b>x</b>")
    expect(page.locator(".sheet-edition__verdict")).to_be_empty()
    expect(page.locator(".sheet-edition")).to_contain_text("The sheet of this page is now edition")
