"""One build: collects the pages, has them filled, judged and printed, and puts the output in place.

The only object of the package that changes while it lives; ``hooks.py`` makes it anew for each build.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import checks, pages, printed
from publishing.cache import Cache
from publishing.front_matter import FrontMatter, front_matter_findings, read_front_matter
from publishing.imprint import Imprint
from publishing.kept_registers import CACHE, load_registers
from publishing.links import SiteMap
from publishing.output import Staging
from publishing.records import Finding, PageRecord, PublishingError, Sheet
from publishing.settings import Settings

if TYPE_CHECKING:
    from markdown import Extension

    from publishing.changes import Change
    from publishing.clinics import Clinics


class Edition:
    """Without ``staging`` a live preview; with ``report`` a mere verdict, written there, that publishes nothing."""

    def __init__(
        self, settings: Settings, imprint: Imprint, staging: Staging | None, report: Path | None = None
    ) -> None:
        self._settings = settings
        self._imprint = imprint
        self._staging = staging
        self._report_to = report
        self._clinics = _load_clinics(settings, imprint)
        self._registers = load_registers(settings, imprint.root, imprint.docs)
        self._sources: dict[str, str] = {}
        self._heads: dict[str, FrontMatter] = {}
        self._pages: dict[str, PageRecord] = {}
        self._menu: tuple[str, ...] = ()
        self._order: tuple[str, ...] = ()
        self._late: dict[str, PageRecord] = {}
        self._findings: list[Finding] = []
        self._judged: list[Finding] = []
        self._sheets: list[Sheet] = []
        self._since = time.perf_counter()

    def extensions(self) -> list[Extension]:
        """What Markdown needs in order to understand the blocks and citations of the registers."""
        if not self._clinics:
            return []
        from publishing.clinic_block import clinic_extension  # as the registers
        from publishing.publisher_block import publisher_extension

        publisher = publisher_extension(self._settings.publisher, self._settings.contact)
        return [clinic_extension(), publisher, *(self._registers.extensions() if self._registers else [])]

    def is_readable(self, source: str, content: bytes) -> bool:
        """Whether a page is UTF-8; the finding is noted where it is not."""
        try:
            content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            message = "is not UTF-8 text. Save it as UTF-8 in your editor ('Encoding' when saving)."
            self._findings.append(Finding(self._path(source), line, "encoding", message))
            return False
        return True

    def read_source(self, source: str, text: str) -> None:
        """The page as its editor wrote it; it alone has front matter and line numbers."""
        if not self._settings.has_output:
            return  # the safety rule needs only what is rendered
        self._sources[source] = text
        self._heads[source] = head = read_front_matter(text)
        if self._settings.rules is not None:
            self._findings += front_matter_findings(self._path(source), head)

    def read_page(self, source: str, url: str, html: str, title: str, chapter: tuple[str, ...]) -> str:
        """Take in a rendered page; gives its body back with its citations numbered and its sources at the foot."""
        if self._registers:
            filled = self._registers.fill(self._path(source), self._sources[source], html)
            self._findings += filled.findings
            html = filled.html
        if self._clinics:
            from publishing.clinic_block import with_numbers  # as the registers

            html = with_numbers(html, self._clinics.own)
        meta = self._heads[source].values if source in self._heads else {}
        self._pages[source] = pages.read(source, url, html, title=title, meta=meta, chapter=chapter)
        return html

    def close(self, menu: Sequence[str], files: Mapping[str, Path]) -> None:
        """Judge and print; raises PublishingError with every finding, where a preview only warns.

        ``menu``: sources in the order of the menu. ``files``: address under the site's root -> file.
        """
        self._stage("read")
        self._menu = tuple(menu)
        places = {source: place for place, source in enumerate(menu)}
        self._order = tuple(sorted(self._pages, key=lambda source: (places.get(source, len(places)), source)))
        if self._registers:
            from publishing.scores import filled_pages  # as the registers, to which its block belongs

            cache, about = Cache(self._imprint.root / CACHE), f"{self._settings} {self._order}"
            self._late = filled_pages(self._pages.values(), lambda: self._site(files), cache, about)
            self._pages |= self._late
        self._findings += checks.judge(self._site(files))
        self._stage("judge")
        if self._settings.print and self._staging and not self._report_to:
            self._print(files)
            self._stage("print")
        self._judged = checks.weigh(self._findings, self._settings, self._imprint.docs)
        errors = sum(finding.level == "error" for finding in self._judged)
        counts = len(self._pages), len(self._sheets), errors, len(self._judged) - errors
        self._log.info("counts pages=%d pdfs=%d findings=%d warnings=%d", *counts)
        self._report(self._judged)

    def commit(self) -> Path | None:
        """Put the finished output in the place of the last one; gives its folder."""
        if not self._staging:
            return None
        if self._settings.has_output:
            from publishing.exports import write_exports  # as the manifest

            pages = [self._pages[source] for source in self._order]
            write_exports(self._staging.folder, pages, self._imprint, self._settings, self._registers, self._clinics)
            self._write_manifest(self._staging.folder)
        folder = self._staging.commit()
        self._stage("write")
        return folder

    def give_up(self, error: BaseException) -> None:
        """Clear what this build made; raises PublishingError where a full or closed disk ended it."""
        if self._staging:
            self._staging.discard()
            if told := self._staging.explain(error):
                raise PublishingError(told)

    def late_bodies(self) -> dict[str, str]:
        """Bodies of the pages that could be filled only when all were in, by source."""
        return {source: page.html for source, page in self._late.items()}

    def sheets_by_page(self) -> dict[str, list[Sheet]]:
        """Hand-outs by the source of their page."""
        return printed.handouts(self._sheets, self._pages)

    def preview_findings(self) -> dict[str, list[Finding]]:
        """Findings by the source of their page, for the panel of a live preview; never in a build."""
        found: dict[str, list[Finding]] = {}
        for finding in self._judged if self._staging is None else ():
            found.setdefault(finding.path.removeprefix(f"{self._imprint.docs}/"), []).append(finding)
        return found

    def changes(self) -> Mapping[str, Sequence[Change]]:
        """What has changed on each sheet, oldest first, by the source of its page."""
        return self._registers.changes_by_sheet() if self._registers else {}

    def collections(self) -> dict[str, list[Sheet]]:
        """Sheets of more than one page of the guide, by what they are."""
        return printed.collections(self._sheets)

    def _site(self, files: Mapping[str, Path]) -> checks.Site:
        in_order = [self._pages[source] for source in self._order]
        site = checks.Site(
            in_order,
            SiteMap(in_order, self._imprint.site_url),
            self._settings,
            self._imprint.docs,
            frozenset(files),
            sources=self._sources,
            menu=frozenset(self._menu),
            today=date.today() if self._report_to else None,
        )
        if not self._registers or self._settings.rules is None:
            return site
        from publishing.phrases import site_facts  # many patterns: loaded where the rules of words are asked for

        return replace(site, **site_facts(self._registers, self._imprint.root, self._settings.data))

    def _print(self, files: Mapping[str, Path]) -> None:
        from publishing.sheets import print_sheets  # typst is loaded by the builds that print alone

        assert self._staging and self._clinics
        in_order = [self._pages[source] for source in self._order]
        given = (self._imprint, self._settings, self._clinics, self._registers)
        self._sheets, faults = print_sheets(in_order, files, *given, self._staging.folder, self._log)
        self._findings += faults

    def _write_manifest(self, folder: Path) -> None:
        from publishing.manifest import write_manifest  # as the report: not loaded for the safety rule alone

        write_manifest(
            folder,
            [self._pages[source] for source in self._order],
            self._sources,
            self._settings,
            docs=self._imprint.docs,
            site_url=self._imprint.site_url,
            menu=self._menu,
            editions=printed.editions(self._sheets, self._pages),
            has_clinic=bool(self._clinics and not self._clinics.own.is_empty),
        )

    def _report(self, findings: Sequence[Finding]) -> None:
        if self._report_to:
            from publishing.report import as_json

            exempt = checks.exemptions(self._settings, self._imprint.docs)
            self._report_to.write_text(as_json(findings, exempt), encoding="utf-8")
            raise PublishingError("The pages were judged; nothing was published.")
        errors = [finding for finding in findings if finding.level == "error"]
        for finding in findings:
            if self._staging is None:
                self._log.warning("%s", finding)
            elif finding.level == "warning":
                self._log.info("warning: %s", finding)  # told, but `--strict` counts what is logged as a warning
        if errors and self._staging:
            from publishing.report import count

            told = [f"{count(errors)} Nothing was published; the last good output is as it was.", *map(str, errors)]
            raise PublishingError("\n".join(told))

    def _path(self, source: str) -> str:
        return f"{self._imprint.docs}/{source}"

    def _stage(self, name: str) -> None:
        now = time.perf_counter()
        self._log.info("stage %s %.2f", name, now - self._since)
        self._since = now

    @property
    def _log(self) -> logging.Logger:
        return logging.getLogger("mkdocs.hooks.publishing")  # only loggers under mkdocs count for --strict


def _load_clinics(settings: Settings, imprint: Imprint) -> Clinics | None:
    """None for a site that has the safety rule alone."""
    if not settings.has_output:
        return None
    from publishing.clinics import load_clinics  # loaded by the sites that have output of ours alone

    return load_clinics(imprint.root, settings.clinic, imprint.clinic, imprint.clinics)
