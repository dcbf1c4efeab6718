"""``python -m publishing release``: what it refuses, and what it hands on."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from publishing.archive import sums
from publishing.commands import build, changes, check, release
from publishing.commands.check import Judged
from publishing.records import Finding, PublishingError
from tests.conftest import copy_project

NOTES = "\n## [0.9.0] - 2026-11-22\n\n### Corrected\n\n- A figure.\n\n## [0.1.0] - 2026-11-22\n"
OVERDUE = Finding("docs/index.md", 6, "check-due", "was to be checked by 2026-11-01.", "warning")


@pytest.fixture
def project(guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of the guide that is ready for 0.9.0."""
    root = tmp_path / "project"
    copy_project(root)
    assert changes.run([], "new", "The first edition.", site=str(guide), project=str(root)) == 0
    for file, old, new in (
        ("CHANGELOG.md", "\n## [0.1.0] - 2026-11-22\n", NOTES),
        ("pyproject.toml", 'version = "0.1.0"', 'version = "0.9.0"'),
    ):
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    for module in (release, build):
        monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setenv("SITE_URL", "https://example.org/guide/")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    return root


@pytest.fixture
def built(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of the build, which has tests of its own, the site that the other tests look at."""

    def copied(site: str) -> int:
        shutil.copytree(guide, site)
        return 0

    monkeypatch.setattr(build, "run", copied)


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org", *words], check=True)


def test_what_a_release_holds(project: Path, built: None) -> None:
    assert release.run("0.9.0") == 0
    folder = project / "release/0.9.0"
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(name for name in first if "-pack-" not in name) == [
        "RELEASE-NOTES.md",
        "SHA256SUMS",
        "needling-guide-0.9.0-offline.zip",
        "needling-guide-0.9.0-site.tar.gz",
        "needling-guide-0.9.0.cdx.json",
    ]
    noted = first["SHA256SUMS"].decode()
    (folder / "SHA256SUMS").unlink()
    assert sums(folder) == noted
    with tarfile.open(folder / "needling-guide-0.9.0-site.tar.gz") as archive:
        names = archive.getnames()
    assert "needling-guide-0.9.0/visit/after/index.html" in names
    assert {name.split("/")[0] for name in names} == {"needling-guide-0.9.0"}
    bill = json.loads(first["needling-guide-0.9.0.cdx.json"])
    typst = next(part for part in bill["components"] if part["name"] == "typst")
    assert (typst["purl"].partition("@")[0], typst["licenses"]) == (
        "pkg:pypi/typst",
        [{"license": {"id": "Apache-2.0"}}],
    )
    assert [part["name"] for part in bill["components"] if not part.get("licenses")] == []
    emoji = next(part for part in bill["components"] if part["name"].startswith("NotoEmoji"))
    assert (emoji["licenses"], emoji["type"]) == ([{"license": {"id": "OFL-1.1"}}], "file")
    assert "### Corrected\n\n- A figure." in first["RELEASE-NOTES.md"].decode()
    assert "The first edition." not in first["RELEASE-NOTES.md"].decode()
    git(project, "tag", "v0.9.0")  # the same commit may be released again, and gives the same bytes
    release.run("0.9.0")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_all_that_is_not_in_order_is_told_at_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL")
    (project / "docs/index.md").write_text("# Changed\n", encoding="utf-8")
    (project / "new.txt").write_text("new", encoding="utf-8")
    with pytest.raises(PublishingError) as refused:
        release.run("0.9.1")
    assert [line.partition(". ")[0] for line in str(refused.value).splitlines()] == [
        "0.9.1 is not released:",
        "SITE_URL: is not an https address, so that sheets and pages could not name theirs",
        "docs/index.md: is not committed",
        "new.txt: is not committed",
        "CHANGELOG.md: says nothing of 0.9.1",
    ]
    assert not (project / "release").exists()


@pytest.mark.parametrize(
    ("version", "log", "told"),
    [
        ("next", "", "next: is not a version. Write three numbers, for example 0.2.0."),
        ("../x", "", "../x: is not a version."),
        ("0.9.0", "## [0.9.0] - 2999-01-01\n\n- A figure.\n", "is dated 2999-01-01, which is still to come"),
        ("0.9.0", "## [0.9.0] - 2026-11-22\n\n## [0.1.0] - 2026-11-22\n", "CHANGELOG.md: says nothing of 0.9.0."),
        ("0.9.5", "## [0.9.5] - 2026-11-22\n\n- A figure.\n", 'pyproject.toml: has another version. Write `version = "0.9.5"`'),
    ],
)  # fmt: skip
def test_a_version_that_the_change_log_does_not_bear_out(version: str, log: str, told: str, project: Path) -> None:
    (project / "CHANGELOG.md").write_text(f"# Changes\n\n{log}", encoding="utf-8")
    git(project, "commit", "-q", "--allow-empty", "-am", "x")
    with pytest.raises(PublishingError) as refused:
        release.run(version)
    assert told in str(refused.value)


def test_a_version_that_another_commit_bears_is_taken(project: Path) -> None:
    git(project, "tag", "v0.9.0")
    git(project, "commit", "-q", "--allow-empty", "-m", "x")
    with pytest.raises(PublishingError, match="v0.9.0: is the tag of another commit"):
        release.run("0.9.0")


def test_an_overdue_page_is_not_released(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "judge_source", lambda root: Judged([OVERDUE], []))
    with pytest.raises(PublishingError, match=r"findings in the pages(?s:.*)docs/index\.md:6: check-due"):
        release.run("0.9.0")


def test_a_fault_of_the_built_site_is_not_released(project: Path, built: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "judge_source", lambda root: Judged([], []))
    monkeypatch.setattr(check, "judge_built", lambda site, root: Judged([OVERDUE], []))
    with pytest.raises(PublishingError, match="findings in the built site"):
        release.run("0.9.0")
    assert list((project / "release").iterdir()) == []


def test_sheets_that_nobody_noted_are_not_released(project: Path, built: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old sheet can only be called back when its edition is known."""
    noted = (project / "data/changes.yml").read_text(encoding="utf-8")
    changed = [
        ("changes: []\n", "data/changes.yml: has no edition of any sheet. Note what is given out: `scripts/build`"),
        (noted.replace('sheet: "visit/after.md"', 'sheet: "visit/aft.md"'), "data/changes.yml: has no edition [0-9a-f]{6} of visit/after.md\n"),
        (noted.rpartition("\n  - ")[0] + "\n", "data/changes.yml: has no edition [0-9a-f]{6} of wallet\n"),
    ]  # fmt: skip
    monkeypatch.setattr(check, "judge_source", lambda root: Judged([], []))
    monkeypatch.setattr(check, "judge_built", lambda site, root: Judged([], []))
    for text, told in changed:
        assert text != noted
        (project / "data/changes.yml").write_text(text, encoding="utf-8")
        git(project, "commit", "-q", "-am", "x")
        with pytest.raises(PublishingError, match=told):
            release.run("0.9.0")
        assert list(project.glob("release/*")) == []


def test_a_folder_that_is_no_repository_is_not_released(project: Path) -> None:
    shutil.rmtree(project / ".git")
    with pytest.raises(PublishingError, match="is not a git repository"):
        release.run("0.9.0")
