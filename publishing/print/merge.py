"""Puts finished PDFs together into one that is as accessible and as lasting as each of them; sets no word anew.

The first has the title and the contents. At its end stands a page for each of the others, with its heading alone, since
contents list what is there: those pages are dropped, and what leads to one leads to the start of that part. The tags of a
part become one branch of the tree. Its ids, and the names of its places, get the name of the part before them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

import pikepdf

from publishing.print.orders import Part
from publishing.records import PublishingError

_PACKED = pikepdf.ObjectStreamMode.generate
_KNOWN = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/IDTree"}
_Pairs = list[tuple[Any, Any]]


def merge(front: bytes, parts: tuple[Part, ...]) -> tuple[bytes, int]:
    """The whole, and how many pages it has; each part begins on a right-hand page. All come from ``mend``."""
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.open(io.BytesIO(front)))
        binding = _Binding(whole, len(parts))
        for part in parts:
            binding.append(opened.enter_context(pikepdf.open(io.BytesIO(part.content))), part.name)
        binding.close()
        made = io.BytesIO()
        whole.save(made, deterministic_id=True, object_stream_mode=_PACKED)
        return made.getvalue(), len(whole.pages)


class _Binding:
    """A whole that grows by one part after the other; ``close`` writes down what must stand in one list."""

    def __init__(self, whole: pikepdf.Pdf, parts: int) -> None:
        pages = [page.obj for page in whole.pages]
        self._whole, self._tags = whole, whole.Root.StructTreeRoot
        self._own, self._stand_ins = pages[:-parts], [page.objgen for page in pages[-parts:]]
        del whole.pages[len(self._own) :]
        keys = {int(page.StructParents) for page in pages[-parts:] if "/StructParents" in page}
        trunk = self._tags.K[0]
        trunk.K = pikepdf.Array(kid for kid in trunk.K if _page_of(kid) not in self._stand_ins)
        self._numbers = [pair for pair in _pairs(self._tags, "/ParentTree", "/Nums") if int(pair[0]) not in keys]
        self._ids = _pairs(self._tags, "/IDTree", "/Names")
        places = _pairs(whole.Root.get("/Names", {}), "/Dests", "/Names")
        self._places = [pair for pair in places if pair[1][0].objgen not in self._stand_ins]
        self._marks = [mark for mark in _chain(whole.Root.Outlines) if mark.Dest[0].objgen not in self._stand_ins]
        self._starts: list[Any] = []

    def append(self, part: pikepdf.Pdf, name: str) -> None:
        if strange := set(part.Root.StructTreeRoot.keys()) - _KNOWN:
            raise PublishingError(f"{name}: nothing puts {', '.join(sorted(strange))} of its tags together.")
        first = int(self._tags.ParentTreeNextKey)
        _prepare(part, name, first)
        if len(self._whole.pages) % 2:
            size = tuple(map(float, self._own[-1].MediaBox[2:]))
            self._whole.add_blank_page(page_size=(size[0], size[1])).obj.Tabs = pikepdf.Name.S
        for page in part.pages:
            self._whole.pages.append(page)
        root = part.Root
        held = pikepdf.Dictionary(Tags=root.StructTreeRoot, Marks=root.Outlines, Names=root.get("/Names", {}))
        copied = self._whole.copy_foreign(part.make_indirect(held))
        self._graft(copied.Tags, first)
        self._places += _pairs(copied.Names, "/Dests", "/Names")
        marks = list(_chain(copied.Marks))
        self._marks += marks
        self._starts.append(marks[0].Dest)

    def _graft(self, tags: Any, first: int) -> None:
        trunk = self._tags.K[0]
        for branch in tags.K:
            branch.S, branch.P = pikepdf.Name.Part, trunk
            trunk.K.append(branch)
        self._numbers += [(first + int(key), held) for key, held in _pairs(tags, "/ParentTree", "/Nums")]
        self._tags.ParentTreeNextKey = first + int(tags.ParentTreeNextKey)
        self._ids += _pairs(tags, "/IDTree", "/Names")
        roles = self._tags.get("/RoleMap", pikepdf.Dictionary())
        for role, meant in tags.get("/RoleMap", {}).items():
            if roles.get(role, meant) != meant:
                raise PublishingError(f"{role} has two meanings in the tags of one PDF.")
            roles[role] = meant
        self._tags.RoleMap = roles

    def close(self) -> None:
        root = self._whole.Root
        self._tags.ParentTree = pikepdf.Dictionary(Nums=_listed(self._numbers))
        if self._ids:
            self._tags.IDTree = pikepdf.Dictionary(Names=_listed(_sorted(self._ids)))
        if self._places:
            root.Names = root.get("/Names", pikepdf.Dictionary())
            root.Names.Dests = pikepdf.Dictionary(Names=_listed(_sorted(self._places)))
        starts = dict(zip(self._stand_ins, self._starts, strict=True))
        for page in self._own:
            for annotation in page.get("/Annots", ()):
                if "/Dest" in annotation:
                    annotation.Dest = starts.get(annotation.Dest[0].objgen, annotation.Dest)
        _hang(root.Outlines, self._marks)


def _prepare(part: pikepdf.Pdf, name: str, first: int) -> None:
    """Give a part keys, ids and names that no other part of the whole has."""
    for page in part.pages:
        if "/StructParents" in page:
            page.obj.StructParents = first + int(page.obj.StructParents)
        for annotation in page.get("/Annots", ()):
            annotation.StructParent = first + int(annotation.StructParent)
            if isinstance(annotation.get("/Dest"), pikepdf.String):
                annotation.Dest = _named(name, annotation.Dest)
    places = _pairs(part.Root.get("/Names", {}), "/Dests", "/Names")
    if places:
        part.Root.Names.Dests.Names = _listed((_named(name, key), place) for key, place in places)
    with_id = [node for _, node in _pairs(part.Root.StructTreeRoot, "/IDTree", "/Names")]
    for node in with_id:
        node.ID = _named(name, node.ID)
    if with_id:
        part.Root.StructTreeRoot.IDTree.Names = _listed((node.ID, node) for node in with_id)
    for cell in _cells(with_id):
        for about in cell.get("/A", ()):
            if "/Headers" in about:
                about.Headers = pikepdf.Array(_named(name, head) for head in about.Headers)


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


def _page_of(node: Any) -> Any:
    """The page on which an element begins; None for one without content."""
    while isinstance(node, pikepdf.Dictionary):
        if "/Pg" in node:
            return node.Pg.objgen
        below = node.get("/K")
        node = below[0] if isinstance(below, pikepdf.Array) and len(below) else below
    return None


def _pairs(holder: Any, tree: str, form: str) -> _Pairs:
    """What a tree of names or numbers holds, which has no branches where Typst wrote it."""
    listed = list(holder[tree][form]) if tree in holder else []
    return list(zip(listed[::2], listed[1::2], strict=True))


def _listed(pairs: Iterable[tuple[Any, Any]]) -> pikepdf.Array:
    return pikepdf.Array(item for pair in pairs for item in pair)


def _sorted(pairs: _Pairs) -> _Pairs:
    in_order = sorted(pairs, key=lambda pair: bytes(pair[0]))
    if len({bytes(key) for key, _ in pairs}) < len(pairs):
        raise PublishingError("Two places of one PDF have one name.")
    return in_order


def _chain(parent: Any) -> Iterator[Any]:
    """The bookmarks right below one."""
    mark = parent.get("/First")
    while mark is not None:
        yield mark
        mark = mark.get("/Next")


def _hang(root: Any, marks: list[Any]) -> None:
    """Make them the bookmarks of the highest level, in this order; what is below each stays closed, as it was."""
    for mark in marks:
        mark.Parent = root
        for key in {"/Prev", "/Next"} & set(mark.keys()):
            del mark[key]
    for before, after in pairwise(marks):
        before.Next, after.Prev = after, before
    root.First, root.Last = marks[0], marks[-1]
    root.Count = len(marks) + sum(max(0, int(mark.get("/Count", 0))) for mark in marks)
