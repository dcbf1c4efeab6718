"""Runs of sheets and scripts become one file each, named by its content; a page is sent without what shows nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publishing.slim import write_slim

HEAD = (
    '<link rel="stylesheet" href="{0}assets/stylesheets/theme.css">\n <link rel="stylesheet" href="{0}assets/stylesheets/own.css">\n'
    '<link rel="stylesheet" href="{0}assets/stylesheets/print.css" media="print">\n'
)
FOOT = '<script src="{0}assets/javascripts/a.js"></script>\n<script src="{0}assets/javascripts/b.js"></script>\n'
PAGE = f'<head>{HEAD}<link rel="stylesheet" href="{{0}}extra.css"></head><p class="lead">Words</p>{FOOT}'


def made(folder: Path, colour: str = "red") -> Path:
    files = {
        "assets/stylesheets/theme.css": f".lead{{color:{colour}}}.gone{{color:blue}}",
        "assets/stylesheets/own.css": "p{margin:0}",
        "assets/stylesheets/print.css": "p{color:#000}",
        "assets/javascripts/a.js": "a()\n//# sourceMappingURL=a.js.map",
        "assets/javascripts/b.js": "b()",
        "extra.css": "p{}",
        "index.html": PAGE.format(""),
        "visit/after/index.html": PAGE.format("../../"),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_slim(folder)
    return folder


def test_a_run_becomes_one_file_that_every_page_names(tmp_path: Path) -> None:
    site = made(tmp_path)
    [sheet], [script] = site.glob("assets/stylesheets/*"), site.glob("assets/javascripts/*")
    assert sheet.read_text() == ".lead{color:red}p{margin:0}@media print{p{color:#000}}"
    assert script.read_text() == "a()\n;\nb()\n"
    for page, up in (("index.html", ""), ("visit/after/index.html", "../../")):
        text = (site / page).read_text()
        assert re.findall(r'(?:href|src)="([^"]*)"', text) == [
            f"{up}assets/stylesheets/{sheet.name}",
            f"{up}extra.css",
            f"{up}assets/javascripts/{script.name}",
        ]


def test_another_content_has_another_name(tmp_path: Path) -> None:
    names = {
        next(made(tmp_path / colour, colour).glob("assets/stylesheets/*")).name for colour in ("red", "green", "red2")
    }
    assert len(names) == 3 and all(re.fullmatch(r"guide\.[0-9a-f]{8}\.min\.css", name) for name in names)


def test_a_page_without_them_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Words</p>", encoding="utf-8")
    write_slim(tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<p>Words</p>"


@pytest.mark.parametrize(("script", "wanted"), [
    ("// why\n  a();\n  // and how\n  b(`x`); // kept\n", "a();\nb(`x`); // kept\n"),
    ("a(`\n  // words\n`)\n", "a(`\n  // words\n`)\n"),
    ("/* long\n  // note */\na()\n", "/* long\n  // note */\na()\n"),
])  # fmt: skip
def test_a_script_keeps_all_but_what_is_for_its_writers(tmp_path: Path, script: str, wanted: str) -> None:
    folder = tmp_path / "assets/javascripts"
    folder.mkdir(parents=True)
    (folder / "own.js").write_text(script, encoding="utf-8")
    (tmp_path / "index.html").write_text('<script src="assets/javascripts/own.js"></script>', encoding="utf-8")
    write_slim(tmp_path)
    assert next(folder.glob("guide.*.js")).read_text(encoding="utf-8") == wanted


def test_what_only_the_search_heeded_and_blanks_before_a_line_are_not_sent(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(
        '<ul>\n    <li class="a" data-search-exclude>One\n    two</li>\n\n</ul>\n<section data-search-exclude id="b">\n'
        "  <p>An element with data-search-exclude is not searched.</p>\n<pre>\n    kept\n\n    as it is</pre>\n"
        "<script>\n  kept()\n</script></section>",
        encoding="utf-8",
    )
    write_slim(tmp_path)
    assert page.read_text(encoding="utf-8") == (
        '<ul>\n<li class="a">One\ntwo</li>\n</ul>\n<section id="b">\n<p>An element with data-search-exclude is not searched.</p>\n'
        "<pre>\n    kept\n\n    as it is</pre>\n<script>\n  kept()\n</script></section>"
    )
