"""The block ``/// clinic-numbers``: where a page shows whom to ring at the clinic.

Markdown leaves a place. The edition fills it once a page is rendered, and fills it anew for each clinic of a folder: the
page is the same for all of them but for this.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from publishing.blocks import BlockExtension, FilledBlock
from publishing.clinic import Clinic

PLACE = '<div class="clinic-numbers"></div>'
_ASK = "Before you leave, ask the clinic for its numbers by day and out of hours. Keep them with this page."
_DIALLED = frozenset("+0123456789 ()-./")


class ClinicNumbers(FilledBlock):
    """`/// clinic-numbers`."""

    NAME = "clinic-numbers"
    CLASS = "clinic-numbers"

    def fill(self, element: Element) -> None:
        """Whose numbers they are is not Markdown's concern."""


def clinic_extension() -> BlockExtension:
    return BlockExtension((ClinicNumbers,))


def with_numbers(html: str, clinic: Clinic) -> str:
    """A rendered page with its places filled."""
    return html.replace(PLACE, numbers(clinic)) if PLACE in html else html


def numbers(clinic: Clinic) -> str:
    """What stands in the place: the clinic's numbers, and lines to write on (on paper alone) for those it does not give."""
    rows = "".join(_row(label, given) for label, given in _rows(clinic))
    head = '<thead><tr><th scope="col">When</th><th scope="col">Call</th></tr></thead>'
    table = f"<table>{head}<tbody>{rows}</tbody></table>"
    if clinic.phone or clinic.out_of_hours:
        name = f"<p><strong>{escape(clinic.name)}</strong></p>" if clinic.name else ""
        return f'<div class="clinic-numbers">{name}{table}</div>'
    return f'<div class="clinic-numbers clinic-numbers--none"><p data-print="off">{_ASK}</p>{table}</div>'


def _row(label: str, given: str) -> str:
    start = "<tr>" if given else '<tr class="to-write">'
    return f"{start}<td>{label}</td><td>{_call(given)}</td></tr>"


def _rows(clinic: Clinic) -> Iterator[tuple[str, str]]:
    if clinic.emergency:
        yield "In an emergency", clinic.emergency
    if not clinic.name:
        yield "The clinic", ""
    yield "In opening hours", clinic.phone
    if clinic.text_relay:
        yield "By text relay", clinic.text_relay
    yield "Out of hours", clinic.out_of_hours


def _call(given: str) -> str:
    """A number that a phone can dial at a touch; other words as they are."""
    if not given or not set(given) <= _DIALLED:
        return escape(given)
    dialled = "".join(letter for letter in given if letter in "+0123456789")
    return f'<a href="tel:{dialled}">{escape(given)}</a>'
