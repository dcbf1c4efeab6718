"""Code that stands in a page itself: its parsed HTML -> the scripts and styles that a strict policy would not run.

Part of ``publishing/pages.py``, which alone decides what is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from publishing.nodes import Found
from publishing.records import Inline

# Any other type holds data, which no browser runs.
_RUN = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma)script|text/(?:jscript|livescript|javascript1\.[0-5])"
)
_LEADS = {"a": "href", "area": "href", "iframe": "src", "form": "action"}
_ADDRESSES = ("href", "src", "action", "formaction")
_INERT = frozenset(
    ("class", "id", "title", "alt", "role", "aria-label", "aria-hidden", "data-cite", "data-search-exclude")
)
"""Attributes that run nothing, whatever they say."""
_CONTROLS = re.compile(r"[\x00-\x20]+")


def found(elements: Sequence[Found]) -> Iterator[Inline]:
    """Scripts that a browser would run, styles, event handlers and script addresses."""
    for node, tag, attributes in elements:
        if (
            tag == "script"
            and "src" not in attributes
            and _RUN.fullmatch((attributes.get("type") or "").strip().lower())
        ):
            yield Inline("script", _as_parsed(node.text()))
        elif tag == "style":
            yield Inline("style", _as_parsed(node.text()))
        for name, value in attributes.items():
            if name in _INERT:
                continue  # most of them
            if name == "style":
                yield Inline("style attribute", value or "")
            elif name.startswith("on") and name[2:].isalpha():
                yield Inline("event handler", f'{name}="{value or ""}"')
            elif name in _ADDRESSES and value and ":" in value and (name == "formaction" or _LEADS.get(tag) == name):
                yield from _script_addresses(attributes)


def _script_addresses(attributes: Mapping[str, str | None]) -> Iterator[Inline]:
    for name in _ADDRESSES:
        address = attributes.get(name) or ""
        if _CONTROLS.sub("", address[:40]).lower().startswith("javascript:"):
            yield Inline("script address", f'{name}="{address}"')


def _as_parsed(text: str) -> str:
    """Line ends as a browser reads them, since it is this text whose hash counts."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
