"""``changes``: which sheets of the built site are not those that were given out, and notes what changed on them.

Reads the editions from the manifest of ``site/`` and writes entries at the end of ``data/changes.yml``; publishes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from publishing.changes import NAME, Change, Kind, by_sheet, load_changes
from publishing.checks import RULE_IDS
from publishing.commands.config import read_config
from publishing.manifest import Manifest, digest, read_manifest
from publishing.records import PublishingError
from publishing.settings import Settings, read_settings, suggest

_EMPTY = "changes: []\n"


def run(
    pages: Sequence[str],
    kind: Kind | None = None,
    what: str = "",
    why: str = "",
    site: str = "site",
    project: str = ".",
) -> int:
    """Without ``what`` only lists. 0 in any case that could be told or noted."""
    root = Path(project).resolve()
    manifest = _manifest(root, site)
    data, newest = _settings(root).data, newest_given_out(root)
    changed = unnoted(manifest, newest)
    chosen = _chosen(pages, changed)
    for name in chosen:
        print(f"{name}: {newest.get(name, 'none given out')} -> {chosen[name]}")
    if not chosen:
        print("Every sheet is the one that was given out.")
    elif not what:
        print("Say what changed: python -m publishing changes --kind wording --what '...' PAGE")
    else:
        path = root / data / NAME
        _add(
            path,
            [
                Change(name, f"{date.today()}", chosen[name], _kind(kind), what, newest.get(name, ""), why)
                for name in chosen
            ],
        )
        load_changes(root, data)
        print(f"Noted in {path}. Build again, and publish that.")
    return 0


def newest_given_out(root: Path) -> dict[str, str]:
    """The newest edition of each sheet that the register notes, by the source of its page; raises Faults."""
    given_out = by_sheet(load_changes(root, _settings(root).data).entries)
    return {sheet: past[-1].new for sheet, past in given_out.items()}


def unnoted(manifest: Manifest, newest: Mapping[str, str]) -> dict[str, str]:
    """Sheets of a built site that are not those that were given out, with their edition."""
    return {name: signs for name, signs in manifest.editions.items() if newest.get(name) != signs}


def _settings(root: Path) -> Settings:
    return read_settings((read_config(root).get("extra") or {}).get("publishing"), RULE_IDS)


def _manifest(root: Path, site: str) -> Manifest:
    manifest = read_manifest(root / site)
    if manifest is None:
        raise PublishingError(f"{root / site}: holds no site that was built here. Build it first: scripts/build")
    for page in manifest.pages:
        source = root / manifest.docs / page.source
        if not source.is_file() or digest(source.read_bytes()) != page.source_sha256:
            raise PublishingError(f"{source}: is not as it was when the site was built. Build it anew: scripts/build")
    return manifest


def _chosen(pages: Sequence[str], changed: Mapping[str, str]) -> dict[str, str]:
    for page in pages:
        if page not in changed:
            raise PublishingError(
                f"{page}: is no page whose sheet has changed. {suggest(page, changed) if changed else ''}".rstrip()
            )
    return {name: changed[name] for name in pages or changed}


def _kind(given: Kind | None) -> Kind:
    if not given:
        raise PublishingError("Say of which kind the change is: --kind correction, update, wording or new.")
    return given


def _add(path: Path, changes: Sequence[Change]) -> None:
    """At the end of the file, whose comments and entries stay as they are; a text of JSON is one of YAML."""
    text = path.read_text(encoding="utf-8") if path.is_file() else _EMPTY
    if text.endswith(_EMPTY):
        text = text.removesuffix(_EMPTY) + "changes:\n"
    for change in changes:
        fields = {name: getattr(change, name) for name in ("sheet", "date", "old", "new", "kind", "what", "why")}
        lines = [f"{name}: {json.dumps(given, ensure_ascii=False)}" for name, given in fields.items() if given]
        text += "\n  - " + "\n    ".join(lines) + "\n"
    path.write_text(text, encoding="utf-8")
