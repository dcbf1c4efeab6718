"""What is put together of finished PDFs: keys, ids, names and bookmarks lead to the part that they came with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publishing.print.merge import merge
from publishing.print.orders import Part
from publishing.print.orders import Printed as Finished
from publishing.records import PublishingError
from tests.print.conftest import Printed, record
from tests.print.reading import Tag, children, tags_of

TABLE = (
    "<table><thead><tr><th>Sign</th><th>What to do</th></tr></thead>"
    "<tbody><tr><td>A bruise</td><td>Wait</td></tr><tr><td>Fever</td><td>Call</td></tr></tbody></table>"
)


def _sheet(name: str) -> Any:
    note = "<div class='footnote'><ol><li id='fn:1'><p>A note.</p></li></ol></div>"
    jump = f"<p>Said<sup id='fnref:1'><a class='footnote-ref' href='#fn:1'>1</a></sup>. <a href='#more'>More of {name}</a> and <a href='https://a.example/{name}'>elsewhere</a>.</p>"
    html = f"<h1>Sheet {name}</h1>{jump}{TABLE}<h2 id='more'>More</h2>{'<p>Some words.</p>' * 70}{TABLE}{note}"
    return record(f"{name}.md", html, title=name.title(), handout="true")


@pytest.fixture
def pack(print_pages: Callable[..., Printed]) -> Path:
    printed = print_pages([_sheet("one"), _sheet("two"), _sheet("three")])
    assert printed.findings == []
    return printed.pdf("pack-a4")


def _pairs(tree: Any, form: str) -> list[tuple[Any, Any]]:
    listed = list(tree[form])
    return list(zip(listed[::2], listed[1::2], strict=True))


def test_every_mark_on_a_page_is_known_by_the_element_that_holds_it(pack: Path) -> None:
    with pikepdf.open(pack) as pdf:
        known = {int(key): held for key, held in _pairs(pdf.Root.StructTreeRoot.ParentTree, "/Nums")}
        assert list(known) == sorted(known) and max(known) < int(pdf.Root.StructTreeRoot.ParentTreeNextKey)
        used = set()
        for page in pdf.pages:
            used.add(int(page.obj.get("/StructParents", -1)))
            for annotation in page.get("/Annots", ()):
                used.add(int(annotation.StructParent))
                held = list(children(known[int(annotation.StructParent)]))
                assert annotation.objgen in [
                    part.Obj.objgen for part in held if not isinstance(part, int) and "/Obj" in part
                ]
        assert used - {-1} == known.keys(), "nothing is left of the pages that are dropped"
        for tag in tags_of(pdf):
            for number, page in _marks(tag):
                assert known[int(page.StructParents)][number].objgen == tag.node.objgen


def _marks(tag: Tag) -> list[tuple[int, Any]]:
    found = []
    for part in children(tag.node):
        if isinstance(part, int):
            found.append((part, tag.node.Pg))
        elif part.get("/Type") == "/MCR":
            found.append((int(part.MCID), part.get("/Pg", tag.node.get("/Pg"))))
    return found


def test_every_part_hangs_below_the_one_document(pack: Path) -> None:
    with pikepdf.open(pack) as pdf:
        tags = tags_of(pdf)
        assert [tag.name for tag in tags if tag.depth == 1] == ["Document"]
        assert len([tag for tag in tags if tag.depth == 2 and tag.name == "Part"]) == 3
        assert [tag.name for tag in tags].count("H1") == 4, "the contents, and a sheet each"
        for tag in tags:
            assert all(part.P.objgen == tag.node.objgen for part in children(tag.node) if _is_tag(part))


def _is_tag(node: Any) -> bool:
    return isinstance(node, pikepdf.Dictionary) and "/S" in node


def test_ids_of_column_heads_and_notes_belong_to_one_element_alone(pack: Path) -> None:
    with pikepdf.open(pack) as pdf:
        ids = _pairs(pdf.Root.StructTreeRoot.IDTree, "/Names")
        keys = [bytes(key) for key, _ in ids]
        assert keys == sorted(set(keys)) and all(bytes(node.ID) == bytes(key) for key, node in ids)
        heads = {bytes(key) for key, node in ids if node.S == "/TH"}
        assert len(heads) == 12 and [node.S for _, node in ids].count("/Note") == 3
        cells = [tag for tag in tags_of(pdf) if tag.name in ("TH", "TD")]
        named = [head for cell in cells for about in cell.node.get("/A", ()) for head in about.get("/Headers", ())]
        assert len(named) == 24 and {bytes(head) for head in named} == heads


def test_links_and_bookmarks_lead_to_their_own_part(pack: Path) -> None:
    with pikepdf.open(pack) as pdf:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        places = {str(key): place for key, place in _pairs(pdf.Root.Names.Dests, "/Names")}
        starts = [numbers[mark.Dest[0].objgen] for mark in _below(pdf.Root.Outlines)]
        assert starts[0] == 0 and len(starts) == 4 and not any(start % 2 for start in starts)
        for start, end in zip(starts[1:], [*starts[2:], len(numbers)], strict=True):
            annotations = [note for page in pdf.pages[start:end] for note in page.get("/Annots", ())]
            given = [note.Dest for note in annotations if "/Dest" in note]
            targets = [to if isinstance(to, pikepdf.Array) else places[str(to)] for to in given]
            assert len(targets) == 3 and all(start <= numbers[to[0].objgen] < end for to in targets)
        contents = [note for note in pdf.pages[0].Annots if "/Dest" in note]
        assert {numbers[note.Dest[0].objgen] for note in contents} == set(starts[1:])


def _below(mark: Any) -> list[Any]:
    found = [mark.First]
    while "/Next" in found[-1]:
        assert found[-1].Next.Prev.objgen == found[-1].objgen
        found.append(found[-1].Next)
    assert mark.Last.objgen == found[-1].objgen
    return found


def test_no_page_is_kept_that_nobody_sees(pack: Path) -> None:
    with pikepdf.open(pack) as pdf:
        held = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Page"]
        assert len(held) == len(pdf.pages)


def test_tags_that_nothing_puts_together_are_refused(pack: Path, tmp_path: Path) -> None:
    with pikepdf.open(pack.with_name("one-a4.pdf")) as pdf:
        pdf.Root.StructTreeRoot.ClassMap = pikepdf.Dictionary()
        pdf.save(tmp_path / "odd.pdf")
    front, part = (_part(path) for path in (pack, tmp_path / "odd.pdf"))
    with pytest.raises(PublishingError, match="odd: nothing puts /ClassMap of its tags together"):
        merge((front, part))


def _part(path: Path) -> Part:
    with pikepdf.open(path) as pdf:
        return Part(path.stem, Finished(path.read_bytes(), len(pdf.pages), {}))


def test_a_sheet_that_cannot_be_printed_leaves_no_pack(print_pages: Callable[..., Printed]) -> None:
    bad = replace(_sheet("two"), html="<h1>Two</h1><p>\U00012000</p>")
    printed = print_pages([_sheet("one"), bad])
    assert printed.sheets == [] and [line.split(":")[0] for line in printed.findings] == ["docs/two.md"]
