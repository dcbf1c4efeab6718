"""What a program can see of the items of PEMAT-P and DISCERN: each a question to one page that may not apply to it.

Both were made for people, who judge far more. What is looked at stands beside each item, for readers to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from publishing.checks.parts import classes, words
from publishing.checks.reading import HARDEST, grade, prose
from publishing.checks.site import Site
from publishing.parts import parts
from publishing.records import Element, PageRecord

MOST_WORDS = 250
_FORBIDDEN_NUMBERS = re.compile(r"\d ?%|\b(?:1|one) in \d|\bper ?cent\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\bnobody (?:knows|can|has)|\bnot (?:sure|known|clear|confirmed)|\bunclear|\bcould not confirm|\bdisagree|\bno good figure"
    r"|\bwe found no|\bmay be (?:too )?(?:lower|higher|low|high)|\bno clinician has|\badvice differs|\bperhaps\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext\b|\bdo now\b", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class Item:
    """``holds`` gives None where an item does not apply to a page."""

    instrument: Literal["PEMAT-P", "DISCERN"]
    name: str
    looked_at: str
    holds: Callable[[Site, PageRecord], bool | None]


def _asks(site: Site, page: PageRecord) -> bool:
    return any(words(found).removesuffix("¶").rstrip().endswith("?") for found in _elements(site, page, "h1"))


def _reads_easily(site: Site, page: PageRecord) -> bool | None:
    sentences = prose(site, page)
    return grade(sentences) <= HARDEST if sentences else None


def _counts_out_of(site: Site, page: PageRecord) -> bool:
    return not any(_FORBIDDEN_NUMBERS.search(sentence) for sentence in prose(site, page))


def _is_in_parts(site: Site, page: PageRecord) -> bool:
    """Running text between two headings."""
    length = longest = 0
    for part in site.all_parts(page):
        if _HEADING.fullmatch(part.element.tag):
            length = 0
        elif part.element.tag == "p" and not part.in_code:
            length += len(words(part.element).split())
            longest = max(longest, length)
    return longest <= MOST_WORDS


def _has_headings(site: Site, page: PageRecord) -> bool:
    return len(_elements(site, page, "h2")) >= 2


def _leads_the_eye(site: Site, page: PageRecord) -> bool:
    boxed = (part for part in _elements(site, page, "div") if "admonition" in classes(part))
    return bool(_elements(site, page, "strong", "figure")) or any(boxed)


def _names_pictures(site: Site, page: PageRecord) -> bool | None:
    figures = _elements(site, page, "figure")
    return all(_within(figure, "figcaption") for figure in figures) if figures else None


def _heads_tables(site: Site, page: PageRecord) -> bool | None:
    tables = _elements(site, page, "table")
    return all(any(map(words, _within(table, "th"))) for table in tables) if tables else None


def _says_what_next(site: Site, page: PageRecord) -> bool:
    return any(_NEXT.search(words(found)) for found in _elements(site, page, "h2", "h3"))


def _says_you(site: Site, page: PageRecord) -> bool:
    return any(re.search(r"\byour?\b", sentence, re.IGNORECASE) for sentence in prose(site, page))


def _names_sources(site: Site, page: PageRecord) -> bool:
    return any("sources" in classes(found) for found in _elements(site, page, "section"))


def _is_dated(site: Site, page: PageRecord) -> bool:
    return bool(page.meta.get("checked"))


def _leads_on(site: Site, page: PageRecord) -> bool:
    return any(target != page for target in _targets(site, page))


def _doubts(site: Site, page: PageRecord) -> bool:
    return any(_DOUBT.search(passage.text) for passage in site.passages(page) if not passage.is_beside_text)


def _tells_risks(site: Site, page: PageRecord) -> bool:
    section = site.settings.safety_section
    return any(target.source.startswith(section) for target in (page, *_targets(site, page)))


def _targets(site: Site, page: PageRecord) -> list[PageRecord]:
    """The pages of the guide to which a page links."""
    found = (site.map.resolve(page, link.href) for link in page.links)
    return [target.page for target in found if target is not None and target.page is not None]


def _elements(site: Site, page: PageRecord, *tags: str) -> list[Element]:
    return [part.element for part in site.all_parts(page) if part.element.tag in tags and not part.in_code]


def _within(element: Element, tag: str) -> list[Element]:
    return [part.element for part in parts(element) if part.element.tag == tag]


ITEMS = (
    Item("PEMAT-P", "purpose", "The main heading is a question, which the page answers.", _asks),
    Item(
        "PEMAT-P",
        "everyday words",
        f"Flesch-Kincaid grade of {HARDEST:.0f} or below, all words counted.",
        _reads_easily,
    ),
    Item(
        "PEMAT-P", "clear numbers", 'No percentages and no "1 in ..." in running text: "out of" alone.', _counts_out_of
    ),
    Item(
        "PEMAT-P", "short parts", f"No more than {MOST_WORDS} words in paragraphs between two headings.", _is_in_parts
    ),
    Item("PEMAT-P", "headings", "Two or more headings below the main one.", _has_headings),
    Item("PEMAT-P", "marks that lead the eye", "Bold words, a box or a picture.", _leads_the_eye),
    Item("PEMAT-P", "captions", "Each picture drawn from data has a caption.", _names_pictures),
    Item("PEMAT-P", "table heads", "Each table has a head.", _heads_tables),
    Item("PEMAT-P", "an action", "A heading says what to do next.", _says_what_next),
    Item("PEMAT-P", "says you", 'Running text says "you".', _says_you),
    Item("DISCERN", "4, sources", "The page has its list of sources.", _names_sources),
    Item("DISCERN", "5, dates", "The page has the day on which it was checked.", _is_dated),
    Item("DISCERN", "7, more help", "The page links to another page of the guide.", _leads_on),
    Item(
        "DISCERN",
        "8, doubt",
        'The page says what is not known ("nobody knows", "could not confirm" and the like).',
        _doubts,
    ),
    Item("DISCERN", "11, risks", "The page links to the safety section, or is in it.", _tells_risks),
)
