"""Whole journeys, as a reader walks them. Each leaves its pictures in ``artefacts/``, numbered in the order of its steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Look = Callable[[Page], None]
PICTURES = Path("artefacts")
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
THUMB = 44
"""The least side, in CSS pixels, of what a thumb has to hit."""


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Iterator[Look]:
    """Keeps a picture of what the reader sees."""
    name, steps = request.node.name.removeprefix("test_").replace("_", "-"), count(1)
    PICTURES.mkdir(exist_ok=True)

    def look(page: Page) -> None:
        page.screenshot(path=PICTURES / f"{name}-{next(steps)}.png")

    yield look


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("¶", "").strip()


def test_somebody_decides(visit: Visit, look: Look) -> None:
    """From the first page to the comparison, to the decision aid, to the questions to take along."""
    page = visit()
    look(page)
    door = page.locator(".grid.cards li", has_text="I am deciding")
    door.get_by_role("link", name="Are they the same thing?").click()
    expect(page).to_have_url(re.compile("/deciding/techniques/$"))
    page.get_by_role("tab", name="Dry needling").first.click()
    expect(page.get_by_role("tabpanel", name="Dry needling").first).to_be_visible()
    look(page)
    page.get_by_role("navigation", name="Pages of this guide").get_by_role("link", name="Decide").click()
    expect(page).to_have_url(re.compile("/deciding/decide/$"))
    look(page)
    page.locator("article a[href*='visit/questions']").first.click()
    expect(page).to_have_url(re.compile("/visit/questions/"))
    assert heading(page).endswith("?")
    look(page)


def test_somebody_has_booked(visit: Visit, look: Look) -> None:
    """From the door "I have booked" to the checklist, and on, page by page, to what is normal afterwards."""
    page = visit(**PHONE)
    door = page.locator(".grid.cards li", has_text="I have booked")
    door.scroll_into_view_if_needed()
    look(page)
    door.get_by_role("link", name="Get ready").tap()
    expect(page).to_have_url(re.compile("/visit/before/$"))
    look(page)
    for address in ("/visit/session/", "/visit/after/"):
        page.get_by_role("navigation", name="Previous and next page").get_by_role("link", name="Next").tap()
        expect(page).to_have_url(re.compile(f"{address}$"))
    expect(page.locator("article .risk-emergency").first).to_be_visible()
    look(page)


def test_chest_pain_leads_to_the_number_in_two_actions(visit: Visit, look: Look) -> None:
    """Opening the search and typing are one action, choosing the first result is the other."""
    page = visit("visit/after/", **PHONE)
    page.get_by_role("button", name="Search", exact=True).tap()
    page.keyboard.type("chest pain after needling")
    first = page.locator(".md-search-result__link").first
    expect(first).to_contain_text("emergency", timeout=20_000)
    look(page)
    first.tap()
    expect(page).to_have_url(re.compile("/safety/get-help/"))
    expect(page.get_by_role("article")).to_contain_text("999")
    number = page.get_by_role("link", name="999").first
    assert re.fullmatch(r"tel:\+?\d+", number.get_attribute("href") or ""), "a tap must ring"
    assert page.locator(".emergency-numbers").first.evaluate(
        "table => table.getBoundingClientRect().top + window.scrollY < 2 * innerHeight"
    ), "within two screens of the top"
    look(page)


def test_a_clinic_prints_a_sheet(visit: Visit, look: Look, tmp_path: Path) -> None:
    page = visit()
    page.get_by_role("navigation", name="Pages of this guide").get_by_role("link", name="For clinics").click()
    expect(page).to_have_url(re.compile("/clinics/$"))
    look(page)
    page.get_by_role("article").locator("a[href*='visit/after']").first.click()
    page.wait_for_load_state()
    sheet = page.locator(".page-facts__print a").first if not page.url.endswith(".pdf") else None
    assert sheet is not None, "the page of a sheet comes before the file"
    look(page)
    answer = page.request.get(sheet.evaluate("link => link.href"))
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    (tmp_path / "sheet.pdf").write_bytes(answer.body())
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as pdf:
        assert pdf.get_metadata_dict()["Title"].startswith(page.title().split(" - ")[0])
        assert heading(page) in " ".join(pdf[0].get_textpage().get_text_range().split())
        pdf[0].render(scale=1.5).to_pil().save(PICTURES / "a-clinic-prints-a-sheet-3.png")


def test_a_phone_is_held_in_one_hand(visit: Visit, look: Look) -> None:
    """What a reader must hit is large, where the thumb is, and far enough from its neighbour that a thumb hits one."""
    page = visit("safety/get-help/", **PHONE)
    bar = page.get_by_role("banner")
    parts = [
        bar.get_by_role("button", name="Menu", exact=True),
        bar.get_by_role("link", name="Get help now"),
        bar.get_by_role("button", name="Search", exact=True),
    ]
    boxes = [box for part in parts if (box := part.bounding_box())]
    assert len(boxes) == len(parts)
    assert [box for box in boxes if min(box["width"], box["height"]) < THUMB] == []
    assert [box for box in boxes if box["y"] < PHONE["height"] * 2 / 3] == [], "in the lower third"
    colours = page.locator(".colours label:visible").bounding_box()
    assert colours and min(colours["width"], colours["height"]) >= THUMB
    places = sorted((box["x"], box["x"] + box["width"]) for box in boxes)
    assert all(right <= left for (_, right), (left, _) in zip(places, places[1:], strict=False))
    page.mouse.wheel(0, 3000)
    for part in parts:
        expect(part).to_be_in_viewport(ratio=1)
    look(page)
    bar.get_by_role("button", name="Menu", exact=True).tap()
    links = page.get_by_role("navigation", name="Pages of this guide").get_by_role("link").all()
    heights = [box["height"] for link in links if (box := link.bounding_box())]
    assert len(heights) > 30 and min(heights) >= THUMB
    close = page.get_by_role("button", name="Close menu").bounding_box()
    assert close and close["y"] > PHONE["height"] * 2 / 3 and close["height"] >= THUMB
    look(page)


def test_the_bar_of_a_phone_covers_nothing(visit: Visit, look: Look) -> None:
    """Neither the foot of the page nor, on the way there, what has the keyboard's focus."""
    page = visit("safety/get-help/", width=320, height=640)
    edge = page.get_by_role("link", name="Get help now").bounding_box()
    assert edge
    for _ in range(40):
        page.keyboard.press("Tab")
        under = page.evaluate(
            """top => {
          const part = document.activeElement;
          const fixed = part.closest(".menu-button, .get-help, .search-button, .md-search") || part === document.body;
          return fixed || part.getBoundingClientRect().bottom <= top ? "" : part.outerHTML;
        }""",
            edge["y"],
        )
        assert under == ""
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    foot = page.get_by_role("contentinfo").bounding_box()
    assert foot and foot["y"] + foot["height"] <= edge["y"]
    look(page)
    page.set_viewport_size({"width": 320, "height": 568})
    page.evaluate("scrollTo(0, 0)")
    low = page.get_by_role("link", name="Get help now").bounding_box()
    assert low and low["y"] < 100, "a low screen keeps one bar, on top"


@pytest.mark.parametrize("address", ["visit/session/", "safety/get-help/", "deciding/does-it-work/"])
def test_somebody_prints_from_the_browser(visit: Visit, address: str, tmp_path: Path) -> None:
    """The words, every tab under its name, and nothing of what stands round them."""
    page = visit(address)
    wanted = [name.strip() for name in page.locator("article .tabbed-labels > label").all_inner_texts()]
    page.emulate_media(media="print")
    for part in ("banner", "contentinfo", "search"):
        expect(page.get_by_role(part)).to_have_count(0)
    path = tmp_path / "printed.pdf"
    page.pdf(path=path, format="A4")
    with pypdfium2.PdfDocument(path) as pdf:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
        PICTURES.mkdir(exist_ok=True)
        pdf[0].render(scale=1.5).to_pil().save(PICTURES / f"printed-{address.strip('/').replace('/', '-')}.png")
    assert heading(page) in text
    kept = [name for name in wanted if page.locator(".tabbed-labels > label", has_text=name).first.is_visible()]
    assert [name for name in kept if name not in text] == []
    assert "Get help now" not in text and "Close menu" not in text and "Skip to content" not in text
