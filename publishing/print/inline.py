"""Writes what stands in a line: text, emphasis, links, footnotes, small pictures -> Typst."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from publishing.print.article import classes, walk, words
from publishing.print.code import breakable, call, clean, join, literal
from publishing.print.desk import Desk
from publishing.print.routes import Route
from publishing.records import Element, Node

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_WRAPPED = {
    **dict.fromkeys(("strong", "b", "big"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emph"),
    **dict.fromkeys(("ins", "u"), "underline"),
    **dict.fromkeys(("del", "s", "strike"), "strike"),
    **{"mark": "marked", "sub": "sub", "sup": "super", "small": "little", "kbd": "key"},
}
_CLASSED = {"risk-level": "level-word", "risk-band": "tag", "citation": "source-mark"}
_CODE = frozenset(("code", "samp", "tt"))
_PLAIN = frozenset(
    ("span", "abbr", "acronym", "time", "data", "label", "button", "bdi", "bdo", "font", "nobr", "output", "picture",
     "ruby")
)  # fmt: skip
_TYPED = frozenset(
    ("a", "br", "datalist", "img", "input", "math", "note", "note-again", "q", "rp", "rt", "svg", "source", "wbr")
)
INLINE = _TYPED | _PLAIN | _CODE | _WRAPPED.keys()
_DRAWN = frozenset(
    ("applet", "area", "audio", "canvas", "dialog", "embed", "frame", "iframe", "map", "meter", "object", "progress",
     "select", "textarea", "video")
)  # fmt: skip


def is_drawn(tag: str) -> bool:
    """Whether an element shows something that is not its words; a browser shows of one it does not know its words."""
    return tag in _DRAWN or "-" in tag


class InlineWriter:
    """``write_note`` sets the text of a footnote."""

    def __init__(self, desk: Desk, write_note: Callable[[Iterable[Node]], str]) -> None:
        self._desk = desk
        self._write_note = write_note
        self._after_space = True
        self._may_link = True

    def line(self, nodes: Iterable[Node], *, may_link: bool = True) -> str:
        """One line or paragraph; '' where nothing of it prints. A line that repeats (a table's head) may not link."""
        before = self._after_space, self._may_link
        self._after_space, self._may_link = True, may_link and self._may_link
        written = self._parts(nodes)
        self._after_space, self._may_link = before
        if written and written[-1].endswith(' "'):  # a blank before the end of a line belongs to what was not printed
            written[-1] = written[-1].removesuffix(' "').rstrip(" ") + '"'
        written = [part for part in written if part != '""']
        return join(written) if written else ""

    def _parts(self, nodes: Iterable[Node]) -> list[str]:
        return [part for node in _mark_held(nodes) if (part := self._node(node))]

    def _node(self, node: Node) -> str:
        if isinstance(node, str):
            return self._text(node)
        written = self._element(node)
        direction, language = node.attributes.get("dir", ""), node.attributes.get("lang", "")
        return tongue(written, direction, language) if written else ""

    def _text(self, text: str) -> str:
        text = _BLANKS.sub(" ", clean(text))
        if self._after_space:
            text = text.lstrip(" ")
        if not text:
            return ""
        self._after_space = text.endswith(" ")
        return literal(breakable(text))

    def _element(self, node: Element) -> str:
        tag = node.tag
        if tag in _CODE and not any(isinstance(child, Element) and child.tag != "span" for child in node.children):
            return self._code(node)
        wrapper = next((_CLASSED[name] for name in _CLASSED if name in classes(node)), _WRAPPED.get(tag, ""))
        if tag in _CODE:
            wrapper = "mono"
        if wrapper or tag in _PLAIN:
            return self._wrap(wrapper, node)
        if tag in _TYPED:
            return self._typed(node)
        if is_drawn(tag):
            self._desk.refuse(node)
            return ""
        return self._wrap("", node)

    def _typed(self, node: Element) -> str:
        match node.tag:
            case "a":
                return self._link(node)
            case "br":
                self._after_space = True
                return "linebreak()"
            case "wbr":
                return literal("\u200b")
            case "q":
                return join([self._mark("“"), *self._parts(node.children), self._mark("”")])
            case "rt":
                return join([self._mark(" ("), *self._parts(node.children), self._mark(")")])
            case "img" | "svg":
                return self._picture(node)
            case "input":
                return self._input(node)
            case "math":
                return self._formula(node)
            case "note" | "note-again":
                return self._note(node)
        return ""  # source, rp, datalist: what the reader sees stands beside them

    def _wrap(self, wrapper: str, node: Element) -> str:
        parts = self._parts(node.children)
        if not parts:
            return ""
        return call(wrapper, join(parts)) if wrapper else join(parts)

    def _mark(self, text: str) -> str:
        self._after_space = False
        return literal(text)

    def _code(self, node: Element) -> str:
        text = "".join(child if isinstance(child, str) else words(child) for child in node.children)
        text = _BLANKS.sub(" ", text)
        self._after_space = False
        return call("raw", literal(breakable(text))) if text.strip() else ""

    def _link(self, node: Element) -> str:
        said = node.attributes.get("aria-label", "") or words(node) or node.attributes.get("title", "")
        if "href" not in node.attributes:
            return self._wrap("", node)
        route = self._desk.routes.resolve(self._desk.article, node.attributes["href"], said)
        place = len(self._desk.links)
        follows = self._may_link and route.kind != "words"
        if follows:
            self._desk.links.append(route)
        parts = self._parts(node.children)
        if not parts:
            del self._desk.links[place:]
            return ""
        if route.suffix or route.page_number:
            self._after_space = False
        key = self._desk.number(route.target) if route.page_number else 0
        return _followed(route, join(parts), key) if follows else _said(route, join(parts), key)

    def _picture(self, node: Element) -> str:
        picture = self._desk.pictures.take(node, self._desk)
        if isinstance(picture, str):
            return self._text(picture)
        self._after_space = False
        return picture.in_line() if picture else ""

    def _formula(self, node: Element) -> str:
        """As it was typed: the most that can be said of it in a line."""
        typed = [words(part) for part in walk(node.children) if part.tag == "annotation"]
        said = node.attributes.get("alttext", "") or next(iter(typed), "")
        if not said:
            self._desk.refuse(node)
            return ""
        self._after_space = False
        return call("raw", literal(breakable(said)))

    def _input(self, node: Element) -> str:
        kind = node.attributes.get("type", "text").lower()
        if kind == "hidden":
            return ""
        if kind in ("checkbox", "radio"):
            return self._mark("☑" if "checked" in node.attributes else "☐")
        if kind in ("button", "submit", "reset"):
            return self._text(node.attributes.get("value", ""))
        self._desk.refuse(node)
        return ""

    def _note(self, node: Element) -> str:
        label = f"{self._desk.routes.page_label(self._desk.article)}!{node.attributes['note']}"
        if not self._may_link:  # a footnote is a link, too
            return "" if node.tag == "note-again" else literal(f" ({words(Element('span', {}, node.children))})")
        if node.tag == "note-again":
            return f"footnote(label({literal(label)}))"
        return f"[#footnote({self._write_note(node.children)})#label({literal(label)})]"


def tongue(written: str, direction: str, language: str) -> str:
    """The same in another language or direction of writing."""
    code, _, region = language.strip().lower().partition("-")
    named: dict[str, object] = {}
    if re.fullmatch("[a-z]{2,3}", code):
        named |= {"lang": code, "region": region if re.fullmatch("[a-z]{2}", region) else None}
    turned = direction.strip().lower()
    if turned in ("ltr", "rtl"):
        return call("turned", turned, written, **named)
    return call("text", written, **named) if named else written


def _mark_held(nodes: Iterable[Node]) -> list[Node]:
    """The number of a source stays on the line of the words it stands behind."""
    held = list(nodes)
    for place, (text, mark) in enumerate(zip(held, held[1:], strict=False)):
        if isinstance(text, str) and isinstance(mark, Element) and "citation" in classes(mark):
            held[place] = _BLANKS.sub(" ", text).removesuffix(" ") + "\u00a0" if text[-1:].isspace() else text
    return held


def _followed(route: Route, body: str, key: int) -> str:
    if key:
        return call("see", literal(route.address), str(key), body)
    if route.kind == "label":
        return call("leap", literal(route.address), body)
    return call("away", literal(route.target), body, suffix=route.suffix)


def _said(route: Route, body: str, key: int) -> str:
    """A link that cannot be followed here: its words and where it leads."""
    if key:
        return call("see-unlinked", str(key), body)
    return join([body, literal(f" ({route.suffix})")]) if route.suffix else body
