"""Markup that a reader would see as it was typed, because nothing read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from publishing.checks.parts import CODE_MARK, at, blocks, words
from publishing.checks.site import Site
from publishing.records import Element, Finding, PageRecord

# Each with what to do about it; where two begin at one place, the first holds.
_LEFTOVERS = (
    (r"\[\^[^\]\s]{1,80}\]", "No footnote has that name: write a line '[^1]: the note' for it, or take the mark out."),
    (r"\[@[^\[\]\n]{0,200}\]?", "Only running text is read for citations: write '[@witt2009]' behind the sentence, not in raw HTML."),
    (r"\{\{[^{}\n]{0,80}(?:\}\})?|\{%[^{}\n]{0,80}\}?|\}\}|%\}", "A page is no template: write the words themselves."),
    (r"--8<--[^\n]{0,80}", "A page takes in no other file: write the text itself."),
    (r"(?:^|(?<=\s))/{3,}(?=\s|$)[^\n]{0,80}", "It opens or closes no block: write '/// risk | pneumothorax', then a line '///', with an empty line before and after."),
    (r"^[ \t]*(?:!!!|\?\?\?\+?)(?:[ \t]+[^\n]{0,80}|$)", "It opens no box: put an empty line before it, a kind of box behind it ('!!! note'), and four blanks before each line of its text."),
    (r"^[ \t]*===[!+]{0,2}[ \t]*[\"'“‘][^\n]{0,80}", "It opens no tab: put an empty line before it, and four blanks before each line of its content."),
    (r"\{:[ \t]*[^{}\n]{0,80}\}|\{[ \t]*[.#][A-Za-z][^{}\n]{0,80}\}", "It sets nothing there: put it right behind what it belongs to, or take it out."),
    (r":(?:material|fontawesome|octicons|simple)-[\w-]{1,80}:", "No icon has that name, or icons are not turned on: write a word."),
    (r"!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,200}\)", "It is not read as a link: in raw HTML, write 'markdown' into the outer tag (<div markdown>)."),
    (r"\[[^\[\]\n]{1,200}\]\[[^\[\]\n]{0,80}\]", "Nothing says where it leads: write the address, '[words](page.md)'."),
    (r"^[ \t]*\[[ xX]\](?=\s)", "It is no box to tick there: begin the line with '- [ ] '."),
    (r"\*\*[^\s*][^*\n]{0,200}\*\*", "It is not read as bold: in raw HTML, write 'markdown' into the outer tag (<div markdown>)."),
)  # fmt: skip
_PATTERN = re.compile("|".join(f"({pattern})" for pattern, _ in _LEFTOVERS), re.MULTILINE)
# Spares the tree of a page that holds none of them.
_ANY = re.compile(
    r"\[[\^@]|\{[{%:#. \t]|%\}|\}\}|--8(?:<|&lt;)--|///|!!!|\?\?\?|===|:(?:mat|font|oct|simp)|\]\(|\]\[|\[[ xX]\]|\*\*"
)
# Written out, the letters of all other entities might be such a mark.
_ESCAPED = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp);)")
_BLOCK = re.compile(r"/{3,}\s*\w")
_HEAD = re.compile(r"\s*(?:[-+]{3}\s+)?[A-Za-z_][\w-]*[ \t]*[:=]")


def leftover_markup(site: Site) -> Iterator[Finding]:
    """No mark of Markdown or of a template stands on a page as it was typed; code may show what it likes."""
    for page in site.pages:
        yield from _front_matter(site, page)
        if not _ANY.search(unescape(page.html) if _ESCAPED.search(page.html) else page.html):
            continue
        found = [(text, mark) for text in blocks(site.tree(page)) for mark in _PATTERN.finditer(text)]
        if site.settings.data:  # then marks.py names these, and knows what was meant
            found = [(text, mark) for text, mark in found if not mark[0].startswith(("[@", "///"))]
        opens_a_block = any(_BLOCK.match(mark[0]) for _, mark in found)
        for text, mark in found:
            if opens_a_block and not mark[0].strip("/"):
                continue  # the end of a block that is named already
            mend = _LEFTOVERS[(mark.lastindex or 1) - 1][1]
            message = f"'{_short(mark[0])}' stands on the page as it was typed. {mend}"
            yield at(site, page, "leftover-markup", message, _near(text, mark))


def _near(text: str, found: re.Match[str]) -> tuple[str, ...]:
    """The mark's own words are few ('1' of '[^1]'), so those behind it, or before it, go along."""
    after = text[found.end() : found.end() + 80]
    before = text[max(0, found.start() - 40) : found.start()].partition(" ")[2]
    return f"{found[0]} {after}", f"{before} {found[0]}", found[0]


def _front_matter(site: Site, page: PageRecord) -> Iterator[Finding]:
    """Settings that nothing read stand at the very top, below the rule that '---' makes."""
    if page.html.lstrip()[:3].lower() not in ("<hr", "<p>"):
        return
    first = [child for child in site.tree(page).children if isinstance(child, Element)][:2]
    is_ruled = bool(first) and first[0].tag == "hr"
    text = words(first[-1]) if len(first) == 2 and is_ruled else words(first[0]) if first else ""
    if _HEAD.match(text) and (is_ruled or text.startswith(("+++", "---"))):
        message = "its front matter stands on the page as text. Let the file begin with a line '---', one setting a line below it ('title: \"...\"'), then a line '---'."
        finding = site.finding(page, "leftover-markup", message)
        yield replace(finding, line=1 if page.source in site.sources else 0)


def _short(text: str) -> str:
    text = " ".join(text.replace(CODE_MARK, "`…`").split())
    return text if len(text) <= 40 else f"{text[:39]}…"
