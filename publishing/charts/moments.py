"""Time: what happens one after another, and from when to when a harm shows."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from publishing.cells import put_cell
from publishing.charts.records import MOMENTS, Chart, Stock
from publishing.charts.shapes import (
    WIDTH,
    box,
    disc,
    hatch,
    put_drawing,
    put_outline,
    put_solid,
    put_words,
)
from publishing.risk_boxes import LEVELS
from publishing.tree import put

_STEP = 44
_ROW = 46
_HEADS = ("During", "Hours", "Day 1", "Day 2", "Day 3", "Later")


def put_steps(figure: Element, chart: Chart, stock: Stock) -> None:
    """Numbered stations on a line, from top to bottom."""
    told = "; ".join(f"{number}. {step.name}" for number, step in enumerate(chart.steps, 1))
    drawing = put_drawing(figure, chart.title, f"{told}.", _STEP * len(chart.steps))
    for number, step in enumerate(chart.steps):
        middle = _STEP * number + 22
        if number:
            put_outline(drawing, f"M20 {middle - 15}v{30 - _STEP}", width=2)
        put_outline(drawing, disc(20, middle, 15), width=2)
        put_words(drawing, 20, middle + 5, str(number + 1), anchor="middle", bold=True)
        put_words(drawing, 46, middle + 5, step.name)
    steps = put(figure, "ol", class_="chart-list")
    for step in chart.steps:
        item = put(steps, "li")
        put(item, "strong", f"{step.name}.").tail = " "
        put_cell(item, step.text, {})


def put_days(figure: Element, chart: Chart, stock: Stock) -> None:
    """Bars over the hours and days: solid for what needs help at once, hatched for the rest."""
    column = WIDTH / len(MOMENTS)
    height = 30 + _ROW * len(chart.spans)
    told = "; ".join(f"{stock.risks.entries[span.risk].name}: {span.start} to {span.end}" for span in chart.spans)
    drawing = put_drawing(figure, chart.title, f"{told}.", height)
    for number, head in enumerate(_HEADS):
        put_words(drawing, column * (number + 0.5), 14, head, anchor="middle", bold=True, size=13)
    put_outline(drawing, f"M0 22H{WIDTH}", width=1.5)
    for number, span in enumerate(chart.spans):
        risk, top = stock.risks.entries[span.risk], 30 + _ROW * number
        left, right = column * MOMENTS.index(span.start), column * (MOMENTS.index(span.end) + 1)
        put_words(drawing, 4, top + 12, risk.name)
        put_outline(
            drawing, "".join(f"M{column * place:g} {top + 17}v18" for place in range(len(MOMENTS) + 1)), width=0.6
        )
        bar = (left + 2, top + 19, right - left - 4, 14)
        if risk.level == "emergency":
            put_solid(drawing, box(*bar))
        else:
            put_outline(drawing, box(*bar) + hatch(*bar))
    _put_list(figure, chart, stock)


def _put_list(figure: Element, chart: Chart, stock: Stock) -> None:
    spans = put(figure, "ul", class_="chart-list")
    for span in chart.spans:
        risk = stock.risks.entries[span.risk]
        item = put(spans, "li")
        put(item, "strong", f"{LEVELS[risk.level].split(':')[0]}: {risk.name}.").tail = f" {span.quote}"
