"""The block ``/// changes``: every change of every sheet, the corrections first, newest first, from ``data/changes.yml``."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from publishing.blocks import FilledBlock
from publishing.changes import CARDS, KINDS, Change
from publishing.data import Register
from publishing.days import in_words
from publishing.tree import put

_NONE = "None so far."
_HEADS = ("Day", "Sheet", "What changed", "Editions")


class ChangesBlock(FilledBlock):
    """`/// changes`."""

    NAME = "changes"
    CLASS = "changes"

    def fill(self, element: Element) -> None:
        register: Register[Change] = self.config["changes"]
        newest_first = sorted(register.entries.values(), key=lambda change: change.date, reverse=True)
        _put_part(element, "Corrected figures and advice", [one for one in newest_first if one.kind == "correction"])
        _put_part(element, "Other changes", [one for one in newest_first if one.kind != "correction"])


def _put_part(parent: Element, title: str, changes: Iterable[Change]) -> None:
    rows = list(changes)
    put(parent, "h3", title)
    if not rows:
        put(parent, "p", _NONE)
        return
    table = put(parent, "table")
    head = put(put(table, "thead"), "tr")
    for words in _HEADS:
        put(head, "th", words, scope="col")
    body = put(table, "tbody")
    for change in rows:
        _put_change(put(body, "tr"), change)


def _put_change(row: Element, change: Change) -> None:
    put(row, "td", in_words(change.date))
    if change.sheet == CARDS:
        put(row, "td", "Wallet cards")
    else:
        put(put(row, "td"), "a", change.sheet, href=f"/{change.sheet}")
    what = put(row, "td")
    put(what, "span", f"{KINDS[change.kind]}: {change.what}")
    if change.why:
        what[-1].tail = " "
        put(what, "span", f"Why: {change.why}")
    put(row, "td", f"{change.old} became {change.new}" if change.old else change.new)
