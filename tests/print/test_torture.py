"""One page with everything a page can hold: complete, in order, and sound in structure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publishing.print.loss import lost, squeezed, text_of, words_of
from tests.print.conftest import CASES, Printed, html_of, record
from tests.print.gate import faults
from tests.print.reading import link_descriptions, tags_of

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="currentColor"/></svg>'


@pytest.fixture
def torture(print_pages: Callable[..., Printed], tmp_path: Path) -> Printed:
    (tmp_path / "red.svg").write_text(SQUARE)
    Image.new("RGBA", (300, 200), (200, 30, 30, 120)).save(tmp_path / "photo.png")
    html = html_of((CASES / "torture.md").read_text(encoding="utf-8"), others=True).replace('"other.md"', '"other/"')
    pages = [
        record("index.md", html, title="Torture", handout="true", checked="2026-11-22", check_by="2027-05-22"),
        record(
            "other.md",
            "<h1>The other page</h1><p id=target>Text. <a href='../#custom-id'>Back</a></p>",
            title="Other",
            chapter=["One", "Two"],
        ),
    ]
    return print_pages(pages, {name: tmp_path / name for name in ("red.svg", "photo.png")})


def test_nothing_is_refused(torture: Printed) -> None:
    assert torture.findings == []


@pytest.mark.parametrize("name", ["index-a4", "booklet-a4"])
def test_all_words_are_there_in_order(torture: Printed, name: str) -> None:
    printed = text_of(torture.pdf(name))
    assert lost([words_of(torture.pages[0].html)], printed) == [[]]
    assert "Hidden words" not in printed


@pytest.mark.parametrize("name", ["index-a4", "booklet-a4"])
def test_structure_is_sound(torture: Printed, name: str) -> None:
    assert faults(torture.pdf(name)) == []


def test_each_kind_of_content_has_its_tag(torture: Printed) -> None:
    with pikepdf.open(torture.pdf("index-a4")) as pdf:
        names = {tag.name for tag in tags_of(pdf)}
    wanted = (
        "H1 H2 H3 H4 P L LI Lbl LBody Table THead TBody TR TH TD Figure Caption Link Note BlockQuote Code Strong Em"
    )
    assert set(wanted.split()) <= names


def test_links_say_where_they_lead(torture: Printed) -> None:
    said = link_descriptions(torture.pdf("index-a4"))
    assert {
        "link, at example.org",
        "E-mail to clinic@example.org",
        "Telephone +441134960000",
        "local",
        "Source 1",
    } <= set(said)
    assert "More on this: Other, page 9" in link_descriptions(torture.pdf("booklet-a4"))
    assert not [
        line for line in said if line.startswith("http") and "example.org/ünïcode" not in line and "doi.org" not in line
    ]


def test_what_other_sites_turn_on_is_printed(torture: Printed) -> None:
    said = squeezed(text_of(torture.pdf("index-a4")))
    for words in (
        "Ctrl+Alt+Del", "HTML is short", "added taken out old new looked at a remark", "😄 and ❤", "\\(a^2 + b^2\\)",
        "theme: # (1)!", "The note of an annotation, with emphasis.", "Abstract text.", "Text in another closed box.",
        "On the web: A map of clinics (https://example.org/map)", "[Picture on the web: A picture elsewhere]",
    ):  # fmt: skip
        assert squeezed(words) in said, words
