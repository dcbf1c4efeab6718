"""Reads a page's tree for the rules: its elements in page order, what an element says, and the text of each block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from publishing.checks.site import Site, name_target
from publishing.pages import has_text
from publishing.parts import Part, is_code, parts
from publishing.records import Element, Finding, Node, PageRecord

_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "img", "input",
    "ins", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))  # fmt: skip
CODE_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in the text of a block where the page has code."""


def boxes(found: Iterable[Part]) -> Iterator[Part]:
    """Those that might be a box of whatever kind: few are, and told at once."""
    for part in found:
        tag, attributes, _ = part.element
        is_classed = "class" in attributes and "admonition" in attributes["class"].lower()
        if is_classed or tag == "details" or "data-risk" in attributes:
            yield part


def classes(element: Element) -> list[str]:
    return element.attributes.get("class", "").split()


def words(node: Node) -> str:
    """The text in one line, a picture by its description, without permalinks."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            found.append(step)
        elif step.tag == "img":
            found.append(step.attributes.get("alt", ""))
        elif "headerlink" not in classes(step):
            waiting.extend(reversed(step.children))
    return " ".join("".join(found).split())


def name(element: Element) -> str:
    """What a screen reader calls an element: its label, else its text and the descriptions of its pictures."""
    own = element.attributes.get("aria-label", "")
    if own and has_text(own):
        return own
    text = " ".join(" ".join(_said_in(element)).split())
    return text if has_text(text) else element.attributes.get("title", "")


def is_named(element: Element) -> bool:
    """Whether a screen reader can call it anything."""
    for child in element.children:
        if isinstance(child, str) and has_text(child):  # nearly always, and at once
            return True
    return has_text(name(element))


def _said_in(element: Element) -> list[str]:
    said = [child for child in element.children if isinstance(child, str)]
    if len(said) == len(element.children):  # nearly always: words alone
        return said
    said = []
    for part in parts(element):
        inner = part.element
        if not part.is_hidden:
            said += [child for child in inner.children if isinstance(child, str)]
            said += [inner.attributes.get(key, "") for key in ("alt", "aria-label") if inner is not element]
    return said


def blocks(tree: Element) -> Iterator[str]:
    """The text of each paragraph, list item, cell ..., with the line ends of the source and a mark for code."""
    text: list[str] = []
    waiting: list[Node | None] = [tree]  # None: a block begins or ends here
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            text.append(node)
        elif node is None:
            if text:
                yield "".join(text)
                text.clear()
        elif is_code(node):
            text.append(CODE_MARK)
        elif node.tag == "br":
            text.append("\n")
        elif node.tag in _INLINE:
            waiting.extend(reversed(node.children))
        else:
            waiting.extend((None, *reversed(node.children), None))


def at(site: Site, page: PageRecord, rule: str, message: str, near: Iterable[str]) -> Finding:
    """A finding at the first of the given words that the page's source has."""
    finding = site.finding(page, rule, message)
    for text in near:
        finding = site.finding(page, rule, message, near=text)
        if finding.line:
            break
    return finding


def as_written(site: Site, page: PageRecord, address: str) -> str:
    """An address of the rendered page, as its Markdown would have it; rendering makes them fit the page's own address."""
    target = None if address.startswith("/") else site.map.resolve(page, address)
    return name_target(page, target) if target else unquote(address)
