"""What Typst could not set, in words for the editor of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from publishing.print.code import literal
from publishing.print.pictures import Pictures
from publishing.records import Finding

if TYPE_CHECKING:
    from publishing.print.bind import Edition
    from publishing.print.compile import Fault

_LETTERS = re.compile(r'the text `"(.*)"` could not be displayed|the PDF contains the codepoint `"(.*)"`', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def explain(faults: Iterable[Fault], edition: Edition, pictures: Pictures, docs_dir: str) -> list[Finding]:
    findings = []
    for fault in faults:
        if found := _LETTERS.search(fault.message):
            letters = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1] or found[2])
            pages, said = _with_letters(letters, edition, pictures), _no_font(letters)
        else:
            pages = []
            said = "print-compile", f"cannot be printed: {fault.message}. Take out or rewrite what it names."
        named = edition.sources | pictures.pages
        pages = pages or [named[name] for name in (*fault.files, edition.main) if name in named][:1]
        places = [f"{docs_dir}/{page}" for page in pages] or ["mkdocs.yml"]  # the name or the purpose of the site
        findings += [Finding(place, 0, *said) for place in places]
    return findings


def _with_letters(letters: str, edition: Edition, pictures: Pictures) -> list[str]:
    """Every page that has them: Typst names only the first place."""
    written = literal(letters)[1:-1]
    pages = [page for file, page in edition.sources.items() if written in edition.files[file]]
    return pages or pictures.with_letters(letters)


def _no_font(letters: str) -> tuple[str, str]:
    named = ", ".join(f"{letter if letter.isprintable() else 'a sign'} (U+{ord(letter):04X})" for letter in letters)
    advice = "Write it in other letters, or add a font that has it."
    return "print-glyph", f"has {named}, which no font of publishing/print/fonts can print. {advice}"
