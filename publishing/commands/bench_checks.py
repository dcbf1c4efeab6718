"""Measures what judging costs: a large site through the second door, and the time by the size of one page.

The site is made of sections of the guide's own pages, drawn by a fixed seed, with their tabs, tables, boxes, links and
citations. Plain MkDocs builds the same Markdown without our hook, so with less on each page than what is then judged.
"""

from __future__ import annotations

import gc
import posixpath
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import yaml

from publishing import checks, pages
from publishing.commands.bench import MARKED, ROOT
from publishing.commands.config import read_config
from publishing.commands.measured import Build, timed, verdict
from publishing.commands.system import say
from publishing.kept_registers import load_registers
from publishing.links import SiteMap
from publishing.phrases import site_facts
from publishing.settings import Settings

WORDS = 900
SHARE, MEMORY = 0.15, 300
SIZES = (1, 2, 4, 8)
"""Megabytes of one page."""
_SEED = 3
_IN_A_FOLDER = 40
# Blocks that hold a whole register belong on one page; an id of one's own can stand on a page once.
_ONLY_ONCE = re.compile(r"^/// (?!risk \|)|^/// risk \|.*\n\s+form|\{[^}\n]*#|\bid=|^\[\^|\[\^", re.MULTILINE)
_LINK = re.compile(r"(?<=\]\()([^)\s]+)(?=[)\s])")
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_GIVEN_ONCE = re.compile(r' (?:id|for|name|href)="[^"]*"')
_MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file")
_CHECK = (sys.executable, "-m", "publishing", "check")
_HEAD = """---
title: "{title}"
description: "Drawn from the guide, to be measured."
question: "How long does judging take?"
audience: patient
checked: 2026-11-22
check_by: 2027-05-22
handout: false
---

# {title}

These words are drawn from the guide. Know [when to get help](../safety/get-help.md).

"""


@dataclass(frozen=True, slots=True)
class Section:
    """One question of a page with its answer; links as they are from any folder below docs."""

    text: str
    words: int


def run(size: int) -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder)
        made = write_site(project, size)
        say(f"{made} pages. Plain MkDocs builds them ...")
        plain = timed((*_MKDOCS, "plain.yml"), project)
        say("MkDocs with all rules builds them ...")
        ruled = timed((*_MKDOCS, "rules.yml"), project)
        say("The second door judges them ...")
        check = timed((*_CHECK, str(project / "site"), "--project", str(project)), ROOT)
        judge = judge_page(project)
        sizes = [judge(large_page(project / "site", size)) for size in SIZES]
    print(f"{made} pages of {WORDS} words\n")
    print("\n".join((*site_report(plain, ruled, check), "", *size_report(SIZES, sizes))))
    return 0


def write_site(project: Path, size: int) -> int:
    """The guide itself, and drawn pages up to the number asked for; gives the number of pages."""
    shutil.copytree(ROOT / "docs", project / "docs")
    shutil.copytree(ROOT / "data", project / "data")
    (project / "theme").mkdir()
    (project / "theme/main.html").write_text(MARKED, encoding="utf-8")
    config = read_config(ROOT)
    told = dict.fromkeys(checks.RULE_IDS, "warn")  # a finding of the guide's own pages is no reason not to measure
    ruled = {**config["extra"]["publishing"], "rules": told}
    ruled.pop("print", None)
    for name, publishing in (("plain", None), ("rules", ruled)):
        settings = {
            "site_name": config["site_name"],
            "theme": {"name": "material", "font": False, "custom_dir": "theme"},
            "markdown_extensions": config["markdown_extensions"],
            "validation": config["validation"],
            "plugins": ["search"],
            "hooks": [] if publishing is None else [str(ROOT / "hooks.py")],
            "extra": {"publishing": publishing},
            "site_dir": "plain" if publishing is None else "site",
        }
        (project / f"{name}.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    sources = sorted((project / "docs").rglob("*.md"))
    sections = [section for source in sources for section in cut(source, project / "docs")]
    for number, text in enumerate(draw(sections, max(0, size - len(sources))), 1):
        page = project / f"docs/drawn-{(number - 1) // _IN_A_FOLDER + 1:02}/page-{number}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8")
    return max(size, len(sources))


def cut(source: Path, docs: Path) -> list[Section]:
    """The sections of a page that may stand on any page."""
    folder = source.relative_to(docs).parent.as_posix()
    page = source.relative_to(docs).as_posix()
    _, *parts = _SECTION.split(source.read_text(encoding="utf-8"))
    moved = (_LINK.sub(lambda link: _from_below(link[1], page, folder), part) for part in parts)
    return [Section(part, len(part.split())) for part in moved if not _ONLY_ONCE.search(part)]


def _from_below(address: str, page: str, folder: str) -> str:
    if ":" in address or address.startswith("/"):
        return address
    path = page + address if address.startswith("#") else posixpath.join(folder, address)
    return f"../{posixpath.normpath(path)}"


def draw(sections: Sequence[Section], size: int) -> Iterator[str]:
    """Whole pages of about as many words; the same ones each time."""
    chance = random.Random(_SEED)
    for number in range(1, size + 1):
        words, text = 0, ""
        for section in chance.sample(sections, len(sections)):
            if words + section.words <= WORDS:
                words, text = words + section.words, f"{text}{section.text.strip()}\n\n"
        yield _HEAD.format(title=f"Drawn page {number}") + text


def large_page(site: Path, megabytes: float) -> str:
    """The bodies of the drawn pages, one behind the other; without ids and addresses, which would be given twice."""
    files = sorted(site.glob("drawn-*/page-*/index.html"))
    contents = filter(None, (pages.own_content(file.read_bytes()) for file in cycle(files)))
    html = ""
    while len(html) < megabytes * 1e6:
        html += _GIVEN_ONCE.sub(' href="#top"', next(contents)[1].html)
    return html


def judge_page(project: Path) -> Callable[[str], float]:
    """What takes a page through all rules, and gives the seconds of the processor from its HTML to its findings."""
    settings = Settings(safety_section="safety/", data="data/", rules={})
    facts = site_facts(load_registers(settings, project, "docs"), project, settings.data)

    def judge(html: str) -> float:
        gc.collect()
        since = time.process_time()
        page = pages.read("visit/page.md", "visit/page/", html)
        checks.judge(checks.Site([page], SiteMap([page]), settings, **facts))
        return time.process_time() - since

    return judge


def site_report(plain: Build, ruled: Build, check: Build) -> Iterator[str]:
    yield f"{'':28}{'seconds':>9}{'processor':>11}{'memory':>10}{'to plain':>10}"
    for name, build in (("plain MkDocs", plain), ("with all rules", ruled), ("check of the built site", check)):
        numbers = f"{build.seconds:>9.2f}{build.busy:>11.2f}{build.megabytes:>7.0f} MB{build.busy / plain.busy:>10.2f}"
        yield f"{name:28}{build.fault or numbers}"
    if not check.fault:
        share, busy = check.seconds / plain.seconds, check.busy / plain.busy
        yield f"The check takes {share:.1%} of the time of that build{verdict(share < SHARE, f'under {SHARE:.0%}')}"
        yield f"(the work of all cores together is {busy:.1%} of its work)"
        yield f"and {check.megabytes:.0f} MB{verdict(check.megabytes < MEMORY, f'under {MEMORY} MB')}"


def size_report(sizes: Sequence[int], seconds: Sequence[float]) -> Iterator[str]:
    """``seconds`` of the processor, from the page's HTML to its findings."""
    yield f"{'one page of':28}{'processor':>11}{'to the one before':>19}"
    for place, (size, took) in enumerate(zip(sizes, seconds, strict=True)):
        ratio = f"{took / seconds[place - 1]:>19.2f}" if place else ""
        yield f"{f'{size} MB':28}{took:>11.2f}{ratio}"
    yield "Twice the size takes about twice the time where the rules are linear."
