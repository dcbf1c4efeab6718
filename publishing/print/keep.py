"""Keeps each finished PDF for the next build, under a name that covers all that went into it.

That is every source file and picture of the edition, the template, the letters, our own code, the versions of
what sets and mends, the paper, and the words it was held to. Its verdict is kept with it. Its date is not: ``stamp``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from publishing import pages
from publishing.cache import Cache, file_parts, fingerprint
from publishing.print.orders import Order, Printed

_HERE = Path(__file__).parent
_ENGINES = ("typst", "pikepdf", "pypdfium2", "selectolax")
_LIMIT = 300_000_000
"""Bytes of all entries of the cache together: some ten builds of the guide."""


class Shelf:
    """``workshop``: the folder that holds the pictures, once the pages are written."""

    def __init__(self, cache: Cache, workshop: Path) -> None:
        self._cache = cache
        self._pictures = {path.name: path.read_bytes() for path in workshop.iterdir() if path.suffix != ".typ"}
        parts = [*_HERE.glob("*.py"), *_HERE.glob("*.typ"), *_HERE.glob("icons/*.svg"), *_HERE.glob("fonts/*.ttf")]
        engines = " ".join((sys.platform, *(f"{name} {version(name)}" for name in _ENGINES)))
        self._machine = fingerprint(engines.encode(), *file_parts([*parts, Path(pages.__file__)]))

    def name(self, order: Order, files: Mapping[str, str]) -> str:
        """``files``: the Typst files of its edition."""
        sources = [part.encode() for item in sorted(files.items()) for part in item]
        text = "\n".join(files.values())
        pictures = [content for name, content in sorted(self._pictures.items()) if name in text]
        parts = [item for part in order.parts for item in (repr((part.name, part.leaf)).encode(), *_kept(part.printed))]
        about = repr((self._machine, replace(order, parts=()))).encode()
        return "print-" + fingerprint(about, fingerprint(*sources).encode(), fingerprint(*parts).encode(), *pictures)

    def take(self, name: str) -> Printed | None:
        kept = self._cache.get(name)
        if kept is None:
            return None
        about, _, content = kept.partition(b"\n")
        verdict = json.loads(about)
        missing = {source: tuple(words) for source, words in verdict["missing"].items()}
        return Printed(content, verdict["pages"], missing, verdict["places"])

    def put(self, name: str, printed: Printed) -> None:
        self._cache.put(name, b"\n".join(_kept(printed)))

    def tidy(self) -> None:
        self._cache.trim(_LIMIT)


def _kept(printed: Printed) -> tuple[bytes, bytes]:
    """What is known of it, and the PDF."""
    verdict = {"pages": printed.pages, "missing": printed.missing, "places": printed.places}
    return json.dumps(verdict).encode(), printed.content
