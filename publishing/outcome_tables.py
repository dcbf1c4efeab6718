"""Fact boxes: the findings of one group, in tables that each count in one way, and the block that asks for them."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from publishing.blocks import FilledBlock
from publishing.data import Register, did_you_mean
from publishing.outcomes import Group, Outcome, Scale, finding
from publishing.tree import put, put_citation

TITLES: dict[Group, str] = {
    "against-nothing": "Needling or no treatment",
    "usual-care": "Needling or usual care",
    "sham": "Real needling or pretend needling",
    "later": "Some months later",
    "dry-needling": "Dry needling",
    "twitch": "A twitch or no twitch",
    "other-treatments": "Other treatments",
    "other-harms": "Harms of other treatments",
    "further": "Further findings",
}
KINDS: tuple[tuple[str, Callable[[Outcome], bool]], ...] = (
    ("differences on a scale", lambda outcome: outcome.difference is not None),
    ("people out of 100, one trial a row", lambda outcome: bool(outcome.shares) and outcome.one_trial),
    ("people out of 100, trials put together", lambda outcome: bool(outcome.shares) and not outcome.one_trial),
    ("findings in words", lambda outcome: bool(outcome.words)),
)
"""Each is a table of its own, so that no two denominators meet in one."""
HEADS = ("What was compared", "What was found", "What that means", "How sure, and the source")
KEY = (
    "Less and better are always in favour of what is named first. "
    "A standard deviation is a measure of how much people differ; reviews use it to join trials with different scales. "
    "The range is the 95% interval of the source."
)
CERTAINTY = {
    "high": "High",
    "moderate": "Moderate",
    "low": "Low",
    "low or very low": "Low or very low",
    "moderate to very low": "Moderate to very low",
    "very low": "Very low",
    "one trial": "One trial",
    "not graded": "Not graded",
    "not confirmed": "We could not confirm the grade",
}


def put_outcomes(parent: Element, group: Group, outcomes: list[Outcome], scales: Register[Scale]) -> None:
    for kind, belongs in KINDS:
        rows = [outcome for outcome in outcomes if belongs(outcome)]
        if rows:
            table = put(parent, "table", class_="outcomes-table")
            put(table, "caption", f"{TITLES[group]}: {kind}")
            _put_head(table)
            body = put(table, "tbody")
            for outcome in rows:
                _put_row(put(body, "tr"), outcome, scales)

    if any(outcome.difference for outcome in outcomes):
        put(parent, "p", KEY, class_="outcomes-key")


def _put_head(table: Element) -> None:
    line = put(put(table, "thead"), "tr")
    for head in HEADS:
        put(put(line, "th", scope="col"), "span", head)


def _put_row(line: Element, outcome: Outcome, scales: Register[Scale]) -> None:
    head = put(line, "th", scope="row")
    put(head, "span", f"{outcome.measure.capitalize()}, {outcome.time}", class_="outcome-measure")
    put(head, "br")
    put(head, "span", f"{outcome.treatment} or {outcome.comparator}", class_="outcome-compared")
    found = finding(outcome, scales)
    doubt = "" if outcome.verified == "yes" else " Not confirmed at the source."
    texts = (
        f"{found[:1].upper()}{found[1:].rstrip('.')}.",
        outcome.means,
        f"{CERTAINTY[outcome.certainty]}.{doubt} {outcome.studies}. ",
    )
    for name, text in zip(HEADS[1:], texts, strict=True):
        cell = put(line, "td", data_label=name)
        put(cell, "span", text)
    put_citation(cell, outcome.sources)


class OutcomesBlock(FilledBlock):
    """`/// outcomes | against-nothing`; a group that nobody knows leaves its mark."""

    NAME = "outcomes"
    CLASS = "outcomes fact-box"
    ARGUMENT = None

    def fill(self, element: Element) -> None:
        name = str(self.argument or "")
        facts = self.config["facts"]
        group = next((group for group in TITLES if group == name), None)
        if group is None:
            element.set("data-unknown", f"outcomes | {name}")
            return
        rows = [outcome for outcome in facts.outcomes.entries.values() if group in outcome.groups]
        if rows:
            put_outcomes(element, group, rows, facts.scales)
        else:
            element.set("data-empty", facts.outcomes.path)


def nearest_group(name: str) -> str:
    return did_you_mean(name, TITLES) or f" Write one of: {', '.join(TITLES)}."
