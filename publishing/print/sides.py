"""How many sides of paper a sheet may fill, and what is wrong with one that fills more."""

from __future__ import annotations

from collections.abc import Mapping

from publishing.records import Finding


def sides_allowed(meta: Mapping[str, str]) -> int:
    """What the front matter of a page says; 0 for any number."""
    given = meta.get("sides", "")
    return int(given) if given.isascii() and given.isdigit() else 0


def over_budget(path: str, paper: str, pages: int, allowed: int) -> list[Finding]:
    """``path``: the page as an editor would open it. Large print may fill what it needs."""
    if not allowed or pages <= allowed or paper == "large-print":
        return []
    message = f"the {paper} sheet has {pages} sides, and `sides` allows {allowed}. Shorten the page, or raise `sides`."
    return [Finding(path, 0, "print-sides", message)]
