"""The manual, the rules and their cases, held to one another; each example of the manual is tried in a real build."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.checks import RULE_IDS
from tests.conftest import ROOT, Built

CASES = Path(__file__).parent / "cases"
EXAMPLE = re.compile(r"^(Wrong|Right):\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SITE = {
    "index.md": "# Home\n",
    "safety/index.md": "# Safety\n\n## Warning signs\n",
    "safety/get-help.md": "# Is this an emergency?\n",
    "visit/needle.svg": "<svg/>",
}
READ_IN_PART = """
  - id: shah2005
    type: article-journal
    author: [{family: Shah, given: JP}]
    title: A source of which only a report was read; the guide cites none, so the manual brings its own
    custom: {kind: laboratory, verified: partial, findings: [], limits: Only a report was read.}
"""
Example = tuple[str, str]
"""Language of the fence, and what it holds."""


def _sections() -> dict[str, dict[str, Example]]:
    """What is wrong and what is right by rule, from the last part of the manual."""
    manual = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = manual.partition("\n## The rules, one by one\n")[2]
    texts = re.split(r"^### `([\w-]+)`$", part, flags=re.MULTILINE)[1:]
    sections = zip(texts[::2], texts[1::2], strict=True)
    return {rule: {kind: (language, text) for kind, language, text in EXAMPLE.findall(body)} for rule, body in sections}


SECTIONS = _sections()


def test_every_rule_has_a_section_and_every_section_a_rule() -> None:
    assert sorted(SECTIONS) == sorted(RULE_IDS)


@pytest.mark.parametrize("rule", SECTIONS)
def test_a_section_shows_what_is_wrong_and_what_is_right(rule: str) -> None:
    assert set(SECTIONS[rule]) == {"Wrong", "Right"}


def test_every_folder_of_cases_is_of_a_rule_or_read_by_another_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    folders = {path.name for path in CASES.iterdir() if path.is_dir()} - set(RULE_IDS)
    assert [folder for folder in sorted(folders) if f'"{folder}"' not in tests] == []


@pytest.mark.parametrize("rule", RULE_IDS)
def test_every_rule_has_eight_cases_good_and_bad(rule: str) -> None:
    found = [yaml.safe_load(path.read_text(encoding="utf-8"))["findings"] for path in (CASES / rule).glob("*.yml")]
    assert len(found) >= 8
    assert {bool(findings) for findings in found} == {True, False}


def test_examples_of_pages_are_judged_as_the_manual_says(build: Callable[..., Built], tmp_path: Path) -> None:
    """All in one build: `visit/wrong-RULE.md` beside `visit/right-RULE.md`."""
    pages = {
        f"visit/{kind.lower()}-{rule}.md": _page(text)
        for rule, section in SECTIONS.items()
        for kind, (language, text) in section.items()
        if language == "markdown" and not rule.startswith("print-")
    }
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "docs/pictures", tmp_path / "docs/pictures")  # what the registers draw
    with (tmp_path / "data/references.yml").open("a", encoding="utf-8") as references:
        references.write(READ_IN_PART)
    config = {"safety_section": "safety/", "rules": {}, "data": "data/", "policy": "strict"}
    built = build({**SITE, **pages}, config)
    found = [line for line in (built.errors + "\n" + built.warnings).splitlines() if line.startswith("docs/visit/")]
    for page in pages:
        kind, _, rule = page.removeprefix("visit/").removesuffix(".md").partition("-")
        said = [line for line in found if re.match(rf"docs/{re.escape(page)}(?::\d+)?: {rule}: ", line)]
        assert bool(said) == (kind == "wrong"), f"{page}: {said}"


@pytest.mark.parametrize("rule", [rule for rule in RULE_IDS if rule.startswith("print-")])
@pytest.mark.parametrize("kind", ["Wrong", "Right"])
def test_examples_of_sheets_are_judged_as_the_manual_says(rule: str, kind: str, build: Callable[..., Built]) -> None:
    others = {other: "off" for other in RULE_IDS if other != rule}
    text = _page(SECTIONS[rule][kind][1]) + "\nA line of the page.\n" * 60  # two sides
    built = build({"visit/after.md": text}, {"rules": others, "print": {"papers": ["a4"]}})
    assert bool(built.findings) == (kind == "Wrong"), built.errors


@pytest.mark.parametrize("rule", [rule for rule, section in SECTIONS.items() if section["Wrong"][0] == "yaml"])
@pytest.mark.parametrize("kind", ["Wrong", "Right"])
def test_examples_of_settings_are_judged_as_the_manual_says(rule: str, kind: str, build: Callable[..., Built]) -> None:
    settings: dict[str, Any] = yaml.safe_load(SECTIONS[rule][kind][1])
    others = {other: "off" for other in RULE_IDS if other != rule}
    built = build({"index.md": "# Home\n", "visit/after.md": "# After\n"}, {"rules": others}, **settings)
    assert bool(built.findings) == (kind == "Wrong"), built.errors


def _page(text: str) -> str:
    return text if text.startswith(("# ", "---\n")) else f"# What is normal now?\n\n{text}"
