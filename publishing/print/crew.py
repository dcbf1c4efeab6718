"""Gives orders to workers, and takes back what they made.

As many workers as processors, two at most: each may hold some hundred megabytes. Orders are taken as they are given, and
what can be filled next comes first, so that none of the large ones is left for the end; but two large ones are not filled at
once while there is a small one. A worker that has held much is sent home and another takes its place. Few small orders are
filled right here, since a worker needs time to come.
"""

from __future__ import annotations

import math
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TypeAlias, cast

from publishing.print.orders import Order, Outcome
from publishing.records import PublishingError
from publishing.shares import processors

_MOST_WORKERS = 2
_MOST_MEMORY = 300_000_000
_SMALL = 200_000
"""The weight of orders, all together, that need no worker: about twenty sides of paper."""
_LARGE = 100_000
"""The weight of one that holds much memory."""
_PROJECT = Path(__file__).resolve().parents[2]
Hear: TypeAlias = Callable[[Order, Outcome], Sequence[Order]]
"""Gives the orders that can be filled now that this one is: those that it is a part of."""


def fill(orders: Sequence[Order], hear: Hear, workshop: Path, weight: int, workers: int | None = None) -> None:
    """``hear`` is told of each order when it is filled. ``weight``: of these and of those that follow.

    ``workers``: None for what suits this machine.
    """
    if workers is None:
        workers = 0 if weight <= _SMALL else min(_MOST_WORKERS, processors())
    if workers:
        _fill_by(workers, orders, hear, workshop)
    elif orders:
        _fill_here(orders, hear, workshop)


def _fill_here(orders: Sequence[Order], hear: Hear, workshop: Path) -> None:
    from publishing.print.worker import Worker  # loads typst, which starts threads: only where it prints

    worker, waiting = Worker(workshop), deque(orders)
    while waiting:
        order = waiting.popleft()
        waiting.extendleft(reversed(hear(order, worker.fill(order))))


def _fill_by(workers: int, orders: Sequence[Order], hear: Hear, workshop: Path) -> None:
    waiting = list(orders)
    running: dict[Future[Outcome], tuple[_Hand, Order]] = {}
    with ExitStack() as leaving, ThreadPoolExecutor(workers) as pool:
        idle = [leaving.enter_context(_Hand(workshop)) for _ in range(workers)]
        while waiting or running:
            while idle and waiting:
                hand, order = idle.pop(), _next(waiting, [order for _, order in running.values()])
                waiting.remove(order)
                running[pool.submit(hand.fill, order)] = hand, order
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                hand, order = running.pop(future)
                idle.append(hand)
                waiting = [*hear(order, future.result()), *waiting]


def _next(waiting: Sequence[Order], running: Sequence[Order]) -> Order:
    most = _LARGE if any(order.weight > _LARGE for order in running) else math.inf
    # Where only large ones wait, the longest is begun first, or one hand would end long before the other.
    return next((order for order in waiting if order.weight <= most), max(waiting, key=lambda order: order.weight))


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
