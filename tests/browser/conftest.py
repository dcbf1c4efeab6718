"""The real site, built once, served over loopback and looked at with a real Chromium.

No test is left out when something is missing: without a Chromium, or with a build that fails, each one says so.
"""

from __future__ import annotations

import functools
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.looking import Eyes, Seen

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--no-first-run",
)  # fmt: skip


@pytest.fixture(scope="session")
def site(guide: Path) -> Path:
    return guide


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    """The address of the served site, with its last slash."""
    with _Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        except Error as error:
            pytest.fail(f"No Chromium could be started: scripts/test installs one. ({str(error).strip()[:300]})", False)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, root: str) -> Iterator[Callable[..., Page]]:
    """``visit("visit/after/", width=390, color_scheme="dark")`` opens a page; whatever is wrong with it fails the test."""
    eyes = Eyes(browser, root)
    yield eyes.open
    eyes.close()
    assert not eyes.wrong, "\n".join(eyes.wrong)


@pytest.fixture(scope="session")
def tour(browser: Browser, root: str, site: Path) -> Iterator[tuple[list[Seen], list[str]]]:
    """Every page as seen, and what was wrong on the way."""
    folders = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    eyes = Eyes(browser, root)
    yield eyes.tour("" if folder == "." else f"{folder}/" for folder in folders), eyes.wrong
    eyes.close()


class Handler(SimpleHTTPRequestHandler):
    """Gives the site's own 404 page, as hosts of static sites do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: a test's output is for its faults."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes on to the next page hangs up; anything else is worth its traceback."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)
