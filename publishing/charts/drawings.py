"""Drawings made by hand: an SVG file of the docs folder -> the same drawing inside the page, in the colour of its text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publishing.cells import put_cell
from publishing.charts.records import Chart, Stock
from publishing.tree import plain, put

_SVG = "{http://www.w3.org/2000/svg}"
TAGS = frozenset(
    ("svg", "g", "path", "line", "circle", "ellipse", "rect", "polyline", "polygon", "text", "title", "desc")
)
ATTRIBUTES = frozenset((
    "viewBox", "width", "height", "role", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "points", "class",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "transform", "opacity",
    "font-family", "font-size", "font-weight", "text-anchor",
))  # fmt: skip
"""All that a drawing needs; nothing that runs, loads or styles."""


def put_picture(figure: Element, chart: Chart, stock: Stock) -> None:
    drawing = _plain(ElementTree.parse(stock.docs / chart.file).getroot())
    drawing.set("class", "chart-drawing")
    drawing.set("data-search-exclude", "")
    figure.append(drawing)
    parts = put(figure, "ol", class_="chart-list")
    for step in chart.steps:
        item = put(parts, "li")
        put(item, "strong", f"{step.name}.").tail = " "
        put_cell(item, step.text, {})


def drawing_faults(path: Path) -> Iterator[str]:
    """Why a file cannot stand in a page."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        yield "is no SVG file that can be read. Put the file under the docs folder and check the path."
        return
    for element in root.iter():
        if element.tag.removeprefix(_SVG) not in TAGS:
            yield f"holds <{element.tag.removeprefix(_SVG)}>. Use only {', '.join(sorted(TAGS))}."
        for name in sorted(set(element.keys()) - ATTRIBUTES):
            yield f"holds the attribute '{name}'. Say it in another way, or take it out."
    if root.get("role") != "img" or not all(root.findtext(f"{_SVG}{part}") for part in ("title", "desc")):
        yield 'has no description. Write role="img" on its <svg>, and a <title> and a <desc> first in it.'


def _plain(element: Element) -> Element:
    """A copy without namespaces, its words safe from Markdown."""
    copy = Element(element.tag.removeprefix(_SVG), dict(element.attrib))
    copy.text = plain((element.text or "").strip())
    copy.extend(_plain(child) for child in element)
    return copy
