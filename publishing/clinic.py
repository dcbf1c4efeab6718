"""The clinic that an edition is made for: ``data/clinic.yml`` -> a frozen Clinic, or every fault of the file at once.

Read before any page. What it holds goes into the sheets (``print``), the pages (``clinic_block``) and the copy for a USB
stick, and is escaped there; nothing of it is ever run or fetched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from publishing.data import did_you_mean
from publishing.logo import Logo, LogoFault, read_logo
from publishing.records import Faults, Finding
from publishing.textual import UNSEEN, Reader, Tree

_LARGEST = 64_000
"""Bytes of a file; a filled one has under 4,000."""
_ABSENT = "the clinic's file is not there. Write it (data/clinic.yml shows the form), or correct the path."
_NUMBER = re.compile(r"\d.*\d.*\d")
_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them


@dataclass(frozen=True, slots=True)
class Clinic:
    """Every field may be empty; text is plain, in one line but for the address."""

    name: str = ""
    address: str = ""
    """Its lines, one a line."""
    phone: str = ""
    text_relay: str = ""
    out_of_hours: str = ""
    emergency: str = ""
    web: str = ""
    """An address with its scheme."""
    approved_by: str = ""
    approved_on: str = ""
    """2026-11-22."""
    logo: Logo | None = None
    path: str = ""
    """The file, as an editor would open it; '' where there is none."""

    @property
    def texts(self) -> Iterator[str]:
        """Everything it says."""
        return (text for name in _LIMITS if name != "logo" and (text := getattr(self, name)))

    @property
    def is_empty(self) -> bool:
        return self.logo is None and not any(self.texts)


_LIMITS: Mapping[str, int] = {
    "name": 60,
    "address": 160,
    "phone": 50,
    "text_relay": 50,
    "out_of_hours": 80,
    "emergency": 20,
    "logo": 120,
    "web": 80,
    "approved_by": 80,
    "approved_on": 20,
}
"""Letters that fit into the box for the clinic on a sheet."""


def load_clinic(root: Path, path: str, *, is_named: bool = False) -> Clinic:
    """Read the file at ``root/path``; raises Faults with all that is wrong in it.

    A file that is not there is an empty clinic, unless somebody asked for this one by name (``is_named``).
    """
    file = root / path
    if not file.is_file():
        if is_named:
            raise Faults([Finding(path, 0, "clinic-field", _ABSENT)])
        return Clinic(path=path)
    findings: list[Finding] = []

    def fault(line: int, rule: str, message: str) -> None:
        findings.append(Finding(path, line, rule, message))

    if file.stat().st_size > _LARGEST:
        fault(0, "clinic-field", f"is larger than {_LARGEST // 1000} KB. Keep to the fields of data/clinic.yml.")
        raise Faults(findings)
    reader = Reader(fault)
    tree = reader.read(file)
    clinic = _typed(tree, file, path, lambda name, rule, words: fault(reader.lines.get((name,), 0), rule, words))
    if findings:
        raise Faults(findings)
    return clinic


_Fault = Callable[[str, str, str], None]
"""Notes a fault: field, rule, message."""


def _typed(tree: Tree | None, file: Path, path: str, fault: _Fault) -> Clinic:
    if not isinstance(tree, dict):
        if tree is not None:
            fault("", "clinic-field", "is not a list of fields. Write for example 'name: Example Clinic'.")
        return Clinic(path=path)
    texts = dict(_texts(tree, fault))
    for name, check in _CHECKS.items():
        if message := texts.get(name) and check(texts[name]):
            fault(name, "clinic-field", f"'{name}' {message}")
    if bool(tree.get("approved_by")) != bool(tree.get("approved_on")):
        message = "an approval needs a name and a date: fill in 'approved_by' and 'approved_on', or neither."
        fault("approved_by", "clinic-field", message)
    logo = None
    if named := texts.pop("logo", ""):
        try:
            logo = read_logo(file.parent, named)
        except LogoFault as wrong:
            fault("logo", "clinic-logo", str(wrong))
    return Clinic(**texts, logo=logo, path=path)


def _texts(tree: Mapping[str, Tree], fault: _Fault) -> Iterator[tuple[str, str]]:
    """The known fields that are text of a length that fits."""
    for name, given in tree.items():
        if name not in _LIMITS:
            fault(name, "clinic-field", f"'{_shown(name)}' is not a field.{did_you_mean(name, _LIMITS) or _FIELDS}")
        elif not isinstance(given, str):
            fault(name, "clinic-field", f"'{name}' must be text, in one piece. Write for example '{name}: \"...\"'.")
        elif len(text := _tidy(given)) > _LIMITS[name]:
            message = f"'{name}' has {len(text):,} letters, and {_LIMITS[name]} fit. Shorten it."
            fault(name, "clinic-field", message)
        elif unseen := next(filter(_is_unseen, text), ""):
            message = f"'{name}' holds the hidden character U+{ord(unseen):04X}. Delete it and type the words anew."
            fault(name, "clinic-field", message)
        else:
            yield name, text if name == "address" else text.replace("\n", " ")


_FIELDS = f" Write one of: {', '.join(_LIMITS)}."


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(filter(None, lines))


def _is_unseen(letter: str) -> bool:
    """Of those that the reader of the file has not named yet."""
    if UNSEEN.match(letter):
        return False
    return letter != "\n" and letter not in _JOINERS and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Cs")


def _shown(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"


def _number(text: str) -> str:
    return (
        "" if _NUMBER.search(text) else f"is '{text}', which holds no number to ring. Write for example 0113 496 0000."
    )


def _emergency(text: str) -> str:
    return (
        "" if re.fullmatch(r"\d{2,6}(?: or \d{2,6})?", text) else f"is '{text}'. Write the number alone, such as 999."
    )


def _web(text: str) -> str:
    example = f"is '{text}', which is no web address. Write for example https://clinic.example."
    try:
        parts = urlsplit(text)
        is_plain = parts.scheme in ("http", "https") and parts.port is None and "@" not in parts.netloc
    except ValueError:
        return example
    return "" if is_plain and re.fullmatch(r"[^\s<>\"'\\{}|^`]+", text) and "." in parts.netloc.strip(".") else example


def _day(text: str) -> str:
    try:
        return "" if date.fromisoformat(text).isoformat() == text else f"is '{text}'. Write a day such as 2026-11-22."
    except ValueError:
        return f"is '{text}'. Write a day such as 2026-11-22."


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "phone": _number,
    "text_relay": _number,
    "out_of_hours": _number,
    "emergency": _emergency,
    "web": _web,
    "approved_on": _day,
}
"""What is wrong with a filled field, and what to write; '' for nothing."""

assert set(_LIMITS) | {"path"} == {field.name for field in fields(Clinic)}
