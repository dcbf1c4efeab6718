"""The rules, case by case: a file of ``tests/cases/RULE-ID`` is one behaviour, judged in a real build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.checks import RULE_IDS
from publishing.records import Finding
from tests.conftest import ROOT, Built

CASES = Path(__file__).parent / "cases"
BY_ADDRESS = ("safety-citation", "broken-link", "orphan-page", "empty-link", "missing-alt")
"""Rules that are tried with both kinds of address that MkDocs writes: visit/after/ and visit/after.html."""
SMALL = ("references.yml", "risks.yml", "emergency.yml")
SAFETY = {"safety/index.md": "# Safety\n\n## Warning signs\n"}


def _cases() -> list[Any]:
    found = []
    for path in sorted(path for rule in RULE_IDS for path in (CASES / rule).glob("*.yml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        rule = path.parent.name
        for urls in ("directory", "file") if rule in BY_ADDRESS else ("directory",):
            if case.get("urls", urls) == urls:
                found.append(pytest.param(rule, case, urls, id=f"{rule}-{path.stem}-{urls}"))
    return found


def _publishing(rule: str, config: dict[str, Any] | None) -> dict[str, Any] | None:
    """Only the rule of the case speaks; ``config`` adds to that."""
    if rule == "safety-citation":
        return config  # the settings that a case gives are all it has: most sites will set this rule alone
    others = {other: "off" for other in RULE_IDS if other != rule}
    config = config or {}
    return {**config, "rules": {**others, **config.get("rules", {})}}


def _write_data(root: Path, changed: dict[str, Any]) -> None:
    """Small registers and the real claims to avoid; ``changed`` files in place of theirs."""
    (root / "data").mkdir()
    for path in (*(ROOT / "tests/registers" / name for name in SMALL), ROOT / "data/wording.yml"):
        shutil.copy(path, root / "data")
    for name, tree in changed.items():
        (root / "data" / name).write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")


def test_safety_citation_has_at_least_sixty_cases_good_and_bad() -> None:
    names = [path.name for path in CASES.glob("safety-citation/*.yml")]
    assert sum(name.startswith("counts-") for name in names) >= 30
    assert sum(name.startswith("not-") for name in names) >= 30


@pytest.mark.parametrize(("rule", "case", "urls"), _cases())
def test_case(
    rule: str,
    case: dict[str, Any],
    urls: str,
    build: Callable[..., Built],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``data``: registers for the case; ``warnings: true``: the findings are warnings, and the build goes on.

    ``check: true``: judged as by scripts/check, which knows the day and publishes nothing.
    """
    settings = {key: case[key] for key in ("site_url", "nav", "theme", "markdown_extensions") if key in case}
    pages = {**SAFETY, **case["pages"]} if rule == "safety-citation" else case["pages"]
    publishing = _publishing(rule, case.get("config"))
    if "data" in case:
        _write_data(tmp_path, case["data"])
        publishing = {**(publishing or {}), "data": "data/"}
    report = tmp_path / "report.json"
    if case.get("check"):
        monkeypatch.setenv("PUBLISHING_REPORT", str(report))
    built = build(pages, publishing, use_directory_urls=urls == "directory", **settings)
    if case.get("check"):
        told = json.loads(report.read_text(encoding="utf-8"))["findings"]
        assert [str(Finding(**finding)) for finding in told] == case["findings"], told
        return
    if case.get("warnings"):
        lines = [line for line in built.warnings.splitlines() if f": {rule}: " in line]
        assert (lines, built.failed) == (case["findings"], False), built.errors
        return
    assert built.findings == case["findings"], built.errors
    assert built.failed == bool(case["findings"])
    assert built.site.exists() != built.failed
