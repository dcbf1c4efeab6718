"""A page's Markdown as its writer sees it: which lines hold a token, for the findings of the registers.

Rendering decides what is wrong with a page, and has lost the line numbers by then; this only finds them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FENCE = re.compile(r"[ \t>]*(?P<mark>`{3,}|~{3,})")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
OPENS = re.compile(r"[ \t>]*/{3,}[ ]*(?P<name>[\w-]+)[ ]*(?:\|(?P<argument>.*))?$")
CLOSES = re.compile(r"[ \t>]*/{3,}[ ]*$")
OPTION = re.compile(r"[ >]*    (?P<name>[\w-]+):")
CODE = re.compile(r"(?P<ticks>`+).*?(?<!`)(?P=ticks)(?!`)")


def prose_lines(text: str) -> list[tuple[int, str]]:
    """The numbered lines that are read as prose: no front matter, code or comment."""
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
    head = FRONT_MATTER.match(text)
    text = _blank(head[0]) + text[head.end() :] if head else text
    text = "\n".join(_without_code(text.split("\n")))
    text = COMMENT.sub(lambda comment: _blank(comment[0]), text)
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


def _without_code(lines: list[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        mark = FENCE.match(line)
        if fence:
            closes = mark and mark["mark"].startswith(fence) and not line.strip(" \t>" + fence[0])
            fence = "" if closes else fence
            yield ""
        elif mark:
            fence = mark["mark"]
            yield ""
        else:
            yield CODE.sub("", line)


@dataclass(slots=True)
class OpenedBlock:
    """`/// name | argument` as it stands in the source."""

    line: int
    name: str
    argument: str
    options: list[str]
    """Names of the options on the indented lines right below it."""


class Prose:
    """Where in one page's source a thing is said; nothing is read before it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    def lines_with(self, pattern: str) -> list[int]:
        """The lines that a pattern finds; ``[0]`` when there is none."""
        found = re.compile(pattern)
        return [number for number, line in self._lines if found.search(line)] or [0]

    @property
    def blocks(self) -> list[OpenedBlock]:
        return self._read[0]

    @property
    def unclosed(self) -> list[OpenedBlock]:
        return self._read[1]

    @property
    def stray(self) -> list[int]:
        """Lines `///` that close no block."""
        return self._read[2]

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        return prose_lines(self._text)

    @cached_property
    def _read(self) -> tuple[list[OpenedBlock], list[OpenedBlock], list[int]]:
        blocks: list[OpenedBlock] = []
        unclosed: list[OpenedBlock] = []
        stray: list[int] = []
        for number, line in self._lines:
            if opens := OPENS.match(line):
                blocks.append(OpenedBlock(number, opens["name"].lower(), (opens["argument"] or "").strip(), []))
                unclosed.append(blocks[-1])
            elif CLOSES.match(line):
                if unclosed:
                    unclosed.pop()
                else:
                    stray.append(number)
            elif blocks and (option := OPTION.match(line)) and number == blocks[-1].line + len(blocks[-1].options) + 1:
                blocks[-1].options.append(option["name"])
        return blocks, unclosed, stray
