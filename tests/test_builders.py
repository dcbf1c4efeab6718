"""Sites that other generators built: the second door judges them as it judges MkDocs' own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.commands.build import source_date
from tests.conftest import ROOT, write_project
from tests.test_built import BAD, GOOD, RULES, TEMPLATE, check

BIN = Path(sys.executable).parent
ZENSICAL = "zensical"  # ignores hooks, and publishes in silence
PROPERDOCS = "properdocs"


def build_with(builder: str, root: Path, pages: dict[str, str], hooks: list[str]) -> subprocess.CompletedProcess[str]:
    (root / "theme").mkdir(exist_ok=True)
    (root / "theme/main.html").write_text(TEMPLATE)
    theme = {"name": "material", "custom_dir": "theme", "font": False}
    write_project(root, pages, RULES, theme=theme, plugins=["search"], hooks=hooks)
    command = [str(BIN / builder), "build", "-f", "mkdocs.yml"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("builder", [PROPERDOCS, ZENSICAL])
def test_a_page_without_its_citation_is_named(builder: str, tmp_path: Path) -> None:
    built = build_with(builder, tmp_path, BAD, hooks=[])
    assert built.returncode == 0, built.stderr
    code, lines = check(tmp_path, str(tmp_path / "site"))
    assert code == 1
    cited = [line for line in lines if "safety-citation" in line]
    assert [line.partition(":")[0] for line in cited] == ["site/visit/after.md", "site/visit/closed.md"]
    assert "is in a closed box" in cited[1]
    assert any(line.startswith("site: site-manifest: the site has no publishing.json") for line in lines)


@pytest.mark.parametrize("builder", [PROPERDOCS, ZENSICAL])
def test_a_cited_site_lacks_only_its_manifest(builder: str, tmp_path: Path) -> None:
    assert build_with(builder, tmp_path, GOOD, hooks=[]).returncode == 0
    _, lines = check(tmp_path, str(tmp_path / "site"))
    assert [line.split(": ")[1] for line in lines] == ["site-manifest"]


def test_the_fork_of_mkdocs_runs_the_hooks(tmp_path: Path) -> None:
    hooks = [str(Path(__file__).resolve().parent.parent / "hooks.py")]
    failed = build_with(PROPERDOCS, tmp_path, BAD, hooks)
    assert failed.returncode == 1
    assert "docs/visit/closed.md: safety-citation: does not cite the safety section." in failed.stderr
    assert not (tmp_path / "site").exists()


def test_the_fork_builds_the_whole_guide_byte_for_byte(tmp_path: Path) -> None:
    """But for the tag that names the builder: pages, sheets, the copy for a USB stick, the policy and all."""
    when = str(int(source_date(ROOT)[0].timestamp()))
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": when, "NO_MKDOCS_2_WARNING": "1"}
    for builder in ("mkdocs", PROPERDOCS):
        command = [str(BIN / builder), "build", "-q", "--strict", "-f", "mkdocs.yml", "-d", str(tmp_path / builder)]
        built = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True)
        assert built.returncode == 0, built.stderr
    ours, theirs = (dict(unnamed(tmp_path / builder)) for builder in ("mkdocs", PROPERDOCS))
    assert list(ours) == list(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert sum(name.endswith(".pdf") for name in ours) >= 40
    code, lines = check(ROOT, str(tmp_path / PROPERDOCS))
    assert (code, [line for line in lines if ": check-due: " not in line]) == (0, [])  # a day will come for each page


def unnamed(site: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, what is in the zip too, without the builder's name; the manifest without its hashes of them."""
    tag = re.compile(rb'<meta name="generator" content="mkdocs-(?:1\.6\.1|ProperDocs 1\.6\.7), ')
    for path in sorted(file for file in site.rglob("*") if file.is_file()):
        name = path.relative_to(site).as_posix()
        if name == "publishing.json":
            yield name, json.dumps({**json.loads(path.read_bytes()), "files": []}).encode()
        elif name.endswith(".zip"):
            with zipfile.ZipFile(path) as packed:
                for entry in packed.infolist():
                    about = f"{entry.date_time} {entry.external_attr}".encode()
                    yield f"{name}/{entry.filename}", about + tag.sub(b"", packed.read(entry))
        else:
            yield name, tag.sub(b"", path.read_bytes())
