"""The list of all sheets: as JSON for programs, as check sums for whoever copies them, and as a table on the page for clinics."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pypdfium2  # type: ignore[import-untyped]  # brings no types

from publishing.records import EditionKind
from publishing.sheet_edition import edition_of
from tests.conftest import ROOT, Built
from tests.print.conftest import record

PAGES = {
    "index.md": "# Start\n\nWords. [Safety](safety/index.md)\n",
    "safety/index.md": "---\nhandout: true\npocket: true\ntitle: Safety é\n---\n\n# Is it safe?\n\nWords.\n",
    "visit/after.md": "---\nhandout: true\n---\n\n# After\n\nWords. [Safety](../safety/index.md)\n",
}
SETTINGS = {"safety_section": "safety/", "print": {"papers": ["a4", "large-print"]}}


def _listed(built: Built) -> list[dict[str, Any]]:
    given = json.loads((built.site / "print/index.json").read_text(encoding="utf-8"))
    assert set(given) == {"version", "sheets"} and given["version"] == 1
    return list(given["sheets"])


def test_every_pdf_is_listed_as_it_is(build: Callable[..., Built]) -> None:
    built = build(PAGES, SETTINGS)
    assert not built.failed, built.errors
    listed = {sheet["file"]: sheet for sheet in _listed(built)}
    assert set(listed) == {path.name for path in (built.site / "print").glob("*.pdf")}
    for name, sheet in listed.items():
        content = (built.site / "print" / name).read_bytes()
        assert (sheet["bytes"], sheet["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        with pypdfium2.PdfDocument(content) as document:
            assert sheet["pages"] == len(document)
        assert sheet["kind"] in get_args(EditionKind)
    kinds = [(sheet["kind"], sheet["paper"]) for sheet in listed.values() if sheet["kind"] != "hand-out"]
    assert sorted(kinds) == [
        ("booklet", "a4"),
        ("booklet", "large-print"),
        ("pack", "a4"),
        ("pack", "large-print"),
        ("pocket", "a5"),
        ("pocket-imposed", "a4"),
    ]


def test_a_sheet_has_the_edition_of_its_words_and_the_others_have_none(build: Callable[..., Built]) -> None:
    listed = _listed(build(PAGES, SETTINGS))
    own = {sheet["edition"] for sheet in listed if sheet["id"] == "safety"}
    page = record("safety/index.md", '<h1 id="is-it-safe">Is it safe?</h1><p>Words.</p>', title="Safety é")
    assert own == {edition_of(page)}
    assert {sheet["edition"] for sheet in listed if sheet["kind"] != "hand-out"} == {""}
    assert next(sheet["title"] for sheet in listed if sheet["id"] == "safety") == "Safety é"


def test_the_check_sums_are_those_that_sha256sum_reads(build: Callable[..., Built]) -> None:
    folder = build(PAGES, SETTINGS).site / "print"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = [re.fullmatch(r"([0-9a-f]{64})  (\S+\.pdf)", line) for line in lines]
    found = {pair[2]: pair[1] for pair in pairs if pair}
    assert len(found) == len(lines) and list(found) == sorted(found)
    assert found == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.pdf")}


def test_the_manual_names_every_field(build: Callable[..., Built]) -> None:
    manual = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = manual.partition("### The list of sheets, for other programs")[2].partition("\n### ")[0]
    rows = dict(re.findall(r"^\| `([a-z0-9.]+)` \| (text|number|list) \|", part, re.MULTILINE))
    assert {name.removeprefix("sheets.") for name in rows if "." in name} == set(_listed(build(PAGES, SETTINGS))[0])
    kinds = {"text": str, "number": int}
    for name, value in _listed(build(PAGES, SETTINGS))[0].items():
        assert isinstance(value, kinds[rows[f"sheets.{name}"]])
    assert all(f"`{kind}`" in part for kind in get_args(EditionKind))


def test_a_site_that_prints_nothing_has_no_list(build: Callable[..., Built]) -> None:
    assert not Path(build(PAGES).site / "print").exists()
