"""A pattern -> letters of which some stand in whatever it finds, so that most pages are spared the pattern itself.

Read off the pattern as Python's own parser sees it; where that cannot tell, the pattern is tried everywhere.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")  # private, but the only reader of patterns there is
_EVERYWHERE = (
    "acupuncture", "back", "exercises", "needled", "needles", "needling", "pain", "muscles", "procedures", "therapy", "treatments", "people", "patients", "persons",
    "any", "better", "body", "every", "found", "known", "needs", "seen", "things", "your",
)  # fmt: skip
"""Words of this guide's subject, and others that are on most pages: they and their parts tell next to nothing."""
_INSIDE = {"SUBPATTERN": 3, "MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2}
"""Where the inner pattern stands in what the parser gives."""


def stems(pattern: str) -> tuple[str, ...]:
    """In lower case; () where nothing is sure to stand in every match."""
    found: frozenset[str] = max(_candidates(_PARSER.parse(pattern)), key=_worth, default=frozenset())
    return tuple(sorted(found)) if _worth(found) > 1 else ()


def needs(pattern: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each way to match: lists of letters, of each of which some stand in what it finds; shortest list first."""
    steps = _PARSER.parse(pattern)
    ways = steps[0][1][1] if len(steps) == 1 and str(steps[0][0]) == "BRANCH" else [steps]
    return tuple(tuple(sorted(map(_sorted, _telling(way)), key=len)) for way in ways)


def _telling(steps: Any) -> set[frozenset[str]]:
    return {letters for letters in _candidates(steps) if min(map(len, letters), default=0) > 1}


def _sorted(letters: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(letters))


def _worth(letters: frozenset[str]) -> int:
    """By the longest word of each that is not on most pages anyway: 'the' stands everywhere, whatever blanks are round it."""
    return min((max(map(tells, some.split()), default=0) for some in letters), default=0)


def tells(word: str) -> int:
    """How much the word says of what stands near: 0 for none, 1 for one that is on most pages, else its length."""
    return len(word) if len(word) < 3 or not any(word in common for common in _EVERYWHERE) else 1


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
