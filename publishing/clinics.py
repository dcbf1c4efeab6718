"""Which clinics one build is for: its own, and with ``--clinics`` each one of a folder.

Step before the pages: every file is read, and all faults of all files come at once, so that nothing is half made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from publishing.clinic import Clinic, load_clinic
from publishing.data import gather
from publishing.records import Faults, Finding

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Clinics:
    own: Clinic
    """Whose name the pages and the guide's own sheets carry; empty for a guide of nobody in particular."""
    others: Mapping[str, Clinic] = field(default_factory=dict)
    """Those that get sheets of their own, by the name of their file."""


def load_clinics(root: Path, path: str, named: str = "", folder: str = "") -> Clinics:
    """``path``: the file of the settings, '' for none; ``named`` takes its place. Raises Faults."""
    findings: list[Finding] = []
    own: Clinic | None = Clinic()
    if named or path:
        own = gather(findings, partial(load_clinic, root, named or path, is_named=bool(named)))
    others = {}
    for file in _files(root, folder, findings) if folder else ():
        if clinic := gather(findings, partial(load_clinic, root, f"{folder.rstrip('/')}/{file.name}")):
            others[file.stem] = clinic
    if findings or own is None:
        raise Faults(findings)
    return Clinics(own, others)


def _files(root: Path, folder: str, findings: list[Finding]) -> list[Path]:
    """The clinics' files, in the order of their names."""
    place = root / folder
    found = sorted(file for file in place.glob("*.y*ml") if file.suffix in (".yml", ".yaml")) if place.is_dir() else []
    if not found:
        message = "holds no clinic. Put a file such as north-street.yml there; data/clinic.yml shows the form."
        findings.append(Finding(folder, 0, "clinic-name", message))
    for file in found:
        if not _NAME.fullmatch(file.stem) or file.suffix != ".yml":
            message = "its sheets would get this name. Use lower-case letters, digits and hyphens: north-street.yml."
            findings.append(Finding(f"{folder.rstrip('/')}/{file.name}", 0, "clinic-name", message))
    return found
