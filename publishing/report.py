"""Findings -> text, annotations for a pull request, JSON, or SARIF for code-scanning viewers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from publishing.records import Finding

HOME = "CONTRIBUTING.md"
"""Where each rule is described, under a heading that is its id."""


def as_text(findings: Sequence[Finding], exempt: Sequence[str] = ()) -> str:
    """The count first; then a line a finding; then what the settings exempt, each with its reason."""
    lines = [count(findings), *(f"{_mark(finding)}{finding}" for finding in findings)]
    return "\n".join([*lines, *(f"exempt: {line}" for line in exempt)])


def as_github(findings: Sequence[Finding], exempt: Sequence[str] = ()) -> str:
    """Workflow commands: each becomes a note beside its line of the pull request."""
    return "\n".join(_annotation(finding) for finding in findings) or count(findings)


def as_json(findings: Sequence[Finding], exempt: Sequence[str] = ()) -> str:
    """``{"version": 1, "errors": N, "warnings": N, "findings": [{path, line, rule, level, message}], "exempt": [...]}``.

    ``line`` is 0 where it is not known.
    """
    report = {
        "version": 1,
        "errors": _number(findings, "error"),
        "warnings": _number(findings, "warning"),
        "findings": [asdict(finding) for finding in findings],
        "exempt": list(exempt),
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_sarif(findings: Sequence[Finding], exempt: Sequence[str] = ()) -> str:
    """SARIF 2.1.0 (OASIS)."""
    rules = sorted({finding.rule for finding in findings})
    driver = {
        "name": "publishing",
        "rules": [{"id": rule, "help": {"text": f"{HOME}, under '{rule}'"}} for rule in rules],
    }
    run = {"tool": {"driver": driver}, "results": [_result(finding, rules) for finding in findings]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMS: Mapping[str, Callable[[Sequence[Finding], Sequence[str]], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "sarif": as_sarif,
}


def count(findings: Iterable[Finding]) -> str:
    """'2 findings and 1 warning', 'No findings'."""
    found = list(findings)
    errors, warnings = _number(found, "error"), _number(found, "warning")
    parts = [_many(errors, "finding")] * bool(errors) + [_many(warnings, "warning")] * bool(warnings)
    return (" and ".join(parts) or "No findings") + "."


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _number(findings: Iterable[Finding], level: str) -> int:
    return sum(finding.level == level for finding in findings)


def _mark(finding: Finding) -> str:
    return "warning: " if finding.level == "warning" else ""


def _annotation(finding: Finding) -> str:
    place = f"file={_property(finding.path)}" + (f",line={finding.line}" if finding.line else "")
    return f"::{finding.level} {place},title={_property(finding.rule)}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _result(finding: Finding, rules: Sequence[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.level,
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }
