"""Forms of words that a rule looks for, each tried only where one of its hints stands: most sentences have none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from publishing.checks.sentences import Span


class Form:
    """``hints``: letters in lower case, one of which stands in whatever the pattern finds."""

    def __init__(self, hints: Iterable[str], pattern: str) -> None:
        self._hints = tuple(hints)
        self._source = pattern

    def places(self, text: str, lower: str) -> Iterable[Span]:
        for hint in self._hints:  # any() would take three times as long, and this runs most of all
            if hint in lower:
                return (match.span() for match in self._pattern.finditer(text))
        return ()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, re.IGNORECASE)  # compiled when first needed: a site may never need it


def found(forms: Iterable[Form], text: str) -> list[Span]:
    """Where the text has any of the forms, in its order; of two that overlap, the one that begins first."""
    lower = text.lower()
    places: list[Span] = []
    for start, end in sorted((place for form in forms for place in form.places(text, lower)), key=_longest_first):
        if not places or start >= places[-1][1]:
            places.append((start, end))
    return places


def _longest_first(place: Span) -> Span:
    return place[0], -place[1]
