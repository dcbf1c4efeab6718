"""What a rule may look at, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from publishing.lines import SourceLines
from publishing.links import SiteMap, Target, relative_source
from publishing.pages import Body
from publishing.records import Element, Finding, PageRecord, Phrase, Reference, Risk
from publishing.settings import Settings

if TYPE_CHECKING:
    from publishing.checks.amounts import Counting
    from publishing.checks.passages import Passage
    from publishing.checks.repeats import Held
    from publishing.checks.spots import Spots
    from publishing.parts import Part

Kept: TypeAlias = tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]
"""By the source of a page: what it cites, and what it flags."""


@dataclass(frozen=True)
class Site:
    """All that a rule may look at; made once for a build, or for a site that was built before."""

    pages: Sequence[PageRecord]
    map: SiteMap
    """A rule on a page by itself may ask it for names alone: the other pages may not have been read yet."""
    settings: Settings
    docs: str = "docs"
    """How an editor names the docs folder, in front of each finding."""
    files: frozenset[str] = frozenset()
    """Address under the site's root of everything that is served beside the pages."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Markdown by the page's path under docs; without it a finding has no line."""
    risks: Mapping[str, Risk] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    """Claims to avoid (``data/wording.yml``)."""
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    """The figures of the registers, by source."""
    entry_lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Line of an entry by its register's file name and its id: ``("risks.yml", "pneumothorax")``."""
    given_out: Mapping[str, str] = field(default_factory=dict)
    """The newest edition of each sheet that was given out (``data/changes.yml``), by the source of its page."""
    menu: frozenset[str] | None = None
    """Sources of the pages that the menu names; None where nothing is known of a menu."""
    today: date | None = None
    """Only a check is told the day: a build never rots with the calendar."""
    terms: list[frozenset[str]] = field(default_factory=list)
    """The words that the glossary explains, as one set once they were read for the first page."""
    _trees: dict[str, Element] = field(default_factory=dict)
    _telling: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    _lines: dict[tuple[str, bool], SourceLines] = field(default_factory=dict)
    _passages: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    _spots: dict[str, Spots] = field(default_factory=dict)
    _words: dict[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    _counting: dict[str, tuple[Counting, ...]] = field(default_factory=dict)
    _parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    _all_parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    _cited: dict[str, frozenset[str]] = field(default_factory=dict)
    _flagged: dict[str, frozenset[str]] = field(default_factory=dict)

    def page_by_page(self) -> Iterator[Site]:
        """The site with one page at a time: what a rule has made of a page is let go before the next is read."""
        for page in self.pages:
            yield self.alone(page)

    def alone(self, page: PageRecord, body: Body | None = None) -> Site:
        """The site with one page, and its body where that was parsed already; what is ``kept`` is shared."""
        return replace(
            self,
            pages=(page,),
            _trees={page.source: body.article()} if body else {},
            _telling={page.source: body.telling()} if body else {},
            _lines={},
            _passages={},
            _words={},
            _spots={},
            _counting={},
            _parts={},
            _all_parts={},
        )

    @property
    def kept(self) -> Kept:
        """What is still known of pages that were let go."""
        return self._cited, self._flagged

    def keep(self, kept: Kept) -> None:
        """What another process has learnt of its pages."""
        for own, others in zip(self.kept, kept, strict=True):
            own.update(others)

    def finding(self, page: PageRecord, rule: str, message: str, near: str | Passage = "") -> Finding:
        """``near``: words of the page, by which the line is found."""
        words, in_head = (near, False) if isinstance(near, str) else (near.text, near.kind == "setting")
        line = self._line(page.source, words, in_head) if words else 0
        return Finding(f"{self.docs}/{page.source}", line, rule, message)

    def entry_finding(self, file: str, entry: str, rule: str, message: str) -> Finding:
        """A finding on an entry of a register."""
        path = f"{self.settings.data.rstrip('/')}/{file}"
        return Finding(path, self.entry_lines.get((file, entry), 0), rule, message)

    def passages(self, page: PageRecord) -> tuple[Passage, ...]:
        """The page's words, claim by claim; made when the first rule asks for them."""
        if page.source not in self._passages:
            from publishing.checks.passages import passages, settings  # not loaded for the safety rule alone

            text = passages(self.tree(page))
            self._passages[page.source] = (*text, *settings(page, text))
            named = (ids for each in text for ids in (each.cites, each.shared) if ids)
            self._cited[page.source] = frozenset(chain.from_iterable(named))
        return self._passages[page.source]

    def words(self, page: PageRecord) -> Sequence[Sequence[str]]:
        """What stands between the blanks of each passage."""
        if page.source not in self._words:
            self._words[page.source] = [passage.text.split() for passage in self.passages(page)]
        return self._words[page.source]

    def spots(self, page: PageRecord) -> Spots:
        """Which passages may hold an ``AMOUNT``, a ``BAND`` or what a phrase's pattern finds."""
        if page.source not in self._spots:
            from publishing.checks.spots import spotter  # as above

            patterns = tuple(phrase.pattern for phrase in self.phrases.values())
            self._spots[page.source] = spotter(patterns).places(self.words(page))
        return self._spots[page.source]

    def counting(self, page: PageRecord) -> tuple[Counting, ...]:
        """The passages that may count something, with their figures."""
        if page.source not in self._counting:
            from publishing.checks.amounts import counting  # as above
            from publishing.checks.spots import AMOUNT

            found, words = self.passages(page), self.words(page)
            places = self.spots(page).get(AMOUNT, ())
            self._counting[page.source] = tuple(counting((found[place], words[place]) for place in places))
        return self._counting[page.source]

    def parts(self, page: PageRecord) -> tuple[Part, ...]:
        """The page's telling elements in their order; walked when the first rule asks for them."""
        if page.source not in self._parts:
            self.tree(page)
            found = self._parts[page.source] = self._telling[page.source]
            attributes = [part.element.attributes for part in found if "data-risk" in part.element.attributes]
            boxes = (own for own in attributes if "risk-entry" not in own.get("class", "").split())
            self._flagged[page.source] = frozenset(box["data-risk"] for box in boxes)
        return self._parts[page.source]

    def all_parts(self, page: PageRecord) -> tuple[Part, ...]:
        """Also the elements that tell nothing to a rule; for the scores, which ask again and again."""
        if page.source not in self._all_parts:
            from publishing.parts import parts  # as above

            self._all_parts[page.source] = tuple(parts(self.tree(page)))
        return self._all_parts[page.source]

    def cited(self, page: PageRecord) -> frozenset[str]:
        """Ids of the sources that a page names; kept when its passages are let go."""
        if page.source not in self._cited:
            self.passages(page)
        return self._cited[page.source]

    def flagged(self, page: PageRecord) -> frozenset[str]:
        """Ids of the risks of which a page has a box, not the entry; kept when its elements are let go."""
        if page.source not in self._flagged:
            self.parts(page)
        return self._flagged[page.source]

    def tree(self, page: PageRecord) -> Element:
        """The page's body as a tree, made when the first rule asks for it."""
        if page.source not in self._trees:
            body = Body(page.html)
            self._trees[page.source], self._telling[page.source] = body.article(), body.telling()
        return self._trees[page.source]

    def _line(self, source: str, near: str, in_head: bool) -> int:
        if (source, in_head) not in self._lines:
            self._lines[source, in_head] = SourceLines(self.sources.get(source, ""), in_head=in_head)
        return self._lines[source, in_head].of(near)


def name_target(page: PageRecord, target: Target) -> str:
    """Where a link leads, as a writer of that page would put it."""
    place = relative_source(page.source, target.page.source if target.page else target.path)
    return f"{place}#{target.fragment}" if target.fragment else place
