"""Writes what has a frame or parts side by side: boxes, tabs, figures."""

from __future__ import annotations

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
    rest = [part for part in node.children if part not in title]
    return call("box-of", literal(level.removeprefix("risk-")), heading, join(writer.flow(rest)))


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
    body = writer.flow(rest)
    if captions and elements(node)[0] is captions[0]:
        return join([call("small-heading", _caption(writer, captions)), *body])
    return join([*body, call("caption", _caption(writer, captions))] if captions else body)


def _unwrapped(node: Node) -> tuple[Node, ...]:
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
