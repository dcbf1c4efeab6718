"""The rules: pages and settings in, findings out. Nothing here reads a file or logs a word."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from publishing.links import SiteMap, Target, relative_source
from publishing.records import Finding, Link, PageRecord
from publishing.settings import Settings, suggest


@dataclass(frozen=True)
class Site:
    """All that a rule may look at."""

    pages: Sequence[PageRecord]
    map: SiteMap
    settings: Settings
    docs: str = "docs"
    """How an editor names the docs folder, in front of each finding."""
    files: frozenset[str] = frozenset()
    """Address under the site's root of everything that is served beside the pages."""

    def finding(self, page: PageRecord, rule: str, message: str, line: int = 0) -> Finding:
        return Finding(f"{self.docs}/{page.source}", line, rule, message)


def safety_citation(site: Site) -> Iterator[Finding]:
    """Every page outside the safety section links to it where a reader sees the link at once."""
    section = site.settings.safety_section
    example = section_home(site.pages, section)
    if not section or example is None:
        return
    for page in site.pages:
        if in_section(page.source, section):
            continue
        faults = []
        for link in page.links:
            target = site.map.resolve(page, link.href)
            if target is None or not _names_section(target, example, section):
                continue
            fault = _citation_fault(link, target)
            if fault is None:
                break
            faults.append(f"The link to {_name(page, target)} does not count: {fault}.")
        else:
            yield site.finding(page, "safety-citation", _uncited(page, example, faults))


def in_section(source: str, section: str) -> bool:
    """Whether a page is of the section: in the folder, at any depth, or the page itself."""
    folder = section if section.endswith("/") else f"{section}/"
    return source == section or source.startswith(folder)


def section_home(pages: Sequence[PageRecord], section: str) -> PageRecord | None:
    """The page that a citation names by default: the section's index, else its first page."""
    members = [page for page in pages if in_section(page.source, section)]
    folder = section.rstrip("/")
    homes = (section, f"{folder}/index.md", f"{folder}/README.md")
    return next((page for page in members if page.source in homes), members[0] if members else None)


def _names_section(target: Target, home: PageRecord, section: str) -> bool:
    if target.page is not None:
        return in_section(target.page.source, section)
    folder = section.removesuffix(".md").rstrip("/")
    return target.path == folder or target.path.startswith((f"{folder}/", f"{folder}.html"))


def _citation_fault(link: Link, target: Target) -> str | None:
    if target.page is None:
        return "the site has no such page"
    if not target.has_anchor:
        return f"the page has no anchor '#{target.fragment}'"
    return f"it {link.unseen}" if link.unseen else None


def _uncited(page: PageRecord, example: PageRecord, faults: Sequence[str]) -> str:
    link = relative_source(page.source, example.source)
    message = f"does not cite the safety section. Add a visible link, for example [safety]({link})."
    return " ".join([message, *dict.fromkeys(faults)])


def _name(page: PageRecord, target: Target) -> str:
    place = relative_source(page.source, target.page.source if target.page else target.path)
    return f"{place}#{target.fragment}" if target.fragment else place


def broken_link(site: Site) -> Iterator[Finding]:
    """Every link and every embedded file that names this site names something that is there."""
    for page in site.pages:
        for link in page.links:
            target = site.map.resolve(page, link.href)
            if target is not None and (fault := _link_fault(site, target)):
                yield site.finding(page, "broken-link", f"links to {_name(page, target)}, but {fault}")
        for address in page.media:
            target = site.map.resolve(page, address)
            if target is not None and target.path not in site.files:
                message = (
                    f"shows {unquote(address)}, but there is no such file. Put it under {site.docs}, or mend the path."
                )
                yield site.finding(page, "broken-link", message)


def _link_fault(site: Site, target: Target) -> str | None:
    if target.page is None:
        if target.path in site.files:
            return None
        near = difflib.get_close_matches(target.path, [unquote(page.url) for page in site.pages], n=1)
        return "the site has no such page or file." + (f" Did you mean {near[0]}?" if near else " Mend the path.")
    if target.has_anchor:
        return None
    near = difflib.get_close_matches(target.fragment, target.page.anchors, n=1)
    hint = f" Did you mean #{near[0]}?" if near else " Write the id of one of its headings, or none."
    return f"that page has no anchor '#{target.fragment}'.{hint}"


RULES: Mapping[str, Callable[[Site], Iterator[Finding]]] = {
    "safety-citation": safety_citation,
    "broken-link": broken_link,
}
ALWAYS = ("safety-citation", "encoding")
"""Rules that a site need not ask for."""
RULE_IDS = (*RULES, "encoding", "front-matter")


def judge(site: Site) -> list[Finding]:
    """Every finding of the rules that the settings turn on."""
    found = list(_settings_faults(site))
    for rule, check in RULES.items():
        if rule in ALWAYS or site.settings.rules is not None:
            found += check(site)
    return found


def weigh(findings: Iterable[Finding], settings: Settings, docs: str) -> list[Finding]:
    """Sorted, each once, at the level that the settings give its rule; without what they exempt."""
    levels = settings.rules or {}
    kept = []
    for finding in set(findings):
        level = levels.get(finding.rule, "error")
        exempt = settings.exempt.get(finding.path.removeprefix(f"{docs}/"), {})
        if level != "off" and finding.rule not in exempt:
            kept.append(replace(finding, level="warning" if level == "warn" else finding.level))
    return sorted(kept)


def _settings_faults(site: Site) -> Iterator[Finding]:
    section = site.settings.safety_section
    if section and section_home(site.pages, section) is None:
        message = f"extra.publishing.safety_section: '{section}' holds no page. Write a folder or a page under {site.docs}, for example 'safety/'."
        yield Finding("mkdocs.yml", 0, "safety-citation", message)
    sources = [page.source for page in site.pages]
    for source, reasons in site.settings.exempt.items():
        if source not in sources:
            for rule in reasons:
                message = (
                    f"extra.publishing.exempt: '{source}' is not a page under {site.docs}. {suggest(source, sources)}"
                )
                yield Finding("mkdocs.yml", 0, rule, message)
