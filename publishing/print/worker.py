"""One worker of the print room: compiles an order, mends the PDF and reads it back, or puts PDFs together.

Started as ``python -m publishing.print.worker WORKSHOP`` it takes pickled orders on its standard input and gives the
outcomes on its standard output, each with the most memory it has held: what Typst has set stays in its memory
for as long as the process lives.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path

from publishing.print.compile import Press
from publishing.print.cut import cut
from publishing.print.impose import impose
from publishing.print.loss import Words, losses, words_of
from publishing.print.mend import mend
from publishing.print.merge import merge
from publishing.print.orders import Order, Outcome
from publishing.records import PublishingError

_BYTES = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes


class Worker:
    """``workshop``: the folder in which everything lies that is to be printed."""

    def __init__(self, workshop: Path) -> None:
        self._press = Press(workshop)
        self._read: dict[str, Words] = {}

    def fill(self, order: Order) -> Outcome:
        if order.is_folded:
            return impose(order.parts[0].printed)
        if order.cut_from:
            return cut(order.parts[0].printed, order.cut_from, order.paper)
        if order.parts:
            return merge(order.parts)
        made = self._press.print(order.main, order.paper, order.told)
        if isinstance(made, tuple):
            return made
        printed = mend(made, order)
        held = {source: self._words(html) for source, html in order.held.items()}
        return replace(printed, missing=losses(printed.content, held)) if held else printed

    def _words(self, html: str) -> Words:
        """A page stands in many editions, and is read once."""
        if html not in self._read:
            self._read[html] = words_of(html)
        return self._read[html]


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who ends a build by Ctrl-C is told of it once
    orders, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything else might print is no outcome
    worker = Worker(Path(sys.argv[1]))
    while True:
        try:
            order = pickle.load(orders)
        except EOFError:
            return
        try:
            outcome: Outcome | str = worker.fill(order)
        except PublishingError as error:
            outcome = str(error)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES
        pickle.dump((outcome, held), outcomes)
        outcomes.flush()


if __name__ == "__main__":
    main()
