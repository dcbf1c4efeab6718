"""Forms of words that a rule looks for, each tried only where one of its hints stands: most sentences have none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from publishing.checks.sentences import Span
from publishing.checks.word_index import WordIndex, word_pattern


class Form:
    """``hints``: letters in lower case, one of which stands in whatever the pattern finds; ``near``: a pattern that finds
    something, in lower case, wherever that one does, and sooner."""

    def __init__(self, hints: Iterable[str], pattern: str, near: str = "") -> None:
        self.hints = tuple(hints)
        self._source = pattern
        self._near = near

    def may_be_in(self, lower: str) -> bool:
        """Whether it is worth while to try the pattern."""
        if self._near:
            return bool(self._near_pattern.search(lower))
        return any(hint in lower for hint in self.hints)

    @cached_property
    def _near_pattern(self) -> re.Pattern[str]:
        return re.compile(self._near)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, re.IGNORECASE)  # compiled when first needed: a site may never need it


class Place(NamedTuple):
    """Where a form stands in a text."""

    start: int
    end: int
    form: Form


class Forms:
    """Several forms, told apart by the words of their hints."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = tuple(forms)

    @cached_property
    def _index(self) -> WordIndex[Form]:
        return WordIndex({form: re.compile("|".join(map(word_pattern, form.hints))) for form in self.forms})

    def found(self, text: str, words: Sequence[str]) -> list[Place]:
        """Every place where the text has one of the forms; ``words``: what stands between its blanks."""
        hinted = set(self._index.parts(words))
        lower = text.lower()
        tried = [form for form in hinted if form.may_be_in(lower)]
        return [Place(*match.span(), form) for form in tried for match in form.pattern.finditer(text)]


def apart(places: Iterable[Place]) -> list[Span]:
    """In the order of the text; of two that overlap, the one that begins first."""
    spans: list[Span] = []
    for start, end, _ in sorted(places, key=_longest_first):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _longest_first(place: Place) -> Span:
    return place.start, -place.end
