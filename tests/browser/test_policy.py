"""The policy at work: every page behind a real nginx with the file that the build wrote, and what it must stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from publishing.headers import LONGEST_LINE
from tests.browser.looking import use_tabs_and_colours, wait_until
from tests.browser.nginx import Nginx

SERVER = "server {{ listen 127.0.0.1:{port}; root {site}; include {site}/hosting/nginx.conf; }}"
WATCH = """
  window.blocked = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
"""
PLANTS = {
    "an inline script": "<script>window.planted = true</script>",
    "an event handler": '<img src="nothing.png" alt="" onerror="window.planted = true">',
    "a script of another host": '<script src="https://example.org/planted.js"></script>',
    "a form to another host": '<form action="https://example.org/"></form><script src="/planted.js"></script>',
    "an inline style": "<style>h1 { color: rgb(1, 2, 3) }</style>",
    "a style attribute": '<p style="color: rgb(1, 2, 3)" id="coloured">Planted</p>',
    "a frame": '<iframe src="https://example.org/" title="Planted"></iframe>',
    "another base": '<base href="https://example.org/">',
}


@pytest.fixture(scope="module")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the guide behind nginx."""
    nginx = Nginx(tmp_path_factory.mktemp("nginx"))
    server = SERVER.format(port=nginx.port, site=site)
    (nginx.root / "etc/nginx/sites-enabled/guide").write_text(server)
    with nginx.running() as address:
        yield address


@pytest.fixture
def watched(browser: Browser, served: str) -> Iterator[Page]:
    """A page whose every word in the console, error and blocked part fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=served)
    page = context.new_page()
    wrong: list[str] = []
    page.add_init_script(WATCH)
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if _counts(said) else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    yield page
    wrong += page.evaluate("window.blocked")
    context.close()
    assert wrong == []


def _counts(said: Any) -> bool:
    return said.type in ("error", "warning") and "404 (Not Found)" not in said.text


def test_no_page_breaks_the_policy(watched: Page, site: Path) -> None:
    folders = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    blocked = []
    for folder in folders:
        answer = watched.goto(f"{folder}/" if folder != "." else "")
        assert answer and answer.status == 200
        _has_headers(answer, site)
        blocked += watched.evaluate("window.blocked")
    assert len(folders) >= 30
    assert blocked == []


def test_a_lost_reader_has_the_policy_too(watched: Page, site: Path) -> None:
    answer = watched.goto("visit/afterr/")
    assert answer and answer.status == 404
    _has_headers(answer, site)
    expect(watched.get_by_role("heading", level=1)).to_have_text("We could not find that page")
    assert watched.evaluate("window.blocked") == []


def test_search_tabs_menu_and_colours_work_under_the_policy(watched: Page) -> None:
    watched.goto("visit/session/")
    use_tabs_and_colours(watched)
    watched.get_by_role("textbox", name="Search this guide").click()
    watched.keyboard.type("acupunture chest pain")
    expect(watched.locator(".md-search-result__link").first).to_be_visible(timeout=20_000)
    expect(watched.locator(".search-note")).to_have_text("Showing results for “acupuncture”.")
    watched.keyboard.press("Enter")
    expect(watched).to_have_url(re.compile(r"/safety/get-help/"))
    watched.set_viewport_size({"width": 390, "height": 800})
    watched.get_by_role("button", name="Menu", exact=True).click()
    watched.get_by_role("navigation", name="Pages of this guide").get_by_role("link", name="Glossary").click()
    expect(watched).to_have_url(re.compile(r"/about/glossary/$"))


@pytest.mark.parametrize("by", ["header", "page"])
@pytest.mark.parametrize("plant", PLANTS)
def test_what_is_planted_is_blocked(plant: str, by: str, browser: Browser, served: str, site: Path) -> None:
    """Once with the header alone, once with the policy in the page alone, as on a host without headers."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    document = (site / "visit/after/index.html").read_text("utf-8").replace("</h1>", f"</h1>{PLANTS[plant]}", 1)
    if by == "header":
        document = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", document)
        headers = {"content-security-policy": _policy(site), "content-type": "text/html; charset=utf-8"}
    else:
        headers = {"content-type": "text/html; charset=utf-8"}
    page.route("**/visit/after/", lambda route: route.fulfill(body=document, headers=headers))
    page.goto(served + "visit/after/")
    page.evaluate("document.querySelector('form[action^=https]')?.submit()")
    wait_until(page, "window.blocked.length > 0", at_most=5_000)
    assert page.evaluate("window.planted") is None
    colours = "[...document.querySelectorAll('h1, #coloured')].map((part) => getComputedStyle(part).color)"
    assert "rgb(1, 2, 3)" not in page.evaluate(colours)
    page.close()


@pytest.mark.parametrize("framed", [True, False])
def test_no_other_site_may_show_the_guide_in_a_frame(framed: bool, browser: Browser, served: str) -> None:
    """Held against a page of the same server that says nothing of frames, which does show."""
    page = browser.new_page()
    portal = served.replace("127.0.0.1", "localhost")
    frame = f'<iframe src="{served}" title="Guide"></iframe>'
    page.route(portal, lambda route: route.fulfill(body=frame, content_type="text/html"))
    if not framed:
        page.route(served, lambda route: route.fulfill(body="<article>Shown</article>", content_type="text/html"))
    page.goto(portal)
    shown = page.frame_locator("iframe").locator("article")
    expect(shown).to_have_count(0 if framed else 1)
    assert len(page.frames) == 2
    page.close()


def test_a_reader_who_follows_a_link_out_is_not_named(browser: Browser, served: str, site: Path) -> None:
    for address in (served, (site / "index.html").as_uri()):
        page = browser.new_page()
        page.goto(address)
        page.route("http://outside.invalid/", lambda route: route.fulfill(body="<p>Out</p>", content_type="text/html"))
        with page.expect_request("http://outside.invalid/") as asked:
            page.evaluate("location.href = 'http://outside.invalid/'")
        assert "referer" not in asked.value.all_headers()
        page.close()


def test_no_line_is_too_long_for_a_host(site: Path) -> None:
    lines = (site / "_headers").read_text("utf-8").splitlines()
    assert max(map(len, lines)) < LONGEST_LINE
    assert sum(line.startswith("/") for line in lines) <= 100
    assert "unsafe" not in "".join(lines) and "http" not in "".join(line for line in lines if not line.startswith("#"))


def headers_of(site: Path) -> dict[str, str]:
    """What ``_headers`` has for every address."""
    block = (site / "_headers").read_text("utf-8").partition("\n/*\n")[2].partition("\n\n")[0]
    pairs = (line.strip().partition(": ")[::2] for line in block.splitlines())
    return {name.lower(): value for name, value in pairs}


def _policy(site: Path) -> str:
    return headers_of(site)["content-security-policy"]


def _has_headers(answer: Response, site: Path) -> None:
    """The one file and the other say the same."""
    told = answer.headers
    wanted = headers_of(site)
    assert len(wanted) == 6
    assert {name: told.get(name) for name in wanted} == wanted
