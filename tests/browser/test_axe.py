"""axe-core finds nothing on any page, nor in any state that a reader can bring a page into."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

Visit = Callable[..., Page]
AXE = Path(__file__).with_name("vendor") / "axe.min.js"
RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${location.pathname} ${id}: ${nodes.length} x ${nodes[0].html.slice(0, 200)}`);
}"""
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
# One page of each kind: cards, tabs, risk boxes, a comparison, fact boxes, a register, a list of sources.
KINDS = (
    "",
    "visit/session/",
    "safety/get-help/",
    "deciding/techniques/",
    "deciding/does-it-work/",
    "visit/practitioner/",
)


def faults(page: Page, wait: int = 350) -> list[str]:
    page.wait_for_timeout(wait)  # colours on their way from one to the other would be measured half-way
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN)
    return found


@pytest.fixture(scope="module")
def folders(site: Path) -> list[str]:
    return sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_with_everything_open(visit: Visit, root: str, folders: list[str], width: int, scheme: str) -> None:
    page = visit(width=width, color_scheme=scheme, reduced_motion="reduce")
    found = []
    for folder in folders:
        page.goto(root + ("" if folder == "." else f"{folder}/"))
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        found += faults(page, wait=20)
    assert found == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light"), (320, "light"), (320, "dark")])
def test_every_kind_of_page(visit: Visit, root: str, width: int, scheme: str) -> None:
    page = visit(width=width, color_scheme=scheme, reduced_motion="reduce")
    found = []
    for address in KINDS:
        page.goto(root + address)
        found += faults(page, wait=20)
    assert found == []


@pytest.mark.parametrize("address", ["visit/session/", "deciding/techniques/"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_each_tab(visit: Visit, address: str, width: int, scheme: str) -> None:
    page = visit(address, width=width, color_scheme=scheme, reduced_motion="reduce")
    tabs = page.locator(".tabbed-set").first.get_by_role("tab").all()
    assert len(tabs) > 1
    for tab in [*tabs[1:], tabs[0]]:
        tab.click()
        assert faults(page, wait=20) == []


def test_without_scripts(visit: Visit, root: str) -> None:
    """axe is a script itself, and never ends where scripts are off: so the page's own are taken out on their way."""
    page = visit()

    def without(route: Route) -> None:
        route.fulfill(body=SCRIPTS.sub("", route.fetch().text()), content_type="text/html")

    page.route("**/visit/session/", without)
    page.goto(root + "visit/session/")
    assert page.locator("script").count() == 0
    assert faults(page, wait=20) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_search_with_results_and_without(visit: Visit, width: int, scheme: str) -> None:
    page = visit("visit/after/", width=width, color_scheme=scheme)
    box = page.get_by_role("textbox", name="Search this guide")
    if width < 1000:
        page.get_by_role("button", name="Search", exact=True).click()
    box.click()
    page.keyboard.type("brusing and xyzzy")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name="the glossary", exact=True).first).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark")])
def test_the_menu_of_a_phone(visit: Visit, width: int, scheme: str) -> None:
    page = visit("visit/after/", width=width, color_scheme=scheme)
    page.get_by_role("button", name="Menu", exact=True).click()
    assert faults(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_page_for_lost_readers(visit: Visit, width: int, scheme: str) -> None:
    assert faults(visit("nowhere/", status=404, width=width, color_scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_in_the_readers_own_colours(visit: Visit, width: int, scheme: str) -> None:
    page = visit("visit/session/", width=width, forced_colors="active", color_scheme=scheme)
    assert faults(page) == []
    page.locator(".tabbed-set").first.get_by_role("tab").last.click()
    assert faults(page) == []
