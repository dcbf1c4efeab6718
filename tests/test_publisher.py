"""Who publishes the guide: from the settings, escaped, and 'none given' until somebody does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Built

PAGE = {"index.md": "# Home\n\n/// publisher\n///\n"}


def test_none_is_given_until_one_is_set(build: Callable[..., Built]) -> None:
    html = (
        build(PAGE, publishing={"rules": {"front-matter": "off"}, "publisher": "", "contact": ""}).site / "index.html"
    ).read_text(encoding="utf-8")
    assert "<strong>Publisher</strong>: none given</p>" in html
    assert "<strong>Contact</strong>: none given</p>" in html


@pytest.mark.parametrize(
    ("contact", "href"), [("a@b.example", "mailto:a@b.example"), ("https://b.example/", "https://b.example/")]
)
def test_name_and_address_stand_in_the_block(build: Callable[..., Built], contact: str, href: str) -> None:
    html = (
        build(PAGE, publishing={"publisher": "Backs & <b>Co</b>", "contact": contact}).site / "index.html"
    ).read_text(encoding="utf-8")
    assert "<strong>Publisher</strong>: Backs &amp; &lt;b&gt;Co&lt;/b&gt;</p>" in html
    assert f'<a href="{href}">{contact}</a>' in html


@pytest.mark.parametrize(
    "wrong", ["javascript:alert(1)", "a@b", "a b@c.example", "http://b.example", 7, ["a@b.example"]]
)
def test_what_is_no_address_is_refused(build: Callable[..., Built], wrong: Any) -> None:
    built = build(PAGE, publishing={"rules": {}, "contact": wrong})
    assert built.failed
    assert (
        "extra.publishing.contact is not an address. Write an e-mail address, or one that begins with https://."
        in built.errors
    )


@pytest.mark.parametrize("wrong", ["two\nlines", "x" * 201, 7])
def test_what_is_no_name_is_refused(build: Callable[..., Built], wrong: Any) -> None:
    built = build(PAGE, publishing={"rules": {}, "publisher": wrong})
    assert built.failed and "extra.publishing.publisher is not a name." in built.errors
