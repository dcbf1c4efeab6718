"""The benchmark of large sites: what it says of numbers that were measured. That it measures is tried by hand."""

from __future__ import annotations

from publishing.commands.bench_scale import Scale, least, report
from publishing.commands.measured import Build


def scale(pages: int, seconds: float, fault: str = "") -> Scale:
    plain, hook = _build(seconds, seconds, 40), _build(seconds, seconds * 1.05, 50)
    whole, check = _build(seconds, seconds * 2, 90, fault), _build(seconds, seconds * 0.08, 70)
    return Scale(pages, plain, hook, whole, check, {"judge": seconds / 4}, html=20, menu=2, search=10, site=9)


def _build(seconds: float, user: float, megabytes: float, fault: str = "") -> Build:
    return Build(seconds, user * 2, megabytes, fault, user=user)


def shares(how: str) -> list[str]:
    return [
        f"of plain, {how}: hook 5.0% 5.0% 5.0%",
        "check 8.0% 8.0% 8.0%",
        "hook and check 13.0% 13.0% 13.0% target: at most 15%, met",
        "whole, more than plain +100% +100% +100%",
    ]


def test_growth_beside_a_straight_line() -> None:
    lines = [" ".join(line.split()) for line in report([scale(100, 1), scale(300, 3), scale(1000, 10.2)])]
    assert lines[:2] == ["pages 100 300 1000", "plain, s 1.0 3.0 10.2 3.40x target: at most 3.6x, met"]
    assert "stage judge, s 0.25 0.75 2.55 3.40x target: at most 3.6x, met" in lines
    assert [line for line in lines if "%" in line] == [
        *shares("in user seconds"),
        *shares("by processor"),
        "of plain, by clock: hook 0.0% 0.0% 0.0%",
        "check 100.0% 100.0% 100.0%",
        "hook and check 100.0% 100.0% 100.0% target: at most 15%, NOT met",
        "whole, more than plain +0% +0% +0%",
    ]
    assert lines[-2] == "its menu, KB 2.0 2.0 2.0"


def test_more_than_a_straight_line_is_told() -> None:
    lines = list(report([scale(300, 3), scale(1000, 12)]))
    assert lines[1].endswith("4.00x   target: at most 3.6x, NOT met")


def test_the_least_of_several_builds_counts() -> None:
    assert least([_build(3, 2, 50), _build(2, 4, 60)]) == _build(2, 2, 60)
    assert least([Build(3, 2, 50), Build(1, 1, 20, "failed: of itself")]).fault == "failed: of itself"


def test_a_build_that_failed_is_told_and_one_size_has_no_growth() -> None:
    lines = list(report([scale(300, 3, "failed: of itself")]))
    assert "failed: of itself" in lines[5]
    assert not any("x   target" in line for line in lines)
