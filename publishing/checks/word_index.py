"""Words -> what each may be a part of, remembered: nearly every word of a page has stood on a page before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse
from typing import Generic, TypeVar

Name = TypeVar("Name")
_MANY = 50_000
"""Words that are remembered."""


class WordIndex(Generic[Name]):
    """``wanted``: what is looked for -> a pattern that finds something in one of its words, in lower case."""

    def __init__(self, wanted: Mapping[Name, re.Pattern[str]]) -> None:
        self._dull: set[str] = set()
        self._held: dict[str, tuple[Name, ...]] = _Held(wanted, self._dull)

    def is_dull(self, words: Iterable[str]) -> bool:
        """Whether none of the words is known to be a part of anything."""
        return self._dull.issuperset(words)

    def parts(self, words: Sequence[str]) -> Iterator[Name]:
        """What they may be parts of; a name may come twice."""
        for word in filterfalse(self._dull.__contains__, words):  # nearly none
            yield from self._held[word]


class _Held(dict[str, tuple[Name, ...]]):
    def __init__(self, wanted: Mapping[Name, re.Pattern[str]], dull: set[str]) -> None:
        self._wanted = wanted
        self._dull = dull

    def __missing__(self, word: str) -> tuple[Name, ...]:
        lower = word.lower()
        names = tuple(name for name, pattern in self._wanted.items() if pattern.search(lower))
        if len(self) + len(self._dull) < _MANY:
            if names:
                self[word] = names
            else:
                self._dull.add(word)
        return names


def word_pattern(letters: str, worth: Callable[[str], int] = len) -> str:
    """For a word that stands wherever the letters do, the one of most worth: ' in ' is a word of its own, 'of ' ends one."""
    pieces = letters.split(" ")
    place = max(range(len(pieces)), key=lambda place: worth(pieces[place]))
    return f"{'^' if place else ''}{re.escape(pieces[place])}{'$' if place < len(pieces) - 1 else ''}"
