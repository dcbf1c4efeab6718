"""Prints all editions of a site: the thin edge of the print room."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from publishing.cache import Cache
from publishing.links import SiteMap, slug
from publishing.print.article import Article, prepare
from publishing.print.bind import Bindery, Edition
from publishing.print.faults import explain
from publishing.print.floor import Floor
from publishing.print.job import Images, Job
from publishing.print.loss import loss_findings
from publishing.print.papers import FOLDED
from publishing.print.pictures import Pictures
from publishing.print.pocket import pocket_pages, too_thick
from publishing.print.sides import over_budget
from publishing.print.stamp import stamp
from publishing.records import Finding, PageRecord, Sheet
from publishing.sheet_edition import is_handout

_OF_LEVEL = ("print-loss", "print-sides")
"""Rules of finished sheets: the settings may let them pass, and then the sheets are published."""


def export(
    pages: Sequence[PageRecord],
    images: Images,
    job: Job,
    out: Path,
    *,
    cache: Cache | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
    workers: int | None = None,
) -> tuple[list[Sheet], list[Finding]]:
    """Print the booklet and every hand-out into ``out``; where anything cannot be printed, nothing is left there.

    ``pages`` stand in the order of the menu. Findings name a page as ``job.docs_dir/SOURCE``. ``tell`` hears
    how many PDFs are done, of how many. ``workers``: how many processes print; None for what suits the machine.
    """
    if not pages:
        return [], []
    if job.site_url:
        job = replace(job, site_url=job.site_url.rstrip("/") + "/")
    articles, findings = _prepared(pages, job)
    handouts = [article for article in articles if is_handout(article.record)]
    pocket: list[Article] = []
    if not findings:
        chosen, findings = pocket_pages(pages, job.docs_dir)
        pocket = [prepare(page) for page in chosen]
    taken = _names_taken(handouts, job)
    findings += taken
    named_twice = {finding.path for finding in taken}
    handouts = [article for article in handouts if f"{job.docs_dir}/{article.record.source}" not in named_twice]
    with tempfile.TemporaryDirectory() as folder:
        bindery = Bindery(job, SiteMap(pages, job.site_url), Pictures(images, Path(folder), job.site_url))
        editions = [*(bindery.booklet(articles) if job.booklets else []), *map(bindery.sheet, handouts)]
        if len(handouts) > 1 and not taken:  # what stands in it is found by its name
            editions.append(bindery.pack(handouts))
        if pocket and job.booklets and set(job.papers) & FOLDED.keys():
            editions += bindery.pocket(pocket)
        if job.wallet:
            editions.append(bindery.wallet(job.wallet))
        findings += [finding for edition in editions for finding in edition.findings]
        floor = Floor(Path(folder), cache, tell, workers)
        made, faults = _print(editions, bindery, floor)
        findings += faults
    findings = sorted(set(findings))
    if any(finding.rule not in _OF_LEVEL for finding in findings):
        return [], findings
    for sheet, content in made:
        (out / sheet.path.name).write_bytes(content)
    return [sheet for sheet, _ in made], findings


def _prepared(pages: Sequence[PageRecord], job: Job) -> tuple[list[Article], list[Finding]]:
    articles, findings = [], []
    for page in pages:
        try:
            articles.append(prepare(page))
        except RecursionError:
            message = "is nested too deep to be printed. Take lists and boxes out of one another."
            findings.append(Finding(f"{job.docs_dir}/{page.source}", 0, "print-element", message))
    return articles, findings


def _names_taken(handouts: Sequence[Article], job: Job) -> list[Finding]:
    taken = {
        "booklet": "the booklet",
        "pack": "the pack of all sheets",
        "pocket": "the pocket guide",
        "wallet": "the wallet cards",
    }
    findings = []
    for article in handouts:
        source = article.record.source
        first = taken.setdefault(slug(source).casefold(), f"{job.docs_dir}/{source}")
        if first != f"{job.docs_dir}/{source}":
            message = f"its sheet would have the name of {first}: {slug(source)}. Rename one of the pages."
            findings.append(Finding(f"{job.docs_dir}/{source}", 0, "print-name", message))
    return findings


def _print(
    editions: Sequence[Edition], bindery: Bindery, floor: Floor
) -> tuple[list[tuple[Sheet, bytes]], list[Finding]]:
    job = bindery.job
    made, findings = [], []
    for edition, paper, outcome in floor.run(editions, read_back=job.read_back):
        if isinstance(outcome, tuple):
            findings += explain(outcome, edition, bindery.pictures, job)
            continue
        if edition.leaf:
            continue  # what it lost is told of the booklet
        content = outcome.content if edition.folded else stamp(outcome.content, job.timestamp)
        sheet = _sheet(edition, paper, content, outcome.pages)
        made.append((sheet, content))
        findings += loss_findings(sheet.path.name, outcome.missing, job.docs_dir)
        if job.clinic.is_empty:  # a clinic whose long name takes one side more could not shorten the page
            findings += over_budget(f"{job.docs_dir}/{edition.page}", paper, outcome.pages, edition.sides)
        if edition.kind == "pocket":
            findings += too_thick(outcome.pages, paper, edition.held, job.docs_dir)
    return made, findings


def _sheet(edition: Edition, paper: str, content: bytes, pages: int) -> Sheet:
    id, way = (edition.folded, "-imposed") if edition.folded else (edition.id, "")
    return Sheet(
        id=id,
        title=edition.title,
        edition=edition.kind,
        paper=paper,
        path=Path("print") / f"{id}-{paper}{way}.pdf",
        pages=pages,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        edition_id=edition.signs,
    )
