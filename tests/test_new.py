"""``python -m publishing new``: what it writes passes every rule; what it must not write, it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from publishing.__main__ import main
from publishing.commands import new
from publishing.front_matter import front_matter_findings, read_front_matter
from publishing.records import PublishingError
from tests.conftest import Built

SAFETY = {"safety/index.md": "# Safety", "index.md": "# Home\n\n[Safety](safety/index.md)"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in SAFETY.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    settings = "site_name: Test\nsite_url: !ENV [URL, '']\nextra: {publishing: {safety_section: safety/}}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "page",
    ["visit/before", "visit/before.md", "docs/visit/before", "top", "a/b/c/deep", "safety/clean-needles", "a/index"],
)
def test_a_new_page_passes_every_rule(page: str, project: Path, build: Callable[..., Built]) -> None:
    assert new.run(page, root=project) == 0
    built = build(publishing={"safety_section": "safety/", "rules": {}, "exempt": {
        name: {"front-matter": "a page of the test"} for name in SAFETY}}, strict=True)  # fmt: skip
    assert built.findings == []
    assert not built.failed, built.errors


def test_it_says_what_to_add_to_the_menu(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new.run("visit/blood-thinners", root=project)
    assert capsys.readouterr().out == (
        "Started docs/visit/blood-thinners.md. Now add this line to nav in mkdocs.yml, under its part:\n\n"
        "- visit/blood-thinners.md\n"
    )


def test_the_whole_form_is_there() -> None:
    page = new.scaffold("visit/blood-thinners.md", "../safety/index.md", date(2026, 8, 31))
    head = read_front_matter(page)
    assert list(front_matter_findings("docs/visit/blood-thinners.md", head)) == []
    assert head.values == {
        "title": "Blood thinners",
        "description": "What to know about blood thinners: the gist, what can go wrong, and when to get help.",
        "question": "What do I need to know about blood thinners?",
        "audience": "patient",
        "checked": "2026-08-31",
        "check_by": "2027-03-01",
        "reviewed_by": "",
        "reviewed_on": "",
        "aliases": "",
        "handout": "false",
    }
    assert "[Safety](../safety/index.md)" in page


@pytest.mark.parametrize(
    "page",
    ["../outside", "visit/../../outside", "/etc/page", "visit//page", "visit/", "", "Visit/Page", "a page", "visit\\page",
     "visit/.hidden", "visit/page\n", "visit/-", "visit/a--b", "-rf", "visit/page.html", 'visit/"x', "docs/", "é"],
)  # fmt: skip
def test_a_bad_path_is_refused(page: str, project: Path) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(PublishingError, match="cannot be the path of a page: write lower-case letters"):
        new.run(page, root=project)
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("page", ["index", "safety/index", "safety", "safety.md"])
def test_a_page_that_is_there_is_kept(page: str, project: Path) -> None:
    with pytest.raises(PublishingError, match="is there already: edit it, or choose another path"):
        new.run(page, root=project)
    assert (project / "docs/safety/index.md").read_text(encoding="utf-8") == SAFETY["safety/index.md"]


def test_a_folder_that_leads_elsewhere_is_refused(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project / "docs/visit").symlink_to(elsewhere)
    with pytest.raises(PublishingError, match="leads out of"):
        new.run("visit/page", root=project)
    assert list(elsewhere.iterdir()) == []


def test_a_site_without_a_safety_section_is_told_so(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
    with pytest.raises(PublishingError, match="safety_section names no page"):
        new.run("page", root=project)


def test_at_the_door_a_fault_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "../outside"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
