"""Comparisons: which registers are shown side by side, and how, and what in their cells cannot stand as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from publishing.cells import cell_faults
from publishing.data import Register, did_you_mean
from publishing.facts import Check, Cover, Entry, Guideline, Jurisdiction, Lookup, Technique, Treatment
from publishing.quotes import Quotes
from publishing.records import Finding, Reference

ADDRESS = re.compile(r"https://[^\s\"<>]+")
MOST_TABS = 12  # the styles know so many; a reader is lost long before


@dataclass(frozen=True, slots=True)
class Plan:
    """How the register of one name is shown."""

    name: str
    kind: type[Any]
    caption: str
    corner: str
    entries_are: Literal["columns", "rows"]
    printed: Literal["tabs", "table"]


PLANS = (
    Plan("techniques", Technique, "Five kinds of needling, side by side", "Question", "columns", "tabs"),
    Plan("treatments", Treatment, "What you could do about back pain, side by side", "Choice", "rows", "tabs"),
    Plan("guidelines", Guideline, "What guidelines and reviews say about needling", "Guideline", "rows", "tabs"),
    Plan("practitioners", Jurisdiction, "Who may needle, by country", "Country", "rows", "tabs"),
    Plan("costs", Cover, "Who pays for needling, by country", "Country and scheme", "rows", "tabs"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One register with the plan for it."""

    plan: Plan
    register: Register[Any]
    quotes: Quotes

    @property
    def entries(self) -> list[Entry]:
        return list(self.register.entries.values())

    @property
    def rows(self) -> Mapping[str, str]:
        """Field -> the words that stand before it."""
        return {field.name: field.metadata["row"] for field in fields(self.plan.kind) if field.metadata}


def comparison_faults(comparison: Comparison, references: Register[Reference]) -> Iterator[Finding]:
    """What the types cannot see: words, sources, quotes, addresses and dates."""
    register = comparison.register
    for entry in comparison.entries:
        for place, rule, fault in _entry_faults(comparison, entry, references):
            where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)
            yield Finding(register.path, register.line(entry.id, *place), rule, f"'{entry.id}': '{where}' {fault}")
    labels = {entry.tab for entry in comparison.entries}
    if len(labels) > MOST_TABS:
        message = f"makes {len(labels)} tabs. No more than {MOST_TABS} can be shown; join some of them."
        yield Finding(register.path, 0, "too-many-tabs", message)


def _entry_faults(
    comparison: Comparison, entry: Entry, references: Register[Reference]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for place, text in _texts(comparison, entry):
        for rule, fault in cell_faults(text, comparison.quotes, references):
            if rule != "figure-without-source" or place[-1] not in ("as_of", "tells"):
                yield place, rule, fault
    for field in comparison.rows:
        value = getattr(entry, field)
        if isinstance(value, Check) and not _is_day(value.day):
            yield (field, "day"), "data-field", f"is '{value.day}'. Write a day like 2026-11-22."
        if isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Lookup) and item.url and not ADDRESS.fullmatch(item.url):
                    yield (
                        (field, number, "url"),
                        "data-field",
                        f"is '{item.url}'. Write an address like https://acc.co.nz/.",
                    )


def _texts(comparison: Comparison, entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of an entry that a reader sees, with its place in the file."""
    for field in comparison.rows:
        value = getattr(entry, field)
        if isinstance(value, Check):
            yield (field, "as_of"), value.as_of
        elif isinstance(value, str):
            yield (field,), value
        else:
            for number, item in enumerate(value):
                yield ((field, number, "tells"), item.tells) if isinstance(item, Lookup) else ((field, number), item)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def nearest_comparison(name: str) -> str:
    names = [plan.name for plan in PLANS]
    return did_you_mean(name, names) or f" Write one of: {', '.join(names)}."
