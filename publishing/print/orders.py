"""What passes between the print room and its workers: orders for PDFs, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publishing.print.papers import Paper
from publishing.print.routes import Route


@dataclass(frozen=True, slots=True)
class Leaf:
    """What there is to know of a part of a booklet, which is set alone, between pages that only stand in for the rest."""

    above: int = 0
    """How many headings stand above its own, in parts before it."""
    numbers: tuple[str, ...] = ()
    """What each page number in its text is of: a label of some part of the booklet."""

    @property
    def first(self) -> int:
        """How many pages stand in before its own, for those headings."""
        return 1 if self.above else 0


@dataclass(frozen=True, slots=True)
class Part:
    """A finished PDF that goes into another."""

    name: str
    printed: Printed
    leaf: Leaf | None = None
    """None for a sheet, which has its own numbers, and begins on a right-hand page."""


@dataclass(frozen=True, slots=True)
class Order:
    """One PDF to be made: of files that lie in the workshop, or of PDFs that are there already (``parts``)."""

    name: str
    main: str
    """Nothing where it is put together of ``parts``."""
    paper: Paper
    links: tuple[Route, ...]
    """Every link, in the order of the document."""
    held: Mapping[str, str]
    """The HTML of its pages by their source, in its order; none where it is not to be read back."""
    weight: int
    """How much there is to set, roughly."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What its files ask for by name, beside the paper."""
    leaf: Leaf | None = None
    places: tuple[str, ...] = ()
    """The labels in it that something leads to, the first at its heading. Where there are any, its last page leads to each."""
    is_bound: bool = False
    """Whether the PDF is to go into another, which numbers its pages."""
    parts: tuple[Part, ...] = ()
    """The first has the title and the contents, and a page for each of the others with its headings alone."""
    cut_from: Paper | None = None
    """The paper of its only part, where that is this PDF on another one."""
    is_folded: bool = False
    """Whether it is its only part, two pages to a side."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF, still without its date."""

    content: bytes
    pages: int
    missing: Mapping[str, tuple[str, ...]]
    """Words that it lacks, by the source of their page."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Of a part of a booklet: the page, from 0, of each label that something leads to."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What Typst could not set, and in which files of the workshop: the nearest first, then those that called it."""

    files: tuple[str, ...]
    message: str


Outcome = Printed | tuple[Fault, ...]
