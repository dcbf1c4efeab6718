"""Which orders can be given now, and what became of those that were.

An edition of parts waits until all of them are made; then what stands before them is set, which lists where each begins, and
then all of it is put together. The parts of a booklet are set before anybody knows its page numbers: room is kept for as many
digits as each will have by the size of the parts, and where that proves wrong the part is set again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publishing.print.bind import Edition
from publishing.print.code import literal
from publishing.print.orders import Leaf, Order, Outcome, Part, Printed
from publishing.print.pagination import placed, places, starts
from publishing.print.papers import CUT, FOLDED, SIZES


@dataclass(slots=True)
class _Whole:
    """An edition of parts, on one paper."""

    name: str
    edition: Edition
    paper: str
    parts: tuple[tuple[str, Edition], ...]
    """Each with the name of its order."""
    listed: str = ""
    """Where the parts begin, as it was told to what stands before them."""
    set_again: set[str] = field(default_factory=set)

    @property
    def front(self) -> str:
        return f"{self.name}~front"


class Board:
    """Of one run; ``editions``: with those that others are made of."""

    def __init__(self, editions: Sequence[Edition], *, read_back: bool) -> None:
        self._editions = editions
        self._set = {_name(edition.id, paper): (edition, paper) for edition in editions for paper in _set_on(edition)}
        """What Typst sets, or what is put together of that."""
        editions_by_id = {edition.id: edition for edition in editions}
        self._wholes = [
            _Whole(name, whole, paper, tuple((_name(part, paper), editions_by_id[part]) for part in whole.parts))
            for name, (whole, paper) in self._set.items()
            if whole.parts
        ]
        self._digits = {name: digits for whole in self._wholes for name, digits in _guess(whole)}
        """How many each page number of a part has room for."""
        self._outcomes: dict[str, Outcome] = {}
        self._given: set[str] = set()
        """Orders of which nothing was heard yet."""
        self._read_back = read_back

    def first(self) -> list[Order]:
        """Those that most waits for before the others: parts of booklets, the largest of all first."""
        waiting = [self._of_files(name) for name, (edition, _) in self._set.items() if not edition.parts]
        return [self._give(order) for order in sorted(waiting, key=lambda order: (not order.leaf, -order.weight))]

    def hear(self, order: Order, outcome: Outcome) -> list[Order]:
        """The orders that this one was the last to wait for."""
        self._outcomes[order.name] = outcome
        self._given.discard(order.name)
        following = [each for whole in self._wholes for each in self._following(whole)]
        return [self._give(each) for each in (*following, *self._derived())]

    def weight(self, orders: Sequence[Order]) -> int:
        """Of these orders, and of those that follow: to put a whole together is a tenth of the work of setting it."""
        names = {order.name for order in orders}
        wholes = (whole for whole in self._wholes if not names.isdisjoint(name for name, _ in whole.parts))
        behind = sum(_weight(edition) for whole in wholes for _, edition in whole.parts)
        return sum(order.weight for order in orders) + behind // 10

    def files(self, order: Order) -> Mapping[str, str]:
        """Those that it is made of."""
        return {} if order.parts else self._set[order.name.removesuffix("~front")][0].files

    def done(self) -> tuple[int, int]:
        """How many of those that are published, of how many."""
        published = [_name(edition.id, paper) for edition, paper in self._published()]
        return len([name for name in published if name in self._outcomes]), len(published)

    def outcomes(self) -> Iterator[tuple[Edition, str, Outcome]]:
        """Each edition on each of its papers, in this order, whatever was done first."""
        leaves = [(edition, paper) for edition, paper in self._set.values() if edition.leaf]
        for edition, paper in (*self._published(), *leaves):
            yield edition, paper, self._outcomes[_name(edition.id, paper)]

    def _published(self) -> Iterator[tuple[Edition, str]]:
        yield from ((edition, paper) for edition in self._editions if not edition.leaf for paper in edition.papers)

    def _give(self, order: Order) -> Order:
        self._given.add(order.name)
        self._outcomes.pop(order.name, None)
        return order

    def _derived(self) -> Iterator[Order]:
        """What is only put on paper in another way."""
        for edition, paper in self._published():
            name, source = _name(edition.id, paper), _source(edition, paper)
            if name in self._outcomes or {name, source} & self._given or source not in self._outcomes:
                continue
            outcome = self._outcomes[source]
            if isinstance(outcome, Printed):
                parts = (Part(edition.id, outcome),)
                ways = {"is_folded": True} if edition.folded else {"cut_from": SIZES[CUT[paper]]}
                yield Order(name, "", SIZES[paper], (), {}, weight=1, parts=parts, **ways)
            else:
                self._outcomes[name] = () if edition.folded else outcome  # it is told of once

    def _following(self, whole: _Whole) -> list[Order]:
        names = [name for name, _ in whole.parts]
        if whole.name in self._outcomes or self._given & {whole.name, whole.front, *names}:
            return []
        made = [self._outcomes.get(name) for name in names]
        if None in made:
            return []
        if any(isinstance(outcome, tuple) for outcome in made):
            self._outcomes[whole.name] = ()  # its parts tell of it
            return []
        parts = [
            Part(edition.id, printed, edition.leaf)
            for (_, edition), printed in zip(whole.parts, made, strict=True)
            if isinstance(printed, Printed)
        ]
        listed = " ".join(str(1 + start) for start in starts(0, parts))
        if listed != whole.listed:
            whole.listed = listed
            return [self._front(whole)]
        front = self._outcomes[whole.front]
        if isinstance(front, tuple):
            self._outcomes[whole.name] = front
            return []
        return self._with_other_room(whole, parts, front) or [self._bound(whole, parts, front)]

    def _with_other_room(self, whole: _Whole, parts: Sequence[Part], front: Printed) -> list[Order]:
        """The parts to be set again. From the second time on a number's room only grows, or there might be no end."""
        known = places(front.pages - len(parts), parts)
        wrong = []
        for (name, _), part in zip(whole.parts, parts, strict=True):
            needed = (
                "".join(str(len(str(known[placed(label, known)]))) for label in part.leaf.numbers) if part.leaf else ""
            )
            if name in whole.set_again:
                needed = "".join(map(max, needed, self._digits[name]))
            if needed != self._digits.get(name, ""):
                self._digits[name] = needed
                whole.set_again.add(name)
                wrong.append(self._of_files(name))
        return wrong

    def _of_files(self, name: str) -> Order:
        edition, paper = self._set[name]
        return Order(
            name=name,
            main=edition.main,
            paper=SIZES[paper],
            links=tuple(edition.links),
            held={page.source: page.html for page in edition.held if self._read_back},
            weight=_weight(edition),
            told={"digits": self._digits[name]} if edition.leaf else {},
            leaf=edition.leaf,
            places=edition.places,
            is_bound=edition.leaf is not None,
        )

    def _front(self, whole: _Whole) -> Order:
        return Order(
            name=whole.front,
            main=whole.edition.main,
            paper=SIZES[whole.paper],
            links=(),
            held={},
            weight=_weight(whole.edition),
            told={"starts": whole.listed},
            is_bound=True,
        )

    def _bound(self, whole: _Whole, parts: Sequence[Part], front: Printed) -> Order:
        first = Part(whole.edition.id, front, Leaf() if parts[0].leaf else None)
        weight = sum(len(part.printed.content) for part in parts) // 10
        return Order(whole.name, "", SIZES[whole.paper], (), {}, weight, parts=(first, *parts))


def _guess(whole: _Whole) -> Iterator[tuple[str, str]]:
    """By the name of each part of a booklet: how many digits each of its page numbers may have."""
    a_page = SIZES[whole.paper].letters
    leaves = [(name, edition, edition.leaf) for name, edition in whole.parts if edition.leaf]
    known: dict[str, int] = {}
    start = 3 + len(leaves) // 25  # a cover and the contents stand before them
    for _, edition, _ in leaves:
        source = edition.files[next(iter(edition.sources))]
        known |= {label: start + int(max(0, source.find(literal(label))) / a_page) for label in edition.places}
        start += 1 + int(len(source) / a_page)
    yield from (
        (name, "".join(str(len(str(known[placed(label, known)]))) for label in leaf.numbers))
        for name, _, leaf in leaves
    )


def _weight(edition: Edition) -> int:
    return sum(map(len, edition.files.values()))


def _set_on(edition: Edition) -> Iterable[str]:
    """The papers that it is set on, to be cut for all those that it is wanted on."""
    return () if edition.folded else dict.fromkeys(CUT.get(paper, paper) for paper in edition.papers)


def _source(edition: Edition, paper: str) -> str:
    """The name of what it is made from; its own where that is set."""
    return _name(edition.folded, FOLDED[paper]) if edition.folded else _name(edition.id, CUT.get(paper, paper))


def _name(edition: str, paper: str) -> str:
    return f"{edition}-{paper}"
