"""Whether a sentence makes a claim of its own, or asks, denies or quotes it."""

from __future__ import annotations

import re

from publishing.checks.passages import Passage

_NOT = re.compile(
    r"\b(?:no|not|never|nobody|no[- ]one|none|neither|nor|nothing|nowhere|cannot|without|hardly|unproven|wrong(?:ly)?|false(?:ly)?|"
    r"doubt(?:s|ed|ful)?|untrue|avoid|beware|wary|myths?|promis(?:e|es|ed|ing)|claims? of|instead of|rather than|far from|"
    r"fail(?:s|ed)? to|(?:is|are|was|were|do|does|did|has|have|had|can|could|should|would|will|wo|ca|must|need)n[’']t)\b",
    re.IGNORECASE,
)
_ASSURES = re.compile(
    r"\b(?:no (?:doubt|wonder|question)|not (?:only|just|merely|surprising(?:ly)?)|(?:nobody|no[- ]one) (?:doubts|disputes|denies)|"
    r"without (?:a |any )?(?:doubt|question)|never fails|cannot fail|nothing (?:else|but))\b",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(
    r"[;:—–]|\b(?:but|because|yet|although|though|while|whereas|still|however|since)\b"
    r"|(?:, | )(?:and|so) (?:(?:it|this|that|they|we|you|there|acupuncture|(?:dry )?needling) )?(?:is|are|was|has|have|can|will|does|it|they|[a-z]+s)\b"
    r"|, (?:it|this|they|we|you|acupuncture|(?:dry )?needling)\b",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[\"”’']?(?: \w+)? (?:is|are|was|were|has|have|would be) (?:(?:also|still|only|just|simply|plainly) )?"
    r"(?:not|never|no\b|false|wrong|untrue|unproven|an? (?:myth|guess|mistake|claim|lie|idea|theory|hypothesis)|too strong|misleading)",
    re.IGNORECASE,
)

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s|\s\|")

_FAR = 400
"""Letters back to which a denial is looked for."""


def asks(passage: Passage, end: int) -> bool:
    """Whether the words before ``end`` stand in a question; in a row, a question of another sentence or cell is none of theirs."""
    rest = passage.text[end:]
    if passage.kind in ("row", "caption"):
        rest = _SENTENCE_END.split(rest, maxsplit=1)[0]
    return rest.rstrip("\"”’') ").endswith("?")


def asserts(passage: Passage, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` are claimed by the page itself."""
    text = passage.text
    if passage.is_quoted(start, end) or asks(passage, end):
        return False
    far = max(0, start - _FAR)
    clauses = [clause.end() for clause in _NEW_CLAUSE.finditer(text, far, start)]
    before = _ASSURES.sub("", text[clauses[-1] if clauses else far : start])
    return not _NOT.search(before) and not _DENIED_AFTER.match(text[end:])
