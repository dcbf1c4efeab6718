"""Each page once more as plain Markdown, for programs that read: its tree -> text, with its links, tabs and sources kept.

A twin stands beside its page (visit/after/index.md) and links to other twins, so that what points to safety still does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from publishing.offline import offline_address
from publishing.records import Element, Node, PageRecord

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "header", "hr",
     "h1", "h2", "h3", "h4", "h5", "h6", "main", "nav", "ol", "p", "pre", "section", "table", "ul")
)  # fmt: skip
_UNSEEN = frozenset(("svg", "input", "button", "template", "style", "script", "col", "colgroup"))
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<|])")


def twin(page: PageRecord, tree: Element) -> str:
    """The page as Markdown, with the line that says how far it can be trusted."""
    reviewed = page.meta.get("reviewed_by", "")
    by = (
        f"Reviewed by {reviewed}, {page.meta.get('reviewed_on', '')}."
        if reviewed
        else "Not yet reviewed by a clinician."
    )
    checked = page.meta.get("checked", "")
    facts = f"> Checked against its sources: {checked}. {by}" if checked else f"> {by}"
    first, *rest = list(_blocks(tree.children)) or [f"# {page.title}"]
    return "\n\n".join([first, facts, *rest]) + "\n"


def _blocks(nodes: Iterable[Node]) -> Iterator[str]:
    """Paragraphs, lists and tables in order; words between them are paragraphs too."""
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or not _has_block(node):
            run.append(node)
            continue
        yield from filter(None, [_inline(run)])
        run = []
        yield from filter(str.strip, _block(node))
    yield from filter(None, [_inline(run)])


def _has_block(element: Element) -> bool:
    if element.tag in _BLOCKS:
        return True
    return any(isinstance(child, Element) and _has_block(child) for child in element.children)


def _block(element: Element) -> Iterator[str]:
    tag, classes = element.tag, element.attributes.get("class", "").split()
    if element.attributes.get("data-print") == "off" and "risk" not in classes:
        return  # a comparison stands twice on a page: as tabs and as a table; a box of a risk stands once
    if re.fullmatch(r"h[1-6]", tag):
        yield f"{'#' * int(tag[1])} {_inline(element.children)}"
    elif tag == "p" and "admonition-title" in classes:
        yield f"**{_inline(element.children).replace('**', '')}**"
    elif tag in ("ul", "ol"):
        yield _list(element)
    elif tag == "table":
        yield from _table(element)
    elif tag == "pre":
        yield f"```\n{_text(element)}\n```"
    elif tag == "hr":
        yield "---"
    elif "tabbed-set" in classes:
        yield from _tabs(element)
    else:
        yield from _named(element)


def _named(element: Element) -> Iterator[str]:
    """The parts of a container; what names others (a summary, a term) in bold letters above them."""
    for child in element.children:
        if isinstance(child, Element) and child.tag in ("summary", "dt", "caption"):
            yield f"**{_inline(child.children).replace('**', '')}**"
        elif isinstance(child, Element) and child.tag == "dd":
            yield from _blocks(child.children)
    rest = [
        child
        for child in element.children
        if isinstance(child, str) or child.tag not in ("summary", "dt", "dd", "caption")
    ]
    yield from _blocks(rest)


def _tabs(tabs: Element) -> Iterator[str]:
    labels = [label for part in _find(tabs, "tabbed-labels") for label in _elements(part)]
    for label, body in zip(labels, _find(tabs, "tabbed-block"), strict=False):
        yield f"**{_inline(label.children)}**"
        yield from _blocks(body.children)


def _list(items: Element) -> str:
    lines = []
    for number, item in enumerate(_elements(items), start=1):
        mark = f"{number}. " if items.tag == "ol" else "- "
        parts = "\n".join(_blocks(item.children)).split("\n")
        lines += [mark + parts[0], *(" " * len(mark) + part for part in parts[1:])]
    return "\n".join(lines)


def _table(table: Element) -> Iterator[str]:
    rows = [[_cell(cell) for cell in _elements(row)] for row in _tagged(table, "tr")]
    width = max(map(len, rows), default=0)
    yield from (f"**{_inline(caption.children)}**" for caption in _tagged(table, "caption"))
    if width:
        padded = [row + [""] * (width - len(row)) for row in rows]
        lines = [padded[0], ["---"] * width, *padded[1:]]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Element) -> str:
    return " ".join("; ".join(_blocks(cell.children)).replace("\n", " ").split())


def _inline(nodes: Iterable[Node]) -> str:
    return " ".join("".join(map(_word, nodes)).split())


def _word(node: Node) -> str:
    if isinstance(node, str):
        return _SPECIAL.sub(r"\\\1", node)
    classes = node.attributes.get("class", "").split()
    if node.tag in _UNSEEN or "headerlink" in classes:
        return ""
    if node.tag == "sup" and "citation" in classes:
        return f" [{_text(node)}]"
    if node.tag == "br":
        return " "
    if node.tag == "img":
        return f"![{node.attributes.get('alt', '')}]({node.attributes.get('src', '')})"
    inside = "".join(map(_word, node.children))
    if node.tag == "a" and node.attributes.get("href"):
        return f"[{inside.strip()}]({offline_address(node.attributes['href'], 'index.md')})"
    mark = _MARKS.get(node.tag, "") if inside.strip() else ""
    return f"{mark}{inside}{mark}" if mark != "**" else f"**{inside.replace('**', '').strip()}**"


def _text(node: Node) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node.children))


def _elements(parent: Element) -> Sequence[Element]:
    return [child for child in parent.children if isinstance(child, Element)]


def _find(parent: Element, name: str) -> Iterator[Element]:
    """Below ``parent``, those of a class; not looked for inside one another."""
    for child in _elements(parent):
        if name in child.attributes.get("class", "").split():
            yield child
        else:
            yield from _find(child, name)


def _tagged(parent: Element, tag: str) -> Iterator[Element]:
    for child in _elements(parent):
        if child.tag == tag:
            yield child
        else:
            yield from _tagged(child, tag)
