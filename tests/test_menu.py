"""The menu: whole on a guide of ordinary size, and never a thousand links in each of a thousand pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.conftest import ROOT, Built


def menu(build: Callable[..., Built], pages_of_a_group: int) -> list[tuple[str, str]]:
    """Address and words of each link in the menu of ``a/1``; there are groups a to d, and b holds a group of its own."""
    names = [f"{group}/{place}" for group in ("a", "b/c", "d") for place in range(pages_of_a_group)]
    pages = {f"{name}.md": f"# Page {name}\n" for name in names}
    theme = {"name": "material", "font": False, "custom_dir": str(ROOT / "overrides")}
    built = build({"index.md": "# Home\n", **pages}, {}, theme=theme, plugins=["search"])
    assert not built.failed, built.errors
    page = (built.site / "a/1/index.html").read_text(encoding="utf-8")
    found = re.search(r'<nav class="site-nav".*?</nav>', page, re.DOTALL)
    assert found
    return re.findall(r'<a[^>]* href="([^"]*)"[^>]*>([^<]*)</a>', found[0])


def test_a_menu_of_ordinary_size_is_whole(build: Callable[..., Built]) -> None:
    assert len(menu(build, 3)) == 10


def test_a_large_menu_opens_the_group_of_its_page_alone(build: Callable[..., Built]) -> None:
    links = menu(build, 28)
    assert len(links) == 1 + 28 + 2
    assert [link for link in links if "Page" not in link[1]] == [
        ("../..", "Home"),
        ("../../b/c/0/", "B"),
        ("../../d/0/", "D"),
    ]
