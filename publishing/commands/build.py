"""``mkdocs build``, and then a short account of what was made and how long each stage took.

MkDocs' own words pass through as they are; its lines ``stage NAME SECONDS`` and ``counts ...`` become the account,
and ``printed N of M`` a bar on a terminal.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from publishing.commands.system import say
from publishing.records import PublishingError

ROOT = Path(__file__).resolve().parents[2]

_INFO = "INFO    -  "
_STAGE = re.compile(r"stage (?P<name>\S+) (?P<seconds>[\d.]+)")
_PRINTED = re.compile(r"printed (\d+) of (\d+)")
_BAR = 30
_COUNT = re.compile(r"(\w+)=(\d+)")
_WIPED = "\r\x1b[K"
_DATE = re.compile(r"^## .*?(\d{4}-\d{2}-\d{2})", re.MULTILINE)


@dataclass
class Account:
    """What a build says of itself; ``on_terminal``: whether somebody watches who likes a bar."""

    stages: dict[str, float] = field(default_factory=dict)
    counts: dict[str, str] = field(default_factory=dict)
    on_terminal: bool = False

    def take(self, lines: Iterable[str]) -> Iterator[str]:
        """Note what is for the account; give back what is for the reader."""
        for line in lines:
            note = line.removeprefix(_INFO).strip()
            if stage := _STAGE.fullmatch(note):
                self.stages[stage["name"]] = float(stage["seconds"])
            elif printed := _PRINTED.fullmatch(note):
                yield from self._bar(int(printed[1]), int(printed[2]))
            elif note.startswith("counts "):
                self.counts = dict(_COUNT.findall(note))
            elif note.startswith("warning: "):
                yield note + "\n"
            elif not line.startswith(_INFO):
                yield line

    def _bar(self, done: int, total: int) -> Iterator[str]:
        """Drawn over the last one, and wiped when all is done; elsewhere four lines, for a log."""
        if self.on_terminal:
            full = _BAR * done // total
            yield f"\rPrinting [{'#' * full}{'.' * (_BAR - full)}] {done} of {total}" if done < total else _WIPED
        elif done * 4 // total > (done - 1) * 4 // total:
            yield f"Printed {done} of {total} PDFs\n"

    def __str__(self) -> str:
        stages = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.stages.items())
        made = [f"{name}: {self.counts.get(key, '?')}" for name, key in _MADE]
        return "\n".join([*made, f"Time: {stages}"])


_MADE = (("Pages", "pages"), ("PDFs", "pdfs"), ("Findings", "findings"), ("Warnings", "warnings"))


def run(site_dir: str = "site", set_up: float = 0.0, clinics: str = "") -> int:
    site = ROOT / site_dir
    since = time.monotonic()
    when, origin = source_date(ROOT)
    say(f"Building {site}, dated {when:%Y-%m-%d} ({origin}) ...")
    account = Account(stages={"set-up": set_up}, on_terminal=sys.stderr.isatty())
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site))
    surroundings = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(when.timestamp())),
        "PUBLISHING_CLINICS": clinics or os.environ.get("PUBLISHING_CLINICS", ""),
        "COLUMNS": "0",  # MkDocs would wrap its lines to them, and a finding is one line
        "NO_MKDOCS_2_WARNING": "1",  # the theme's news of its successor: said once, in CONTRIBUTING.md
    }
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as mkdocs:
        assert mkdocs.stdout
        for line in account.take(mkdocs.stdout):
            print(line, end="", file=sys.stderr, flush=True)
    if mkdocs.returncode == 0:
        account.stages["all"] = set_up + time.monotonic() - since
        print(f"{account}\nThe site: {site / 'index.html'} (to look at it: scripts/serve)\nThe PDFs: {site / 'print'}")
    return mkdocs.returncode


def source_date(root: Path) -> tuple[datetime, str]:
    """The one date that enters the output, and where it is from; the same words give the same bytes.

    In this order: SOURCE_DATE_EPOCH, the last commit, the newest date in CHANGELOG.md.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return datetime.fromtimestamp(int(given), UTC), "SOURCE_DATE_EPOCH"
    if (root / ".git").exists():  # not a repository that merely holds this folder
        command = ("git", "-C", str(root), "log", "-1", "--format=%ct")
        try:
            commit = subprocess.run(command, capture_output=True, text=True).stdout.strip()
        except OSError:
            commit = ""
        if commit.isdigit():
            return datetime.fromtimestamp(int(commit), UTC), "the last commit"
    days = _DATE.findall((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    try:
        newest = date.fromisoformat(max(days))
    except ValueError:
        raise PublishingError(
            f"{root / 'CHANGELOG.md'}: has no date to go by. Write for example '## [0.1.0] - 2026-11-22'."
        ) from None
    return datetime(newest.year, newest.month, newest.day, tzinfo=UTC), "CHANGELOG.md"
