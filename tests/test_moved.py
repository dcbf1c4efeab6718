"""Renamed pages: what the setting takes, what stands at an old address, and that nothing else of the site knows of it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.checks import RULE_IDS
from publishing.offline import ZIP
from publishing.settings import read_settings
from tests.conftest import ROOT, Built, build_project
from tests.filled import cases
from tests.test_built import check

PAGES = {
    "index.md": "# Home\n\n[safety](safety/index.md)\n",
    "visit/after.md": '---\ntitle: "After <your> visit"\nhandout: true\n---\n\n# After\n\nRead [about safety](../safety/index.md).\n',
    "safety/index.md": "# Safety\n",
}
RENAMED = {"visit/aftercare.md": "visit/after.md"}
LOOK = {"name": "material", "font": False, "custom_dir": str(ROOT / "overrides")}
Build = Callable[..., Built]


def with_redirects(redirects: Any, **more: Any) -> dict[str, Any]:
    return {"safety_section": "safety/", "redirects": redirects, **more}


def whole_site(build: Build, **settings: Any) -> Path:
    """A small guide with a look, sheets and a policy, of which one page was renamed."""
    publishing = with_redirects(RENAMED, policy="strict", print={"papers": ["a4", "large-print"]})
    built = build(PAGES, publishing, **{"theme": LOOK, "plugins": ["search"], **settings})
    assert not built.failed, built.errors
    return built.site


@pytest.mark.parametrize("case", cases("redirect"))
def test_an_entry_leads_to_a_page_and_takes_the_place_of_nothing(case: dict[str, Any], build: Build) -> None:
    rules = {rule: "off" for rule in RULE_IDS if rule not in ("safety-citation", "broken-link")}
    built = build({**PAGES, **case.get("pages", {})}, with_redirects(case["redirects"], rules=rules))
    assert built.failed == bool(case["findings"])
    assert sorted(built.findings) == sorted(case["findings"])
    assert built.site.exists() != built.failed


@pytest.mark.parametrize("given", [
    "visit/aftercare.md",
    ["visit/aftercare.md"],
    {"../aftercare.md": "visit/after.md"},
    {"visit/../../aftercare.md": "visit/after.md"},
    {"/etc/aftercare.md": "visit/after.md"},
    {"visit\\aftercare.md": "visit/after.md"},
    {"visit/.hidden.md": "visit/after.md"},
    {"visit/aftercare": "visit/after.md"},
    {"visit//aftercare.md": "visit/after.md"},
    {"https://example.org/a.md": "visit/after.md"},
    {"visit/after care.md": "visit/after.md"},
    {"visit/a\u202eb.md": "visit/after.md"},
    {"visit/a\nb.md": "visit/after.md"},
    {'visit/a";return 200;#.md': "visit/after.md"},
    {"visit/$host.md": "visit/after.md"},
    {"visit/" + "a" * 250 + ".md": "visit/after.md"},
    {"visit/aftercare.md": "https://example.org/"},
    {"visit/aftercare.md": "visit/after.md#bruises"},
    {"visit/aftercare.md": "../after.md"},
    {"visit/aftercare.md": None},
    {1: "visit/after.md"},
])  # fmt: skip
def test_what_is_no_path_of_a_page_is_refused(given: Any, build: Build) -> None:
    built = build(PAGES, with_redirects(given))
    assert built.failed and not built.site.exists()
    assert len(built.errors.splitlines()) == 1
    assert built.errors.startswith("mkdocs.yml: extra.publishing.redirects")
    assert "for example 'visit/aft" in built.errors


def test_both_doors_say_the_same_of_a_link_to_an_old_address(tmp_path: Path, build: Build) -> None:
    page = "# Before\n\n[this](aftercare.md) and [safety](../safety/index.md) <a href='../aftercare/'>this</a>\n"
    rules = {rule: "off" for rule in RULE_IDS if rule != "broken-link"} | {"broken-link": "warn"}
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text(
        '{% extends "base.html" %}\n{% block content %}<div data-page-url="{{ page.url }}">{{ page.content }}</div>{% endblock %}\n'
    )
    theme = {"name": "mkdocs", "highlightjs": False, "custom_dir": "theme"}
    built = build({**PAGES, "visit/before.md": page}, with_redirects(RENAMED, rules=rules), theme=theme)
    assert not built.failed, built.errors
    first, second = check(tmp_path), check(tmp_path, str(built.site))
    assert first == second
    assert len(first[1]) == 2 and all("that page is now visit/after.md" in line for line in first[1])


@pytest.mark.parametrize("urls", [True, False])
def test_the_old_address_leads_on_without_a_script(urls: bool, build: Build) -> None:
    built = build(PAGES, with_redirects(RENAMED), use_directory_urls=urls, site_url="https://example.org/guide/")
    assert not built.failed, built.errors
    old, new = ("aftercare/index.html", "../after/") if urls else ("aftercare.html", "after.html")
    page = (built.site / "visit" / old).read_text("utf-8")
    assert '<html lang="en">' in page and '<meta name="robots" content="noindex">' in page
    assert "<title>This page has moved - Test</title>" in page
    assert f'<noscript><meta http-equiv="refresh" content="0; url={new}"></noscript>' in page
    assert f'<a href="{new}">After &lt;your&gt; visit</a>' in page
    address = "visit/after/" if urls else "visit/after.html"
    assert f'<link rel="canonical" href="https://example.org/guide/{address}">' in page
    assert "<script>" not in page and " style=" not in page
    script = re.findall(r'<script src="([^"]+)"></script>', page)
    assert len(script) == 1 and ((built.site / "visit" / old).parent / script[0]).is_file()


def test_without_an_address_no_canonical_link_is_named(build: Build) -> None:
    built = build(PAGES, with_redirects({"a/b/c.md": "index.md"}))
    page = (built.site / "a/b/c/index.html").read_text("utf-8")
    assert "canonical" not in page
    assert '<a href="../../../">' in page


def test_nothing_else_of_the_site_names_the_old_address(build: Build) -> None:
    site = whole_site(build, site_url="https://example.org/guide/")
    names = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and b"aftercare" in path.read_bytes()
    }
    assert names == {"_redirects", "hosting/nginx.conf", "hosting/caddy.conf", "publishing.json", ZIP}
    assert json.loads((site / "publishing.json").read_text("utf-8"))["moved"] == {"visit/aftercare/": "visit/after.md"}


def test_hosts_and_servers_are_told(build: Build) -> None:
    site = whole_site(build)
    assert (site / "_redirects").read_text("utf-8").splitlines() == [
        "/visit/aftercare/ /visit/after/ 301",
        "/visit/aftercare /visit/after/ 301",
        "/print/visit-aftercare-a4.pdf /print/visit-after-a4.pdf 301",
        "/print/visit-aftercare-large-print.pdf /print/visit-after-large-print.pdf 301",
    ]


def test_the_page_at_the_old_address_has_the_policy_and_no_script_inside(build: Build) -> None:
    site = whole_site(build)
    page = (site / "visit/aftercare/index.html").read_text("utf-8")
    assert page.count("script-src 'self';") == 1
    assert re.search(r'src="../../assets/javascripts/moved\.[0-9a-f]{8}\.js"', page)
    assert f"/{next(site.glob('assets/javascripts/moved.*')).relative_to(site).as_posix()}" in (
        site / "_headers"
    ).read_text("utf-8")


def test_the_copy_for_a_disk_leads_on_to_a_file(build: Build) -> None:
    with zipfile.ZipFile(whole_site(build) / ZIP) as packed:
        page = packed.read("needling-guide/guide/visit/aftercare/index.html").decode()
        assert [name for name in packed.namelist() if "/assets/javascripts/moved." in name]
    assert 'content="0; url=../after/index.html"' in page and 'href="../after/index.html"' in page


def test_the_second_door_passes_it_and_sees_a_change(build: Build, tmp_path: Path) -> None:
    site = whole_site(build)
    assert check(tmp_path, str(site)) == (0, [])
    page = site / "visit/aftercare/index.html"
    page.write_text(page.read_text("utf-8").replace("../after/", "https://example.org/"), "utf-8")
    code, lines = check(tmp_path, str(site))
    assert code == 1
    assert [line.split(": ")[:2] for line in lines] == [["site/visit/aftercare/index.html", "site-manifest"]]


def test_a_page_that_no_entry_accounts_for_is_judged(build: Build, tmp_path: Path) -> None:
    """What only looks like the page at an old address hides nothing."""
    site = whole_site(build)
    (site / "visit/hidden").mkdir()
    (site / "visit/hidden/index.html").write_bytes((site / "visit/aftercare/index.html").read_bytes())
    code, lines = check(tmp_path, str(site))
    assert code == 1
    assert any(line.startswith("site/visit/hidden/index.html: content-mark: ") for line in lines)


@pytest.mark.parametrize(("old", "urls"), [("sitemap.xml/a.md", True), ("404.md", False)])
def test_a_place_that_the_build_itself_takes_is_told(old: str, urls: bool, build: Build) -> None:
    """``404.html`` is the theme's; with addresses of files an old page of that name would be written over it."""
    built = build(PAGES, with_redirects({old: "index.md"}), use_directory_urls=urls)
    assert built.failed and not built.site.exists()
    assert re.search(r"mkdocs.yml: extra.publishing.redirects: .+ is in the output already\.", built.errors)
    assert [path.name for path in built.root.glob(".site*")] == []


def test_a_site_without_the_setting_has_no_trace_of_it(build: Build) -> None:
    nothing: Any
    for nothing in (None, {}):
        built = build(PAGES, with_redirects(nothing, policy="strict"), theme=LOOK, plugins=["search"])
        assert not built.failed, built.errors
        assert not [path for path in built.site.rglob("*") if "moved" in path.name or path.name == "_redirects"]
        assert "return 301" not in (built.site / "hosting/nginx.conf").read_text("utf-8")


def test_the_safety_rule_alone_is_not_asked_to_know_more() -> None:
    assert not read_settings({"safety_section": "safety/"}, RULE_IDS).has_output
    assert read_settings({"redirects": RENAMED}, RULE_IDS).has_output


def test_two_builds_give_the_same_bytes(build: Build, tmp_path: Path) -> None:
    site = whole_site(build)
    first = {
        path: path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and "moved" in path.name or path.name == "_redirects"
    }
    assert first and not build_project(tmp_path)
    assert {path: path.read_bytes() for path in first} == first
