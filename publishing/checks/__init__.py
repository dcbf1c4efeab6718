"""The rules: pages and settings in, findings out. Nothing here reads a file or logs a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from publishing.checks.age import check_due
from publishing.checks.figures import uncited_figure, unused_reference, unverified_figure
from publishing.checks.leftovers import leftover_markup
from publishing.checks.links import broken_link, foreign_host
from publishing.checks.markup import empty_link, missing_alt, unknown_admonition
from publishing.checks.reading import reading_grade
from publishing.checks.risks import risk_box
from publishing.checks.safety import safety_citation, settings_faults
from publishing.checks.site import Site
from publishing.checks.structure import duplicate_id, heading_order, orphan_page
from publishing.checks.wording import wording
from publishing.records import Finding
from publishing.settings import Settings

__all__ = ["ALWAYS", "DEFAULT_LEVELS", "RULES", "RULE_IDS", "Site", "exemptions", "judge", "weigh"]

RULES: Mapping[str, Callable[[Site], Iterator[Finding]]] = {
    "safety-citation": safety_citation,
    "broken-link": broken_link,
    "foreign-host": foreign_host,
    "missing-alt": missing_alt,
    "empty-link": empty_link,
    "unknown-admonition": unknown_admonition,
    "leftover-markup": leftover_markup,
    "heading-order": heading_order,
    "duplicate-id": duplicate_id,
    "orphan-page": orphan_page,
    "risk-box": risk_box,
    "uncited-figure": uncited_figure,
    "unverified-figure": unverified_figure,
    "unused-reference": unused_reference,
    "wording": wording,
    "reading-grade": reading_grade,
    "check-due": check_due,
}
ALWAYS = ("safety-citation", "encoding")
"""Rules that a site need not ask for."""
DEFAULT_LEVELS: Mapping[str, str] = {"reading-grade": "warn", "check-due": "warn"}
"""Of the rules that advise; every other is an error until the settings say otherwise."""
RULE_IDS = (*RULES, "encoding", "front-matter")


def judge(site: Site) -> list[Finding]:
    """Every finding of the rules that the settings turn on."""
    found = list(settings_faults(site))
    for rule, check in RULES.items():
        if rule in ALWAYS or site.settings.rules is not None:
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
