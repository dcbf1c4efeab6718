"""Work on many pages, parted among the cores: each process that is started inherits all that was read before it.

Only where a process can be copied as it is, and nothing has been loaded that would not bear it; else all is done here.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_WORTH_IT = 50
"""Items that take longer than to start a process."""
_LEARN = 40
"""Items that are done before any process is started, so that what is remembered of them is found out once."""


def cores() -> int:
    """How many processes may run at a time; 1 where none can be copied (macOS, Windows, threads, Typst)."""
    if sys.platform != "linux" or "typst" in sys.modules or threading.active_count() > 1:
        return 1
    return processors()


def processors() -> int:
    """Those that this process may use, where the system says so."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def in_shares(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], processes: int) -> list[Result]:
    """The result of each share, in the order of the items; ``work`` may not hang on which items are together."""
    count = max(1, min(processes, len(items) // _WORTH_IT))
    if count == 1:
        return [work(items)]
    ends = [_LEARN + (len(items) - _LEARN) * place // count for place in range(count + 1)]
    own, *others = (items[start:end] for start, end in zip(ends, ends[1:], strict=False))
    results = [work(items[:_LEARN])]
    started = [_start(work, share) for share in others]
    results.append(work(own))
    for share, (receiver, wait) in zip(others, started, strict=True):
        try:
            results.append(receiver.recv())
        except EOFError:  # whatever ended that process: done here, it ends in a result or in words that say why
            results.append(work(share))
        wait()
    return results


def _start(work: Callable[[Sequence[Item]], Result], share: Sequence[Item]) -> tuple[Connection, Callable[[], None]]:
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sender.send(work(share)), daemon=True)
    process.start()
    sender.close()
    return receiver, process.join
