"""Measures how printing grows: a site of 20 pages and one of 200, each on A4, with nothing kept from before.

The pages are drawn from the guide's own sections, as for the rules; every second one is a hand-out. What the build without
print takes is taken off.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from publishing.commands.bench import ROOT
from publishing.commands.bench_checks import cut, draw
from publishing.commands.config import read_config
from publishing.commands.measured import Build, timed, verdict
from publishing.commands.system import say

SIZES = (20, 200)
RATIO, MEMORY = 12.0, 1000
_MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file")


@dataclass(frozen=True, slots=True)
class Size:
    """What a site of so many pages took, without print and with it."""

    pages: int
    plain: Build
    printed: Build
    sides: int

    @property
    def seconds(self) -> float:
        return self.printed.seconds - self.plain.seconds


def run() -> int:
    sizes = []
    for pages in SIZES:
        say(f"A site of {pages} pages, without print and with ...")
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            sizes.append(measure(Path(folder), pages))
    print("\n".join(report(sizes)))
    return 0


def measure(project: Path, pages: int) -> Size:
    write_site(project, pages)
    plain = timed((*_MKDOCS, "plain.yml"), project)
    shutil.rmtree(project / ".cache", ignore_errors=True)
    printed = timed((*_MKDOCS, "print.yml"), project)
    return Size(pages, plain, printed, sum(map(sides_of, (project / "print/print").glob("*.pdf"))))


def write_site(project: Path, pages: int) -> None:
    shutil.copytree(ROOT / "docs", project / "docs")
    shutil.copytree(ROOT / "data", project / "data")
    (project / "data/search.yml").unlink()  # it names pages of the guide
    sources = sorted((project / "docs").rglob("*.md"))
    sections = [section for source in sources for section in cut(source, project / "docs")]
    for source in sources:
        source.unlink()
    for number, text in enumerate(draw(sections, pages), 1):
        handout = "true" if number % 2 else "false"
        text = text.replace("handout: false", f"handout: {handout}", 1)
        (project / f"docs/visit/drawn-{number}.md").write_text(text, encoding="utf-8")
    config = read_config(ROOT)
    for name, more in (("plain", {}), ("print", {"print": {"papers": ["a4"]}})):
        settings = {
            "site_name": config["site_name"],
            "theme": {"name": "material", "font": False},
            "markdown_extensions": config["markdown_extensions"],
            "plugins": ["search"],
            "hooks": [str(ROOT / "hooks.py")],
            "extra": {"publishing": {"data": "data/", **more}},
            "site_dir": name,
        }
        (project / f"{name}.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def sides_of(file: Path) -> int:
    import pypdfium2  # type: ignore[import-untyped]  # brings no types

    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def report(sizes: Sequence[Size]) -> Iterator[str]:
    yield f"{'printing alone':28}{'seconds':>9}{'processor':>11}{'memory':>10}{'sides':>8}"
    for size in sizes:
        busy = size.printed.busy - size.plain.busy
        numbers = f"{size.seconds:>9.2f}{busy:>11.2f}{size.printed.megabytes:>7.0f} MB{size.sides:>8}"
        yield f"{f'{size.pages} pages':28}{size.printed.fault or numbers}"
    small, large = sizes[0], sizes[-1]
    if not any(build.fault for size in sizes for build in (size.plain, size.printed)):
        ratio, memory = large.seconds / small.seconds, large.printed.megabytes
        yield f"{large.pages} pages to {small.pages}: {ratio:.1f} times the time{verdict(ratio <= RATIO, f'at most {RATIO:.0f}')}"
        yield f"and {memory:.0f} MB, all processes together{verdict(memory < MEMORY, f'under {MEMORY} MB')}"
