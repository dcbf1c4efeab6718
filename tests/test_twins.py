"""Pages as plain Markdown, and the files that lead programs to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing import pages
from publishing.imprint import Imprint
from publishing.programs import contents, robots, twin_path, write_for_programs
from publishing.records import PageRecord
from publishing.twins import twin

NOT_YET = "> Not yet reviewed by a clinician."


def page(html: str, url: str = "visit/after/", **meta: str) -> PageRecord:
    return pages.read("visit/after.md", url, html, title="After", meta=meta, chapter=("Your visit",))


def written(html: str, **meta: str) -> str:
    """The twin below its heading and facts."""
    record = page(f"<h1>What now?</h1>{html}", **meta)
    return twin(record, pages.article(record.html)).removeprefix(f"# What now?\n\n{NOT_YET}\n\n")


@pytest.mark.parametrize(("html", "wanted"), [
    ('<p>See <a href="../../safety/#a">safety</a>.</p>', "See [safety](../../safety/index.md#a)."),
    ('<p>Few.<sup class="citation"><a href="#source-1">1</a>, <a href="#source-2">2</a></sup></p>', "Few. [1, 2]"),
    ("<h2>How<a class='headerlink' href='#h'>¶</a></h2>", "## How"),
    ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "- One\n  - Two"),
    ("<ol><li><p>A</p></li><li><p>B</p></li></ol>", "1. A\n2. B"),
    ("<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>x|y</td></tr></tbody></table>",
     "| A | B |\n| --- | --- |\n| x\\|y |  |"),
    ("<details><summary>Why?</summary><p>So.</p></details>", "**Why?**\n\nSo."),
    ('<div class="admonition"><p class="admonition-title"><strong>Stop</strong> now</p><p>Call.</p></div>', "**Stop now**\n\nCall."),
    ("<dl><dt>Qi</dt><dd>Energy.</dd></dl>", "**Qi**\n\nEnergy."),
    ("<p><strong>a</strong> <em>b</em> 2*3 &lt;b&gt;</p>", "**a** *b* 2\\*3 \\<b>"),
    ('<p>Once.</p><div data-print="off"><p>Again.</p></div>', "Once."),
    ('<div class="admonition risk" data-print="off"><p>Call.</p></div>', "Call."),
    ('<p><img src="a.svg" alt="A needle"></p>', "![A needle](a.svg)"),
])  # fmt: skip
def test_a_part_of_a_page(html: str, wanted: str) -> None:
    assert written(html).strip() == wanted


def test_every_tab_stands_under_its_name() -> None:
    tabs = (
        '<div class="tabbed-set"><input checked type="radio"><input type="radio"><div class="tabbed-labels"><label>A</label>'
        '<label>B</label></div><div class="tabbed-content"><div class="tabbed-block"><p>1</p></div>'
        '<div class="tabbed-block"><p>2</p></div></div></div>'
    )
    assert written(tabs) == "**A**\n\n1\n\n**B**\n\n2\n"


def test_a_review_is_named_only_once_there_was_one() -> None:
    record = page("<h1>What now?</h1>", checked="2026-11-22", reviewed_by="Dr A", reviewed_on="2026-12-01")
    assert "> Checked against its sources: 2026-11-22. Reviewed by Dr A, 2026-12-01." in twin(
        record, pages.article(record.html)
    )


@pytest.mark.parametrize(("url", "wanted"), [
    ("visit/after/", "visit/after/index.md"), ("", "index.md"), ("./", "index.md"), ("visit/after.html", "visit/after.md"),
])  # fmt: skip
def test_where_a_twin_stands(url: str, wanted: str) -> None:
    assert twin_path(page("", url)) == wanted


def imprint(site_url: str) -> Imprint:
    return Imprint(Path(), "docs", "Guide", site_url, "Plain answers.", "", 0)


def test_the_contents_name_each_page_by_its_address() -> None:
    told = contents([page("", description="Warning signs.")], imprint("https://guide.example/"))
    assert told.startswith("# Guide\n\n> Plain answers.\n")
    assert told.endswith("## Your visit\n\n- [After](https://guide.example/visit/after/index.md): Warning signs.\n")


def test_a_site_without_an_address_names_none(tmp_path: Path) -> None:
    assert "Sitemap" not in robots("")
    assert "Sitemap: https://guide.example/sitemap.xml" in robots("https://guide.example/")
    write_for_programs(tmp_path, [page("<h1>What now?</h1>")], imprint(""))
    assert (tmp_path / "visit/after/index.md").read_text() == f"# What now?\n\n{NOT_YET}\n"
    assert "(visit/after/index.md)" in (tmp_path / "llms.txt").read_text()
