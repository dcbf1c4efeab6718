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
    from publishing.print.job import Job
    from publishing.print.orders import Fault

SOMEWHERE = "mkdocs.yml"
"""Where the name and the purpose of the site stand: the place of a fault that is on no page, as far as is known."""
_CLINIC = "the clinic's file"
_LETTERS = re.compile(r'the text `"(.*)"` could not be displayed|the PDF contains the codepoint `"(.*)"`', re.DOTALL)
_OF_THE_MAKERS = re.compile(r" \(occurred at [^)]*\)")
"""A line of Typst's own source, which says nothing to an editor."""
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def explain(faults: Iterable[Fault], edition: Edition, pictures: Pictures, job: Job) -> list[Finding]:
    findings = []
    for fault in faults:
        if found := _LETTERS.search(fault.message):
            letters = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1] or found[2])
            pages, said = _with_letters(letters, edition, pictures, job), _no_font(letters)
        else:
            named = edition.sources | pictures.pages
            pages = [named[name] for name in fault.files if name in named][:1] or [edition.page]
            message = _OF_THE_MAKERS.sub("", fault.message)
            said = "print-compile", f"cannot be printed: {message}. {_advice(message)}"
        findings += [Finding(_named(page, job), 0, *said) for page in pages]
    return findings


def _named(page: str, job: Job) -> str:
    if page == _CLINIC:
        return job.clinic.path
    return f"{job.docs_dir}/{page}" if page else SOMEWHERE


def _advice(message: str) -> str:
    if "CMYK" in message:
        return "Save the picture in RGB colours."
    if "internal error" in message or "PDF string is longer" in message:
        return "A heading, or the description of a picture, of more than 32,000 letters does this: shorten it."
    if "decode image" in message:
        return "The picture is damaged: save it again."
    return "Take out or rewrite what it names."


def _with_letters(letters: str, edition: Edition, pictures: Pictures, job: Job) -> list[str]:
    """Every page that has them, since Typst names only the first place; [''] where they are the site's own."""
    written = literal(letters)[1:-1]
    pages = [page for file, page in edition.sources.items() if written in edition.files[file]]
    if not pages and any(letters in text for text in job.clinic.texts):
        return [_CLINIC]
    is_of_site = letters in job.site_name + job.purpose + job.licence
    return pages or pictures.with_letters(letters) or ["" if is_of_site else edition.page]


def _no_font(letters: str) -> tuple[str, str]:
    named = ", ".join(f"{letter if letter.isprintable() else 'a sign'} (U+{ord(letter):04X})" for letter in letters)
    advice = "Write it in other letters, or add a font that has it."
    return "print-glyph", f"has {named}, which no font of publishing/print/fonts can print. {advice}"
