"""The register of changes, the block that lists it, and the command that writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from publishing.__main__ import main
from publishing.changes import load_changes
from publishing.manifest import digest
from publishing.records import Faults
from tests.conftest import Built
from tests.filled import fill, registers

FIRST = {"sheet": "visit/after.md", "date": "2026-11-22", "new": "aaaaaa", "kind": "new", "what": "First edition."}
SECOND = {
    "sheet": "visit/after.md", "date": "2026-12-01", "old": "aaaaaa", "new": "bbbbbb", "kind": "correction",
    "what": "Ring at once, and not the same day.", "why": "The step was too slow since the first edition.",
}  # fmt: skip


def write(root: Path, *entries: dict[str, str]) -> None:
    (root / "data").mkdir(exist_ok=True)
    (root / "data/changes.yml").write_text(yaml.safe_dump({"changes": list(entries)}), encoding="utf-8")


@pytest.mark.parametrize(("entries", "fault"), [
    ([SECOND], "'old' breaks the row. Write no 'old' for the first edition of a sheet."),
    ([FIRST, SECOND | {"old": "cccccc"}], "'old' breaks the row. Write old: aaaaaa."),
    ([FIRST, SECOND | {"date": "2026-11-01"}], "is older than the entry before it for this sheet. Put the oldest first."),
    ([FIRST | {"new": "AAAAAA"}], "'new' is 'AAAAAA', which is no edition."),
    ([FIRST | {"date": "yesterday"}], "'date' is 'yesterday'. Write a day such as 2026-11-22."),
    ([FIRST | {"what": " "}], "'what' is empty."),
    ([FIRST, {**SECOND, "why": ""}], "a correction needs its 'why'"),
    ([FIRST | {"sheet": "visit/after"}], "'sheet' is 'visit/after'. Write the path of its page under docs, such as visit/after.md, or 'wallet'."),
    ([FIRST | {"kind": "fix"}], "'kind' is 'fix'. Write 'correction', 'update', 'wording' or 'new'."),
])  # fmt: skip
def test_what_the_register_refuses(entries: list[dict[str, str]], fault: str, tmp_path: Path) -> None:
    write(tmp_path, *entries)
    with pytest.raises(Faults) as raised:
        load_changes(tmp_path, "data/")
    assert any(fault in str(finding) for finding in raised.value.findings), raised.value


def test_the_block_lists_corrections_first(tmp_path: Path) -> None:
    loaded = registers(tmp_path)
    page = "# Changes\n\n/// changes\n///\n"
    assert fill(loaded, page).html.count("None so far.") == 2
    write(tmp_path, FIRST, SECOND, FIRST | {"sheet": "wallet", "new": "dddddd"})
    changed = type(loaded).load(tmp_path, "data/")
    html = fill(changed, page).html
    assert html.index("Correction: Ring at once, and not the same day.") < html.index("New: First edition.")
    assert "<td>Wallet cards</td>" in html and 'href="/visit/after.md"' in html and "/wallet" not in html
    assert "<td>1 December 2026</td>" in html and "<td>aaaaaa became bbbbbb</td>" in html


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was built, with one sheet."""
    page = b"# After\n"
    for name, content in {"docs/visit/after.md": page, "mkdocs.yml": b"extra: {publishing: {data: data/}}\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    told = {
        "version": 1, "docs": "docs", "site_url": "", "settings": {}, "menu": [], "files": {},
        "pages": [{"source": "visit/after.md", "url": "visit/after/", "title": "After", "chapter": [], "meta": {}, "source_sha256": digest(page)}],
        "editions": {"visit/after.md": "aaaaaa", "wallet": "dddddd"},
        "has_clinic": False,
        "moved": {},
    }  # fmt: skip
    (tmp_path / "site").mkdir()
    (tmp_path / "site/publishing.json").write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_lists_and_notes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes"]) == 0
    assert "visit/after.md: none given out -> aaaaaa" in capsys.readouterr().out
    assert not (project / "data").exists()
    (project / "data").mkdir()
    (project / "data/changes.yml").write_text("# Kept.\nchanges: []\n", encoding="utf-8")
    assert main(["changes", "--kind", "new", "--what", 'First: "edition" #1\n- x', "visit/after.md"]) == 0
    assert main(["changes", "--kind", "new", "--what", "Cards."]) == 0
    assert (project / "data/changes.yml").read_text(encoding="utf-8").startswith("# Kept.\n")
    noted = list(load_changes(project, "data/").entries.values())
    assert [(change.sheet, change.new, change.old) for change in noted] == [
        ("visit/after.md", "aaaaaa", ""),
        ("wallet", "dddddd", ""),
    ]
    assert noted[0].what == 'First: "edition" #1\n- x'
    capsys.readouterr()
    assert main(["changes"]) == 0
    assert capsys.readouterr().out == "Every sheet is the one that was given out.\n"


@pytest.mark.parametrize(("words", "told"), [
    (["changes", "visit/afer.md"], "visit/afer.md: is no page whose sheet has changed. Did you mean 'visit/after.md'?"),
    (["changes", "--what", "Words."], "Say of which kind the change is"),
    (["changes", "--site", "public"], "holds no site that was built here"),
])  # fmt: skip
def test_what_the_command_cannot_do(
    words: list[str], told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert told in capsys.readouterr().err


def test_the_command_asks_for_a_fresh_build(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/visit/after.md").write_text("# After all\n", encoding="utf-8")
    assert main(["changes"]) == 1
    assert "is not as it was when the site was built" in capsys.readouterr().err


def test_an_issued_edition_has_its_own_day(
    build: Callable[..., Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from publishing.print.loss import text_of

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    pages = {"index.md": '---\ntitle: "Home"\nhandout: true\n---\n\n# Home\n\nText.\n'}
    settings = {"print": {"papers": ["a4"]}, "data": "data/"}
    built = build(pages, settings)
    said = text_of(built.site / "print/index-a4.pdf")
    assert "issued 15 January 2027" in said
    now = said.partition("· Edition ")[2][:6]
    write(tmp_path, FIRST | {"sheet": "index.md", "new": now})
    assert "issued 22 November 2026" in text_of(build(pages, settings).site / "print/index-a4.pdf")
