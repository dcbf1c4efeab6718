"""The facts of one build: loads the comparisons, the outcomes and the charts, and teaches Markdown to show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path

from markdown import Extension

from publishing.blocks import BlockExtension
from publishing.charts import Chart, Stock, chart_extension, chart_faults, nearest_chart
from publishing.comparison_tables import ComparisonBlock
from publishing.comparisons import PLANS, Comparison, comparison_faults, nearest_comparison
from publishing.data import Register, gather, load_register
from publishing.outcome_tables import OutcomesBlock, nearest_group
from publishing.outcomes import Outcome, Scale, outcome_faults, outcome_quotes
from publishing.quotes import QuoteExtension, Quotes, risk_quotes
from publishing.records import Faults, Finding, Reference, Risk
from publishing.source import Prose

UNKNOWN = re.compile(r'<div [^>]*\bdata-unknown="(comparison|outcomes|chart) \| ([^"]*)"')
BLOCKS = (ComparisonBlock, OutcomesBlock)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the blocks `comparison`, `outcomes` and `chart` are filled from."""

    comparisons: Mapping[str, Comparison]
    outcomes: Register[Outcome]
    scales: Register[Scale]
    stock: Stock
    quotes: Quotes

    def extensions(self) -> list[Extension]:
        return [BlockExtension(BLOCKS, facts=self), chart_extension(self.stock), QuoteExtension(self.quotes)]


def load_facts(root: Path, base: str, docs: str, references: Register[Reference], risks: Register[Risk]) -> Facts:
    """Read the registers of facts below ``root/base``; raises Faults with all that is wrong in all of them.

    A file that is not there is an empty register. ``risks`` are what cells may quote.
    """
    findings: list[Finding] = []
    outcomes = gather(findings, partial(load_register, root, f"{base}outcomes.yml", "outcomes", Outcome))
    scales = gather(findings, partial(load_register, root, f"{base}scales.yml", "scales", Scale))
    quotes = risk_quotes(risks)
    if outcomes and scales:
        findings += outcome_faults(outcomes, scales, references)
        quotes |= outcome_quotes(outcomes, scales)
    else:
        raise Faults(findings)
    comparisons = {}
    for plan in PLANS:
        register = gather(findings, partial(load_register, root, f"{base}{plan.name}.yml", plan.name, plan.kind))
        if register:
            comparisons[plan.name] = comparison = Comparison(plan, register, quotes)
            findings += comparison_faults(comparison, references)
    charts = gather(findings, partial(load_register, root, f"{base}charts.yml", "charts", Chart))
    if charts:
        stock = Stock(charts, outcomes, scales, risks, references, root / docs)
        findings += chart_faults(stock)
    if findings or not charts:
        raise Faults(findings)
    return Facts(comparisons, outcomes, scales, stock, quotes)


def fact_faults(path: str, prose: Prose, html: str, facts: Facts) -> Iterator[Finding]:
    """Blocks on a rendered page that ask for what is not there."""
    nearest: dict[str, Callable[[str], str]] = {
        "comparison": nearest_comparison,
        "outcomes": nearest_group,
        "chart": partial(nearest_chart, facts.stock.charts),
    }
    for block, escaped in dict.fromkeys(UNKNOWN.findall(html) if "data-unknown" in html else ()):
        name = unescape(escaped)
        lines = [found.line for found in prose.blocks if (found.name, found.argument) == (block, name)] or [0]
        message = f"'/// {block} | {name}' asks for what is not there.{nearest[block](name)}"
        yield from (Finding(path, line, f"unknown-{block}", message) for line in lines)
