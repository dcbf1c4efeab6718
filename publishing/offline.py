"""The finished site -> one zip that opens from a disk or a USB stick, without a server and without a network.

A browser opens files by their names and reads no data file from a disk: links to folders become links to their
index.html, the search's files become scripts, and the policy that a server would send stands in each page.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from publishing.clinic_block import numbers
from publishing.search import INDEX, STUB, WORKER, as_script

if TYPE_CHECKING:
    from publishing.clinics import Clinics

ZIP = "offline/needling-guide.zip"
FOLDER = "needling-guide"
_LEFT_OUT = re.compile(
    r"offline/|print/clinics/|404\.html$|publishing\.json$|sitemap\.xml|robots\.txt$|.*\.map$|assets/javascripts/lunr/|.*\.md$|llms\.txt$|feed\.xml$"
)
_CHARSET = '<meta charset="utf-8">'
_ADDRESS = re.compile(r'(<(?:a|link|form)\b[^>]*?\s(?:href|action)=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)(")')
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_PRELOAD = re.compile(r'\s*<link rel="(?:preload|canonical|alternate)"[^>]*>')
_SHEET = re.compile(r'<link rel="stylesheet" href="(assets/[^"]*)"')
_ONLINE_ONLY = re.compile(r'<p class="online-only">.*?</p>', re.DOTALL)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold: two builds of one edition are the same file
_PACKED = (".pdf", ".woff2", ".png", ".zip")


def write_offline(site: Path, name: str) -> None:
    """Put the zip into ``site``; nothing where the site's look has no search of its own. ``name``: the guide's."""
    if not (site / WORKER).is_file():
        return
    (site / ZIP).parent.mkdir(exist_ok=True)
    _pack(site / ZIP, _files(site, name))


def write_clinic_copies(site: Path, name: str, clinics: Clinics) -> None:
    """Beside the sheets of each clinic of a folder, a copy that shows its numbers and holds its sheets."""
    for clinic, given in clinics.others.items() if (site / WORKER).is_file() else ():
        folder = site / "print/clinics" / clinic
        exchanged = (numbers(clinics.own).encode(), numbers(given).encode())
        files = ((path, _of_clinic(path, content, folder, exchanged)) for path, content in _files(site, name))
        _pack(folder / posixpath.basename(ZIP), files)


def _of_clinic(path: str, content: bytes, sheets: Path, exchanged: tuple[bytes, bytes]) -> bytes:
    """A file of the copy, with the clinic's sheet or numbers in the place of the guide's own."""
    sheet = sheets / path.removeprefix("guide/print/")
    if path.startswith("guide/print/") and sheet.is_file():
        return sheet.read_bytes()
    return content.replace(*exchanged) if path.endswith(".html") else content


def _pack(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(target, "w") as packed:
        for path, content in sorted(files):
            entry = zipfile.ZipInfo(f"{FOLDER}/{path}", _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            packed.writestr(entry, content, compresslevel=9)


def _files(site: Path, name: str) -> Iterator[tuple[str, bytes]]:
    front = (site / "index.html").read_text(encoding="utf-8")
    yield "index.html", start_page(name, _SHEET.findall(front)).encode()
    for file in site.rglob("*"):
        path = file.relative_to(site).as_posix()
        if not file.is_file() or _LEFT_OUT.match(path):
            continue
        if path.endswith(".html"):
            yield f"guide/{path}", offline_page(file.read_text(encoding="utf-8")).encode()
        elif path == INDEX:
            yield f"guide/{path}", _index(file.read_text(encoding="utf-8")).encode()
        elif path == STUB:
            stub = json.loads(file.read_text(encoding="utf-8"))
            yield f"guide/{STUB.removesuffix('on')}", as_script("__index", stub).encode()
        else:
            yield f"guide/{path}", file.read_bytes()


def offline_page(page: str) -> str:
    """A page with links to files, its policy in its head, and without what only a server can give."""
    page = _ONLINE_ONLY.sub("", _PRELOAD.sub("", page))
    for places in (_ADDRESS, _REFRESH):
        page = places.sub(lambda found: f"{found[1]}{offline_address(found[2])}{found[3]}", page)
    return page.replace(_CHARSET, f"{_CHARSET}{_policy(page)}", 1)


def offline_address(address: str, index: str = "index.html") -> str:
    """The address with the file ``index`` of a folder; others as they are."""
    parts = urlsplit(html.unescape(address))
    if parts.scheme or parts.netloc or not parts.path:
        return address
    if parts.path.endswith("/") or posixpath.basename(parts.path) in (".", ".."):
        end = min((place for mark in "?#" if (place := address.find(mark)) >= 0), default=len(address))
        return f"{address[:end].rstrip('/')}/{index}{address[end:]}"
    return address


def _policy(page: str) -> str:
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _INLINE.findall(page)}
    scripts = " ".join(f"'sha256-{one}'" for one in sorted(hashes))
    policy = (
        f"default-src 'none'; script-src 'self' file: {scripts}; style-src 'self' file:; img-src 'self' file: data:; "
        "font-src 'self' file:; frame-src 'self' file:; base-uri 'none'; form-action 'self' file:"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _index(script: str) -> str:
    """The search's index with the pages' addresses as files."""
    guide = json.loads(script.partition("=")[2])
    for doc in guide["docs"]:
        doc["location"] = offline_address(doc["location"] or "./").removeprefix("./")
    guide["names"] = {offline_address(page or "./").removeprefix("./"): names for page, names in guide["names"].items()}
    return as_script("guideIndex", guide)


def start_page(name: str, sheets: Iterable[str] = ()) -> str:
    """What somebody sees who opens the folder: how to start, in a page that needs nothing else.

    It has the look of the guide by its style ``sheets``; looked at inside the zip, where there are none, it has that of the device.
    """
    title = html.escape(name)
    look = "".join(f'<link rel="stylesheet" href="guide/{sheet}">\n' for sheet in sheets)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; font-src 'self' file:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Start here - {title}</title>
{look}</head>
<body dir="ltr" data-md-color-scheme="default">
<div class="md-main__inner md-grid">
<main class="md-content__inner md-typeset">
<h1>{title}</h1>
<p><a class="md-button md-button--primary" href="guide/index.html">Open the guide</a></p>
<h2>If that link does nothing</h2>
<p>You may be looking into a packed file. Close this window. Then unpack the file first:</p>
<ul>
<li>Windows: click the zip file with the right button, and choose "Extract all".</li>
<li>Mac: click the zip file twice.</li>
</ul>
<p>Then open the folder "{FOLDER}", and in it the file "index.html".</p>
<h2>What is in this folder</h2>
<p>The whole guide, with its search and its sheets to print. It needs no internet. You can copy the folder to a USB stick.</p>
<p>A copy does not change by itself. Each page says when it was checked. Fetch a new copy before that date is half a year old.</p>
</main>
</div>
</body>
</html>
"""
