"""The memory of a process and of all that it starts, looked at ten times a second while it runs."""

from __future__ import annotations

import resource
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.1
_PROC = Path("/proc")


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
