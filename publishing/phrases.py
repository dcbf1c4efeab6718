"""The registers as the rules ask for them, the claims to avoid (``data/wording.yml``) among them.

Both doors, the build and the check of a built site, fill a ``checks.Site`` through here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from publishing.cache import file_parts, fingerprint
from publishing.checks.repeats import Held, held_figures
from publishing.checks.wording import claims, expression
from publishing.data import Register, load_register
from publishing.kept_registers import load_kept
from publishing.records import Faults, Finding, Phrase, Reference, Risk

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    phrases = _kept_phrases(root, f"{folder.rstrip('/')}/wording.yml")
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


def _kept_phrases(root: Path, path: str) -> Register[Phrase]:
    """Read anew only when the file or this package has changed: to hold each claim against its examples takes long."""
    here = Path(__file__).parent
    about = f"{sys.version} {version('pydantic')} {path}"
    parts = file_parts([*here.glob("*.py"), *here.glob("checks/*.py"), *(root / path).parent.glob("wording.yml")])
    name = f"phrases-{fingerprint(about.encode(), *parts)}"
    return load_kept(root, name, Register, lambda: load_phrases(root, path))


def load_phrases(root: Path, path: str) -> Register[Phrase]:
    """Raises Faults with every entry that cannot be used, each with its line."""
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
