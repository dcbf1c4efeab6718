"""The wallet card: the signs that need help at once, in the register's own few words, and whom to ring.

Eight to a sheet of paper, or two in large print; printed on both sides and cut. The first card is the one that a screen reader
reads, the others are its copies for the scissors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from publishing.clinic import Clinic
from publishing.print import facts
from publishing.print.code import call
from publishing.print.heads import dated_as, short_address, stamp_parts
from publishing.print.job import Job
from publishing.print.pictures import Pictures
from publishing.records import PageRecord, Risk
from publishing.sheet_edition import signs_of


@dataclass(frozen=True, slots=True)
class Wallet:
    """What all cards of one build say; the clinic's part is added when they are printed."""

    page: PageRecord
    """The page that says it in full, and how old it is."""
    call: tuple[str, ...]
    go: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    """Country and emergency number."""

    @property
    def signs(self) -> str:
        """Its edition."""
        return signs_of([*self.call, "", *self.go, "", *(f"{country} {number}" for country, number in self.numbers)])


def wallet_of(page: PageRecord, risks: Iterable[Risk], numbers: Mapping[str, str]) -> Wallet | None:
    """None where no hazard has words for a card. ``numbers``: by country."""
    cards = [risk.card for risk in risks if risk.card]
    calls, goes = tuple(card.call for card in cards if card.call), tuple(card.go for card in cards if card.go)
    return Wallet(page, calls, goes, tuple(numbers.items())) if calls or goes else None


def wallet_body(wallet: Wallet, job: Job, pictures: Pictures) -> str:
    """The Typst of both sides."""
    record = wallet.page
    return call(
        "wallet",
        title="After needling: get help",
        call=wallet.call,
        go=wallet.go,
        numbers=_numbers(wallet, job.clinic),
        online=short_address(job.site_url, record.url) if job.site_url else "",
        page=record.title,
        edition=dated_as(wallet.signs, job.issued.get("wallet", ""), job),
        facts=facts.of_page(record.meta, always=True)[1:],
        **stamp_parts(replace(job.clinic, web=""), pictures),  # the card has room for one address: the guide's
    )


def _numbers(wallet: Wallet, clinic: Clinic) -> tuple[tuple[str, str], ...]:
    return (("", clinic.emergency),) if clinic.emergency else wallet.numbers
