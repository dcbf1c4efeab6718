"""Citations and the lists of sources, case by case, and the guide's own register of sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from publishing.bibliography import KINDS, Bibliography
from publishing.data import Register, load_register
from publishing.records import Reference
from tests.conftest import ROOT
from tests.filled import cases, check, fill, registers

UNCONFIRMED_DOIS = ("brinkhaus2006", "sandberg2003", "shah2005", "shah2008", "melchart2004", "song2006")


@pytest.mark.parametrize("case", cases("references"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    check(case, tmp_path)


def test_a_source_is_formatted_once_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    format_ = Bibliography._format

    def count(self: Bibliography, source: Reference) -> str:
        asked.append(source.id)
        return format_(self, source)

    monkeypatch.setattr(Bibliography, "_format", count)
    loaded = registers(tmp_path)
    fill(loaded, "Text [@first2001; @second2002].")
    fill(loaded, "Text [@first2001].")
    assert asked == ["first2001", "second2002"]


@pytest.fixture(scope="module")
def guide() -> Register[Reference]:
    return load_register(ROOT, "data/references.yml", "references", Reference)


def test_every_source_of_the_guide_reads_as_a_source(guide: Register[Reference]) -> None:
    bibliography = Bibliography(guide)
    for source in guide.entries.values():
        text = bibliography.text(source.id)
        assert source.title.split()[0] in text and text.endswith((".", "?")), text
        assert source.custom.kind in KINDS
        assert source.custom.limits, source.id


def test_no_doi_is_given_that_was_not_seen_to_resolve(guide: Register[Reference]) -> None:
    for name in UNCONFIRMED_DOIS:
        if name in guide.entries:
            source = guide.entries[name]
            assert not source.DOI and "doi.org" not in source.URL
