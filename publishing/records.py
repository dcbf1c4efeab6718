"""The values that pass from room to room: frozen, plain, and free of any framework.

Every other module of the package may import this one; it imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["emergency", "urgent", "ask", "self-care"]
EditionKind: TypeAlias = Literal["hand-out", "booklet", "pack", "pocket", "pocket-imposed", "wallet"]
"""What a PDF is: a page's sheet, all pages, all sheets, the pocket guide, that guide laid out to fold, or cards."""


class Element(NamedTuple):
    """One HTML element; ``tag`` is lower case, an attribute without a value holds ''."""

    tag: str
    attributes: Mapping[str, str]
    children: Sequence[Node]


Node: TypeAlias = Element | str


class Link(NamedTuple):
    """One ``<a href>`` or ``<area href>`` of a page's content, in page order."""

    href: str
    text: str
    unseen: str | None = None
    """Why a reader cannot see it at once ('in a closed box', ...); None when they can."""


@dataclass(frozen=True, slots=True, order=True)
class Inline:
    """Code inside a page that a strict policy blocks."""

    kind: Literal["script", "style", "style attribute", "event handler", "script address"]
    text: str
    """Of a script or style exactly what a browser would hash; else the attribute."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One page as the rules and the print shop see it."""

    source: str
    """Path under the docs folder, with forward slashes: ``visit/after.md``."""
    url: str
    """Address under the site's root, percent-encoded: ``visit/after/``."""
    title: str
    html: str
    """The body as rendered, links resolved; without the theme's header, menu and footer."""
    anchors: frozenset[str]
    links: tuple[Link, ...]
    media: tuple[str, ...] = ()
    """Addresses of all that is loaded without a click (pictures, frames, scripts, styles), in page order; no ``data:``."""
    inline: tuple[Inline, ...] = ()
    """Scripts and styles that stand in the page itself."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """Front matter, every value as text."""
    chapter: tuple[str, ...] = ()
    """Titles of the menu sections above the page, outermost first."""

    @property
    def is_glossary(self) -> bool:
        """Whether it explains words of the others."""
        return self.source.rpartition("/")[2] == "glossary.md"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: where, which rule, what is wrong, and what to write instead."""

    path: str
    """As an editor would open it, from the project's root: ``docs/visit/after.md``."""
    line: int
    """1 for the first line; 0 where it cannot be known."""
    rule: str
    message: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure of a hazard, with who counted what."""

    text: str
    """The figure in words that may be printed: 'N out of N sessions'."""
    basis: str
    sources: tuple[str, ...]
    verified: Literal["yes", "partial"]
    id: str = ""
    """What a page calls it, in order to quote it: 'course'."""
    short: str = ""
    """The figure as a page quotes it, rounded: 'About N out of N people who ...'; '' where ``text`` will do."""
    what: str = ""
    """What was counted, where that is not the hazard alone: 'a bleed or a bruise'."""


@dataclass(frozen=True, slots=True)
class Card:
    """A hazard's signs in the few words that a wallet card has room for; '' where they ask for less."""

    call: str = ""
    """Signs for which to call the emergency number."""
    go: str = ""
    """Signs for which to go to an emergency department now."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One hazard of the register (``data/risks.yml``)."""

    id: str
    name: str
    term: str
    level: Level
    act: str
    """The register's own words for the level: 'Call the emergency number'."""
    chance: str
    """The headline figure, 'About N out of N ...', or 'Nobody knows how often'."""
    band: str
    """'very common' ... 'very rare', or 'unknown'."""
    basis: Literal["person", "session", "unknown"]
    """What the band counts; entries of different bases are never put in one group."""
    chance_sources: tuple[str, ...]
    brief: str
    """One sentence for the compact box: what to notice and what to do."""
    technique: str
    signs: tuple[str, ...]
    action: tuple[str, ...]
    first_aid: Literal["sourced", "partly", "unsourced"]
    """How much of ``action`` rests on a source that was read; no clinician has checked any of it."""
    action_sources: tuple[str, ...] = ()
    prevention: tuple[str, ...] = ()
    higher_risk: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: str = ""
    """What the figures cannot show, and why they differ."""
    see: tuple[str, ...] = ()
    """Ids of the entries to read next."""
    card: Card | None = None
    """None for one that the wallet card leaves out."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person (``family`` and ``given``) or a body (``literal``), as CSL has it."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A CSL date: ``[[2009]]`` or ``[[2009, 4, 30]]``."""

    date_parts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Our own judgement of a source, under CSL's ``custom``."""

    kind: Literal[
        "guideline",
        "review",
        "trial",
        "survey",
        "cases",
        "laboratory",
        "opinion",
        "advice",
        "rules",
    ]
    verified: Literal["yes", "partial", "no"]
    findings: tuple[str, ...]
    """What the source can show."""
    limits: str
    """What it cannot."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One source (``data/references.yml``), in CSL's names with ``_`` for ``-``."""

    id: str
    type: str
    author: tuple[Name, ...]
    title: str
    custom: Standing
    issued: Issued | None = None
    container_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    DOI: str = ""
    URL: str = ""
    PMID: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One claim to avoid (``data/wording.yml``)."""

    id: str
    pattern: str
    """Regular expression; capitals and line breaks make no difference."""
    why: str
    write: str
    """What to write instead."""
    wrong: str
    """A sentence that the pattern must find; the tests hold it to that."""
    right: str
    """A sentence that may stand."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One PDF that was made."""

    id: str
    """Slug of the page, or 'booklet', 'pack', 'pocket', 'wallet'."""
    title: str
    edition: EditionKind
    paper: str
    path: Path
    """Below the site's folder: ``print/visit-after-a4.pdf``."""
    pages: int
    bytes: int
    sha256: str
    edition_id: str = ""
    """Of a hand-out: six signs that change only with its words."""


class PublishingError(Exception):
    """A fault that ends the build; its text says where, what, and what to write instead."""


class Faults(PublishingError):
    """Every fault of one step together, sorted; its text is one line each."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(map(str, self.findings)))
