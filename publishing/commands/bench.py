"""Measures what the hook costs: one site built plainly, with the safety rule, with registers, with print, and by a peer.

The site is the guide's own pages, repeated, in Material as it comes. What the registers put into a page is written out
in HTML for plain MkDocs and for the peer, so that what is compared holds the same words. Each build is a process of its
own; the benchmark prints, and never fails.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from publishing.commands.config import read_config
from publishing.commands.measured import Build, timed, verdict
from publishing.commands.system import say, succeeds
from publishing.manifest import read_manifest
from publishing.pages import own_content
from publishing.print.papers import PAPERS
from publishing.records import PublishingError

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / ".venv-bench/bin/python"

_WRITTEN = "written"
_EDITED = "visit/after.md"
_MORE = ("\nAnd one sentence more.\n", "\nAnd one more sentence.\n")
_SAFETY = {"safety_section": "safety/"}
_REGISTERS = {**_SAFETY, "data": "data/"}
_PRINT = {**_REGISTERS, "print": {"papers": [*PAPERS]}}


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to build the site."""

    name: str
    publishing: Mapping[str, Any] | None = None
    """``extra.publishing``; None for a build without our hook."""
    plugins: tuple[str, ...] = ("search",)
    python: str = sys.executable
    docs: str = "docs"
    beside: str = ""
    """Name of the kind that it is compared with; '' for one that others are compared with."""
    target: float | None = None
    """How many times as long as that one it may take."""
    cold: bool = False
    """Without what an earlier build has kept."""
    edits: bool = False
    """After one page has changed."""


PLAIN = Kind("plain MkDocs")
WRITTEN = Kind("plain, all written out", docs=_WRITTEN)
REGISTERS_FIRST = Kind("with registers, first time", _REGISTERS, beside=WRITTEN.name, cold=True)
REGISTERS = Kind("with registers", _REGISTERS, beside=WRITTEN.name, target=1.50)
REGISTERS_CHANGED = Kind("with registers, a page changed", _REGISTERS, beside=WRITTEN.name, edits=True)
PRINT = Kind("with print, first time", _PRINT, beside=WRITTEN.name, cold=True)
CHANGED = Kind("with print, a page changed", _PRINT, beside=WRITTEN.name, edits=True)
KEPT = Kind("with print, none changed", _PRINT, beside=WRITTEN.name)
OURS = (
    PLAIN,
    Kind("with the safety rule", _SAFETY, beside=PLAIN.name, target=1.10),
    WRITTEN,
    REGISTERS_FIRST,
    REGISTERS,
    REGISTERS_CHANGED,
    PRINT,
    CHANGED,
    KEPT,
)
PEER_PLAIN = Kind("the peer's plain MkDocs", docs=_WRITTEN, python=str(PEER))
PEER_PRINT = Kind(
    "with mkdocs-to-pdf", plugins=("search", "to-pdf"), docs=_WRITTEN, python=str(PEER), beside=PEER_PLAIN.name
)
PDF_TARGET, CHANGED_TARGET = 0.50, 0.25
_MARKING = Kind("marked", _REGISTERS)
MARKED = '{% extends "base.html" %}{% block content %}<div data-page-url="{{ page.url }}">{{ page.content }}</div>{% endblock %}'


def run(pages: int = 0, runs: int = 3, checks: bool = False, scale: bool = False, site: bool = False) -> int:
    if checks:
        from publishing.commands import bench_checks

        return bench_checks.run(pages or 1000)
    if scale:
        from publishing.commands import bench_scale

        return bench_scale.run((pages,) if pages else bench_scale.SIZES, runs)
    if site:
        from publishing.commands import bench_site

        return bench_site.run()
    compare(pages or 34, runs)
    from publishing.commands import bench_print

    return bench_print.run()


def compare(pages: int, runs: int) -> int:
    has_peer = succeeds(str(PEER), "-c", "import mkdocs_to_pdf, weasyprint")
    kinds = (*OURS, PEER_PLAIN, PEER_PRINT) if has_peer else OURS
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder)
        made = write_project(project, kinds, pages)
        rounds = [_round(project, kinds, number, runs) for number in range(1, runs + 1)]
        pdfs = len(list((project / "site" / PRINT.name).rglob("*.pdf")))
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
    (project / "theme").mkdir()
    (project / "theme/main.html").write_text(MARKED, encoding="utf-8")
    for kind in (*kinds, _MARKING):
        settings = {
            "site_name": config["site_name"],
            "docs_dir": kind.docs,
            "theme": {"name": "material", "font": False} | ({"custom_dir": "theme"} if kind is _MARKING else {}),
            "markdown_extensions": config["markdown_extensions"],
            "validation": config["validation"],
            "plugins": list(kind.plugins),
            "hooks": [] if kind.publishing is None else [str(ROOT / "hooks.py")],
            "extra": {"publishing": kind.publishing},
            "site_dir": f"site/{kind.name}",
        }
        (project / f"{kind.name}.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    write_out(project)
    return made


def write_out(project: Path) -> None:
    """Every page again as an editor without registers would have to write it: its words, filled in, as HTML."""
    shutil.copytree(project / "docs", project / _WRITTEN)
    if fault := measure(project, _MARKING).fault:
        raise PublishingError(f"The pages cannot be written out to compare them: {fault}")
    site = project / "site" / _MARKING.name
    manifest = read_manifest(site)
    for page in manifest.pages if manifest else ():
        address = unquote(page.url)
        built = site / ("" if address == "./" else address) / "index.html"
        content = own_content(built.read_bytes())
        text = f"---\ntitle: {json.dumps(page.title)}\n---\n\n<div>\n{content[1].html if content else ''}\n</div>\n"
        (project / _WRITTEN / page.source).write_text(text, encoding="utf-8")


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
    if kind.cold:
        shutil.rmtree(project / ".cache", ignore_errors=True)
    if kind.edits:
        _edit(project / kind.docs / _EDITED)
    return timed((kind.python, "-m", "mkdocs", "build", "--quiet", "--config-file", f"{kind.name}.yml"), project)


def _edit(page: Path) -> None:
    """Each time other words, and no more of them: its sheet has a limit."""
    text = page.read_text(encoding="utf-8")
    old, new = _MORE if text.endswith(_MORE[0]) else _MORE[::-1]
    page.write_text(text.removesuffix(old) + new, encoding="utf-8")


def report(rounds: Sequence[Mapping[str, Build]], kinds: Sequence[Kind], pdfs: int) -> Iterator[str]:
    yield f"{'':32}{'seconds':>9}{'processor':>11}{'memory':>10}{'to plain':>10}"
    for kind in kinds:
        plain = next((other for other in kinds if other.name == kind.beside), kind)
        fault = next((builds[kind.name].fault for builds in rounds if builds[kind.name].fault), "")
        memory = statistics.median(builds[kind.name].megabytes for builds in rounds)
        seconds = statistics.median(builds[kind.name].seconds for builds in rounds)
        busy = statistics.median(builds[kind.name].busy for builds in rounds)
        ratio = statistics.median(builds[kind.name].seconds / builds[plain.name].seconds for builds in rounds)
        numbers = f"{seconds:>9.2f}{busy:>11.2f}{memory:>7.0f} MB{ratio:>10.2f}"
        yield f"{kind.name:32}{fault or numbers}{_target(ratio, kind.target) if not fault else ''}"
    if any(build.fault for builds in rounds for build in builds.values()):
        return
    ours, changed = _cost(rounds, PRINT, REGISTERS_FIRST), _cost(rounds, CHANGED, REGISTERS_CHANGED)
    yield f"\nPDFs alone: {ours:.2f} s ({pdfs} files); after one page has changed {changed:.2f} s"
    yield f"A changed page to all pages: {changed / ours:.2f}{_target(changed / ours, CHANGED_TARGET)}"
    if PEER_PRINT in kinds:
        peer = _cost(rounds, PEER_PRINT, PEER_PLAIN)
        yield f"mkdocs-to-pdf: {peer:.2f} s (1 file)"
        yield f"Ours to mkdocs-to-pdf: {ours / peer:.2f}{_target(ours / peer, PDF_TARGET)}"


def _cost(rounds: Sequence[Mapping[str, Build]], kind: Kind, without: Kind) -> float:
    """Seconds that a kind takes over the one without it, which keeps as much from before."""
    return statistics.median(builds[kind.name].seconds - builds[without.name].seconds for builds in rounds)


def _target(ratio: float, target: float | None) -> str:
    return verdict(ratio <= target, f"at most {target:.2f}") if target is not None else ""
