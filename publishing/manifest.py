"""``publishing.json``: what a build says of itself, so that a built site can be judged without MkDocs."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publishing.moved import moved_addresses
from publishing.records import PageRecord, PublishingError
from publishing.settings import Settings

NAME = "publishing.json"


@dataclass(frozen=True, slots=True)
class ManifestPage:
    """One page as the build knew it."""

    source: str
    url: str
    title: str
    chapter: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Pages in the order of the menu, then by path; hashes of every file but the manifest."""

    docs: str
    site_url: str
    settings: Mapping[str, Any]
    menu: tuple[str, ...]
    pages: tuple[ManifestPage, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    """The edition of each sheet by the source of its page, and that of the 'wallet' cards."""
    has_clinic: bool = False
    """Whether the sheets carry the name and numbers of a clinic."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old address, decoded -> the source of the page to which the one there leads on."""


def write_manifest(
    site: Path,
    pages: Iterable[PageRecord],
    sources: Mapping[str, str],
    settings: Settings,
    *,
    docs: str,
    site_url: str,
    menu: Sequence[str],
    editions: Mapping[str, str],
    has_clinic: bool,
) -> None:
    """Into the finished output; sorted throughout, so that the same site gives the same bytes."""
    pages = list(pages)
    entries = [
        {
            "source": page.source,
            "url": page.url,
            "title": page.title,
            "chapter": list(page.chapter),
            "meta": dict(page.meta),
            "source_sha256": digest(sources.get(page.source, "").encode()),
        }
        for page in pages
    ]
    manifest = {
        "version": 1,
        "docs": docs,
        "site_url": site_url,
        "settings": _plain(settings),
        "menu": list(menu),
        "editions": dict(editions),
        "has_clinic": has_clinic,
        "pages": entries,
        "moved": {old: page.source for old, page in moved_addresses(settings.redirects, pages).items()},
        "files": {name: digest(path.read_bytes()) for name, path in output_files(site).items()},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (site / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(site: Path) -> Manifest | None:
    """None where there is none; PublishingError where it cannot be read."""
    path = site / NAME
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        pages = tuple(ManifestPage(**{**page, "chapter": tuple(page["chapter"])}) for page in data["pages"])
        return Manifest(
            data["docs"],
            data["site_url"],
            data["settings"],
            tuple(data["menu"]),
            pages,
            data["files"],
            data["editions"],
            data["has_clinic"],
            data["moved"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise PublishingError(f"{path}: is not a manifest that this program wrote. Build the site again.") from error


def output_files(site: Path) -> dict[str, Path]:
    """Every file of an output by its path there, sorted; without the manifest itself."""
    named: dict[str, Path] = {}
    waiting = [("", str(site))]
    while waiting:
        below, folder = waiting.pop()
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{below}{entry.name}/", entry.path))
            elif entry.is_file():
                named[below + entry.name] = Path(entry.path)
    return {name: named[name] for name in sorted(named) if name != NAME}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(settings: Settings) -> dict[str, Any]:
    """As they stand in mkdocs.yml."""
    plain: dict[str, Any] = {
        "safety_section": settings.safety_section,
        "data": settings.data,
        "clinic": settings.clinic,
    }
    if settings.policy:
        plain["policy"] = settings.policy
    if settings.print:
        plain["print"] = {"papers": list(settings.print.papers)}
    if settings.rules is not None:
        plain["rules"] = dict(settings.rules)
    if settings.redirects:
        plain["redirects"] = dict(settings.redirects)
    if settings.exempt:
        plain["exempt"] = {page: dict(reasons) for page, reasons in settings.exempt.items()}
    return plain
