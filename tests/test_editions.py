"""The edition of a sheet, and the sheets of several clinics, in real builds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from publishing import pages
from publishing.checks import RULE_IDS
from publishing.clinic import Clinic
from publishing.clinic_block import PLACE, numbers
from publishing.clinics import Clinics
from publishing.offline import FOLDER, write_clinic_copies
from publishing.print.loss import text_of
from publishing.records import PageRecord
from publishing.search import INDEX, STUB, WORKER
from publishing.sheet_edition import edition_of
from tests.conftest import Built

HEAD = '---\ntitle: "{0}"\nhandout: true\n---\n\n# {0}\n\nWords of {0}.\n\n/// clinic-numbers\n///\n'
PRINT = {"clinic": "clinic.yml", "print": {"papers": ["a4"]}}


def page(html: str, url: str = "visit/after/", **meta: str) -> PageRecord:
    return pages.read("visit/after.md", url, html, title="After", meta=meta)


# ---- The edition ----

SAME = {
    "blanks": "<h1>After</h1>\n\n<p>Some  words,\nand <b>more</b>.</p>",
    "anchors and classes": '<h1 id="a">After<a class="headerlink" href="#a">¶</a></h1><p class="x">Some words, and <b>more</b>.</p>',
    "what is for the screen": '<h1>After</h1><p>Some words, and <b>more</b>.</p><p data-print="off">Screen.</p>',
    "a clinic's numbers": f"<h1>After</h1><p>Some words, and <b>more</b>.</p>{numbers(Clinic(name='X', phone='0113 496 0000'))}",
}
OTHER = {
    "a word": "<h1>After</h1><p>Some word, and <b>more</b>.</p>",
    "a figure in a table": "<h1>After</h1><p>Some words, and <b>more</b>.</p><table><tr><td>9</td></tr></table>",
    "the description of a picture": '<h1>After</h1><p>Some words, and <b>more</b>.</p><img src="a.png" alt="A needle">',
    "an address that paper writes out": '<h1>After</h1><p>Some words, and <a href="https://a.example">more</a>.</p>',
    "the order": "<h1>After</h1><p><b>more</b> Some words, and .</p>",
}
BASE = page("<h1>After</h1><p>Some words, and <b>more</b>.</p>")


@pytest.mark.parametrize("html", SAME.values(), ids=SAME)
def test_what_makes_no_new_edition(html: str) -> None:
    assert edition_of(page(html)) == edition_of(BASE)


@pytest.mark.parametrize("html", OTHER.values(), ids=OTHER)
def test_what_makes_a_new_edition(html: str) -> None:
    assert edition_of(page(html)) != edition_of(BASE)


def test_days_reviews_and_addresses_make_no_edition() -> None:
    assert edition_of(page(BASE.html, "after.html", checked="2030-01-01", reviewed_by="Dr X")) == edition_of(BASE)
    assert edition_of(page(BASE.html, question="What now?")) != edition_of(BASE)


# ---- Clinics ----


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


PAGES = {"index.md": HEAD.format("Home"), "visit/after.md": HEAD.format("After")}


def test_a_filled_file_is_on_every_sheet(build: Callable[..., Built], tmp_path: Path) -> None:
    fields = {
        "name": "Example <b>Street</b> & #Sons", "address": "1 High Street, Town", "phone": "0113 496 0000",
        "text_relay": "18001 0113 496 0000", "out_of_hours": "Night line, 0113 496 0001", "web": "https://clinic.example",
    }  # fmt: skip
    text = "".join(f"{name}: '{given}'\n" for name, given in fields.items())
    write(tmp_path, {"clinic.yml": f"{text}approved_by: Dr A. Example\napproved_on: 2026-11-22\n"})
    built = build(PAGES, PRINT)
    assert not built.errors
    for sheet in ("index-a4", "visit-after-a4", "pack-a4"):
        said = text_of(built.site / f"print/{sheet}.pdf")
        assert all(given in said for given in fields.values()), said
        assert "by Dr A. Example on 22 November 2026." in said


def test_each_clinic_of_a_folder_has_its_sheets(
    build: Callable[..., Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"clinics/north.yml": "name: North\nphone: 0113 496 0000\n", "clinics/south.yml": "name: South\n"})
    monkeypatch.setenv("PUBLISHING_CLINICS", "clinics")
    built = build(PAGES, PRINT)
    assert not built.errors
    out = built.site / "print/clinics"
    assert sorted(path.name for path in out.iterdir()) == ["north", "south"]
    for name in ("north", "south"):
        listed = json.loads((out / name / "index.json").read_text(encoding="utf-8"))["sheets"]
        assert {entry["file"] for entry in listed} == {"index-a4.pdf", "visit-after-a4.pdf", "pack-a4.pdf"}
        assert name.capitalize() in text_of(out / name / "visit-after-a4.pdf")
    assert text_of(out / "north/visit-after-a4.pdf").count("0113 496 0000") == 2  # in the box, and in the block
    assert "North" not in text_of(built.site / "print/visit-after-a4.pdf")


def test_a_clinics_long_name_may_cost_a_side(build: Callable[..., Built], tmp_path: Path) -> None:
    long = HEAD.format("Home").replace("handout: true", "handout: true\nsides: 1") + "\nMore words.\n" * 60
    printed = {**PRINT, "rules": {rule: "off" for rule in RULE_IDS if rule != "print-sides"}}
    assert "print-sides: the a4 sheet has" in build({"index.md": long}, printed).errors
    write(tmp_path, {"clinic.yml": "name: Example\n"})
    assert not build({"index.md": long}, printed).errors


def edition_on(pdf: Path) -> str:
    return text_of(pdf).partition("· Edition ")[2][:6]


def test_a_clinic_makes_no_edition(
    build: Callable[..., Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"clinics/north.yml": "name: North\nphone: 0113 496 0000\n"})
    monkeypatch.setenv("PUBLISHING_CLINICS", "clinics")
    out = build(PAGES, PRINT).site / "print"
    assert edition_on(out / "index-a4.pdf") == edition_on(out / "clinics/north/index-a4.pdf") != ""


def test_a_letter_that_no_font_has_is_named_with_the_clinics_file(build: Callable[..., Built], tmp_path: Path) -> None:
    write(tmp_path, {"clinic.yml": "name: Clinic 針\n"})
    built = build(PAGES, PRINT)
    assert built.findings[0].startswith("clinic.yml: print-glyph: has 針 (U+91DD)")
    assert not built.site.exists()


def test_a_copy_for_a_stick_shows_the_clinics_numbers(tmp_path: Path) -> None:
    import zipfile

    clinics = Clinics(Clinic(), {"north": Clinic(name="North", phone="0113 496 0000")})
    body = '<html><head><meta charset="utf-8"></head><body>' + numbers(clinics.own)
    write(tmp_path, {"index.html": body, "print/a.pdf": "of all", "print/b.pdf": "of all"})
    for name, text in {
        WORKER: "",
        STUB: '{"config": {}, "docs": []}',
        INDEX: 'x={"docs": [], "names": {}}',
        "print/clinics/north/a.pdf": "north",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_clinic_copies(tmp_path, "Guide", clinics)
    with zipfile.ZipFile(tmp_path / "print/clinics/north/needling-guide.zip") as packed:
        assert numbers(clinics.others["north"]).encode() in packed.read(f"{FOLDER}/guide/index.html")
        assert packed.read(f"{FOLDER}/guide/print/a.pdf") == b"north"
        assert packed.read(f"{FOLDER}/guide/print/b.pdf") == b"of all"
        assert not any("clinics" in name for name in packed.namelist())


def test_the_place_for_the_numbers_is_what_markdown_leaves(build: Callable[..., Any]) -> None:
    built = build({"index.md": "# T\n\n/// clinic-numbers\n///\n"}, {"clinic": "clinic.yml"})
    text = (built.site / "index.html").read_text(encoding="utf-8")
    assert PLACE not in text and numbers(Clinic()) in text
