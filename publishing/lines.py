"""Finds the line of a page's source that shows given words; rendering has lost the line numbers by then."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_ENOUGH = 8
_FAR = 400
"""Letters that hold as many words as are enough."""


class SourceLines:
    """The words of one Markdown source, each with its line; those of its front matter are not on the page.

    ``in_head``: those of the front matter instead.
    """

    def __init__(self, text: str, *, in_head: bool = False) -> None:
        lines = text.removeprefix("\ufeff").splitlines()
        head = _head(lines)
        numbered = [(number, line) for number, line in enumerate(lines, 1) if (number <= head) is in_head]
        found = [(word, number) for number, line in numbered for word in _words(line)]
        self._words = [word for word, _ in found]
        self._numbers = [number for _, number in found]
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)

    def of(self, words: str) -> int:
        """The line on which the first words of ``words`` begin; 0 where the source has them nowhere.

        Words that only the source has between them (an address, a citation) are passed over; where several places
        would do, the one that passes over the fewest, and the first of those.
        """
        wanted = _words(words[:_FAR])[:_ENOUGH]
        if not wanted:
            return 0
        spans = ((self._span(start, wanted), start) for start in self._places.get(wanted[0], []))
        found = [(span, start) for span, start in spans if span is not None]
        return self._numbers[min(found)[1]] if found else 0

    def _span(self, start: int, wanted: list[str]) -> int | None:
        """How far the words reach from there; None where they do not follow."""
        place = start
        for word in wanted[1:]:
            window = self._words[place + 1 : place + 1 + _ENOUGH]
            if word not in window:
                return None
            place += 1 + window.index(word)
        return place - start


def _head(lines: list[str]) -> int:
    """How many lines the front matter takes; 0 where it is not closed."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((place + 1 for place, line in enumerate(lines) if place and line.rstrip() in ("---", "...")), 0)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
