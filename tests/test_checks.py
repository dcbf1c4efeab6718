"""The rules, case by case: a file of ``tests/cases/safety-citation`` is one behaviour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Built

CASES = Path(__file__).parent / "cases" / "safety-citation"
SAFETY = {"safety/index.md": "# Safety\n\n## Warning signs\n"}


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        for urls in ("directory", "file"):
            if case.get("urls", urls) == urls:
                found.append(pytest.param(case, urls, id=f"{path.stem}-{urls}"))
    return found


def test_there_are_at_least_sixty_cases_good_and_bad() -> None:
    names = [path.name for path in CASES.glob("*.yml")]
    assert sum(name.startswith("counts-") for name in names) >= 30
    assert sum(name.startswith("not-") for name in names) >= 30


@pytest.mark.parametrize(("case", "urls"), _cases())
def test_case(case: dict[str, Any], urls: str, build: Callable[..., Built]) -> None:
    settings: dict[str, Any] = {"use_directory_urls": urls == "directory"}
    if "site_url" in case:
        settings["site_url"] = case["site_url"]
    if "nav" in case:
        settings["nav"] = case["nav"]
    built = build({**SAFETY, **case["pages"]}, case.get("config"), **settings)
    assert built.findings == case["findings"], built.errors
    assert built.failed == bool(case["findings"])
    assert built.site.exists() != built.failed
