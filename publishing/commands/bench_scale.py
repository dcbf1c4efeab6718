"""Measures how the pipeline grows: sites of 100, 300 and 1,000 pages, plainly, with the safety rule, and as the guide is.

Each site is of drawn pages, as for the rules (``bench_checks``). The PDFs are left out: they have a benchmark of their
own, and nobody prints a booklet of 1,000 pages. What is compared is built in turn, several times, and the least counts,
since all else that a machine does only adds to it. The hook tells itself what its events take: that is a fiftieth of a
build, and two builds of the same pages differ by more.
"""

from __future__ import annotations

import math
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from publishing import checks
from publishing.commands.bench import ROOT
from publishing.commands.bench_checks import write_site
from publishing.commands.build import Account
from publishing.commands.config import read_config
from publishing.commands.measured import Build, timed, verdict
from publishing.commands.system import say
from publishing.commands.timed_hooks import SAYS
from publishing.search import INDEX

SIZES = (100, 300, 1000)
GROWTH = 3.6
"""How many times as long 1,000 pages may take as 300: a straight line would be 3.3."""
SHARE = 0.15
_BUILD = (sys.executable, "-m", "mkdocs", "build", "--config-file")
_CHECK = (sys.executable, "-m", "publishing", "check")
_TIMED = """\
import sys
from pathlib import Path

sys.path.insert(0, {root!r})
from publishing.commands.timed_hooks import timed_events

globals().update(timed_events(Path({root!r}, "hooks.py")))
"""
_CHECKS = 3
"""How often the second door is tried for each plain build: it takes a tenth of the time, so that what else the machine does weighs more."""
_MENU = re.compile(r'<nav class="site-nav".*?</nav>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scale:
    """What one size took, and what came out of the whole pipeline."""

    pages: int
    plain: Build
    hook: Build
    """With the safety rule alone."""
    whole: Build
    """As the guide is built, without its PDFs."""
    check: Build
    """The second door over that."""
    events: float = 0.0
    """Seconds of the processor that the hook's events take, its loading included."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by stage of the whole."""
    html: float = 0
    """Kilobytes a page."""
    menu: float = 0
    search: float = 0
    """The index and the words of the search, in kilobytes a page."""
    site: float = 0
    """Megabytes of all files."""

    def shares(self, of: Callable[[Build], float]) -> tuple[float, float]:
        """What the hook with the safety rule takes, and the second door with all rules, as shares of the plain build."""
        return self.events / of(self.plain), of(self.check) / of(self.plain)


def run(sizes: Sequence[int] = SIZES, runs: int = 3) -> int:
    scales = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            scales.append(measure(Path(folder), size, runs))
    print("\n".join(report(scales)))
    return 0


def measure(project: Path, size: int, runs: int) -> Scale:
    made = write_site(project, size)
    write_settings(project)
    site = project / "whole"
    commands: dict[str, tuple[str, ...]] = {name: (*_BUILD, f"{name}.yml") for name in ("whole", "plain", "hook")}
    commands["check"] = (*_CHECK, str(site), "--project", str(project))
    built: dict[str, list[Build]] = {}
    for number in range(1, runs + 1):
        for name, command in commands.items():
            say(f"{made} pages, {number} of {runs}: {name} ...")
            for _ in range(_CHECKS if name == "check" else 1):
                built.setdefault(name, []).append(timed(command, ROOT if name == "check" else project))
    account = Account()
    list(account.take(f"{line}\n" for line in built["whole"][0].said))
    pages = [page.read_text(encoding="utf-8") for page in site.glob("*/*/index.html")]
    menus = [len(menu[0]) for page in pages if (menu := _MENU.search(page))]
    return Scale(
        made, least(built["plain"]), least(built["hook"]), least(built["whole"]), least(built["check"]),
        events=min(map(_events, built["hook"])),
        stages=account.stages,
        html=_mean([len(page) for page in pages]),
        menu=_mean(menus),
        search=(site / INDEX).stat().st_size / 1e3 / made if (site / INDEX).is_file() else 0,
        site=sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) / 1e6,
    )  # fmt: skip


def _events(hook: Build) -> float:
    return next((float(line.removeprefix(SAYS)) for line in hook.said if line.startswith(SAYS)), math.nan)


def least(builds: Sequence[Build]) -> Build:
    """The least time and work of several builds of one kind, and the most memory."""
    return replace(
        max(builds, key=lambda build: build.fault),
        seconds=min(build.seconds for build in builds),
        busy=min(build.busy for build in builds),
        user=min(build.user for build in builds),
        megabytes=max(build.megabytes for build in builds),
    )


def write_settings(project: Path) -> None:
    """``whole.yml``: the guide's own settings, where a finding of a drawn page is no reason not to measure."""
    told = dict.fromkeys(checks.RULE_IDS, "warn")
    whole = read_config(ROOT)
    whole.pop("nav")
    whole["site_dir"] = "whole"
    whole["theme"]["custom_dir"] = str(ROOT / "overrides")
    whole["hooks"] = [str(ROOT / "hooks.py")]
    whole["extra"]["publishing"] |= {"rules": told}
    del whole["extra"]["publishing"]["print"]
    hook = yaml.safe_load((project / "plain.yml").read_text(encoding="utf-8"))
    hook |= {"site_dir": "hook", "hooks": ["timed.py"], "extra": {"publishing": {"safety_section": "safety/"}}}
    (project / "timed.py").write_text(_TIMED.format(root=str(ROOT)), encoding="utf-8")
    for name, settings in (("whole", whole), ("hook", hook)):
        (project / f"{name}.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def report(scales: Sequence[Scale]) -> Iterator[str]:
    """Seconds are user seconds, but those of the stages, which a clock took in the first build."""
    yield _row("pages", [str(scale.pages) for scale in scales])
    for name in ("plain", "hook", "whole", "check"):
        builds = [getattr(scale, name) for scale in scales]
        yield _row(f"{name}, s", [build.fault or f"{build.user:.1f}" for build in builds], _growth(scales, [build.user for build in builds]))  # fmt: skip
        yield _row(f"{name}, memory, MB", [f"{build.megabytes:.0f}" for build in builds])
    for stage in scales[-1].stages:
        seconds = [scale.stages.get(stage, 0.0) for scale in scales]
        yield _row(f"stage {stage}, s", [f"{second:.2f}" for second in seconds], _growth(scales, seconds))
    yield from _share_rows(scales, "in user seconds", lambda build: build.user)
    yield from _share_rows(scales, "by processor", lambda build: build.busy)
    yield from _share_rows(scales, "by clock", lambda build: build.seconds)
    yield _row("all files, MB", [f"{scale.site:.1f}" for scale in scales])
    for name, what in (("html", "HTML of a page, KB"), ("menu", "its menu, KB"), ("search", "search index a page, KB")):
        yield _row(what, [f"{getattr(scale, name):.1f}" for scale in scales])


def _share_rows(scales: Sequence[Scale], how: str, of: Callable[[Build], float]) -> Iterator[str]:
    shares = [scale.shares(of) for scale in scales]
    whole = [of(scale.whole) / of(scale.plain) - 1 for scale in scales]
    yield _row(f"of plain, {how}: hook", [f"{hook:.1%}" for hook, _ in shares])
    more = [of(scale.hook) / of(scale.plain) - 1 for scale in scales]
    yield _row("  (the build, more than plain)", [f"{one:+.1%}" for one in more])
    yield _row("  check", [f"{check:.1%}" for _, check in shares])
    yield _row("  hook and check", [f"{sum(both):.1%}" for both in shares], verdict(sum(shares[-1]) <= SHARE, f"at most {SHARE:.0%}"))  # fmt: skip
    yield _row("  whole, more than plain", [f"{more:+.0%}" for more in whole])


def _growth(scales: Sequence[Scale], seconds: Sequence[float]) -> str:
    """How the last size compares with the one before; targets are for 300 and 1,000 pages."""
    if len(seconds) < 2 or not seconds[-2]:
        return ""
    ratio = seconds[-1] / seconds[-2]
    allowed = GROWTH / (SIZES[-1] / SIZES[-2]) * (scales[-1].pages / scales[-2].pages)
    return f"{ratio:.2f}x{verdict(ratio <= allowed, f'at most {allowed:.1f}x')}"


def _row(name: str, cells: Sequence[str], note: str = "") -> str:
    return f"{name:28}{''.join(f'{cell:>10}' for cell in cells)}  {note}".rstrip()


def _mean(sizes: Sequence[int]) -> float:
    return sum(sizes) / len(sizes) / 1e3 if sizes else 0.0
