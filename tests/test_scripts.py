"""The scripts on a machine that lacks something: one sentence each, never a traceback.

Each runs in a copy of its own, whose folder has a space in its name, on a PATH that holds nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publishing.commands import install, system
from publishing.records import PublishingError

ROOT = Path(__file__).parents[1]
SCRIPTS = [*sorted((ROOT / "scripts").iterdir()), ROOT / ".ci/run"]


class Clone:
    """A copy of what setting up needs, on a machine that has bash, this Python, and what a test adds."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.bin = folder / "bin"
        self.bin.mkdir()
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        shutil.copytree(ROOT / "publishing", self.root / "publishing")
        for lock in ROOT.glob("requirements*.txt"):
            shutil.copy(lock, self.root)
        for tool in ("bash", "dirname", "env", "rm", "true"):
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        self.has("python3", f'exec "{sys.executable}" "$@"')

    def has(self, tool: str, body: str) -> None:
        (self.bin / tool).unlink(missing_ok=True)
        (self.bin / tool).write_text(f"#!{shutil.which('bash')}\n{body}\n", encoding="utf-8")
        (self.bin / tool).chmod(0o755)

    def install(self, *options: str, before: str = "", **surroundings: str) -> subprocess.CompletedProcess[str]:
        unreachable = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
        return subprocess.run(
            ["bash", "-c", f'{before} exec "$@"', "bash", str(self.root / "scripts/install"), *options],
            cwd=self.bin,
            env={"PATH": str(self.bin), "HOME": str(self.bin), **unreachable, **surroundings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def fault_of(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a failed script ends with."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.endswith("...")]  # what it was doing
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_short_and_can_be_run(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 20
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[1].startswith("# ")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True).stderr == b""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_keeps_to_what_macos_has(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    newer = [
        "mapfile",
        "readarray",
        "declare -A",
        "readlink -f",
        "realpath",
        "|&",
        "&>>",
        "${@,,}",
        "sed -i",
        "date -d",
    ]
    assert [word for word in newer if word in text] == []


def test_python_is_too_old(clone: Clone) -> None:
    clone.has("python3", 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi')
    fault = fault_of(clone.install())
    assert fault.startswith("Python 3.11 or newer is needed, and Python 3.9.2 was found: install it (Debian, Ubuntu:")


def test_python_is_not_there(clone: Clone) -> None:
    (clone.bin / "python3").unlink()
    assert fault_of(clone.install()).startswith("Python 3.11 or newer is needed, and no Python was found")


def test_an_old_python3_beside_a_newer_one(clone: Clone) -> None:
    clone.has("python3", "exit 1")
    clone.has("python3.13", '[ "$1" = -c ] || echo "newer: $*"')
    assert clone.install("--dev").stdout == "newer: -m publishing install --dev\n"


@pytest.fixture
def no_venv_module(clone: Clone) -> dict[str, str]:
    """As on Debian without python3-venv: venv is there, the ensurepip that it needs is not."""
    modules = clone.root / "without"
    modules.mkdir()
    (modules / "ensurepip.py").write_text("raise ModuleNotFoundError('ensurepip')", encoding="utf-8")
    return {"PYTHONPATH": str(modules)}


def test_the_venv_module_is_not_there(clone: Clone, no_venv_module: dict[str, str]) -> None:
    fault = fault_of(clone.install(**no_venv_module))
    assert fault.startswith("Python's venv module is missing from ")
    assert f"apt-get install python3.{sys.version_info.minor}-venv), then run this again." in fault
    assert not (clone.root / ".venv").exists()


@pytest.mark.parametrize("user", [0, 1000])
def test_the_venv_module_is_fetched_where_that_asks_for_no_password(
    user: int, clone: Clone, no_venv_module: dict[str, str]
) -> None:
    Path(no_venv_module["PYTHONPATH"], "sitecustomize.py").write_text(
        f"import os; os.geteuid = lambda: {user}", encoding="utf-8"
    )
    clone.has("sudo", 'shift; exec "$@"')
    clone.has("apt-get", f'echo "$*" >> "{clone.bin}/calls"; [ "$1" = update ] || rm "$PYTHONPATH/ensurepip.py"')
    Path(no_venv_module["PYTHONPATH"], "venv.py").write_text(
        "if __name__ == '__main__': raise SystemExit('Error: the next stage')", encoding="utf-8"
    )
    assert fault_of(clone.install(**no_venv_module)) == "Could not make a virtual environment: Error: the next stage"
    calls = (clone.bin / "calls").read_text(encoding="utf-8").splitlines()
    assert calls == ["update", f"install -y --no-install-recommends python3.{sys.version_info.minor}-venv"]


def test_there_is_no_network(clone: Clone) -> None:
    fault = fault_of(clone.install())
    assert fault == (
        "There is no connection to the package index: connect to the internet (only setting up needs it), "
        "then run this again."
    )
    assert not (clone.root / ".venv").exists()


def test_the_disk_is_full(clone: Clone) -> None:
    # A limit on a file's size takes the place of a full disk: both stop the unpacking of pip.
    fault = fault_of(clone.install(before="ulimit -f 500;"))
    assert fault.startswith("The disk is full: free about 1 GB for ")
    assert not (clone.root / ".venv").exists()


def test_setting_up_is_done_once_and_mends_what_is_half_made(clone: Clone) -> None:
    (clone.root / "requirements.txt").write_text("# none, so that no network is needed\n", encoding="utf-8")
    left_over = clone.root / ".venv/left-over"
    left_over.mkdir(parents=True)

    first = clone.install()
    assert (first.returncode, first.stdout) == (0, "")
    assert ".venv is ready, in " in first.stderr
    assert not left_over.exists()

    second = clone.install()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_what_is_installed_again_when_a_lock_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def make(venv: Path) -> None:
        done.append("venv")
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin/python").unlink(missing_ok=True)
        (venv / "bin/python").symlink_to(sys.executable)

    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "_make", make)
    monkeypatch.setattr(install, "_install", lambda venv, lock: done.append(lock))

    def installs(*locks: str) -> list[str]:
        done.clear()
        install.set_up(tmp_path / "venv", locks)
        return list(done)

    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    (tmp_path / "b.txt").write_text("1", encoding="utf-8")
    assert installs("a.txt") == ["venv", "a.txt"]
    assert installs("a.txt", "b.txt") == ["b.txt"]
    assert installs("a.txt") == []
    (tmp_path / "b.txt").write_text("2", encoding="utf-8")
    assert installs("a.txt") == []
    assert installs("a.txt", "b.txt") == ["venv", "a.txt", "b.txt"]
    (tmp_path / "venv/bin/python").unlink()  # the Python that it was made with has gone
    assert installs("a.txt") == ["venv", "a.txt"]
    (tmp_path / "venv/installed.json").write_text("{", encoding="utf-8")  # stopped while writing
    assert installs("a.txt") == ["venv", "a.txt"]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            "The disk is full",
        ),
        (
            "WARNING: Retrying ... Failed to establish ...: [Errno -3] Temporary failure in name resolution",
            "no connection",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("noise\nERROR: No matching distribution found for x==1\n", "Could not try: ERROR: No matching distribution"),
        ("", "Could not try: no reason was given"),
    ],
)
def test_each_fault_has_its_sentence(output: str, sentence: str) -> None:
    assert sentence in install.explain("try", output)


@pytest.mark.parametrize(("name", "packages"), [("nginx", ["nginx", "nginx-common"]), ("caddy", ["caddy"])])
@pytest.mark.parametrize("after", ["unpacked", "brewed", "nothing"])
def test_a_server_is_got_without_touching_the_machine(
    after: str, name: str, packages: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unpacked from Debian's packages, else from Homebrew, else a sentence that says how."""
    done: list[tuple[str, ...]] = []

    def unpack(folder: Path, *packages: str) -> bool:
        done.append(("unpack", str(folder.relative_to(tmp_path)), *packages))
        return after == "unpacked"

    def succeeds(*command: str, cwd: str | None = None) -> bool:
        done.append(command)
        return after == "brewed"

    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(system, "server", lambda name, venv: name if len(done) > (after == "brewed") else None)
    monkeypatch.setattr(system, "unpack_packages", unpack)
    monkeypatch.setattr(system, "succeeds", succeeds)
    if after == "nothing":
        monkeypatch.setattr(system, "server", lambda name, venv: None)
        with pytest.raises(PublishingError, match=rf"serve the site with {name}.*apt-get install {name} \(macOS"):
            install._get_server(name, *packages)
        return
    install._get_server(name, *packages)
    assert done[0] == ("unpack", f".venv/{name}", *packages)
    assert done[1:] == ([("brew", "install", name)] if after == "brewed" else [])


def test_packages_are_unpacked_without_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tool, body in (
        ("apt-get", '[ "$1" = download ] && : > nginx_1.deb'),
        ("dpkg-deb", 'cp "$2" "$3"; ls "$3" > "$3/log"'),
    ):
        (tmp_path / tool).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / tool).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    target = tmp_path / "nginx"
    target.mkdir()
    assert system.unpack_packages(target, "nginx")
    assert (target / "log").read_text().splitlines()[-1] == "nginx_1.deb"
