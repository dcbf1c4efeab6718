"""The policy as it is written: hashes as browsers count them, its place in a page, and files that take no orders."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.headers import LONGEST_LINE, policy, site_headers, with_policy, write_policy
from publishing.records import PublishingError
from publishing.servers import FILES, Served
from tests.conftest import Built, build_project, write_project
from tests.test_built import check

MATERIAL = {"name": "material", "font": False}
STRICT = {"policy": "strict"}


def hash_of(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


def written(folder: Path, page: bytes, name: str = "index.html") -> str:
    """The policy of the headers after that page was given one of its own."""
    (folder / name).write_bytes(page)
    write_policy(folder, [], "docs")
    return (folder / "_headers").read_text("utf-8")


@pytest.mark.parametrize(("page", "script"), [
    ("<script>go()</script>", "go()"),
    ("<script>\n go()\r\n</script>", "\n go()\n"),  # a browser reads one kind of line end
    ("<script>if (a < b && c) {}</script>", "if (a < b && c) {}"),
    ("<script nonce=x type=module>go()</script>", "go()"),
    ("<SCRIPT TYPE='text/javascript'>go('\N{SNOWMAN}')</SCRIPT>", "go('\N{SNOWMAN}')"),
    ("<svg><script>go()</script></svg>", "go()"),
])  # fmt: skip
def test_a_script_of_the_page_is_known_by_its_hash(page: str, script: str, tmp_path: Path) -> None:
    told = written(tmp_path, f"<head><meta charset=utf-8></head>{page}".encode())
    assert f"script-src 'self' {hash_of(script)};" in told
    assert hash_of(script) in (tmp_path / "index.html").read_text("utf-8").partition("<script")[0].partition("<SCR")[0]


@pytest.mark.parametrize("page", [
    '<script src="a.js">go()</script>',
    '<script type="application/json">{}</script>',
    "<!-- <script>go()</script> -->",
    "<textarea><script>go()</script></textarea>",
])  # fmt: skip
def test_what_no_browser_runs_has_no_hash(page: str, tmp_path: Path) -> None:
    assert "sha256" not in written(tmp_path, page.encode())


@pytest.mark.parametrize(("page", "before"), [
    ('<!doctype html><html><head><title>A</title><meta charset="utf-8"><script>', "<meta charset=\"utf-8\">"),
    ("<html><HEAD class=x><title>A</title></HEAD>", "<HEAD class=x>"),
    ("<!doctype html>\n<p>A", "<!doctype html>"),
    ("<p>A", ""),
])  # fmt: skip
def test_the_policy_stands_before_all_that_it_is_for(page: str, before: str) -> None:
    told = with_policy(page, ["abc"])
    start = page.index(before) + len(before)
    assert told.startswith(page[:start] + '<meta http-equiv="Content-Security-Policy" content="default-src')
    assert told.endswith(page[start:])
    assert "frame-ancestors" not in told and '<meta name="referrer" content="no-referrer">' in told


def test_bytes_that_are_no_text_stay_as_they_are(tmp_path: Path) -> None:
    page = b"<head><meta charset=latin-1></head><p>caf\xe9</p>"
    written(tmp_path, page)
    assert re.sub(rb"<meta (http-equiv|name)[^>]*>", b"", (tmp_path / "index.html").read_bytes()) == page


def test_the_policy_lets_nothing_in_that_is_not_of_the_site() -> None:
    told = policy(["abc"])
    assert "unsafe" not in told and "*" not in told and "//" not in told
    assert {word for part in told.split("; ") for word in part.split()[1:]} == {
        "'none'", "'self'", "data:", "'sha256-abc'"}  # fmt: skip


def test_too_many_scripts_for_a_host_are_named() -> None:
    with pytest.raises(PublishingError, match="The header Content-Security-Policy is 2,?[0-9]+ letters long"):
        site_headers(f"{number:043}=" for number in range(40))
    assert len(site_headers(f"{number:043}=" for number in range(20))["Content-Security-Policy"]) < LONGEST_LINE


@pytest.mark.parametrize("name", FILES)
def test_all_servers_are_told_the_same(name: str) -> None:
    headers = site_headers(["abc"])
    text = FILES[name](Served(headers, ["assets/a.0123abcd.min.js"]))
    for header, value in headers.items():
        assert re.search(rf'{header}[: "]+{re.escape(value)}', text), header
    assert "immutable" in text and "max-age=3600" in text


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_name_gives_no_line_of_its_own(name: str) -> None:
    hostile = 'x"; } \n/*\n  Set-Cookie: a=b\r\n$host {http.vars} \\'
    calm = FILES[name](Served({"X-Test": "x"}, ["assets/x.0123abcd.js"]))
    text = FILES[name](Served({"X-Test": "x"}, [f"assets/{hostile}.0123abcd.js"]))
    assert len(text.splitlines()) == len(calm.splitlines())
    calm, text = (FILES[name](Served({"X-Test": "x"}, [], {f"/{old}": f"/{old}"})) for old in ("x", hostile))
    assert len(text.splitlines()) == len(calm.splitlines())
    assert "$host" not in text and "{http" not in text


def test_a_theme_that_breaks_the_policy_ends_the_build(build: Callable[..., Built]) -> None:
    """MkDocs' own theme hides parts by style attributes."""
    built = build({"index.md": "# Home\n"}, STRICT)
    assert built.failed
    assert "inline-code: in what the theme puts round the page, style=" in built.errors
    assert not built.site.exists()


def test_a_site_with_the_policy_alone_has_its_files(build: Callable[..., Built]) -> None:
    built = build({"index.md": "# Home\n"}, STRICT, theme=MATERIAL)
    assert not built.failed, built.errors
    assert all((built.site / name).is_file() for name in (*FILES, "publishing.json"))
    page = (built.site / "index.html").read_text("utf-8")
    assert page.count('http-equiv="Content-Security-Policy"') == 1


def test_a_site_that_asks_for_no_policy_gets_none(build: Callable[..., Built]) -> None:
    built = build({"index.md": "# Home\n"}, {"rules": {"front-matter": "off"}}, theme=MATERIAL)
    assert not built.failed, built.errors
    assert not any((built.site / name).exists() for name in FILES)
    assert "Content-Security-Policy" not in (built.site / "index.html").read_text("utf-8")


def test_another_policy_is_refused(build: Callable[..., Built]) -> None:
    built = build({"index.md": "# Home\n"}, {"policy": "lax"})
    assert "extra.publishing.policy: 'lax' is not a policy. Write 'strict', or leave the key out." in built.errors


def test_both_doors_find_code_in_a_page(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text(
        '{% extends "base.html" %}\n{% block content %}<div data-page-url="{{ page.url }}">{{ page.content }}</div>{% endblock %}\n'
    )
    settings = {**STRICT, "rules": {"inline-code": "warn", "front-matter": "off"}}
    page = "# Home\n\n<script>go()</script>\n\n<p>A</p>\n"
    write_project(tmp_path, {"index.md": page}, settings, theme={**MATERIAL, "custom_dir": "theme"})
    assert not build_project(tmp_path)
    first, second = check(tmp_path), check(tmp_path, str(tmp_path / "site"))
    assert first == second
    assert "docs/index.md:3: inline-code: the script 'go()' stands in the page" in "\n".join(first[1])
