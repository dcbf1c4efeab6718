"""What one build keeps for the next: entries named by all that went into them, and checked when they are read.

Deleting the folder changes no byte of any output; it only costs time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CHECKSUM = hashlib.sha256().digest_size


class Cache:
    """``folder`` is made when the first entry is kept; where it cannot be written, nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """None for an entry that is not there, or is not whole."""
        try:
            entry = (self._folder / name).read_bytes()
        except OSError:
            return None
        checksum, content = entry[:_CHECKSUM], entry[_CHECKSUM:]
        if hashlib.sha256(content).digest() != checksum:
            return None
        with suppress(OSError):
            os.utime(self._folder / name)  # used today: `trim` drops what has not been for longest
        return content

    def put(self, name: str, content: bytes) -> None:
        """Written beside and renamed, so that no other build reads half an entry."""
        beside = self._folder / f".{name}-{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(content).digest() + content)
            beside.replace(self._folder / name)
        except OSError:
            beside.unlink(missing_ok=True)

    def trim(self, most: int) -> None:
        """Drop the entries that were not used for longest, until all together have so many bytes at most."""
        with suppress(OSError):
            entries = [(entry.stat(), entry) for entry in self._folder.iterdir()]
            total = sum(about.st_size for about, _ in entries)
            for about, entry in sorted(entries, key=lambda item: (item[0].st_mtime_ns, item[1].name)):
                if total <= most:
                    return
                entry.unlink()
                total -= about.st_size


def fingerprint(*parts: bytes) -> str:
    """One name for all parts in their order; two lists of parts never share it by running together."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def file_parts(files: Iterable[Path]) -> list[bytes]:
    """Name and content of each file, in the order of their names."""
    return [part for file in sorted(files) for part in (file.name.encode(), file.read_bytes())]
