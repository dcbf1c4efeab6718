"""The registers, read anew only when the data, this package or its formatter has changed.

Typing 300 entries and formatting 200 sources takes as long as the rest of a build.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from publishing.cache import Cache, file_parts, fingerprint
from publishing.settings import Settings

if TYPE_CHECKING:
    from publishing.registers import Registers

CACHE = ".cache/publishing"
Kept = TypeVar("Kept")


def load_registers(settings: Settings, root: Path, docs: str) -> Registers | None:
    """None for a site without registers; raises Faults with all that is wrong in them."""
    if not settings.data:
        return None
    from publishing.registers import Registers  # loaded by the sites that have registers alone

    page = f"{settings.safety_section.rstrip('/')}/risks.md"
    register_page = page if (root / docs / page).is_file() else ""

    def read() -> Registers:
        registers = Registers.load(root, settings.data, register_page=register_page, docs=docs)
        registers.format_sources()
        return registers

    return load_kept(root, _name(root, settings.data, docs, register_page), Registers, read)


def load_kept(root: Path, name: str, kind: type[Kept], read: Callable[[], Kept]) -> Kept:
    """What an earlier build has read, where ``name`` says that all it was read from is the same."""
    cache = Cache(root / CACHE)
    if kept := cache.get(name):
        # A pickle is code, and so is the rest of this folder: who can write here can write hooks.py.
        found = pickle.loads(kept)
        if isinstance(found, kind):
            return found
    found = read()
    cache.put(name, pickle.dumps(found))
    return found


def _name(root: Path, data: str, docs: str, register_page: str) -> str:
    here = Path(__file__).parent
    code = [*here.glob("*.py"), *here.glob("charts/*.py"), *here.glob("*.csl")]
    about = f"{sys.version} {version('citeproc-py')} {version('pydantic')} {root / docs} {register_page} {data}"
    facts = [*(root / data).glob("*.yml"), *(root / docs).rglob("*.svg")]  # the drawings are held against their charts
    return "registers-" + fingerprint(about.encode(), *file_parts(code), *file_parts(facts))
