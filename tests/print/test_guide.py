"""Every PDF of the whole guide, on each paper that mkdocs.yml names: sound in structure, and good paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publishing.print.papers import SIZES
from tests.print.gate import faults
from tests.print.paper import paper_faults

LEAST = {"large-print": 15.75}
"""Points of the smallest letters of a table; 10.5 elsewhere."""
MEASURED = ("booklet", "hand-out")
"""The pack is made of sheets; cards and pages to fold have measures of their own."""


@pytest.fixture(scope="session")
def made(guide: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((guide / "print/index.json").read_text(encoding="utf-8"))["sheets"]
    return found


def test_every_pdf_is_sound(guide: Path, made: list[dict[str, str]]) -> None:
    """All but the imposed one, whose pages stand side by side in the order of folding."""
    paths = sorted(path for path in (guide / "print").glob("*.pdf") if not path.stem.endswith("-imposed"))
    assert len(paths) > 40
    assert {path.name: found for path in paths if (found := faults(path))} == {}


def test_every_page_is_good_paper(guide: Path, made: list[dict[str, str]]) -> None:
    measured = [sheet for sheet in made if sheet["kind"] in MEASURED and sheet["paper"] in SIZES]
    assert len(measured) > 40
    found = {
        sheet["file"]: paper_faults(
            guide / "print" / sheet["file"], SIZES[sheet["paper"]], LEAST.get(sheet["paper"], 10.5)
        )
        for sheet in measured
    }
    assert {name: lines[:9] for name, lines in found.items() if lines} == {}
