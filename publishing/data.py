"""A register file -> typed records, each with the line it stands on.

First step of the registers: every scalar loads as text (YAML alone would turn 000 into 0) and the record's own
types say what it must be. All faults of a file are gathered and raised together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from publishing.records import Faults, Finding

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Place: TypeAlias = "tuple[str | int, ...]"
Fault: TypeAlias = Callable[[int, str, str], None]
"""Notes a finding: line, rule, message."""

DEEPEST = 12  # far below where a parser of nested values runs out of stack
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times faster where PyYAML was built with libyaml
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that no reader sees; those that turn the writing direction can reorder a telephone number."""


class Entry(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Entry)


@dataclass(frozen=True, slots=True)
class Register(Generic[T]):
    """One register: its entries by id, in the order of the file."""

    path: str
    """As an editor would open it: ``data/risks.yml``."""
    entries: Mapping[str, T]
    lines: Mapping[Place, int]

    def line(self, entry: str, *place: str | int) -> int:
        """Where an entry, or a field of it, stands; 0 when that is nowhere in the file."""
        return self.lines.get((entry, *place), 0)

    def nearest(self, wrong: str) -> str:
        """``' Did you mean ...?'`` with the ids most like a wrong one; '' when none is."""
        return did_you_mean(wrong, self.entries)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A closing sentence with up to three likely words; '' when none is near."""
    near = [f"'{word}'" for word in get_close_matches(wrong, list(known), n=3, cutoff=0.6)]
    return f" Did you mean {' or '.join(near)}?" if near else ""


def load_register(root: Path, path: str, key: str, kind: type[T]) -> Register[T]:
    """Read the list under ``key`` as records of ``kind``; raises Faults with all that is wrong.

    A file that does not exist is an empty register.
    """
    findings: list[Finding] = []

    def fault(line: int, rule: str, message: str) -> None:
        findings.append(Finding(path, line, rule, message))

    reader = _Reader(fault)
    tree = reader.read(root / path) if (root / path).is_file() else {key: []}
    found = _entries(tree, key, fault)
    records = _typed(found, key, kind, reader.lines, fault)
    if findings:
        raise Faults(findings)
    lines = {
        (records[int(place[1])].id, *place[2:]): line
        for place, line in reader.lines.items()
        if len(place) > 1 and place[0] == key
    }
    return Register(path, {record.id: record for record in records}, lines)


class _Reader:
    """Builds text, lists and mappings from parser events, so that nothing is expanded or called."""

    def __init__(self, fault: Fault) -> None:
        self.lines: dict[Place, int] = {}
        self._fault = fault

    def read(self, path: Path) -> Tree | None:
        """The one document of a file; None, with a fault noted, when it cannot be read."""
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._fault(line, "data-syntax", "is not UTF-8 text. Save the file as UTF-8.")
            return None
        try:
            return self._document(yaml.parse(text, Loader=LOADER))
        except yaml.YAMLError as error:
            self._fault(*_syntax(error))
            return None

    def _document(self, events: Iterator[Any]) -> Tree | None:
        roots = [event for _, event in zip(range(3), events, strict=False)]
        if len(roots) < 3 or isinstance(roots[1], yaml.StreamEndEvent):
            self._fault(0, "data-syntax", "is empty. Write a list of entries.")
            return None
        tree = self._value(events, roots[2], ())
        more: list[Any] = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
        for event in more:
            line = event.start_mark.line + 1
            self._fault(line, "data-syntax", "a second document starts here. Take the line '---' out.")
        return tree

    def _value(self, events: Iterator[Any], event: Any, place: Place) -> Tree:
        line = self.lines[place] = event.start_mark.line + 1
        self._refuse(event, line)
        if len(place) > DEEPEST:
            raise yaml.MarkedYAMLError(f"values are nested more than {DEEPEST} deep", event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, place)
        if isinstance(event, yaml.SequenceStartEvent):
            rest = takewhile(lambda event: not isinstance(event, yaml.SequenceEndEvent), events)
            return [self._value(events, item, (*place, number)) for number, item in enumerate(rest)]
        return str(getattr(event, "value", ""))

    def _mapping(self, events: Iterator[Any], place: Place) -> Tree:
        found: dict[str, Tree] = {}
        for event in takewhile(lambda event: not isinstance(event, yaml.MappingEndEvent), events):
            written = self._value(events, event, (*place, "?"))
            name = str(written).replace("-", "_")  # CSL writes container-title, Python container_title
            if name in found:
                line = event.start_mark.line + 1
                self._fault(line, "data-syntax", f"'{written}' stands twice in one entry. Take one of them out.")
            value = self._value(events, next(events), (*place, name))
            found.setdefault(name, value)
        return found

    def _refuse(self, event: Any, line: int) -> None:
        if getattr(event, "anchor", None):
            self._fault(line, "data-syntax", "uses an anchor or an alias (& or *). Write the value out in full.")
        if getattr(event, "tag", None):
            self._fault(line, "data-syntax", f"uses the tag {event.tag!r}. Take it out: every value is text.")
        unseen = UNSEEN.search(getattr(event, "value", None) or "")
        if unseen:
            code = f"U+{ord(unseen[0]):04X}"
            self._fault(line, "data-syntax", f"holds the hidden character {code}. Delete it and type the words anew.")


def _syntax(error: yaml.YAMLError) -> tuple[int, str, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reasons = (getattr(error, name, None) for name in ("problem", "context", "reason"))
    problem = next(filter(None, reasons), "it cannot be read")
    message = f"is not valid YAML: {problem}. Check the indentation, the colons and the quotation marks."
    return (mark.line + 1 if mark else 0), "data-syntax", message


def _entries(tree: Tree | None, key: str, fault: Fault) -> list[Tree]:
    if tree is None:
        return []
    found = tree.get(key) if isinstance(tree, dict) else None
    if isinstance(tree, dict) and isinstance(found, list) and len(tree) == 1:
        return found
    fault(1, "data-field", f"must hold one list under '{key}:' and nothing beside it.")
    return []


def _typed(found: list[Tree], key: str, kind: type[T], lines: Mapping[Place, int], fault: Fault) -> list[T]:
    adapter = TypeAdapter(list[kind], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]
    first: dict[str, int] = {}
    for number, entry in enumerate(found):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in first:
            message = f"'{name}' is an id already, in line {first[name]}. Give this entry an id of its own."
            fault(lines[key, number], "duplicate-id", message)
        elif isinstance(name, str):
            first[name] = lines[key, number]
    try:
        return adapter.validate_python(found)
    except ValidationError as error:
        known = _field_names(adapter.json_schema())
        for detail in error.errors(include_url=False):
            fault(_nearest_line(lines, (key, *detail["loc"])), "data-field", _sentence(found, detail, known))
        return []


def _nearest_line(lines: Mapping[Place, int], place: Place) -> int:
    return next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)


def _field_names(schema: Any) -> set[str]:
    """Every field of the record and of the records within it."""
    return {name for part in schema["$defs"].values() for name in part.get("properties", ())}


def _sentence(found: list[Tree], detail: ErrorDetails, known: set[str]) -> str:
    number, *fields = detail["loc"]
    entry = found[int(number)]
    name = entry.get("id") if isinstance(entry, dict) else None
    who = f"'{name}'" if isinstance(name, str) else f"entry {int(number) + 1}"
    field = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fields)
    if detail["type"] == "missing":
        return f"{who} has no '{field}'. Write one."
    if detail["type"] == "unexpected_keyword_argument":
        last = str(fields[-1])
        return f"{who}: '{field}' is not a field.{did_you_mean(last, known) or ' Take it out.'}"
    if detail["type"] == "literal_error":
        expected = detail["ctx"]["expected"]
        nearest = did_you_mean(str(detail["input"]), re.findall(r"'([^']*)'", expected))
        return f"{who}: '{field}' is '{detail['input']}'. Write {expected}.{nearest}"
    wanted = {"string_type": "text", "tuple_type": "a list", "int_parsing": "a whole number"}
    return f"{who}: '{field or 'it'}' must be {wanted.get(detail['type'], 'a group of fields')}."
