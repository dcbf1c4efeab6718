"""Writes lists: bullets, numbers, tasks, cards, lists side by side, terms with their meanings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publishing.print.article import elements, id_of, words
from publishing.print.code import call, join, value
from publishing.records import Element

if TYPE_CHECKING:
    from publishing.print.source import SourceWriter

_KEPT_LETTERS = 500
"""Of a meaning that stays on one page: some ten lines."""
_NUMBERINGS = {"a": "a.", "A": "A.", "i": "i.", "I": "I."}


def write_bullets(writer: SourceWriter, node: Element) -> str:
    return _list(writer, "list", node)


def write_cards(writer: SourceWriter, node: Element) -> str:
    items = [writer.content(item) for item in elements(node)]
    return call("cards", *items) if items else ""


def write_pairs(writer: SourceWriter, node: Element) -> str:
    """Groups, each begun by a paragraph whose first words are strong, two beside each other."""
    groups: list[list[Element]] = [[]]
    for part in elements(node):
        if part.tag == "p" and isinstance(part.children[0], Element) and part.children[0].tag == "strong":
            groups.append([])
        groups[-1].append(part)
    written = [join(writer.flow(group)) for group in groups if group]
    return call("pairs", *written) if written else ""


def write_numbers(writer: SourceWriter, node: Element) -> str:
    named: dict[str, object] = {"numbering": _NUMBERINGS.get(node.attributes.get("type", ""), "1.")}
    if "reversed" in node.attributes:
        named["reversed"] = True
    if (start := _whole(node, "start")) is not None:
        named["start"] = start
    return _list(writer, "enum", node, **named)


def write_terms(writer: SourceWriter, node: Element) -> str:
    written: list[str] = []
    terms: list[Element] = []
    meanings: list[Element] = []
    for part in _entries(node):
        if part.tag == "dt" and meanings:
            written.append(_term(writer, terms, meanings))
            terms, meanings = [], []
        (terms if part.tag == "dt" else meanings).append(part)
    if terms or meanings:
        written.append(_term(writer, terms, meanings))
    return call("definitions", *written) if written else ""


def _list(writer: SourceWriter, name: str, node: Element, **named: object) -> str:
    items = [_ticked(item) for item in elements(node)]
    if not items:
        return ""
    tight = not any(child.tag == "p" for item in items for child in elements(item))
    written = [_item(writer, item) for item in items]
    if any("mark" in item.attributes for item in items):
        marks = tuple(item.attributes.get("mark", "•") for item in items)
        return call("tasks", value(marks), *written, tight=tight)
    apart = ["spacing: 1.3em"] if any(len(elements(item, "p")) > 1 for item in items) else []
    return call(name, *apart, *written, tight=tight, **named)


def _ticked(item: Element) -> Element:
    """A box to tick at the head of an item takes the place of its bullet."""
    first = item.children[0] if item.children else ""
    if not isinstance(first, str) or not first.lstrip().startswith("☐ "):
        return item
    return Element(item.tag, {**item.attributes, "mark": "☐"}, (first.lstrip()[2:], *item.children[1:]))


def _item(writer: SourceWriter, item: Element) -> str:
    content = writer.content(item)
    if any("mark" in _ticked(answer).attributes for part in elements(item, "ul") for answer in elements(part)):
        content = call("together", content)
    number = _whole(item, "value")
    return content if number is None else f"enum.item({number}, {content})"


def _term(writer: SourceWriter, terms: list[Element], meanings: list[Element]) -> str:
    lines = [writer.content(term) for term in terms]
    titled = join([part for line in lines for part in ("linebreak()", line)][1:])
    if len(meanings) == 1:
        said = writer.content(meanings[0])
    else:
        said = join([part for found in meanings for part in _meaning(writer, found)])
    if sum(len(words(found)) for found in meanings) <= _KEPT_LETTERS:
        said = call("together", said)
    return f"terms.item({titled}, {said})"


def _meaning(writer: SourceWriter, found: Element) -> list[str]:
    writer.wait(id_of(found))
    return writer.flow(found.children)


def _entries(node: Element) -> Iterator[Element]:
    """Terms and meanings; HTML lets a ``div`` hold a group of them."""
    for part in elements(node):
        if part.tag in ("dt", "dd"):
            yield part
        else:
            yield from _entries(part)


def _whole(node: Element, name: str) -> int | None:
    given = node.attributes.get(name, "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
