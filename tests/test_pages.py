"""The parser under random pages: it never fails, and what a page says does not hang on how its markup is spelt.

The same pages are tried each time (``derandomize``), so that a failure comes again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publishing import embeds, nodes, pages, sight
from publishing.checks import Site, judge
from publishing.links import SiteMap
from publishing.parts import parts
from publishing.records import Element, Finding, PageRecord
from publishing.settings import Settings

tried = settings(
    deadline=None, derandomize=True, database=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
SAFETY = pages.read("safety/index.md", "safety/", '<h1 id="safety">Safety</h1><h2 id="signs">Signs</h2>')


@dataclass(frozen=True)
class Tag:
    """An element before it is spelt: the same one may be written down in several ways."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple[Tag | str, ...] = ()


def _spell(node: Tag | str, *, backwards: bool = False, spaced: bool = False, capitals: bool = False) -> str:
    if isinstance(node, str):
        return node
    name = node.name.upper() if capitals else node.name
    items = list(node.attributes.items())[:: -1 if backwards else 1]
    gap = "\n\t " if spaced else " "
    spelt = "".join(f'{gap}{key.upper() if capitals else key}="{value}"' for key, value in items)
    inside = "".join(_spell(child, backwards=backwards, spaced=spaced, capitals=capitals) for child in node.children)
    end = "" if node.name in VOID else f"{inside}</{name}>"
    return f"<{name}{spelt}{' ' if spaced else ''}>{end}"


VOID = frozenset(("img", "input", "br", "hr"))
WORDS = st.sampled_from(
    [
        "safety",
        "",
        " ",
        "\u200b",
        "&nbsp;",
        "&amp;",
        "&lt;b&gt;",
        "&#x41;",
        "&bogus;",
        "é",
        "针",
        "[^1]",
        "{{ x }}",
        "a " * 30,
    ]
)
ADDRESSES = st.sampled_from(
    ["../../safety/", "/safety/#signs", "/safety/#nope", "#", "", "http://[", "//x.example/a", "mailto:a@b", "../../safety/#s%69gns", "\\\\x", "%zz", "/%00"]
)  # fmt: skip
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "href": ADDRESSES,
        "src": ADDRESSES,
        "srcset": st.sampled_from(["a 1x, b 2x", ",,,", "a", ""]),
        "id": st.sampled_from(["signs", "a", ""]),
        "alt": WORDS.filter(lambda text: "<" not in text),
        "style": st.sampled_from(["color: red", "background: url(x.png)", "/*", "\\", "visibility:hidden"]),
        "aria-hidden": st.sampled_from(["true", "false", ""]),
        "class": st.sampled_from(["admonition wanring", "admonition note", "headerlink", "tabbed-set", "annotate", ""]),
        "open": st.just(""),
    },
)
NAMES = st.sampled_from(("a", "a", "img", "p", "div", "span", "ul", "ol", "li", "details", "summary", "table", "tr", "td", "svg", "img", "code", "pre", "h1", "h3", "em", "template", "noscript"))  # fmt: skip


def _tabs(blocks: list[Tag | str]) -> Tag:
    """As pymdownx writes them; the last is the one shown first."""
    buttons = [
        Tag("input", {"type": "radio", "name": "t", "id": f"t{place}", **({"checked": ""} if block is blocks[-1] else {})})
        for place, block in enumerate(blocks)
    ]  # fmt: skip
    contents = tuple(Tag("div", {"class": "tabbed-block"}, (block,)) for block in blocks)
    return Tag(
        "div", {"class": "tabbed-set tabbed-alternate"}, (*buttons, Tag("div", {"class": "tabbed-content"}, contents))
    )


def _within(inner: st.SearchStrategy[Tag | str]) -> st.SearchStrategy[Tag | str]:
    children = st.lists(inner, max_size=4)
    return st.builds(Tag, NAMES, ATTRIBUTES, children.map(tuple)) | children.filter(bool).map(_tabs)


TREES: st.SearchStrategy[Tag | str] = st.recursive(WORDS, _within, max_leaves=25)
BROKEN = st.lists(
    WORDS | st.sampled_from(["<a href='/safety/'>", "</a>", "<details>", "</p>", "<", "<!--", "-->", "<b", "</", "<a href=", "'", '"', ">", "<![CDATA[", "\x00", "<table><a href=/safety/>x", "<svg><p>", "<frameset>", "<plaintext>"]),
    max_size=40,
).map("".join)  # fmt: skip


def _judge(html: str) -> list[Finding]:
    page = pages.read("visit/after.md", "visit/after/", html)
    everything = [page, SAFETY]
    site = Site(
        everything, SiteMap(everything), Settings(safety_section="safety/", rules={}), menu=frozenset(("visit/after.md",))
    )  # fmt: skip
    return sorted(set(judge(site)))


def _content(document: str) -> tuple[str, PageRecord, Element] | None:
    """All that is read of a page within a whole document."""
    found = pages.own_content(document.encode())
    return found and (found[0], found[1].record("visit/after.md", "visit/after/"), found[1].article())


def _verdict(html: str) -> tuple[list[str], list[Finding]]:
    page = pages.read("visit/after.md", "visit/after/", html)
    seen = [f"{link.href} {link.text} {link.unseen}" for link in page.links]
    return [*seen, *sorted(page.anchors), *page.media], _judge(html)


@tried
@given(TREES)
def test_a_random_page_is_judged(tree: Tag | str) -> None:
    _judge(_spell(tree))


@tried
@given(BROKEN)
def test_a_broken_page_is_judged(html: str) -> None:
    _judge(html)
    pages.own_content(f'<div data-page-url="a/">{html}'.encode())


@tried
@given(st.text(max_size=200))
def test_any_text_is_judged(html: str) -> None:
    _judge(html)


@tried
@given(TREES)
def test_the_order_of_attributes_changes_nothing(tree: Tag | str) -> None:
    assert _verdict(_spell(tree)) == _verdict(_spell(tree, backwards=True))


@tried
@given(TREES)
def test_white_space_within_tags_changes_nothing(tree: Tag | str) -> None:
    assert _verdict(_spell(tree)) == _verdict(_spell(tree, spaced=True))


@tried
@given(TREES)
def test_capitals_in_tags_change_nothing(tree: Tag | str) -> None:
    assert _verdict(_spell(tree)) == _verdict(_spell(tree, capitals=True))


@tried
@given(TREES, st.sampled_from([" ", "\n", "\n\n\t"]))
def test_white_space_round_the_page_changes_nothing(tree: Tag | str, space: str) -> None:
    html = _spell(tree)
    assert _verdict(f"<div>{html}</div>") == _verdict(f"{space}<div>{space}{html}{space}</div>{space}")


SHOWING: dict[str, Callable[[str], str]] = {
    "div": lambda inner: f"<div>{inner}</div>",
    "list": lambda inner: f"<ul><li>{inner}</li></ul>",
    "cell": lambda inner: f"<table><tr><td>{inner}</td></tr></table>",
    "open box": lambda inner: f"<details open><summary>x</summary>{inner}</details>",
    "title of a closed box": lambda inner: f"<details><summary>{inner}</summary>x</details>",
    "not hidden": lambda inner: f'<div aria-hidden="false" style="display:block">{inner}</div>',
    "tab shown first": lambda inner: _spell(_tabs(["x", inner])),
    "box": lambda inner: f'<div class="admonition note">{inner}</div>',
}
HIDING: dict[str, Callable[[str], str]] = {
    "closed box": lambda inner: f"<details><summary>x</summary>{inner}</details>",
    "hidden": lambda inner: f"<div hidden>{inner}</div>",
    "hidden from some": lambda inner: f'<div aria-hidden="TRUE">{inner}</div>',
    "not displayed": lambda inner: f'<div style="color: red; DISPLAY :/**/none">{inner}</div>',
    "code": lambda inner: f"<code>{inner}</code>",
    "listing": lambda inner: f"<pre>{inner}</pre>",
    "tab not shown first": lambda inner: _spell(_tabs([inner, "x"])),
    "template": lambda inner: f"<template>{inner}</template>",
    "without scripts": lambda inner: f"<noscript>{inner}</noscript>",
    "dialog": lambda inner: f"<dialog>{inner}</dialog>",
    "comment": lambda inner: f"<!-- {inner.replace('--', '')} -->",
}


@tried
@given(st.lists(st.sampled_from([*SHOWING, *HIDING]), max_size=6))
def test_a_link_counts_when_nothing_round_it_hides_it(wrappers: list[str]) -> None:
    html = '<a href="/safety/">safety</a>'
    for wrapper in wrappers:
        html = (SHOWING | HIDING)[wrapper](html)
    cited = not any(finding.rule == "safety-citation" for finding in _judge(html))
    assert cited == HIDING.keys().isdisjoint(wrappers), html


LARGE: dict[str, Callable[[int], str]] = {
    "nested": lambda size: "<div>" * size + "<a href='/safety/'>s</a>" + "</div>" * size,
    "nested-inline": lambda size: "<b><i>" * size + "<a href='/safety/'>s</a>",
    "links": lambda size: "<p>" + "<a href='/safety/'>safety</a> " * (2 * size),
    "broken-links": lambda size: "<p>" + "<a href='/nowhere/'>x</a> " * size,
    "closed-boxes": lambda size: "<details><a href='/safety/'>s</a></details>" * size,
    "headings": lambda size: "<h3 id='a'>x</h3>" * size,
    "leftovers": lambda size: "<p>" + "[^1] {{ x }} " * size,
    "unclosed": lambda size: "<p>" + "[" * size + "{{" * size + "/*" * size,
    "pictures": lambda size: "<img src='a.png'>" * size,
    "commas": lambda size: f"<img alt='x' srcset='{',' * size}'>",
    "style": lambda size: "<p style='" + "/*" * size + "url(" * size + "'>",
    "tabs": lambda size: "".join(_spell(_tabs([Tag("p"), Tag("p")])) for _ in range(size // 4)),
}


@pytest.mark.parametrize("kind", LARGE)
def test_large_pages_take_time_in_step_with_their_size(kind: str) -> None:
    """Four times the page in well under sixteen times the time, which a quadratic step would take."""
    small, large = (_seconds(LARGE[kind](size)) for size in (1_250, 5_000))
    assert large < 10 * small + 0.2, f"{small:.3f} s, then {large:.3f} s"


def _seconds(html: str) -> float:
    start = time.process_time()
    _judge(html)
    return time.process_time() - start


def test_a_page_of_ten_megabytes_is_read_to_its_end() -> None:
    row = '<div><p class="x">one <a href="#">two</a></p></div>'
    html = row * (10_000_000 // len(row)) + '<a href="../safety/">safety</a>'
    page = pages.read("a.md", "a/", html)
    assert page.links[-1].href == "../safety/"
    assert page.links[-1].unseen is None


@tried
@example("", "<svg><path d='></svg><a href=menu>isn't</a>", Tag("img", {}, ()))
@given(
    TREES,
    st.sampled_from(
        [
            "",
            "<template>",
            "<textarea>",
            "<svg>",
            "<script>'<svg>'</script>",
            "<nav><svg><path d=''></svg>",
            "<a title='",
            '<a title="a > ',
            "<b hidden>",
            "<a href=menu>",
            "<a href='../safety/>",
            "<a href='menu>don't</a>",
            "<a href=menu><textarea><a href=x></a></textarea>",
            "<svg><path d='></svg>",
            "<svg><path d='></svg><a href=menu>isn't</a>",
            "<template><p title='></template><p>don't",
        ]
    ),
    TREES,
)
def test_what_stands_above_the_content_changes_nothing_of_how_it_is_read(
    above: Tag | str, opened: str, inner: Tag | str
) -> None:
    """A comment makes the whole document be read; without one, it may be read from the mark on, below a long menu."""
    menu = "<p>Menu</p>\n" * 5_000
    head = f"<!doctype html><title>x</title><body>{menu}{_spell(above)}{opened}"
    content = f'<article data-page-url="a/">{_spell(inner)}</article><footer>x</footer>'
    judged, whole = (_content(f"{head}{between}{content}") for between in ("", "<!-- -->"))
    assert judged == whole


@tried
@given(TREES)
def test_the_telling_elements_of_a_page_are_those_of_its_tree(tree: Tag | str) -> None:
    body = pages.Body(_spell(tree))
    assert body.telling() == tuple(parts(body.article(), telling=True))


@tried
@given(TREES)
def test_a_page_is_read_within_its_document_as_it_is_by_itself(tree: Tag | str) -> None:
    html = f"<div>{_spell(tree)}</div>"
    content = _content(f'<!doctype html><title>x</title><nav>Menu</nav><article data-page-url="a/">{html}</article>')
    assert content
    if content[1].html == html:  # else the tree is none that HTML can spell: what stands in it is moved elsewhere
        body = pages.Body(html)
        assert content[1:] == (body.record("visit/after.md", "visit/after/"), body.article())


def test_no_element_that_may_hide_or_load_something_is_passed_over() -> None:
    assert nodes.PLAIN.isdisjoint(sight.MAY_HIDE | embeds.BY_TAG | {"a", "area", "script", "style", "template"})


@pytest.mark.parametrize("mark", ["<html data-page-url='a/'>", "<body data-page-url='a/'>", "<div DATA-PAGE-URL='a/'>"])
def test_a_mark_of_any_kind_is_found(mark: str) -> None:
    """On the whole document, on its body, or in capitals."""
    found = pages.own_content(f"<!doctype html>{mark}<title>x</title><p>Words</p>".encode())
    assert found
    assert (found[0], "<p>Words</p>" in found[1].html) == ("a/", True)
