"""Typst source -> PDF, archival and accessible at once. The only module that imports typst.

typst starts threads of its own: a process must not fork once this module is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import typst

from publishing.print.orders import Fault
from publishing.print.papers import Paper
from publishing.print.stamp import UNDATED

_FONTS = Path(__file__).parent / "fonts"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_FAULT = re.compile(r"^(?:error|warning): ", re.MULTILINE)
_PLACE = re.compile(r"┌─ ([^\n:]+):\d+")


class Press:
    """Compiles files of one folder, where the template and its icons lie too; the fonts are read once."""

    def __init__(self, workshop: Path) -> None:
        self._workshop = workshop
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])
        self._compiler = typst.Compiler(root=workshop, font_paths=fonts, ignore_system_fonts=True)

    def print(self, main: str, paper: Paper, told: Mapping[str, str] = {}) -> bytes | tuple[Fault, ...]:
        """``told``: what the files ask for by name. A warning is a fault, too: Typst only warns of a font that is not there, and prints without."""
        try:
            made, warnings = self._compiler.compile_with_warnings(
                self._workshop / main,
                format="pdf",
                sys_inputs={**{name: str(length) for name, length in asdict(paper).items()}, **told},
                pdf_standards=_STANDARDS,
                timestamp=UNDATED,
            )
        except typst.TypstError as error:
            return _faults(error.diagnostic) or (Fault((), error.message),)
        if warnings:
            return tuple(fault for warning in warnings for fault in _faults(warning.diagnostic))
        return made if isinstance(made, bytes) else (Fault((), "no PDF came out"),)


def _faults(diagnostic: str) -> tuple[Fault, ...]:
    blocks = _FAULT.split(diagnostic)[1:]
    named = [tuple(Path(place).name for place in _PLACE.findall(block)) for block in blocks]
    return tuple(Fault(files, block.partition("\n")[0]) for files, block in zip(named, blocks, strict=True))
