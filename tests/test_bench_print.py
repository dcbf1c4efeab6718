"""``python -m publishing bench``, where printing grows: the pages that it prints, and what it says of them."""

from __future__ import annotations

from pathlib import Path

import yaml

from publishing.commands import bench_print
from publishing.commands.bench_print import Size
from publishing.commands.measured import Build


def test_a_site_has_as_many_pages_as_it_says(tmp_path: Path) -> None:
    bench_print.write_site(tmp_path, 4)
    pages = sorted((tmp_path / "docs").rglob("*.md"))
    assert len(pages) == 4
    assert sum("handout: true" in page.read_text(encoding="utf-8") for page in pages) == 2
    told = [yaml.safe_load((tmp_path / f"{name}.yml").read_text(encoding="utf-8")) for name in ("plain", "print")]
    assert [each["extra"]["publishing"].get("print") for each in told] == [None, {"papers": ["a4"]}]


def test_the_small_site_is_printed(tmp_path: Path) -> None:
    size = bench_print.measure(tmp_path, 2)
    assert (size.plain.fault, size.printed.fault) == ("", "")
    assert size.sides > 6
    assert size.seconds > 0


def size(pages: int, seconds: float, megabytes: float, fault: str = "") -> Size:
    return Size(pages, Build(1, 1, 50), Build(1 + seconds, 2, megabytes, fault), 7 * pages)


def test_the_report_compares_the_two_sizes() -> None:
    assert list(bench_print.report([size(20, 2, 300), size(200, 26, 900)])) == [
        "printing alone                seconds  processor    memory   sides",
        "20 pages                         2.00       1.00    300 MB     140",
        "200 pages                       26.00       1.00    900 MB    1400",
        "200 pages to 20: 13.0 times the time   target: at most 12, NOT met",
        "and 900 MB, all processes together   target: under 1000 MB, met",
    ]


def test_the_report_has_no_ratio_of_a_failed_build() -> None:
    lines = list(bench_print.report([size(20, 2, 300), size(200, 1, 60, "failed: of itself")]))
    assert lines[2:] == ["200 pages                   failed: of itself"]
