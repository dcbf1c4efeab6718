"""The registers as the rules ask for them, the claims to avoid (``data/wording.yml``) among them.

Both doors, the build and the check of a built site, fill a ``checks.Site`` through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from publishing.checks.repeats import Held, held_figures
from publishing.checks.wording import claims, expression
from publishing.records import Faults, Finding, Phrase, Reference, Risk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing.data import Register
    from publishing.registers import Registers


class Facts(TypedDict):
    """Fields of ``checks.Site``."""

    risks: Mapping[str, Risk]
    references: Mapping[str, Reference]
    phrases: Mapping[str, Phrase]
    held: Mapping[str, tuple[Held, ...]]
    entry_lines: Mapping[tuple[str, str], int]
    given_out: Mapping[str, str]


def site_facts(registers: Registers | None, root: Path, folder: str) -> Facts:
    """Raises Faults where ``wording.yml`` in ``folder`` cannot be used; a site without it has no such claims."""
    if registers is None:
        return Facts(risks={}, references={}, phrases={}, held={}, entry_lines={}, given_out={})
    phrases = load_phrases(root, f"{folder.rstrip('/')}/wording.yml")
    return Facts(
        risks=registers.shelf.risks.entries,
        references=registers.references.entries,
        phrases=phrases.entries,
        given_out={source: past[-1].new for source, past in registers.changes_by_sheet().items()},
        held=held_figures(registers),
        entry_lines={
            **{("risks.yml", id): registers.shelf.risks.line(id) for id in registers.shelf.risks.entries},
            **{("references.yml", id): registers.references.line(id) for id in registers.references.entries},
        },
    )


def load_phrases(root: Path, path: str) -> Register[Phrase]:
    """Raises Faults with every entry that cannot be used, each with its line."""
    from publishing.data import load_register  # pydantic is loaded by the sites that have registers alone

    register = load_register(root, path, "phrases", Phrase)
    if found := list(_faults(register)):
        raise Faults(found)
    return register


def _faults(register: Register[Phrase]) -> Iterator[Finding]:
    for phrase in register.entries.values():
        line = register.line(phrase.id, "pattern")
        try:
            re.compile(phrase.pattern)
        except re.error as error:
            message = (
                f"'{phrase.id}' has a pattern that cannot be read: {error}. Write a regular expression, or plain words."
            )
            yield Finding(register.path, line, "data-field", message)
            continue
        if expression(phrase.pattern).search(""):
            message = f"'{phrase.id}' has a pattern that fits every sentence. Write the words of the claim."
            yield Finding(register.path, line, "data-field", message)
        for field, should_find in (("wrong", True), ("right", False)):
            if bool(claims(phrase, getattr(phrase, field))) != should_find:
                told = "does not find its own example" if should_find else "finds the example that may stand"
                message = f"'{phrase.id}' {told}, '{getattr(phrase, field)}'. Mend 'pattern' or '{field}'."
                yield Finding(register.path, register.line(phrase.id, field), "data-field", message)
