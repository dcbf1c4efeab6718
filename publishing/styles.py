"""Style sheets -> one sheet without what no page of the site can use.

Errs on the side of keeping: a selector goes only when it asks outright for a class, or a fixed attribute, that stands on no
page and in no script. What is inside ``:not(...)`` or ``:is(...)`` decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from tinycss2.ast import Node

_CLASS = re.compile(r'\bclass="([^"]*)"')
_WORD = re.compile(r"[\w-]+")
# Attributes whose values come from the pages alone: no script makes up another.
_FIXED = ("dir", "data-md-color-primary", "data-md-color-accent")
_ATTRIBUTE = re.compile(rf'\b({"|".join(_FIXED)})="([^"]*)"')
# Rules of Material's that make a browser work out the style of the whole page anew at each view, when its script takes the class
# "no-js" away or puts a table into a frame: for tabs that only our own rules show, and for what stands behind a table.
_COSTLY = re.compile(r"(?:\.no-js|\[role=dialog\]).*\.tabbed-set|table:not\(.*\)\s*\+\s*\*$")
# Others do so because they ask for anything: said by name, with no more weight, they look only where such a thing stands.
_BARE = "table:not([class])"
_TABLE = re.compile(r'<table\b[^>]*?\bclass="([^"]+)"')
_NAMED = (
    (re.compile(r"(\.tabbed-labels\s*>\s*)(?=:)"), r"\1:where(label)"),
    (re.compile(r"(\.tabbed-content\s*>\s*)(?=:)"), r"\1:where(.tabbed-block)"),
)
_NESTING = ("media", "supports")
_MADE = re.compile(
    r"(?<=[{;])(--[\w-]+):(?:[^;{}\"'()]|\"[^\"]*\"|'[^']*'|\((?:[^()\"']|\"[^\"]*\"|'[^']*'|\([^()]*\))*\))*;?"
)
_TAKEN = re.compile(r"var\((--[\w-]+)")


@dataclass(frozen=True, slots=True)
class Used:
    """What pages and scripts name: classes, and pairs of a fixed attribute and its value."""

    classes: frozenset[str]
    attributes: frozenset[tuple[str, str]]
    tables: frozenset[str] = frozenset()
    """Classes of tables."""


def used_by(pages: Iterable[str], scripts: Iterable[str]) -> Used:
    """``pages``: HTML. Every word of a script may be a class that it sets."""
    classes: set[str] = set()
    attributes: set[tuple[str, str]] = set()
    tables: set[str] = set()
    for page in pages:
        for names in set(_TABLE.findall(page)):
            tables.update(names.split())
        for names in set(_CLASS.findall(page)):
            classes.update(names.split())
        attributes.update(_ATTRIBUTE.findall(page))
    for script in scripts:
        classes.update(_WORD.findall(script))
    return Used(frozenset(classes), frozenset(attributes), frozenset(tables))


def trimmed(sheet: str, used: Used) -> str:
    """``sheet`` with only those rules that could match, in their order, without comments."""
    for anything, name in _NAMED:
        sheet = anything.sub(name, sheet)
    if used.tables:
        sheet = sheet.replace(_BARE, f"table:not({','.join(f'.{name}' for name in sorted(used.tables))})")
    return _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), used)


def without_idle_names(sheet: str, scripts: str = "") -> str:
    """``sheet`` without custom properties that neither it nor a script asks for."""
    taken = {*_TAKEN.findall(sheet), *_TAKEN.findall(scripts)}
    return _MADE.sub(lambda found: found[0] if found[1] in taken or found[1] in scripts else "", sheet)


def _rules(rules: Iterable[Node], used: Used) -> str:
    return "".join(text for rule in rules for text in _rule(rule, used))


def _rule(rule: Node, used: Used) -> Iterator[str]:
    if rule.type == "qualified-rule":
        kept = [tinycss2.serialize(one).strip() for one in _selectors(rule.prelude) if _may_match(one, used)]
        if kept:
            yield f"{','.join(kept)}{{{tinycss2.serialize(rule.content).strip()}}}"
    elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _NESTING:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        if text := _rules(inner, used):
            yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
    else:
        yield rule.serialize()


def _selectors(prelude: Sequence[Node]) -> list[list[Node]]:
    """A list of selectors, taken apart at its commas."""
    parts: list[list[Node]] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _may_match(selector: Sequence[Node], used: Used) -> bool:
    if _COSTLY.search(tinycss2.serialize(selector)):
        return False
    for before, token in zip(["", *selector], selector, strict=False):
        if before == "." and token.type == "ident" and token.value not in used.classes:
            return False
        if token.type == "[] block" and not _is_there(token.content, used):
            return False
    return True


def _is_there(attribute: Sequence[Node], used: Used) -> bool:
    parts = [token.value for token in attribute if token.type != "whitespace"]
    if len(parts) != 3 or parts[1] != "=" or parts[0] not in _FIXED:
        return True
    return (parts[0], parts[2]) in used.attributes
