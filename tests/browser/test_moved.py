"""A renamed page, as somebody meets it who scans the square on an old sheet: what stands behind # has to arrive.

By servers that lead on by themselves, by a host that only hands out files, and from a disk; with scripts and without.
"""

from __future__ import annotations

import functools
import http.client
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from publishing.offline import ZIP
from publishing.servers import FRESH
from tests.browser.caddy import Caddy
from tests.browser.conftest import Handler
from tests.browser.nginx import Nginx
from tests.browser.test_policy import SERVER, WATCH
from tests.conftest import build_project, write_project
from tests.test_moved import LOOK, PAGES, RENAMED

OLD, NEW = "visit/aftercare/", "visit/after/"


class Hosts(NamedTuple):
    """One small guide in four places: the address of each, with its last slash."""

    nginx: str
    caddy: str
    files: str
    disk: str


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    root = tmp_path_factory.mktemp("moved")
    publishing = {"safety_section": "safety/", "redirects": RENAMED, "policy": "strict", "print": {"papers": ["a4"]}}
    write_project(root, PAGES, publishing, theme=LOOK, plugins=["search"])
    assert not build_project(root)
    site = root / "site"
    with zipfile.ZipFile(site / ZIP) as packed:
        packed.extractall(root / "stick")
    nginx = Nginx(tmp_path_factory.mktemp("nginx"))
    (nginx.root / "etc/nginx/sites-enabled/guide").write_text(SERVER.format(port=nginx.port, site=site))
    caddy = Caddy(tmp_path_factory.mktemp("caddy"))
    caddy.write(f"guide.example.org {{\n\troot * {site}\n\timport {site}/hosting/caddy.conf\n}}\n")
    handler = functools.partial(Handler, directory=str(site))
    with (
        nginx.running() as by_nginx,
        caddy.running() as by_caddy,
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stick = (root / "stick/needling-guide/guide").as_uri()
        yield Hosts(by_nginx, by_caddy, f"http://127.0.0.1:{server.server_port}/", f"{stick}/")
        server.shutdown()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    wrong: list[str] = []
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def edition(browser: Browser, hosts: Hosts) -> str:
    page = browser.new_page()
    page.goto(hosts.files + NEW)
    found = page.locator("[data-edition]").get_attribute("data-edition")
    page.close()
    assert found and re.fullmatch("[0-9a-f]{6}", found)
    return found


@pytest.mark.parametrize("host", Hosts._fields)
def test_an_old_sheet_hears_whether_it_is_current(host: str, browser: Browser, hosts: Hosts) -> None:
    held = edition(browser, hosts)
    address, end = getattr(hosts, host), "index.html" if host == "disk" else ""
    page = browser.new_page()
    page.goto(address)
    page.goto(f"{address}{OLD}{end}#edition={held}")
    expect(page).to_have_url(f"{address}{NEW}{end}#edition={held}")
    told = f"Your sheet is current. It is edition {held}, the newest one."
    expect(page.locator(".sheet-edition__verdict")).to_have_text(told)
    page.go_back()
    expect(page).to_have_url(f"{address}")  # not the old address, which would lead on again
    page.close()


@pytest.mark.parametrize("host", Hosts._fields)
def test_every_reader_arrives(host: str, page: Page, hosts: Hosts) -> None:
    address, end = getattr(hosts, host), "index.html" if host == "disk" else ""
    page.goto(f"{address}{OLD}{end}")
    expect(page).to_have_url(f"{address}{NEW}{end}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("After")


def test_a_reader_whose_script_does_not_come_has_a_link(browser: Browser, hosts: Hosts) -> None:
    page = browser.new_page()
    page.route("**/moved.*.js", lambda route: route.abort())
    page.goto(hosts.files + OLD)
    expect(page.get_by_role("heading", level=1)).to_have_text("This page has moved")
    page.get_by_role("link", name="After <your> visit").click()
    expect(page).to_have_url(hosts.files + NEW)
    page.close()


@pytest.mark.parametrize("server", ["nginx", "caddy"])
@pytest.mark.parametrize(("old", "new"), [
    ("/visit/aftercare/", "/visit/after/"),
    ("/visit/aftercare", "/visit/after/"),
    ("/print/visit-aftercare-a4.pdf", "/print/visit-after-a4.pdf"),
])  # fmt: skip
def test_a_server_leads_on_for_good_with_all_headers(old: str, new: str, server: str, hosts: Hosts) -> None:
    link = http.client.HTTPConnection(
        "127.0.0.1", int(getattr(hosts, server).strip("/").rpartition(":")[2]), timeout=10
    )
    for path, status in ((old, 301), (new, 200)):
        link.request("GET", path)
        answer = link.getresponse()
        answer.read()
        assert answer.status == status
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        if status == 301:
            assert (answer.headers["Location"], answer.headers["Cache-Control"].startswith("public")) == (new, True)
            assert answer.headers["Cache-Control"] == FRESH or path.startswith("/print/")
    link.close()
