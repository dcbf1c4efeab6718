"""What every page loads, made light: its style sheets become one, without what no page uses; its scripts become one.

The templates name the theme's files and ours one by one, which is what a live preview serves. In the finished site each run
of them is one file, named by its content, so that a browser may keep it for good.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from publishing.styles import trimmed, used_by, without_idle_names

_SHEET = r'<link rel="stylesheet" href="([^"]*?)assets/stylesheets/([\w.-]+\.css)"(?: media="(print)")?>'
_SCRIPT = r'<script src="([^"]*?)assets/javascripts/([\w.-]+\.js)"()></script>'
_FOR_US = re.compile(r"^\s*(?://.*\n\s*)*", re.MULTILINE)
_FOR_SEARCH = re.compile(r"(<[^<>]*) data-search-exclude(?=[ >])")
"""Heeded when the index is made, from the pages before they are finished."""
_INDENT = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)
"""Blanks at the start of a line, and lines of blanks alone, where they show nothing."""
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def write_slim(site: Path) -> None:
    """Join what each page of ``site`` loads, and take out what nothing names any more."""
    pages = sorted(site.rglob("*.html"))
    folder = site / "assets/javascripts"
    scripts = [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.js"))]
    used = used_by((page.read_text(encoding="utf-8") for page in pages), scripts)

    def sheet(texts: list[tuple[str, str]]) -> str:
        whole = "\n".join(f"@media {media}{{{text}}}" if media else text for text, media in texts)
        return without_idle_names(trimmed(whole, used), "\n".join(scripts))

    runs = [
        _Run(site, "stylesheets", "css", _SHEET, sheet, '<link rel="stylesheet" href="{}">'),
        _Run(site, "javascripts", "js", _SCRIPT, _joined, '<script src="{}"></script>'),
    ]
    for page in pages:
        text = _FOR_SEARCH.sub(r"\1", page.read_text(encoding="utf-8"))
        text = _INDENT.sub(lambda found: found[1] or "\n", text)
        for run in runs:
            text = run.replace(text)
        page.write_text(text, encoding="utf-8")
    for run in runs:
        run.drop()


class _Run:
    """Tags of one kind that stand one behind the other; the pages of a site mostly have the same."""

    def __init__(
        self, site: Path, kind: str, ending: str, tag: str, join: Callable[[list[tuple[str, str]]], str], said: str
    ) -> None:
        self._kind, self._ending, self._tag, self._join, self._said = kind, ending, re.compile(tag), join, said
        self._folder = site / "assets" / kind
        self._run = re.compile(rf"(?:{tag}\s*)+")
        self._made: dict[tuple[tuple[str, str], ...], str] = {}

    def replace(self, page: str) -> str:
        return self._run.sub(self._one, page)

    def drop(self) -> None:
        for name in {name for files in self._made for name, _ in files}:
            (self._folder / name).unlink()

    def _one(self, found: re.Match[str]) -> str:
        tags = self._tag.findall(found[0])
        files = tuple((name, media) for _, name, media in tags)
        if files not in self._made:
            self._made[files] = self._write(files)
        return self._said.format(f"{tags[0][0]}assets/{self._kind}/{self._made[files]}") + "\n"

    def _write(self, files: tuple[tuple[str, str], ...]) -> str:
        text = self._join([((self._folder / name).read_text(encoding="utf-8"), media) for name, media in files])
        name = f"guide.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.{self._ending}"
        (self._folder / name).write_text(text, encoding="utf-8")
        return name


def _joined(scripts: list[tuple[str, str]]) -> str:
    return "\n;\n".join(_lean(_MAP.sub("", text)).strip() for text, _ in scripts) + "\n"


def _lean(script: str) -> str:
    """Without indents and lines of comment; untouched where a text or a comment may span lines."""
    spans = "/*" in script or any(line.count("`") % 2 for line in script.splitlines())
    return script if spans else _FOR_US.sub("", script)
