"""``release VERSION``: what is handed on of an edition, in ``release/VERSION/``; refused unless everything is in order.

First all that can be refused is looked at, and told at once; only then the edition is built and judged through both doors.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from publishing.archive import sums, write_archive
from publishing.bill import write_bill
from publishing.commands import build, changes, check
from publishing.commands.system import say
from publishing.manifest import read_manifest
from publishing.offline import FOLDER, ZIP
from publishing.output import Staging
from publishing.records import PublishingError

ROOT = Path(__file__).resolve().parents[2]

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_NOTE_THEM = (
    "Note what is given out: `scripts/build`, then `python -m publishing changes --kind new --what 'The first edition.'` "
    "(or the kind and the words of the change), and commit data/changes.yml."
)
_CLEAN = "Commit it, or put it away with `git stash --include-untracked`."


def run(version: str, out: str = "release") -> int:
    """0 with the release in place; raises PublishingError with every reason why not."""
    since, origin = build.source_date(ROOT)
    faults = [*_not_in_order(ROOT), *_not_in_the_change_log(ROOT, version, since.date()), *_nothing_given_out(ROOT)]
    if faults:
        raise PublishingError("\n".join([f"{version} is not released:", *faults]))
    _refuse_findings("the pages", check.judge_source(ROOT))
    staging = Staging(ROOT / out / version)
    staging.open()
    try:
        _make(staging.folder, version, since)
    except BaseException:
        staging.discard()
        raise
    folder = staging.commit()
    say(f"Released {version}, dated {since:%Y-%m-%d} ({origin}), in {folder}:")
    print("\n".join(sorted(path.name for path in folder.iterdir())))
    return 0


def _make(folder: Path, version: str, when: datetime) -> None:
    site, name = folder / "site", f"{FOLDER}-{version}"
    if build.run(str(site)):
        raise PublishingError("The edition was not built, so there is no release.")
    _refuse_findings("the built site", check.judge_built(site, ROOT))
    _refuse_unnoted(site, ROOT)
    write_archive(site, folder / f"{name}-site.tar.gz", name, int(when.timestamp()))
    shutil.copyfile(site / ZIP, folder / f"{name}-offline.zip")
    for pack in sorted((site / "print").glob("pack-*.pdf")):
        shutil.copyfile(pack, folder / f"{name}-{pack.name}")
    shutil.rmtree(site)
    (folder / f"{name}.cdx.json").write_text(write_bill(ROOT, FOLDER, version, when), encoding="utf-8")
    (folder / "RELEASE-NOTES.md").write_text(_notes(ROOT, version), encoding="utf-8")
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")


def _not_in_order(root: Path) -> list[str]:
    faults = []
    site = urlsplit(os.environ.get("SITE_URL", ""))
    if site.scheme != "https" or not site.netloc:
        faults.append(
            "SITE_URL: is not an https address, so that sheets and pages could not name theirs. "
            "Write for example `SITE_URL=https://example.org/guide/ scripts/release 0.2.0`."
        )
    changed = _git(root, "status", "--porcelain")
    if changed is None:
        faults.append(f"{root}: is not a git repository, so nobody could find what was released. Release from a clone.")
    elif changed:
        faults += [f"{line[3:]}: is not committed. {_CLEAN}" for line in changed.splitlines()]
    return faults


def _not_in_the_change_log(root: Path, version: str, when: date) -> list[str]:
    if not _VERSION.fullmatch(version):
        return [f"{version}: is not a version. Write three numbers, for example 0.2.0."]
    notes, day = _section(root, version)
    if not notes:
        return [
            f"CHANGELOG.md: says nothing of {version}. Write '## [{version}] - {when}' and below it what has changed."
        ]
    faults = []
    if f'version = "{version}"' not in (root / "pyproject.toml").read_text(encoding="utf-8"):
        faults.append(f'pyproject.toml: has another version. Write `version = "{version}"`.')
    if day > datetime.now(UTC).date().isoformat():
        faults.append(f"CHANGELOG.md: {version} is dated {day}, which is still to come. Write the day of the release.")
    if (tagged := _git(root, "rev-parse", "--verify", f"v{version}^{{commit}}")) and tagged != _git(
        root, "rev-parse", "HEAD"
    ):
        faults.append(
            f"v{version}: is the tag of another commit. A released version never changes: take the next number."
        )
    return faults


def _nothing_given_out(root: Path) -> list[str]:
    """Told before a build, which takes a minute; what that then shows is held to the register sheet by sheet."""
    return [] if changes.newest_given_out(root) else [f"data/changes.yml: has no edition of any sheet. {_NOTE_THEM}"]


def _refuse_unnoted(site: Path, root: Path) -> None:
    """Whoever holds a sheet that was never noted could not learn that it was corrected."""
    manifest = read_manifest(site)
    assert manifest
    if missing := changes.unnoted(manifest, changes.newest_given_out(root)):
        told = [f"data/changes.yml: has no edition {signs} of {name}" for name, signs in sorted(missing.items())]
        raise PublishingError(
            "\n".join(["There are sheets that nobody noted, so there is no release:", *told, _NOTE_THEM])
        )


def _refuse_findings(what: str, judged: check.Judged) -> None:
    """A release has no findings at all: what only warns an editor, an overdue page above all, stops it."""
    if judged.findings:
        told = "\n".join(map(str, judged.findings))
        raise PublishingError(f"There are findings in {what}, so there is no release:\n{told}")


def _section(root: Path, version: str) -> tuple[str, str]:
    """What the change log says of a version, and its day; '' and '' where it does not."""
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## \[{re.escape(version)}\] - (\S+)\n(.*?)(?=^## |\Z)", log, re.MULTILINE | re.DOTALL)
    return (found[2].strip(), found[1]) if found else ("", "")


def _notes(root: Path, version: str) -> str:
    notes, day = _section(root, version)
    return f"""# What is new in edition {version}

{day}. No edition replaces the advice of somebody who can examine you.

{notes}

## How to know that a file arrived whole

Put the files into one folder, open a terminal there, and type `sha256sum --check SHA256SUMS` (on a Mac: `shasum -a 256 --check SHA256SUMS`).
"""


def _git(root: Path, *words: str) -> str | None:
    """What git answers; None where it does not."""
    try:
        done = subprocess.run(("git", "-C", str(root), *words), capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.rstrip() if done.returncode == 0 else None
