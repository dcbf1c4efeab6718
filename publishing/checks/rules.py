"""Every rule by its id: those that judge a page by itself, and those that need all pages. A rule may have one of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from publishing.checks.age import check_due
from publishing.checks.changes import change_note
from publishing.checks.figures import uncited_figure, unused_reference, unverified_figure
from publishing.checks.leftovers import leftover_markup
from publishing.checks.links import broken_link, foreign_host
from publishing.checks.markup import empty_link, missing_alt, unknown_admonition
from publishing.checks.reading import reading_grade
from publishing.checks.repeats import repeated_figure
from publishing.checks.risks import risk_box, unnamed_risk
from publishing.checks.site import Site
from publishing.checks.structure import duplicate_id, heading_order, orphan_page
from publishing.checks.wording import wording
from publishing.records import Finding

Rule: TypeAlias = Callable[[Site], Iterator[Finding]]

PAGE_RULES: Mapping[str, Rule] = {
    "missing-alt": missing_alt,
    "empty-link": empty_link,
    "unknown-admonition": unknown_admonition,
    "leftover-markup": leftover_markup,
    "heading-order": heading_order,
    "duplicate-id": duplicate_id,
    "risk-box": risk_box,
    "uncited-figure": uncited_figure,
    "unverified-figure": unverified_figure,
    "repeated-figure": repeated_figure,
    "wording": wording,
    "reading-grade": reading_grade,
    "check-due": check_due,
    "change-note": change_note,
}
SITE_RULES: Mapping[str, Rule] = {
    "broken-link": broken_link,
    "foreign-host": foreign_host,
    "orphan-page": orphan_page,
    "risk-box": unnamed_risk,
    "unused-reference": unused_reference,
}
