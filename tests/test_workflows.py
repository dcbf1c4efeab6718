"""What runs on GitHub's machines: nothing moves under its name, nothing may do more than it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser.test_journeys import PICTURES

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
WRITES = {"deploy": {"deploy": {"pages": "write", "id-token": "write"}}}
"""Workflow -> job -> what it may change; every other job may read alone."""


def jobs(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"])


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_commit_and_says_its_version(path: Path) -> None:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    pinned = r"(- )?uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+.*"
    assert [line for line in lines if not re.fullmatch(pinned, line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_may_do_no_more_than_it_needs(path: Path) -> None:
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(whole["permissions"].values()) <= {"read"}
    for name, job in whole["jobs"].items():
        wanted = WRITES.get(path.stem, {}).get(name, {})
        assert {key: may for key, may in job.get("permissions", {}).items() if may != "read"} == wanted
        assert job["timeout-minutes"] <= 30


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_step_keeps_the_key_or_takes_text_for_a_command(path: Path) -> None:
    for step in steps(path):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", "")


def test_what_is_published_was_tested_and_built_for_its_address() -> None:
    build = jobs(ROOT / ".github/workflows/deploy.yml")["build"]["steps"]
    told = [step.get("run") or step["uses"].partition("@")[0] for step in build]
    assert [line.partition(" #")[0] for line in told] == [
        "actions/checkout",
        ".ci/run",
        "actions/configure-pages",
        'SITE_URL="${BASE_URL%/}/" scripts/build',
        ".venv/bin/python -m publishing check site/",
        "actions/upload-pages-artifact",
    ]
    assert build[-1]["with"] == {"path": "site"}
    assert jobs(ROOT / ".github/workflows/deploy.yml")["deploy"]["needs"] == "build"


def test_pictures_of_the_journeys_are_kept_when_a_test_fails_too() -> None:
    *_, tested, kept = jobs(ROOT / ".github/workflows/check.yml")["check"]["steps"]
    assert tested["run"] == ".ci/run"
    assert kept["uses"].startswith("actions/upload-artifact@")
    assert "cancelled()" in kept["if"], "without a condition of its own, a step is left out after one that failed"
    assert kept["with"]["path"] == f"{PICTURES}/"
