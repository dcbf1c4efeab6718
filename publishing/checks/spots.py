"""Which passages of a page may hold what a rule on words looks for; most do not, and are spared its patterns.

Told by letters that must stand there, word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from publishing.checks.amounts import SIGN
from publishing.checks.stems import stems, tells
from publishing.checks.word_index import WordIndex, word_pattern

AMOUNT, BAND = "an amount", "how often"
_BANDS = "common|rare|frequent|seldom|hardly|scarcely|almost"
Spots: TypeAlias = "Mapping[str, Sequence[int]]"
"""What is looked for -> the passages of a page that may hold it, by their number."""


class Spotter:
    """``wanted``: what is looked for -> a pattern that finds something in one of its words, in lower case."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._index = WordIndex({name: re.compile(pattern) for name, pattern in wanted.items()})

    def places(self, passages: Iterable[Sequence[str]]) -> Spots:
        """``passages``: the words of each."""
        found: dict[str, list[int]] = {}
        for place, words in enumerate(passages):
            if not self._index.is_dull(words):
                for name in self._index.parts(words):
                    found.setdefault(name, []).append(place)
        return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}


@lru_cache(maxsize=8)
def spotter(patterns: tuple[str, ...]) -> Spotter:
    """For amounts, words such as 'rare', and whatever these patterns find."""
    return Spotter({AMOUNT: SIGN, BAND: _BANDS} | {pattern: _needed(pattern) for pattern in patterns})


def _needed(pattern: str) -> str:
    """Letters of one word, some of which stand in whatever the pattern finds; a pattern for any word where none is sure to."""
    return "|".join(word_pattern(letters, tells) for letters in stems(pattern))
