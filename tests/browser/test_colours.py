"""Contrast of every pair of colours that stands together, as the browser computes them, in both schemes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

Visit = Callable[..., Page]
LEVELS = ("emergency", "urgent", "ask", "self-care")
GROUNDS = ("paper", "card", "sunk", *(f"{level}-ground" for level in LEVELS))
WORDS = [(words, ground) for words in ("ink", "heading", "quiet", "link", "link-strong") for ground in GROUNDS]
FOUND = [(words, "found") for words in ("ink", "heading", "link-strong")]
RISKS = [pair for level in LEVELS for pair in ((f"{level}-on", level), (level, f"{level}-ground"), (level, "paper"))]
BUTTONS = [("paper", "link"), ("emergency", "card")]
EDGES = [(edge, ground) for edge in ("edge", "focus") for ground in ("paper", "card", "sunk")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_edges_stand_out(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    for pairs, least in ((WORDS + FOUND + RISKS + BUTTONS, 4.5), (EDGES, 3.0)):
        faint = {pair: round(contrast(page, *pair), 2) for pair in pairs if contrast(page, *pair) < least}
        assert not faint, f"{scheme}, below {least}"


def contrast(page: Page, front: str, ground: str) -> float:
    """WCAG 2 contrast of two colours of tokens.css."""
    light, dark = sorted((luminance(page, front), luminance(page, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(page: Page, name: str) -> float:
    value = str(page.evaluate("name => getComputedStyle(document.body).getPropertyValue('--' + name).trim()", name))
    shares = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
