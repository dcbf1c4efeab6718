"""Figures and their sources: each figure names one, each was found in it, and no source stands there for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publishing.checks.amounts import has_amount
from publishing.checks.passages import Passage
from publishing.checks.site import Site
from publishing.records import Finding

_PLACES = {"sentence": "its sentence", "row": "its table row", "caption": "its caption"}
_WITHOUT_SOURCE = {
    "heading": "a heading",
    "label": "what a picture or a link is called",
    "setting": "the page's title, description or question",
}


def uncited_figure(site: Site) -> Iterator[Finding]:
    """Every health figure names its source in its own sentence, row, caption or box."""
    for page in site.pages:
        for passage, found, _ in site.counting(page):
            if found and not (passage.cites or passage.shared or _asks(passage)):
                yield site.finding(page, "uncited-figure", _uncited(passage, found), near=passage)


def unverified_figure(site: Site) -> Iterator[Finding]:
    """Every health figure rests on at least one source that was read."""
    for page in site.pages:
        for passage, found, _ in site.counting(page):
            known = [site.references[id] for id in passage.cites or passage.shared if id in site.references]
            if found and known and not any(reference.custom.verified == "yes" for reference in known):
                names = " and ".join(dict.fromkeys(f"'{reference.id}'" for reference in known))
                partly = any(reference.custom.verified == "partial" for reference in known)
                write = "not confirmed at the source" if partly else "we could not confirm"
                message = (
                    f"'{found[0]}' rests on {names}, which nobody has read at the source. "
                    f"Say it in words, with \"{write}\", or cite a source that is marked 'verified: yes'."
                )
                yield site.finding(page, "unverified-figure", message, near=passage)


def unused_reference(site: Site) -> Iterator[Finding]:
    """Every source of the register is cited by a page."""
    cited = frozenset().union(*map(site.cited, site.pages))
    for id in site.references:
        if id not in cited:
            message = f"'{id}' is cited by no page. Cite it where it carries a claim, or take it out."
            yield site.entry_finding("references.yml", id, "unused-reference", message)


def _asks(passage: Passage) -> bool:
    """A question claims nothing, unless it only seems to ask."""
    if passage.kind == "row":
        return all(cell.rstrip().endswith("?") for cell in passage.text.split(" | ") if has_amount(cell))
    return passage.text.endswith("?") and not passage.text.casefold().startswith("did you know")


def _uncited(passage: Passage, found: Sequence[str]) -> str:
    figure = f"'{found[0]}'" + (f" (and {len(found) - 1} more)" if len(found) > 1 else "")
    if passage.kind == "heading" or passage.is_beside_text:
        place = _WITHOUT_SOURCE[passage.kind]
        return f"{figure} stands in {place}, where no source can. Move the figure into the text, with its source."
    if passage.risk:
        return f"{figure} has no source in its box. Fill the box from the register: '/// risk | {passage.risk}'."
    place = _PLACES[passage.kind]
    return f"{figure} has no source in {place}. Cite one there, for example [@witt2009], or take the figure out."
