"""HOSTING.md's part on nginx, followed as it stands: its commands are run and its file is written, below a folder that
stands for the machine. Only what changes the machine itself (sudo, apt-get, systemctl) is stood in for."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest

from publishing.commands import system
from publishing.headers import site_headers
from publishing.servers import FRESH, HOURLY, IMMUTABLE, WEEKLY
from tests.browser.nginx import Nginx

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "HOSTING.md").read_text(encoding="utf-8")
NAME = "guide.example.org"
BLOCK = re.compile(
    r"(?:Write this into `(?P<file>[^`]+)`:\n\n)?^```(?P<kind>sh|nginx)\n(?P<text>.*?)^```$", re.M | re.S
)
PACK = """
import brotli, pathlib, sys
assert sys.argv[1:4] == ['--best', '--force', '--keep']
for name in sys.argv[4:]:
    pathlib.Path(name + '.br').write_bytes(brotli.compress(pathlib.Path(name).read_bytes()))
"""
"""Debian's brotli, which packs as the package of Python does."""
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8",
    ".js": "application/javascript; charset=utf-8", ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "text/xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8", ".pdf": "application/pdf", ".zip": "application/zip",
    ".woff2": "font/woff2", ".png": "image/png", ".gz": "application/octet-stream", ".ics": "text/calendar",
}  # fmt: skip
"""What nginx should call each kind of file that the guide may hold."""


class Answer(NamedTuple):
    """What the server has said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Machine:
    """A Debian with the guide's folder as the place where somebody types."""

    def __init__(self, root: Path, site: Path) -> None:
        self.nginx = Nginx(root)
        self.desk = root / "home"
        (root / "var").mkdir()
        shutil.copytree(site, self.desk / "site")
        if module := system.nginx_module(Path(sys.prefix)):
            (root / "etc/nginx/modules-enabled/brotli.conf").write_text(f"load_module {module};\n")
        self._has("sudo", 'exec "$@"')
        self._has("brotli", f'exec {sys.executable} -c "{PACK}" "$@"')
        self._has("apt-get", 'echo "apt-get $*" >> log')
        self._has("nginx", f'exec {" ".join(self.nginx.command)} "$@"')
        self._has("systemctl", f'[ "$*" = "reload nginx" ] && {{ [ ! -s {root}/nginx.pid ] || nginx -s reload; }}')
        (self.desk / "scripts").mkdir()
        (self.desk / "scripts/build").write_text('#!/bin/sh\necho "build for $SITE_URL" >> log\n')
        (self.desk / "scripts/build").chmod(0o755)

    def follow(self, part: str) -> None:
        """Run and write every block of that part of the manual, in order."""
        text = re.split(rf"^##+ {part}$", MANUAL, flags=re.M)[1]
        for block in BLOCK.finditer(re.split(r"^##+ ", text, flags=re.M)[0]):
            if block["kind"] == "nginx":
                Path(self._here(block["file"])).write_text(self._here(block["text"]))
            else:
                self._run(self._here(block["text"]))

    def get(self, address: str, **headers: str) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.nginx.port, timeout=10)
        with contextlib.closing(link):
            given = {key.replace("_", "-"): value for key, value in headers.items()}
            link.request("GET", address, headers={"Host": NAME, **given})
            answer = link.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def _here(self, text: str) -> str:
        for path in ("/etc/nginx", "/var/www"):
            text = text.replace(path, f"{self.nginx.root}{path}")
        return text.replace("listen 80;", f"listen 127.0.0.1:{self.nginx.port};").replace("listen [::]:80;", "")

    def _run(self, commands: str) -> None:
        path = f"{self.nginx.root / 'bin'}:{os.environ['PATH']}"
        done = subprocess.run(
            ["sh", "-ec", commands], cwd=self.desk, env={**os.environ, "PATH": path}, capture_output=True
        )
        assert done.returncode == 0, f"{commands}\n{done.stderr.decode()}"

    def _has(self, tool: str, body: str) -> None:
        path = self.nginx.root / "bin" / tool
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)


@pytest.fixture(scope="module")
def machine(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("machine"), site)
    machine.follow("nginx on Debian")
    with machine.nginx.running():
        yield machine


def test_the_manual_installs_nginx_and_builds_for_its_own_name(machine: Machine) -> None:
    log = (machine.desk / "log").read_text().splitlines()
    assert log == [f"build for https://{NAME}/", "apt-get install nginx"]


def test_a_page_comes_packed_and_is_asked_for_anew(machine: Machine, site: Path) -> None:
    answer = machine.get("/visit/after/", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["Content-Type"]) == (200, TYPES[".html"])
    assert answer.headers["Cache-Control"] == FRESH
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(answer.body) == (site / "visit/after/index.html").read_bytes()
    again = machine.get("/visit/after/", Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == FRESH


def test_what_has_its_hash_in_its_name_is_kept(machine: Machine, site: Path) -> None:
    kept = [path.relative_to(site).as_posix() for path in site.glob("assets/**/*.min.*")]
    assert {Path(path).suffix for path in kept} == {".css", ".js"}
    assert {machine.get(f"/{path}").headers["Cache-Control"] for path in kept} == {IMMUTABLE}


def test_every_other_file_is_short_lived_and_has_its_type(machine: Machine, site: Path) -> None:
    for path in sorted(path for path in site.rglob("*") if path.is_file() and path.suffix in TYPES):
        address = path.relative_to(site).as_posix()
        answer = machine.get(f"/{address}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, TYPES[path.suffix]), address
        if not re.search(r"\.[0-9a-f]{8}\.", address):
            assert answer.headers["Cache-Control"] == kept(address), address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def kept(address: str) -> str:
    if address.startswith("assets/fonts/"):
        return WEEKLY
    return HOURLY if address.startswith(("print/", "offline/")) else FRESH


def test_the_guide_holds_no_kind_of_file_that_the_test_does_not_know(site: Path) -> None:
    others = {path.name for path in site.rglob("*") if path.is_file() and path.suffix not in TYPES}
    assert others == {"_headers", "nginx.conf", "caddy.conf", "SOURCES", "SHA256SUMS"}  # lists to save, not to look at


@pytest.mark.parametrize("missing", ["/visit/afterr/", "/assets/javascripts/gone.0123abcd.min.js", "/print/gone.pdf"])
def test_what_is_not_there_gets_the_page_for_lost_readers(missing: str, machine: Machine, site: Path) -> None:
    answer = machine.get(missing)
    assert (answer.status, answer.headers["Cache-Control"]) == (404, FRESH)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.body == (site / "404.html").read_bytes()


def test_an_address_without_its_last_slash_leads_on(machine: Machine) -> None:
    answer = machine.get("/visit/after")
    assert (answer.status, answer.headers["Location"]) == (301, "/visit/after/")


def test_nothing_is_told_that_nobody_asked_for(machine: Machine) -> None:
    assert machine.get("/").headers["Server"] == "nginx"
    answer = machine.get("/assets/")
    assert answer.status == 403
    assert b"bundle" not in answer.body


def test_the_next_edition_takes_the_place_of_the_last(machine: Machine) -> None:
    """Last of all, since the others look at the first one."""
    page, headers = machine.desk / "site/index.html", machine.desk / "site/hosting/nginx.conf"
    page.write_text(page.read_text("utf-8").replace("</h1>", " NEXT</h1>", 1), "utf-8")
    headers.write_text(headers.read_text("utf-8").replace("no-referrer", "same-origin"), "utf-8")
    machine.follow("The next edition")
    answer = _wait_for(machine, lambda answer: answer.headers["Referrer-Policy"] == "same-origin")
    assert b" NEXT</h1>" in answer.body
    assert (machine.nginx.root / "var/www/guide.old/index.html").is_file()


def _wait_for(machine: Machine, is_new: Callable[[Answer], bool]) -> Answer:
    """A reload is over when the last old worker has answered, which a busy machine delays."""
    for _ in range(100):
        if is_new(answer := machine.get("/", Accept_Encoding="br")):
            return answer
        time.sleep(0.1)
    pytest.fail(f"nginx does not change: {answer.headers}")


@pytest.fixture(scope="module")
def packed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine on which the part about packing was followed too."""
    if not system.nginx_module(Path(sys.prefix)):
        without = pytest.fail if system.is_debian() else pytest.skip
        without("This machine's nginx has no module for brotli: Debian and Ubuntu have it in a package.")
    machine = Machine(tmp_path_factory.mktemp("packed"), site)
    machine.follow("nginx on Debian")
    with machine.nginx.running():
        machine.follow("Smaller on the way")
        _wait_for(machine, lambda answer: answer.headers["Content-Encoding"] == "br")
    with machine.nginx.running():  # anew: for a moment after a reload an old worker might still answer
        yield machine


@pytest.mark.parametrize(("asked", "packing", "unpack"), [
    ("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("gzip, br;q=0", "gzip", gzip.decompress), ("identity", None, bytes),
])  # fmt: skip
@pytest.mark.parametrize("address", ["/visit/after/", "/search/index.js", "/visit/after/index.md", "/sitemap.xml"])
def test_what_was_packed_beforehand_is_sent_with_all_headers(
    asked: str, packing: str | None, unpack: Callable[[bytes], bytes], address: str, packed: Machine, site: Path
) -> None:
    file = site / address.lstrip("/") / ("index.html" if address.endswith("/") else "")
    answer = packed.get(address, Accept_Encoding=asked)
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, packing)
    assert unpack(answer.body) == file.read_bytes()
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (TYPES[file.suffix], FRESH)
    assert answer.headers["Vary"] == "Accept-Encoding" and answer.headers["Content-Security-Policy"]
    again = packed.get(address, Accept_Encoding=asked, If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_packing_makes_a_page_smaller_than_on_the_way(packed: Machine, machine: Machine, site: Path) -> None:
    pages = [f"/{page.parent.relative_to(site).as_posix()}/" for page in site.glob("*/*/index.html")]
    sizes = [
        sum(len(place.get(page, Accept_Encoding="gzip, br").body) for page in pages) for place in (machine, packed)
    ]
    assert sizes[1] < 0.85 * sizes[0]  # the manual says a fifth


@pytest.mark.parametrize("header", site_headers([]))
def test_every_header_is_explained(header: str) -> None:
    rows = [line for line in MANUAL.splitlines() if line.startswith("|")]
    assert any(f"`{header}`" in row.split("|")[1] for row in rows)
