"""Writes a page down as Typst: blocks of text, one after the other.

``template.typ`` knows what each block looks like; this module knows which block it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from publishing.print.article import classes, elements, id_of, walk, words
from publishing.print.boxes import write_box, write_figure, write_tabs
from publishing.print.code import breakable, call, clean, join, literal
from publishing.print.desk import Desk
from publishing.print.inline import INLINE, InlineWriter, is_drawn, tongue
from publishing.print.lists import write_bullets, write_cards, write_numbers, write_pairs, write_terms
from publishing.print.pictures import Picture
from publishing.print.tables import write_table
from publishing.records import Element, Node

_CONTAINERS = frozenset(
    ("div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "hgroup", "fieldset", "legend",
     "form", "center", "search", "figcaption", "caption", "summary", "li", "dd", "dt", "tab", "tab-label", "box-title",
     "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col")
)  # fmt: skip
_FEW_LETTERS = 140
"""Of a paragraph between a heading and a table that belongs to both: two lines or so."""
_PICTURES = frozenset(("img", "svg", "picture"))


class SourceWriter:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._inline = InlineWriter(desk, self._note)
        self._waiting: list[str] = []
        self._kinds: Mapping[str, Callable[[Element], str]] = {
            "p": self._paragraph,
            "heading": self._heading,
            "ul": lambda node: write_bullets(self, node),
            "menu": lambda node: write_bullets(self, node),
            "ol": lambda node: write_numbers(self, node),
            "cards": lambda node: write_cards(self, node),
            "dl": lambda node: write_terms(self, node),
            "table": self._table,
            "pre": self._listing,
            "blockquote": lambda node: call("quoted", join(self.flow(node.children))),
            "hr": lambda node: "rule()",
            "box": lambda node: write_box(self, node),
            "tabs": lambda node: write_tabs(self, node),
            "figure": lambda node: write_figure(self, node),
        }

    def article(self) -> str:
        """The page below its own heading."""
        written = self.flow(self.desk.article.body)
        missed = self.desk.routes.labels(self.desk.article) - self.desk.placed
        return join([*written, *(call("anchor", literal(label)) for label in sorted(missed))])

    def title(self) -> str:
        """The page's own heading, as a line."""
        heading = self.desk.article.heading
        return self.line(heading.children, may_link=False) or literal(self.desk.article.record.title)

    def flow(self, nodes: Iterable[Node], *, bare: bool = False) -> list[str]:
        """Blocks; text that stands between them becomes paragraphs, unless ``bare``."""
        written: list[str] = []
        run: list[Node] = []
        leads = introduces = below_heading = False
        for node in nodes:
            if isinstance(node, str) or self._is_inline(node):
                run.append(node)
                continue
            written += self._run(run, bare=bare)
            run = []
            if (leads and _may_be_led(node)) or (introduces and node.tag in ("table", "tabs")):
                written[-1] = call("kept", written[-1])
            block = self._block(node)
            leads = bool(block) and _leads(node)
            introduces = bool(block) and below_heading and node.tag == "p" and len(words(node)) <= _FEW_LETTERS
            below_heading = node.tag == "heading"
            written += block
        return [*written, *self._run(run, bare=bare)]

    def content(self, node: Element) -> str:
        """What stands in a list item or a cell: a line as it is, or blocks."""
        self.wait(id_of(node))
        return join(self.flow(node.children, bare=True))

    def line(self, nodes: Iterable[Node], *, may_link: bool = True) -> str:
        return self._inline.line(nodes, may_link=may_link)

    def wait(self, *names: str) -> None:
        """Let ids lead to whatever is written next."""
        self._waiting += [name for name in names if name]

    def anchors(self, run: Iterable[Node] = ()) -> list[str]:
        """Marks, for links to find, of the ids that wait and of those in the run."""
        self.wait(*map(id_of, walk(run)))
        labels = [self.desk.place(name) for name in self._waiting]
        self._waiting = []
        return [call("anchor", literal(label)) for label in labels if label]

    def picture(self, node: Element, caption: str = "") -> list[str]:
        """One that stands on lines of its own."""
        self.wait(id_of(node))
        image = next((part for part in walk([node]) if part.tag in ("img", "svg")), None)
        picture = image and self.desk.pictures.take(image, self.desk)
        if isinstance(picture, Picture):
            return [*self.anchors(), picture.block(caption)]
        return [call("par", literal(picture))] if picture else []

    def _run(self, run: list[Node], *, bare: bool) -> list[str]:
        if pictures := only_pictures(run):
            return [part for picture in pictures for part in self.picture(picture)]
        line = self.line(run)
        if not line:
            self.wait(*map(id_of, walk(run)))
            return []
        written = join([*self.anchors(run), line])
        return [written if bare else call("par", written)]

    def _block(self, node: Element) -> list[str]:
        self.wait(id_of(node))
        if node.tag in self._kinds:
            written = [self._kinds[node.tag](node)]
        elif "side-by-side" in classes(node):
            written = [write_pairs(self, node)]
        elif node.tag in _CONTAINERS:
            written = self.flow(node.children)
            if "sources" in classes(node):
                written = [call("sources", *written)] if written else []
        else:
            if node.tag not in INLINE and is_drawn(node.tag):
                self.desk.refuse(node)
                return []
            written = self.flow(self._sink(node, node.children))
        written = [part for part in written if part]
        direction, language = node.attributes.get("dir", ""), node.attributes.get("lang", "")
        return [tongue(join(written), direction, language)] if written and (direction or language) else written

    def _is_inline(self, node: Node) -> bool:
        if isinstance(node, str) or node.tag in ("note", "svg"):
            return True
        if node.tag in self._kinds or node.tag in _CONTAINERS:
            return False
        return all(map(self._is_inline, node.children))

    def _sink(self, wrapper: Element, nodes: Iterable[Node]) -> list[Node]:
        """A link around blocks becomes a link around each line of them."""
        sunk: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and not self._is_inline(node):
                sunk.append(Element(node.tag, node.attributes, tuple(self._sink(wrapper, node.children))))
            elif isinstance(node, Element) or node.strip():
                sunk.append(Element(wrapper.tag, wrapper.attributes, (node,)))
            else:
                sunk.append(node)
        return sunk

    def _note(self, nodes: Iterable[Node]) -> str:
        parts = [part for part in nodes if isinstance(part, Element) or part.strip()]
        if parts and isinstance(parts[0], Element) and parts[0].tag == "p":
            return join([self.line(parts[0].children), *self.flow(parts[1:])])  # its mark stands in its first line
        return join(self.flow(parts, bare=True))

    def _paragraph(self, node: Element) -> str:
        if "risk-label" in classes(node):
            return call("small-heading", join([*self.anchors(), self.line(node.children)]))
        written = self.flow(node.children)
        if written and "chart-label" in classes(node):
            return call("kept", join(written))
        return join(written) if written else ""

    def _heading(self, node: Element) -> str:
        self.wait(*map(id_of, walk(node.children)))
        labels = {name: label for name in self._waiting if (label := self.desk.place(name))}
        self._waiting = [name for name in self._waiting if name in list(labels)[1:]]
        self.desk.placed -= set(list(labels.values())[1:])
        rank = int(node.attributes["level"])
        line = self.line(node.children, may_link=False)
        return call(
            "head", line, rank=rank, level=min(6, rank + self.desk.offset), name=next(iter(labels.values()), None)
        )

    def _table(self, node: Element) -> str:
        captions = [call("small-heading", self.line(part.children)) for part in elements(node, "caption")]
        return join([*self.anchors(), *captions, write_table(node, self._cell)])

    def _cell(self, cell: Element, repeats: bool) -> str:
        if not repeats:
            return self.content(cell)
        self.wait(*map(id_of, walk([cell])))  # a mark that repeats would not be one place
        return self.line([Element("span", {}, cell.children)], may_link=False) or "[]"

    def _listing(self, node: Element) -> str:
        text = clean("".join(map(_verbatim, node.children))).removeprefix("\n").rstrip()
        written = [*self.anchors(node.children), call("listing", literal(breakable(text)))]
        return join(written) if text else ""


def only_pictures(run: Iterable[Node]) -> list[Element]:
    """The pictures of a run that holds nothing else."""
    solid = [node for node in run if isinstance(node, Element) or node.strip()]
    found = [node for node in solid if isinstance(node, Element) and node.tag in _PICTURES]
    return found if len(found) == len(solid) and not any("twemoji" in classes(node) for node in found) else []


def _leads(node: Element) -> bool:
    """Whether a paragraph belongs to what is below it, and must not be left behind at the foot of a page."""
    if node.tag != "p":
        return False
    said, strong = words(node), "".join(words(part) for part in elements(node, "strong", "b"))
    return "risk-checked" in classes(node) or said.endswith(":") or said == strong


def _may_be_led(node: Element) -> bool:
    return node.tag in ("ul", "ol", "dl", "table", "box") or "risk-more" in classes(node)


def _verbatim(node: Node) -> str:
    if isinstance(node, str):
        return node
    return "\n" if node.tag == "br" else "".join(map(_verbatim, node.children))
