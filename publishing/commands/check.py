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
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publishing import checks
from publishing.built import read_site
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


def judge_built(site: Path, root: Path) -> Judged:
    """A built site, by the registers of the project in ``root``; raises PublishingError where there is none."""
    gc.disable()  # nothing below makes cycles, and looking for some takes a twentieth of the time
    if not site.is_dir():
        raise PublishingError(f"{site}: is not a folder. Build the site first with scripts/build.")
    manifest = read_manifest(site)
    settings = _settings(manifest, root)
    docs = manifest.docs if manifest else site.name
    registers = load_registers(settings, root, docs)
    sources = _sources(root / docs, manifest)
    processes = cores()
    built = read_site(site, manifest, site.name, settings.safety_section, processes)
    judged = checks.Site(
        built.pages,
        SiteMap(built.pages, manifest.site_url if manifest else ""),
        settings,
        docs,
        built.files,
        sources=sources,
        **site_facts(registers, root, settings.data),
        menu=frozenset(manifest.menu) if manifest else None,
        today=date.today(),
    )

    def of_sources(pages: Sequence[PageRecord]) -> list[Finding]:
        return [finding for page in pages for finding in _source_findings(page, judged, registers)]

    found = [*built.findings, *checks.judge(judged, processes)]
    found += chain.from_iterable(in_shares(of_sources, built.pages, processes))
    if settings.rules is not None:
        found += sheet_findings(site, built.pages, settings.rules, docs, bool(manifest and manifest.has_clinic))
    return Judged(checks.weigh(found, settings, docs), checks.exemptions(settings, docs))


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
        path = docs / page.source
        if path.is_file() and digest(path.read_bytes()) == page.source_sha256:
            texts[page.source] = path.read_text(encoding="utf-8-sig")
    return texts
