"""The table of scores, page by page: school grades of the running text, and what a program can see of two instruments.

A page is scored once all are in. So the block `/// scores` leaves a place, which the edition fills before it judges and prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from publishing import pages
from publishing.blocks import FilledBlock
from publishing.cache import Cache, file_parts, fingerprint

if TYPE_CHECKING:
    from publishing.checks import Site
    from publishing.records import PageRecord

PLACE = '<div class="scores"></div>'
_HEADS = ("Page", "Flesch-Kincaid grade", "SMOG grade", "PEMAT-P", "DISCERN")


class ScoresBlock(FilledBlock):
    """`/// scores`."""

    NAME = "scores"
    CLASS = "scores"

    def fill(self, element: Element) -> None:
        """Nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Score:
    page: PageRecord
    grade: float
    smog: float
    seen: dict[str, str]
    """By instrument: 'All' of its items that a program can see, or all but those named."""

    @property
    def is_for_patients(self) -> bool:
        return self.page.meta.get("audience") == "patient"


def score(site: Site) -> list[Score]:
    """Every page that has running text, in the order of the site."""
    from publishing.checks.reading import grade, prose, smog

    found = ((page, prose(site, page)) for page in site.pages)
    return [Score(page, grade(told), smog(told), _seen(site, page)) for page, told in found if told]


def filled_pages(
    found: Iterable[PageRecord], site: Callable[[], Site], cache: Cache, about: str
) -> dict[str, PageRecord]:
    """The pages that have a place for the table, with it, by source; ``site`` is asked for only when there are some.

    ``about``: whatever else than the pages a score may rest on.
    """
    every = list(found)
    waiting = [page for page in every if PLACE in page.html]
    table = _kept_table(every, site, cache, about) if waiting else ""
    return {page.source: _with_body(page, page.html.replace(PLACE, table)) for page in waiting}


def _kept_table(every: Sequence[PageRecord], site: Callable[[], Site], cache: Cache, about: str) -> str:
    """Counting every syllable of the guide takes as long as rendering it: done anew only when a page has changed."""
    here = Path(__file__).parent
    code = file_parts([*here.glob("*.py"), *here.glob("checks/*.py")])
    words = [
        part.encode() for page in every for part in (page.source, page.title, page.html, str(sorted(page.meta.items())))
    ]
    name = "scores-" + fingerprint(about.encode(), *code, *words)
    if kept := cache.get(name):
        return kept.decode()
    table = _table(score(site()))
    cache.put(name, table.encode())
    return table


def _with_body(page: PageRecord, html: str) -> PageRecord:
    return pages.read(page.source, page.url, html, title=page.title, meta=page.meta, chapter=page.chapter)


def _seen(site: Site, page: PageRecord) -> dict[str, str]:
    from publishing.score_items import ITEMS

    seen: dict[str, str] = {}
    for instrument in dict.fromkeys(item.instrument for item in ITEMS):
        held = {item.name: item.holds(site, page) for item in ITEMS if item.instrument == instrument}
        lacking = [name for name, holds in held.items() if holds is False]
        seen[instrument] = f"All but: {'; '.join(lacking)}" if lacking else "All"
    return seen


def _table(scores: Sequence[Score]) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = "".join(map(_row, scores))
    return (
        f'<div class="scores" data-search-exclude>{_summary(scores)}<table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{_legend()}</div>"
    )


def _summary(scores: Sequence[Score]) -> str:
    grades = [score.grade for score in scores if score.is_for_patients]
    if not grades:
        return ""
    return (
        f"<p>{_pages(len(grades))} for patients. Their median grade is {median(grades):.1f}, "
        f"and that of the hardest one is {max(grades):.1f}.</p>"
    )


def _pages(count: int) -> str:
    return "1 page is" if count == 1 else f"{count} pages are"


def _row(score: Score) -> str:
    cells = (f"{score.grade:.1f}", f"{score.smog:.1f}", *score.seen.values())
    return f'<tr><th scope="row">{escape(score.page.title)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def _legend() -> str:
    from publishing.score_items import ITEMS

    items = "".join(
        f"<li><strong>{item.instrument}: {escape(item.name)}.</strong> {escape(item.looked_at)}</li>" for item in ITEMS
    )
    return f"<p>What the program looks at:</p><ul>{items}</ul>"
