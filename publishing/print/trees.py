"""The trees of a PDF by which its tags, places and bookmarks are found, as Typst writes them: without branches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import pikepdf

from publishing.records import PublishingError

Pairs: TypeAlias = list[tuple[Any, Any]]
Mark: TypeAlias = tuple[int, Any]
"""A bookmark, and how many stand above it."""


def pairs(holder: Any, tree: str, form: str) -> Pairs:
    """What a tree of names or numbers holds."""
    listed = list(holder[tree][form]) if tree in holder else []
    return list(zip(listed[::2], listed[1::2], strict=True))


def listed(given: Iterable[tuple[Any, Any]]) -> pikepdf.Array:
    return pikepdf.Array(item for pair in given for item in pair)


def in_order(given: Pairs) -> Pairs:
    """By name, each of which must be one place's alone."""
    found = sorted(given, key=lambda pair: bytes(pair[0]))
    if len({bytes(key) for key, _ in given}) < len(given):
        raise PublishingError("Two places of one PDF have one name.")
    return found


def marks(parent: Any, depth: int = 0) -> Iterator[Mark]:
    """The bookmarks below one, each before those below it."""
    mark = parent.get("/First")
    while mark is not None:
        yield depth, mark
        yield from marks(mark, depth + 1)
        mark = mark.get("/Next")


def hang(root: Any, given: Sequence[Mark]) -> None:
    """Make these the bookmarks of a PDF, each with those that are deeper behind it below it, and closed."""
    above: list[Any] = [root]
    below: dict[Any, list[Any]] = {}
    for depth, mark in given:
        for key in {"/Prev", "/Next", "/First", "/Last", "/Count"} & set(mark.keys()):
            del mark[key]
        del above[depth + 1 :]
        mark.Parent = above[-1]
        if below.setdefault(above[-1].objgen, []):
            before = below[above[-1].objgen][-1]
            before.Next, mark.Prev = mark, before
        else:
            above[-1].First = mark
        above[-1].Last = mark
        below[above[-1].objgen].append(mark)
        above.append(mark)
    for parent in (root, *(mark for _, mark in given)):
        if held := below.get(parent.objgen):
            parent.Count = len(held) if parent is root else -len(held)


def drop(pdf: pikepdf.Pdf, which: Collection[int]) -> set[Any]:
    """Take pages out, with their tags and bookmarks; gives what they were known by. Links that lead there are the caller's."""
    gone = [pdf.pages[number].obj for number in sorted(which)]
    known = {page.objgen for page in gone}
    for number in sorted(which, reverse=True):
        del pdf.pages[number]
    keys = {int(page.StructParents) for page in gone if "/StructParents" in page}
    keys |= {int(note.StructParent) for page in gone for note in page.get("/Annots", ())}
    tags = pdf.Root.StructTreeRoot
    trunk = tags.K[0]
    trunk.K = pikepdf.Array(kid for kid in trunk.K if _page_of(kid) not in known)
    kept = (pair for pair in pairs(tags, "/ParentTree", "/Nums") if int(pair[0]) not in keys)
    tags.ParentTree = pikepdf.Dictionary(Nums=listed(kept))
    names: Any = pdf.Root.get("/Names", {})
    if "/Dests" in names:
        names.Dests.Names = listed(p for p in pairs(names, "/Dests", "/Names") if p[1][0].objgen not in known)
    held = [(depth, mark) for depth, mark in marks(pdf.Root.Outlines) if mark.Dest[0].objgen not in known]
    least = min((depth for depth, _ in held), default=0)
    hang(pdf.Root.Outlines, [(depth - least, mark) for depth, mark in held])
    return known


def _page_of(node: Any) -> Any:
    """The page on which an element begins; None for one without content."""
    while isinstance(node, pikepdf.Dictionary):
        if "/Pg" in node:
            return node.Pg.objgen
        below = node.get("/K")
        node = below[0] if isinstance(below, pikepdf.Array) and len(below) else below
    return None
