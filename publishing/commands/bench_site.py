"""Measures what a reader waits for: the weight of every page's first view, and the search, beside plain Material with the same words.

Both sites are built and looked at in the same run, by the same Chromium, packed with brotli by the same server. Plain Material
comes without letters of its own here: it takes them from another host, so its weight is told too low.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from publishing.commands.bench import PLAIN, ROOT, WRITTEN, measure, write_project
from publishing.commands.measured import timed, verdict
from publishing.commands.system import say
from publishing.commands.wire import serving
from publishing.records import PublishingError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOST_BYTES, MOST_MS = 110_000, 100
QUERIES = ROOT / "tests/browser/queries.yml"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_KEYS, _HELD = 4, 60
"""Keys pressed for each query, the rest of it is there at once; and for how long each is held, in milliseconds."""
_BOX = ".md-search__input"
# Material's messages (9.8.1): 2 asks, 3 answers. An answer counts once it is painted, from the last key that was pressed.
WATCH = """
  window.searched = { asked: 0, answered: 0, waited: 0 };
  let key = 0;
  addEventListener("keydown", (event) => { key = event.timeStamp; }, true);
  window.Worker = class extends Worker {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) => {
        if (data.type !== 3) return;
        searched.answered += 1;
        requestAnimationFrame(() => setTimeout(() => { searched.waited = performance.now() - key; searched.painted = searched.answered; }));
      });
    }
    postMessage(message, ...more) {
      if (message.type === 2) searched.asked += 1;
      super.postMessage(message, ...more);
    }
  };
"""
PAINTED = "searched.asked > 0 && searched.painted === searched.asked"
"""True once what the last key asked for stands on the page; needs ``WATCH`` before the page's own scripts."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the first views of one site weigh, and how long its search takes."""

    sent: dict[str, int]
    """Bytes on the wire by page."""
    waits: tuple[float, ...]
    """Milliseconds from the last key of a query to its results on the screen."""

    @property
    def heaviest(self) -> str:
        return max(self.sent, key=lambda page: self.sent[page])


def run() -> int:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        guide, plain = built(Path(folder))
        pages = sorted(_pages(guide) & _pages(plain))
        queries = [str(asked["type"]) for asked in yaml.safe_load(QUERIES.read_text("utf-8"))["queries"]]
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, _NAMES)), None), args=["--no-sandbox", "--disable-gpu"]
        )
        ours, theirs = (look(browser, site, pages, queries) for site in (guide, plain))
        browser.close()
    print("\n".join(report(ours, theirs)))
    return 0


def built(folder: Path) -> tuple[Path, Path]:
    """The guide as it is, and its words written out in plain Material."""
    say("Building the guide, and its words in plain Material ...")
    guide = folder / "guide"
    fault = timed((sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(guide)), ROOT).fault
    project = folder / "plain"
    project.mkdir()
    write_project(project, (PLAIN, WRITTEN), 0)
    if fault := fault or measure(project, WRITTEN).fault:
        raise PublishingError(f"There is no site to measure: {fault}")
    return guide, project / "site" / WRITTEN.name


def look(browser: Browser, site: Path, pages: Sequence[str], queries: Sequence[str]) -> Weights:
    sent = {}
    with serving(site) as wire:
        for number, address in enumerate(pages, 1):
            context = browser.new_context(viewport={"width": 390, "height": 844})  # a new one has nothing yet
            wire.sent.clear()
            context.new_page().goto(wire.root + address, wait_until="networkidle")
            sent[address or "the front page"] = sum(wire.sent.values())
            context.close()
            if number % 10 == 0:
                say(f"{number} of {len(pages)} pages")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(WATCH)
        page.goto(wire.root, wait_until="networkidle")
        waits = tuple(_waited(page, query) for query in ("needle", *queries))
    return Weights(sent, waits[1:])  # the first waits for the index too


def _waited(page: Page, query: str) -> float:
    """The end of a query comes by keys, one after the other, as from somebody who types fast."""
    page.locator(_BOX).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query[:-_KEYS])
    page.keyboard.type(query[-_KEYS:], delay=_HELD)
    for _ in range(400):
        if page.evaluate(PAINTED):
            break
        page.wait_for_timeout(25)
    waited: float = page.evaluate("searched.waited")
    return waited


def _pages(site: Path) -> set[str]:
    folders = (file.parent.relative_to(site).as_posix() for file in site.rglob("index.html"))
    return {"" if folder == "." else f"{folder}/" for folder in folders}


def report(ours: Weights, theirs: Weights) -> Iterator[str]:
    yield f"{len(ours.sent)} pages, first view at 390 px, brotli; {len(ours.waits)} queries, from the last key, held {_HELD} ms, to the painted results\n"
    yield f"{'':28}{'guide':>10}{'plain':>10}{'ratio':>8}"
    medians = [statistics.median(site.sent.values()) / 1e3 for site in (ours, theirs)]
    yield _row("first view, median, KB", medians)
    most = [site.sent[site.heaviest] / 1e3 for site in (ours, theirs)]
    yield _row("heaviest, KB", most, verdict(most[0] * 1e3 <= MOST_BYTES, f"at most {MOST_BYTES / 1e3:.0f} KB"))
    for name, share in (("p50", 50), ("p95", 95)):
        waits = [_percentile(site.waits, share) for site in (ours, theirs)]
        note = verdict(waits[0] < MOST_MS, f"under {MOST_MS} ms") if share == 95 else ""
        yield _row(f"search, {name}, ms", waits, note)
    yield f"\nThe heaviest: {ours.heaviest}; of plain Material: {theirs.heaviest}"


def _percentile(waits: Sequence[float], share: int) -> float:
    return statistics.quantiles(waits, n=100, method="inclusive")[share - 1]


def _row(name: str, both: Sequence[float], note: str = "") -> str:
    ours, theirs = both
    return f"{name:28}{ours:>10.1f}{theirs:>10.1f}{ours / theirs:>8.2f}{note}"
