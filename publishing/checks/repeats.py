"""Figures that a page types by hand although a register holds them: a number lives in one place.

A figure is held to be the same where it counts the same share, rounded or not, and rests on the same source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from publishing.checks.amounts import figures
from publishing.checks.parts import at, classes, words
from publishing.checks.passages import Passage, passages
from publishing.checks.site import Site
from publishing.records import Element, Finding, PageRecord

if TYPE_CHECKING:
    from publishing.registers import Registers

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_SHARE = re.compile(
    rf"{_NUMBER}(?: to {_NUMBER})?(?: [a-z]+){{0,3}}?(?: out)? (?:of|in|per) (?:(?:every|about|around|the|all) )*{_NUMBER}( million)?"
)
_OF_EVERY = re.compile(rf"(?:of|in|among) (?:(?:every|each|about) )*{_NUMBER}\b[^.]*?\b{_NUMBER}$", re.IGNORECASE)
_PERCENT = re.compile(rf"{_NUMBER}(?: to {_NUMBER})? ?(?:%|per ?cent)")
_POINTS = re.compile(rf"{_NUMBER} points?\b")
_RATED = re.compile(rf"out of {_NUMBER}", re.IGNORECASE)
_BARE = re.compile(rf"{_NUMBER}(?:(?: to | and |-|–){_NUMBER})?")
Classed: TypeAlias = "list[tuple[Element, list[str]]]"
"""Elements of a page with their classes."""
_FILLED = frozenset(("outcomes", "chart", "comparison", "risk-register", "reference-list", "glossary", "scores"))


class Amount(NamedTuple):
    """From how many to how many, out of how many; or points on a scale, out of one."""

    kind: str
    few: float
    many: float
    whole: float
    step: float
    """What the last place of the number counts: 0.1 for 7.5."""

    def is_like(self, other: Amount) -> bool:
        """Whether one of the two may be the other, rounded."""
        return self.kind == other.kind and (self._rounds(other) or other._rounds(self))

    def _rounds(self, other: Amount) -> bool:
        scaled = (count / other.whole * self.whole for count in (other.few, other.many))
        return all(abs(count - own) <= self.step / 2 for count, own in zip(scaled, (self.few, self.many), strict=True))


class Held(NamedTuple):
    """One figure of a register."""

    amount: Amount
    write: str
    """What a page writes in order to have it."""


def held_figures(registers: Registers) -> dict[str, tuple[Held, ...]]:
    """What the registers hold, by source."""
    found: dict[str, list[Held]] = {}
    for name, quote in registers.facts.quotes.items():
        for amount in amounts(quote.text):
            for source in quote.sources:
                found.setdefault(source, []).append(Held(amount, f"[={name}]"))
    for risk in registers.shelf.risks.entries.values():
        for figure in risk.figures:
            write = f"[=risk {risk.id}: ID], with an 'id' for that figure in {registers.shelf.risks.path},"
            for amount in amounts(figure.text):
                for source in figure.sources:
                    found.setdefault(source, []).append(Held(amount, write))
    return {source: tuple(held) for source, held in found.items()}


def repeated_figure(site: Site) -> Iterator[Finding]:
    """No page types a figure that a register holds from the same source."""
    for page in site.pages if site.held else ():
        counted = [(each, found) for each, found, _ in site.counting(page) if found and _sources(site, each)]
        if not counted:
            continue
        classed = _classed(site, page)
        quotes = [_said(element) for element, names in classed if "quoted" in names]
        again = [(each, *found) for each, figures in counted for found in _again(site, each, figures, quotes)]
        filled = _filled(classed) if again else ()
        for passage, figure, write, near in again:
            if passage not in filled:
                message = f"'{figure}' is typed by hand, and a register holds it. Write {write} in its place."
                yield at(site, page, "repeated-figure", message, (passage.text, near))


def _again(site: Site, passage: Passage, found: Sequence[str], quotes: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each figure that a register holds, what to write in its place, and the words near it; quotes are no such figures."""
    text = _without(quotes, passage.text)
    for figure in found if text == passage.text else figures(passage._replace(text=text)):
        if held := _held(site, _sources(site, passage), figure, passage.under):
            yield figure, held.write, text[text.find(figure) :]


def _sources(site: Site, passage: Passage) -> list[str]:
    """Those whose figures a register holds; none in a risk's own box."""
    return [] if passage.risk else [source for source in passage.cites or passage.shared if source in site.held]


def amounts(text: str, under: str = "") -> list[Amount]:
    """The shares and points that words name; ``under``: the head of a column that says out of how many."""
    found = [_share(*share.groups()) for share in _SHARE.finditer(text)]
    found += [_share(share[2], None, share[1], None) for share in _OF_EVERY.finditer(text)]
    found += [_share(share[1], share[2], "100", None) for share in _PERCENT.finditer(text)]
    found += [_amount("points", points[1], None, 1.0) for points in _POINTS.finditer(text)]
    if not found and (rated := _RATED.search(under)) and (bare := _BARE.fullmatch(text)):
        found.append(_share(bare[1], bare[2], rated[1], None))
    return found


def _share(few: str, many: str | None, people: str, million: str | None) -> Amount:
    return _amount("share", few, many, _value(people) * (1_000_000 if million else 1) or 1.0)


def _amount(kind: str, few: str, many: str | None, whole: float) -> Amount:
    return Amount(kind, _value(few), _value(many or few), whole, 10.0 ** -len(few.partition(".")[2]))


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _held(site: Site, sources: list[str], figure: str, under: str) -> Held | None:
    wanted = amounts(figure, under)
    held = (held for source in sources for held in site.held[source])
    return next((one for one in held if any(one.amount.is_like(amount) for amount in wanted)), None)


def _filled(classed: Classed) -> frozenset[Passage]:
    """The passages of blocks that the build has filled from the registers."""
    blocks = (element for element, names in classed if not _FILLED.isdisjoint(names))
    return frozenset(passage for block in blocks for passage in passages(block))


def _classed(site: Site, page: PageRecord) -> Classed:
    return [(part.element, classes(part.element)) for part in site.parts(page) if "class" in part.element.attributes]


def _without(quotes: Sequence[str], text: str) -> str:
    """The text with quotes blotted out, letter by letter: places in it stay as they are."""
    for said in quotes:
        text = text.replace(said, "…" * len(said))
    return text


def _said(span: Element) -> str:
    """The words of a quote without the numbers of its sources."""
    kept = tuple(child for child in span.children if isinstance(child, str) or child.tag != "sup")
    return words(Element("span", {}, kept))
