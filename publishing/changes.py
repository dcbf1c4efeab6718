"""The register of changes (``data/changes.yml``): which edition of a sheet took the place of which, when and why.

An edition that stands here was given out. The page of a sheet, the page of changes and the feed are filled from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from publishing.data import Register, load_register
from publishing.records import Faults, Finding

NAME = "changes.yml"
Kind: TypeAlias = Literal["correction", "update", "wording", "new"]
KINDS: Mapping[Kind, str] = {"correction": "Correction", "update": "Update", "wording": "Wording", "new": "New"}
CARDS = "wallet"
"""What the wallet cards are called where a sheet is named by its page: no page is theirs."""
_EDITION = re.compile(r"[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Change:
    """One new edition of one sheet."""

    sheet: str
    """Path of the sheet's page under docs, ``visit/after.md``, or ``CARDS``."""
    date: str
    """The day on which it was given out: 2026-11-22."""
    new: str
    """The edition that began on that day."""
    kind: Kind
    """``correction``: a figure or advice proved wrong."""
    what: str
    """What changed, in words for somebody who holds the paper."""
    old: str = ""
    """The edition that it took the place of; '' for the first one."""
    why: str = ""

    @property
    def id(self) -> str:
        return f"{self.sheet} {self.date} {self.new}"


def load_changes(root: Path, data: str) -> Register[Change]:
    """Oldest first, as the file has them; raises Faults. A file that is not there is an empty register."""
    register = load_register(root, f"{data.rstrip('/')}/{NAME}", "changes", Change)
    if findings := sorted(_faults(register)):
        raise Faults(findings)
    return register


def by_sheet(changes: Mapping[str, Change]) -> dict[str, list[Change]]:
    """The changes of each sheet, oldest first, by the source of its page."""
    found: dict[str, list[Change]] = {}
    for change in changes.values():
        found.setdefault(change.sheet, []).append(change)
    return found


def _faults(register: Register[Change]) -> Iterator[Finding]:
    newest: dict[str, Change] = {}
    for change in register.entries.values():
        line = register.line(change.id)
        before = newest.get(change.sheet)
        for message in _own_faults(change):
            yield Finding(register.path, line, "data-field", f"'{change.id}': {message}")
        if change.old != (before.new if before else ""):
            follows = f"old: {before.new}" if before else "no 'old' for the first edition of a sheet"
            yield Finding(register.path, line, "change-order", f"'{change.id}': 'old' breaks the row. Write {follows}.")
        if before and change.date < before.date:
            message = f"'{change.id}' is older than the entry before it for this sheet. Put the oldest first."
            yield Finding(register.path, line, "change-order", message)
        newest[change.sheet] = change


def _own_faults(change: Change) -> Iterator[str]:
    if change.sheet != CARDS and not change.sheet.endswith(".md"):
        yield f"'sheet' is '{change.sheet}'. Write the path of its page under docs, such as visit/after.md, or '{CARDS}'."
    for field in ("new", "old"):
        if (given := getattr(change, field)) and not _EDITION.fullmatch(given):
            yield f"'{field}' is '{given}', which is no edition. Write its six signs, such as 3f9c21, from the foot of the sheet."
    try:
        date.fromisoformat(change.date)
    except ValueError:
        yield f"'date' is '{change.date}'. Write a day such as 2026-11-22."
    if not change.what.strip():
        yield "'what' is empty. Say what changed, for somebody who holds the paper."
    if change.kind == "correction" and not change.why.strip():
        yield "a correction needs its 'why': say what was wrong, and since when."
