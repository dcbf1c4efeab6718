"""Puts finished PDFs together into one that is as accessible and as lasting as each of them; sets no word anew.

The first has the title and the contents. At its end stands a page for each of the others, with its headings alone, since
contents list what is there: those pages are dropped, and what leads to one leads to the start of that part. The tags of a
part become one branch of the tree. Sheets keep their own numbers, and the names of their places get the name of the sheet
before them. Parts of a booklet are numbered through, and lead to one another.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pikepdf

from publishing.print.cut import share_size
from publishing.print.numbers import FOOTER, footer, put_in
from publishing.print.orders import Leaf, Part, Printed
from publishing.print.pagination import placed, places, starts
from publishing.print.routes import PLACE
from publishing.print.trees import Mark, drop, hang, in_order, listed, marks, pairs
from publishing.records import PublishingError

_PACKED = pikepdf.ObjectStreamMode.generate
_KNOWN = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/IDTree"}


def merge(given: tuple[Part, ...]) -> Printed:
    """All come from ``mend``; the first has a page at its end for each of the others."""
    front, parts = given[0], given[1:]
    count = front.printed.pages - len(parts)
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.open(io.BytesIO(front.printed.content)))
        binding = _Binding(whole, len(parts))
        for part, start in zip(parts, starts(count, parts), strict=True):
            binding.append(opened.enter_context(pikepdf.open(io.BytesIO(part.printed.content))), part, start)
        binding.close()
        _number(whole, given, count)
        share_size(whole)
        made = io.BytesIO()
        whole.save(made, deterministic_id=True, object_stream_mode=_PACKED)
        missing = {source: words for part in parts for source, words in part.printed.missing.items()}
        return Printed(made.getvalue(), len(whole.pages), missing)


class _Binding:
    """A whole that grows by one part after the other; ``close`` writes down what must stand in one list."""

    def __init__(self, whole: pikepdf.Pdf, parts: int) -> None:
        first = len(whole.pages) - parts
        self._stand_ins = [page.objgen for page in list(whole.pages)[first:]]
        drop(whole, range(first, len(whole.pages)))
        self._whole, self._tags = whole, whole.Root.StructTreeRoot
        self._own = [page.obj for page in whole.pages]
        self._numbers = pairs(self._tags, "/ParentTree", "/Nums")
        self._ids = pairs(self._tags, "/IDTree", "/Names")
        self._places = pairs(whole.Root.get("/Names", {}), "/Dests", "/Names")
        self._marks: list[Mark] = list(marks(whole.Root.Outlines))
        self._starts: list[Any] = []

    def append(self, part: pikepdf.Pdf, about: Part, start: int) -> None:
        if strange := set(part.Root.StructTreeRoot.keys()) - _KNOWN:
            raise PublishingError(f"{about.name}: nothing puts {', '.join(sorted(strange))} of its tags together.")
        first = int(self._tags.ParentTreeNextKey)
        _prepare(part, about, first)
        while len(self._whole.pages) < start:
            size = tuple(map(float, self._whole.pages[0].mediabox[2:]))
            self._whole.add_blank_page(page_size=(size[0], size[1])).obj.Tabs = pikepdf.Name.S
        for page in part.pages:
            self._whole.pages.append(page)
        root = part.Root
        held = pikepdf.Dictionary(Tags=root.StructTreeRoot, Marks=root.Outlines, Names=root.get("/Names", {}))
        copied = self._whole.copy_foreign(part.make_indirect(held))
        self._graft(copied.Tags, first)
        self._places += pairs(copied.Names, "/Dests", "/Names")
        above = about.leaf.above if about.leaf else 0
        found = [(above + depth, mark) for depth, mark in marks(copied.Marks)]
        self._marks += found
        self._starts.append(found[0][1].Dest)

    def _graft(self, tags: Any, first: int) -> None:
        trunk = self._tags.K[0]
        for branch in tags.K:
            branch.S, branch.P = pikepdf.Name.Part, trunk
            trunk.K.append(branch)
        self._numbers += [(first + int(key), held) for key, held in pairs(tags, "/ParentTree", "/Nums")]
        self._tags.ParentTreeNextKey = first + int(tags.ParentTreeNextKey)
        self._ids += pairs(tags, "/IDTree", "/Names")
        roles = self._tags.get("/RoleMap", pikepdf.Dictionary())
        for role, meant in tags.get("/RoleMap", {}).items():
            if roles.get(role, meant) != meant:
                raise PublishingError(f"{role} has two meanings in the tags of one PDF.")
            roles[role] = meant
        self._tags.RoleMap = roles

    def close(self) -> None:
        root = self._whole.Root
        self._tags.ParentTree = pikepdf.Dictionary(Nums=listed(self._numbers))
        if self._ids:
            self._tags.IDTree = pikepdf.Dictionary(Names=listed(in_order(self._ids)))
        if self._places:
            root.Names = root.get("/Names", pikepdf.Dictionary())
            root.Names.Dests = pikepdf.Dictionary(Names=listed(in_order(self._places)))
        begun: dict[Any, Any] = dict(zip(self._stand_ins, self._starts, strict=True))
        for page in self._own:
            for annotation in page.get("/Annots", ()):
                if "/Dest" in annotation:
                    annotation.Dest = begun.get(annotation.Dest[0].objgen, annotation.Dest)
        hang(root.Outlines, self._marks)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The words for each key on one page."""

    leaf: Leaf
    known: Mapping[str, int]
    number: int
    count: int

    def __call__(self, key: int) -> str:
        if key == FOOTER:
            return footer(self.number, self.count)
        return str(self.known[placed(self.leaf.numbers[key - 1], self.known)])


def _number(whole: pikepdf.Pdf, given: Sequence[Part], count: int) -> None:
    """Put in the number of each page of a booklet, and of each that something in it leads to."""
    parts, total = given[1:], len(whole.pages)
    known = places(count, parts)
    begins = [0, *starts(count, parts)]
    ends = [count, *(start + part.printed.pages for part, start in zip(parts, begins[1:], strict=True))]
    for part, begin, end in zip(given, begins, ends, strict=True):
        if part.leaf is None:
            continue
        found = set[int]()
        for number in range(begin, end):
            page = whole.pages[number]
            found |= put_in(page, _Numbers(part.leaf, known, number + 1, total))
            for annotation in page.get("/Annots", ()):
                _lead(annotation, known)
        if found - {FOOTER} != set(range(1, 1 + len(part.leaf.numbers))):
            raise PublishingError(f"{part.name}: a page number of its text is missing from the PDF.")


def _lead(annotation: Any, known: Mapping[str, int]) -> None:
    """Make an address that stands for a place of the booklet a way to it."""
    address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
    if address.startswith(PLACE):
        label = placed(unquote(address.removeprefix(PLACE)), known)
        annotation.Dest, annotation.Contents = pikepdf.String(label), f"{annotation.Contents}, page {known[label]}"
        del annotation.A


def _prepare(part: pikepdf.Pdf, about: Part, first: int) -> None:
    """Give a part keys, ids and names that no other part of the whole has. Labels of a booklet are its own already."""
    for page in part.pages:
        if "/StructParents" in page:
            page.obj.StructParents = first + int(page.obj.StructParents)
        for annotation in page.get("/Annots", ()):
            annotation.StructParent = first + int(annotation.StructParent)
            if isinstance(annotation.get("/Dest"), pikepdf.String) and not about.leaf:
                annotation.Dest = _named(about.name, annotation.Dest)
    named = pairs(part.Root.get("/Names", {}), "/Dests", "/Names")
    if named and not about.leaf:
        part.Root.Names.Dests.Names = listed((_named(about.name, key), place) for key, place in named)
    with_id = [node for _, node in pairs(part.Root.StructTreeRoot, "/IDTree", "/Names")]
    for node in with_id:
        node.ID = _named(about.name, node.ID)
    if with_id:
        part.Root.StructTreeRoot.IDTree.Names = listed((node.ID, node) for node in with_id)
    for cell in _cells(with_id):
        for attribute in cell.get("/A", ()):
            if "/Headers" in attribute:
                attribute.Headers = pikepdf.Array(_named(about.name, head) for head in attribute.Headers)


def _cells(named: Iterable[Any]) -> Iterator[Any]:
    """Of every table that has one of these elements, since cells alone name ids. A footnote has an id, too."""
    tables = {}
    for node in named:
        while node.get("/S", "/Table") != "/Table":
            node = node.P
        if "/S" in node:
            tables[node.objgen] = node
    waiting = list(tables.values())
    while waiting:
        node = waiting.pop()
        if node.S in ("/TH", "/TD"):
            yield node
        else:
            waiting += [below for below in node.K if isinstance(below, pikepdf.Dictionary) and "/S" in below]


def _named(name: str, given: Any) -> pikepdf.String:
    return pikepdf.String(f"{name} {given}")
