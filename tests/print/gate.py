"""The structural gate: what would keep somebody who hears a PDF, or goes through it by keyboard, from reading it.

``faults`` is asked of every PDF that the tests print and of every PDF of the guide. ``test_gate.py`` breaks a good
file in each of the ways named here, so that no check of the gate can pass in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from tests.print.order import order_faults
from tests.print.reading import Tag, attribute, children, tags_of

_HEADING = re.compile(r"H([1-6])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_PARENTS = {
    "LI": {"L"}, "LBody": {"LI"}, "TH": {"TR"}, "TD": {"TR"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "TOCI": {"TOC"}, "Caption": {"Div", "Figure", "Table", "L", "Formula"},
}  # fmt: skip
_CHILDREN = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"}, "TOC": {"TOC", "TOCI", "Caption"}}


def faults(path: Path, language: str = "en-GB") -> list[str]:
    """[] for a good file."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["has no structure tree"]
        tags = tags_of(pdf)
        return [
            *_document_faults(pdf, language),
            *_heading_faults(tags),
            *_shape_faults(tags),
            *_annotation_faults(pdf, tags),
            *_font_faults(pdf),
            *order_faults(pdf, tags, path),
        ]


def _document_faults(pdf: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as metadata:
        title = str(metadata.get("dc:title", ""))
        conforms = (metadata.get("pdfuaid:part"), metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance"))
    if conforms != ("1", "2", "A"):
        yield f"does not say that it is PDF/UA-1 and PDF/A-2a: {conforms}"
    if not title.strip():
        yield "has no title"
    if root.get("/Lang") != language or not _LANGUAGE.fullmatch(language):
        yield f"language is {root.get('/Lang')}"
    if "/ViewerPreferences" not in root or not root.ViewerPreferences.get("/DisplayDocTitle"):
        yield "does not show its title"
    if "/MarkInfo" not in root or not root.MarkInfo.get("/Marked"):
        yield "is not marked as tagged"


def _heading_faults(tags: list[Tag]) -> Iterator[str]:
    level = 0
    for tag in tags:
        if found := _HEADING.fullmatch(tag.name):
            if int(found[1]) > level + 1:
                yield f"heading {tag.name} after H{level}"
            level = int(found[1])
    if not level:
        yield "has no heading"


def _shape_faults(tags: list[Tag]) -> Iterator[str]:
    for tag in tags:
        below = [str(part.get("/S")).removeprefix("/") for part in children(tag.node) if _is_tag(part)]
        if tag.parent not in _PARENTS.get(tag.name, {tag.parent}):
            yield f"{tag.name} in {tag.parent}"
        if strange := set(below) - _CHILDREN.get(tag.name, set(below)):
            yield f"{tag.name} holds {', '.join(sorted(strange))}"
        if tag.name == "LI" and below.count("LBody") != 1:
            yield "list item without its text"
        if tag.name == "LI" and "Lbl" not in below and attribute(_above(tag), "/ListNumbering") not in ("", "/None"):
            yield "list item without its mark"
        if tag.name in ("Figure", "Formula") and not str(tag.node.get("/Alt", "")).strip():
            yield f"{tag.name} without alternative text"
        if tag.name == "TH" and attribute(tag, "/Scope") not in ("/Column", "/Row", "/Both"):
            yield "head of a column or row without scope"
        if tag.name == "Table" and not {"THead", "TBody", "TR"} & set(below):
            yield "table without rows"


def _above(tag: Tag) -> Tag:
    return Tag(tag.parent, tag.depth - 1, tag.node.P, "")


def _is_tag(node: Any) -> bool:
    return isinstance(node, pikepdf.Dictionary) and "/S" in node


def _annotation_faults(pdf: pikepdf.Pdf, tags: list[Tag]) -> Iterator[str]:
    held = {part.Obj.objgen for tag in tags if tag.name == "Link" for part in children(tag.node) if _is_object(part)}
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: the tab key does not follow the structure"
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") != "/Link":
                yield f"page {number}: has a {annotation.get('/Subtype')} that is no link"
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link without a description"
            if annotation.objgen not in held or "/StructParent" not in annotation:
                yield f"page {number}: a link that is not in the structure"


def _is_object(node: Any) -> bool:
    return isinstance(node, pikepdf.Dictionary) and node.get("/Type") == "/OBJR"


def _font_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        name, kind = item.get("/BaseFont"), item.get("/Subtype")
        if kind == "/Type3" or str(kind).startswith("/CIDFont"):  # drawn in the file itself; judged by its parent
            continue
        holder = item.DescendantFonts[0] if kind == "/Type0" else item
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(holder.get("/FontDescriptor", {}).keys()):
            yield f"{name} is not embedded"
        if "/ToUnicode" not in item:
            yield f"{name} has no Unicode map"
