"""The edition of a sheet: six signs that come from its own words and pictures, and change only with them.

Neither the clinic, the paper, the day, the address of the site nor any other page enters it, so that the same words have the
same edition wherever they are built. Paper carries it; the page and ``data/changes.yml`` know it again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from publishing import pages
from publishing.records import Element, Node, PageRecord

_FOR_THE_SCREEN = frozenset(("headerlink", "footnote-backref", "clinic-numbers"))
"""What is no part of the words; a clinic's numbers are its own."""
_ADDRESS = re.compile(r"(?:https?|mailto|tel|sms):", re.IGNORECASE)


def edition_of(page: PageRecord) -> str:
    """Of the sheet of a page, as rendered: '3f9c21'."""
    return signs_of([page.title, page.meta.get("question", ""), *_words(pages.article(page.html))])


def signs_of(said: Iterable[str]) -> str:
    """Blanks and the breaks of lines make no difference."""
    words = "\n".join(" ".join(text.split()) for text in said if text.strip())
    return hashlib.sha256(words.encode()).hexdigest()[:6]


def is_handout(page: PageRecord) -> bool:
    return page.meta.get("handout", "").lower() == "true"


def _words(article: Element) -> Iterator[str]:
    """Texts, descriptions of pictures, and addresses that paper writes out; without recursion, at any depth."""
    waiting: list[Node] = [article]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        given = node.attributes
        if given.get("data-print") == "off" or _FOR_THE_SCREEN & set(given.get("class", "").split()):
            continue
        yield given.get("alt", "")
        if _ADDRESS.match(given.get("href", "")):
            yield given["href"]
        waiting.extend(reversed(node.children))
