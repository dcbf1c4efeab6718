"""A YAML file -> plain lists, mappings and text, with the line of every value.

Every scalar stays the text that was typed: YAML alone turns 000 into 0, 17:30 into 1050 and `yes` into True.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Place: TypeAlias = "tuple[str | int, ...]"
Fault: TypeAlias = Callable[[int, str, str], None]
"""Notes a finding: line, rule, message."""

DEEPEST = 12  # far below where a parser of nested values runs out of stack
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times faster where PyYAML was built with libyaml
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
"""Characters that no reader sees; those that turn the writing direction can reorder a telephone number, and half of a
pair (\\ud83d) cannot be written to a file."""


class Reader:
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
