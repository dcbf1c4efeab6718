"""Reads a PDF back: its structure, what a printer and a screen reader would meet. Its words: ``publishing.print.loss``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # brings no types


@dataclass(frozen=True)
class Tag:
    """One element of the structure tree."""

    name: str
    depth: int
    node: Any
    parent: str


def tags_of(pdf: pikepdf.Pdf) -> list[Tag]:
    """In reading order."""
    found: list[Tag] = []
    waiting: list[tuple[Any, int, str]] = [(pdf.Root.StructTreeRoot, 0, "")]
    while waiting:
        node, depth, parent = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.get("/Type") in ("/OBJR", "/MCR"):
            continue
        name = str(node.get("/S", "")).removeprefix("/")
        if name:
            found.append(Tag(name, depth, node, parent))
        waiting += [(child, depth + 1, name) for child in reversed(list(children(node)))]
    return found


def children(node: Any) -> Iterator[Any]:
    below = node.get("/K")
    if below is not None:
        yield from below if isinstance(below, pikepdf.Array) else [below]


def attribute(tag: Tag, name: str) -> str:
    owners = tag.node.get("/A", [])
    for owner in owners if isinstance(owners, pikepdf.Array) else [owners]:
        if name in owner:
            return str(owner[name])
    return ""


def link_descriptions(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        return [str(annotation.Contents) for annotation in annotations if annotation.Subtype == "/Link"]


def bookmarks(path: Path) -> list[tuple[int, str]]:
    with pypdfium2.PdfDocument(path) as document:
        return [(mark.level, mark.get_title()) for mark in document.get_toc()]


def faults(path: Path) -> list[str]:
    """What would keep somebody from reading this file; [] for a good one."""
    with pikepdf.open(path) as pdf:
        return [*_document_faults(pdf), *_tag_faults(tags_of(pdf)), *_page_faults(pdf), *_font_faults(pdf)]


def _document_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as metadata:
        title = str(metadata.get("dc:title", ""))
        conforms = (metadata.get("pdfuaid:part"), metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance"))
    if conforms != ("1", "2", "A"):
        yield f"does not say that it is PDF/UA-1 and PDF/A-2a: {conforms}"
    if not title:
        yield "has no title"
    if root.get("/Lang") != "en-GB":
        yield f"language is {root.get('/Lang')}"
    if "/ViewerPreferences" not in root or not root.ViewerPreferences.get("/DisplayDocTitle"):
        yield "does not show its title"
    if "/MarkInfo" not in root or not root.MarkInfo.get("/Marked"):
        yield "is not marked as tagged"


def _tag_faults(tags: list[Tag]) -> Iterator[str]:
    level = 0
    for tag in tags:
        if re.fullmatch(r"H[1-6]", tag.name):
            if int(tag.name[1]) > level + 1:
                yield f"heading {tag.name} after H{level}"
            level = int(tag.name[1])
        if tag.name == "Figure" and not str(tag.node.get("/Alt", "")).strip():
            yield "figure without alternative text"
        if tag.name == "TH" and attribute(tag, "/Scope") != "/Column":
            yield "column header without scope"
        if tag.name == "LI" and tag.parent != "L":
            yield f"list item in {tag.parent}"
        if tag.name == "LBody" and tag.parent != "LI":
            yield f"list text in {tag.parent}"
        if tag.name == "TR" and tag.parent not in ("Table", "THead", "TBody", "TFoot"):
            yield f"table row in {tag.parent}"


def _page_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        annotations = list(page.get("/Annots", []))
        if annotations and page.get("/Tabs") != "/S":
            yield f"page {number}: the tab key does not follow the structure"
        for annotation in annotations:
            described = str(annotation.get("/Contents", "")).strip()
            if not described or "/StructParent" not in annotation:
                yield f"page {number}: a link without a description or a place in the structure"
        yield from _loose_text(number, page)


def _loose_text(number: int, page: pikepdf.Page) -> Iterator[str]:
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(operator, 0)
        if operator in ("Tj", "TJ", "'", '"') and depth == 0:
            yield f"page {number}: text outside of the structure"
            return


def _font_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/DescendantFonts" in item:
            name = str(item.get("/BaseFont"))
            descriptor = item.DescendantFonts[0].FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"{name} is not embedded"
            if "/ToUnicode" not in item:
                yield f"{name} has no Unicode map"
        elif isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and item.get("/Subtype") == "/Type1":
            yield f"{item.get('/BaseFont')} is not embedded"
