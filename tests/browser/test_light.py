"""A first view is light, and nothing moves while it arrives: counted on the wire, page by page, in an empty browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import material
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Route, expect

from publishing.commands.wire import Wire, serving
from tests.browser.looking import wait_until

Visit = Callable[..., Page]
MOST = 110_000
OURS = Path("overrides/assets/stylesheets")
SHEETS = ("tokens", "reading", "boxes", "comparisons", "charts", "shell")
SHIFTS = """
  window.moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
"""
# Letters are in, and Material has asked for the search's stub: the last thing that a first view loads.
ALL_IN = """() => document.fonts.status === "loaded" && performance.getEntriesByType("resource").some(
  ({ name, responseEnd }) => name.endsWith("search/search_index.json") && responseEnd)"""


@dataclass(frozen=True)
class View:
    """What one page cost a browser that had nothing yet."""

    address: str
    sent: dict[str, int]
    moved: float


@pytest.fixture(scope="module")
def views(browser: Browser, site: Path) -> list[View]:
    folders = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    addresses = ["" if folder == "." else f"{folder}/" for folder in folders]
    with serving(site, late=0.2) as wire:
        return [view for width in (390, 1280) for view in first_views(browser, wire, addresses, width)]


def first_views(browser: Browser, wire: Wire, addresses: list[str], width: int) -> Iterator[View]:
    """The server lets nothing be kept, so that each view is a first one."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    for address in addresses:
        wire.sent.clear()
        page.goto(wire.root + address)
        wait_until(page, ALL_IN)
        page.wait_for_timeout(100)
        yield View(address, dict(wire.sent), page.evaluate("moved"))
    context.close()


def test_every_first_view_is_light(views: list[View]) -> None:
    assert {view.address: view.sent for view in views if sum(view.sent.values()) > MOST} == {}
    kinds = {Path(path).suffix for view in views for path in view.sent}
    assert {"", ".css", ".js", ".woff2", ".json"} <= kinds, "something that a view needs was not counted"


def test_nothing_moves_while_a_page_arrives(views: list[View]) -> None:
    """With letters and scripts later than the words (plain Material: 0.14)."""
    assert {view.address: view.moved for view in views if view.moved >= 0.02} == {}


def test_a_page_loads_one_sheet_and_one_script(views: list[View]) -> None:
    for view in views:
        most = 2 if view.address == "clinics/" else 1  # the list of sheets brings its filter along
        assert 1 <= [Path(path).suffix for path in view.sent].count(".css") <= most, view
        assert 1 <= [Path(path).suffix for path in view.sent].count(".js") <= most, view


def test_no_script_has_the_whole_page_styled_anew(visit: Visit, root: str, browser: Browser) -> None:
    """On the heaviest page, which styles about 1,100 parts; with Material's own scripts and sheets, four times at each view."""
    page = visit(width=390)
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    page.goto(f"{root}safety/risks/", wait_until="networkidle")
    events = sorted(json.loads(browser.stop_tracing())["traceEvents"], key=lambda event: event["ts"])
    styled = [event["args"]["elementCount"] for event in events if "elementCount" in event["args"]]
    assert styled and len([count for count in styled if count >= 700]) <= 1, "once, when it is first shown"


@pytest.mark.parametrize(
    ("address", "width", "scheme"),
    [
        ("", 1280, "dark"),
        ("visit/before/", 390, "light"),
        ("deciding/techniques/", 390, "dark"),
        ("safety/get-help/", 1280, "light"),
    ],
)
def test_what_was_cut_from_the_styles_changes_nothing_to_see(
    visit: Visit, site: Path, address: str, width: int, scheme: str
) -> None:
    page = visit(address, width=width, color_scheme=scheme, reduced_motion="reduce")
    shots = []
    for sheet in (
        max((path.read_text(encoding="utf-8") for path in site.glob("assets/stylesheets/guide.*.css")), key=len),
        whole_sheets(),
    ):
        page.route("**/guide.*.min.css", with_sheet(sheet))
        shots.append(looks(page))
    for cut, whole in zip(*shots, strict=True):
        assert cut.size == whole.size
        differing = sum(ImageChops.difference(cut, whole).convert("L").histogram()[1:])
        assert differing < 50, "a frame that scrolls may be drawn half a pixel off; a lost rule shows in hundreds"


def looks(page: Page) -> list[Image.Image]:
    """The page as it comes, then with its last tabs and all that is closed open, then with the search's results."""
    page.evaluate("localStorage.clear()")  # a tab that was chosen before is shown first
    page.reload()
    wait_until(page, ALL_IN)
    shots = [page.screenshot(full_page=True)]
    page.evaluate("document.querySelectorAll('article details').forEach((part) => { part.open = true })")
    page.evaluate("document.querySelectorAll('.tabbed-set > input:last-of-type').forEach((part) => part.click())")
    shots.append(page.screenshot(full_page=True))
    if page.get_by_role("button", name="Search", exact=True).is_visible():
        page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("textbox", name="Search this guide").click()
    page.keyboard.type("brusing")
    page.locator(".md-search-result__item").first.wait_for()
    page.locator(".search-note").wait_for()
    page.evaluate("document.activeElement.blur()")  # a caret blinks
    return [Image.open(BytesIO(shot)).convert("RGB") for shot in (*shots, page.screenshot())]


def whole_sheets() -> str:
    """Material's own sheets and ours, as they are before a build."""
    theme = Path(material.__file__).parent / "templates/assets/stylesheets"
    files = [next(theme.glob("main.*.min.css")), next(theme.glob("palette.*.min.css"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in [*files, *(OURS / f"{name}.css" for name in SHEETS)])


def with_sheet(text: str) -> Callable[[Route], None]:
    """Words wait for their letters, so that both pictures have the same ones."""
    return lambda route: route.fulfill(
        body=text.replace("font-display: optional", "font-display: block"), content_type="text/css"
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_not_laid_out_yet_is_found_by_its_address(visit: Visit, width: int) -> None:
    """Most of the register is laid out only near the eye, at a guessed height: a link far down still leads to its place."""
    page = visit("safety/risks/", width=width)
    for what in (".risk-register h3[id]", ".sources li"):
        for which in (-1, 3):
            target = page.locator(what).nth(which)
            page.evaluate("place => { location.hash = place }", target.get_attribute("id"))
            page.wait_for_timeout(400)
            expect(target).to_be_in_viewport()
