"""Code that stands in a page itself: its parsed HTML -> the scripts and styles that a strict policy would not run.

Part of ``publishing/pages.py``, which alone decides what is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publishing.records import Inline

# Any other type holds data, which no browser runs.
_RUN = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma)script|text/(?:jscript|livescript|javascript1\.[0-5])"
)
_HANDLER = re.compile(r"""[oO][nN](?<=[\s/"'][oO][nN])[a-zA-Z]+\s*=""")
_WITH_SCHEME = 'a[href*=":"], area[href*=":"], iframe[src*=":"], form[action*=":"], [formaction*=":"]'
_ADDRESSES = ("href", "src", "action", "formaction")
_CONTROLS = re.compile(r"[\x00-\x20]+")


def found(document: LexborHTMLParser, html: str) -> Iterator[Inline]:
    """Scripts that a browser would run, styles, event handlers and script addresses; ``html``: what was parsed."""
    written = {node.mem_id: node for node in document.css("script:not([src]), style, [style]")}  # some answer to two
    yield from (Inline("script", _as_parsed(node.text())) for node in written.values() if _is_run(node))
    yield from (Inline("style", _as_parsed(node.text())) for node in written.values() if node.tag == "style")
    for node in written.values():
        if "style" in node.attributes:
            yield Inline("style attribute", node.attributes["style"] or "")
    for node in document.css(_WITH_SCHEME):
        yield from _script_addresses(node)
    if _HANDLER.search(html):  # a page without any is not walked
        for node in document.css("*"):
            yield from _handlers(node)


def _is_run(node: LexborNode) -> bool:
    if node.tag != "script" or "src" in node.attributes:
        return False
    return bool(_RUN.fullmatch((node.attributes.get("type") or "").strip().lower()))


def _script_addresses(node: LexborNode) -> Iterator[Inline]:
    for name in _ADDRESSES:
        address = node.attributes.get(name) or ""
        if _CONTROLS.sub("", address[:40]).lower().startswith("javascript:"):
            yield Inline("script address", f'{name}="{address}"')


def _handlers(node: LexborNode) -> Iterator[Inline]:
    for name, value in node.attributes.items():
        if name.startswith("on") and name.isalpha():
            yield Inline("event handler", f'{name}="{value or ""}"')


def _as_parsed(text: str) -> str:
    """Line ends as a browser reads them, since it is this text whose hash counts."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
