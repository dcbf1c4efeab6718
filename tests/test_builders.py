"""Sites that other generators built: the second door judges them as it judges MkDocs' own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import write_project
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
