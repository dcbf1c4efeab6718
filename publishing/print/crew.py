"""Gives orders to workers, and takes back what they made.

As many workers as processors, two at most: each may hold some hundred megabytes. One begins with the longest orders and
one with the shortest, so that two booklets are seldom held at once. A worker that has held much is sent home and another
takes its place. Few small orders are filled right here, since a worker needs time to come.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, cast

from publishing.print.orders import Order, Outcome
from publishing.records import PublishingError

_MOST_WORKERS = 2
_MOST_MEMORY = 400_000_000
_SMALL = 200_000
"""The weight of orders, all together, that need no worker: about twenty sides of paper."""
_PROJECT = Path(__file__).resolve().parents[2]


def filled(orders: Sequence[Order], workshop: Path, workers: int | None = None) -> Iterator[tuple[Order, Outcome]]:
    """In the order in which they are done. ``workers``: None for what suits this machine."""
    if workers is None:
        workers = 0 if sum(order.weight for order in orders) <= _SMALL else min(_MOST_WORKERS, _processors())
    if not workers:
        yield from _filled_here(orders, workshop)
        return
    waiting = deque(sorted(orders, key=lambda order: -order.weight))
    done: SimpleQueue[tuple[Order, Outcome | Exception]] = SimpleQueue()
    with ThreadPoolExecutor(workers) as pool:
        for number in range(min(workers, len(orders))):
            pool.submit(_shift, _Hand(workshop), waiting.pop if number % 2 else waiting.popleft, done)
        try:
            for _ in orders:
                order, outcome = done.get()
                if isinstance(outcome, Exception):
                    raise outcome
                yield order, outcome
        finally:
            waiting.clear()


def _filled_here(orders: Sequence[Order], workshop: Path) -> Iterator[tuple[Order, Outcome]]:
    if not orders:
        return
    from publishing.print.worker import Worker  # loads typst, which starts threads: only where it prints

    worker = Worker(workshop)
    for order in orders:
        yield order, worker.fill(order)


def _shift(hand: _Hand, take: Callable[[], Order], done: SimpleQueue[tuple[Order, Outcome | Exception]]) -> None:
    """One worker, from its first order until none is left."""
    with hand, suppress(IndexError):
        while True:
            order = take()
            try:
                done.put((order, hand.fill(order)))
            except Exception as error:  # told to whoever waits, who would else wait for ever
                done.put((order, error))


class _Hand:
    """A worker's process that is started for its first order, and anew when it has held too much memory."""

    def __init__(self, workshop: Path) -> None:
        self._workshop = workshop
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Hand:
        return self

    def __exit__(self, *error: object) -> None:
        self._send_home()

    def fill(self, order: Order) -> Outcome:
        process = self._process or self._start()
        try:
            pickle.dump(order, cast(IO[bytes], process.stdin))
            cast(IO[bytes], process.stdin).flush()
            outcome, held = pickle.load(cast(IO[bytes], process.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            raise PublishingError(
                f"{order.name}: the process that printed it has ended (exit code {process.wait()}). "
                "Where the machine ran out of memory, close other programs and build again."
            ) from None
        if isinstance(outcome, str):
            raise PublishingError(outcome)
        if held > _MOST_MEMORY:
            self._send_home()
        return cast(Outcome, outcome)

    def _start(self) -> subprocess.Popen[bytes]:
        paths = filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH")))
        self._process = subprocess.Popen(
            (sys.executable, "-m", "publishing.print.worker", str(self._workshop)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        return self._process

    def _send_home(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()  # it owns nothing that could be left half done
            process.communicate()


def _processors() -> int:
    """Those that this process may use, where the system says so."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
