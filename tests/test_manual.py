"""Holds the manual to the code: what the code offers, README.md and CONTRIBUTING.md name; what they link to is there."""

from __future__ import annotations

import argparse
import ast
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from publishing.__main__ import parser
from publishing.checks import RULE_IDS
from publishing.front_matter import read_front_matter
from publishing.records import Level
from publishing.settings import PAPERS, PrintSettings, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    choices = (action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return [name for names in choices for name in names]


def names_of_findings() -> set[str]:
    """What stands for the rule wherever the code makes a finding."""
    calls = [
        node
        for path in (ROOT / "publishing").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and re.search("finding|fault", ast.unparse(node.func).lower())
    ]
    given = [argument.value for call in calls for argument in call.args if isinstance(argument, ast.Constant)]
    return {text for text in given if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}


def section(title: str) -> str:
    """The text below one heading of CONTRIBUTING.md, up to the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", CONTRIBUTING, re.DOTALL | re.MULTILINE)
    assert found, f"CONTRIBUTING.md has no part '{title}'"
    return found[2]


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").iterdir()))
def test_every_script_is_in_the_readme(script: str) -> None:
    assert f"| `scripts/{script}` |" in README


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`python -m publishing {command}" in README


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_explained(setting: str) -> None:
    assert f"| `{setting}: " in section("Settings")


@pytest.mark.parametrize("name", [*(field.name for field in fields(PrintSettings)), *PAPERS])
def test_every_setting_of_print_is_explained(name: str) -> None:
    assert name in section("Settings")


@pytest.mark.parametrize("name", sorted(names_of_findings() - set(RULE_IDS)))
def test_every_finding_that_is_of_no_rule_has_its_row(name: str) -> None:
    rows = [line for line in section("Read a finding").splitlines() if line.startswith("|")]
    assert any(f"`{name}`" in row.split("|")[1] for row in rows), f"'Read a finding' of CONTRIBUTING.md lacks {name}"


@pytest.mark.parametrize("name", list(read_front_matter((ROOT / "docs/visit/after.md").read_text("utf-8")).values))
def test_every_field_of_the_front_matter_is_explained(name: str) -> None:
    assert f"`{name}`" in section("The head of a page")


@pytest.mark.parametrize("level", get_args(Level))
def test_every_level_of_a_risk_is_explained(level: str) -> None:
    assert f"`{level}`" in section("Flag a risk")


@pytest.mark.parametrize("room", sorted({path.parent.name for path in (ROOT / "publishing").rglob("__init__.py")}))
def test_every_room_is_on_the_map(room: str) -> None:
    assert f"`{room}/`" in README or f"/{room}/`" in README


@pytest.mark.parametrize("module", re.findall(r"`(?:publishing/)?([\w/]+\.py)`", README + CONTRIBUTING))
def test_every_module_that_is_named_is_there(module: str) -> None:
    assert any((ROOT / folder / module).is_file() for folder in ("publishing", "tests", "publishing/checks", "."))


@pytest.mark.parametrize("manual", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "HOSTING.md"])
def test_every_link_of_the_manual_leads_somewhere(manual: str) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / manual).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        assert (ROOT / (path or manual)).exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", (ROOT / (path or manual)).read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings], target


def test_the_number_of_the_change_log_is_that_of_the_project() -> None:
    newest = re.search(r"^## \[(\d[\d.]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert f'version = "{newest[1]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", ["requirements", "requirements-dev", "requirements-bench"])
def test_every_pin_says_why(lock: str) -> None:
    lines = (ROOT / f"{lock}.in").read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        if "==" in line and not line.startswith("#"):
            assert lines[place - 1].startswith("# "), f"{lock}.in: {line} has no reason above it"
