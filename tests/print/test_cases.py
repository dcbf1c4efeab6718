"""The print room, case by case: a file of ``tests/cases/print`` is one behaviour, printed for real.

Without ``findings`` each sheet and the booklet must be sound in structure and hold every word in order.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.print.loss import lost, squeezed, text_of, words_of
from tests.print.conftest import CASES, Printed, html_of, load_case, record
from tests.print.gate import faults
from tests.print.reading import bookmarks, link_descriptions

_KNOWN = {
    "page",
    "pages",
    "job",
    "findings",
    "says",
    "silent",
    "links",
    "bookmarks",
    "booklet",
    "front",
    "files",
    "unordered",
}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_case(path: Path, print_pages: Callable[..., Printed], tmp_path: Path) -> None:
    case = load_case(path)
    assert set(case) <= _KNOWN
    pages = case.get("pages") or {"page.md": {"html": case["page"], **case.get("front", {})}}
    records = [record(source, _html(fields), **{"handout": "true", **fields}) for source, fields in pages.items()]
    printed = print_pages(records, _files(case, tmp_path), **case.get("job", {}))
    assert printed.findings == case.get("findings", [])
    if not case.get("findings"):
        _judge(case, printed)


def _html(fields: dict[str, Any]) -> str:
    html = fields.pop("html", None)
    return html if html is not None else html_of(fields.pop("markdown"))


def _files(case: dict[str, Any], folder: Path) -> dict[str, Path]:
    files = {}
    for name, content in case.get("files", {}).items():
        files[name] = folder / name
        files[name].parent.mkdir(exist_ok=True)
        files[name].write_text(content, encoding="utf-8")
    return files


def _judge(case: dict[str, Any], printed: Printed) -> None:
    booklet, sheet = printed.pdf("booklet-a4"), printed.pdf(f"{printed.sheets[1].id}-a4")
    assert (faults(booklet), faults(sheet)) == ([], [])
    said = text_of(sheet)
    if not case.get("unordered"):
        assert lost([words_of(printed.pages[0].html)], said) == [[]]
        assert not any(lost([words_of(page.html) for page in printed.pages], text_of(booklet)))
    _in_order(case.get("says", []), said)
    _in_order(case.get("booklet", []), text_of(booklet))
    for words in case.get("silent", []):
        assert words not in said
    if "links" in case:
        assert link_descriptions(sheet) == case["links"]
    if "bookmarks" in case:
        assert bookmarks(booklet) == [tuple(mark) for mark in case["bookmarks"]]


def _in_order(phrases: list[str], text: str) -> None:
    """Blanks apart: a line may end anywhere."""
    given, place = squeezed(text), 0
    for phrase in phrases:
        found = given.find(squeezed(phrase), place)
        assert found >= 0, f"{phrase!r} is not in {text!r}"
        place = found + len(squeezed(phrase))
