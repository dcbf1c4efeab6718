"""Brings the pictures of the pages into the workshop, where Typst may read them.

A picture is named by its content, so that one that stands on ten pages is embedded once. Colours that a
browser takes from its surroundings (``currentColor``, ``var()``) become black, as text on paper is.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urljoin, urlsplit
from xml.sax.saxutils import escape, quoteattr

from publishing.print.article import classes, elements, words
from publishing.print.code import call, clean
from publishing.records import Element, Node

if TYPE_CHECKING:
    from publishing.print.desk import Desk

_MAGIC = ((b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"RIFF", "webp"))
_SVG_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s)*<svg\b", re.DOTALL
)
_VARIABLE = re.compile(r"var\(\s*--[\w-]+\s*(?:,\s*([^()]*(?:\([^()]*\))?[^()]*))?\)")
_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]*?(;base64)?,(.*)", re.DOTALL)
_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_DRAWING = "a drawing in the page"
_LETTERS = frozenset(("twemoji", "emojione", "gemoji"))
_SOUGHT = "Put the file under the docs folder and check the path."


class _Lacking(Exception):
    """Why there is no picture, and what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    file: str
    alt: str
    """'' for one that only decorates."""
    width: float | None
    """In CSS pixels; None where the page gives none."""
    is_icon: bool = False

    def in_line(self) -> str:
        return call("small-picture", file=self.file, alt=self.alt, width=self.width, icon=self.is_icon)

    def block(self, caption: str) -> str:
        return call("large-picture", *([caption] if caption else []), file=self.file, alt=self.alt, width=self.width)


class Pictures:
    """``find`` gives the file behind an address under the site's root; ``site_url`` ends in a slash or is ''."""

    def __init__(self, find: Callable[[str], Path | None], workshop: Path, site_url: str) -> None:
        self._find = find
        self._workshop = workshop
        self._root = site_url or "http://this-site.invalid/"
        self.pages: dict[str, str] = {}
        """The last page that holds it, by the name of a picture."""

    def take(self, node: Element, desk: Desk) -> Picture | str | None:
        """The picture; its text where it stands for a letter; None with a finding where it cannot be had."""
        alt = clean(node.attributes.get("alt", "")).strip()
        if classes(node) & _LETTERS:
            return alt or node.attributes.get("title", "")
        try:
            if node.tag == "svg":
                return self._inline_svg(node, desk)
            source = node.attributes.get("src", "")
            if "alt" in node.attributes and self._is_away(source, desk):
                return f"[Picture on the web: {alt}]" if alt else ""
            if "alt" not in node.attributes:
                raise _Lacking(
                    f"{source} has no alternative text. Write ![what it shows](...), or ![](...) if it only decorates."
                )
            return self._store(source, self._content(source, desk), alt, _pixels(node), desk)
        except _Lacking as lack:
            desk.fault("print-picture", str(lack))
            return None

    def with_letters(self, letters: str) -> list[str]:
        """Pages with a drawing that has these letters: Typst does not say which."""
        drawings = ((page, self._workshop / name) for name, page in self.pages.items() if name.endswith(".svg"))
        return [page for page, file in drawings if letters in file.read_text(encoding="utf-8")]

    def _content(self, source: str, desk: Desk) -> bytes:
        if source.startswith("data:"):
            return _decoded(source)
        address = self._address(source, desk)
        path = self._find(urlsplit(address.removeprefix(self._root)).path)
        if path is None:
            raise _Lacking(f"the picture {source} is not there. {_SOUGHT}")
        try:
            return path.read_bytes()
        except OSError as error:
            raise _Lacking(f"the picture {source} cannot be read ({error.strerror}). {_SOUGHT}") from None

    def keep(self, content: bytes, kind: str) -> str:
        """Lay a picture of the sheet's own into the workshop; gives its name there."""
        name = f"{hashlib.sha256(content).hexdigest()[:24]}.{kind}"
        (self._workshop / name).write_bytes(content)
        return name

    def _address(self, source: str, desk: Desk) -> str:
        return urljoin(self._root + desk.article.record.url.removeprefix("./"), source)

    def _is_away(self, source: str, desk: Desk) -> bool:
        """On another site, which a build does not visit."""
        return not source.startswith("data:") and not self._address(source, desk).startswith(self._root)

    def _store(self, source: str, content: bytes, alt: str, width: float | None, desk: Desk) -> Picture:
        kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")
        if not kind and _SVG_START.match(content):
            kind, content = "svg", _black(content.decode("utf-8", "replace")).encode()
        if not kind:
            shown = source if len(source) < 80 else source[:40] + "…"
            raise _Lacking(f"{shown} is not a picture that can be printed. Use SVG, PNG, JPEG, GIF or WebP.")
        name = self.keep(content, kind)
        self.pages[name] = desk.article.record.source
        return Picture(name, alt, width, is_icon=source == _DRAWING and width is None)

    def _inline_svg(self, node: Element, desk: Desk) -> Picture:
        said = (words(part).rstrip(".") for part in elements(node, "title", "desc"))
        alt = clean(node.attributes.get("aria-label", "") or ". ".join(filter(None, said))).strip()
        if not alt and elements(node, "text"):
            raise _Lacking(f"{_DRAWING} has no title. Write <title>what it shows</title> in its <svg>.")
        drawn = f"<svg {_NAMESPACES}{_markup(node)[4:]}"
        return self._store(_DRAWING, drawn.encode(), alt, _pixels(node), desk)


def _pixels(node: Element) -> float | None:
    found = re.match(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*$", node.attributes.get("width", ""))
    return float(found[1]) if found else None


def _decoded(address: str) -> bytes:
    found = _DATA_ADDRESS.match(address)
    try:
        if found:
            content = unquote_to_bytes(found[2])
            return base64.b64decode(content, validate=True) if found[1] else content
    except binascii.Error:
        pass
    raise _Lacking(f"a picture written into the page cannot be read. {_SOUGHT}")


def _black(drawing: str) -> str:
    drawing = _VARIABLE.sub(lambda found: (found[1] or "").strip() or "#000", drawing)
    return re.sub(r"\bcurrentcolor\b", "#000", drawing, flags=re.IGNORECASE)


def _markup(node: Node) -> str:
    """An inline drawing as a file of its own; the page's size for it is set by the template, in its own shape."""
    if isinstance(node, str):
        return escape(clean(node))
    dropped = ("width", "height") if node.tag == "svg" and "viewBox" in node.attributes else ()
    kept = {
        name: value for name, value in node.attributes.items() if name not in dropped and not name.startswith("xmlns")
    }
    attributes = "".join(f" {name}={quoteattr(clean(value))}" for name, value in kept.items())
    return f"<{node.tag}{attributes}>{''.join(map(_markup, node.children))}</{node.tag}>"
