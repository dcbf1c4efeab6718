"""Which passages of a page may hold what a rule on words looks for; most do not, and are spared its patterns.

Told by letters that must stand there, word by word, since nearly every word of a page has stood on a page before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import filterfalse
from typing import TypeAlias

from publishing.checks.amounts import SIGN, may_count
from publishing.checks.passages import Passage
from publishing.checks.stems import stems

AMOUNT, BAND = "an amount", "how often"
_BANDS = "common|rare|frequent|seldom"
Spots: TypeAlias = "Mapping[str, Sequence[int]]"
"""What is looked for -> the passages of a page that may hold it, by their number."""
_MANY = 50_000
"""Words that are remembered."""


class Spotter:
    """``wanted``: what is looked for -> a pattern that finds something in one of its words, in lower case."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._held = _Held({name: re.compile(pattern) for name, pattern in wanted.items()})

    def places(self, texts: Iterable[str]) -> Spots:
        found: dict[str, list[int]] = {}
        held = self._held
        for place, text in enumerate(texts):
            for word in filterfalse(held.dull.__contains__, text.lower().split()):  # nearly none
                for name in held[word]:
                    found.setdefault(name, []).append(place)
        return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}


class _Held(dict[str, tuple[str, ...]]):
    """A word -> what it may be a part of; ``dull``: the words that are none of it."""

    def __init__(self, wanted: Mapping[str, re.Pattern[str]]) -> None:
        self.dull: set[str] = set()
        self._wanted = wanted

    def __missing__(self, word: str) -> tuple[str, ...]:
        names = tuple(name for name, pattern in self._wanted.items() if pattern.search(word))
        if len(self) + len(self.dull) < _MANY:
            if names:
                self[word] = names
            else:
                self.dull.add(word)
        return names


def counting(passages: Sequence[Passage], spots: Spots) -> Iterator[Passage]:
    """Those that may hold a figure, of a page's passages."""
    return (passages[place] for place in spots.get(AMOUNT, ()) if may_count(passages[place]))


@lru_cache(maxsize=8)
def spotter(patterns: tuple[str, ...]) -> Spotter:
    """For amounts, words such as 'rare', and whatever these patterns find."""
    return Spotter({AMOUNT: SIGN, BAND: _BANDS} | {pattern: _needed(pattern) for pattern in patterns})


def _needed(pattern: str) -> str:
    """Letters of one word, some of which stand in whatever the pattern finds; a pattern for any word where none is sure to."""
    return "|".join(re.escape(max(stem.split(), key=len, default="")) for stem in stems(pattern))
