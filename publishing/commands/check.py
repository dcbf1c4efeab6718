"""``check``: the rules over the pages as they are now, or (``check site/``) over a site that was built before.

The first runs the build up to its verdict and writes nothing; the second needs no MkDocs at all.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publishing import checks
from publishing.built import BuiltSite
from publishing.built_sheets import sheet_findings
from publishing.commands.config import read_config
from publishing.front_matter import front_matter_findings, read_front_matter
from publishing.kept_registers import load_registers
from publishing.links import SiteMap
from publishing.manifest import Manifest, digest, read_manifest
from publishing.phrases import site_facts
from publishing.records import Finding, PageRecord, PublishingError
from publishing.report import FORMS
from publishing.settings import Settings, read_settings
from publishing.shares import cores, in_shares

if TYPE_CHECKING:
    from publishing.registers import Registers


def run(site: str = "", form: str = "text", project: str = ".") -> int:
    """0 without errors, 1 with; warnings alone are 0."""
    gc.disable()  # nothing below makes cycles, and looking for some takes a twentieth of the time
    root = Path(project).resolve()
    judged = judge_built(Path(site), root) if site else judge_source(root)
    print(FORMS[form](*judged))
    return int(any(finding.level == "error" for finding in judged.findings))


class Judged(NamedTuple):
    """A verdict: what was found, and a line for each exemption."""

    findings: list[Finding]
    exempt: list[str]


def judge_source(root: Path) -> Judged:
    """The project's pages as they are now; raises PublishingError where they cannot be judged."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "findings.json"
        surroundings = os.environ | {"PUBLISHING_REPORT": str(report), "NO_MKDOCS_2_WARNING": "1", "COLUMNS": "0"}
        words = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(Path(folder) / "site")]
        done = subprocess.run(words, cwd=root, env=surroundings, capture_output=True, text=True, encoding="utf-8")
        if not report.exists():
            raise PublishingError((done.stderr or done.stdout).strip())
        told = json.loads(report.read_text(encoding="utf-8"))
    return Judged([Finding(**finding) for finding in told["findings"]], told["exempt"])


def judge_built(site: Path, root: Path, processes: int = 0) -> Judged:
    """A built site, by the registers of the project in ``root``; raises PublishingError where there is none.

    ``processes``: how many look at the pages, which changes no finding; 0 for one on each core.
    """
    if not site.is_dir():
        raise PublishingError(f"{site}: is not a folder. Build the site first with scripts/build.")
    manifest = read_manifest(site)
    settings = _settings(manifest, root)
    docs = manifest.docs if manifest else site.name
    registers = load_registers(settings, root, docs)
    built = BuiltSite(site, manifest, site.name, settings.safety_section)
    site_url = manifest.site_url if manifest else ""
    names = checks.Site(
        (),
        SiteMap(built.names(), site_url),
        settings,
        docs,
        built.addresses,
        sources=_sources(root / docs, manifest),
        **site_facts(registers, root, settings.data),
        menu=frozenset(manifest.menu) if manifest else None,
        today=date.today(),
    )
    shares = in_shares(partial(_judge_files, built, names, registers), [*built.files], processes or cores())
    pages = built.in_order(page for share in shares for page in share.pages)
    whole = replace(names, pages=pages, map=SiteMap(pages, site_url))
    found = built.findings
    for share in shares:
        found += share.findings
        whole.keep(share.kept)
    found += checks.judge_together(whole)
    if settings.rules is not None:
        found += sheet_findings(site, pages, settings.rules, docs, bool(manifest and manifest.has_clinic))
    return Judged(checks.weigh(found, settings, docs), checks.exemptions(settings, docs))


class _Share(NamedTuple):
    """What one process has read, and what it found."""

    pages: list[PageRecord]
    findings: list[Finding]
    kept: checks.Kept


def _judge_files(built: BuiltSite, names: checks.Site, registers: Registers | None, paths: Sequence[str]) -> _Share:
    """File by file, each page by itself: its tree is let go before the next is read. ``names``: the site before that."""
    share = _Share([], [], names.kept)
    for path in paths:
        page, body, findings = built.read(path)
        share.findings.extend(findings)
        if page:
            share.pages.append(page)
            share.findings.extend(checks.judge_page(names.alone(page, body)))
            share.findings.extend(_source_findings(page, names, registers))
    return share


def _source_findings(page: PageRecord, site: checks.Site, registers: Registers | None) -> Iterator[Finding]:
    """What the registers and the front matter say of a page."""
    path, text = f"{site.docs}/{page.source}", site.sources.get(page.source)
    if registers:
        yield from registers.fill(path, text or "", page.html).findings
    if text is not None and site.settings.rules is not None:
        yield from front_matter_findings(path, read_front_matter(text))


def _settings(manifest: Manifest | None, root: Path) -> Settings:
    if manifest:
        return read_settings(manifest.settings, checks.RULE_IDS, "publishing.json")
    if (root / "mkdocs.yml").is_file():
        return read_settings((read_config(root).get("extra") or {}).get("publishing"), checks.RULE_IDS)
    raise PublishingError(
        f"The site has no publishing.json, and {root} no mkdocs.yml that names the safety section. "
        "Run this in the project's folder, or name it with --project."
    )


def _sources(docs: Path, manifest: Manifest | None) -> dict[str, str]:
    """The Markdown of the pages that are still as they were when the site was built, for line numbers."""
    texts = {}
    for page in manifest.pages if manifest else ():
        with suppress(OSError), open(docs / page.source, "rb", buffering=0) as file:
            content = file.read()
            if digest(content) == page.source_sha256:
                texts[page.source] = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return texts
