"""Binds pages to editions: a booklet of all of them, a sheet of each hand-out, a pack of all sheets, a pocket guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from publishing.links import SiteMap, slug
from publishing.print import facts, heads
from publishing.print.article import Article
from publishing.print.code import call, literal, value
from publishing.print.desk import Desk
from publishing.print.job import Job
from publishing.print.orders import Leaf
from publishing.print.papers import FOLDED
from publishing.print.pictures import Pictures
from publishing.print.routes import Route, Routes
from publishing.print.sides import sides_allowed
from publishing.print.source import SourceWriter
from publishing.print.wallet import Wallet, wallet_body
from publishing.records import EditionKind, Finding, PageRecord
from publishing.sheet_edition import edition_of

_IMPORT = '#import "template.typ": *\n'


@dataclass(slots=True)
class Edition:
    """One PDF to be, on any paper: Typst files, of which ``main`` includes the others."""

    id: str
    title: str
    kind: EditionKind
    main: str
    papers: tuple[str, ...]
    held: tuple[PageRecord, ...]
    """The pages whose words it carries, in its order."""
    files: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """Page by the file that holds it, for faults that Typst finds."""
    links: list[Route] = field(default_factory=list)
    """Every link, in the order of the document."""
    findings: list[Finding] = field(default_factory=list)
    page: str = ""
    """The page that a hand-out is of."""
    signs: str = ""
    """The edition of a hand-out."""
    sides: int = 0
    """How many sides of paper it may fill; 0 for any number."""
    parts: tuple[str, ...] = ()
    """The editions that stand in it whole, behind its own pages."""
    folded: str = ""
    """The edition that this is, two pages to a side of the paper that is folded."""
    places: tuple[str, ...] = ()
    """The labels in it that something leads to, the first at its heading."""
    leaf: Leaf | None = None
    """Of a part of a booklet, which is nothing by itself."""


@dataclass(frozen=True, slots=True)
class Bindery:
    job: Job
    site: SiteMap
    pictures: Pictures

    def sheet(self, article: Article) -> Edition:
        record, job = article.record, self.job
        name = slug(record.source)
        edition = Edition(name, record.title, "hand-out", f"{name}.typ", job.papers, (record,))
        edition.page, edition.sides = record.source, sides_allowed(record.meta)
        edition.signs = edition_of(record)
        edition.files[edition.main] = self._main(f"{record.title} – {job.site_name}", self._sheet(edition, article))
        return edition

    def pack(self, articles: Sequence[Article]) -> Edition:
        """All sheets in one file, for a clinic that prints them both sides: each begins on a right-hand page."""
        job = self.job
        records = tuple(article.record for article in articles)
        edition = Edition("pack", f"{job.site_name}: all sheets", "pack", "pack.typ", job.papers, records)
        edition.parts = tuple(slug(record.source) for record in records)
        lines = filter(None, (facts.of_booklet([record.meta for record in records]), facts.edition(job.timestamp)))
        body = call(
            "pack",
            site=job.site_name,
            lines=tuple(lines),
            closing=facts.plain(job.licence),
            parts=tuple((article.headline, 1, ()) for article in articles),
        )
        edition.files[edition.main] = self._main(edition.title, body)
        return edition

    def booklet(self, articles: Sequence[Article]) -> list[Edition]:
        """What comes first in it, and each of its parts."""
        records = tuple(article.record for article in articles)
        edition = Edition("booklet", self.job.site_name, "booklet", "booklet.typ", self.job.papers, records)
        return self._bound(edition, articles, "")

    def pocket(self, articles: Sequence[Article]) -> list[Edition]:
        """A booklet on half a sheet, of what somebody might carry along; and again, to be folded."""
        job = self.job
        papers = tuple(paper for paper in job.papers if paper in FOLDED)
        halves = tuple(FOLDED[paper] for paper in papers)
        records = tuple(article.record for article in articles)
        edition = Edition("pocket", f"{job.site_name}: pocket guide", "pocket", "pocket.typ", halves, records)
        folded = Edition("pocket-imposed", edition.title, "pocket-imposed", "", papers, records, folded=edition.id)
        return [*self._bound(edition, articles, "Pocket guide"), folded]

    def _sheet(self, edition: Edition, article: Article) -> str:
        record, job = article.record, self.job
        routes = Routes(self.site, [article], job.site_url)
        page, desk = self._page(edition, routes, article, 0)
        label = routes.page_label(article)
        edition.places = (label, *sorted(desk.placed)) if any(link.kind == "label" for link in desk.links) else ()
        said = {article.headline.casefold(), ""}
        kicker = record.title if record.title.casefold() not in said else ""
        question = record.meta.get("question", "").strip()
        return call(
            "sheet",
            f"level-one: step => {_level_one(page, label, 1, 'step: step')}",
            f"stamp: {heads.stamp(job.clinic, self.pictures)}",
            f"square: {heads.square(record, job, self.pictures)}",
            f"{page}.body",
            site=job.site_name,
            kicker=kicker,
            question=question if question.casefold() not in said | {record.title.casefold()} else "",
            name=record.title,
            id=slug(record.source),
            edition=heads.dated(record, job),
            facts=facts.of_page(record.meta, always=True),
            foot=facts.of_foot(record.meta),
            approval=heads.approval(job.clinic),
            address=heads.short_address(job.site_url, record.url),
            closing=facts.plain(job.licence),
            places=edition.places,
        )

    def _bound(self, edition: Edition, articles: Sequence[Article], subtitle: str) -> list[Edition]:
        routes = Routes(self.site, articles, self.job.site_url)
        chapters = [article.record.chapter for article in articles]
        leaves = [
            self._leaf(edition, routes, article, _same(above, article.record.chapter))
            for article, above in zip(articles, [(), *chapters], strict=False)
        ]
        listed = tuple(
            (article.headline, _level(article), _opened(above, article.record.chapter))
            for article, above in zip(articles, [(), *chapters], strict=False)
        )
        edition.parts = tuple(leaf.id for leaf in leaves)
        body = call("booklet", name=edition.title, parts=listed, subtitle=subtitle, **self._cover(articles))
        edition.files[edition.main] = self._main(edition.title, body)
        return [edition, *leaves]

    def _leaf(self, whole: Edition, routes: Routes, article: Article, above: int) -> Edition:
        record, chapter = article.record, article.record.chapter
        label = routes.page_label(article)
        name = f"{whole.id}~{label}"
        edition = Edition(name, record.title, whole.kind, f"{name}.typ", whole.papers, (record,), page=record.source)
        page, desk = self._page(edition, routes, article, len(chapter))
        edition.leaf, edition.places = Leaf(above, tuple(desk.numbers)), (label, *sorted(desk.placed))
        body = call(
            "leaf",
            f"level-one: {_level_one(page, label, _level(article))}",
            f"{page}.body",
            name=whole.title,
            above=_headings(chapter[:above]),
            chapters=_opened(chapter[:above], chapter),
            places=edition.places,
            running=chapter[-1] if chapter else self.job.site_name,
            title=article.headline,
            facts=facts.of_page(record.meta),
        )
        edition.files[edition.main] = self._main(whole.title, body)
        return edition

    def wallet(self, cards: Wallet) -> Edition:
        job = self.job
        edition = Edition("wallet", f"{job.site_name}: wallet cards", "wallet", "wallet-cards.typ", job.papers, ())
        edition.signs = cards.signs
        body = f'{{\nimport "wallet.typ": wallet\n{wallet_body(cards, job, self.pictures)}\n}}'
        edition.files[edition.main] = self._main(edition.title, body)
        return edition

    def _page(self, edition: Edition, routes: Routes, article: Article, offset: int) -> tuple[str, Desk]:
        """Write the page into a file of its own; gives the code of its module, and what was noted at the desk."""
        desk = Desk(article, routes, self.pictures, self.job.docs_dir, offset)
        writer = SourceWriter(desk)
        name = f"{edition.id}-page.typ"
        edition.files[name] = f"{_IMPORT}#let title = {writer.title()}\n#let body = {writer.article()}\n"
        edition.sources[name] = article.record.source
        edition.links += desk.links
        edition.findings += desk.findings
        return f"(module: {{ import {literal(name)} as page; page }}).module", desk

    def _main(self, title: str, body: str) -> str:
        language, _, region = self.job.language.lower().partition("-")
        setting = f"setting.with({literal(title)}, {value(language)}, {value(region or None)})"
        return f"{_IMPORT}#show: {setting}\n#{body}\n"

    def _cover(self, articles: Sequence[Article]) -> Mapping[str, object]:
        job = self.job
        return {
            "site": job.site_name,
            "purpose": job.purpose,
            "notice": facts.of_booklet([article.record.meta for article in articles]),
            "lines": tuple(filter(None, (facts.edition(job.timestamp), job.site_url, facts.plain(job.licence)))),
        }


def _level(article: Article) -> int:
    """Of its heading in a booklet, below those of its chapters."""
    return min(6, 1 + len(article.record.chapter))


def _level_one(page: str, name: str, level: int, *more: str) -> str:
    return call("head", f"{page}.title", *more, rank=1, level=level, name=name)


def _same(above: tuple[str, ...], chapter: tuple[str, ...]) -> int:
    """How many chapters go on that were open on the page before."""
    pairs = list(zip(above, chapter, strict=False))
    return next((place for place, (one, other) in enumerate(pairs) if one != other), len(pairs))


def _opened(above: tuple[str, ...], chapter: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """The chapters that open here, with their levels."""
    return _headings(chapter)[_same(above, chapter) :]


def _headings(chapter: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((min(6, level), title) for level, title in enumerate(chapter, 1))
