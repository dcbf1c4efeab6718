"""Writes what has a frame or parts side by side: boxes, tabs, figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from publishing.print.article import classes, elements, id_of, walk, words
from publishing.print.code import call, join, literal
from publishing.records import Element, Node

if TYPE_CHECKING:
    from publishing.print.source import SourceWriter

_LEVELS = ("risk-emergency", "risk-urgent", "risk-ask", "risk-self-care")
_SIDE_BY_SIDE = 400
"""Letters up to which two tabs stand in columns, so that neither runs over a page."""


def write_box(writer: SourceWriter, node: Element) -> str:
    title = elements(node, "box-title")
    heading = "none"
    if title:
        heading = join([*writer.anchors(title), writer.line(title[0].children)])
    level = next((name for name in _LEVELS if name in classes(node)), "")
    sides = _sides([part for part in node.children if part not in title])
    return call("box-of", literal(level.removeprefix("risk-")), heading, *(join(writer.flow(side)) for side in sides))


def _sides(parts: list[Node]) -> list[list[Node]]:
    """Of a box of risk: how often and the signs, then what to do; of any other, all in one."""
    labels = [place for place, part in enumerate(parts) if _is_of(part, "risk-label")]
    chances = [place + 1 for place, part in enumerate(parts) if _is_of(part, "risk-chance")]
    cut = labels[1] if len(labels) > 1 else chances[0] if chances and not labels else 0
    return [parts[:cut], parts[cut:]] if cut else [parts]


def _is_of(part: Node, name: str) -> bool:
    return isinstance(part, Element) and name in classes(part)


def write_tabs(writer: SourceWriter, node: Element) -> str:
    tabs = elements(node)
    columns = len(tabs) == 2 and all(_is_short(tab) for tab in tabs)
    return call("tab-columns" if columns else "tab-sections", *(_tab(writer, tab) for tab in tabs))


def write_figure(writer: SourceWriter, node: Element) -> str:
    from publishing.print.source import only_pictures

    captions = elements(node, "figcaption")
    rest = [part for part in node.children if part not in captions]
    pictures = only_pictures([part for node in rest for part in _unwrapped(node)])
    if len(pictures) == 1:
        return join(writer.picture(pictures[0], _caption(writer, captions)))
    body = _with_pictures_side_by_side(writer, rest)
    if captions and elements(node)[0] is captions[0]:
        return join([call("small-heading", _caption(writer, captions)), *body])
    return join([*body, call("caption", _caption(writer, captions))] if captions else body)


def _with_pictures_side_by_side(writer: SourceWriter, nodes: list[Node]) -> list[str]:
    """Pictures in a row, each below its label, can be compared at a glance."""
    parts = [node for node in nodes if isinstance(node, Element) or node.strip()]
    ends = 0
    while ends + 1 < len(parts) and _is_of(parts[ends], "chart-label") and _is_drawing(parts[ends + 1]):
        ends += 2
    if ends < 4:
        return writer.flow(nodes)
    pairs = [join(writer.flow(parts[place : place + 2])) for place in range(0, ends, 2)]
    return [call("side-by-side", *pairs), *writer.flow(parts[ends:])]


def _is_drawing(part: Node) -> bool:
    return isinstance(part, Element) and part.tag == "svg"


def _unwrapped(node: Node) -> Sequence[Node]:
    """Markdown puts a picture in a paragraph, in a figure too."""
    return node.children if isinstance(node, Element) and node.tag == "p" else (node,)


def _caption(writer: SourceWriter, captions: list[Element]) -> str:
    return join([part for found in captions for part in writer.flow(found.children, bare=True)]) if captions else ""


def _tab(writer: SourceWriter, tab: Element) -> str:
    writer.wait(id_of(tab))
    label = elements(tab, "tab-label")[0]
    line = writer.line(label.children, may_link=False) or literal("")
    return f"(label: {join([*writer.anchors([label]), line])}, body: {join(writer.flow(tab.children[1:]))})"


def _is_short(tab: Element) -> bool:
    wide = {"table", "tabs", "pre", "img", "svg", "box", "figure", "heading", "cards"}
    return len(words(tab)) <= _SIDE_BY_SIDE and not any(part.tag in wide for part in walk(tab.children))
