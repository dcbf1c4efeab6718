"""A register file -> typed records, each with the line it stands on.

First step of the registers: the file is read as text, and the record's own types say what it must be. All faults of a
file are gathered and raised together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from publishing.records import Faults, Finding
from publishing.textual import Fault, Place, Reader, Tree

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Entry(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Entry)
V = TypeVar("V")


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

    reader = Reader(fault)
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


def gather(findings: list[Finding], load: Callable[[], V]) -> V | None:
    """What ``load`` gives; None, its faults added to ``findings``, when it raises them."""
    try:
        return load()
    except Faults as faults:
        findings += faults.findings
        return None


def _entries(tree: Tree | None, key: str, fault: Fault) -> list[Tree]:
    if tree is None:
        return []
    found = tree.get(key) if isinstance(tree, dict) else None
    if isinstance(tree, dict) and isinstance(found, list) and len(tree) == 1:
        return found
    fault(1, "data-field", f"must hold one list under '{key}:' and nothing beside it.")
    return []


def _typed(found: list[Tree], key: str, kind: type[T], lines: Mapping[Place, int], fault: Fault) -> list[T]:
    from pydantic import ConfigDict, TypeAdapter, ValidationError  # not loaded where the registers were kept

    adapter = TypeAdapter(list[kind], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]
    first: dict[str, int] = {}
    for number, entry in enumerate(found):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in first:
            message = f"'{name}' is an id already, in line {first[name]}. Give this entry an id of its own."
            fault(lines[key, number], "data-duplicate", message)
        elif isinstance(name, str):
            first[name] = lines[key, number]
    try:
        return adapter.validate_python(found)
    except ValidationError as error:
        known = _field_names(adapter.json_schema())
        details = error.errors(include_url=False)
        for place, message in [*_missing(details), *((detail["loc"], _sentence(detail, known)) for detail in details)]:
            if message:
                fault(_nearest_line(lines, (key, *place)), "data-field", f"{_who(found, place)} {message}")
        return []


def _nearest_line(lines: Mapping[Place, int], place: Place) -> int:
    return next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)


def _field_names(schema: Any) -> set[str]:
    """Every field of the record and of the records within it."""
    return {name for part in schema["$defs"].values() for name in part.get("properties", ())}


def _who(found: list[Tree], place: Place) -> str:
    """The entry by its id, or by its number, and the field in it."""
    number = int(place[0])
    entry = found[number]
    id = entry.get("id") if isinstance(entry, dict) else None
    fields = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place[1:])
    return (f"'{id}'" if isinstance(id, str) else f"entry {number + 1}") + (f": '{fields}'" if fields else "")


def _missing(details: list[ErrorDetails]) -> Iterator[tuple[Place, str]]:
    """One sentence for all that an entry, or a part of it, has not got."""
    absent: dict[Place, list[str]] = {}
    for detail in details:
        if detail["type"] == "missing":
            absent.setdefault(detail["loc"][:-1], []).append(f"'{detail['loc'][-1]}'")
    for place, names in absent.items():
        yield place, f"has no {', '.join(names)}. Write {'it' if len(names) == 1 else 'them'}."


def _sentence(detail: ErrorDetails, known: set[str]) -> str:
    """What is wrong with one field; '' where `_missing` says it."""
    if detail["type"] == "missing":
        return ""
    if detail["type"] == "unexpected_keyword_argument":
        return f"is not a field.{did_you_mean(str(detail['loc'][-1]), known) or ' Take it out.'}"
    if detail["type"] == "literal_error":
        expected = detail["ctx"]["expected"]
        nearest = did_you_mean(str(detail["input"]), re.findall(r"'([^']*)'", expected))
        return f"is '{detail['input']}'. Write {expected}.{nearest}"
    wanted = {"string_type": "text", "tuple_type": "a list", "int_parsing": "a whole number"}
    wanted |= dict.fromkeys(("decimal_type", "decimal_parsing", "finite_number"), "a number")
    return f"must be {wanted.get(detail['type'], 'a group of fields')}."
