"""Pages filled from the small registers of ``tests/registers``, through the Markdown of a real site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from publishing.records import Faults
from publishing.registers import Filled, Registers
from tests.conftest import EXTENSIONS, ROOT

SMALL = ROOT / "tests" / "registers"
CASES = ROOT / "tests" / "cases"


def cases(folder: str) -> list[Any]:
    """A file is one behaviour; its name says which."""
    paths = sorted((CASES / folder).glob("*.yml"))
    return [pytest.param(yaml.safe_load(path.read_text(encoding="utf-8")), id=path.stem) for path in paths]


def check(case: dict[str, Any], root: Path) -> None:
    """``page`` gives ``findings``, and HTML that ``holds`` and ``lacks``; or the data as ``change``d has ``faults``."""
    if "faults" in case:
        with pytest.raises(Faults) as raised:
            registers(root, case["change"])
        faults = [re.sub(r":\d+:", ":", str(fault), count=1) for fault in raised.value.findings]
        assert faults == case["faults"], faults
        return
    page = case["page"].replace("\n", "\r\n") if case.get("crlf") else case["page"]
    filled = fill(registers(root, case.get("change")), "\ufeff" + page if case.get("bom") else page)
    findings = [str(finding) for finding in filled.findings]
    assert findings == case.get("findings", []), findings
    assert list(filled.cited) == case.get("cited", list(filled.cited)), filled.cited
    for text in case.get("holds", []):
        assert _flat(text) in _flat(filled.html), filled.html
    for text in case.get("lacks", []):
        assert text not in filled.html, filled.html


def registers(root: Path, changes: dict[str, Any] | None = None) -> Registers:
    """The small registers, with fields of their first entries changed."""
    shutil.copytree(SMALL, root / "data")
    for name, fields in (changes or {}).items():
        path = root / "data" / f"{name}.yml"
        tree = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        next(iter(tree.values()))[0] |= fields
        path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return Registers.load(root, "data/", register_page="safety/risks.md")


def fill(loaded: Registers, page: str) -> Filled:
    """A page as the build fills it; its front matter is cut off before, as MkDocs does."""
    names = [next(iter(item)) if isinstance(item, dict) else item for item in EXTENSIONS]
    options = {name: value for item in EXTENSIONS if isinstance(item, dict) for name, value in item.items()}
    reader = markdown.Markdown(extensions=[*names, *loaded.extensions()], extension_configs=options)
    body = page.removeprefix("\ufeff").replace("\r\n", "\n")
    body = body.split("---\n", 2)[2] if body.startswith("---\n") else body
    return loaded.fill("docs/page.md", page, reader.convert(body))


def _flat(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html)
