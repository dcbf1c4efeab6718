"""Turns editions into PDFs: writes their files into the workshop, takes what is kept, and has the rest printed."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.cache import Cache
from publishing.print.bind import Edition
from publishing.print.board import Board
from publishing.print.crew import fill
from publishing.print.keep import Shelf
from publishing.print.orders import Order, Outcome, Printed

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
        self._furnish(editions)
        board = Board(editions, read_back=read_back)
        shelf = Shelf(self.cache, self.workshop) if self.cache else None
        names: dict[str, str] = {}

        def lacking(orders: Sequence[Order]) -> list[Order]:
            """Those that are not kept; for each that is, those that it was the last part of."""
            missing, asked = [], deque(orders)
            while asked:
                order = asked.popleft()
                if shelf:
                    names[order.name] = shelf.name(order, board.files(order))
                kept = shelf.take(names[order.name]) if shelf else None
                if kept:
                    asked += board.hear(order, kept)
                else:
                    missing.append(order)
            return missing

        def hear(order: Order, outcome: Outcome) -> list[Order]:
            if shelf and isinstance(outcome, Printed):
                shelf.put(names[order.name], outcome)
            before = board.done()
            following = lacking(board.hear(order, outcome))
            if board.done() != before:
                self.tell(*board.done())
            return following

        orders = lacking(board.first())
        fill(orders, hear, self.workshop, board.weight(orders), self.workers)
        if shelf:
            shelf.tidy()
        yield from board.outcomes()

    def _furnish(self, editions: Sequence[Edition]) -> None:
        for part in (*_HERE.glob("*.typ"), *_HERE.glob("icons/*.svg")):
            shutil.copyfile(part, self.workshop / part.name)
        for edition in editions:
            for name, source in edition.files.items():
                (self.workshop / name).write_text(source, encoding="utf-8", newline="\n")
