"""Charts, case by case on small registers, and what the drawings of the guide's own must hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from publishing.charts.drawings import drawing_faults
from publishing.charts.shapes import LETTERS, WIDTH
from publishing.pages import article
from publishing.print.article import walk, words
from publishing.records import Element
from publishing.registers import Registers
from tests.conftest import ROOT
from tests.filled import cases, check, fill

SMALLEST = 13  # pixels of letters in a drawing, where it is as wide as drawn
GUIDE = Registers.load(ROOT, "data/", register_page="safety/risks.md")
CHARTS = list(GUIDE.facts.stock.charts.entries)
GOOD = '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>a</title><desc>b</desc>{}</svg>'


@pytest.mark.parametrize("case", cases("charts"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    check(case, tmp_path)


def drawn(name: str) -> Element:
    return article(fill(GUIDE, f"/// chart | {name}\n///\n").html)


@pytest.mark.parametrize("name", CHARTS)
def test_every_drawing_is_described_and_fits_a_phone(name: str) -> None:
    tree = drawn(name)
    drawings = [part for part in walk([tree]) if part.tag == "svg"]
    assert drawings
    for drawing in drawings:
        inside = [part for part in drawing.children if isinstance(part, Element)]
        assert [part.tag for part in inside[:2]] == ["title", "desc"]
        assert all(map(words, inside[:2]))
        assert drawing.attributes["role"] == "img"
        assert int(drawing.attributes["width"]) <= WIDTH
        for text in (part for part in walk([drawing]) if part.tag == "text"):
            assert int(text.attributes.get("font-size", str(LETTERS))) >= SMALLEST
            assert len(words(text)) <= 44


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_the_same_in_words_and_styles_nothing(name: str) -> None:
    tree = drawn(name)
    assert any(part.tag in ("table", "ul", "ol", "dl") for part in walk([tree]))
    assert not any("style" in part.attributes for part in walk([tree]))
    colours = {part.attributes.get(key, "none") for part in walk([tree]) for key in ("fill", "stroke")}
    assert colours <= {"none", "currentColor"}


@pytest.mark.parametrize("name", ["people-german-trial", "people-us-trial", "people-older-trial", "side-effects"])
def test_an_array_has_as_many_marks_as_its_label_says(name: str) -> None:
    parts = list(walk([drawn(name)]))
    labels = [words(part) for part in parts if part.attributes.get("class") == "chart-label"]
    drawings = [part for part in parts if part.tag == "svg"]
    for label, drawing in zip(labels, drawings, strict=True):
        marks = {part.attributes["class"]: part.attributes["d"] for part in walk([drawing]) if part.tag == "path"}
        ends = r"h[\d.]+v[\d.]+h-[\d.]+z" if name == "side-effects" else r"v-6a4"
        some = int(label.split()[0])
        assert len(re.findall(ends, marks["chart-solid"])) == some
        assert len(re.findall(ends, marks["chart-outline"])) == 100 - some


def test_every_harm_is_in_the_picture_once() -> None:
    told = words(drawn("harms"))
    for risk in GUIDE.shelf.risks.entries.values():
        assert risk.name in told
    marks = [part for part in walk([drawn("harms")]) if part.tag == "path"]
    count = sum(part.attributes["d"].count("z") for part in marks)
    assert count == len(GUIDE.shelf.risks.entries) + 4  # and the key


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('<script>alert("x")</script>', "holds <script>."),
        ('<path onclick="x()" d="M0 0"/>', "holds the attribute 'onclick'."),
        ('<path style="fill:red" d="M0 0"/>', "holds the attribute 'style'."),
        ('<image href="https://example.org/a.png"/>', "holds <image>."),
    ],
)
def test_a_drawing_that_runs_loads_or_styles_is_refused(content: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(GOOD.format(content), encoding="utf-8")
    assert any(found.startswith(fault) for found in drawing_faults(tmp_path / "a.svg"))


def test_a_drawing_without_description_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert list(drawing_faults(tmp_path / "a.svg")) == [
        'has no description. Write role="img" on its <svg>, and a <title> and a <desc> first in it.'
    ]


def test_a_good_drawing_passes(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(GOOD.format('<path d="M0 0" fill="currentColor"/>'), encoding="utf-8")
    assert not list(drawing_faults(tmp_path / "a.svg"))
