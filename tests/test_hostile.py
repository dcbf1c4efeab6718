"""Hostile words in every place that takes words: refused by name, or shown as the text that they are.

What is looked for is what a browser, a reader of PDFs or a disk would make of them, not how they were escaped.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing import checks
from publishing.clinic import load_clinic
from publishing.front_matter import front_matter_findings, read_front_matter
from publishing.print.loss import text_of
from publishing.records import Faults, PublishingError
from publishing.registers import Registers
from publishing.settings import read_settings
from tests.conftest import ROOT, Built, build_project, write_project
from tests.filled import CASES, SMALL, fill

WORDS = {
    name: "evil " * 4_000 if text == "long" else text
    for name, text in yaml.safe_load((CASES / "hostile" / "words.yml").read_text(encoding="utf-8")).items()
}
REFUSED = {
    "closes-a-script": {"inline-code"}, "ends-a-comment": {"inline-code"}, "header": {"inline-code"},
    "closes-an-attribute": {"inline-code", "print-picture"}, "very-long": {"print-compile"},
}  # fmt: skip
"""What an editor may not write into a page, and by which rules; all else is shown as the text that it is."""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><path d="M0 0h9v9z"/></svg>'
PLACES = ("index.md", "safety/index.md", "visit/after.md")
FRONT = ("title", "description", "question", "reviewed_by")
WHOLE = {"safety_section": "safety/", "print": {"papers": ["a4"]}, "policy": "strict"}
LOOK: dict[str, Any] = {
    "site_url": "https://example.org/guide/",
    "theme": {"name": "material", "font": False, "custom_dir": str(ROOT / "overrides")},
    "plugins": ["search"],
}
TRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_hostile_words_do_no_harm(words: str, build: Callable[..., Built], tmp_path: Path) -> None:
    built = build(
        {source: page(source, words) for source in PLACES},
        WHOLE,
        site_name=words,
        site_description=words,
        nav=[{words: "index.md"}, {words: ["visit/after.md", {"Safety": "safety/index.md"}]}],
        **LOOK,
    )
    assert list(what_came(built)) == []


@pytest.mark.parametrize("name", WORDS)
def test_hostile_words_in_the_text_of_a_page_do_no_harm(name: str, build: Callable[..., Built]) -> None:
    """HTML of an editor is HTML: what would run is refused, with the page, by the rule of the policy."""
    pages = {"index.md": page("index.md", "Calm", body(WORDS[name])), "safety/index.md": "# Safety\n"}
    built = build({**pages, "pictures/a.svg": DRAWING}, WHOLE, **LOOK)
    assert list(what_came(built)) == []
    assert {line.split(": ")[1] for line in built.findings} == REFUSED.get(name, set()), built.errors
    assert "cargo" not in built.errors


@pytest.mark.parametrize("way", ["../../secret", "{root}/secret", "..%2F..%2Fsecret", "file://{root}/secret"])
def test_nothing_from_outside_the_project_is_taken_in(way: str, build: Callable[..., Built], tmp_path: Path) -> None:
    """By a picture, on a page and on paper, by a block that names a file, or by a setting."""
    root, way = tmp_path / "project", way.format(root=tmp_path)
    for name in ("secret", "secret.svg", "secret.yml", "secret.md"):
        (tmp_path / name).write_text(DRAWING.replace("<path", "<text>SECRET</text><path"), encoding="utf-8")
    shutil.copytree(SMALL, root / "data")
    pictures = f'![a]({way}.svg) <img src="{way}.svg" alt="b"> [c]({way}.md)\n\n'
    names = ("risk", "comparison", "chart", "outcomes")
    blocks = "".join(f"/// {name} | {way}\n///\n\n" for name in names) + f"[@{way}] [=risk {way}]\n"
    for text, publishing, look in (
        (pictures, WHOLE, LOOK),
        (blocks, {"data": "data/"}, {}),
        *(("", {name: f"{way}.yml"}, {}) for name in ("data", "clinic", "safety_section")),
    ):
        write_project(
            root, {"index.md": page("index.md", "Calm", text), "safety/index.md": "# Safety\n"}, publishing, **look
        )
        build_project(root)
        for file in (path for path in root.glob("site/**/*") if path.is_file()):
            assert b"SECRET" not in file.read_bytes()
            assert file.suffix != ".pdf" or "SECRET" not in text_of(file)
        shutil.rmtree(root / "site", ignore_errors=True)
    assert {path.name for path in root.iterdir()} <= {"data", "docs", "mkdocs.yml", ".cache"}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_hostile_words_in_a_register_do_no_harm(words: str, tmp_path: Path) -> None:
    for file in SMALL.glob("*.yml"):
        tree = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        (tmp_path / "data").mkdir(exist_ok=True)
        planted = yaml.safe_dump(plant(tree, words), allow_unicode=True)
        (tmp_path / "data" / file.name).write_text(planted, encoding="utf-8")
    try:
        loaded = Registers.load(tmp_path, "data/", register_page="safety/risks.md")
    except Faults as faults:
        assert all(str(finding).startswith("data/") for finding in faults.findings)
        return
    blocks = "\n\n".join(f"/// {block}\n///" for block in ("risk | fall", "risk-register", "emergency-numbers"))
    filled = fill(loaded, f"# Page\n\n{blocks}\n\nWords [@first2001].\n")
    assert list(harm(filled.html)) == []


@TRIED
@given(
    st.dictionaries(
        st.text(max_size=8) | st.sampled_from(["rules", "print", "exempt", "data"]), st.deferred(lambda: TREE)
    )
)
def test_settings_are_typed_or_refused(given_settings: dict[str, Any]) -> None:
    try:
        read_settings(given_settings, checks.RULE_IDS)
    except PublishingError as refused:
        assert all(line.startswith("mkdocs.yml: ") for line in str(refused).split("\nmkdocs.yml")[0].splitlines()[:1])


@TRIED
@given(st.text(max_size=300))
def test_any_head_of_a_page_is_read_or_named(text: str) -> None:
    for source in (text, f"---\n{text}\n---\n# Page\n"):
        for finding in front_matter_findings("docs/a.md", read_front_matter(source)):
            assert finding.rule == "front-matter"
            assert finding.line <= source.count("\n") + text.count("\r") + len(text.splitlines()) + 2


@TRIED
@given(
    tree=st.deferred(lambda: TREE) | st.text(max_size=100),
    name=st.sampled_from(["risks", "references", "glossary", "outcomes", "charts", "changes", "emergency"]),
)
def test_any_register_is_read_or_named(tree: Any, name: str, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    (tmp_path / "data").mkdir()
    file = tmp_path / f"data/{name}.yml"
    text = tree if isinstance(tree, str) else yaml.safe_dump({name: tree}, allow_unicode=True)
    file.write_text(text, encoding="utf-8", errors="replace")
    try:
        Registers.load(tmp_path, "data/", register_page="safety/risks.md")
    except Faults as faults:
        assert {finding.path for finding in faults.findings} == {f"data/{name}.yml"}


@TRIED
@given(tree=st.deferred(lambda: TREE) | st.text(max_size=100))
def test_any_clinic_is_read_or_named(tree: Any, tmp_path: Path) -> None:
    text = tree if isinstance(tree, str) else yaml.safe_dump(tree, allow_unicode=True)
    (tmp_path / "clinic.yml").write_text(text, encoding="utf-8", errors="replace")
    try:
        load_clinic(tmp_path, "clinic.yml")
    except Faults as faults:
        assert {finding.path for finding in faults.findings} == {"clinic.yml"}


@TRIED
@given(st.lists(st.sampled_from(["/// risk | fall", "///", "[@", "first2001", "]", "[=", "=== \"A\"", "    ", "\n", "\n\n", "> ", "- ", "| a | b |", "<div", ">", "</div>", "<!--", "```", "{:", "}", "&", "\u0000", "\u202e", "!!! warning"]), max_size=30))  # fmt: skip
def test_any_markdown_is_filled_or_named(parts: list[str]) -> None:
    filled = fill(LOADED, "# Page\n\n" + " ".join(parts) + "\n")
    assert all(finding.path == "docs/page.md" and finding.message for finding in filled.findings)


@pytest.mark.parametrize(
    "bomb",
    [
        "risks: &a [*a]\n",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\nrisks: [*d, *d]\n",
        "risks: !!python/object/apply:os.system ['touch evil']\n",
        "risks: " + "[" * 5_000 + "\n",
        "risks: " + "{a: " * 2_000 + "\n",
        "risks:\n  - id: ../../evil\n    name: Evil\n",
        "risks:\n  - id: a\n  - id: a\n",
        "\ufeffrisks: \u0000\n",
        "%YAML 9.9\n---\nrisks: []\n",
        "risks: []\n---\nrisks: []\n",
    ],
    ids=["itself", "aliases", "object", "lists", "maps", "path", "twice", "null", "version", "two-documents"],
)
def test_a_register_that_is_a_trap_is_named(bomb: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/risks.yml").write_text(bomb, encoding="utf-8")
    with pytest.raises(Faults) as refused:
        Registers.load(tmp_path, "data/", register_page="safety/risks.md")
    assert {finding.path for finding in refused.value.findings} == {"data/risks.yml"}
    assert not Path("evil").exists()


TREE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=6) | st.sampled_from(["id", "name", "level", "signs", "logo", "phone", "papers"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
LOADED = Registers.load(ROOT, "tests/registers/", register_page="safety/risks.md")


def body(words: str) -> str:
    """The words wherever Markdown has a place for words."""
    return (
        f"## A head {words}\n\nText {words} and `{words}`, [a link {words}](#top), ![{words}](/pictures/a.svg)\n\n- {words}\n\n| a | b |\n|---|---|\n"
        f'| {words} | b |\n\n=== "{words}"\n\n    In a tab.\n\n=== "b"\n\n    {words}\n\n!!! note "{words}"\n    {words}\n\n'
        f"A note.[^1]\n\n[^1]: {words}\n\n```\n{words}\n```\n"
    )


def what_came(built: Built) -> Iterator[str]:
    """What is wrong with the output of a build into which hostile words were put, or with the words that ended it."""
    if built.failed != bool(built.findings):
        yield built.errors
    yield from (line for line in built.findings if not line.startswith(("docs/", "mkdocs.yml")))
    for file in (path for path in built.site.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8", errors="replace")
        if "evil" in file.name or "root:x:0" in text:
            yield file.name
        if file.suffix == ".html":
            yield from harm(text)
        elif file.suffix == ".json" and "evil" in keys(json.loads(text)):
            yield f"a field of {file.name}"
        elif file.suffix == ".xml" and any("evil" in part.tag for part in ElementTree.parse(file).iter()):
            yield f"an element of {file.name}"
        elif file.suffix == ".conf" or file.name in ("_headers", "robots.txt"):
            yield from (f"a line of {file.name}: {line}" for line in text.splitlines() if "evil" in line)
        elif file.suffix == ".pdf" and "root:x:0" in text_of(file):
            yield f"a file of the machine in {file.name}"
    others = {path.name for path in built.root.iterdir()} - {".cache", "site", "docs", "mkdocs.yml"}
    yield from (f"beside the site: {name}" for name in others)
    if Path("evil").exists():
        yield "a command was run"


def page(source: str, words: str, more: str = "") -> str:
    up = "../" * source.count("/")
    head = "".join(f"{name}: {json.dumps(words)}\n" for name in FRONT)
    return f"---\n{head}aliases: [{json.dumps(words)}]\nhandout: true\n---\n# Page {source}\n\n[safety]({up}safety/index.md)\n\n{more}"


def plant(tree: Any, words: str) -> Any:
    """The words behind every text that is more than a name."""
    if isinstance(tree, dict):
        return {name: plant(value, words) for name, value in tree.items()}
    if isinstance(tree, list):
        return [plant(value, words) for value in tree]
    return f"{tree} {words}" if " " in str(tree) else tree


def harm(html: str) -> Iterator[str]:
    """What a browser would run, load or show of the words, other than as text."""
    reader = _Reader()
    reader.feed(html)
    for tag, attributes in reader.tags:
        yield from (f"<{tag} {name}>" for name, _ in attributes if name.startswith("on"))
        yield from (f"<{tag} {name}>" for name, value in attributes if name in ("src", "href") and "evil" in (value or "") and "(" in (value or "") and "%" not in (value or ""))  # fmt: skip
    for kind, text in reader.scripts:
        if kind == "application/ld+json":
            if "evil" in keys(json.loads(text)):
                yield "a field of JSON-LD"
        elif "evil" in text:
            yield "a script"


def keys(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        return {*tree, *(name for value in tree.values() for name in keys(value))}
    return {name for value in tree for name in keys(value)} if isinstance(tree, list) else set()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.scripts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attributes))
        if tag == "script":
            self.scripts.append((str(dict(attributes).get("type")), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            kind, before = self.scripts[-1]
            self.scripts[-1] = kind, before + data
