"""The rules: pages and settings in, findings out. Nothing here reads a file or logs a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from publishing.checks.inline import inline_code
from publishing.checks.safety import safety_citation, settings_faults
from publishing.checks.site import Kept, Site
from publishing.records import Finding, PageRecord
from publishing.settings import Settings
from publishing.shares import in_shares

__all__ = ["DEFAULT_LEVELS", "RULE_IDS", "Site", "exemptions", "judge", "weigh"]

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


def judge(site: Site, processes: int = 1) -> list[Finding]:
    """Every finding of the rules that the settings turn on; how many processes look at the pages changes none."""
    found = [*settings_faults(site), *safety_citation(site), *inline_code(site)]
    if site.settings.redirects:
        from publishing.checks.redirects import redirect_faults  # as below

        found += redirect_faults(site)
    if site.settings.rules is not None:
        from publishing.checks.rules import PAGE_RULES, SITE_RULES  # many patterns: not for the safety rule alone

        levels = site.settings.rules
        alone, together = (
            [check for rule, check in rules.items() if levels.get(rule) != "off"] for rules in (PAGE_RULES, SITE_RULES)
        )

        def of_pages(pages: Sequence[PageRecord]) -> tuple[list[Finding], Kept]:
            share = replace(site, pages=pages)
            return [finding for page in share.page_by_page() for check in alone for finding in check(page)], share.kept

        for of_share, kept in in_shares(of_pages, site.pages, processes):
            found += of_share
            site.keep(kept)
        for check in together:
            found += check(site)
    return found


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
