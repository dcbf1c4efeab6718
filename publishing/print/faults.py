"""What Typst could not set, in words for the editor of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from publishing.records import Finding

if TYPE_CHECKING:
    from publishing.print.bind import Edition
    from publishing.print.compile import Fault

_LETTERS = re.compile(r'the text `"(.*)"` could not be displayed|the PDF contains the codepoint `"(.*)"`', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def explain(faults: Sequence[Fault], edition: Edition, docs_dir: str) -> list[Finding]:
    """A fault in a running head is one of a page already, where it has a page."""
    placed = [(_source(fault, edition), _explained(fault)) for fault in faults]
    known = {said for source, said in placed if source}
    return [
        Finding(f"{docs_dir}/{source}" if source else "mkdocs.yml", 0, *said)
        for source, said in placed
        if source or said not in known
    ]


def _source(fault: Fault, edition: Edition) -> str:
    named = [edition.sources[name] for name in (*fault.files, edition.main) if name in edition.sources]
    return named[0] if named else ""


def _explained(fault: Fault) -> tuple[str, str]:
    found = _LETTERS.search(fault.message)
    if not found:
        return "print-compile", f"cannot be printed: {fault.message}. Take out or rewrite what it names."
    text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1] or found[2])
    return "print-glyph", (
        f"has {_named(text)}, which no font of publishing/print/fonts can print. "
        "Write it in other letters, or add a font that has it."
    )


def _named(letters: Iterable[str]) -> str:
    return ", ".join(f"{letter if letter.isprintable() else 'a sign'} (U+{ord(letter):04X})" for letter in letters)
