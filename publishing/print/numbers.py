"""Puts the numbers of pages into finished PDFs, which are set before anybody knows them.

The template keeps room for each, and writes letters there in a colour of their own: Typst sets such a run as one, in its own
place. The colour says which number is meant, and the run has every letter that the number may need, in its own font.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf

from publishing.records import PublishingError

DIGITS = "0123456789"
FOOTER = 0
"""The key of a footer's number, which ends at the right edge. Others begin where they stand, and are digits alone."""
_FOOT = "Page\u00a0of"
_RUN = re.compile(
    rb"(q 1 0 0 -1 \S+ \S+ cm/\w+ cs )0\.003921569 (\S+) (\S+) scn\n"
    rb"BT 0 Tr/(\w+) (\S+) Tf 1 0 0 -1 0 0 Tm(\[.*?\])TJ\nET",
    re.DOTALL,
)


def footer(number: int, count: int) -> str:
    return f"Page\u00a0{number}\u00a0of\u00a0{count}"


def put_in(page: Any, told: Callable[[int], str]) -> set[int]:
    """``told`` gives the words for a key; gives the keys that stand on the page."""
    content, found = page.Contents.read_bytes(), set()

    def write(run: re.Match[bytes]) -> bytes:
        start, high, low, font, size, shown = run.groups()
        key = _byte(high) << 8 | _byte(low)
        found.add(key)
        letters, glyphs = (_FOOT if key == FOOTER else "") + DIGITS, _glyphs(shown)
        if len(glyphs) != len(letters):
            raise PublishingError(f"the room for a page number holds {len(glyphs)} letters, not {len(letters)}.")
        named = dict(zip(letters, glyphs, strict=True))
        given = [named[letter] for letter in told(key)]
        left = -_width(page.Resources.Font[f"/{font.decode()}"], given) * float(size) / 1000 if key == FOOTER else 0
        written = b"".join(given).hex().encode()
        return b"%s0 0 0 scn\nBT 0 Tr/%s %s Tf 1 0 0 -1 %.3f 0 Tm<%s>Tj\nET" % (start, font, size, left, written)

    page.Contents.write(_RUN.sub(write, content))
    return found


def _byte(part: bytes) -> int:
    return round(float(part) * 255)


def _glyphs(shown: bytes) -> list[bytes]:
    """Two bytes each."""
    runs = [part for part in pikepdf.Object.parse(shown).as_list() if isinstance(part, pikepdf.String)]
    text = b"".join(map(bytes, runs))
    return [text[place : place + 2] for place in range(0, len(text), 2)]


def _width(font: Any, glyphs: list[bytes]) -> float:
    """In thousandths of the size. Typst lists every run of equal widths as first, last, width."""
    given = list(font.DescendantFonts[0].W)
    widths: dict[int, float] = {}
    for first, last, width in zip(given[::3], given[1::3], given[2::3], strict=True):
        widths |= dict.fromkeys(range(int(first), int(last) + 1), float(width))
    return sum(widths[int.from_bytes(glyph, "big")] for glyph in glyphs)
