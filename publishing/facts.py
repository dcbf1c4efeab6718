"""What the comparisons are made of: one record for each register, its fields in the order in which readers see them.

A field made by `row` is a row of the comparison, under the words given here; every entry has all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

VERIFIED = {
    "yes": "",
    "partial": "Part of this is not confirmed at the source.",
    "no": "We could not confirm this.",
}


def row(label: str) -> Any:
    return field(metadata={"row": label})


class Entry(Protocol):
    """What one column of a comparison, or one of the entries under one tab, has to have."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def tab(self) -> str:
        """The label of its tab; tabs of the same label move together, over all pages."""

    @property
    def title(self) -> str:
        """Its name where it stands without its tab."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A place where a reader can look somebody up; ``url`` is empty until the address was confirmed."""

    name: str
    tells: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """When an entry was held against its sources, how old these are, and how far it could be confirmed."""

    day: str
    as_of: str
    verified: Literal["yes", "partial", "no"]


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str

    @property
    def tab(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Technique(Named):
    """One kind of needling (``data/techniques.yml``)."""

    theory: str = row("The idea behind it")
    needle: str = row("The needle")
    points: str = row("Where the needles go")
    aim: str = row("What it aims for")
    sensation: str = row("What you may feel")
    duration: str = row("How long the needles stay")
    sessions: str = row("How many sessions")
    practitioners: str = row("Who does it")
    training: str = row("Their training")
    benefit: str = row("What it may do for back pain")
    certainty: str = row("How sure we are")
    common_harms: str = row("Common harms")
    serious_harms: str = row("Serious harms")
    cautions: str = row("Who should ask first")
    cost: str = row("What it costs you")


@dataclass(frozen=True, slots=True)
class Treatment(Named):
    """Something to do about back pain, needling among the rest (``data/treatments.yml``)."""

    meaning: str = row("What it is")
    benefit: str = row("What it may do for you")
    harm: str = row("What can go wrong")
    effort: str = row("What it asks of you")
    cost: str = row("What it costs")
    certainty: str = row("How sure we are")
    advice: str = row("What guidelines say")


@dataclass(frozen=True, slots=True)
class Guideline(Named):
    """What one body says about needling (``data/guidelines.yml``)."""

    body: str = row("Who says it")
    acupuncture: str = row("On acupuncture")
    dry_needling: str = row("On dry needling")
    strength: str = row("How strongly")
    certainty: str = row("How sure they were")
    date: str = row("When")
    population: str = row("For whom")
    comparator: str = row("Compared with what")
    reason: str = row("Why they say so")
    differs: str = row("Why others say something else")
    checked: Check = row("Checked")


@dataclass(frozen=True, slots=True)
class Jurisdiction(Named):
    """Who may needle in one country, and how a reader checks (``data/practitioners.yml``)."""

    may_needle: str = row("Who may needle")
    title_protected: str = row("Is the title protected?")
    registration: str = row("What registration means")
    training: str = row("Training")
    dry_needling: str = row("Dry needling")
    look_up: tuple[Lookup, ...] = row("Where to look them up")
    steps: tuple[str, ...] = row("How to check")
    complain: str = row("Whom to tell if something is wrong")
    unconfirmed: str = row("We could not confirm")
    checked: Check = row("Checked")


@dataclass(frozen=True, slots=True)
class Cover:
    """Who pays for needling, by one scheme of one country (``data/costs.yml``)."""

    id: str
    country: str
    scheme: str
    covered: str = row("What it pays for")
    conditions: str = row("On what conditions")
    not_covered: str = row("What it does not pay for")
    checked: Check = row("Checked")

    @property
    def name(self) -> str:
        return self.scheme

    @property
    def tab(self) -> str:
        return self.country

    @property
    def title(self) -> str:
        return f"{self.country}: {self.scheme}"
