"""Starts a page: its whole front matter, its headings, and a link to safety that a reader sees.

What it writes passes every rule of a build, so that an editor begins on firm ground.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from publishing.checks.safety import section_home
from publishing.commands.config import read_config
from publishing.links import relative_source
from publishing.records import PageRecord, PublishingError

ROOT = Path(__file__).resolve().parents[2]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HALF_A_YEAR = timedelta(days=182)

_PAGE = """\
---
title: "{title}"
description: "What to know about {subject}: the gist, what can go wrong, and when to get help."
question: "What do I need to know about {subject}?"
audience: patient
checked: {today}
check_by: {check_by}
reviewed_by:
reviewed_on:
aliases: []
handout: false
---

# What do I need to know about {subject}?

Write the gist here. Answer the question in your first 60 words, for somebody who is tired and in pain.

## What happens?

Write in short sentences. Say "you". Give each health figure its source.

## What can go wrong?

Write what can go wrong, how often, and what to do. [Safety]({safety}) lists the known harms and when to get help.
"""


def run(page: str, root: Path = ROOT) -> int:
    config = read_config(root)
    docs = root / str(config.get("docs_dir") or "docs")
    source = _source(page, docs.name)
    path = docs / source
    _refuse_taken(path, docs)
    safety = relative_source(source, _safety_home(config, docs))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(scaffold(source, safety, date.today()))
    print(f"Started {path.relative_to(root)}. Now add this line to nav in mkdocs.yml, under its part:\n\n- {source}")
    return 0


def scaffold(source: str, safety: str, today: date) -> str:
    """The page as it is first written; ``safety`` is the link as this page writes it."""
    names = source.removesuffix(".md").removesuffix("/index").split("/")
    subject = names[-1].replace("-", " ")
    return _PAGE.format(
        title=subject.capitalize(), subject=subject, safety=safety, today=today, check_by=today + _HALF_A_YEAR
    )


def _source(page: str, docs: str) -> str:
    """``visit/before``, ``visit/before.md`` and ``docs/visit/before.md`` all name one page."""
    names = page.removeprefix(f"{docs}/").removesuffix(".md").split("/")
    if not all(_NAME.fullmatch(name) for name in names):
        raise PublishingError(
            f"'{page}' cannot be the path of a page: write lower-case letters, digits and hyphens,"
            f" with / between a folder and a page, for example visit/before."
        )
    return "/".join(names) + ".md"


def _refuse_taken(path: Path, docs: Path) -> None:
    if not path.resolve().is_relative_to(docs.resolve()):
        raise PublishingError(f"{path} leads out of {docs}: choose a folder that is no link.")
    address = path.parent if path.stem == "index" else path.with_suffix("")
    rivals = {path} if address == docs else {address.with_suffix(".md"), address / "index.md", address / "README.md"}
    for rival in sorted(rivals):
        if rival.exists():
            raise PublishingError(f"{rival} is there already: edit it, or choose another path.")


def _safety_home(config: dict[str, Any], docs: Path) -> str:
    """The page that stands for the safety section, as a path under the docs folder."""
    extra = config.get("extra")
    publishing = extra.get("publishing") if isinstance(extra, dict) else None
    section = publishing.get("safety_section") if isinstance(publishing, dict) else None
    names = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    pages = [PageRecord(name, "", "", "", frozenset(), ()) for name in names]
    home = section_home(pages, str(section)) if section else None
    if home is None:
        raise PublishingError("mkdocs.yml: extra.publishing.safety_section names no page. Write for example 'safety/'.")
    return home.source
