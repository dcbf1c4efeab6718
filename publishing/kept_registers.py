"""The registers, read anew only when the data, this package or its formatter has changed.

Typing 300 entries and formatting 200 sources takes as long as the rest of a build.
"""

from __future__ import annotations

import pickle
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from publishing.cache import Cache, file_parts, fingerprint
from publishing.settings import Settings

if TYPE_CHECKING:
    from publishing.registers import Registers

CACHE = ".cache/publishing"


def load_registers(settings: Settings, root: Path, docs: str) -> Registers | None:
    """None for a site without registers; raises Faults with all that is wrong in them."""
    if not settings.data:
        return None
    from publishing.registers import Registers  # loaded by the sites that have registers alone

    page = f"{settings.safety_section.rstrip('/')}/risks.md"
    register_page = page if (root / docs / page).is_file() else ""
    cache, name = Cache(root / CACHE), _name(root, settings.data, docs, register_page)
    if kept := cache.get(name):
        # A pickle is code, and so is the rest of this folder: who can write here can write hooks.py.
        registers = pickle.loads(kept)
        if isinstance(registers, Registers):
            return registers
    registers = Registers.load(root, settings.data, register_page=register_page, docs=docs)
    registers.format_sources()
    cache.put(name, pickle.dumps(registers))
    return registers


def _name(root: Path, data: str, docs: str, register_page: str) -> str:
    here = Path(__file__).parent
    code = [*here.glob("*.py"), *here.glob("charts/*.py"), *here.glob("*.csl")]
    about = f"{sys.version} {version('citeproc-py')} {version('pydantic')} {root / docs} {register_page} {data}"
    facts = [*(root / data).glob("*.yml"), *(root / docs).rglob("*.svg")]  # the drawings are held against their charts
    return "registers-" + fingerprint(about.encode(), *file_parts(code), *file_parts(facts))
