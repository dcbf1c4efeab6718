"""HOSTING.md's part on Caddy, with its site block as it stands there and the file that the build wrote, in a real Caddy."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from publishing.servers import FRESH, IMMUTABLE
from tests.browser.caddy import Caddy
from tests.browser.looking import use_tabs_and_colours
from tests.browser.test_hosting import MANUAL, NAME, Answer, kept
from tests.browser.test_policy import WATCH, headers_of

TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
    ".pdf": "application/pdf", ".woff2": "font/woff2", ".png": "image/png", ".zip": "application/zip",
}  # fmt: skip
"""Those that a browser acts on; the lists of names of the machine say the rest."""


class Served:
    """The guide behind Caddy."""

    def __init__(self, port: int) -> None:
        self.address, self._port = f"http://127.0.0.1:{port}/", port

    def get(self, address: str, **headers: str) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        with contextlib.closing(link):
            given = {key.replace("_", "-"): value for key, value in headers.items()}
            link.request("GET", address, headers={"Host": f"{NAME}:{self._port}", **given})
            answer = link.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


@pytest.fixture(scope="module")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    part = re.split(r"^## Caddy$", MANUAL, flags=re.M)[1]
    block = re.search(r"^```text\n(.*?)^```$", part, re.M | re.S)
    assert block
    caddy = Caddy(tmp_path_factory.mktemp("caddy"))
    written = block[1].replace("/var/www/guide", str(site))
    caddy.write(written, guide=(site / "hosting/caddy.conf").read_text("utf-8"))
    with caddy.running():
        yield Served(caddy.port)


def test_every_file_has_all_headers_and_is_kept_as_long_as_it_may_be(served: Served, site: Path) -> None:
    wanted = headers_of(site)
    assert len(wanted) == 6
    for path in sorted(path for path in site.rglob("*") if path.is_file() and path.suffix in TYPES):
        name = path.relative_to(site).as_posix()
        address = name.removesuffix("index.html") if path.suffix == ".html" else name
        answer = served.get(f"/{address}")
        assert (answer.status, answer.body) == (200, path.read_bytes()), name
        assert {header: answer.headers[header] for header in wanted} == wanted, name
        assert answer.headers["Content-Type"].partition(";")[0] == TYPES[path.suffix], name
        hashed = re.search(r"\.[0-9a-f]{8}\.", name)
        assert answer.headers["Cache-Control"] == (IMMUTABLE if hashed else kept(name)), name
        assert answer.headers["Server"] is None


def test_a_page_comes_packed_and_is_asked_for_anew(served: Served, site: Path) -> None:
    answer = served.get("/visit/after/", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(answer.body) == (site / "visit/after/index.html").read_bytes()
    again = served.get("/visit/after/", Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body, again.headers["Cache-Control"]) == (304, b"", FRESH)


@pytest.mark.parametrize(
    "missing", ["/visit/afterr/", "/assets/javascripts/gone.0123abcd.min.js", "/print/gone.pdf", "/assets/"]
)
def test_what_is_not_there_gets_the_page_for_lost_readers(missing: str, served: Served, site: Path) -> None:
    answer = served.get(missing)
    assert (answer.status, answer.headers.get_all("Cache-Control")) == (404, [FRESH])
    assert {header: answer.headers[header] for header in headers_of(site)} == headers_of(site)
    assert answer.body == (site / "404.html").read_bytes()


def test_an_address_without_its_last_slash_leads_on(served: Served) -> None:
    answer = served.get("/visit/after")
    assert (answer.status, answer.headers["Location"]) == (308, "/visit/after/")


def test_a_browser_finds_nothing_to_block(served: Served, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(WATCH)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for place in ("", "visit/after/", "safety/risks/", "deciding/techniques/"):
        answer = page.goto(served.address + place)
        assert answer and answer.status == 200
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        wrong += page.evaluate("window.blocked")
    use_tabs_and_colours(page)
    wrong += page.evaluate("window.blocked")
    page.close()
    assert wrong == []
