"""Reads a finished PDF back, and names the words of its pages that it does not carry.

Last step of the print room, by another engine than the one that set the sheet. It takes the words from the rendered
page itself, not from what the print room made of it, so that nothing can be lost on the way without a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing import pages
from publishing.print.article import classes, elements
from publishing.print.reading import as_heard, as_seen
from publishing.records import Element, Finding, Node

_PAGES_APART = 2500
"""Letters that may stand between two words of a page: a footer, notes, a header, an address."""
_PARTED_FROM = 16
"""Letters from which on a word (a host's name) may be parted anywhere, where a line has no room for it."""
_BEHIND = 7
"""So many words tell one place from another: fewer may stand in a running title too."""
_NAMED = 3
_BREAKS = re.compile(r"\s+|(?<=[/._\-–—])")
"""Where a line, and so a page, may end: also within an address, a range of numbers, or a compound."""
_NOT_YET_NUMBERED = re.compile(r"\(see page\s+0123456789\s*\)")
"""What print adds to a part of a booklet: its digits might be taken for a word of the page."""
_SILENT_ASCII = re.compile(r"[\s\x00-\x1f\x7f-]+")
_UNPRINTED_TAGS = frozenset(("svg", "rp", "title", "audio", "iframe", "object", "video", "math", "datalist"))
_UNPRINTED_CLASSES = frozenset(("headerlink", "footnote-ref", "footnote-backref", "linenos", "tabbed-labels"))


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says, in its order; ``notes`` stand at the foot of some sheet, wherever that is."""

    body: tuple[str, ...]
    notes: tuple[str, ...]


def pages_of(pdf: Path | bytes) -> list[str]:
    import pypdfium2  # type: ignore[import-untyped]  # brings no types; loaded by those who read back alone

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def text_of(pdf: Path | bytes) -> str:
    """In one line, as a reader would copy it."""
    return " ".join(unicodedata.normalize("NFC", " ".join(pages_of(pdf))).replace("\u2060", "").split())


def squeezed(text: str) -> str:
    """Letters alone: no blanks, no ligatures, no marks for breaking, no hyphens that a line end might add or hide."""
    if text.isascii():
        return _SILENT_ASCII.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    return text.translate(dict.fromkeys(ord(letter) for letter in set(text) if _is_silent(letter)))


def words_of(html: str) -> Words:
    """The words of a rendered page as paper should carry them, each tab's label before its text."""
    body: list[str] = []
    notes: list[str] = []
    for text, is_note in _texts(pages.article(html)):
        shown = filter(None, map(squeezed, _BREAKS.split(text)))
        (notes if is_note else body).extend(shown)
    return Words(tuple(body), tuple(notes))


def lost(read: Sequence[Words], printed: str) -> list[list[str]]:
    """For each page the words that the print lacks, or has in another place; the pages in the order of the print."""
    given, place = squeezed(printed), 0
    missing = []
    for page in read:
        missing.append([word for word in page.notes if word not in given])
        for index, word in enumerate(page.body):
            found = _place(page.body, index, given, place)
            end = found + len(word) if found >= 0 else _end_of_parted(word, given, place)
            if end < 0:
                missing[-1].append(word)
            else:
                place = end
    return missing


def _place(body: Sequence[str], index: int, given: str, place: int) -> int:
    """Where a word stands from ``place`` on; -1 where it does not, or where those behind it come first."""
    if given.startswith(body[index], place):
        return place
    if not index:
        return _start(body, given, place)
    end = place + _PAGES_APART
    found = given.find(body[index], place, end)
    behind = "".join(body[index + 1 : index + _BEHIND])
    return -1 if behind and 0 <= given.find(behind, place, end) < found else found


def _end_of_parted(word: str, given: str, place: int) -> int:
    """Where a long word ends that the end of a page parts; -1 where it is not there."""
    for cut in range(len(word) - 1, 0, -1) if len(word) >= _PARTED_FROM else ():
        if given.startswith(word[:cut], place):
            rest = given.find(word[cut:], place + cut, place + _PAGES_APART)
            if rest >= 0:
                return rest + len(word) - cut
    return -1


def _start(body: Sequence[str], given: str, place: int) -> int:
    """Where a page begins: a cover and a list of contents may have its first words, but not as many in a row."""
    runs = ("".join(body[:count]) for count in (8, 4, 2, 1))
    return next((found for run in runs if (found := given.find(run, place)) >= 0), -1)


def losses(pdf: bytes, held: Mapping[str, Words]) -> dict[str, tuple[str, ...]]:
    """The words that this PDF lacks, by the source of their page; ``held``: all its pages, in its order."""
    read = list(held.values())
    missing = lost(read, _NOT_YET_NUMBERED.sub(" ", as_seen(pdf)))
    if any(missing):  # or only in another place, where a part of a table goes on overleaf
        missing = lost(read, _NOT_YET_NUMBERED.sub(" ", as_heard(pdf)))
    return {source: tuple(words) for source, words in zip(held, missing, strict=True) if words}


def loss_findings(name: str, missing: Mapping[str, Sequence[str]], docs: str) -> Iterator[Finding]:
    """One for each page that lost words in this PDF."""
    for source, words in missing.items():
        more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
        said = ", ".join(f"'{word}'" for word in words[:_NAMED]) + more
        message = (
            f"{name} does not carry {said}. Write it as plain text, a list or a table; "
            'where it is for the screen alone, put data-print="off" on the element round it.'
        )
        yield Finding(f"{docs}/{source}", 0, "print-loss", message)


def _is_silent(letter: str) -> bool:
    """Also what Cn holds, since the engine marks a hyphen at a line's end by a letter that is none."""
    return letter.isspace() or letter in "-\u2010\u2011\u0338" or unicodedata.category(letter) in ("Cf", "Cn", "Cc")


def _texts(article: Element) -> Iterator[tuple[str, bool]]:
    """Every text that is not for the screen alone, and whether it is a footnote's; without recursion, at any depth."""
    waiting: list[tuple[Node, bool]] = [(article, False)]
    while waiting:
        node, is_note = waiting.pop()
        if isinstance(node, str):
            yield node, is_note
        elif not _is_unprinted(node):
            is_note = is_note or (node.tag == "div" and "footnote" in classes(node))
            waiting.extend((child, is_note) for child in reversed(_in_order(node)))


def _is_unprinted(node: Element) -> bool:
    given = node.attributes
    is_for_screen = given.get("data-print") == "off" or pages.is_hidden(given)
    return is_for_screen or node.tag in _UNPRINTED_TAGS or bool(_UNPRINTED_CLASSES & classes(node))


def _in_order(node: Element) -> Sequence[Node]:
    if node.tag == "details":
        return sorted(node.children, key=lambda child: isinstance(child, str) or child.tag != "summary")
    if "tabbed-set" not in classes(node):
        return node.children
    parts = {name: child for child in elements(node) for name in classes(child)}
    if "tabbed-labels" not in parts or "tabbed-content" not in parts:
        return node.children
    labels, blocks = elements(parts["tabbed-labels"]), elements(parts["tabbed-content"])
    return [part for pair in zip(labels, blocks, strict=False) for part in pair]
