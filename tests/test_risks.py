"""Risk boxes, the table of numbers and the whole register, case by case, and the guide's own register."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from publishing.data import Register, load_register
from publishing.records import Reference, Risk
from publishing.risks import risk_faults
from tests.conftest import ROOT
from tests.filled import cases, check

AT_HOME = re.compile(r"\b(pull|slide|take|ease) it (straight )?out\b")


@pytest.mark.parametrize("case", cases("risks"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    check(case, tmp_path)


@pytest.fixture(scope="module")
def guide() -> Register[Risk]:
    return load_register(ROOT, "data/risks.yml", "risks", Risk)


def test_the_guide_has_every_known_hazard(guide: Register[Risk]) -> None:
    assert len(guide.entries) == 42  # 41, and all side effects together
    assert next(iter(guide.entries)) == "pneumothorax"


def test_an_emergency_says_where_to_turn(guide: Register[Risk]) -> None:
    for risk in guide.entries.values():
        if risk.level == "emergency":
            steps = " ".join(risk.action)
            assert re.search("emergency number|emergency department", steps), risk.id
            assert re.search("emergency number|emergency department", risk.brief), risk.id


def test_no_number_of_a_country_stands_in_a_step(guide: Register[Risk]) -> None:
    """The shared table holds them; NHS 111 is named only to say that it is not for emergencies."""
    for risk in guide.entries.values():
        for step in (*risk.action, risk.brief, risk.act):
            assert not re.search(r"\b(999|112|911|000)\b", step), risk.id
            assert ("111" in step) == ("NHS 111, which is not an emergency number" in step), risk.id


def test_nobody_is_told_to_take_a_needle_out_at_home(guide: Register[Risk]) -> None:
    for name in ("forgotten-needle", "broken-needle", "bent-stuck-needle", "self-needling"):
        for step in guide.entries[name].action:
            assert not AT_HOME.search(step.lower().replace("do not pull it out", "")), step


def test_figures_are_counts_out_of_counts(guide: Register[Risk]) -> None:
    for risk in guide.entries.values():
        for text in (risk.chance, risk.brief, risk.note, *(figure.text for figure in risk.figures)):
            assert "%" not in text and not re.search(r"\b1 in \d", text), risk.id


def test_a_share_of_reports_or_practitioners_is_never_given_as_a_risk(guide: Register[Risk]) -> None:
    for risk in guide.entries.values():
        for figure in risk.figures:
            if re.search("incident reports|physiotherapists re|had ever seen|recalled", figure.text):
                assert re.search("This is not your risk|It gives no rate", figure.basis), figure


def test_a_headline_rests_on_sources_that_were_read(guide: Register[Risk]) -> None:
    sources = load_register(ROOT, "data/references.yml", "references", Reference)
    assert list(risk_faults(guide, sources)) == []
    for risk in guide.entries.values():
        for source in risk.chance_sources:
            assert sources.entries[source].custom.verified == "yes", risk.id
