"""Headers and rules of caching -> a file for each kind of host, in its own language.

All say the same. What stays the same under one name is kept for a year, and letters for a week; a sheet for an hour, since
a wrong one is called back; a page is asked for anew each time, at the price of an answer without a body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

IMMUTABLE = "public, max-age=31536000, immutable"
WEEKLY = "public, max-age=604800"
HOURLY = "public, max-age=3600, must-revalidate"
FRESH = "public, max-age=0, must-revalidate"
_FOLDERS: Mapping[str, str] = {"assets/fonts": WEEKLY, "print": HOURLY, "offline": HOURLY}
_PACKED = (
    "application/javascript", "application/json", "application/rss+xml", "application/xml", "image/svg+xml",
    "text/css", "text/javascript", "text/markdown", "text/plain", "text/xml",
)  # fmt: skip
_HASHED = r"^/assets/.*\.[0-9a-f]{8}\."
_NOTE = """# Written by the build for the pages beside it, and in step with them: put it in place anew with each build.
# HOSTING.md of the project says how, and when to add Strict-Transport-Security."""


class Served(NamedTuple):
    """What a server has to know of a site."""

    headers: Mapping[str, str]
    hashed: Sequence[str]
    """Files, from the site's root, that never change under their name."""
    moves: Mapping[str, str] = MappingProxyType({})
    """Path -> path, from the root, of what was renamed."""


def netlify(served: Served) -> str:
    """``_headers``, as Netlify and Cloudflare Pages read it.

    Pages are not named: both hosts have them asked for anew each time by themselves, and would join two values.
    """
    blocks = [("/*", served.headers)]
    blocks += [(f"/{folder}/*", {"Cache-Control": kept}) for folder, kept in _FOLDERS.items()]
    blocks += [(f"/{quote(file)}", {"Cache-Control": IMMUTABLE}) for file in served.hashed]
    texts = ["\n".join((path, *(f"  {name}: {value}" for name, value in of.items()))) for path, of in blocks]
    return "\n\n".join((_NOTE, *texts)) + "\n"


def nginx(served: Served) -> str:
    """For ``include`` in a server block.

    The one Cache-Control is a variable: an add_header of a location would drop all those of its server.
    """
    lines = [
        "server_tokens off;",
        "absolute_redirect off;  # a reader stays at the name and the port by which they came",
        "index index.html;",
        "error_page 404 /404.html;",
        "charset utf-8;",
        f"charset_types {' '.join(_PACKED)};",
        "gzip on;",
        "gzip_vary on;",
        "gzip_comp_level 6;",
        "gzip_min_length 1000;",
        f"gzip_types {' '.join(_PACKED)};",
        'location ~ "\\.md$" { default_type text/markdown; }',
        f'set $guide_cache "{FRESH}";',
        f'if ($uri ~ "{_HASHED}") {{ set $guide_cache "{IMMUTABLE}"; }}',
        *(f'if ($uri ~ "^/{folder}/") {{ set $guide_cache "{kept}"; }}' for folder, kept in _FOLDERS.items()),
        "add_header Cache-Control $guide_cache always;",
        *(f"add_header {name} {_quoted(value)} always;" for name, value in served.headers.items()),
        *(f"location = {_quoted(old)} {{ return 301 {_quoted(quote(new))}; }}" for old, new in served.moves.items()),
    ]
    return "\n".join((_NOTE, *lines)) + "\n"


def caddy(served: Served) -> str:
    """For ``import`` in a site block; an answer that is an error starts anew there, without the headers of the others."""
    headers = ["header {", *(f"\t{name} {_quoted(value)}" for name, value in served.headers.items()), "\t-Server", "}"]
    kept = {_HASHED: IMMUTABLE, **{f"^/{folder}/": kept for folder, kept in _FOLDERS.items()}}
    lines = [
        f"@fresh not path_regexp (?:{'|'.join(kept)})",
        f'header @fresh Cache-Control "{FRESH}"',
    ]
    for place, (path, value) in enumerate(kept.items()):  # only what is there: the rest may come yet
        lines += [f"@kept{place} {{", f"\tpath_regexp {path}", "\tfile", "}"]
        lines += [f'header @kept{place} Cache-Control "{value}"']
    lines += [
        *headers,
        *_moves_for_caddy(served.moves),
        "encode zstd gzip",
        "file_server",
        "handle_errors {",
        *(f"\t{line}" for line in headers),
        f'\theader Cache-Control "{FRESH}"',
        "\trewrite * /404.html",
        "\tfile_server",
        "}",
    ]
    return "\n".join((_NOTE, *lines)) + "\n"


def _moves_for_caddy(moves: Mapping[str, str]) -> list[str]:
    if not moves:
        return []
    return [
        f"@moved path {' '.join(map(_quoted, moves))}",
        f'header @moved Cache-Control "{FRESH}"',
        *(f"redir {_quoted(old)} {_quoted(quote(new))} 301" for old, new in moves.items()),
    ]


FILES: Mapping[str, Callable[[Served], str]] = {
    "_headers": netlify,
    "hosting/nginx.conf": nginx,
    "hosting/caddy.conf": caddy,
}


def _quoted(value: str) -> str:
    """As one word of a server's file; its own marks are not to be trusted in it."""
    return '"' + re.sub(r'["\\$\s{}]+', " ", value) + '"'
