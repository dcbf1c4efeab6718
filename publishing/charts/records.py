"""What a chart is made of (``data/charts.yml``), and what the drawing rooms may look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from publishing.data import Register
from publishing.outcomes import Outcome, Scale
from publishing.records import Reference, Risk

Kind: TypeAlias = Literal["people", "sessions", "differences", "sizes", "steps", "days", "ideas", "drawing"]
Moment: TypeAlias = Literal["session", "hours", "day 1", "day 2", "day 3", "later"]
MOMENTS: tuple[Moment, ...] = ("session", "hours", "day 1", "day 2", "day 3", "later")
Seen: TypeAlias = Literal["idea", "animals", "volunteers", "people"]
SEEN: tuple[Seen, ...] = ("idea", "animals", "volunteers", "people")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing after another."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a hazard shows; ``quote`` are the register's own words for it."""

    risk: str
    quote: str
    start: Moment
    end: Moment


@dataclass(frozen=True, slots=True)
class Idea:
    """One way in which something might work, and where each part of it has been seen."""

    name: str
    seen: tuple[Seen, ...]
    sure: str
    eases: str


@dataclass(frozen=True, slots=True)
class Chart:
    id: str
    kind: Kind
    title: str
    note: str = ""
    """What a reader must know beside the picture."""
    outcomes: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    spans: tuple[Span, ...] = ()
    ideas: tuple[Idea, ...] = ()
    file: str = ""
    """A drawing below the docs folder."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The registers that charts are drawn from."""

    charts: Register[Chart]
    outcomes: Register[Outcome]
    scales: Register[Scale]
    risks: Register[Risk]
    references: Register[Reference]
    docs: Path
