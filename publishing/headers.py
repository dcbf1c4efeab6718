"""The finished site -> what a browser may run and load on it: a policy in each page, and headers for those who serve it.

The hashes are those of the inline scripts that the pages of this very build have, so a script that was planted later is
never run. Hosts without headers of their own have the policy in the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from publishing import pages
from publishing.checks.inline import inline_message
from publishing.links import plain_url
from publishing.records import Faults, Finding, Inline, PageRecord, PublishingError
from publishing.servers import FILES, Served

LONGEST_LINE = 2000
"""Letters that a host takes in a line of ``_headers``."""
_DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",  # frames, plug-ins, manifests: whatever is not named below
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons stand in its style sheet
    "font-src": "'self'",
    "connect-src": "'self'",  # the search fetches its index
    "media-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_ONLY_AS_HEADER = ("frame-ancestors",)
# Those that see, hear, find or charge a reader, or reach their devices; each name is sent with every file.
_UNUSED = ("camera", "display-capture", "geolocation", "hid", "microphone", "payment", "serial", "usb")
_HEADERS: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",  # a page that somebody reads says something of their health
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Where the policy goes: it holds for what follows it, and a browser looks for the charset in the first 1,024 bytes.
_PLACES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"<meta\s+charset\s*=[^>]*>", r"<head(?:\s[^>]*)?>", r"\s*<!doctype[^>]*>", "")
]


def write_policy(
    site: Path, records: Iterable[PageRecord], docs: str, moves: Mapping[str, str] = MappingProxyType({})
) -> None:
    """``site``: the finished output, written to; ``records``: its pages; ``moves``: from path to path, for servers.

    Raises PublishingError where no policy would do.
    """
    known = {plain_url(page.url): page for page in records}
    hashes: set[str] = set()
    faults: dict[Inline, Finding] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        content = file.read_bytes()
        code = pages.inline_code(content.decode("utf-8", "replace"))
        page = known.get(plain_url(path))
        for fault in _of_the_theme(code, page, f"{docs}/{page.source}" if page else path):
            faults.setdefault(*fault)
        own = {_hash(each.text) for each in code if each.kind == "script"}
        # Latin-1 gives each byte back as it was, also where the page is no good UTF-8.
        file.write_bytes(with_policy(content.decode("latin-1"), own).encode("latin-1"))
        hashes |= own
    if faults:
        raise Faults(faults.values())
    served = Served(site_headers(hashes), hashed_files(site), moves)
    for name, render in FILES.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(render(served), encoding="utf-8")


def site_headers(hashes: Iterable[str]) -> dict[str, str]:
    """Every header that goes with each answer, by its name; raises PublishingError where one is too long for a host."""
    headers = {"Content-Security-Policy": policy(hashes), **_HEADERS}
    for name, value in headers.items():
        if (length := len(f"  {name}: {value}")) >= LONGEST_LINE:
            raise PublishingError(
                f"The header {name} is {length} letters long, and hosts take {LONGEST_LINE}: the pages have many different "
                "inline scripts. Put the theme's into files, under extra_javascript in mkdocs.yml."
            )
    return headers


def policy(hashes: Iterable[str], in_page: bool = False) -> str:
    """``in_page``: as a page may say it of itself."""
    scripts = " ".join(("'self'", *(f"'sha256-{each}'" for each in sorted(hashes))))
    directives = {**_DIRECTIVES, "script-src": scripts}
    kept = (name for name in directives if not (in_page and name in _ONLY_AS_HEADER))
    return "; ".join(f"{name} {directives[name]}" for name in kept)


def with_policy(document: str, hashes: Iterable[str]) -> str:
    """The page with its policy at the head of its head."""
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(hashes, in_page=True)}">'
        f'<meta name="referrer" content="{_HEADERS["Referrer-Policy"]}">'
    )
    found = next(found for place in _PLACES if (found := place.search(document)))
    return document[: found.end()] + metas + document[found.end() :]


def hashed_files(site: Path) -> tuple[str, ...]:
    """Files whose name changes with what they hold, so that a browser need never ask for one again."""
    files = (path.relative_to(site).as_posix() for path in site.glob("assets/**/*") if path.is_file())
    return tuple(sorted(file for file in files if re.search(r"\.[0-9a-f]{8}\.", file)))


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _of_the_theme(code: Sequence[Inline], page: PageRecord | None, path: str) -> Iterator[tuple[Inline, Finding]]:
    """What the policy blocks and no editor of a page has written; the theme's scripts are allowed by their hashes."""
    own = set(page.inline) if page else set()
    for each in code:
        if each.kind != "script" and each not in own:
            message = f"in what the theme puts round the page, {inline_message(each)}"
            yield each, Finding(path, 0, "inline-code", message)
