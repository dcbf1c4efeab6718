"""Nothing half-done: builds that are killed, meet one another, or run out of room."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from publishing.exchange import exchange
from publishing.output import Staging
from tests.conftest import write_project

PUBLISHING = {"safety_section": "safety/", "rules": {}, "print": {"papers": ["a4"]}}
HEAD = '---\ntitle: "{0}"\ndescription: "{0}"\nquestion: "{0}?"\naudience: patient\nchecked: 2026-11-22\n' \
    "check_by: 2027-05-22\nreviewed_by:\nreviewed_on:\naliases: []\nhandout: true\n---\n"  # fmt: skip
RUN = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); runpy.run_module('mkdocs', run_name='__main__')"
Files = dict[str, bytes]


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    project(tmp_path, "The first words.")
    whole = [built(tmp_path)]
    project(tmp_path, "The second words.")
    since = time.monotonic()
    other = built(tmp_path)
    took = time.monotonic() - since
    whole.append(other)
    chance = random.Random(20)
    for turn in range(20):
        project(tmp_path, "The first words." if turn % 2 else "The second words.")
        build = start(tmp_path)
        time.sleep(took * (turn + chance.random()) / 20)
        build.kill()
        build.wait()
        assert files(tmp_path / "site") in whole, f"killed in turn {turn}"
    project(tmp_path, "The first words.")
    assert built(tmp_path) == whole[0]
    assert left(tmp_path) == []


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    folders = tmp_path / "Ein längerer Weg", tmp_path / "b"
    for folder, words in zip(folders, ("The first words.", "The second words."), strict=True):
        project(folder, words)
    whole = [built(folder) for folder in folders]
    target = tmp_path / "site"
    for _ in range(3):
        builds = [start(folder, "--site-dir", str(target)) for folder in folders]
        assert [build.wait() for build in builds] == [0, 0]
        assert files(target) in whole
        assert left(tmp_path) == []


def test_the_first_build_may_be_overtaken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build takes the free place between the look at it and the rename."""
    staging, target = Staging(tmp_path / "site"), tmp_path / "site"
    staging.open()
    (staging.folder / "ours").touch()
    rename = Path.rename

    def overtaken(path: Path, to: Path) -> Path:
        monkeypatch.undo()
        target.mkdir()
        (target / "theirs").touch()
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", overtaken)
    staging.commit()
    assert list(files(target)) == ["ours"]
    assert left(tmp_path) == []


def test_a_disk_without_room_is_told(tmp_path: Path) -> None:
    project(tmp_path, "The first words.")
    before = built(tmp_path)
    (tmp_path / "docs/large.md").write_text(
        HEAD.format("Large") + "# Large\n\n[safety](safety/index.md)\n" + "Word. " * 50_000
    )
    command = [sys.executable, "-c", RUN.format(200_000), "build", "-q"]
    run = subprocess.run(command, cwd=tmp_path, env=surroundings(), capture_output=True, text=True)
    assert run.returncode == 1
    assert "cannot be written (File too large). Free some space in" in run.stderr
    assert "Traceback" not in run.stderr
    assert files(tmp_path / "site") == before
    assert left(tmp_path) == []


def test_folders_trade_names(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    if not exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this file system has no such step; a build then takes two")
    assert (tmp_path / "one/file").read_text() == "other"
    assert (tmp_path / "other/file").read_text() == "one"
    with pytest.raises(OSError, match="No such file"):
        exchange(tmp_path / "one", tmp_path / "gone")


def project(root: Path, words: str) -> None:
    pages = {
        "index.md": HEAD.format("Home") + f"# Home\n\n{words} Read on at [safety](safety/index.md).\n",
        "safety/index.md": HEAD.format("Safety") + f"# Safety\n\n{words} Back [home](../index.md).\n",
    }
    write_project(root, pages, PUBLISHING)


def start(root: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q", *options], cwd=root, env=surroundings())


def built(root: Path) -> Files:
    assert start(root).wait() == 0
    return files(root / "site")


def files(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def left(root: Path) -> list[str]:
    return sorted(path.name for path in root.glob(".site*"))


def surroundings() -> Mapping[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": "1800000000", "NO_MKDOCS_2_WARNING": "1"}
