"""The words that the search is given, and the files it reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publishing.glossary import Term
from publishing.records import Faults, PageRecord
from publishing.search import INDEX, STUB, WORKER, Lead, load_leads, search_words, write_search


def page(source: str, url: str, **meta: str) -> PageRecord:
    return PageRecord(source, url, "Title", "", frozenset(), (), meta=meta)


AFTER = page("visit/after.md", "visit/after/", question="What is normal now?", aliases="aftercare\nsore")


def test_a_page_is_known_by_its_question_aliases_and_leads() -> None:
    words = search_words([AFTER], [Lead("l", "visit/after.md", ("bruise", "sore"), {"bruise": ("bruze",)})], [])
    assert words["names"] == {"visit/after/": ["What is normal now?", "aftercare", "sore", "bruise"]}
    assert words["misspelt"] == {"bruze": "bruise"}


def test_a_term_is_known_by_its_other_names_and_misspellings() -> None:
    term = Term("p", "Pneumothorax", "Air beside the lung.", also=("collapsed lung",), misspelt=("numothorax",))
    words = search_words([], [], [term])
    assert words["same"] == [["Pneumothorax", "collapsed lung"]]
    assert words["misspelt"] == {"numothorax": "Pneumothorax"}


def test_the_index_moves_behind_a_stub(tmp_path: Path) -> None:
    index = {"config": {"lang": ["en"]}, "docs": [{"location": "", "title": "a", "text": "\u2028 </script> é"}]}
    for path, text in ((STUB, json.dumps(index)), (WORKER, "")):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    write_search(tmp_path, [AFTER], [], [])
    assert json.loads((tmp_path / STUB).read_text()) == {"config": {"lang": ["en"]}, "docs": []}
    script = (tmp_path / INDEX).read_text(encoding="utf-8")
    assert script.startswith("self.guideIndex={") and "\u2028" not in script
    read = json.loads(script.removeprefix("self.guideIndex="))
    assert read["docs"] == index["docs"] and read["names"]["visit/after/"]


def test_a_theme_without_our_worker_keeps_its_index(tmp_path: Path) -> None:
    (tmp_path / STUB).parent.mkdir()
    (tmp_path / STUB).write_text('{"config": {}, "docs": [1]}')
    write_search(tmp_path, [AFTER], [], [])
    assert (tmp_path / STUB).read_text() == '{"config": {}, "docs": [1]}'
    assert not (tmp_path / INDEX).exists()


def test_a_lead_to_no_page_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/search.yml").write_text("leads:\n  - id: sore\n    page: visit/aftr.md\n    names: [sore]\n")
    with pytest.raises(Faults) as caught:
        load_leads(tmp_path, "data/", ["visit/after.md"])
    assert str(caught.value).endswith(
        "search.yml:3: data-field: 'sore': there is no page 'visit/aftr.md'. Did you mean 'visit/after.md'?"
    )
