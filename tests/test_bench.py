"""``python -m publishing bench``: the pages that it measures on, and what it says of the measures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from publishing.commands import bench
from publishing.commands.bench import OURS, PEER_PLAIN, PEER_PRINT, PLAIN
from publishing.commands.measured import Build, timed


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def test_copies_stand_beside_their_page(tmp_path: Path) -> None:
    for name in ("index.md", "visit/after.md"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(name, encoding="utf-8")
    assert bench.repeat_pages(tmp_path / "docs", tmp_path / "five", 5) == 5
    assert names(tmp_path / "five") == ["index-2.md", "index-3.md", "index.md", "visit/after-2.md", "visit/after.md"]
    assert (tmp_path / "five/visit/after-2.md").read_text(encoding="utf-8") == "visit/after.md"


def test_no_page_is_left_out_of_a_small_site(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "docs" / name).touch()
    assert bench.repeat_pages(tmp_path / "docs", tmp_path / "one", 1) == 2
    assert names(tmp_path / "one") == ["a.md", "b.md"]


def test_each_kind_turns_on_one_thing_more(tmp_path: Path) -> None:
    assert bench.write_project(tmp_path, OURS, 34) >= 34
    settings = [yaml.safe_load((tmp_path / f"{kind.name}.yml").read_text(encoding="utf-8")) for kind in OURS]
    assert [len(each["hooks"]) for each in settings] == [0, 1, 0, 1, 1, 1, 1, 1, 1]
    assert [sorted(each["extra"]["publishing"] or {}) for each in settings] == [
        [],
        ["safety_section"],
        [],
        ["data", "safety_section"],
        ["data", "safety_section"],
        ["data", "safety_section"],
        ["data", "print", "safety_section"],
        ["data", "print", "safety_section"],
        ["data", "print", "safety_section"],
    ]
    assert names(tmp_path / "written") == names(tmp_path / "docs")
    written = (tmp_path / "written/visit/after.md").read_text(encoding="utf-8")
    assert "/// risk" not in written
    assert 'data-risk="pneumothorax"' in written


def test_a_build_is_measured(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello", encoding="utf-8")
    (tmp_path / f"{PLAIN.name}.yml").write_text("site_name: Test\ntheme: {name: mkdocs}\n", encoding="utf-8")
    build = bench.measure(tmp_path, PLAIN)
    assert build.fault == ""
    assert 0 < build.seconds < 60
    assert 0 < build.busy < 60
    assert 10 < build.megabytes < 2000


def test_a_build_that_fails_is_told_and_does_not_end_the_benchmark(tmp_path: Path) -> None:
    (tmp_path / f"{PLAIN.name}.yml").write_text("site_nam: Test\n", encoding="utf-8")
    assert bench.measure(tmp_path, PLAIN).fault.startswith("failed: ERROR   -  Config value")


def test_the_memory_of_what_a_build_starts_counts(tmp_path: Path) -> None:
    child = 'import time; held = b"x" * 60_000_000; time.sleep(3)'
    parent = f"import subprocess, sys; held = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    build = timed((sys.executable, "-c", parent), tmp_path)
    assert build.fault == ""
    assert 115 < build.megabytes < 500


ALL = (*OURS, PEER_PLAIN, PEER_PRINT)


def measured(*seconds: float) -> dict[str, Build]:
    return {kind.name: Build(time, 0.5, 50.0) for kind, time in zip(ALL, seconds, strict=True)}


def test_the_report_takes_medians_of_turns() -> None:
    # The third turn is slow all over: its ratios still count, its seconds do not.
    turn = (1, 1.05, 2, 3.2, 2.8, 3, 8.7, 4.2, 3, 2, 14)
    rounds = [measured(*turn), measured(*turn), measured(*(3 * seconds for seconds in turn))]
    assert list(bench.report(rounds, ALL, pdfs=20)) == [
        "                                  seconds  processor    memory  to plain",
        "plain MkDocs                         1.00       0.50     50 MB      1.00",
        "with the safety rule                 1.05       0.50     50 MB      1.05   target: at most 1.10, met",
        "plain, all written out               2.00       0.50     50 MB      1.00",
        "with registers, first time           3.20       0.50     50 MB      1.60",
        "with registers                       2.80       0.50     50 MB      1.40   target: at most 1.50, met",
        "with registers, a page changed       3.00       0.50     50 MB      1.50",
        "with print, first time               8.70       0.50     50 MB      4.35",
        "with print, a page changed           4.20       0.50     50 MB      2.10",
        "with print, none changed             3.00       0.50     50 MB      1.50",
        "the peer's plain MkDocs              2.00       0.50     50 MB      1.00",
        "with mkdocs-to-pdf                  14.00       0.50     50 MB      7.00",
        "\nPDFs alone: 5.50 s (20 files); after one page has changed 1.20 s",
        "A changed page to all pages: 0.22   target: at most 0.25, met",
        "mkdocs-to-pdf: 12.00 s (1 file)",
        "Ours to mkdocs-to-pdf: 0.46   target: at most 0.50, met",
    ]


@pytest.mark.parametrize("fault_in", [PLAIN, OURS[-1], PEER_PRINT])
def test_the_report_has_no_ratio_of_a_failed_build(fault_in: bench.Kind) -> None:
    builds = measured(1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 9) | {fault_in.name: Build(0.1, 0.1, 50.0, "failed: of itself")}
    lines = list(bench.report([builds], ALL, pdfs=0))
    assert [line for line in lines if "failed" in line] == [f"{fault_in.name:32}failed: of itself"]
    assert not any(" to all pages" in line or "Ours to" in line for line in lines)
