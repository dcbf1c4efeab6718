"""One hazard -> the HTML that a reader sees: the box on a page, its entry in the register, the emergency numbers.

Plain, semantic HTML, since the print room reads the same tree. Level and band stand in words, never in colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from publishing.data import Register
from publishing.records import Figure, Level, Risk
from publishing.tree import put, put_after, put_citation, put_list

UNKNOWN = "Nobody knows how often"
LEVELS: dict[Level, str] = {
    "emergency": "Emergency",
    "urgent": "Urgent: same day",
    "ask": "Ask: call the clinic",
    "self-care": "Look after yourself",
}


class Band(NamedTuple):
    least: float
    words: str


BANDS = {  # CIOMS, the commonest first
    "very common": Band(0.1, "10 or more out of 100"),
    "common": Band(0.01, "from 1 up to 10 out of 100"),
    "uncommon": Band(0.001, "from 1 up to 10 out of 1,000"),
    "rare": Band(0.0001, "from 1 up to 10 out of 10,000"),
    "very rare": Band(0.0, "fewer than 1 out of 10,000"),
}
UNITS = {"session": "sessions", "person": "people"}
URGENT_WORDS = re.compile(r"((?:[Cc]all the emergency number|[Ee]mergency department)(?: now| at once| today)?)")
"""What somebody in a hurry looks for in a step."""


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """One country's numbers (``data/emergency.yml``)."""

    id: str
    country: str
    call: str
    note: str = ""
    short: str = ""
    """The country in few letters, for the line; '' where its name is short enough."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the blocks are filled from."""

    risks: Register[Risk]
    numbers: Register[EmergencyNumber]
    register_page: str
    """Source of the page with the whole register, 'safety/risks.md'; '' when there is none."""


def put_box(box: Element, risk: Risk, shelf: Shelf, *, full: bool) -> None:
    """The admonition on a page: two lines, or with signs and steps."""
    box.set("class", f"admonition risk risk-{risk.level}")
    title = put(box, "p", class_="admonition-title")
    put(title, "span", LEVELS[risk.level], class_="risk-level")
    _put_name(title, risk)
    _put_chance(box, risk)
    link = {"href": f"/{shelf.register_page}#{risk.id}", "aria_label": f"More on this: {risk.name}"}
    if full:
        _put_signs_and_steps(box, risk)
        last = put(box, "p", class_="risk-more")
    else:
        last = put(box, "p", class_="risk-brief")
        _put_step(last, f"{risk.brief} ")
    if shelf.register_page:
        put(last, "a", "More on this", **link)


def put_numbers(parent: Element, shelf: Shelf) -> None:
    """The table of emergency numbers, the country beside each."""
    table = put(parent, "table", class_="emergency-numbers")
    put(table, "caption", "The emergency number, by country")
    _put_row(put(table, "thead"), "th", "Country", "Call")
    body = put(table, "tbody")
    for number in shelf.numbers.entries.values():
        cell = _put_row(body, "td", number.country, "")
        strong = _put_call(put(cell, "strong"), number.call)
        if number.note:
            strong.tail = AtomicString(" ")
            put(cell, "span", number.note, class_="emergency-note")


def put_number_line(parent: Element, shelf: Shelf) -> None:
    """The same numbers in one line, for a page whose sheet has no room for the table."""
    line = put(parent, "p", class_="emergency-line")
    last = put(line, "strong", "Emergency number:")
    for place, number in enumerate(shelf.numbers.entries.values()):
        last.tail = AtomicString(f"{'; ' if place else ' '}{number.short or number.country}\N{NO-BREAK SPACE}")
        last = _put_call(put(line, "strong"), number.call)
    last.tail = AtomicString(".")


def _put_call(parent: Element, call: str) -> Element:
    """Each number of "999 or 112" as a link that a phone rings."""
    before, *parts = re.split(r"(\+?\d[\d ]*\d)", call)
    parent.text = AtomicString(before)
    for number, after in zip(parts[::2], parts[1::2], strict=True):
        put(parent, "a", number, href=f"tel:{number.replace(' ', '')}").tail = AtomicString(after)
    return parent


def put_register(parent: Element, shelf: Shelf) -> None:
    """The whole register: first what is dangerous, then every entry by basis and size."""
    risks = list(shelf.risks.entries.values())
    put(parent, "h2", "Which of these need help at once?", id="urgent-first")
    _put_dangers(parent, [risk for level in ("emergency", "urgent") for risk in risks if risk.level == level])
    for basis, unit in UNITS.items():
        for name, band in BANDS.items():
            group = [risk for risk in risks if (risk.basis, risk.band) == (basis, name)]
            _put_group(
                parent, f"{name.capitalize()}: {band.words} {unit}", f"{basis}-{name.replace(' ', '-')}", group, shelf
            )
    unknown = [risk for risk in risks if risk.basis == "unknown"]
    _put_group(parent, UNKNOWN, "unknown", unknown, shelf)


def _put_dangers(parent: Element, risks: Iterable[Risk]) -> None:
    table = put(parent, "table", class_="risk-dangers")
    _put_row(put(table, "thead"), "th", "What can happen", "What to do", "How often")
    body = put(table, "tbody")
    for risk in risks:
        first = put(put(body, "tr"), "td")
        put(first, "a", risk.name, href=f"#{risk.id}")
        row = body[-1]
        put(put(row, "td"), "span", risk.act)
        often = put(row, "td")
        put(often, "span", risk.chance)
        put_citation(often, risk.chance_sources)


def _put_group(parent: Element, title: str, anchor: str, risks: list[Risk], shelf: Shelf) -> None:
    if risks:
        put(parent, "h2", title, id=f"how-often-{anchor}")
    for risk in risks:
        heading = put(parent, "h3", id=risk.id)
        _put_name(heading, risk)
        _put_entry(put(parent, "div", class_=f"risk-entry risk-{risk.level}", data_risk=risk.id), risk, shelf)


def _put_entry(entry: Element, risk: Risk, shelf: Shelf) -> None:
    act = put(entry, "p", class_="risk-act")
    put_after(put(act, "span", LEVELS[risk.level], class_="risk-level"), risk.act)
    _put_chance(entry, risk)
    _put_figures(entry, risk.figures)
    if risk.note:
        put(entry, "p", risk.note, class_="risk-note")
    put(entry, "p", f"Which needling: {risk.technique}", class_="risk-technique")
    _put_signs_and_steps(entry, risk)
    if risk.action_sources:
        put_citation(put(entry, "p", "Where these steps come from: ", class_="risk-sources"), risk.action_sources)
    put_list(entry, "Who is at higher risk", risk.higher_risk)
    put_list(entry, "What a careful practitioner does", risk.prevention)
    others = [shelf.risks.entries[other] for other in risk.see if other in shelf.risks.entries]
    if others:
        see = put(entry, "p", "See also: ", class_="risk-see")
        for number, other in enumerate(others):
            link = put(see, "a", other.name, href=f"#{other.id}")
            link.tail = "; " if number + 1 < len(others) else ""


def _put_name(parent: Element, risk: Risk) -> None:
    """Each part in an element of its own, so that a title ends in no text that could pass for an attribute list."""
    if len(parent):
        parent[-1].tail = " "
    put(parent, "span", risk.name, class_="risk-name").tail = " "
    if risk.term:
        put(parent, "span", f"({risk.term})", class_="risk-term")


def _put_chance(parent: Element, risk: Risk) -> None:
    line = put(parent, "p", class_="risk-chance")
    chance = put(line, "strong", risk.chance)
    if risk.basis != "unknown":
        chance.tail = AtomicString(" ")
        put(line, "span", risk.band, class_="risk-band")
    put_citation(line, risk.chance_sources)


def _put_figures(parent: Element, figures: Iterable[Figure]) -> None:
    figures = list(figures)
    if not figures:
        return
    put(parent, "p", "What has been counted", class_="risk-label")
    rows = put(parent, "ul", class_="risk-figures")
    for figure in figures:
        row = put(rows, "li", figure.text)
        row.text = AtomicString(f"{row.text} ")
        doubt = "" if figure.verified == "yes" else " Not confirmed at the source."
        put(row, "span", f"{figure.basis}{doubt}", class_="risk-basis")
        put_citation(row, figure.sources)


def _put_signs_and_steps(parent: Element, risk: Risk) -> None:
    put_list(parent, "Signs", risk.signs)
    put(parent, "p", "What to do", class_="risk-label")
    steps = put(parent, "ul", class_="risk-steps")
    for step in risk.action:
        _put_step(put(steps, "li"), step)
    put(parent, "p", _checked(risk), class_="risk-checked")


def _put_step(item: Element, step: str) -> None:
    """A step, with the words that somebody in a hurry looks for made strong."""
    before, *rest = URGENT_WORDS.split(step)
    item.text = AtomicString(before)
    for words, after in zip(rest[::2], rest[1::2], strict=True):
        put(item, "strong", words).tail = AtomicString(after)


def _checked(risk: Risk) -> str:
    """No step has been seen by a clinician, and some rest on no source at all: both are said."""
    kind = "first aid" if risk.level in ("emergency", "urgent") else "advice"
    if risk.first_aid == "unsourced":
        return f"General {kind}, not yet checked by a clinician."
    if risk.first_aid == "partly":
        return f"Some of this is general {kind}. No clinician has checked it yet."
    return "No clinician has checked these steps yet."


def _put_row(parent: Element, tag: str, *cells: str) -> Element:
    """A row with each text in a span of its own; gives its last cell."""
    row = put(parent, "tr")
    for text in cells:
        cell = put(row, tag, **({"scope": "col"} if tag == "th" else {}))
        if text:
            put(cell, "span", text)
    return cell
