"""Lines, marks and letters of a drawing: plain SVG in the colour of the text, with no style that a policy could refuse.

Colour is said by attributes, which a style sheet may still change; patterns are shapes, so that grey and forced colours
show them too.
"""

from __future__ import annotations

import textwrap
from xml.etree.ElementTree import Element

from publishing.tree import put

WIDTH = 300
"""Pixels: what a narrow phone has room for."""
LETTERS = 14
INK = "currentColor"
_FONT = "Atkinson Hyperlegible Next, Guide fallback, sans-serif"


def put_drawing(parent: Element, name: str, description: str, height: float, *, width: int = WIDTH) -> Element:
    """A drawing of a fixed size, with its name and description for those who hear the page."""
    size = {"width": str(width), "height": f"{height:g}", "viewBox": f"0 0 {width} {height:g}"}
    drawing = put(parent, "svg", role="img", class_="chart-drawing", data_search_exclude="", **size)
    drawing.set("font-family", _FONT)
    drawing.set("font-size", str(LETTERS))
    put(drawing, "title", name)
    put(drawing, "desc", description)
    return drawing


def put_solid(parent: Element, path: str) -> None:
    put(parent, "path", class_="chart-solid", d=path, fill=INK)


def put_outline(parent: Element, path: str, *, width: float = 1.2, dashes: str = "") -> None:
    dashed = {"stroke_dasharray": dashes} if dashes else {}
    put(parent, "path", class_="chart-outline", d=path, fill="none", stroke=INK, stroke_width=f"{width:g}", **dashed)


def put_words(
    parent: Element, x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, size: int = LETTERS
) -> None:
    weight = {"font_weight": "600"} if bold else {}
    place = {"x": f"{x:g}", "y": f"{y:g}", "text_anchor": anchor, "font_size": str(size), **weight}
    put(parent, "text", words, class_="chart-words", fill=INK, **place)


def lines(words: str, letters: int) -> list[str]:
    """Words in lines of so many letters: a drawing does not break them itself."""
    return textwrap.wrap(words, letters)


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"


def disc(x: float, y: float, radius: float) -> str:
    return f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"


def diamond(x: float, y: float, radius: float) -> str:
    return f"M{x:g} {y - radius:g}l{radius:g} {radius:g}l{-radius:g} {radius:g}l{-radius:g} {-radius:g}z"


def triangle(x: float, y: float, radius: float) -> str:
    return f"M{x:g} {y - radius:g}l{radius:g} {1.8 * radius:g}h{-2 * radius:g}z"


def octagon(x: float, y: float, radius: float) -> str:
    side, slant = 0.83 * radius, 0.585 * radius
    return (
        f"M{x - side / 2:g} {y - radius:g}h{side:g}l{slant:g} {slant:g}v{side:g}l{-slant:g} {slant:g}h{-side:g}"
        f"l{-slant:g} {-slant:g}v{-side:g}z"
    )


def person(x: float, y: float) -> str:
    """A head and a body, 10 wide and 17 high."""
    return f"{disc(x + 5, y + 3, 2.6)}M{x + 1:g} {y + 17:g}v-6a4 4 0 0 1 8 0v6z"


def hatch(x: float, y: float, width: float, height: float, step: float = 5) -> str:
    """Slanted lines over a box."""
    marks, place = [], x - height
    while place < x + width:
        left, right = max(place, x), min(place + height, x + width)
        if right > left:
            marks.append(f"M{left:g} {y + height - (left - place):g}L{right:g} {y + height - (right - place):g}")
        place += step
    return "".join(marks)
