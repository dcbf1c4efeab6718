"""Typst source -> PDF, archival and accessible at once. The only module that imports typst.

typst starts threads of its own: a process must not fork once this module is loaded.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from publishing.print.papers import Paper

_HERE = Path(__file__).parent
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_FAULT = re.compile(r"^(?:error|warning): ", re.MULTILINE)
_PLACE = re.compile(r"┌─ ([^\n:]+):\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What Typst could not set, and in which files of the workshop: the nearest first, then those that called it."""

    files: tuple[str, ...]
    message: str


class Press:
    """Compiles files of one folder; the fonts are read once."""

    def __init__(self, workshop: Path, timestamp: int) -> None:
        self._timestamp = timestamp
        self._workshop = workshop
        for part in (*_HERE.glob("*.typ"), *(_HERE / "icons").glob("*.svg")):
            shutil.copyfile(part, workshop / part.name)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[_HERE / "fonts"])
        self._compiler = typst.Compiler(root=workshop, font_paths=fonts, ignore_system_fonts=True)

    def print(self, files: Mapping[str, str], main: str, paper: Paper) -> bytes | list[Fault]:
        """A warning is a fault, too: Typst only warns of a font that is not there, and prints without."""
        for name, source in files.items():
            (self._workshop / name).write_text(source, encoding="utf-8", newline="\n")
        try:
            made, warnings = self._compiler.compile_with_warnings(
                self._workshop / main,
                format="pdf",
                sys_inputs={name: str(length) for name, length in asdict(paper).items()},
                pdf_standards=_STANDARDS,
                timestamp=self._timestamp,
            )
        except typst.TypstError as error:
            return _faults(error.diagnostic) or [Fault((), error.message)]
        if warnings:
            return [fault for warning in warnings for fault in _faults(warning.diagnostic)]
        return made if isinstance(made, bytes) else [Fault((), "no PDF came out")]


def _faults(diagnostic: str) -> list[Fault]:
    blocks = _FAULT.split(diagnostic)[1:]
    named = [tuple(Path(place).name for place in _PLACE.findall(block)) for block in blocks]
    return [Fault(files, block.partition("\n")[0]) for files, block in zip(named, blocks, strict=True)]
