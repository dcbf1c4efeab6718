"""How the tests look at the site: pages whose faults are noted, and one tour of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

WIDTHS = (1280, 768, 390, 320)

# What a page says about itself, besides its words.
LOOK = """() => {
  const help = document.querySelector("header .get-help");
  return {
    title: document.title,
    description: document.querySelector("meta[name=description]")?.content ?? "",
    canonical: document.querySelectorAll("link[rel=canonical]").length,
    headings: document.querySelectorAll("h1").length,
    facts: document.querySelector(".page-words + .page-facts")?.innerText ?? "",
    sheets: [...document.querySelectorAll(".page-facts__print a")].map((link) => [link.innerText, link.href]),
    help: help?.href ?? "",
    help_place: JSON.stringify(help?.getBoundingClientRect()),
  };
}"""

# Words that stand outside the page and in no frame that scrolls to them, and tab labels too small for an eye or a thumb.
MEASURE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (part) => part && (/auto|scroll/.test(getComputedStyle(part).overflowX) || scrolls(part.parentElement));
  const named = (part) => `${width}: ${part.tagName}.${part.className} ${part.textContent.trim().slice(0, 40)}`;
  const seen = (part) => part.getClientRects().length > 0;
  const small = (part) => part.getBoundingClientRect().height < 40 || getComputedStyle(part).fontSize !== "18px";
  const wide = [...document.querySelectorAll("header *, article *, footer *, .journey *, .trail *")].filter(
    (part) => seen(part) && part.getBoundingClientRect().right > width + 1 && !part.closest(".md-search") && !scrolls(part),
  );
  const labels = [...document.querySelectorAll(".tabbed-labels > label")].filter((part) => seen(part) && small(part));
  const page = document.documentElement.scrollWidth > width ? [document.documentElement] : [];
  return { wide: [...page, ...wide].map(named), small_labels: labels.map(named) };
}"""


def wait_until(page: Page, true: str, every: int = 80, at_most: int = 20_000) -> None:
    """Playwright's own wait_for_function runs text as code in the page, which the policy forbids; times in ms."""
    for _ in range(at_most // every):
        if page.evaluate(true):
            return
        page.wait_for_timeout(every)
    raise AssertionError(f"{page.url}: never came true: {true}")


def use_tabs_and_colours(page: Page) -> None:
    """On a page with tabs: the second tab shows, two clicks change the colours, and our own letters are there."""
    tabs = page.locator(".tabbed-set").first
    tabs.get_by_role("tab").nth(1).click()
    expect(tabs.get_by_role("tabpanel")).to_be_visible()
    expect(tabs.get_by_role("tab").nth(1)).to_have_attribute("aria-selected", "true")
    before = page.evaluate("document.body.dataset.mdColorScheme")
    for _ in range(2):
        page.locator(".colours label:visible").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before
    assert page.evaluate("""document.fonts.check("18px 'Atkinson Hyperlegible Next'")""")


@dataclass(frozen=True)
class Seen:
    """One page of the tour; links are addresses under the site's root where they lead into it."""

    address: str
    title: str
    description: str
    canonical: int
    headings: int
    facts: str
    sheets: list[tuple[str, str]]
    """Words and target of each link to a PDF under the first heading."""
    help: str
    help_place: str
    wide: list[str]
    small_labels: list[str]


class Eyes:
    """Opens pages and notes what is wrong with them.

    Wrong is a request to another host, an error in the console, or an address that is not there.
    """

    def __init__(self, browser: Browser, root: str) -> None:
        self.wrong: list[str] = []
        self._browser = browser
        self._root = root
        self._contexts: list[BrowserContext] = []

    def open(
        self,
        address: str = "",
        width: int = 1280,
        height: int = 900,
        status: int = 200,
        script: str = "",
        **options: Any,
    ) -> Page:
        """``script`` runs before the page's own."""
        context = self._browser.new_context(viewport={"width": width, "height": height}, **options)
        self._contexts.append(context)
        page = context.new_page()
        page.add_init_script(script)
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said, status))
        context.on("request", self._ask)
        answer = page.goto(self._root + address)
        assert answer and answer.status == status, f"{address}: {answer and answer.status}"
        return page

    def tour(self, addresses: Iterable[str]) -> list[Seen]:
        page = self.open(width=WIDTHS[-1], reduced_motion="reduce")  # nothing is measured while it moves
        return [self._look(page, address) for address in addresses]

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _look(self, page: Page, address: str) -> Seen:
        page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
        page.goto(self._root + address)
        seen = page.evaluate(LOOK)
        seen["sheets"] = [(words, target.removeprefix(self._root)) for words, target in seen["sheets"]]
        seen["help"] = seen["help"].removeprefix(self._root)
        seen |= {"address": address, "wide": [], "small_labels": []}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for kind, found in page.evaluate(MEASURE).items():
                seen[kind] += [f"{address or 'front page'} at {line}" for line in found]
        return Seen(**seen)

    def _hear(self, page: Page, said: ConsoleMessage, status: int) -> None:
        expected = status != 200 and f"status of {status}" in said.text  # Chromium calls a 404 page an error too
        if said.type == "error" and not expected:
            self.wrong.append(f"{page.url}: {said.text}")

    def _ask(self, request: Request) -> None:
        if not request.url.startswith((self._root, "data:", "blob:")):
            self.wrong.append(f"asks for {request.url}")
