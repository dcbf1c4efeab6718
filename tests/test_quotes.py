"""Figures that a page quotes from the registers, case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.filled import cases, check


@pytest.mark.parametrize("case", cases("quotes"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    check(case, tmp_path)
