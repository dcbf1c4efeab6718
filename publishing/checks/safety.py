"""The rule this project exists for: every page cites the safety section, where a reader sees it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publishing.checks.site import Site, name_target
from publishing.links import Target, relative_source
from publishing.records import Finding, Link, PageRecord
from publishing.settings import suggest


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
            faults.append(f"The link to {name_target(page, target)} does not count: {fault}.")
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


def settings_faults(site: Site) -> Iterator[Finding]:
    """A section without a page, or an exemption for a page that is not there, would make a rule pass unseen."""
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
