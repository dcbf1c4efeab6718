"""Serves a folder packed with brotli, as static hosts do, and counts every byte that goes out.

Heads count with what the site asks a server to say in each; so do words, letters, scripts.
"""

from __future__ import annotations

import functools
import mimetypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import brotli

BEST, QUICK = 11, 5
"""Packed once before it is put on a host; packed by a server while it answers."""
_PACKS = (".html", ".css", ".js", ".svg", ".json", ".txt", ".xml")
_LATE = (".js", ".woff2")


class Wire:
    """``root`` is the address; ``sent`` has the bytes by path since it was last cleared."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.sent: dict[str, int] = {}


@contextmanager
def serving(site: Path, quality: int = BEST, late: float = 0) -> Iterator[Wire]:
    """``late``: seconds by which letters and scripts come after the rest, as on a slow line."""
    wire = Wire("")
    said_always = _headers_of_all(site)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = site / path.lstrip("/") / ("index.html" if path.endswith("/") else "")
            body, packed = _content(file, quality) if file.is_file() else (b"", False)
            head = {"Content-Type": mimetypes.guess_type(file.name)[0] or "font/woff2", "Cache-Control": "no-store"}
            head |= {"Content-Encoding": "br"} if packed else {}
            head |= {**said_always, "Content-Length": str(len(body))}
            status = f"HTTP/1.1 {'200 OK' if file.is_file() else '404 Not Found'}"
            said = "\r\n".join([status, *(f"{name}: {value}" for name, value in head.items()), "", ""])
            time.sleep(late if file.suffix in _LATE else 0)
            wire.sent[path] = wire.sent.get(path, 0) + self.wfile.write(said.encode() + body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing: what is counted is told by who asked."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        wire.root = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield wire
        server.shutdown()
        thread.join()


def _headers_of_all(site: Path) -> dict[str, str]:
    """What ``_headers`` has a server say with every answer: the policy and its like weigh too, and hold."""
    file = site / "_headers"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    ours = lines[lines.index("/*") + 1 :] if "/*" in lines else []
    until = ours.index("") if "" in ours else len(ours)
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in ours[:until])}


@functools.cache
def _content(file: Path, quality: int) -> tuple[bytes, bool]:
    """The body of an answer, and whether it is packed."""
    body = file.read_bytes()
    if file.suffix not in _PACKS:
        return body, False
    return brotli.compress(body, quality=quality), True
