"""Reads the head of a page: Markdown source -> front matter as text, or what is wrong with it, by line.

MkDocs prints invalid front matter as page text without a warning; this room is why ours cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

from publishing.records import Finding
from publishing.textual import UNSEEN

_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_REQUIRED = ("title", "description", "question", "audience", "checked", "check_by", "handout")
_KNOWN = (*_REQUIRED, "reviewed_by", "reviewed_on", "aliases", "sides", "pocket", "template", "hide", "search")
_EXAMPLES = {
    "title": 'title: "What is normal afterwards?"',
    "description": 'description: "What to expect in the days after needling."',
    "question": 'question: "What is normal now, and what is not?"',
    "audience": "audience: patient",
    "checked": "checked: 2026-11-22",
    "check_by": "check_by: 2027-05-22",
    "handout": "handout: true",
    "reviewed_by": 'reviewed_by: "Name, profession"',
    "reviewed_on": "reviewed_on: 2026-11-22",
    "sides": "sides: 2",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Every value as text (a list: one item a line); ``faults`` are (line, what is wrong and what to write)."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[tuple[int, str], ...] = ()
    body_line: int = 1
    """The line of the source on which the page's own text begins."""


def read_front_matter(source: str) -> FrontMatter:
    """Never raises: what cannot be read is in ``faults``."""
    lines = source.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != "---":
        return FrontMatter()
    end = next((place for place, line in enumerate(lines) if place and _FENCE.fullmatch(line)), None)
    if end is None:
        fault = "the front matter is not closed. Write a line '---' after its last setting."
        return FrontMatter(faults=((1, fault),))
    try:
        node = _compose("\n".join(lines[1:end]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        fault = f"the front matter cannot be read: {problem}. Put quotes round a text that holds a colon, and check the indents."
        return FrontMatter(faults=((mark.line + 2 if mark else 1, fault),), body_line=end + 2)
    return _settings(node, end + 2)


def _compose(text: str) -> yaml.Node | None:
    """As text alone; by libyaml, ten times as fast, where it is there. What it refuses is told in the words of PyYAML itself."""
    try:
        return yaml.compose(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError:
        return yaml.compose(text, yaml.BaseLoader)


def front_matter_findings(path: str, matter: FrontMatter) -> Iterator[Finding]:
    """Each fault of the guide's fixed form; ``path`` as an editor would open it."""
    for line, fault in _faults(matter):
        yield Finding(path, line, "front-matter", fault)


def _faults(matter: FrontMatter) -> Iterator[tuple[int, str]]:
    yield from matter.faults
    if matter.faults:
        return
    yield from _missing(matter)
    for name, line in matter.lines.items():
        if name not in _KNOWN:
            yield line, f"'{name}' is not a setting of a page. Write one of: {', '.join(_KNOWN)}."
    for name, allowed in (("audience", ("patient", "clinic", "editor")), ("handout", ("true", "false"))):
        value = matter.values.get(name, "").strip()
        if value and value not in allowed:
            yield matter.lines[name], f"{name} is '{value}'. Write one of: {', '.join(allowed)}."
    yield from _date_faults(matter)
    sides = matter.values.get("sides", "")
    if sides and not re.fullmatch(r"[1-9]\d?", sides):
        yield (
            matter.lines["sides"],
            f"sides is '{sides}'. Write how many sides of paper the sheet may fill, for example 'sides: 2'.",
        )
    if bool(matter.values.get("reviewed_by")) != bool(matter.values.get("reviewed_on")):
        line = matter.lines.get("reviewed_by", matter.lines.get("reviewed_on", 0))
        yield (
            line,
            "reviewed_by and reviewed_on go together. Fill both once a clinician has reviewed the page, or leave both empty.",
        )


def _missing(matter: FrontMatter) -> Iterator[tuple[int, str]]:
    """One fault for all that is not filled in, at the first setting that is there but empty."""
    names = [name for name in _REQUIRED if not matter.values.get(name, "").strip()]
    if not names:
        return
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    examples = ", ".join(f"'{_EXAMPLES[name]}'" for name in names)
    where = "in its front matter" if matter.lines else "between two lines '---' at the top of the file"
    lines = "a line" if len(names) == 1 else "lines"
    line = min((matter.lines[name] for name in names if name in matter.lines), default=1)
    yield line, f"has no {listed}. Write {lines} such as {examples} {where}."


def _date_faults(matter: FrontMatter) -> Iterator[tuple[int, str]]:
    for name in ("checked", "check_by", "reviewed_on"):
        value = matter.values.get(name, "").strip()
        if value and not _is_date(value):
            yield (
                matter.lines[name],
                f"{name} is '{value}', which is not a date. Write for example '{_EXAMPLES[name]}'.",
            )
    checked, due = matter.values.get("checked", ""), matter.values.get("check_by", "")
    if _is_date(checked) and _is_date(due) and due <= checked:
        yield (
            matter.lines["check_by"],
            "check_by is not after checked. Write the day by which the page is to be held against its sources again.",
        )


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _settings(node: yaml.Node | None, body_line: int) -> FrontMatter:
    if node is None:
        return FrontMatter(body_line=body_line)
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter(
            faults=((2, "the front matter is not a list of settings. Write lines such as 'title: \"...\"'."),),
            body_line=body_line,
        )
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults = []
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in values:
            faults.append((line, f"'{name}' is set twice. Keep one."))
        text = _text(value)
        if unseen := UNSEEN.search(text):
            code = f"U+{ord(unseen[0]):04X}"
            faults.append((line, f"{name} holds the hidden character {code}. Delete it and type the words anew."))
        values[name], lines[name] = UNSEEN.sub("", text), line
    return FrontMatter(values, lines, tuple(faults), body_line)


def _text(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "\n".join(_text(item) for item in node.value)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
