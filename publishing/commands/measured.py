"""One command that is measured: its time, and the memory of it and of all that it starts; the part of all benchmarks.

Memory is looked at ten times a second. What the system notes of a process that has ended is taken only where none was
seen: a process begins with the size of the one that starts it, and a large one would lend it hers.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.1
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Build:
    """What one build took; ``fault`` is its last words where it failed."""

    seconds: float
    busy: float
    """Seconds of the processors: what else the machine does shows here least."""
    megabytes: float
    fault: str = ""
    said: tuple[str, ...] = ()
    """Its lines."""
    user: float = 0.0
    """Of the busy seconds, those in its own code: what the system did for it (files, memory) is left out."""


def timed(command: Sequence[str], folder: Path) -> Build:
    """Run a command there, in a process of its own; its memory is that of all processes that it starts."""
    with tempfile.TemporaryFile() as log:
        since = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stdout=log, stderr=log
        )
        with most_memory(process.pid) as memory:
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - since
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        words = log.read().decode(errors="replace").strip().splitlines()
    said = [word for word in words if word and not word.startswith("Aborted")] or [str(process.returncode)]
    fault = f"failed: {said[-1]}" if process.returncode else ""
    megabytes = memory() / 1e6 or usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Build(seconds, usage.ru_utime + usage.ru_stime, megabytes, fault, tuple(words), usage.ru_utime)


def verdict(is_met: bool, target: str) -> str:
    """What stands behind a figure that has a target."""
    return f"   target: {target}, {'met' if is_met else 'NOT met'}"


@contextmanager
def most_memory(pid: int) -> Iterator[Callable[[], int]]:
    """Gives what says the most bytes that were held at once, so far."""
    most = 0
    done = threading.Event()

    def look() -> None:
        nonlocal most
        while not done.wait(_PAUSE):
            most = max(most, tree_memory(pid))

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield lambda: most
    finally:
        done.set()
        watch.join()


def tree_memory(pid: int) -> int:
    """Bytes; what two processes share counts once on Linux, twice on macOS."""
    rows = list(_processes())
    family = {pid}
    while more := {child for child, parent, _ in rows if parent in family} - family:
        family |= more
    return sum(_shared_out(member) or resident for member, _, resident in rows if member in family)


def _processes() -> Iterator[tuple[int, int, int]]:
    """Each with its parent and its bytes in memory."""
    if not _PROC.is_dir():
        listed = subprocess.run(("ps", "-A", "-o", "pid=,ppid=,rss="), capture_output=True, text=True).stdout
        for line in listed.splitlines():
            pid, parent, kilobytes = map(int, line.split())
            yield pid, parent, 1024 * kilobytes
    for file in _PROC.glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            yield int(file.parent.name), int(fields[1]), int(fields[21]) * resource.getpagesize()


def _shared_out(pid: int) -> int:
    """What a process holds, its part of what it shares with others; 0 where the system does not say."""
    try:
        parts = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(part.split()[1]) for part in parts if part.startswith("Pss:"))
