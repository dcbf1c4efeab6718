"""Turns editions into PDFs: writes their files into the workshop, takes what is kept, and has the rest printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.cache import Cache
from publishing.print.bind import Edition
from publishing.print.crew import filled
from publishing.print.keep import Shelf
from publishing.print.orders import Order, Outcome, Printed
from publishing.print.papers import SIZES

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Floor:
    """Where printing is done, and with what."""

    workshop: Path
    """Holds the pictures already."""
    cache: Cache | None
    """None where nothing is to be kept."""
    tell: Callable[[int, int], None]
    """Hears how many PDFs are done, of how many."""
    workers: int | None = None
    """How many processes print; 0 for none but this one, None for what suits the machine."""

    def run(self, editions: Sequence[Edition], *, read_back: bool) -> Iterator[tuple[Edition, str, Outcome]]:
        """Each edition on each of its papers, in this order, whatever is done first."""
        wanted = [
            (edition, paper, _order(edition, paper, read_back)) for edition in editions for paper in edition.papers
        ]
        self._furnish(editions)
        shelf = Shelf(self.cache, self.workshop) if self.cache else None
        names = {order.name: shelf.name(order, edition.files) for edition, _, order in wanted} if shelf else {}
        kept = {order.name: shelf.take(names[order.name]) for _, _, order in wanted} if shelf else {}
        outcomes: dict[str, Outcome] = {name: printed for name, printed in kept.items() if printed}
        lacking = [order for _, _, order in wanted if order.name not in outcomes]
        for order, outcome in filled(lacking, self.workshop, self.workers):
            outcomes[order.name] = outcome
            if shelf and isinstance(outcome, Printed):
                shelf.put(names[order.name], outcome)
            self.tell(len(outcomes), len(wanted))
        if shelf:
            shelf.tidy()
        yield from ((edition, paper, outcomes[order.name]) for edition, paper, order in wanted)

    def _furnish(self, editions: Sequence[Edition]) -> None:
        for part in (*_HERE.glob("*.typ"), *_HERE.glob("icons/*.svg")):
            shutil.copyfile(part, self.workshop / part.name)
        for edition in editions:
            for name, source in edition.files.items():
                (self.workshop / name).write_text(source, encoding="utf-8", newline="\n")


def _order(edition: Edition, paper: str, read_back: bool) -> Order:
    return Order(
        name=f"{edition.id}-{paper}",
        main=edition.main,
        paper=SIZES[paper],
        links=tuple(edition.links),
        held={page.source: page.html for page in edition.held if read_back},
        weight=sum(map(len, edition.files.values())),
    )
