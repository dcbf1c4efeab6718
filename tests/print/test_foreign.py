"""Documentation that nobody here wrote comes out whole: every word in its sheet and in the booklet, sound in structure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from publishing.print.loss import lost, text_of, words_of
from tests.print.conftest import Printed, html_of, record
from tests.print.gate import faults

PAGES = sorted(path for path in (Path(__file__).parent / "foreign").glob("*.md") if path.stem != "LICENSE")


def test_pages_of_another_site_are_printed_whole(print_pages: Callable[..., Printed]) -> None:
    html = {path.stem: html_of(path.read_text(encoding="utf-8"), others=True) for path in PAGES}
    assert len(html) == 11
    printed = print_pages([record(f"{name}.md", text, title=name, handout="true") for name, text in html.items()])
    assert printed.findings == []
    found = {sheet.path.name: faults(printed.folder / sheet.path.name) for sheet in printed.sheets}
    assert {name: lines for name, lines in found.items() if lines} == {}
    missing = {name: lost([words_of(text)], text_of(printed.pdf(f"{name}-a4")))[0] for name, text in html.items()}
    assert {name: words for name, words in missing.items() if words} == {}
    assert not any(lost([words_of(text) for text in html.values()], text_of(printed.pdf("booklet-a4"))))
