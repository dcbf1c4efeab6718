"""What a page loads without a click: its parsed HTML -> the addresses of pictures, frames, scripts, styles and fonts.

Part of ``publishing/pages.py``, which alone decides what is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publishing.nodes import Found, elements, whole

_BY_ATTRIBUTE = frozenset(("src", "srcset", "imagesrcset", "poster", "background", "style", "srcdoc"))
_BY_HREF = frozenset(("link", "base", "use", "image", "feImage"))
BY_TAG = _BY_HREF | {"object", "style"}
# A link element of these kinds only names a page; every other kind makes the browser go there.
_ONLY_NAMED = frozenset(("alternate", "author", "canonical", "help", "license", "me", "next", "prev", "search", "tag"))
_STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_STYLE_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))|(?:@import|image-set\()\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)


def addresses(elements: Sequence[Found]) -> Iterator[str]:
    """In page order, as they are written; '' for a picture that names none."""
    for node, tag, attributes in elements:
        if tag in BY_TAG or not _BY_ATTRIBUTE.isdisjoint(attributes):
            for address in _of(node, tag, attributes):
                if not address.strip().lower().startswith("data:"):
                    yield address


def style_text(style: str) -> str:
    """Declarations as CSS reads them: comments gone, escapes resolved."""
    return _STYLE_ESCAPE.sub(_unescape, _STYLE_COMMENT.sub("", style)) if style else ""


def _of(node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    if "src" in attributes:
        yield attributes["src"] or ""
    for name in ("poster", "background"):
        if address := attributes.get(name):
            yield address
    for name in ("srcset", "imagesrcset"):
        yield from _candidates(attributes.get(name) or "")
    if tag == "object" and attributes.get("data"):
        yield attributes["data"] or ""
    address = (attributes.get("href") or attributes.get("xlink:href")) if tag in _BY_HREF else None
    if address and not (tag == "link" and _is_only_named(attributes)):
        yield address
    yield from _of_style(node.text() if tag == "style" else attributes.get("style") or "")
    if document := attributes.get("srcdoc"):
        yield from _of_document(document)


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of 'a.png 1x, b.png 2x'; a comma parts two of them only after a blank or before one."""
    is_address = True
    for word in srcset.split():
        if not is_address:
            _, comma, word = word.partition(",")
            is_address = bool(comma)
        if is_address and (address := word.strip(",")):
            yield address
            is_address = word.endswith(",")


def _is_only_named(link: Mapping[str, str | None]) -> bool:
    kinds = (link.get("rel") or "").lower().split()
    return all(kind in _ONLY_NAMED for kind in kinds)


def _of_style(style: str) -> Iterator[str]:
    if "(" in style or "@" in style or "\\" in style:
        for found in _STYLE_ADDRESS.findall(style_text(style)):
            yield from filter(None, found)


def _of_document(html: str) -> Iterator[str]:
    """A page within the page; nothing of a page within that one, which nobody writes by hand."""
    document = LexborHTMLParser(f"<body>{html}")
    for frame in document.css("[srcdoc]"):
        frame.decompose()
    yield from addresses(elements(whole(document)))


def _unescape(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if code < 0x110000 else ""
