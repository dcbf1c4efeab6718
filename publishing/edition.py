"""One build: collects the pages, has them filled, judged and printed, and puts the output in place.

The only object of the package that changes while it lives; ``hooks.py`` makes it anew for each build.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publishing import checks, pages
from publishing.front_matter import FrontMatter, front_matter_faults, read_front_matter
from publishing.links import SiteMap, slug
from publishing.output import Staging
from publishing.records import Finding, PageRecord, PublishingError, Sheet
from publishing.settings import Settings

if TYPE_CHECKING:
    from markdown import Extension

    from publishing.registers import Registers


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every sheet whatever its page."""

    site_name: str
    purpose: str
    licence: str
    timestamp: int
    """Seconds since 1970: the only date that enters a PDF."""


class Edition:
    """``root`` is the project's folder, ``docs`` the docs folder as an editor would type it."""

    def __init__(self, settings: Settings, *, root: Path, docs: str, site_url: str, staging: Staging | None) -> None:
        self.settings = settings
        self.findings: list[Finding] = []
        self.sheets: list[Sheet] = []
        self._docs = docs
        self._site_url = site_url
        self._staging = staging
        self._pages: dict[str, PageRecord] = {}
        self._heads: dict[str, FrontMatter] = {}
        self._registers = _load_registers(settings, root)
        self._since = time.perf_counter()

    @property
    def is_preview(self) -> bool:
        """A live preview shows findings and goes on; it makes no PDFs and swaps nothing in."""
        return self._staging is None

    @property
    def folder(self) -> Path | None:
        """Where the output is written until it is whole."""
        return self._staging.folder if self._staging else None

    def extensions(self) -> list[Extension]:
        """What Markdown needs in order to understand risk boxes and citations."""
        return self._registers.extensions(self.findings) if self._registers else []

    def is_readable(self, source: str, content: bytes) -> bool:
        """Whether a page is UTF-8; the finding is noted where it is not."""
        try:
            content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            message = "is not UTF-8 text. Save it as UTF-8 in your editor ('Encoding' when saving)."
            self.findings.append(Finding(f"{self._docs}/{source}", line, "encoding", message))
            return False
        return True

    def read_source(self, source: str, text: str) -> None:
        """The page as its editor wrote it: what only the source can show, with line numbers."""
        path = f"{self._docs}/{source}"
        self._heads[source] = head = read_front_matter(text)
        if self.settings.rules is not None:
            faults = front_matter_faults(head)
            self.findings += [Finding(path, line, "front-matter", fault) for line, fault in faults]
        if self._registers:
            self.findings += self._registers.scan(path, text)

    def read_page(self, source: str, url: str, html: str, title: str, chapter: tuple[str, ...]) -> str:
        """Take in a rendered page; gives its body back with the citations numbered."""
        if self._registers:
            html = self._registers.fill(source, html)
        meta = self._heads.get(source, FrontMatter()).values
        self._pages[source] = pages.read(source, url, html, title=title, meta=meta, chapter=chapter)
        return html

    def close(self, order: Sequence[str], files: Mapping[str, Path], imprint: Imprint) -> None:
        """Judge, print, and raise PublishingError with every finding; a preview only warns.

        ``order``: sources as the menu has them. ``files``: address under the site's root -> file.
        """
        self._stage("read")
        places = {source: place for place, source in enumerate(order)}
        in_order = sorted(self._pages.values(), key=lambda page: (places.get(page.source, len(places)), page.source))
        site_map = SiteMap(in_order, self._site_url)
        self.findings += checks.judge(checks.Site(in_order, site_map, self.settings, self._docs, frozenset(files)))
        self._stage("judge")
        if self.settings.print and self.folder:
            self._print(in_order, files, imprint)
        self.findings = checks.weigh(self.findings, self.settings, self._docs)
        self._log.info("counts pages=%d pdfs=%d findings=%d", len(in_order), len(self.sheets), len(self.findings))
        self._report()

    def commit(self) -> Path | None:
        """Put the finished output in the place of the last one; gives its folder."""
        self._stage("write")
        return self._staging.commit() if self._staging else None

    def sheets_by_page(self) -> dict[str, list[Sheet]]:
        """Hand-outs by the source of their page."""
        slugs = {slug(page.source): page.source for page in self._pages.values()}
        found: dict[str, list[Sheet]] = {}
        for sheet in self.sheets:
            if sheet.edition == "hand-out":
                found.setdefault(slugs[sheet.id], []).append(sheet)
        return found

    def booklets(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.edition == "booklet"]

    def discard(self) -> None:
        if self._staging:
            self._staging.discard()

    def _print(self, in_order: Sequence[PageRecord], files: Mapping[str, Path], imprint: Imprint) -> None:
        from publishing.print import Job, export  # typst is loaded by the editions that print alone

        assert self.settings.print and self.folder
        job = Job(
            site_name=imprint.site_name,
            purpose=imprint.purpose,
            site_url=self._site_url,
            timestamp=imprint.timestamp,
            licence=imprint.licence,
            papers=self.settings.print.papers,
            docs_dir=self._docs,
        )
        out = self.folder / "print"
        out.mkdir(exist_ok=True)
        self.sheets, faults = export(in_order, lambda url: files.get(unquote(url)), job, out)
        self.findings += faults
        self._stage("print")

    def _report(self) -> None:
        errors = [finding for finding in self.findings if finding.level == "error"]
        for finding in self.findings:
            if self.is_preview or finding.level == "warning":
                self._log.warning("%s", finding)
        if errors and not self.is_preview:
            count = "1 finding" if len(errors) == 1 else f"{len(errors)} findings"
            lines = [f"{count}. Nothing was published; the last good output is as it was.", *map(str, errors)]
            raise PublishingError("\n".join(lines))

    def _stage(self, name: str) -> None:
        now = time.perf_counter()
        self._log.info("stage %s %.2f", name, now - self._since)
        self._since = now

    @property
    def _log(self) -> logging.Logger:
        return logging.getLogger("mkdocs.hooks.publishing")  # only loggers under mkdocs count for --strict


def _load_registers(settings: Settings, root: Path) -> Registers | None:
    if not settings.data:
        return None
    from publishing.registers import Registers  # pydantic is loaded by the sites that have registers alone

    return Registers.load(root, settings.data)
