"""``python -m publishing build``: what it makes of MkDocs' lines, and the one date that enters the output."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from publishing.commands import build
from publishing.commands.build import Account, source_date
from publishing.records import PublishingError

LOG = """\
INFO    -  Cleaning site directory
INFO    -  Building documentation to directory: /somewhere/site
INFO    -  stage read 1.25
WARNING -  A relative path to 'x.md' is included in the 'nav' configuration.
INFO    -  stage print 2.00
INFO    -  warning: docs/visit/after.md: reading-grade: is hard to read.
INFO    -  counts pages=15 pdfs=9 findings=0 warnings=1
docs/visit/after.md: safety-citation: does not cite the safety section.
INFO    -  stage write 0.10
INFO    -  Documentation built in 3.40 seconds
"""


def test_what_is_told_and_what_passes_through() -> None:
    account = Account({"set-up": 12.0})
    assert list(account.take(LOG.splitlines(keepends=True))) == [
        "WARNING -  A relative path to 'x.md' is included in the 'nav' configuration.\n",
        "warning: docs/visit/after.md: reading-grade: is hard to read.\n",
        "docs/visit/after.md: safety-citation: does not cite the safety section.\n",
    ]
    assert str(account) == (
        "Pages: 15\nPDFs: 9\nFindings: 0\nWarnings: 1\nTime: set-up 12.0 s, read 1.2 s, print 2.0 s, write 0.1 s"
    )


PRINTED = [f"INFO    -  printed {done} of 40\n" for done in range(2, 41, 2)]


def test_a_terminal_has_a_bar() -> None:
    drawn = list(Account(on_terminal=True).take(PRINTED))
    assert drawn[0] == "\rPrinting [#.............................] 2 of 40"
    assert drawn[9] == "\rPrinting [###############...............] 20 of 40"
    assert drawn[-1] == "\r\x1b[K"
    assert len(drawn) == len(PRINTED)


def test_a_log_has_a_few_lines() -> None:
    assert list(Account().take(PRINTED)) == [f"Printed {done} of 40 PDFs\n" for done in (10, 20, 30, 40)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\ntheme: {name: mkdocs}\n", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changes\n\n## [Unreleased]\n\nOn 2027-01-01.\n\n## [0.2.0] - 2026-12-01\n\n## [0.1.0] - 2026-11-22\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_build_says_what_it_made(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert build.run("site", set_up=3.0) == 0
    assert (project / "site/index.html").exists()
    printed = capfd.readouterr()
    assert "Time: set-up 3.0 s, all " in printed.out
    assert f"The site: {project}/site/index.html" in printed.out
    assert printed.err == f"Building {project}/site, dated 2026-12-01 (CHANGELOG.md) ...\n"


def test_the_words_of_mkdocs_pass_through_when_it_fails(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / "mkdocs.yml").write_text("site_name: Test\nstrange: 1\n", encoding="utf-8")
    assert build.run("site") != 0
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "Unrecognised configuration name: strange" in printed.err


def test_the_date_is_that_of_the_last_commit(project: Path) -> None:
    git = ("git", "-C", str(project), "-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run([*git, "init", "-q"], check=True)
    assert source_date(project)[1] == "CHANGELOG.md"  # no commit yet
    when = {"GIT_COMMITTER_DATE": "2026-11-23T10:00:00+0000", "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], env=when, check=True)
    date, origin = source_date(project)
    assert (date.isoformat(), origin) == ("2026-11-23T10:00:00+00:00", "the last commit")
    (project / "unpacked").mkdir()  # the repository that this folder lies in is another's
    (project / "unpacked/CHANGELOG.md").write_text("## [0.1.0] - 2026-11-22\n", encoding="utf-8")
    date, origin = source_date(project / "unpacked")
    assert (date.isoformat(), origin) == ("2026-11-22T00:00:00+00:00", "CHANGELOG.md")


def test_a_date_that_is_given_holds(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert source_date(project)[0].year == 1970


@pytest.mark.parametrize("text", ["# Changes\n", "## [0.1.0] - 2026-02-31\n"])
def test_a_change_log_without_a_date_is_told(text: str, project: Path) -> None:
    (project / "CHANGELOG.md").write_text(text, encoding="utf-8")
    with pytest.raises(PublishingError, match="has no date to go by"):
        source_date(project)
