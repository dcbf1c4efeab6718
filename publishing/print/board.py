"""Which orders can be given now, and what became of those that were: an edition of parts waits until all of them are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publishing.print.bind import Edition
from publishing.print.orders import Order, Outcome, Part, Printed
from publishing.print.papers import SIZES


class Board:
    """Of one run; ``editions``: with those that others are made of."""

    def __init__(self, editions: Sequence[Edition], *, read_back: bool) -> None:
        self._wanted = {_name(edition.id, paper): (edition, paper) for edition in editions for paper in edition.papers}
        self._waiting = [name for name, (edition, _) in self._wanted.items() if edition.parts]
        self._outcomes: dict[str, Outcome] = {}
        self._read_back = read_back

    def first(self) -> list[Order]:
        return [self._order(name, ()) for name, (edition, _) in self._wanted.items() if not edition.parts]

    def hear(self, order: Order, outcome: Outcome) -> list[Order]:
        """The orders that this one was the last part of."""
        self._outcomes[order.name] = outcome
        ready = {name: parts for name in self._waiting if (parts := self._parts(name)) is not None}
        self._waiting = [name for name in self._waiting if name not in ready]
        self._outcomes |= {name: () for name, parts in ready.items() if not all(parts)}
        return [self._order(name, [part for part in parts if part]) for name, parts in ready.items() if all(parts)]

    def files(self, order: Order) -> Mapping[str, str]:
        return self._wanted[order.name][0].files

    def done(self) -> tuple[int, int]:
        """How many, of how many."""
        return len(self._outcomes), len(self._wanted)

    def outcomes(self) -> Iterator[tuple[Edition, str, Outcome]]:
        """Each edition on each of its papers, in this order, whatever was done first."""
        yield from ((edition, paper, self._outcomes[name]) for name, (edition, paper) in self._wanted.items())

    def _parts(self, name: str) -> list[Printed | None] | None:
        """None while one is still to be made; None in the place of one that could not be: its faults are told already."""
        edition, paper = self._wanted[name]
        made = [self._outcomes.get(_name(part, paper)) for part in edition.parts]
        return None if None in made else [part if isinstance(part, Printed) else None for part in made]

    def _order(self, name: str, parts: Sequence[Printed]) -> Order:
        edition, paper = self._wanted[name]
        return Order(
            name=name,
            main=edition.main,
            paper=SIZES[paper],
            links=tuple(edition.links),
            held={page.source: page.html for page in edition.held if self._read_back},
            weight=sum(map(len, edition.files.values())) + sum(len(part.content) for part in parts) // 10,
            told={"starts": " ".join(map(str, _starts(parts)))} if parts else {},
            parts=tuple(Part(name, part.content) for name, part in zip(edition.parts, parts, strict=True)),
        )


def _name(edition: str, paper: str) -> str:
    return f"{edition}-{paper}"


def _starts(parts: Sequence[Printed]) -> Iterator[int]:
    """The page on which each begins, counted from the first that is none of the contents; a right-hand one."""
    start = 1
    for part in parts:
        yield start
        start += part.pages + part.pages % 2
