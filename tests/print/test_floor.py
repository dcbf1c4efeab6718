"""Printing by one hand or two, with what an earlier build has kept or without: the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]  # brings no types

from publishing.cache import Cache
from publishing.print import crew
from publishing.print.job import Job
from publishing.print.orders import Order, Outcome
from publishing.print.papers import PAPERS
from publishing.print.room import export
from publishing.records import PageRecord, PublishingError
from tests.print.conftest import JOB, record

BOTH = replace(JOB, papers=("a4", "large-print"), read_back=True)
TEXT = "<p>Some words of a page, said again and again, until it is full of them.</p>" * 12


def pages(*, after: str = "Bruises fade.") -> list[PageRecord]:
    return [
        record("index.md", f"<h1>Start</h1>{TEXT}<p><a href='visit/after/#late'>Later</a></p>", title="Start"),
        record("visit/after.md", f"<h1>After</h1><p>{after}</p>{TEXT}<h2 id='late'>Late</h2>", handout="true"),
        record("visit/before.md", f"<h1>Before</h1>{TEXT}<p><a href='../after/'>After</a></p>", handout="true"),
    ]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    def run(given: Sequence[PageRecord], job: Job = BOTH, **means: object) -> dict[str, bytes]:
        out = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
        out.mkdir()
        sheets, findings = export(given, lambda url: None, job, out, **means)  # type: ignore[arg-type]
        assert not findings
        return {sheet.path.name: (out / sheet.path.name).read_bytes() for sheet in sheets}

    return run


def printed_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the PDFs that are truly printed from now on."""
    told: list[str] = []
    fill = crew.fill

    def listen(orders: Sequence[Order], hear: crew.Hear, *given: Path | int | None) -> None:
        def told_of(order: Order, outcome: Outcome) -> Sequence[Order]:
            told.append(order.name)
            return hear(order, outcome)

        fill(orders, told_of, *given)  # type: ignore[arg-type]

    monkeypatch.setattr("publishing.print.floor.fill", listen)
    return told


def test_one_worker_or_two_or_none_make_the_same_bytes(make: Callable[..., dict[str, bytes]]) -> None:
    alone = make(pages(), workers=0)
    assert len(alone) >= 6
    assert make(pages(), workers=1) == alone
    assert make(pages(), workers=2) == alone


def test_what_is_kept_has_the_same_bytes_and_is_not_printed_again(
    make: Callable[..., dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, cache = make(pages()), Cache(tmp_path / "cache")
    told = printed_anew(monkeypatch)
    assert make(pages(), cache=cache) == fresh
    whole = [name for name in told if "~" not in name]
    assert sorted(whole) == sorted(name.removesuffix(".pdf") for name in fresh if "imposed" not in name)
    told.clear()
    assert make(pages(), cache=cache) == fresh
    assert told == []


def test_a_changed_page_is_printed_again_with_what_it_is_bound_in(
    make: Callable[..., dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    make(pages(), cache=cache)
    told = printed_anew(monkeypatch)
    changed = make(pages(after="Bruises fade within two weeks."), cache=cache)
    assert "visit-after-a4" in told and "booklet-large-print" in told
    assert not [name for name in told if name.startswith("visit-before")]
    assert changed == make(pages(after="Bruises fade within two weeks."))


def test_a_date_alone_prints_no_sheet_again(
    make: Callable[..., dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, later = Cache(tmp_path / "cache"), replace(BOTH, timestamp=BOTH.timestamp + 60)
    first = make(pages(), cache=cache)
    told = printed_anew(monkeypatch)
    again = make(pages(), later, cache=cache)
    assert told == []
    assert all(again[name] != first[name] for name in first)
    assert again == make(pages(), later)


@pytest.mark.parametrize(
    "harm", [lambda whole: whole[:-9], lambda whole: b"", lambda whole: whole[:99] + b"x" + whole[100:]]
)
def test_an_entry_that_is_not_whole_is_printed_again(
    make: Callable[..., dict[str, bytes]], tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    cache = Cache(tmp_path / "cache")
    fresh = make(pages(), cache=cache)
    kept = sorted((tmp_path / "cache").iterdir())
    whole = [entry.read_bytes() for entry in kept]
    for entry, content in zip(kept, whole, strict=True):
        entry.write_bytes(harm(content))
    assert make(pages(), cache=cache) == fresh
    assert [entry.read_bytes() for entry in kept] == whole


def test_letter_is_cut_from_what_is_set_on_a4(
    make: Callable[..., dict[str, bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alone = make(pages(), replace(BOTH, papers=("us-letter",)))
    told = printed_anew(monkeypatch)
    both = make(pages(), replace(BOTH, papers=("a4", "us-letter")))
    letter = {name: content for name, content in both.items() if "letter" in name}
    assert letter == alone and len(both) > len(letter)
    assert not [name for name in told if "~" in name and "letter" in name.replace("half-letter", "")]
    for name, content in letter.items():
        if "imposed" in name or "pocket" in name:
            continue
        sizes, words = zip(*map(_of_page, PdfDocument(content)), strict=True)
        assert set(sizes) == {(612, 792)}
        assert words == tuple(said for _, said in map(_of_page, PdfDocument(both[name.replace("us-letter", "a4")])))


def _of_page(page: PdfPage) -> tuple[tuple[int, int], str]:
    width, height = page.get_size()
    return (round(width), round(height)), page.get_textpage().get_text_bounded()


def test_a_picture_and_another_paper_are_other_entries(tmp_path: Path, make: Callable[..., dict[str, bytes]]) -> None:
    cache = Cache(tmp_path / "cache")
    make(pages(), replace(BOTH, papers=("a4",)), cache=cache)
    count = len(list((tmp_path / "cache").iterdir()))
    make(pages(), replace(BOTH, papers=("large-print",)), cache=cache)
    assert len(list((tmp_path / "cache").iterdir())) == 2 * count


def test_a_verdict_is_kept_with_its_sheet(tmp_path: Path) -> None:
    lossy = [record("page.md", "<h1>Page</h1><ul>Go at once with<li>pain in the chest</li></ul>", handout="true")]
    cache = Cache(tmp_path / "cache")
    first, again = (export(lossy, lambda url: None, BOTH, tmp_path, cache=cache)[1] for _ in range(2))
    assert first == again and {finding.rule for finding in first} == {"print-loss"}


def test_who_waits_hears_how_far_it_is(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    sheets, _ = export(pages(), lambda url: None, BOTH, tmp_path, tell=lambda *said: heard.append(said))
    assert heard == [(done, len(sheets)) for done in range(1, len(sheets) + 1)]


def test_a_worker_that_ends_is_named(tmp_path: Path) -> None:
    order = Order("visit-after-a4", "a.typ", PAPERS["a4"], (), {}, 1)
    with pytest.raises(PublishingError, match=r"visit-after-a4: the process that printed it has ended \(exit code 1\)"):
        crew.fill([order], lambda order, outcome: [], tmp_path / "not-there", weight=1, workers=1)


def test_the_cache_drops_what_was_not_used_for_longest(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for age, name in enumerate(("a", "b", "c")):
        cache.put(name, b"x" * 100)
        os.utime(tmp_path / name, (1000 + age, 1000 + age))
    assert cache.get("a")
    cache.trim(300)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
    cache.trim(0)
    assert list(tmp_path.iterdir()) == []
    Cache(tmp_path / "none").trim(0)
