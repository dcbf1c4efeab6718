"""Register files: text stays text, and every fault of a file is named at once with its line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from publishing.data import load_register
from publishing.records import Faults, Reference, Risk
from publishing.risk_boxes import EmergencyNumber
from tests.filled import SMALL, cases

KINDS: dict[str, Any] = {"numbers": EmergencyNumber, "references": Reference, "risks": Risk}


@pytest.mark.parametrize("case", cases("data"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    """``file`` as ``key`` gives ``faults``, or what ``entries`` says; ``encoding`` and ``crlf`` change its bytes."""
    text = case["file"].replace("\n", "\r\n") if case.get("crlf") else case["file"]
    (tmp_path / "file.yml").write_bytes(text.encode(case.get("encoding", "utf-8")))
    key = case.get("key", "numbers")
    if "faults" in case:
        with pytest.raises(Faults) as raised:
            load_register(tmp_path, "file.yml", key, KINDS[key])
        faults = [str(fault) for fault in raised.value.findings]
        assert faults == case["faults"]
        assert str(raised.value) == "\n".join(faults)
        return
    loaded = load_register(tmp_path, "file.yml", key, KINDS[key])
    found = {
        id: {field: getattr(entry, field) for field in case["entries"][id]} for id, entry in loaded.entries.items()
    }
    assert found == case["entries"]
    assert {id: loaded.line(id) for id in loaded.entries} == case.get("lines", {id: loaded.line(id) for id in found})


def test_a_file_that_is_not_there_is_an_empty_register(tmp_path: Path) -> None:
    assert not load_register(tmp_path, "file.yml", "risks", Risk).entries


def test_each_field_knows_its_line() -> None:
    loaded = load_register(SMALL, "risks.yml", "risks", Risk)
    assert loaded.line("fall", "chance") == 8
    assert loaded.line("fall", "figures", 1) == 24
    assert loaded.line("fall", "nothing") == 0


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n", "? "])
def test_deep_nesting_is_refused_before_it_hurts(opening: str, tmp_path: Path) -> None:
    lines = "".join(f"{' ' * depth}{opening}" for depth in range(2000)) if "\n" in opening else opening * 100_000
    (tmp_path / "file.yml").write_text(f"numbers:\n  {lines}", encoding="utf-8")
    with pytest.raises(Faults, match="nested|YAML"):
        load_register(tmp_path, "file.yml", "numbers", EmergencyNumber)


def test_aliases_upon_aliases_are_refused_quickly(tmp_path: Path) -> None:
    """The billion laughs: nine times ten times ten ... never come to be."""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (tmp_path / "file.yml").write_text("\n".join(["a0: &a0 ha", *levels]), encoding="utf-8")
    since = time.perf_counter()
    with pytest.raises(Faults, match="uses an anchor or an alias"):
        load_register(tmp_path, "file.yml", "numbers", EmergencyNumber)
    assert time.perf_counter() - since < 1
