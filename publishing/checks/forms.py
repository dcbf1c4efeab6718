"""Forms of words that a rule looks for, each tried only where one of its hints stands: most sentences have none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

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
        if not any(hint in lower for hint in self.hints):
            return False
        return not self._near or bool(self._near_pattern.search(lower))

    @cached_property
    def _near_pattern(self) -> re.Pattern[str]:
        return re.compile(self._near)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, re.IGNORECASE)  # compiled when first needed: a site may never need it


class Forms:
    """Several forms, told apart by the words of their hints."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = tuple(forms)

    @cached_property
    def _index(self) -> WordIndex[Form]:
        return WordIndex({form: re.compile("|".join(map(word_pattern, form.hints))) for form in self.forms})

    def found(self, text: str) -> list[Span]:
        """Where the text has any of the forms, in its order; of two that overlap, the one that begins first."""
        lower = text.lower()
        hinted = {form for form in self._index.parts(lower.split()) if form.may_be_in(lower)}
        spans = [match.span() for form in hinted for match in form.pattern.finditer(text)]
        places: list[Span] = []
        for start, end in sorted(spans, key=_longest_first):
            if not places or start >= places[-1][1]:
                places.append((start, end))
        return places


def _longest_first(place: Span) -> Span:
    return place[0], -place[1]
