"""The copy that works from a disk: its addresses, its policy, and that one edition is one file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from publishing.offline import FOLDER, ZIP, offline_address, offline_page, start_page, write_offline
from publishing.search import INDEX, STUB, WORKER

PAGE = (
    '<html><head><meta charset="utf-8"><link rel="preload" href="a.woff2" as="font"></head><body>'
    '<a class="x" href="../after/?h=a#b">After</a><p class="online-only"><a href="z.zip">Take</a></p><script>go()</script>'
)


@pytest.mark.parametrize(("address", "wanted"), [
    ("visit/after/", "visit/after/index.html"),
    ("../after/?h=a#sore", "../after/index.html?h=a#sore"),
    (".", "./index.html"),
    ("../..", "../../index.html"),
    ("./", "./index.html"),
    ("#sore", "#sore"),
    ("", ""),
    ("print/a.pdf", "print/a.pdf"),
    ("https://doi.org/10.1/", "https://doi.org/10.1/"),
    ("//host/a/", "//host/a/"),
    ("mailto:a@b.example", "mailto:a@b.example"),
])  # fmt: skip
def test_a_folder_becomes_its_file(address: str, wanted: str) -> None:
    assert offline_address(address) == wanted


def test_a_page_brings_its_policy_and_leaves_what_a_server_gives() -> None:
    page = offline_page(PAGE)
    assert 'href="../after/index.html?h=a#b"' in page
    assert "preload" not in page and "online-only" not in page
    assert page.index("Content-Security-Policy") < page.index("<body>")
    assert "'sha256-" in page and "unsafe-inline" not in page


def test_one_edition_is_one_file(tmp_path: Path) -> None:
    index = {"docs": [{"location": "visit/#a", "title": "", "text": ""}], "names": {"": ["home"], "visit/": ["go"]}}
    files = {
        WORKER: "", STUB: '{"config": {}, "docs": []}', INDEX: f"self.guideIndex={json.dumps(index)}\n",
        "index.html": PAGE, "404.html": PAGE, "sitemap.xml": "", "assets/a.js.map": "",
    }  # fmt: skip
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    write_offline(tmp_path, "Guide")
    first = (tmp_path / ZIP).read_bytes()
    write_offline(tmp_path, "Guide")
    assert (tmp_path / ZIP).read_bytes() == first
    with zipfile.ZipFile(tmp_path / ZIP) as packed:
        names = packed.namelist()
        assert names == sorted(names)
        assert {name.removeprefix(f"{FOLDER}/") for name in names} == {
            "index.html", "guide/index.html", f"guide/{WORKER}", f"guide/{INDEX}", "guide/search/search_index.js",
        }  # fmt: skip
        told = json.loads(packed.read(f"{FOLDER}/guide/{INDEX}").decode().removeprefix("self.guideIndex="))
    assert told["docs"][0]["location"] == "visit/index.html#a"
    assert told["names"] == {"index.html": ["home"], "visit/index.html": ["go"]}


def test_the_start_page_takes_a_name_as_text() -> None:
    assert "<b>" not in start_page("<b>Guide</b>")


def test_a_site_with_another_look_gets_no_copy(tmp_path: Path) -> None:
    write_offline(tmp_path, "Guide")
    assert list(tmp_path.iterdir()) == []
