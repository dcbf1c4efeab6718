"""The second door: a built site is judged without MkDocs, by the same rules and in the same words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.built import BuiltSite
from publishing.checks import RULE_IDS
from tests.conftest import ROOT, Built, build_project, write_project
from tests.filled import cases

RULES: dict[str, Any] = {"safety_section": "safety/", "rules": {"front-matter": "off", "orphan-page": "off"}}
TEMPLATE = '{% extends "base.html" %}\n{% block content %}<div data-page-url="{{ page.url }}">{{ page.content }}</div>{% endblock %}\n'
GOOD = {
    "index.md": "# Home\n\n[safety](safety/index.md)\n",
    "visit/after.md": "# After\n\nRead [about safety](../safety/index.md).\n",
    "safety/index.md": "# Safety\n",
}
BAD = {
    **GOOD,
    "visit/after.md": "# After\n\n[safety](../safety/index.md#nope)\n",
    "visit/closed.md": '# Closed\n\n??? note "More"\n    [safety](../safety/index.md)\n',
}


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    def make(pages: dict[str, str], publishing: Any = RULES, hooks: bool = True, **settings: Any) -> Path:
        (tmp_path / "theme").mkdir(exist_ok=True)
        (tmp_path / "theme/main.html").write_text(TEMPLATE)
        theme = {"name": "mkdocs", "highlightjs": False, "custom_dir": "theme"}
        more: dict[str, Any] = {} if hooks else {"hooks": []}
        write_project(tmp_path, pages, publishing, theme=theme, **{**settings, **more})
        return tmp_path

    return make


def check(root: Path, *words: str) -> tuple[int, list[str]]:
    """Exit code and the lines below the count."""
    command = [sys.executable, "-m", "publishing", "check", *words, "--project", str(root)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in run.stderr, run.stderr
    return run.returncode, (run.stdout + run.stderr).splitlines()[1:]


def test_a_good_site_passes(project: Callable[..., Path]) -> None:
    root = project(GOOD)
    assert not build_project(root)
    assert check(root, str(root / "site")) == (0, [])


def test_both_doors_say_the_same(project: Callable[..., Path]) -> None:
    warn = {
        "safety_section": "safety/",
        "rules": {"safety-citation": "warn", "broken-link": "warn", "front-matter": "off"},
    }
    root = project(BAD, warn)
    assert not build_project(root)
    first, second = check(root), check(root, str(root / "site"))
    assert first == second
    assert len(first[1]) >= 3


@pytest.mark.parametrize("case", [*cases("print-loss"), *cases("print-sides")])
def test_both_doors_say_the_same_of_sheets(case: dict[str, Any], project: Callable[..., Path]) -> None:
    """The files of cases again: printed although they have findings, which the second door then reads off the PDFs."""
    told = dict.fromkeys(RULE_IDS, "off") | {"print-loss": "warn", "print-sides": "warn"}
    settings = {key: case[key] for key in ("site_url", "nav", "markdown_extensions") if key in case}
    root = project(case["pages"], {**case.get("config", {}), "rules": told}, **settings)
    assert not build_project(root)
    code, lines = check(root, str(root / "site"))
    found = [line for line in lines if not line.startswith("exempt: ")]
    assert (code, found) == (0, [f"warning: {line}" for line in case["findings"]])


def test_a_sheet_with_the_name_of_a_clinic_may_fill_more_sides(project: Callable[..., Path]) -> None:
    long = "---\nhandout: true\nsides: 1\n---\n\n# Long\n\n" + "Words and more of them.\n\n" * 60
    told = dict.fromkeys(RULE_IDS, "off") | {"print-sides": "warn"}
    root = project({"index.md": long}, {"print": {"papers": ["a4"]}, "clinic": "clinic.yml", "rules": told})
    for name, sides in (("", 1), ("North Street Clinic", 0)):
        (root / "clinic.yml").write_text(f"name: {name}\n")
        assert not build_project(root)
        assert len(check(root, str(root / "site"))[1]) == sides


def test_a_list_of_sheets_that_is_none_is_told(project: Callable[..., Path]) -> None:
    root = project({"index.md": "# Home\n"}, {"print": {"papers": ["a4"]}, "rules": dict.fromkeys(RULE_IDS, "off")})
    assert not build_project(root)
    (root / "site/print/index.json").write_text("[]")
    command = [sys.executable, "-m", "publishing", "check", str(root / "site"), "--project", str(root)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert "index.json: is not a list of sheets that this program wrote. Build the site again." in run.stderr


@pytest.mark.parametrize("urls", [True, False])
def test_a_site_of_a_generator_that_ignores_hooks_is_judged(project: Callable[..., Path], urls: bool) -> None:
    root = project(BAD, hooks=False, use_directory_urls=urls)
    assert not build_project(root)
    code, lines = check(root, str(root / "site"))
    assert code == 1
    page = "site/visit/closed/index.html" if urls else "site/visit/closed.html"
    guess = "site/visit/closed.md"
    assert any(line.startswith("site: site-manifest: the site has no publishing.json") for line in lines)
    assert any(line.startswith((f"{guess}: safety-citation: ", f"{page}: safety-citation: ")) for line in lines)
    assert any("is in a closed box" in line for line in lines)


def test_what_was_changed_by_hand_is_named(project: Callable[..., Path]) -> None:
    root = project(GOOD)
    assert not build_project(root)
    page = root / "site/visit/after/index.html"
    page.write_text(page.read_text().replace("about safety", "about it"))
    (root / "site/new.html").write_text("<p>New.</p>")
    (root / "site/404.html").unlink()
    code, lines = check(root, str(root / "site"))
    told = "\n".join(lines)
    assert code == 1
    assert "site/visit/after/index.html: site-manifest: is not what the build made." in told
    assert "site/new.html: site-manifest: was not made by the build." in told
    assert "site/new.html: content-mark: does not mark its content" in told
    assert "site/404.html: site-manifest: is missing from the site." in told


def test_a_page_without_its_content_mark_counts_for_nothing(project: Callable[..., Path]) -> None:
    root = project(GOOD)
    (root / "theme/main.html").write_text('{% extends "base.html" %}\n')
    assert not build_project(root)
    code, lines = check(root, str(root / "site"))
    told = "\n".join(lines)
    assert code == 1
    assert "site/visit/after/index.html: content-mark: " in told
    assert "docs/visit/after.md: safety-citation: does not cite the safety section." in told


def test_an_unfilled_place_is_named(project: Callable[..., Path]) -> None:
    page = 'Text<sup class="citation" data-cite="witt2009"></sup>. [safety](../safety/index.md)'
    root = project({**GOOD, "visit/after.md": f"# After\n\n{page}\n"})
    assert not build_project(root)
    assert any("docs/visit/after.md: placeholder: " in line for line in check(root, str(root / "site"))[1])


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_each_form_tells_where_and_what(project: Callable[..., Path], form: str) -> None:
    root = project(BAD, {"safety_section": "safety/"})
    command = [sys.executable, "-m", "publishing", "check", "--project", str(root), "--format", form]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    if form == "github":
        lines = run.stdout.splitlines()
        assert lines[0].startswith("::error file=docs/visit/after.md,title=safety-citation::does not cite")
        assert len(lines) == 2
        return
    report = json.loads(run.stdout)
    if form == "json":
        assert (report["version"], report["errors"], report["warnings"], report["exempt"]) == (1, 2, 0, [])
        assert set(report["findings"][0]) == {"path", "line", "rule", "level", "message"}
    else:
        results = report["runs"][0]["results"]
        assert report["version"] == "2.1.0"
        assert [result["ruleId"] for result in results] == ["safety-citation"] * 2
        assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/visit/after.md"


def test_an_exemption_is_listed_with_its_reason(project: Callable[..., Path]) -> None:
    exempt = {
        "visit/after.md": {"safety-citation": "holds no advice"},
        "visit/closed.md": {"safety-citation": "nor this"},
    }
    root = project(BAD, {"safety_section": "safety/", "exempt": exempt})
    assert check(root) == (
        0,
        [
            "exempt: docs/visit/after.md: safety-citation: holds no advice",
            "exempt: docs/visit/closed.md: safety-citation: nor this",
        ],
    )


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "publishing", "check", str(tmp_path / "nope")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip().endswith("is not a folder. Build the site first with scripts/build.")


def test_a_manifest_that_cannot_be_read_is_one_sentence(build: Callable[..., Built]) -> None:
    built = build(GOOD, {"safety_section": "safety/", "rules": {"front-matter": "off"}})
    (built.site / "publishing.json").write_text("{")
    run = subprocess.run(
        [sys.executable, "-m", "publishing", "check", str(built.site)], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "is not a manifest that this program wrote" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_mark_in_a_part_that_is_not_shown_is_none(tmp_path: Path) -> None:
    mark = '<div data-page-url="a/"><p>Words</p></div>'
    for name, above in (
        ("shown", "<nav>Menu</nav>"),
        ("comment", f"<!-- {mark} -->"),
        ("script", f"<template>{mark}</template>"),
    ):
        (tmp_path / f"{name}.html").write_text(f"<html><body>{above}{mark}</body></html>", encoding="utf-8")
    for name, hidden in (("open-comment", f"<!-- {mark}"), ("text", f"<textarea>{mark}</textarea>")):
        (tmp_path / f"{name}.html").write_text(f"<html><body>{hidden}</body></html>", encoding="utf-8")
    built = BuiltSite(tmp_path, None, "site", "safety/")
    read = [built.read(path) for path in built.files]
    assert {page.url: page.html for page, _, _ in read if page and page.html} == {
        f"{name}.html": "<p>Words</p>" for name in ("shown", "comment", "script")
    }
    unmarked = [finding.path for _, _, found in read for finding in found if finding.rule == "content-mark"]
    assert unmarked == ["site/open-comment.html", "site/text.html"]


def test_of_two_files_with_one_source_one_is_the_page(tmp_path: Path) -> None:
    for path in ("a/index.html", "a.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f'<main data-page-url="a/"><h1>{path}</h1></main>', encoding="utf-8")
    built = BuiltSite(tmp_path, None, "site", "safety/")
    assert [page.source for page in built.names()] == ["a.md"]
    assert [page.html for page, _, _ in map(built.read, built.files) if page] == ["<h1>a/index.html</h1>"]


KINDS = {"number": int, "text": str, "list": list}


def test_the_json_form_is_what_the_manual_says(project: Callable[..., Path]) -> None:
    """Its table of fields, types and meanings, held to what a real check writes, through both doors."""
    warn = {**RULES["rules"], "safety-citation": "warn", "broken-link": "warn"}
    root = project(BAD, {**RULES, "rules": warn, "exempt": {"visit/closed.md": {"safety-citation": "no advice"}}})
    manual = (
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| Field | Type |")[2].partition("\n\n")[0]
    )
    rows = re.findall(r"^\| `([\w.]+)` \| (\w+) \|", manual, re.MULTILINE)
    assert not build_project(root)
    for site in ([], [str(root / "site")]):
        command = [sys.executable, "-m", "publishing", "check", *site, "--project", str(root), "--format", "json"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        report = json.loads(run.stdout)
        assert [name for name, _ in rows if "." not in name] == list(report)
        fields = {name.partition(".")[2]: KINDS[kind] for name, kind in rows if "." in name}
        assert report["findings"]
        for finding in report["findings"]:
            assert {name: type(value) for name, value in finding.items()} == fields
        assert all(isinstance(report[name], KINDS[kind]) for name, kind in rows if "." not in name)
        assert report["errors"] + report["warnings"] == len(report["findings"])


def test_both_doors_name_a_source_that_is_none(project: Callable[..., Path]) -> None:
    warn = {
        "safety_section": "safety/",
        "data": "data/",
        "rules": {"unknown-reference": "warn", "citation-place": "warn", "front-matter": "off"},
    }
    page = (
        "# After\n\n[safety](../safety/index.md)\n\nSome feel better [@nobody2020].\n\n## Then [@nobody2021]\n\nMore.\n"
    )
    root = project({**GOOD, "visit/after.md": page}, warn)
    (root / "data").mkdir(exist_ok=True)
    assert not build_project(root)
    first = check(root)[1]
    second = [line for line in check(root, str(root / "site"))[1] if ": placeholder: " not in line]
    assert first == second
    assert any("unknown-reference: 'nobody2020'" in line for line in first)
    assert any("citation-place: [@nobody2021] stands in a heading" in line for line in first)
