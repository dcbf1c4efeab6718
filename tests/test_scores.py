"""The table of scores: filled once all pages are in, and true to what each page holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.cache import Cache
from publishing.checks import Site
from publishing.checks.reading import smog
from publishing.links import SiteMap
from publishing.pages import read
from publishing.records import PageRecord
from publishing.score_items import ITEMS, MOST_WORDS, Item
from publishing.scores import PLACE, filled_pages, score
from publishing.settings import Settings
from tests.conftest import Built

EASY = "<h1>Is it so?</h1><p>You may go now.</p>"


def page(html: str, source: str = "visit/after.md", **meta: str) -> PageRecord:
    return read(source, source.replace(".md", "/"), html, title="A < B", meta={"audience": "patient", **meta})


def site(*pages: PageRecord) -> Site:
    return Site(pages, SiteMap(pages), Settings(safety_section="safety/"))


def test_the_table_stands_on_its_page_and_counts_the_pages_that_come_later(build: Callable[..., Built]) -> None:
    pages = {
        "index.md": "# A\n\n/// scores\n///\n\n[safety](safety/index.md)\n",
        "safety/index.md": "# Safe?\n\nYou are safe here.\n",
    }
    built = build(pages, publishing={"safety_section": "safety/", "data": "data/"})
    assert not built.failed, built.errors
    html = (built.site / "index.html").read_text(encoding="utf-8")
    assert PLACE not in html
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["A", "Safe?"]
    assert "scores" not in (built.site / "safety/index.html").read_text(encoding="utf-8")


def test_a_site_without_the_block_is_not_scored(tmp_path: Path) -> None:
    def never() -> Site:
        raise AssertionError

    assert filled_pages([page(EASY)], never, Cache(tmp_path), "") == {}


def test_the_table_is_kept_until_a_page_changes(tmp_path: Path) -> None:
    asked: list[str] = []

    def fill(words: str) -> str:
        pages = (page(words + PLACE),)

        def scored() -> Site:
            asked.append(words)
            return site(*pages)

        (filled,) = filled_pages(pages, scored, Cache(tmp_path), "").values()
        return filled.html

    first = fill(EASY)
    assert fill(EASY) == first
    assert fill(EASY + EASY) != first
    assert asked == [EASY, EASY + EASY]


def test_names_are_escaped_and_patients_pages_summed_up(tmp_path: Path) -> None:
    pages = (page(EASY + PLACE), page(EASY, "about/b.md", audience="editor"))
    (filled,) = filled_pages(pages, lambda: site(*pages), Cache(tmp_path), "").values()
    assert '<th scope="row">A &lt; B</th>' in filled.html
    assert "1 page is for patients" in filled.html


def test_smog_is_the_published_formula() -> None:
    assert smog(["Banana banana banana."] * 30) == pytest.approx(1.043 * 90**0.5 + 3.1291)


HOLDS = {
    "purpose": (EASY, "<h1>So it is</h1><p>You go.</p>"),
    "everyday words": (
        EASY,
        "<p>Multidisciplinary rehabilitation necessitates considerable organisational resources.</p>",
    ),
    "clear numbers": (EASY + "<p>9 out of 100.</p>", EASY + "<p>It is 9% of all.</p>"),
    "short parts": (EASY + f"<h2>B</h2><p>{'word ' * MOST_WORDS}</p>", EASY + f"<p>{'word ' * MOST_WORDS}</p>"),
    "headings": (EASY + "<h2>A</h2><h2>B</h2>", EASY + "<h2>A</h2>"),
    "marks that lead the eye": (EASY + "<p><strong>Now</strong></p>", EASY),
    "captions": (EASY + "<figure><figcaption>A</figcaption></figure>", EASY + "<figure>A</figure>"),
    "table heads": (EASY + "<table><tr><th>A</th></tr></table>", EASY + "<table><tr><th></th><td>A</td></tr></table>"),
    "an action": (EASY + "<h2>What next?</h2>", EASY),
    "says you": (EASY, "<h1>A?</h1><p>It goes.</p>"),
    "4, sources": (EASY + '<section class="sources"></section>', EASY),
    "7, more help": (EASY + '<a href="../../safety/">A</a>', EASY + '<a href="https://example.org">A</a>'),
    "8, doubt": (EASY + "<p>Nobody knows how often.</p>", EASY),
    "11, risks": (EASY + '<a href="../../safety/">A</a>', EASY),
}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_an_item_holds_for_a_good_page_and_not_for_a_bad_one(item: Item) -> None:
    good, bad = HOLDS.get(item.name, (EASY, EASY))
    dated = {"checked": "2026-11-22"} if item.name == "5, dates" else {}
    safety = read("safety/index.md", "safety/", EASY, title="S", meta={})
    (good_score, *_), (bad_score, *_) = (score(site(found, safety)) for found in (page(good, **dated), page(bad)))
    assert item.name not in good_score.seen[item.instrument]
    assert item.name in bad_score.seen[item.instrument]


def test_what_does_not_apply_is_not_counted() -> None:
    (found,) = score(site(page(EASY)))
    assert found.seen["PEMAT-P"] == "All but: headings; marks that lead the eye; an action"
