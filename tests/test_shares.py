"""Work in shares: the same results in the same order, however many processes there are and whatever becomes of them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from publishing.commands.check import judge_built
from publishing.registers import Registers
from publishing.shares import cores, in_shares
from tests.conftest import ROOT

forks = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@forks
@pytest.mark.parametrize("processes", [1, 2, 3, 7])
def test_results_come_in_the_order_of_the_items(processes: int) -> None:
    shares = in_shares(lambda share: [(item, os.getpid()) for item in share], range(403), processes)
    assert [item for share in shares for item, _ in share] == list(range(403))
    assert len({process for share in shares for _, process in share}) == processes


def test_few_items_stay_in_this_process() -> None:
    assert in_shares(lambda share: (os.getpid(), *share), [1, 2, 3], 8) == [(os.getpid(), 1, 2, 3)]
    assert in_shares(list, [], 8) == [[]]


@forks
def test_what_is_remembered_of_the_first_items_is_known_to_every_process() -> None:
    remembered: list[int] = []

    def work(share: Sequence[int]) -> list[int]:
        remembered.extend(share)
        return remembered[:9]

    assert all(share == [*range(9)] for share in in_shares(work, range(300), 3))


@forks
def test_what_another_process_did_not_end_is_done_here() -> None:
    here = os.getpid()

    def work(share: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os._exit(9)
        return [*share]

    shares = in_shares(work, range(200), 2)
    assert [item for share in shares for item in share] == list(range(200))


@forks
def test_a_fault_in_another_process_is_a_fault_here() -> None:
    def work(share: Sequence[int]) -> int:
        if 150 in share:
            raise ValueError("150")
        return 0

    with pytest.raises(ValueError, match="150"):
        in_shares(work, range(200), 2)


@forks
def test_nothing_is_copied_beside_a_thread() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert cores() == 1
    finally:
        wait.set()
        thread.join()


@forks
def test_one_process_and_several_find_the_same(tmp_path: Path) -> None:
    site = tmp_path / "docs"  # so named, since the registers' drawings are there
    registers = Registers.load(ROOT, "data/")
    cited = list(registers.references.entries)
    for number in range(120):
        page = site / f"visit/page-{number}/index.html"
        page.parent.mkdir(parents=True)
        words = f'<h1>One</h1><h3>Two</h3><p>About {number} out of 1,000 people faint.</p><p id="a"></p><p id="a">Rare harm.</p>'
        source = f'<p>Some do<sup class="citation" data-cite="{cited[number % 50]}"></sup>.</p>'
        box = f'<div class="admonition risk" data-risk="{list(registers.shelf.risks.entries)[number % 9]}">9 out of 10</div>'
        link = f'<a href="../page-{number + 1}/#b">on</a>' * (number % 3)
        page.write_text(f'<!doctype html><body><main data-page-url="x/">{words}{source}{box}{link}</main>')
    (site / "safety/index.html").parent.mkdir()
    (site / "safety/index.html").write_text('<main data-page-url="safety/"><h1>Safety</h1></main>')
    one, two, three = (judge_built(site, ROOT, processes).findings for processes in (1, 2, 3))
    assert one == two == three
    assert len({finding.rule for finding in one}) >= 8
    assert "unused-reference" in {finding.rule for finding in one}
