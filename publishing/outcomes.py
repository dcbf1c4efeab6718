"""What trials and reviews found: one row of a fact box, with its numbers, and the words that are made from them.

A number is kept as the source gives it and rounded here, in one place, so that no page has to. `better` counts in
favour of the treatment that is named first, whichever way the scale of the source runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from publishing.cells import cell_faults, unknown_sources
from publishing.data import Register
from publishing.quotes import Quote
from publishing.records import Finding, Reference

Group: TypeAlias = Literal[
    "against-nothing",
    "usual-care",
    "sham",
    "later",
    "dry-needling",
    "twitch",
    "other-treatments",
    "other-harms",
    "further",
]
Measure: TypeAlias = Literal[
    "pain", "daily life", "pain or daily life", "quality of life", "side effects", "stopped because of side effects"
]
GAINS: dict[Measure, tuple[str, str]] = {
    "pain": ("less pain", "more pain"),
    "daily life": ("better daily life", "worse daily life"),
    "pain or daily life": ("less pain or better daily life", "more pain or worse daily life"),
    "quality of life": ("better quality of life", "worse quality of life"),
    "side effects": ("fewer side effects", "more side effects"),
    "stopped because of side effects": ("fewer who stopped", "more who stopped"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """What a difference is counted in (``data/scales.yml``)."""

    id: str
    unit: str
    """'point': the plural has an s."""
    extent: str
    """'on a scale of 0 to 100', or that the source does not say."""
    places: int
    """Decimal places that a reader is shown."""
    least: Decimal | None = None
    most: Decimal | None = None
    matters: Decimal | None = None
    """The gain that a source calls large enough to matter."""
    matters_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one treatment did, with the range in which the true figure probably lies, where it is known."""

    scale: str
    better: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many people out of 100 did well, or had the side effect."""

    treatment: str
    people: int
    up_to: int | None = None

    @property
    def count(self) -> str:
        return f"{self.people} to {self.up_to}" if self.up_to else f"{self.people}"

    def __str__(self) -> str:
        return f"{self.count} with {self.treatment}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One finding (``data/outcomes.yml``): a difference on a scale, people out of 100, or words alone."""

    id: str
    groups: tuple[Group, ...]
    measure: Measure
    treatment: str
    comparator: str
    time: str
    means: str
    """What it means for a reader."""
    certainty: Literal[
        "high",
        "moderate",
        "low",
        "low or very low",
        "moderate to very low",
        "very low",
        "one trial",
        "not graded",
        "not confirmed",
    ]
    studies: str
    sources: tuple[str, ...]
    verified: Literal["yes", "partial"]
    difference: Difference | None = None
    shares: tuple[Share, ...] = ()
    words: str = ""

    @property
    def one_trial(self) -> bool:
        return self.certainty == "one trial"


def finding(outcome: Outcome, scales: Register[Scale]) -> str:
    """What was found, in one sentence without its full stop."""
    if outcome.difference:
        scale = scales.entries[outcome.difference.scale]
        return difference_words(outcome.difference, scale, GAINS[outcome.measure])
    if outcome.shares:
        return "out of 100 people: " + ", ".join(map(str, outcome.shares))
    return outcome.words


def difference_words(difference: Difference, scale: Scale, gains: tuple[str, str]) -> str:
    """'about 10 points less pain on a scale of 0 to 100; the true figure is probably between 3 and 17'."""
    gain, loss = gains
    better = _rounded(difference.better, scale.places)
    head = f"about {_count(abs(better), scale.unit)} {gain if difference.better >= 0 else loss} {scale.extent}".rstrip()
    if difference.low is None or difference.high is None:
        return head
    low, high = _rounded(difference.low, scale.places), _rounded(difference.high, scale.places)
    if difference.low < 0 < difference.high:
        ends = f"{_count(-low, scale.unit)} {loss} to {_count(high, scale.unit)} {gain}"
        return f"{head}; the true figure may lie anywhere from {ends}"
    nearer, farther = sorted((abs(low), abs(high)))
    return f"{head}; the true figure is probably between {nearer} and {farther}"


def _rounded(figure: Decimal, places: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # + 0 takes the sign from a zero


def _count(figure: Decimal, unit: str) -> str:
    return f"{figure} {unit}" if str(figure) == "1" else f"{figure} {unit}s"


def outcome_quotes(outcomes: Register[Outcome], scales: Register[Scale]) -> dict[str, Quote]:
    """Every finding, and the people out of 100 with each treatment of it."""
    quotes: dict[str, Quote] = {}
    for outcome in outcomes.entries.values():
        if outcome.difference is None or outcome.difference.scale in scales.entries:
            quotes[f"outcome {outcome.id}"] = Quote(finding(outcome, scales), outcome.sources)
        for share in outcome.shares:
            quotes[f"outcome {outcome.id}: {share.treatment}"] = Quote(
                f"{share.count} out of 100 people", outcome.sources
            )
    return quotes


def outcome_faults(
    outcomes: Register[Outcome], scales: Register[Scale], references: Register[Reference]
) -> Iterator[Finding]:
    """Where an entry, each field right by itself, says too much, too little, or what cannot be."""
    for scale in scales.entries.values():
        for rule, fault in unknown_sources(scale.matters_sources, references):
            yield Finding(scales.path, scales.line(scale.id, "matters_sources"), rule, f"'{scale.id}' {fault}")
        if (scale.matters is None) != (not scale.matters_sources):
            message = f"'{scale.id}': 'matters' and 'matters_sources' go together. Write both, or neither."
            yield Finding(scales.path, scales.line(scale.id), "data-field", message)
    for outcome in outcomes.entries.values():
        for field, rule, fault in _outcome_faults(outcome, scales, references):
            yield Finding(outcomes.path, outcomes.line(outcome.id, field), rule, f"'{outcome.id}' {fault}")


def _outcome_faults(
    outcome: Outcome, scales: Register[Scale], references: Register[Reference]
) -> Iterator[tuple[str, str, str]]:
    if sum(map(bool, (outcome.difference, outcome.shares, outcome.words))) != 1:
        yield "id", "data-field", "needs one of 'difference', 'shares' and 'words', and no more."
    if outcome.verified == "partial" and not outcome.words:
        yield (
            "verified",
            "unconfirmed-figure",
            "is not confirmed at the source. Say in 'words' what was found; print no figure.",
        )
    if not outcome.sources:
        yield "sources", "figure-without-source", "names no source. Write its id from the references."
    for rule, fault in unknown_sources(outcome.sources, references):
        yield "sources", rule, fault
    for field in ("treatment", "comparator", "time", "means", "studies", "words"):
        for rule, fault in cell_faults(getattr(outcome, field) or "-", {}, references):
            if rule != "figure-without-source":  # the row has its sources in a column of their own
                yield field, rule, f"'{field}' {fault}"
    if any(not 0 <= share.people <= 100 for share in outcome.shares):
        yield "shares", "data-field", "counts people out of 100. Write a whole number from 0 to 100."
    if outcome.difference:
        yield from _difference_faults(outcome.difference, scales)


def _difference_faults(difference: Difference, scales: Register[Scale]) -> Iterator[tuple[str, str, str]]:
    scale = scales.entries.get(difference.scale)
    if scale is None:
        near = scales.nearest(difference.scale)
        yield "difference", "unknown-scale", f"is counted on '{difference.scale}', which is not in {scales.path}.{near}"
    ends = [end for end in (difference.low, difference.high) if end is not None]
    if len(ends) == 1:
        yield "difference", "data-field", "has one end of its range. Write 'low' and 'high', or neither."
    elif ends and not ends[0] <= difference.better <= ends[-1]:
        fault = "has a 'better' that is not between its 'low' and its 'high'. Check the three and their signs."
        yield "difference", "data-field", fault
    if scale and scale.least is not None and scale.most is not None:
        width = scale.most - scale.least
        if max(map(abs, (difference.better, *ends))) > width:
            yield (
                "difference",
                "data-field",
                f"is larger than its scale, which is {width} wide. Check figures and scale.",
            )
