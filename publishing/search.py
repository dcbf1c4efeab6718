"""The search's own words: pages, their other names, and misspellings -> the file that the search worker reads.

The output holds one file with the whole index, which loads when somebody searches; what every page loads is a stub of a
few lines. Misspellings stand in that file alone: no page shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from publishing.data import Register, did_you_mean, load_register
from publishing.glossary import Term
from publishing.records import Faults, Finding, PageRecord

WORKER = "assets/javascripts/workers/guide.js"
"""Brought by the look; without it the index stays where the theme's own worker finds it."""
INDEX = "search/index.js"
STUB = "search/search_index.json"


@dataclass(frozen=True, slots=True)
class Lead:
    """What readers type when they want one page (``data/search.yml``)."""

    id: str
    page: str
    names: tuple[str, ...]
    misspelt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Right word -> how people type it."""


def load_leads(root: Path, folder: str, pages: Iterable[str]) -> Register[Lead]:
    """``pages``: the sources that there are; raises Faults with all that is wrong in ``search.yml``."""
    leads = load_register(root, f"{folder.rstrip('/')}/search.yml", "leads", Lead)
    known = list(pages)
    faults = [
        Finding(
            leads.path,
            leads.line(lead.id, "page"),
            "data-field",
            f"'{lead.id}': there is no page '{lead.page}'.{did_you_mean(lead.page, known) or ' Name a page under docs.'}",
        )
        for lead in leads.entries.values()
        if lead.page not in known
    ]
    if faults:
        raise Faults(faults)
    return leads


def write_search(folder: Path, pages: Sequence[PageRecord], leads: Iterable[Lead], terms: Iterable[Term]) -> None:
    """Put the index and the words into one file, and the stub in the index's place."""
    stub = folder / STUB
    if not (folder / WORKER).is_file() or not stub.is_file():
        return
    index = json.loads(stub.read_text(encoding="utf-8"))
    guide = {"docs": index["docs"], **search_words(pages, list(leads), list(terms))}
    (folder / INDEX).write_text(as_script("guideIndex", guide), encoding="utf-8")
    stub.write_text(json.dumps({"config": index["config"], "docs": []}), encoding="utf-8")


def as_script(name: str, value: Any) -> str:
    """A script that sets a global of the worker: from a disk a browser reads scripts, and no other file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"self.{name}={text}".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def search_words(pages: Sequence[PageRecord], leads: Sequence[Lead], terms: Sequence[Term]) -> dict[str, Any]:
    """``names`` by page, ``same`` (a term and its other names), ``misspelt`` (wrong -> right)."""
    by_source: dict[str, list[str]] = {}
    for lead in leads:
        by_source.setdefault(lead.page, []).extend(lead.names)
    names = {
        unquote(page.url): list(dict.fromkeys([*_said(page), *by_source.get(page.source, ())]))
        for page in pages
        if _said(page) or page.source in by_source
    }
    wrong = {typed: right for lead in leads for right, slips in lead.misspelt.items() for typed in slips}
    return {
        "names": names,
        "same": [[term.term, *term.also] for term in terms if term.also],
        "misspelt": {slip: term.term for term in terms for slip in term.misspelt} | wrong,
    }


def _said(page: PageRecord) -> list[str]:
    """A page's own other names: its question and its aliases."""
    lines = [page.meta.get("question", ""), *page.meta.get("aliases", "").splitlines()]
    return [line.strip() for line in lines if line.strip()]
