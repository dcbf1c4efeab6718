"""Small real sites, built by the real MkDocs with the project's own hooks."""

from __future__ import annotations

import logging
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GUIDE_DATE = 1_800_000_000
"""SOURCE_DATE_EPOCH of the build that the tests look at."""
EXTENSIONS: list[Any] = [
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.details", "pymdownx.superfences", {"pymdownx.tabbed": {"alternate_style": True}},
]  # fmt: skip


@dataclass(frozen=True)
class Built:
    """What one build left behind."""

    root: Path
    failed: bool
    errors: str
    """Everything logged at ERROR and above."""
    warnings: str
    """Everything logged at WARNING, and the findings that only warn."""

    @property
    def findings(self) -> list[str]:
        """The lines below the count, where the build ended with findings."""
        return self.errors.splitlines()[1:] if "finding" in self.errors.partition("\n")[0] else []

    @property
    def site(self) -> Path:
        return self.root / "site"


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole guide as `mkdocs build` makes it, sheets and all, without an address."""
    folder = tmp_path_factory.mktemp("built") / "site"
    environment = {name: text for name, text in os.environ.items() if name != "SITE_URL"}
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder)],
        cwd=ROOT,
        env={**environment, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(GUIDE_DATE)},
        capture_output=True,
        text=True,
    )
    if built.returncode:
        pytest.fail(f"The guide does not build, so there is nothing to look at:\n{built.stderr}", pytrace=False)
    return folder


def copy_project(to: Path) -> None:
    """What a build and its release read; not by copytree, since a file system may list files as they came."""
    found = [path for part in _PARTS for path in [ROOT / part, *(ROOT / part).rglob("*")] if path.is_file()]
    random.Random(11).shuffle(found)
    for path in found:
        if "__pycache__" not in path.parts:
            place = to / path.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


_PARTS = (
    "docs", "data", "overrides", "publishing", "hooks.py", "mkdocs.yml", "CHANGELOG.md", "LICENCES.md",
    "pyproject.toml", "requirements.txt", ".gitignore",
)  # fmt: skip


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[..., Built]]:
    """``build(pages, publishing={...}, **settings)`` writes a project below a temporary folder and builds it."""
    lines = _Lines()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(lines)
    before = logger.level
    logger.setLevel(logging.INFO)  # as the command line does

    def run(
        pages: Mapping[str, str | bytes | None] = {}, publishing: Any = None, strict: bool = False, **settings: Any
    ) -> Built:
        lines.records.clear()
        write_project(tmp_path, pages, publishing, **settings)
        failed = build_project(tmp_path, strict=strict)
        return Built(tmp_path, failed, _text(lines, logging.ERROR), _warnings(lines))

    yield run
    logger.removeHandler(lines)
    logger.setLevel(before)


def write_project(root: Path, pages: Mapping[str, str | bytes | None], publishing: Any, **settings: Any) -> None:
    """Pages of None are left out; text is written byte for byte."""
    for name, text in pages.items():
        if text is not None:
            path = root / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    config = {
        "site_name": "Test",
        "theme": {"name": "mkdocs", "highlightjs": False},
        "plugins": [],
        "hooks": [str(ROOT / "hooks.py")],
        "markdown_extensions": EXTENSIONS,
        "validation": {"links": {"absolute_links": "ignore"}},
        "extra": {"publishing": {"safety_section": "safety/"} if publishing is None else publishing},
        **settings,
    }
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def build_project(root: Path, strict: bool = False) -> bool:
    """Whether the build failed, as a caller of `mkdocs build` would learn it."""
    from click import ClickException
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    try:
        mkdocs_build(load_config(str(root / "mkdocs.yml"), strict=strict))
    except ClickException:
        return True
    return False


def _text(lines: _Lines, level: int) -> str:
    return "\n".join(record.getMessage() for record in lines.records if record.levelno == level)


def _warnings(lines: _Lines) -> str:
    told = [
        line.removeprefix("warning: ")
        for line in _text(lines, logging.INFO).splitlines()
        if line.startswith("warning: ")
    ]
    return "\n".join([_text(lines, logging.WARNING), *told])
