"""The feed of changes: what is in it, in what order, and that nobody's words break out of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as tree

from publishing.changes import Change
from publishing.feed import FEED, write_feed
from publishing.imprint import Imprint
from publishing.pages import read

ATOM = "{http://www.w3.org/2005/Atom}"
LOG = "# Changes\n\n## [0.2.0] - 2027-01-05\n\nMore on cost.\n\n### Added\n\n- A page.\n\n## [0.1.0] - 2026-11-22\n\nThe first edition.\n"
MENDED = Change(
    sheet="visit/after.md", date="2026-12-24", old="aaaaaa", new="bbbbbb", kind="correction",
    what="Numbers & names <b>mended</b>.", why="The number of Wales was wrong since 22 November.",
)  # fmt: skip


def imprint(root: Path, site_url: str) -> Imprint:
    return Imprint(root, "docs", "A guide & more", site_url, "", "", 0)


def written(
    folder: Path, site_url: str = "https://example.org/guide/", changes: tuple[Change, ...] = (MENDED,)
) -> Path:
    (folder / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    page = read("visit/after.md", "visit/after/", "<h1>After</h1>", title="Soreness & care", meta={}, chapter=())
    write_feed(folder, [page], {change.id: change for change in changes}, imprint(folder, site_url))
    return folder / FEED


def test_changes_and_editions_stand_newest_first(tmp_path: Path) -> None:
    feed = tree.parse(written(tmp_path)).getroot()
    entries = [
        [entry.findtext(ATOM + name) for name in ("title", "updated", "id")] for entry in feed.iter(f"{ATOM}entry")
    ]
    assert entries == [
        ["Edition 0.2.0", "2027-01-05T00:00:00Z", "https://example.org/guide/#edition-0.2.0"],
        ["Correction: Soreness & care", "2026-12-24T00:00:00Z", "https://example.org/guide/visit/after/#edition-bbbbbb"],
        ["Edition 0.1.0", "2026-11-22T00:00:00Z", "https://example.org/guide/#edition-0.1.0"],
    ]  # fmt: skip
    summaries = [summary.text for summary in feed.iter(f"{ATOM}summary")]
    assert summaries[0] == "More on cost."
    assert summaries[1] == f"{MENDED.what} Why: {MENDED.why}"


def test_the_feed_names_itself_and_its_newest_day(tmp_path: Path) -> None:
    feed = tree.parse(written(tmp_path)).getroot()
    assert feed.findtext(f"{ATOM}updated") == "2027-01-05T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A guide & more"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": "https://example.org/guide/feed.xml", None: "https://example.org/guide/"}


def test_a_sheet_that_is_no_more_has_no_entry(tmp_path: Path) -> None:
    gone = Change(sheet="visit/gone.md", date="2027-02-01", new="cccccc", kind="new", what="New.")
    assert "cccccc" not in written(tmp_path, changes=(gone,)).read_text(encoding="utf-8")


def test_the_wallet_cards_are_no_page_but_have_an_entry(tmp_path: Path) -> None:
    feed = tree.parse(written(tmp_path, changes=(replace(MENDED, sheet="wallet", new="dddddd"),))).getroot()
    entry = next(
        entry for entry in feed.iter(f"{ATOM}entry") if entry.findtext(f"{ATOM}title") == "Correction: Wallet cards"
    )
    assert entry.findtext(f"{ATOM}id") == "https://example.org/guide/#edition-dddddd"


def test_a_site_without_an_address_has_no_feed(tmp_path: Path) -> None:
    assert not written(tmp_path, site_url="").exists()
