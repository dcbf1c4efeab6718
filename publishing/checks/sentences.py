"""Text with marks in it -> sentences, and each sentence -> its words and the places of what is quoted in it.

The marks (letters of no language) stand where the text has a citation, or where a quotation begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]

CITE, QUOTE, UNQUOTE, SAID, UNSAID = MARKS = "\ue000\ue001\ue002\ue003\ue004"
_QUOTATION = re.compile(
    r"""(?<!\w)"[^"]{1,400}"(?!\w)|“[^”]{1,400}”|(?<!\w)'(?:[^']|'(?=\w)){1,400}'(?!\w)|‘(?:[^’]|’(?=\w)){1,400}’"""
)
_OPENS_QUOTE = re.compile(r"""["“'‘](?<!\w["'])""")
_CLOSERS = rf"""[)\]"'”’{UNQUOTE}{UNSAID}]*"""
# Begins with a set of letters, for which Python looks far faster than for what stands before one.
# Its group is the next letter, where one follows before anything else is said.
_STOP = re.compile(
    rf"""[.!?…](?<![.!?…]{{2}})[.!?…]*{_CLOSERS}(?:\s*{CITE}{_CLOSERS})*(?=\s|$)(?=[\s{MARKS}"“‘'(\[]*(\w)?)"""
)
_STOP_WITHIN = re.compile(r"[.!?…][^\w\s]*\s")
"""Stands wherever a sentence ends before the text does; most texts are one sentence."""
_ABBREVIATION = re.compile(r"(?:^|\W)(?:dr|mr|mrs|ms|prof|st|vs|cf|ca|approx|e\.g|i\.e)\.$", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"(?:^|\W)(?:no|nos|p|pp|fig|vol)\.$", re.IGNORECASE)
_MAY_SHORTEN = frozenset(
    ("dr", "mr", "rs", "ms", "of", "st", "vs", "cf", "ca", "ox", ".g", ".e", "no", "os", "ig", "ol")
)
"""The last two letters of those: nearly all words end otherwise. 'p' has one alone."""

_ANY_MARK = re.compile(f"[{MARKS}]")
_ANY_SPAN = re.compile(f"[{QUOTE}{UNQUOTE}{SAID}{UNSAID}]")
_GAP = re.compile(r" (?=[.,;:!?)])")


class Words(NamedTuple):
    """A piece of text without its marks."""

    text: str
    quoted: tuple[Span, ...]
    said: tuple[Span, ...]


def mark_quotations(text: str) -> str:
    return _QUOTATION.sub(_in_marks, text) if _OPENS_QUOTE.search(text) else text


def _in_marks(quotation: re.Match[str]) -> str:
    return f"{QUOTE}{quotation[0]}{UNQUOTE}"


def sentences(text: str) -> list[str]:
    """A citation behind the full stop still belongs to the sentence before it."""
    return [*_sentences(text)] if _STOP_WITHIN.search(text) else [text]


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, stop):
            yield text[start : stop.end()].strip()
            start = stop.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends(text: str, stop: re.Match[str]) -> bool:
    following: str | None = stop[1]
    if following is None:
        return True
    if following.islower():
        return False
    start = stop.start()
    if text[max(0, start - 2) : start].lower() not in _MAY_SHORTEN and text[start - 1 : start] not in ("p", "P"):
        return True
    before = text[max(0, start - 9) : start + 1]
    return not (_ABBREVIATION.search(before) or (following.isdigit() and _BEFORE_NUMBER.search(before)))


def without_marks(piece: str) -> Words:
    if piece.isascii() or not _ANY_MARK.search(piece):
        return Words(piece, (), ())
    if not _ANY_SPAN.search(piece):
        return Words(_GAP.sub("", " ".join(piece.replace(CITE, "").split())), (), ())
    letters: list[str] = []
    spans: dict[str, list[Span]] = {UNQUOTE: [], UNSAID: []}
    opened: dict[str, int] = {}
    for letter in piece:
        if letter in (QUOTE, SAID):
            opened.setdefault(UNQUOTE if letter == QUOTE else UNSAID, len(letters))
        elif letter in spans:
            spans[letter].append((opened.pop(letter, 0), len(letters)))
        elif letter != CITE and not (letter == " " and letters[-1:] in ([], [" "])):
            if letter in ".,;:!?)" and letters[-1:] == [" "]:  # "bruise [1]." without its number
                letters.pop()
            letters.append(letter)
    for mark, start in opened.items():
        spans[mark].append((start, len(letters)))
    return Words("".join(letters).rstrip(), tuple(spans[UNQUOTE]), tuple(spans[UNSAID]))
