"""Binds pages to editions: a booklet of all of them, a sheet of each hand-out, a pack of all sheets, a pocket guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from publishing.links import SiteMap, slug
from publishing.print import facts, heads
from publishing.print.article import Article
from publishing.print.code import call, join, literal, value
from publishing.print.desk import Desk
from publishing.print.job import Job
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
            titles=tuple(article.headline for article in articles),
        )
        edition.files[edition.main] = self._main(edition.title, body)
        return edition

    def booklet(self, articles: Sequence[Article]) -> Edition:
        records = tuple(article.record for article in articles)
        edition = Edition("booklet", self.job.site_name, "booklet", "booklet.typ", self.job.papers, records)
        return self._bound(edition, articles, "")

    def pocket(self, articles: Sequence[Article]) -> Edition:
        """A booklet on half a sheet, of what somebody might carry along."""
        job = self.job
        papers = tuple(FOLDED[paper] for paper in job.papers if paper in FOLDED)
        records = tuple(article.record for article in articles)
        edition = Edition("pocket", f"{job.site_name}: pocket guide", "pocket", "pocket.typ", papers, records)
        return self._bound(edition, articles, "Pocket guide")

    def _sheet(self, edition: Edition, article: Article) -> str:
        record, job = article.record, self.job
        routes = Routes(self.site, [article], job.site_url)
        page = self._page(edition, routes, article, 0)
        said = {article.headline.casefold(), ""}
        kicker = record.title if record.title.casefold() not in said else ""
        question = record.meta.get("question", "").strip()
        return call(
            "sheet",
            f"level-one: step => {_level_one(page, 'p0', 1, 'step: step')}",
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
        )

    def _bound(self, edition: Edition, articles: Sequence[Article], subtitle: str) -> Edition:
        job = self.job
        routes = Routes(self.site, articles, job.site_url)
        above: tuple[str, ...] = ()
        parts = [call("cover", subtitle=subtitle, **self._cover(articles)), "contents()"]
        for place, article in enumerate(articles):
            chapter = article.record.chapter
            page = self._page(edition, routes, article, len(chapter))
            parts.append(
                call(
                    "part",
                    f"level-one: {_level_one(page, f'p{place}', 1 + len(chapter))}",
                    f"{page}.body",
                    chapters=tuple(_opened(above, chapter)),
                    running=chapter[-1] if chapter else job.site_name,
                    title=article.headline,
                    facts=facts.of_page(article.record.meta),
                )
            )
            above = chapter
        edition.files[edition.main] = self._main(edition.title, call("booklet", join(parts), site=edition.title))
        return edition

    def wallet(self, cards: Wallet) -> Edition:
        job = self.job
        edition = Edition("wallet", f"{job.site_name}: wallet cards", "wallet", "wallet-cards.typ", job.papers, ())
        edition.signs = cards.signs
        body = f'{{\nimport "wallet.typ": wallet\n{wallet_body(cards, job, self.pictures)}\n}}'
        edition.files[edition.main] = self._main(edition.title, body)
        return edition

    def _page(self, edition: Edition, routes: Routes, article: Article, offset: int) -> str:
        """Write the page into a file of its own; gives the code of its module."""
        desk = Desk(article, routes, self.pictures, self.job.docs_dir, offset)
        writer = SourceWriter(desk)
        name = f"{edition.id}-page-{len(edition.sources)}.typ"
        edition.files[name] = f"{_IMPORT}#let title = {writer.title()}\n#let body = {writer.article()}\n"
        edition.sources[name] = article.record.source
        edition.links += desk.links
        edition.findings += desk.findings
        return f"(module: {{ import {literal(name)} as page; page }}).module"

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


def _level_one(page: str, name: str, level: int, *more: str) -> str:
    return call("head", f"{page}.title", *more, rank=1, level=min(6, level), name=name)


def _opened(above: tuple[str, ...], chapter: tuple[str, ...]) -> list[tuple[int, str]]:
    """The chapters that open here, with their levels."""
    same = 0
    while same < min(len(above), len(chapter)) and above[same] == chapter[same]:
        same += 1
    return [(min(6, level), title) for level, title in enumerate(chapter, 1) if level > same]
