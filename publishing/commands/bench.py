"""Measures what the hook costs: one site built plainly, with the safety rule, with registers, with print, and by a peer.

The site is the guide's own pages, repeated, in Material as it comes. Plain MkDocs takes risk blocks and citations for
text, so that all builds read the same words. Each build is a process of its own; it prints, and never fails.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

from publishing.commands.config import read_config
from publishing.commands.system import say, succeeds

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / ".venv-bench/bin/python"

_SAFETY = {"safety_section": "safety/"}
_REGISTERS = {**_SAFETY, "data": "data/"}
_PRINT = {**_REGISTERS, "print": {"papers": ["a4"]}}


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to build the site."""

    name: str
    publishing: Mapping[str, Any] | None = None
    """``extra.publishing``; None for a build without our hook."""
    plugins: tuple[str, ...] = ("search",)
    python: str = sys.executable
    target: float | None = None
    """How many times as long as the plain build it may take."""


@dataclass(frozen=True, slots=True)
class Build:
    """What one build took; ``fault`` is its last words where it failed."""

    seconds: float
    busy: float
    """Seconds of the processors: what else the machine does shows here least."""
    megabytes: float
    fault: str = ""


PLAIN = Kind("plain MkDocs")
OURS = (
    PLAIN,
    Kind("with the safety rule", _SAFETY, target=1.10),
    Kind("with registers", _REGISTERS, target=1.50),
    Kind("with print", _PRINT),
)
PEER_PLAIN = Kind("the peer's plain MkDocs", python=str(PEER))
PEER_PRINT = Kind("with mkdocs-to-pdf", plugins=("search", "to-pdf"), python=str(PEER))
PDF_TARGET = 0.25


def run(pages: int = 34, runs: int = 3) -> int:
    has_peer = succeeds(str(PEER), "-c", "import mkdocs_to_pdf, weasyprint")
    kinds = (*OURS, PEER_PLAIN, PEER_PRINT) if has_peer else OURS
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder)
        made = write_project(project, kinds, pages)
        rounds = [_round(project, kinds, number, runs) for number in range(1, runs + 1)]
        pdfs = len(list((project / "site" / OURS[-1].name).rglob("*.pdf")))
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    print(f"{made} pages, {runs} builds of each kind in turn, medians; {machine}\n")
    print("\n".join(report(rounds, kinds, pdfs)))
    if not has_peer:
        print("mkdocs-to-pdf was not measured: it is not installed, or lacks Pango. To install it: scripts/bench")
    return 0


def write_project(project: Path, kinds: Sequence[Kind], pages: int) -> int:
    """The repeated pages, with a settings file for each kind; gives the number of pages."""
    config = read_config(ROOT)
    made = repeat_pages(ROOT / "docs", project / "docs", pages)
    shutil.copytree(ROOT / "data", project / "data")
    for kind in kinds:
        settings = {
            "site_name": config["site_name"],
            "theme": {"name": "material", "font": False},
            "markdown_extensions": config["markdown_extensions"],
            "validation": config["validation"],
            "plugins": list(kind.plugins),
            "hooks": [] if kind.publishing is None else [str(ROOT / "hooks.py")],
            "extra": {"publishing": kind.publishing},
            "site_dir": f"site/{kind.name}",
        }
        (project / f"{kind.name}.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return made


def repeat_pages(docs: Path, target: Path, pages: int) -> int:
    """Copies of a page stand beside it (after.md, after-2.md ...), so that its links still lead somewhere."""
    shutil.copytree(docs, target)
    sources = sorted(target.rglob("*.md"))
    copies = ((source, number) for number in count(2) for source in sources)
    for source, number in islice(copies, max(0, pages - len(sources)) if sources else 0):
        shutil.copy(source, source.with_stem(f"{source.stem}-{number}"))
    return max(pages, len(sources))


def _round(project: Path, kinds: Sequence[Kind], number: int, runs: int) -> dict[str, Build]:
    """Every kind once: what slows the machine for a while slows them all."""
    builds: dict[str, Build] = {}
    for kind in kinds:
        builds[kind.name] = build = measure(project, kind)
        say(f"{number} of {runs}: {kind.name}: {build.fault or f'{build.seconds:.2f} s'}")
    return builds


def measure(project: Path, kind: Kind) -> Build:
    command = (kind.python, "-m", "mkdocs", "build", "--quiet", "--config-file", f"{kind.name}.yml")
    with tempfile.TemporaryFile() as log:
        since = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=project, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stdout=log, stderr=log
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - since
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        words = log.read().decode(errors="replace").strip().splitlines()
    per_megabyte = 1e6 if sys.platform == "darwin" else 1e3  # macOS counts bytes, Linux kilobytes
    said = [word for word in words if word and not word.startswith("Aborted")] or [str(process.returncode)]
    fault = f"failed: {said[-1]}" if process.returncode else ""
    return Build(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / per_megabyte, fault)


def report(rounds: Sequence[Mapping[str, Build]], kinds: Sequence[Kind], pdfs: int) -> Iterator[str]:
    yield f"{'':26}{'seconds':>9}{'processor':>11}{'memory':>10}{'to plain':>10}"
    for kind in kinds:
        plain = PLAIN if kind in OURS else PEER_PLAIN
        fault = next((builds[kind.name].fault for builds in rounds if builds[kind.name].fault), "")
        memory = statistics.median(builds[kind.name].megabytes for builds in rounds)
        seconds = statistics.median(builds[kind.name].seconds for builds in rounds)
        busy = statistics.median(builds[kind.name].busy for builds in rounds)
        ratio = statistics.median(builds[kind.name].seconds / builds[plain.name].seconds for builds in rounds)
        numbers = f"{seconds:>9.2f}{busy:>11.2f}{memory:>7.0f} MB{ratio:>10.2f}"
        yield f"{kind.name:26}{fault or numbers}{_verdict(ratio, kind.target) if not fault else ''}"
    if PEER_PRINT in kinds and not any(build.fault for builds in rounds for build in builds.values()):
        ours, peer = _cost(rounds, OURS[-1], OURS[-2]), _cost(rounds, PEER_PRINT, PEER_PLAIN)
        yield f"\nPDFs alone: ours {ours:.2f} s ({pdfs} files), mkdocs-to-pdf {peer:.2f} s (1 file)"
        yield f"Ours to mkdocs-to-pdf: {ours / peer:.2f}{_verdict(ours / peer, PDF_TARGET)}"


def _cost(rounds: Sequence[Mapping[str, Build]], kind: Kind, without: Kind) -> float:
    """Seconds that a kind takes over the one without it."""
    return statistics.median(builds[kind.name].seconds - builds[without.name].seconds for builds in rounds)


def _verdict(ratio: float, target: float | None) -> str:
    if target is None:
        return ""
    return f"   target: at most {target:.2f}, {'met' if ratio <= target else 'NOT met'}"
