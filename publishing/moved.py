"""Pages that were renamed: what stands at the old address, and where that leads.

Paper and bookmarks keep an address for years. At the old one a small page leads on: by a script, which alone keeps what
stands behind # (a sheet's square has its edition there), else by a refresh, else by a link. Servers lead on by themselves.
"""

from __future__ import annotations

import hashlib
import html
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urljoin

from publishing.links import plain_url, slug
from publishing.records import PageRecord, PublishingError
from publishing.settings import Settings
from publishing.sheet_edition import is_handout

HOSTS_FILE = "_redirects"
SCRIPT = """\
const link = document.querySelector("a");
link.search = location.search;
link.hash = location.hash;
location.replace(link.href);
"""
_SCRIPT_FILE = f"assets/javascripts/moved.{hashlib.sha256(SCRIPT.encode()).hexdigest()[:8]}.js"
_INDEXES = ("index", "README")


def moved_addresses(redirects: Mapping[str, str], pages: Sequence[PageRecord]) -> dict[str, PageRecord]:
    """Old address, decoded -> the page that is there now; entries that name no page are left out."""
    known = {page.source: page for page in pages}
    has_folders = not any(page.url.endswith(".html") for page in pages)
    return {address_of(old, has_folders): known[new] for old, new in redirects.items() if new in known}


def address_of(source: str, has_folders: bool = True) -> str:
    """Where MkDocs puts a page: visit/after.md -> visit/after/, or visit/after.html without ``has_folders``."""
    stem = source.removesuffix(".md")
    folder, name = posixpath.split(stem)
    if not has_folders:
        return posixpath.join(folder, "index.html" if name in _INDEXES else f"{name}.html")
    return f"{folder}/".lstrip("/") if name in _INDEXES else f"{stem}/"


def file_of(address: str) -> str:
    """The file of a static site that is served there."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def server_moves(settings: Settings, pages: Sequence[PageRecord]) -> dict[str, str]:
    """Path -> path, decoded and from the root, for a server: of pages with and without their last slash, and of sheets."""
    moves: dict[str, str] = {}
    for address, page in moved_addresses(settings.redirects, pages).items():
        moves |= {f"/{old}": f"/{plain_url(page.url)}" for old in dict.fromkeys((address, address.rstrip("/")))}
    papers = settings.print.papers if settings.print else ()
    sheets = {page.source: slug(page.source) for page in pages if is_handout(page)}
    for old, new in settings.redirects.items():
        if new in sheets and slug(old) not in sheets.values():
            moves |= {f"/print/{slug(old)}-{paper}.pdf": f"/print/{sheets[new]}-{paper}.pdf" for paper in papers}
    return moves


def write_moved(site: Path, settings: Settings, pages: Sequence[PageRecord], name: str, site_url: str) -> None:
    """``site``: the finished output; ``name``: the site's. Raises PublishingError where a place is taken."""
    moved = moved_addresses(settings.redirects, pages)
    if not moved:
        return
    files = {file_of(address): moved_page(address, page, name, site_url) for address, page in moved.items()}
    files |= {_SCRIPT_FILE: SCRIPT, HOSTS_FILE: "\n".join(_host_lines(server_moves(settings, pages))) + "\n"}
    for path, text in files.items():
        try:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            with (site / path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except (FileExistsError, NotADirectoryError):
            raise PublishingError(
                f"mkdocs.yml: extra.publishing.redirects: {path} is in the output already. "
                "Take out the entry that leads there, or rename the file under docs."
            ) from None


def moved_page(address: str, page: PageRecord, name: str, site_url: str = "") -> str:
    """The page at the old ``address``; it needs no style, and no script to lead on."""
    to, script = (html.escape(_relative(address, path)) for path in (plain_url(page.url), _SCRIPT_FILE))
    canonical = f'<link rel="canonical" href="{html.escape(urljoin(site_url, page.url))}">\n' if site_url else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>This page has moved - {html.escape(name)}</title>
{canonical}<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body>
<main>
<h1>This page has moved</h1>
<p>Read on here: <a href="{to}">{html.escape(page.title)}</a></p>
</main>
<script src="{script}"></script>
</body>
</html>
"""


def _relative(address: str, path: str) -> str:
    """From a page's address to a path of the site, percent-encoded."""
    way = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{address}"))
    return quote(way) + ("/" if path.endswith("/") or not path else "")


def _host_lines(moves: Mapping[str, str]) -> Iterator[str]:
    """As Netlify and Cloudflare Pages read them; Netlify serves a page that is there before it looks at its line."""
    return (f"{quote(old)} {quote(new)} 301" for old, new in moves.items())
