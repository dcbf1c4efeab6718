"""The rules: pages and settings in, findings out. Nothing here reads a file or logs a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from publishing.checks.inline import inline_code
from publishing.checks.safety import safety_citation, settings_faults
from publishing.checks.site import Kept, Site
from publishing.records import Finding
from publishing.settings import Settings

if TYPE_CHECKING:
    from publishing.checks.rules import Rule

__all__ = ["DEFAULT_LEVELS", "RULE_IDS", "Kept", "Site", "exemptions", "judge", "judge_page", "judge_together", "weigh"]

RULE_IDS = (
    "safety-citation",
    "broken-link",
    "foreign-host",
    "missing-alt",
    "empty-link",
    "unknown-admonition",
    "leftover-markup",
    "heading-order",
    "duplicate-id",
    "orphan-page",
    "inline-code",
    "risk-box",
    "uncited-figure",
    "unverified-figure",
    "repeated-figure",
    "unused-reference",
    "wording",
    "reading-grade",
    "check-due",
    "change-note",
    "encoding",
    "front-matter",
    "unknown-reference",
    "citation-place",
    "citation-form",
    "unknown-risk",
    "block-form",
    "print-loss",
    "print-sides",
)
"""What the settings may name: first the functions of ``rules.py``, then what reading, filling and printing find."""
DEFAULT_LEVELS: Mapping[str, str] = {"reading-grade": "warn", "check-due": "warn", "change-note": "warn"}
"""Of the rules that advise; every other is an error until the settings say otherwise."""


def judge(site: Site) -> list[Finding]:
    """Every finding of the rules that the settings turn on."""
    alone = (finding for page in site.page_by_page() for finding in judge_page(page))
    return [*alone, *judge_together(site)]


def judge_page(site: Site) -> Iterator[Finding]:
    """The rules on a page by itself, over a site with one page at a time."""
    if site.settings.rules is not None:
        from publishing.checks.rules import PAGE_RULES  # many patterns: not for the safety rule alone

        yield from _findings(PAGE_RULES, site)


def judge_together(site: Site) -> Iterator[Finding]:
    """The rules that need all pages, once each was judged by itself, and those that no setting turns off."""
    yield from settings_faults(site)
    yield from safety_citation(site)
    yield from inline_code(site)
    if site.settings.redirects:
        from publishing.checks.redirects import redirect_faults  # as above

        yield from redirect_faults(site)
    if site.settings.rules is not None:
        from publishing.checks.rules import SITE_RULES  # as above

        yield from _findings(SITE_RULES, site)


def _findings(rules: Mapping[str, Rule], site: Site) -> Iterator[Finding]:
    levels = site.settings.rules or {}
    for rule, check in rules.items():
        if levels.get(rule) != "off":
            yield from check(site)


def weigh(findings: Iterable[Finding], settings: Settings, docs: str) -> list[Finding]:
    """Sorted, each once, at the level that the settings give its rule; without what they exempt."""
    levels = settings.rules or {}
    kept = []
    for finding in set(findings):
        level = levels.get(finding.rule, DEFAULT_LEVELS.get(finding.rule, "error"))
        exempt = settings.exempt.get(finding.path.removeprefix(f"{docs}/"), {})
        if level != "off" and finding.rule not in exempt:
            kept.append(replace(finding, level="warning" if level == "warn" else finding.level))
    return sorted(kept)


def exemptions(settings: Settings, docs: str) -> list[str]:
    """What the settings let pass, a line each, for the report: page, rule, reason."""
    lines = [
        f"{docs}/{page}: {rule}: {reason}"
        for page, reasons in settings.exempt.items()
        for rule, reason in reasons.items()
    ]
    return sorted(lines)
