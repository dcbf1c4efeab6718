"""Where a link leads on paper, what is printed after its words, and what a screen reader says of it.

In the booklet a link to another page becomes "see page N"; on a sheet, the address of that page, or its
title where the site has no address yet. A link to another site shows its whole address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

from publishing.links import SiteMap
from publishing.print.article import Article
from publishing.records import PageRecord

PLACE = "place:"
_CONTACT = {"mailto": "E-mail to", "tel": "Telephone", "sms": "Text message to"}


@dataclass(frozen=True, slots=True)
class Route:
    kind: Literal["words", "label", "web"]
    """``words``: nothing to follow on this paper."""
    target: str = ""
    """A label of the document, or an address."""
    suffix: str = ""
    """Printed after the link's words."""
    page_number: bool = False
    """Whether 'see page N' is printed after the link's words."""
    phrase: str = ""

    @property
    def address(self) -> str:
        """What a PDF is told to open. A place of the same PDF has one only until the pages are set, or its parts put together."""
        return PLACE + quote(self.target, safe="") if self.kind == "label" else self.target


class Routes:
    """The links of one edition: of all articles bound together, or of a single sheet."""

    def __init__(self, site: SiteMap, bound: Sequence[Article], site_url: str) -> None:
        self._site = site
        self._site_url = site_url
        self._bound = {article.record.source: (place, article) for place, article in enumerate(bound)}
        self._wanted = {target for article in bound for target in self._targets(article)}

    def page_label(self, article: Article) -> str:
        return f"p{self._bound[article.record.source][0]}"

    def label(self, article: Article, anchor: str) -> str | None:
        """The label to set at an anchor; None where no link of the edition leads there."""
        label = f"{self.page_label(article)}#{anchor}"
        return label if label in self._wanted else None

    def labels(self, article: Article) -> set[str]:
        """Every label below the page's heading that some link of the edition leads to."""
        return {label for label in self._wanted if label.startswith(self.page_label(article) + "#")}

    def resolve(self, article: Article, href: str, said: str) -> Route:
        """``said``: the link's words, or its label for screen readers."""
        said = said.rstrip(" .,:;")
        target = self._site.resolve(article.record, href)
        if target is None:
            href = href.strip()
            return _away(f"https:{href}" if href.startswith("//") else href, said)
        if target.page is None:
            return self._of_the_site(quote(target.path), said)
        if target.page.source not in self._bound:
            return self._other_page(target.page, target.fragment, said)
        place, bound = self._bound[target.page.source]
        is_here = bound is article
        title = f"{said}: {bound.record.title}" if said != bound.record.title and not is_here else said
        return Route("label", self._place(place, bound, target.fragment), page_number=not is_here, phrase=title)

    def _targets(self, article: Article) -> list[str]:
        found = (self._site.resolve(article.record, link.href) for link in article.record.links)
        pages = [target for target in found if target and target.page and target.page.source in self._bound]
        return [self._place(*self._bound[target.page.source], target.fragment) for target in pages if target.page]

    @staticmethod
    def _place(place: int, article: Article, fragment: str) -> str:
        """An anchor that is not on paper leads to the top of its page."""
        at_top = fragment not in article.ids or fragment == article.heading.attributes.get("id")
        return f"p{place}" if at_top else f"p{place}#{fragment}"

    def _other_page(self, page: PageRecord, fragment: str, said: str) -> Route:
        if self._site_url:
            url = "" if page.url in (".", "./") else page.url
            return self._of_the_site(url + (f"#{quote(fragment)}" if fragment else ""), said)
        same = page.title.casefold() in said.casefold()
        return Route("words", suffix="" if same else f"see “{page.title}”")

    def _of_the_site(self, url: str, said: str) -> Route:
        """A page or file that is not bound here."""
        if not self._site_url:
            return Route("words")
        route = _away(urljoin(self._site_url, url), said)
        return replace(route, suffix=route.suffix.partition("://")[2].rstrip("/"))  # as somebody would type it


def _away(href: str, said: str) -> Route:
    try:
        parts = urlsplit(href)
    except ValueError:
        return Route("words", suffix=href)
    if parts.scheme in _CONTACT:
        address = unquote(parts.path)
        suffix = "" if _plain(address) in _plain(said) else address
        return Route("web", _encoded(href), suffix, phrase=f"{_CONTACT[parts.scheme]} {address}")
    if parts.scheme not in ("http", "https"):
        return Route("words")
    shown = _readable(href)
    host = parts.netloc.rpartition("@")[2]
    phrase = f"{said}, at {host}" if host.casefold() not in said.casefold() else said
    return Route("web", _encoded(href), "" if _says(said, shown) else shown, phrase=phrase)


def _says(said: str, address: str) -> bool:
    """Whether the words are the address already: in full, without its scheme, or as a bare DOI."""
    bare = address.partition("://")[2].rstrip("/").casefold()
    said = said.strip().rstrip("/.").casefold()
    return bare in said or (said.startswith("10.") and bare.endswith(said))


def _readable(url: str) -> str:
    """The address with letters of any script as they are written, if it stays one word."""
    try:
        decoded = unquote(url, errors="strict")
    except UnicodeDecodeError:
        return url
    is_plain = decoded.isprintable() and not any(letter.isspace() or letter in '<>"()' for letter in decoded)
    return decoded if is_plain else url


def _encoded(url: str) -> str:
    """As a PDF holds it: ASCII alone."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
