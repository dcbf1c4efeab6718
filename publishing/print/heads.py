"""What stands at the head and the foot of a sheet beside its words: the clinic's box, the square for a phone, the edition."""

from __future__ import annotations

from datetime import UTC, datetime

from publishing.clinic import Clinic
from publishing.days import in_words, written
from publishing.print import facts
from publishing.print.code import call
from publishing.print.job import Job
from publishing.print.pictures import Pictures
from publishing.print.qr import square_of
from publishing.records import PageRecord
from publishing.sheet_edition import edition_of


def stamp(clinic: Clinic, pictures: Pictures) -> str:
    """The box on the first page."""
    return call("stamp", **stamp_parts(clinic, pictures))


def stamp_parts(clinic: Clinic, pictures: Pictures) -> dict[str, object]:
    """What the clinic has filled in, and the labels of lines to write on for the rest."""
    said = (
        ("Phone: ", clinic.phone),
        ("Text relay: ", clinic.text_relay),
        ("Out of hours: ", clinic.out_of_hours),
        ("", clinic.web),
    )
    wanted = (("Clinic", clinic.name), ("Phone", clinic.phone), ("Out of hours", clinic.out_of_hours))
    return {
        "logo": pictures.keep(clinic.logo.content, clinic.logo.kind) if clinic.logo else "",
        "name": clinic.name,
        "address": ", ".join(line.rstrip(",") for line in clinic.address.split("\n")),
        "entries": tuple((label, given) for label, given in said if given),
        "blanks": tuple(label for label, given in wanted if not given),
    }


def square(page: PageRecord, job: Job, pictures: Pictures) -> str:
    """Where a phone finds out whether the sheet is current; 'none' for a site that has no address yet."""
    if not job.site_url:
        return "none"
    drawn = square_of(f"{facts.address(job.site_url, page.url)}#edition={edition_of(page)}")
    short = short_address(job.site_url, page.url)
    return call(
        "square", file=pictures.keep(drawn.svg, "svg"), side=drawn.side, address=short, edition=edition_of(page)
    )


def dated(page: PageRecord, job: Job) -> str:
    return dated_as(edition_of(page), job.issued.get(page.source, ""), job)


def dated_as(signs: str, issued: str, job: Job) -> str:
    """'Edition 3f9c21, issued 22 November 2026': as the register of changes has it, else the day of this build."""
    day = in_words(issued) or written(datetime.fromtimestamp(job.timestamp, UTC).date())
    return f"Edition {signs}, issued {day}"


def approval(clinic: Clinic) -> tuple[str, ...]:
    if not clinic.approved_by:
        return ()
    name = clinic.name or "this clinic"
    return (f"Approved for {name} by {clinic.approved_by} on {in_words(clinic.approved_on)}.",)


def short_address(site_url: str, url: str) -> str:
    """As somebody would type it."""
    return facts.address(site_url, url).partition("://")[2].rstrip("/")
