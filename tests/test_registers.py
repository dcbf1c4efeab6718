"""The registers in a real build: links that lead somewhere, and a build that stops where an id is unknown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Built
from tests.filled import SMALL

PAGES = {
    "index.md": "# Home\n\nText [@first2001].\n\n/// risk | fall\n///\n",
    "safety/risks.md": "# Risks\n\n/// emergency-numbers\n///\n\n/// risk-register\n///\n",
    "safety/sources.md": "# Sources\n\n/// reference-list\n///\n",
}
LINKS = {"validation": {"links": {"absolute_links": "relative_to_docs"}}}


@pytest.fixture
def site(build: Callable[..., Built], tmp_path: Path) -> Callable[..., Built]:
    shutil.copytree(SMALL, tmp_path / "data")
    return lambda **pages: build({**PAGES, **pages}, {"data": "data/", "safety_section": "safety/"}, **LINKS)


def test_a_box_leads_to_its_entry(site: Callable[..., Built]) -> None:
    built = site()
    assert not built.errors
    home = (built.site / "index.html").read_text(encoding="utf-8")
    assert 'href="safety/risks/#fall"' in home
    assert '<li id="source-1">' in home
    assert '<h3 id="fall">' in (built.site / "safety/risks/index.html").read_text(encoding="utf-8")


def test_two_builds_in_one_process_are_the_same(site: Callable[..., Built], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    first = {path: path.read_bytes() for path in site().site.rglob("*.html")}
    again = {path: path.read_bytes() for path in site().site.rglob("*.html")}
    assert again == first


def test_an_unknown_id_stops_the_build_and_is_found_again(site: Callable[..., Built]) -> None:
    page = "---\r\ntitle: T\r\n---\r\n# After\r\n\r\n/// risk | fal\r\n///\r\n\r\nText [@frist2001].\r\n"
    built = site(**{"visit/after.md": page + "\r\n[safety](../safety/risks.md)\r\n"})
    assert built.failed
    assert built.findings == [
        "docs/visit/after.md:6: unknown-risk: 'fal' is not in data/risks.yml. Did you mean 'fall'?",
        "docs/visit/after.md:9: unknown-reference: 'frist2001' is not in data/references.yml. Did you mean 'first2001'?",
    ]


def test_a_fault_of_the_data_stops_the_build(site: Callable[..., Built], tmp_path: Path) -> None:
    (tmp_path / "data" / "risks.yml").write_text("risks:\n  - id: fall\n    level: [\n", encoding="utf-8")
    built = site()
    assert built.failed
    assert "data/risks.yml:4: data-syntax: is not valid YAML" in built.errors
