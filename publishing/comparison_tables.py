"""One comparison, shown twice: as linked tabs, one thing at a time, and as one table, all at once.

Both come from the same rows in the same order. Print carries one of the two, by what fits on a sheet of A4.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from publishing.blocks import FilledBlock
from publishing.cells import put_cell
from publishing.comparisons import Comparison
from publishing.facts import VERIFIED, Check, Entry, Lookup
from publishing.quotes import Quotes
from publishing.tree import put, put_after


def put_comparison(parent: Element, comparison: Comparison) -> None:
    """The tabs, and the table below them."""
    _put_tabs(parent, comparison)
    plan = comparison.plan
    whole = put(parent, "div", class_="comparison-whole", data_search_exclude="")
    if plan.printed == "tabs":
        whole.set("data-print", "off")
    put(whole, "h3", "All at once", id=f"{plan.name}-all", data_print="off")
    frame = put(whole, "div", class_="comparison-frame", role="region", tabindex="0", aria_label=plan.caption)
    table = put(frame, "table", class_="comparison-table")
    put(table, "caption", plan.caption)
    if plan.entries_are == "columns":
        _put_by_question(table, comparison)
    else:
        _put_by_entry(table, comparison)


def _put_tabs(parent: Element, comparison: Comparison) -> None:
    """As pymdownx.tabbed writes them, so that Material's script links them and the rules know what is seen first."""
    groups: dict[str, list[Entry]] = {}
    for entry in comparison.entries:
        groups.setdefault(entry.tab, []).append(entry)
    name = comparison.plan.name
    tabs = put(parent, "div", class_="tabbed-set tabbed-alternate comparison-tabs", data_tabs=f"{name}:{len(groups)}")
    if comparison.plan.printed == "table":
        tabs.set("data-print", "off")
    ids = {label: f"{name}-{group[0].id}" for label, group in groups.items()}
    for number, id in enumerate(ids.values()):
        put(tabs, "input", **({"checked": "checked"} if not number else {}), id=id, name=f"{name}-tabs", type="radio")
    labels = put(tabs, "div", class_="tabbed-labels")
    for label, id in ids.items():
        put(labels, "label", label, for_=id)
    content = put(tabs, "div", class_="tabbed-content")
    for group in groups.values():
        block = put(content, "div", class_="tabbed-block")
        for entry in group:
            if entry.name != entry.tab:
                put(put(block, "p", class_="comparison-entry"), "strong", entry.name)
            _put_answers(block, comparison, entry)


def _put_answers(block: Element, comparison: Comparison, entry: Entry) -> None:
    answers = put(block, "dl", class_="comparison-answers")
    for field, label in comparison.rows.items():
        put(put(answers, "dt"), "span", label)
        _put_value(put(answers, "dd"), getattr(entry, field), comparison.quotes)


def _put_by_question(table: Element, comparison: Comparison) -> None:
    _put_head(table, comparison.plan.corner, [entry.title for entry in comparison.entries])
    body = put(table, "tbody")
    for field, label in comparison.rows.items():
        line = put(body, "tr")
        put(put(line, "th", scope="row"), "span", label)
        for entry in comparison.entries:
            _put_value(put(line, "td"), getattr(entry, field), comparison.quotes)


def _put_by_entry(table: Element, comparison: Comparison) -> None:
    _put_head(table, comparison.plan.corner, list(comparison.rows.values()))
    body = put(table, "tbody")
    for entry in comparison.entries:
        line = put(body, "tr")
        put(put(line, "th", scope="row"), "span", entry.title)
        for field in comparison.rows:
            _put_value(put(line, "td"), getattr(entry, field), comparison.quotes)


def _put_head(table: Element, corner: str, names: list[str]) -> None:
    line = put(put(table, "thead"), "tr")
    for name in (corner, *names):
        put(put(line, "th", scope="col"), "span", name)


def _put_value(parent: Element, value: Any, quotes: Quotes) -> None:
    if isinstance(value, Check):
        doubt = f" {VERIFIED[value.verified]}".rstrip()
        put_cell(parent, f"{_spoken(value.day)}. {value.as_of}{doubt}", quotes)
    elif isinstance(value, str):
        put_cell(parent, value, quotes)
    else:
        items = put(parent, "ul")
        for item in value:
            _put_item(put(items, "li"), item, quotes)


def _put_item(item: Element, value: Lookup | str, quotes: Quotes) -> None:
    if isinstance(value, str):
        put_cell(item, value, quotes)
    else:
        name = put(item, "a", value.name, href=value.url) if value.url else put(item, "span", value.name)
        put_after(name, f"({value.tells})")


def _spoken(day: str) -> str:
    """22 November 2026."""
    when = date.fromisoformat(day)
    return f"{when.day} {when:%B %Y}"


class ComparisonBlock(FilledBlock):
    """`/// comparison | techniques`; a name that nobody knows leaves its mark."""

    NAME = "comparison"
    CLASS = "comparison"
    ARGUMENT = None

    def fill(self, element: Element) -> None:
        name = str(self.argument or "")
        comparison: Comparison | None = self.config["facts"].comparisons.get(name)
        if comparison is None:
            element.set("data-unknown", f"comparison | {name}")
        elif comparison.entries:
            put_comparison(element, comparison)
        else:
            element.set("data-empty", comparison.register.path)
