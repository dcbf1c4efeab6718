"""What an edition was built with: the locked packages, their licences and hashes, and the letters, as CycloneDX.

Read from the lock, ``LICENCES.md`` and the ``SOURCES`` beside the letters: the tests hold them true, so a release may
say it. Only a release writes it; a build needs none of the packages that are imported here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

_PACKAGE = re.compile(
    r"^([a-z0-9._-]+)==([^\s;\\]+)((?:[^\n]*\\\n)(?:\s+--hash=sha256:[0-9a-f]+(?: \\)?\n)+)", re.MULTILINE
)
_HASH = re.compile(r"sha256:([0-9a-f]+)")
_ROW = re.compile(r"^\| ([a-z0-9._-]+) \| ([^|]+) \|", re.MULTILINE)
_LETTERS = re.compile(r"^\| ([A-Z][A-Za-z ]+) \| ([\w.-]+) \|", re.MULTILINE)
_FILE = re.compile(r"^([0-9a-f]{64})  (\S+)$", re.MULTILINE)
_FONTS = ("overrides/assets/fonts", "publishing/print/fonts")


def write_bill(root: Path, name: str, version: str, when: datetime) -> str:
    """CycloneDX 1.6 as JSON; the same project gives the same bytes. ``when``: the date of the edition."""
    main = Component(name=name, version=version, type=ComponentType.APPLICATION, bom_ref=f"{name}@{version}")
    parts = [*_packages(root), *_letters(root)]
    bill = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{name}@{version} {when.isoformat()}"),
        metadata=BomMetaData(component=main, timestamp=when),
        components=parts,
    )
    bill.register_dependency(main, parts)
    return JsonV1Dot6(bill).output_as_string(indent=2)


def licences(root: Path) -> Mapping[str, str]:
    """Package -> licence, as LICENCES.md has them."""
    return {name: licence.strip() for name, licence in _ROW.findall((root / "LICENCES.md").read_text(encoding="utf-8"))}


def _packages(root: Path) -> Iterator[Component]:
    known, spdx = licences(root), LicenseFactory()
    for name, version, hashes in _PACKAGE.findall((root / "requirements.txt").read_text(encoding="utf-8")):
        yield Component(
            name=name,
            version=version,
            bom_ref=f"{name}@{version}",
            purl=PackageURL("pypi", None, name, version),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in _HASH.findall(hashes)],
            licenses=[spdx.make_from_string(known[name])],
        )


def _letters(root: Path) -> Iterator[Component]:
    known, spdx = _LETTERS.findall((root / "LICENCES.md").read_text(encoding="utf-8")), LicenseFactory()
    for folder in _FONTS:
        for digest, file in _FILE.findall((root / folder / "SOURCES").read_text(encoding="utf-8")):
            yield Component(
                name=file,
                type=ComponentType.FILE,
                bom_ref=f"{folder}/{file}",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
                licenses=[spdx.make_from_string(next(licence for name, licence in known if _is_of(file, name)))],
            )


def _is_of(file: str, letters: str) -> bool:
    """AtkinsonHyperlegibleNext_400Regular.ttf is of Atkinson Hyperlegible Next."""
    return re.sub(r"[^a-z]", "", file.lower()).startswith(letters.replace(" ", "").lower())
