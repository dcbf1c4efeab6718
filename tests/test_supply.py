"""Whose work the project stands on: locked, licensed, and the very files that were taken."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import pytest

from publishing.bill import licences, write_bill
from tests.conftest import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
SOURCES = sorted(
    path for part in ("overrides", "publishing", "tests", "docs") for path in (ROOT / part).rglob("SOURCES")
)
FOREIGN = {".woff2", ".woff", ".ttf", ".otf", ".wasm"}
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\S*)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_has_one_version_and_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))
    assert all(pin.startswith("==") for pin in pins(lock).values())
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_each_locked_package_has_its_licence() -> None:
    assert sorted(licences(ROOT)) == sorted({*pins("requirements.txt"), *pins("requirements-dev.txt")})


@pytest.mark.parametrize("package", sorted(licences(ROOT)))
def test_the_licence_is_the_one_that_the_package_names(package: str) -> None:
    try:
        named = metadata.metadata(package)["License-Expression"]
    except (metadata.PackageNotFoundError, KeyError):
        return  # for another system, or one that names it in free words
    assert named in (None, licences(ROOT)[package])


@pytest.mark.parametrize("sources", SOURCES, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_each_foreign_file_is_the_one_that_was_taken(sources: Path) -> None:
    text = sources.read_text(encoding="utf-8")
    noted = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.MULTILINE)}
    assert noted
    assert {name: hashlib.sha256((sources.parent / name).read_bytes()).hexdigest() for name in noted} == noted
    for word in ("Licence", "Source", "To renew"):
        assert word in text, f"{sources}: does not say '{word}'"


def test_no_foreign_file_is_without_its_source() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    found = [ROOT / name for name in listed] if any(listed) else list(ROOT.glob("[a-z]*/**/*"))
    taken = [path for path in found if path.suffix in FOREIGN or ".min." in path.name]
    assert taken
    for path in taken:
        sources = path.parent / "SOURCES"
        assert sources.is_file() and path.name in sources.read_text(encoding="utf-8"), path


def test_the_list_of_a_release_has_the_licence_of_each_part() -> None:
    parts = json.loads(write_bill(ROOT, "guide", "1.0.0", datetime(2026, 11, 22, tzinfo=UTC)))["components"]
    letters = {path.name for path in ROOT.glob("overrides/**/*.woff2")} | {path.name for path in ROOT.glob("publishing/**/*.ttf")}  # fmt: skip
    assert {part["name"] for part in parts} == letters | set(pins("requirements.txt"))
    assert [part["name"] for part in parts if not part["licenses"] or not part["hashes"]] == []
