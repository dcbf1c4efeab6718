"""The structural gate: a good file passes, and one that is broken in a single way is named for that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.print.conftest import Printed, html_of, record
from tests.print.gate import faults
from tests.print.reading import Tag, attribute, children, tags_of

PAGE = """# A page

First words, with [a link](https://example.org/).

## A part

- one
- two

| Head | Other |
|------|-------|
| a    | b     |

<svg viewBox="0 0 9 9" role="img" width="90"><title>A square</title><rect width="9" height="9"/></svg>

Last words.
"""


def _first(pdf: pikepdf.Pdf, name: str) -> Any:
    return next(tag.node for tag in tags_of(pdf) if tag.name == name)


def _name(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        _first(pdf, old).S = pikepdf.Name(new)

    return change


def _set(name: str, key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        _first(pdf, name)[key] = value

    return change


def _drop_scope(pdf: pikepdf.Pdf) -> None:
    node = _first(pdf, "TH")
    assert attribute(Tag("TH", 0, node, "TR"), "/Scope") == "/Column"
    del node.A


def _swap(pdf: pikepdf.Pdf) -> None:
    document = _first(pdf, "Document")
    document.K = pikepdf.Array(reversed(list(children(document))))


def _drop_first(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        node = _first(pdf, name)
        node.K = pikepdf.Array(list(children(node))[1:])

    return change


def _repeat(pdf: pikepdf.Pdf) -> None:
    node = _first(pdf, "P")
    below = list(children(node))
    node.K = pikepdf.Array([*below, below[0]])


def _with_annotation(**fields: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        annotation = pdf.pages[0].Annots[0]
        for key, value in fields.items():
            if value is None:
                del annotation[f"/{key}"]
            else:
                annotation[f"/{key}"] = value

    return change


def _stream(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        content = page.Contents.read_bytes()
        assert old in content
        page.Contents = pdf.make_stream(content.replace(old, new, 1))

    return change


def _fonts(pdf: pikepdf.Pdf) -> list[Any]:
    fonts: Any = pdf.pages[0].Resources.Font
    return list(fonts.values())


def _font(key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        font: Any = next(iter(_fonts(pdf)))
        holder = font if key == "/ToUnicode" else font.DescendantFonts[0].FontDescriptor
        assert key in holder
        del holder[key]

    return change


def _unembed(pdf: pikepdf.Pdf) -> None:
    for font in _fonts(pdf):
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def _root(key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = value

    return change


def _untitled(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = " "


def _without_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], Any], str]] = {
    "no claim": (_without_claim, "does not say that it is PDF/UA-1"),
    "no title": (_untitled, "has no title"),
    "another language": (_root("/Lang", "fr"), "language is fr"),
    "title not shown": (_root("/ViewerPreferences", pikepdf.Dictionary()), "does not show its title"),
    "not marked": (_root("/MarkInfo", pikepdf.Dictionary()), "is not marked as tagged"),
    "no tree": (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "has no structure tree"),
    "first heading below the first level": (_name("H1", "/H2"), "heading H2 after H0"),
    "a level left out": (_name("H2", "/H3"), "heading H3 after H1"),
    "heading without words": (lambda pdf: _first(pdf, "H2").__delitem__("/K"), "heading H2 without words"),
    "item outside of a list": (_name("L", "/Sect"), "LI in Sect"),
    "something else in a list": (_name("LI", "/P"), "L holds P"),
    "item without its text": (_name("LBody", "/P"), "list item without its text"),
    "item without its mark": (_drop_first("LI"), "list item without its mark"),
    "figure without alternative": (_set("Figure", "/Alt", pikepdf.String(" ")), "Figure without alternative text"),
    "head without scope": (_drop_scope, "head of a column or row without scope"),
    "cell outside of a row": (_name("TR", "/P"), "TH in P"),
    "tab key": (lambda pdf: pdf.pages[0].__delitem__("/Tabs"), "page 1: the tab key does not follow the structure"),
    "link without description": (_with_annotation(Contents=None), "page 1: a link without a description"),
    "link that is spelt out": (
        _with_annotation(Contents=pikepdf.String("https://example.org/")),
        "the link 'a link  (https://example.org/)' is spelt out as https://example.org/",
    ),
    "link out of the structure": (_with_annotation(StructParent=None), "page 1: a link that is not in the structure"),
    "another annotation": (_with_annotation(Subtype=pikepdf.Name("/Text")), "page 1: has a /Text that is no link"),
    "font not embedded": (_unembed, "is not embedded"),
    "font without a map": (_font("/ToUnicode"), "has no Unicode map"),
    "words out of the structure": (_stream(b"BDC", b"pop DP q"), "page 1: something outside of the structure"),
    "words that nothing holds": (
        lambda pdf: _first(pdf, "H1").__setitem__("/K", pikepdf.Array([])),
        "page 1: something outside of the structure",
    ),
    "words kept from the ear": (_stream(b"/Span", b"/Artifact"), "is kept from those who hear the page"),
    "words heard twice": (_repeat, "page 1: something that is heard twice"),
    "heard in another order": (_swap, "'Last words.' is heard after 'Words: CC BY 4.0"),
}


@pytest.fixture
def good(print_pages: Callable[..., Printed]) -> Path:
    printed = print_pages([record("page.md", html_of(PAGE), handout="true", checked="2026-11-22")])
    assert printed.findings == []
    return printed.pdf("page-a4")


@pytest.mark.parametrize("way", BROKEN)
def test_each_fault_is_named(way: str, good: Path, tmp_path: Path) -> None:
    change, said = BROKEN[way]
    assert faults(good) == []
    with pikepdf.open(good) as pdf:
        change(pdf)
        pdf.save(tmp_path / "broken.pdf")
    found = faults(tmp_path / "broken.pdf")
    assert any(said in line for line in found), found
