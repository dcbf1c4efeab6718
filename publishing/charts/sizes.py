"""The register of harms on one picture: how often by how urgent, people and sessions apart, the uncounted by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from publishing.charts.records import Chart, Stock
from publishing.charts.shapes import (
    WIDTH,
    diamond,
    disc,
    octagon,
    put_drawing,
    put_outline,
    put_solid,
    put_words,
    triangle,
)
from publishing.records import Level, Risk
from publishing.risk_boxes import BANDS, LEVELS, UNITS, UNKNOWN
from publishing.tree import put

_SIGNS: dict[Level, tuple[Callable[[float, float, float], str], Callable[[Element, str], None]]] = {
    "emergency": (octagon, put_solid),
    "urgent": (triangle, put_solid),
    "ask": (disc, put_outline),
    "self-care": (diamond, put_outline),
}
"""Shape and filling, so that no two look alike when they are small."""
_ACROSS = 5
"""Marks side by side in a cell."""
_MARK = 11
_COLUMN = WIDTH / len(LEVELS)
_LINE, _TITLE = 15, 22


class _Group(NamedTuple):
    title: str
    risks: list[Risk]

    def of(self, level: str) -> list[Risk]:
        return [risk for risk in self.risks if risk.level == level]

    @property
    def height(self) -> int:
        most = max(len(self.of(level)) for level in LEVELS)
        return _TITLE + _LINE * -(-most // _ACROSS) + 8


def put_sizes(figure: Element, chart: Chart, stock: Stock) -> None:
    groups = list(_groups(stock.risks.entries.values()))
    told = "; ".join(f"{group.title}: {len(group.risks)}" for group in groups)
    drawing = put_drawing(
        figure, chart.title, f"Harms by how often they happen. {told}.", 62 + sum(g.height for g in groups)
    )
    _put_head(drawing)
    top = 62
    for group in groups:
        _put_group(drawing, group, top)
        top += group.height
    _put_list(figure, groups)


def _groups(risks: Iterable[Risk]) -> Iterator[_Group]:
    """By what was counted and how large it is, the commonest first; what nobody counted last."""
    risks = list(risks)
    for basis, unit in UNITS.items():
        for band in BANDS:
            found = [risk for risk in risks if (risk.basis, risk.band) == (basis, band)]
            if found:
                yield _Group(f"Counted by {unit}: {band}", found)
    yield _Group(UNKNOWN, [risk for risk in risks if risk.basis == "unknown"])


def _put_head(drawing: Element) -> None:
    for number, (level, (sign, put_sign)) in enumerate(_SIGNS.items()):
        middle = _COLUMN * (number + 0.5)
        put_sign(drawing, sign(middle, 12, 8))
        words = LEVELS[level].split(":")[0] if level != "self-care" else "Self-care"
        put_words(drawing, middle, 38, words, anchor="middle", bold=True, size=13)
    put_outline(drawing, f"M0 50H{WIDTH}", width=2)


def _put_group(drawing: Element, group: _Group, top: float) -> None:
    put_words(drawing, 0, top + 12, group.title, size=13)
    for number, (level, (sign, put_sign)) in enumerate(_SIGNS.items()):
        left = _COLUMN * number + (_COLUMN - _ACROSS * _MARK * 1.2) / 2
        marks = [
            sign(left + _MARK * 1.2 * (place % _ACROSS + 0.5), top + _TITLE + 5 + _LINE * (place // _ACROSS), _MARK / 2)
            for place in range(len(group.of(level)))
        ]
        if marks:
            put_sign(drawing, "".join(marks))
    put_outline(drawing, f"M0 {top + group.height - 4:g}H{WIDTH}", width=0.8)


def _put_list(figure: Element, groups: Iterable[_Group]) -> None:
    words = put(figure, "dl", class_="chart-list")
    for group in groups:
        put(put(words, "dt"), "span", group.title)
        for level, name in LEVELS.items():
            found = group.of(level)
            if found:
                line = put(words, "dd")
                put(line, "strong", f"{name}.").tail = f" {'; '.join(risk.name for risk in found)}"
