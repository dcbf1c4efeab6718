"""The benchmark of large sites: what it says of numbers that were measured. That it measures is tried by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.commands.bench_scale import Scale, least, report
from publishing.commands.measured import Build
from publishing.commands.timed_hooks import SAYS, timed_events


def scale(pages: int, seconds: float, fault: str = "") -> Scale:
    plain, hook = _build(seconds, seconds, 40), _build(seconds, seconds * 1.07, 50)
    whole, check = _build(seconds, seconds * 2, 90, fault), _build(seconds, seconds * 0.08, 70)
    stages = {"judge": seconds / 4}
    return Scale(pages, plain, hook, whole, check, seconds * 0.05, stages, html=20, menu=2, search=10, site=9)


def _build(seconds: float, user: float, megabytes: float, fault: str = "") -> Build:
    return Build(seconds, user * 2, megabytes, fault, user=user)


def shares(how: str, *percent: str) -> list[str]:
    hook, more, check, both, whole = (" ".join([share] * 3) for share in percent)
    return [
        f"of plain, {how}: hook {hook}",
        f"(the build, more than plain) {more}",
        f"check {check}",
        f"hook and check {both} target: at most 15%, {'NOT met' if float(percent[3][:-1]) > 15 else 'met'}",
        f"whole, more than plain {whole}",
    ]


def test_growth_beside_a_straight_line() -> None:
    lines = [" ".join(line.split()) for line in report([scale(100, 1), scale(300, 3), scale(1000, 10.2)])]
    assert lines[:2] == ["pages 100 300 1000", "plain, s 1.0 3.0 10.2 3.40x target: at most 3.6x, met"]
    assert "stage judge, s 0.25 0.75 2.55 3.40x target: at most 3.6x, met" in lines
    assert [line for line in lines if "%" in line] == [
        *shares("in user seconds", "5.0%", "+7.0%", "8.0%", "13.0%", "+100%"),
        *shares("by processor", "2.5%", "+7.0%", "8.0%", "10.5%", "+100%"),
        *shares("by clock", "5.0%", "+0.0%", "100.0%", "105.0%", "+0%"),
    ]
    assert lines[-2] == "its menu, KB 2.0 2.0 2.0"


def test_the_events_of_a_hook_are_timed_and_are_what_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(-100)\ndef on_page_content(html, page): return html + page\n"
        "def on_post_build(config): raise ValueError(config)\n"
        "def other(): pass\n",
        encoding="utf-8",
    )
    events = timed_events(hook)
    assert [*events] == ["on_page_content", "on_post_build"]
    assert events["on_page_content"].mkdocs_priority == -100  # type: ignore[attr-defined]
    assert events["on_page_content"]("a", page="b") == "ab"
    with pytest.raises(ValueError, match="x"):
        events["on_post_build"](config="x")
    said = capsys.readouterr().out
    assert said.startswith(SAYS) and float(said.removeprefix(SAYS)) >= 0


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
