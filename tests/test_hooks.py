"""The hooks inside MkDocs: every way to build, and what a failed build leaves behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Built, write_project

GOOD = {"index.md": "# Home\n\n[safety](safety/index.md)\n", "safety/index.md": "# Safety\n"}
BAD = {**GOOD, "visit/after.md": "# After\n\nNothing.\n"}
FINDING = (
    "docs/visit/after.md: safety-citation: does not cite the safety section. "
    "Add a visible link, for example [safety](../safety/index.md)."
)
REMOVED = "\n[gone](gone.md)\n"


def mkdocs(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *words], cwd=root, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("flags", [[], ["-q"], ["-v"], ["--strict"], ["--strict", "-q"], ["--dirty"]])
def test_an_uncited_page_fails_the_build_under_every_flag(tmp_path: Path, flags: list[str]) -> None:
    write_project(tmp_path, BAD, None)
    run = mkdocs(tmp_path, "build", *flags)
    assert run.returncode == 1
    assert FINDING in run.stderr.splitlines()
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("flags", [[], ["-q"], ["-v"], ["--strict"], ["--dirty"]])
def test_a_cited_site_is_built_under_every_flag(tmp_path: Path, flags: list[str]) -> None:
    write_project(tmp_path, GOOD, None)
    run = mkdocs(tmp_path, "build", *flags)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "site" / "index.html").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def test_a_quiet_build_says_nothing(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD, None)
    run = mkdocs(tmp_path, "build", "-q")
    assert (run.stdout, run.stderr) == ("", "")


def test_two_builds_in_one_process_share_nothing(build: Callable[..., Built]) -> None:
    first = build(BAD)
    assert first.findings == [FINDING]
    (first.root / "docs/visit/after.md").unlink()
    second = build(GOOD)
    assert not second.failed
    assert build(BAD).findings == [FINDING]
    assert (second.site / "index.html").exists()


def test_a_failed_build_leaves_the_last_good_site(build: Callable[..., Built]) -> None:
    built = build(GOOD)
    before = {path: path.read_bytes() for path in built.site.rglob("*") if path.is_file()}
    assert build(BAD).failed
    after = {path: path.read_bytes() for path in built.site.rglob("*") if path.is_file()}
    assert before == after
    assert sorted(path.name for path in built.root.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_a_warning_under_strict_leaves_the_last_good_site(build: Callable[..., Built]) -> None:
    built = build(GOOD)
    before = (built.site / "index.html").read_bytes()
    warned = build({**GOOD, "index.md": GOOD["index.md"] + REMOVED}, strict=True)
    assert warned.failed
    assert "gone.md" in warned.warnings
    assert (built.site / "index.html").read_bytes() == before
    assert sorted(path.name for path in built.root.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_what_a_killed_build_left_is_put_right(build: Callable[..., Built]) -> None:
    built = build(GOOD)
    built.site.rename(built.root / ".site-old-999999999-00000000")
    (built.root / ".site-new-999999999-00000000").mkdir()
    assert build(BAD).failed
    assert (built.site / "index.html").exists()
    assert sorted(path.name for path in built.root.iterdir()) == ["docs", "mkdocs.yml", "site"]


def test_a_linked_output_folder_stays_a_link(build: Callable[..., Built], tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    assert not build(GOOD).failed
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "elsewhere" / "index.html").exists()


def test_an_output_that_is_a_file_is_refused(build: Callable[..., Built], tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    built = build(GOOD)
    assert built.failed
    assert "is a file, not a folder. Move it away" in built.errors
    assert (tmp_path / "site").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write to, root included")
def test_an_output_that_cannot_be_written_is_refused(build: Callable[..., Built]) -> None:
    built = build(GOOD, site_dir="/proc/needling/site")
    assert built.failed
    assert re.search(r"/proc/needling/site: cannot be written \(.+\)\. Make .+ writable", built.errors)


def test_all_kinds_of_fault_are_named_at_once(build: Callable[..., Built]) -> None:
    pages = {**BAD, "latin.md": "# Caf\xe9\n\n[s](safety/index.md)\n".encode("latin-1")}
    built = build(pages)
    assert built.findings == [
        "docs/latin.md:1: encoding: is not UTF-8 text. Save it as UTF-8 in your editor ('Encoding' when saving).",
        FINDING,
    ]
    assert built.errors.startswith("2 findings. Nothing was published; the last good output is as it was.")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"safty_section": "safety/"},
            "extra.publishing.safty_section is not a setting. Did you mean 'safety_section'?",
        ),
        ({"safety_section": "../x"}, "extra.publishing.safety_section is not a folder or a page under docs"),
        ({"safety_section": 7}, "extra.publishing.safety_section is not a folder or a page under docs"),
        ({"safety_section": "./"}, "extra.publishing.safety_section names the whole site"),
        ("safety/", "extra.publishing is not a list of settings"),
        ({"rules": {"safety-citaton": "off"}}, "safety-citaton is not a rule. Did you mean 'safety-citation'"),
        ({"rules": {"safety-citation": "maybe"}}, "'maybe' is not a level. Write off, warn or error."),
        ({"exempt": {"a.md": {"safety-citation": ""}}}, "exempt.a.md: safety-citation has no reason"),
        ({"print": {"papers": ["a5"]}}, "print.papers: 'a5' is not a paper. Did you mean 'a4'?"),
    ],
)
def test_a_wrong_setting_ends_the_build(build: Callable[..., Built], given: object, message: str) -> None:
    built = build(GOOD, given)
    assert built.failed
    assert message in built.errors
    assert built.errors.startswith("mkdocs.yml: ")


def test_a_site_without_settings_of_ours_is_built(build: Callable[..., Built]) -> None:
    assert not build(BAD, {}).failed


def test_the_live_preview_warns_and_goes_on(tmp_path: Path) -> None:
    write_project(tmp_path, BAD, None)
    page = tmp_path / "docs/visit/after.md"
    with _preview(tmp_path) as (url, log):
        assert "After" in _get(f"{url}/visit/after/")
        _wait_for(log, FINDING)
        page.write_text("# After\n\n[safety](../safety/index.md)\n")
        _wait_for_page(f"{url}/visit/after/", "safety</a>")
    assert not (tmp_path / "site").exists()


def test_the_preview_shows_the_findings_of_a_page_on_that_page(tmp_path: Path) -> None:
    page = "# After\n\n[safety](../safety/index.md) and [gone](../gone.html#x)\n"
    theme = {"name": "material", "font": False, "custom_dir": str(ROOT / "overrides")}
    rules = {"safety_section": "safety/", "rules": {"front-matter": "off"}}
    write_project(tmp_path, {**GOOD, "visit/after.md": page}, rules, theme=theme, plugins=["search"])
    with _preview(tmp_path) as (url, _):
        shown = _get(f"{url}/visit/after/")
        assert "1 finding on this page" in shown
        assert "<b>Line 3.</b> <code>broken-link</code> links to" in shown
        assert "on this page</h2>" not in _get(f"{url}/")
    (tmp_path / "docs/visit/after.md").write_text("# After\n\n[safety](../safety/index.md)\n")
    assert mkdocs(tmp_path, "build", "-q").returncode == 0
    assert 'class="findings"' not in "".join(path.read_text() for path in (tmp_path / "site").rglob("*.html"))


class _preview:
    """`mkdocs serve` on a free port, for as long as the block runs."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> tuple[str, Path]:
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = self._root / "serve.log"
        self._log = log.open("w")
        words = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
        self._process = subprocess.Popen(words, cwd=self._root, stderr=self._log, stdout=self._log)
        _wait_for(log, "Serving on")
        return f"http://127.0.0.1:{port}", log

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._log.close()


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def _wait_for(log: Path, words: str) -> None:
    _until(lambda: words in log.read_text(), lambda: log.read_text())


def _wait_for_page(url: str, words: str) -> None:
    _until(lambda: words in _get(url), lambda: _get(url))


def _until(holds: Callable[[], bool], tell: Callable[[], str]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, tell()
        time.sleep(0.1)
