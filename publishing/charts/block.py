"""The block `/// chart | NAME`: a figure with its drawings, the same in words, and its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias
from xml.etree.ElementTree import Element

from pymdownx.blocks.block import type_boolean  # type: ignore[import-untyped]

from publishing.blocks import BlockExtension, FilledBlock
from publishing.charts.differences import put_differences
from publishing.charts.drawings import put_picture
from publishing.charts.ideas import put_ideas
from publishing.charts.moments import put_days, put_steps
from publishing.charts.records import Chart, Kind, Stock
from publishing.charts.shares import put_people, put_sessions
from publishing.charts.sizes import put_sizes
from publishing.data import Register
from publishing.tree import put

_Drawer: TypeAlias = Callable[[Element, Chart, Stock], None]
_DRAWERS: Mapping[Kind, _Drawer] = {
    "people": put_people,
    "sessions": put_sessions,
    "differences": put_differences,
    "sizes": put_sizes,
    "steps": put_steps,
    "days": put_days,
    "ideas": put_ideas,
    "drawing": put_picture,
}


class ChartBlock(FilledBlock):
    """`/// chart | german-trial`, with the option `print: off` for a sheet that is full; a name that nobody knows leaves its mark."""

    NAME = "chart"
    CLASS = "chart"
    ARGUMENT = None
    OPTIONS = {"print": (True, type_boolean)}

    def fill(self, element: Element) -> None:
        stock: Stock = self.config["stock"]
        name = str(self.argument or "")
        chart = stock.charts.entries.get(name)
        if chart is None:
            element.set("data-unknown", f"chart | {name}")
            return
        if not self.options["print"]:
            element.set("data-print", "off")
        figure = put(element, "figure", class_=f"chart-{chart.kind}")
        put(put(figure, "figcaption"), "strong", f"{chart.title}.")
        _DRAWERS[chart.kind](figure, chart, stock)
        if chart.note:
            put(figure, "p", chart.note, class_="chart-note")


def chart_extension(stock: Stock) -> BlockExtension:
    return BlockExtension((ChartBlock,), stock=stock)


def nearest_chart(charts: Register[Chart], name: str) -> str:
    return charts.nearest(name) or f" Write one of: {', '.join(charts.entries)}."
