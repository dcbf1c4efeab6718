"""What rendering left marked, or left unread, on a page -> findings, each with its line in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from publishing.data import Register, did_you_mean
from publishing.records import Finding, Reference, Risk
from publishing.references import Numbering
from publishing.source import Prose

CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
UNKNOWN = re.compile(r'<div class="admonition risk risk-unknown"[^>]* data-risk="([^"]*)"')
UNREAD_BLOCK = re.compile(r"(?:^|(?<=[>\s]))/{3,}(?=[\s<]|$)[ ]*([^<\n]*?)[ ]*(?=<|$)", re.MULTILINE)
UNREAD_CITATION = re.compile(r"\[@[^\[\]<\n]{0,200}\]?")
IN_PICTURE = r"!\[[^\[\]]*\[@"
BLOCKS = (
    "risk",
    "emergency-numbers",
    "emergency-numbers-line",
    "risk-register",
    "reference-list",
    "comparison",
    "outcomes",
    "glossary",
    "chart",
    "scores",
    "clinic-numbers",
    "publisher",
    "changes",
)
OPTIONS = {"risk": {"form", "print"}, "chart": {"print"}}
PLACES = {
    "a heading": r"^\s*#{1,6} ",
    "the text of a link": r"\[[^\[\]]*\[@",
    "the label of a tab": r'^\s*===[!+]? ?["\']',
    "the title of a folding box": r"^\s*\?\?\?|<summary",
}


def block_faults(path: str, prose: Prose, html: str, risks: Register[Risk]) -> Iterator[Finding]:
    """Boxes and tables of the registers that are not what their editor meant."""
    for name in _found(UNKNOWN, html) if "risk-unknown" in html else ():
        lines = [block.line for block in prose.blocks if block.name == "risk" and block.argument == name] or [0]
        message = f"'{name}' is not in {risks.path}.{risks.nearest(name)}" if name else _nameless(risks)
        yield from (Finding(path, line, "unknown-risk", message) for line in lines)
    for form in _traces("data-wrong-form", html):
        for line in prose.lines_with(rf"^\s+form:\s*['\"]?{re.escape(form)}"):
            yield Finding(
                path,
                line,
                "block-form",
                f"'form: {form}' is no form of a risk box. Write 'form: full', or leave it out.",
            )
    for name in _traces("data-open", html):
        lines = [block.line for block in prose.unclosed if block.name == name] or [0]
        message = f"the block '/// {name}' is not closed. Write '///' on a line of its own where it ends."
        yield from (Finding(path, line, "block-form", message) for line in lines)
    for file in _traces("data-empty", html):
        yield Finding(path, 0, "block-form", f"a block is filled from {file}, which holds no entry. Write one there.")
    yield from _unread_blocks(path, prose, html)


def _nameless(risks: Register[Risk]) -> str:
    example = next(iter(risks.entries), "pneumothorax")
    return f"a risk box names no risk. Write for example '/// risk | {example}'."


def _unread_blocks(path: str, prose: Prose, html: str) -> Iterator[Finding]:
    """Blocks that stand on the page as they were typed: misspelt, or with an option that is none."""
    if "///" not in html:
        return
    found = _found(UNREAD_BLOCK, CODE.sub("", html))
    for text in filter(None, found):
        name = re.split(r"[\s|]", text)[0]
        blocks = [block for block in prose.blocks if block.name == name.lower()]
        why = did_you_mean(name, BLOCKS) or f" The blocks are {', '.join(BLOCKS)}."
        if name in BLOCKS:
            blocks = [block for block in blocks if set(block.options) - OPTIONS.get(name, set())]
            why = " Options are 'form: full' of a risk box and 'print: off' of a box or a chart, indented by 4 spaces."
            if not blocks:
                why = " Put an empty line before it, and begin the line with it."
            if text.split() != [name] and "|" not in text:
                why = f" Write '/// {name} | {text.removeprefix(name).strip()}'."
        for line in [block.line for block in blocks] or prose.lines_with(rf"/{{3,}} *{re.escape(text)}"):
            yield Finding(path, line, "block-form", f"'/// {text}' is not read as a block.{why}")
    if found == [""]:
        message = "'///' closes no block. Take it out, or check the block above it."
        yield from (Finding(path, line, "block-form", message) for line in prose.stray or [0])


def citation_faults(
    path: str, prose: Prose, html: str, numbering: Numbering, references: Register[Reference]
) -> Iterator[Finding]:
    """Citations of what is not there, in places where none may stand, or that were not read at all."""
    for id in dict.fromkeys(numbering.unknown):
        message = f"'{id}' is not in {references.path}.{references.nearest(id)}"
        for line in prose.lines_with(_citing(id)):
            yield Finding(path, line, "unknown-reference", message)
    for id, place in dict.fromkeys(numbering.misplaced):
        message = f"[@{id}] stands in {place}. Put it behind the sentence that it supports."
        citing = prose.lines_with(_citing(id))
        lines = [line for line in citing if line in prose.lines_with(PLACES[place])] or (
            citing if len(citing) == 1 else [0]
        )
        yield from (Finding(path, line, "citation-place", message) for line in lines)
    if "<img" in html:
        message = "a citation in the description of a picture is lost. Put it behind the sentence that it supports."
        yield from (Finding(path, line, "citation-place", message) for line in prose.lines_with(IN_PICTURE) if line)
    if "[@" in html:
        for text in _found(UNREAD_CITATION, CODE.sub("", html)):
            message = f"'{text}' is not read as a citation. Write [@witt2009; @boyce2020], and not in raw HTML."
            for line in prose.lines_with(re.escape(text)):
                yield Finding(path, line, "citation-form", message)


def _citing(id: str) -> str:
    return rf"\[@[^\]]*(?<![\w.:-]){re.escape(id)}(?![\w.:-])[^\]]*\]"


def _traces(name: str, html: str) -> list[str]:
    """What an attribute says that only a block with a fault has."""
    return _found(re.compile(rf'<div [^>]*\b{name}="([^"]*)"'), html) if f'{name}="' in html else []


def _found(pattern: re.Pattern[str], html: str) -> list[str]:
    """What the first group, or the whole pattern, takes; each once."""
    return list(dict.fromkeys(unescape(found[pattern.groups and 1]) for found in pattern.finditer(html)))
