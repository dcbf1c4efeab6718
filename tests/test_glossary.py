"""The glossary, case by case on a small register, and what the guide's own must hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from publishing.data import load_register
from publishing.glossary import Term
from tests.conftest import ROOT
from tests.filled import cases, check

TERMS = load_register(ROOT, "data/glossary.yml", "terms", Term).entries


@pytest.mark.parametrize("case", cases("glossary"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    check(case, tmp_path)


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_meaning_in_place_is_short(term: Term) -> None:
    assert len(term.explain.split()) <= 10
    assert not re.search(r"[.\d]", term.explain)


def test_no_misspelling_leads_two_ways() -> None:
    wrong = [word.casefold() for term in TERMS.values() for word in term.misspelt]
    assert len(wrong) == len(set(wrong))
