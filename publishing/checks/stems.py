"""A pattern -> letters of which some stand in whatever it finds, so that most pages are spared the pattern itself.

Read off the pattern as Python's own parser sees it; where that cannot tell, the pattern is tried everywhere.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")  # private, but the only reader of patterns there is
_EVERYWHERE = frozenset(
    ("back", "exercise", "needle", "needles", "pain", "muscle", "procedure", "therapy", "treatment")
)
"""Words of this guide's subject, which tell next to nothing."""
_INSIDE = {"SUBPATTERN": 3, "MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2}
"""Where the inner pattern stands in what the parser gives."""


def stems(pattern: str) -> tuple[str, ...]:
    """In lower case; () where nothing is sure to stand in every match."""
    found: frozenset[str] = max(_candidates(_PARSER.parse(pattern)), key=_worth, default=frozenset())
    return tuple(sorted(found)) if _worth(found) > 1 else ()


def all_stems(pattern: str) -> tuple[tuple[str, ...], ...]:
    """As ``stems``, for every part of the pattern that tells: whatever it finds has letters of each; shortest list first."""
    found = {letters for letters in _candidates(_PARSER.parse(pattern)) if _worth(letters) > 1}
    return tuple(sorted((tuple(sorted(letters)) for letters in found), key=lambda letters: (len(letters), letters)))


def _worth(letters: frozenset[str]) -> int:
    """By the longest word of each: 'the' stands everywhere, whatever blanks are round it."""
    words = (some.split() for some in letters)
    return min(
        (max((len(word) for word in some if word not in _EVERYWHERE), default=bool(some)) for some in words), default=0
    )


def _candidates(steps: Any) -> Iterator[frozenset[str]]:
    """Sets of letters, one of each set in every match: a run of letters, or one of each branch."""
    run = ""
    for step, value in steps:
        if str(step) == "LITERAL":
            run += chr(value).lower()
            continue
        yield frozenset({run})
        run = ""
        if str(step) == "BRANCH":
            best = [max(_candidates(branch), key=_worth, default=frozenset({""})) for branch in value[1]]
            yield frozenset().union(*best)
        elif str(step) in _INSIDE and (str(step) == "SUBPATTERN" or value[0] > 0):
            yield from _candidates(value[_INSIDE[str(step)]])
        elif str(step) == "ATOMIC_GROUP":
            yield from _candidates(value)
    yield frozenset({run})
