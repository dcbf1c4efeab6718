"""Differences on one scale: each with the range in which the true figure probably lies, against the size that matters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor
from xml.etree.ElementTree import Element

from publishing.charts.records import Chart, Stock
from publishing.charts.shapes import WIDTH, diamond, lines, put_drawing, put_outline, put_solid, put_words
from publishing.outcome_tables import CERTAINTY
from publishing.outcomes import GAINS, Difference, Outcome, Scale, finding
from publishing.tree import put, put_citation

_LEFT, _RIGHT = 14, WIDTH - 14
_ROW = 62
_HEAD = 26


class _Axis:
    """Points of the scale -> pixels; from a round number below all that is shown to one above."""

    def __init__(self, shown: Sequence[float], wide: float) -> None:
        self.step = 10 if wide >= 100 else 1
        self.low = min(-self.step, floor(min(shown) / self.step) * self.step)
        self.high = ceil(max(shown) / self.step) * self.step

    def at(self, points: float | Decimal) -> float:
        return round(_LEFT + (float(points) - self.low) / (self.high - self.low) * (_RIGHT - _LEFT), 1)

    def ticks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def put_differences(figure: Element, chart: Chart, stock: Stock) -> None:
    rows = [stock.outcomes.entries[id] for id in chart.outcomes]
    differences = [row.difference for row in rows if row.difference]
    scale = stock.scales.entries[differences[0].scale]
    shown = [float(end) for found in differences for end in (found.better, found.low, found.high) if end is not None]
    axis = _Axis([*shown, float(scale.matters or 0)], float((scale.most or 0) - (scale.least or 0)))
    told = "; ".join(f"{_compared(row)}: {finding(row, stock.scales)}" for row in rows)
    drawing = put_drawing(figure, chart.title, f"{told}.", _HEAD + _ROW * len(rows) + 44)
    _put_ground(drawing, axis, scale, GAINS[rows[0].measure], _HEAD + _ROW * len(rows))
    for number, (row, found) in enumerate(zip(rows, differences, strict=True)):
        _put_row(drawing, axis, found, _compared(row), _HEAD + _ROW * number)
        middle = _HEAD + _ROW * number + 42
        put_outline(drawing, f"M{axis.at(0):g} {middle - 16:g}v32", width=1.5)
        if scale.matters is not None:
            put_outline(drawing, f"M{axis.at(scale.matters):g} {middle - 16:g}v32", width=1.8, dashes="4 3")
    _put_list(figure, rows, stock)
    if scale.matters is not None:
        words = (
            f"The dashed line is at {scale.matters} {scale.unit}s: a gain that one review counted as one that matters."
        )
        put_citation(put(figure, "p", words, class_="chart-note"), scale.matters_sources)


def _compared(row: Outcome) -> str:
    return f"{row.treatment} or {row.comparator}"


def _put_ground(drawing: Element, axis: _Axis, scale: Scale, gains: tuple[str, str], bottom: float) -> None:
    gain, loss = gains
    put_words(drawing, 0, 14, f"← {loss}", size=13)
    put_words(drawing, WIDTH, 14, f"{gain} →", anchor="end", size=13)
    put_outline(drawing, f"M{_LEFT} {bottom:g}H{_RIGHT}")
    for tick in axis.ticks():
        put_outline(drawing, f"M{axis.at(tick):g} {bottom:g}v5")
        put_words(drawing, axis.at(tick), bottom + 19, str(tick).replace("-", "−"), anchor="middle", size=13)
    put_words(drawing, WIDTH / 2, bottom + 38, f"{scale.unit}s {scale.extent}", anchor="middle", size=13)


def _put_row(drawing: Element, axis: _Axis, found: Difference, label: str, top: float) -> None:
    put_words(drawing, 0, top + 14, lines(label, 42)[0])
    middle = top + 42
    if found.low is not None and found.high is not None:
        low, high = axis.at(found.low), axis.at(found.high)
        put_outline(
            drawing, f"M{low:g} {middle - 6:g}v12M{low:g} {middle:g}H{high:g}M{high:g} {middle - 6:g}v12", width=2.5
        )
    put_solid(drawing, diamond(axis.at(found.better), middle, 7))


def _put_list(figure: Element, rows: Sequence[Outcome], stock: Stock) -> None:
    found = put(figure, "ul", class_="chart-list")
    for row in rows:
        item = put(found, "li")
        put(
            item, "strong", _compared(row)
        ).tail = f", {row.time}: {finding(row, stock.scales)}. How sure? {CERTAINTY[row.certainty]}. {row.studies}. "
        put_citation(item, row.sources)
