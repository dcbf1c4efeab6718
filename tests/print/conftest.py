"""Prints small sites, as a build would, into a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from material.extensions.emoji import to_svg, twemoji  # type: ignore[import-untyped]  # brings no types

from publishing import pages
from publishing.print.job import Job
from publishing.print.room import export
from publishing.records import PageRecord, Sheet

CASES = Path(__file__).parent.parent / "cases" / "print"
JOB = Job(
    site_name="The guide",
    purpose="Plain answers.",
    site_url="",
    timestamp=1_800_000_000,
    licence='Words: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.',
)
_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {},
}
# What other sites of the theme turn on, beside ours.
_OF_OTHERS: Mapping[str, Mapping[str, Any]] = {
    "abbr": {}, "pymdownx.arithmatex": {"generic": True}, "pymdownx.betterem": {}, "pymdownx.caret": {},
    "pymdownx.critic": {"mode": "view"}, "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    "pymdownx.keys": {}, "pymdownx.mark": {}, "pymdownx.smartsymbols": {}, "pymdownx.tilde": {},
}  # fmt: skip


@dataclass(frozen=True)
class Printed:
    pages: tuple[PageRecord, ...]
    sheets: list[Sheet]
    findings: list[str]
    folder: Path

    def pdf(self, name: str) -> Path:
        return self.folder / f"{name}.pdf"


def record(source: str, html: str, **fields: Any) -> PageRecord:
    """A page as MkDocs with directory addresses has it; ``fields`` may hold title, chapter and front matter."""
    url = source.removesuffix(".md").removesuffix("index").rstrip("/")
    title, chapter = fields.pop("title", "A page"), tuple(fields.pop("chapter", ()))
    meta = {key: str(value) for key, value in fields.items()}
    return pages.read(source, f"{url}/" if url else "./", html, title=title, meta=meta, chapter=chapter)


def html_of(text: str, *, others: bool = False) -> str:
    """``others``: with the extensions of other sites."""
    settings = {**_SETTINGS, **(_OF_OTHERS if others else {})}
    return markdown.markdown(text, extensions=[*settings], extension_configs={k: dict(v) for k, v in settings.items()})


@pytest.fixture
def print_pages(tmp_path: Path) -> Callable[..., Printed]:
    """``print_pages(records, files={address: path}, site_url=..., papers=...)``"""

    def run(records: Sequence[PageRecord], files: Mapping[str, Path] = {}, **job: Any) -> Printed:
        wanted = Job(**{**{name: getattr(JOB, name) for name in Job.__slots__}, **job})
        sheets, findings = export(records, lambda address: files.get(address), wanted, tmp_path)
        return Printed(tuple(records), sheets, [str(finding) for finding in findings], tmp_path)

    return run


def load_case(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
