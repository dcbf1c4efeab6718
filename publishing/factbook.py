"""The facts of one build: loads the comparisons and the outcomes, and teaches Markdown the blocks that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path

from publishing.blocks import BlockExtension
from publishing.cells import Quote
from publishing.comparison_tables import ComparisonBlock
from publishing.comparisons import PLANS, Comparison, comparison_faults, nearest_comparison
from publishing.data import Register, gather, load_register
from publishing.outcome_tables import OutcomesBlock, nearest_group
from publishing.outcomes import Outcome, Scale, outcome_faults, outcome_quotes
from publishing.records import Faults, Finding, Reference, Risk
from publishing.source import Prose

UNKNOWN = re.compile(r'<div [^>]*\bdata-unknown="(comparison|outcomes) \| ([^"]*)"')
BLOCKS = (ComparisonBlock, OutcomesBlock)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the blocks `comparison` and `outcomes` are filled from."""

    comparisons: Mapping[str, Comparison]
    outcomes: Register[Outcome]
    scales: Register[Scale]

    def extension(self) -> BlockExtension:
        return BlockExtension(BLOCKS, facts=self)


def load_facts(root: Path, base: str, references: Register[Reference], risks: Register[Risk]) -> Facts:
    """Read the registers of facts below ``root/base``; raises Faults with all that is wrong in all of them.

    A file that is not there is an empty register. ``risks`` are what cells may quote.
    """
    findings: list[Finding] = []
    outcomes = gather(findings, partial(load_register, root, f"{base}outcomes.yml", "outcomes", Outcome))
    scales = gather(findings, partial(load_register, root, f"{base}scales.yml", "scales", Scale))
    quotes: dict[tuple[str, str], Quote] = {
        ("risk", risk.id): Quote(risk.chance, risk.chance_sources) for risk in risks.entries.values()
    }
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
    if findings:
        raise Faults(findings)
    return Facts(comparisons, outcomes, scales)


def fact_faults(path: str, prose: Prose, html: str) -> Iterator[Finding]:
    """Blocks on a rendered page that ask for what is not there."""
    for block, escaped in dict.fromkeys(UNKNOWN.findall(html)):
        name = unescape(escaped)
        nearest = nearest_comparison if block == "comparison" else nearest_group
        lines = [found.line for found in prose.blocks if (found.name, found.argument) == (block, name)] or [0]
        message = f"'/// {block} | {name}' asks for what is not there.{nearest(name)}"
        yield from (Finding(path, line, f"unknown-{block}", message) for line in lines)
