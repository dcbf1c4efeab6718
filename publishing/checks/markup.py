"""Single elements that a reader could not use: pictures without words, links without a name, boxes of no known kind."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from posixpath import basename
from urllib.parse import urlsplit

from publishing.checks.parts import as_written, at, boxes, classes, is_named, name
from publishing.checks.site import Site
from publishing.pages import has_text
from publishing.parts import Part
from publishing.records import Element, Finding

KINDS = (
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check",
    "done", "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing",
    "danger", "error", "bug", "example", "quote", "cite",
)  # fmt: skip
"""The boxes that Material for MkDocs draws; 'risk' beside them is the project's own."""
# What else Material lets stand behind the kind of a box.
_PLACING = frozenset(("inline", "end", "annotate", "highlight", "on", "off"))
_NO_DESCRIPTION = frozenset(("image", "img", "picture", "photo", "figure", "icon", "graphic", "drawing", "alt"))
_FRAMES = frozenset(("iframe", "object", "embed"))
_PICTURES = _FRAMES | {"img", "input", "area", "svg"}
_DECORATES = frozenset(("presentation", "none"))


def missing_alt(site: Site) -> Iterator[Finding]:
    """Every picture says in words what it shows, or is marked as decoration."""
    for page in site.pages:
        for part in site.parts(page):
            if part.element.tag not in _PICTURES or part.is_hidden or _is_plain_input(part.element):
                continue
            address = as_written(site, page, _address(part.element))
            if message := _picture_fault(part.element, address):
                near = [*_path_words(address), *part.element.attributes.values()]
                yield at(site, page, "missing-alt", message, near)


def _is_plain_input(element: Element) -> bool:
    """A box to tick, the button of a tab: no picture."""
    return element.tag == "input" and element.attributes.get("type", "").lower() != "image"


def _picture_fault(element: Element, address: str) -> str | None:
    tag, attributes = element.tag, element.attributes
    if attributes.get("role", "").lower() in _DECORATES:
        return None
    if tag in ("img", "input"):
        return _description_fault(attributes.get("alt", "") or attributes.get("aria-label", ""), address)
    if tag == "area" and "href" in attributes and not has_text(name(element)):
        return f'the area of a picture that links to {address} has no description. Write alt="where it leads".'
    if tag == "svg" and attributes.get("role", "").lower() == "img" and not _has_title(element):
        return "a drawing has no description. Write '<title>What it shows</title>' as the first thing in its <svg>."
    if tag in _FRAMES and not has_text(name(element)):
        return f'the frame {address} has no description. Write title="What it shows".'
    return None


def _description_fault(text: str, address: str) -> str | None:
    mend = "Write '![What it shows](...)'; if it only decorates, write '{ role=presentation }' behind it."
    if not has_text(text):
        return f"the picture {address} has no description. {mend}"
    if text.strip().lower() in _NO_DESCRIPTION or text.strip() == basename(urlsplit(address).path):
        return f"the picture {address} has '{text.strip()}' for a description, which says nothing. {mend}"
    return None


def _has_title(drawing: Element) -> bool:
    titled = any(isinstance(child, Element) and child.tag == "title" for child in drawing.children)
    labels = (drawing.attributes.get(key, "") for key in ("aria-label", "aria-labelledby"))
    return any(map(has_text, labels)) or (titled and has_text(name(drawing)))


def empty_link(site: Site) -> Iterator[Finding]:
    """Every link has words, and an address."""
    for page in site.pages:
        for part in site.parts(page):
            element = part.element
            if element.tag != "a" or "href" not in element.attributes or part.in_code or part.is_hidden:
                continue
            if not is_named(element):
                href = as_written(site, page, element.attributes["href"])
                message = f"a link to {href or 'nowhere'} has no words. Write where it leads between the square brackets: '[words]({href})'."
                yield at(site, page, "empty-link", message, _path_words(href))
            elif not element.attributes["href"].strip():
                text = name(element)
                message = f"the link '{text}' leads nowhere. Write its address between the round brackets: '[{text}](page.md)'."
                yield at(site, page, "empty-link", message, [text])


def unknown_admonition(site: Site) -> Iterator[Finding]:
    """Every box is of a kind that the theme draws; a mistyped one would look like a plain note."""
    for page in site.pages:
        for part in boxes(site.parts(page)):
            if (kind := _unknown_kind(part)) is not None:
                text = f"{kind} {name(part.element)}"
                yield at(site, page, "unknown-admonition", _kind_message(kind), (text, kind, name(part.element)))


def _unknown_kind(part: Part) -> str | None:
    named = [kind.lower() for kind in classes(part.element)]
    is_box = "admonition" in named or part.element.tag == "details"
    kinds = [kind for kind in named if kind != "admonition"]
    if not is_box or part.in_code or not kinds or "risk" in kinds or not set(kinds).isdisjoint(KINDS):
        return None
    return next((kind for kind in kinds if kind not in _PLACING), kinds[0])


def _kind_message(kind: str) -> str:
    near = difflib.get_close_matches(kind, [*KINDS, "risk"], n=1)
    if near == ["risk"]:
        mend = "Write '/// risk | ' and the id of a risk."
    else:
        mend = f"Did you mean '{near[0]}'?" if near else f"Write one of: {', '.join(KINDS)}."
    return f"'{kind}' is not a kind of box, so that it would look like a plain note. {mend}"


def _address(element: Element) -> str:
    return next((element.attributes[key] for key in ("src", "href", "data") if element.attributes.get(key)), "")


def _path_words(address: str) -> list[str]:
    return [address, address.rpartition("/")[2]]
