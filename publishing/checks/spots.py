"""Which passages of a page may hold what a rule on words looks for; most do not, and are spared its patterns.

Told by letters that must stand there, word by word, since nearly every word of a page has stood on a page before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from publishing.checks.amounts import SIGNS
from publishing.checks.passages import Passage
from publishing.checks.site import Site
from publishing.checks.stems import stems
from publishing.records import PageRecord

AMOUNT, BAND = "an amount", "how often"
_BANDS = ("common", "rare", "frequent", "seldom")
_ANY_DIGIT = re.compile(r"\d")
_MANY = 50_000
"""Words that are remembered."""


class Spotter:
    """``wanted``: what is looked for -> letters of which some stand in its words; in lower case, '0' for any digit."""

    def __init__(self, wanted: Mapping[str, Iterable[str]]) -> None:
        self._names: dict[str, list[str]] = {}
        for name, stems_of_it in wanted.items():
            for letters in stems_of_it:
                self._names.setdefault(letters, []).append(name)
        self._held = lru_cache(maxsize=_MANY)(self._in_word)
        self._dull: set[str] = set()

    def places(self, texts: Iterable[str]) -> Mapping[str, Sequence[int]]:
        """What is looked for -> the texts that may hold it, by their number."""
        found: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for word in text.lower().split():
                if word not in self._dull:  # nearly all are
                    for name in self._names_in(word):
                        found.setdefault(name, []).append(place)
        return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}

    def _names_in(self, word: str) -> tuple[str, ...]:
        names = self._held(word)
        if not names and len(self._dull) < _MANY:
            self._dull.add(word)
        return names

    def _in_word(self, word: str) -> tuple[str, ...]:
        word = _ANY_DIGIT.sub("0", word)
        return tuple({name for letters, names in self._names.items() if letters in word for name in names})


def counting(site: Site, page: PageRecord) -> Iterator[Passage]:
    """The passages that may hold an amount."""
    passages = site.passages(page)
    return (passages[place] for place in site.spots(page, AMOUNT))


@lru_cache(maxsize=8)
def spotter(patterns: tuple[str, ...]) -> Spotter:
    """For amounts, words such as 'rare', and whatever these patterns find."""
    return Spotter({AMOUNT: SIGNS, BAND: _BANDS} | {pattern: _needed(pattern) for pattern in patterns})


def _needed(pattern: str) -> tuple[str, ...]:
    """Letters of one word, some of which stand in whatever the pattern finds; '' where none is sure to."""
    return tuple(max(stem.split(), key=len, default="") for stem in stems(pattern)) or ("",)
