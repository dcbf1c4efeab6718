"""What other programs read: llms.txt, a Markdown twin of each page, and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from publishing import pages as reading
from publishing.records import PageRecord
from publishing.twins import twin

if TYPE_CHECKING:
    from publishing.imprint import Imprint


def write_for_programs(folder: Path, pages: Sequence[PageRecord], imprint: Imprint) -> None:
    for page in pages:
        target = folder / unquote(twin_path(page))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(twin(page, reading.article(page.html)), encoding="utf-8")
    (folder / "llms.txt").write_text(contents(pages, imprint), encoding="utf-8")
    (folder / "robots.txt").write_text(robots(imprint.site_url), encoding="utf-8")


def twin_path(page: PageRecord) -> str:
    """visit/after/ -> visit/after/index.md; visit/after.html -> visit/after.md."""
    address = "" if page.url in (".", "./") else page.url
    return f"{address}index.md" if address.endswith("/") or not address else f"{address.removesuffix('.html')}.md"


def contents(pages: Sequence[PageRecord], imprint: Imprint) -> str:
    """The guide in the form of llmstxt.org: what it is, and each page with what it answers."""
    lines = [f"# {imprint.site_name}", "", f"> {imprint.purpose}", ""]
    lines += [
        "Each page says when it was checked and whether a clinician has reviewed it. Keep a figure with its source and with what",
        "it counts (people or sessions), and keep the link to the safety pages. This is information, not advice for one person.",
    ]
    chapter: tuple[str, ...] | None = None
    for page in pages:
        if page.chapter != chapter:
            chapter = page.chapter
            lines += ["", f"## {chapter[0] if chapter else 'Start'}", ""]
        address = urljoin(imprint.site_url, twin_path(page)) if imprint.site_url else twin_path(page)
        about = page.meta.get("description", "")
        lines.append(f"- [{page.title}]({address}){': ' + about if about else ''}")
    return "\n".join(lines) + "\n"


def robots(site_url: str) -> str:
    """All may read all; the sitemap needs the site's address."""
    sitemap = f"\nSitemap: {urljoin(site_url, 'sitemap.xml')}\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"
