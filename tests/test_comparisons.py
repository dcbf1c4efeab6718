"""Comparisons and fact boxes, case by case on small registers, and what the guide's own registers must hold."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from publishing.comparisons import Comparison
from publishing.outcomes import Difference, Scale, difference_words
from publishing.pages import article
from publishing.records import Element
from publishing.registers import Registers
from tests.conftest import ROOT
from tests.filled import cases, check, fill

COUNTRIES = [
    "England", "Scotland", "Wales", "Northern Ireland", "Ireland",
    "United States", "Canada", "Australia", "New Zealand", "Germany",
]  # fmt: skip
NEVER = ("20.32", "24.50", "9.22", "13.82", "0.38", "15.2", "18.3", "6.8", "0.78", "17.7", "4.95", "0.003")
"""Figures of the evidence that were not confirmed, not reviewed, or wrong in their source."""


@pytest.mark.parametrize("case", [*cases("comparisons"), *cases("outcomes")])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    check(case, tmp_path)


@pytest.fixture(scope="module")
def guide() -> Registers:
    return Registers.load(ROOT, "data/", register_page="safety/risks.md")


@pytest.mark.parametrize(
    ("figures", "places", "words"),
    [
        (("10.26", "3.40", "17.11"), 0, "about 10 points less pain; the true figure is probably between 3 and 17"),
        (("5.1", "-3.7", "13.9"), 0, "about 5 points less pain; the true figure may lie anywhere from 4 points more pain to 14 points less pain"),
        (("-2.5", "-4.5", "-0.5"), 0, "about 3 points more pain; the true figure is probably between 1 and 5"),
        (("0.99", "0.37", "1.61"), 1, "about 1.0 points less pain; the true figure is probably between 0.4 and 1.6"),
        (("0.6", "0.4", "1.4"), 0, "about 1 point less pain; the true figure is probably between 0 and 1"),
        (("-0.2", "-0.4", "0.3"), 0, "about 0 points more pain; the true figure may lie anywhere from 0 points more pain to 0 points less pain"),
    ],
)  # fmt: skip
def test_a_difference_is_said_in_words(figures: tuple[str, str, str], places: int, words: str) -> None:
    better, low, high = map(Decimal, figures)
    scale = Scale("s", "point", "", places)
    assert difference_words(Difference("s", better, low, high), scale, ("less pain", "more pain")) == words


@pytest.mark.parametrize("name", ["techniques", "treatments", "guidelines", "practitioners", "costs"])
def test_tabs_and_table_say_the_same(guide: Registers, name: str) -> None:
    comparison = guide.facts.comparisons[name]
    tree = article(fill(guide, f"/// comparison | {name}\n///\n").html)
    tabs = [[_words(row) for row in _find(answers, "dd")] for answers in _find(tree, "dl")]
    rows = [[_words(cell) for cell in _find(row, "td")] for row in _find(tree, "tr")[1:]]
    table = [list(column) for column in zip(*rows, strict=True)] if comparison.plan.entries_are == "columns" else rows
    assert tabs == table
    assert all(words for entry in tabs for words in entry)
    heads = [_words(head) for head in _find(_find(tree, "thead")[0], "th")]
    questions = [_words(term) for term in _find(_find(tree, "dl")[0], "dt")]
    beside = [_words(head) for head in _find(tree, "th") if head.attributes["scope"] == "row"]
    assert questions == (beside if comparison.plan.entries_are == "columns" else heads[1:])
    assert len(beside) == len(rows)


def test_print_carries_each_comparison_once(guide: Registers) -> None:
    for name, comparison in guide.facts.comparisons.items():
        tree = article(fill(guide, f"/// comparison | {name}\n///\n").html)
        off = [
            element.attributes.get("class", element.tag)
            for element in _all(tree)
            if element.attributes.get("data-print") == "off"
        ]
        tabs = ["tabbed-set tabbed-alternate comparison-tabs", "h3"]
        assert off == (tabs if comparison.plan.printed == "table" else ["comparison-whole", "h3"])


def test_the_guide_compares_what_it_promises(guide: Registers) -> None:
    facts = guide.facts.comparisons
    assert len(facts["techniques"].entries) == 5 and len(facts["techniques"].rows) >= 12
    assert {"benefit", "harm", "effort", "cost", "certainty"} <= set(facts["treatments"].rows)
    assert len(facts["treatments"].entries) == 7
    assert [entry.tab for entry in facts["practitioners"].entries] == COUNTRIES
    assert list(dict.fromkeys(entry.tab for entry in facts["costs"].entries)) == COUNTRIES


def test_no_body_is_named_whose_position_was_not_confirmed(guide: Registers) -> None:
    text = " ".join(_texts(guide.facts.comparisons["guidelines"])).lower()
    assert not re.search(r"veterans|va/dod|spine society|\bnass\b|belgi|\bkce\b|canad", text)


def test_no_figure_that_was_not_confirmed(guide: Registers) -> None:
    files = ("techniques", "treatments", "guidelines", "practitioners", "costs", "outcomes")
    lines = [line.split(" #")[0] for name in files for line in (ROOT / f"data/{name}.yml").read_text().splitlines()]
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    assert [figure for figure in NEVER if re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", text)] == []
    assert not re.search(r"dnpreprint2025|vadod2022|nass2020|kce2017|macedo2023|\d%? (of )?dollars", text)


def test_a_cell_names_no_one_in_x(guide: Registers) -> None:
    for name, comparison in guide.facts.comparisons.items():
        text = " ".join(_texts(comparison))
        assert not re.search(r"\b(one|1) in (every )?\d|proven|generally safe|releases?\b|\bknots?\b", text), name


def _texts(comparison: Comparison) -> list[str]:
    values = [getattr(entry, field) for entry in comparison.entries for field in comparison.rows]
    return [str(value) for value in values]


def _all(tree: Element) -> list[Element]:
    below = [child for child in tree.children if isinstance(child, Element)]
    return [tree, *(element for child in below for element in _all(child))]


def _find(tree: Element, tag: str) -> list[Element]:
    return [element for element in _all(tree) if element.tag == tag]


def _words(node: Element | str) -> str:
    """The text without the numbers of citations, which count on down the page."""
    if isinstance(node, str):
        return node
    if node.tag == "sup":
        return node.attributes["data-cite"]
    return "".join(map(_words, node.children)).strip()
