"""``python -m publishing bench --site``: what it says of numbers that were measured. That it measures is tried by hand."""

from __future__ import annotations

from publishing.commands.bench_site import Weights, report


def lines(ours: Weights, theirs: Weights) -> list[str]:
    return [" ".join(line.split()) for line in report(ours, theirs)]


def test_each_figure_stands_beside_plain_material() -> None:
    ours = Weights({"a/": 60_000, "b/": 70_000, "c/": 109_000}, tuple(range(10, 111)))
    theirs = Weights({"a/": 150_000, "b/": 140_000, "c/": 120_000}, (40.0,) * 101)
    assert lines(ours, theirs) == [
        "3 pages, first view at 390 px, brotli; 101 queries, from the last key, held 60 ms, to the painted results",
        "guide plain ratio",
        "first view, median, KB 70.0 140.0 0.50",
        "heaviest, KB 109.0 150.0 0.73 target: at most 110 KB, met",
        "search, p50, ms 60.0 40.0 1.50",
        "search, p95, ms 105.0 40.0 2.62 target: under 100 ms, NOT met",
        "The heaviest: c/; of plain Material: a/",
    ]


def test_a_page_that_is_too_heavy_is_told() -> None:
    heavy, light = Weights({"a/": 110_100}, (9.0, 9.0)), Weights({"a/": 150_000}, (9.0, 9.0))
    assert lines(heavy, light)[3].endswith("target: at most 110 KB, NOT met")
