"""What passes between the print room and its workers: orders for PDFs, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publishing.print.papers import Paper
from publishing.print.routes import Route


@dataclass(frozen=True, slots=True)
class Part:
    """A finished PDF that goes into another."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """One PDF to be made of files that lie in the workshop, and of PDFs that are there already."""

    name: str
    main: str
    paper: Paper
    links: tuple[Route, ...]
    """Every link, in the order of the document."""
    held: Mapping[str, str]
    """The HTML of its pages by their source, in its order; none where it is not to be read back."""
    weight: int
    """How much there is to set, roughly."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What its files ask for by name, beside the paper."""
    parts: tuple[Part, ...] = ()
    """What stands behind the pages of its files; these end with a page of its own for the heading of each."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF, still without its date."""

    content: bytes
    pages: int
    missing: Mapping[str, tuple[str, ...]]
    """Words that it lacks, by the source of their page."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What Typst could not set, and in which files of the workshop: the nearest first, then those that called it."""

    files: tuple[str, ...]
    message: str


Outcome = Printed | tuple[Fault, ...]
