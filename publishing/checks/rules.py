"""Every rule by its id, in the order of the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from publishing.checks.age import check_due
from publishing.checks.figures import uncited_figure, unused_reference, unverified_figure
from publishing.checks.leftovers import leftover_markup
from publishing.checks.links import broken_link, foreign_host
from publishing.checks.markup import empty_link, missing_alt, unknown_admonition
from publishing.checks.reading import reading_grade
from publishing.checks.risks import risk_box
from publishing.checks.safety import safety_citation
from publishing.checks.site import Site
from publishing.checks.structure import duplicate_id, heading_order, orphan_page
from publishing.checks.wording import wording
from publishing.records import Finding

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
