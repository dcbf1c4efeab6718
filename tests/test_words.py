"""The rules on words and figures, below a whole build: how text is cut into claims, and what the data must hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from publishing import pages
from publishing.checks import Site
from publishing.checks.age import check_due
from publishing.checks.amounts import FIGURES
from publishing.checks.passages import Passage, passages
from publishing.checks.reading import grade, syllables
from publishing.checks.sentences import sentences
from publishing.checks.spots import AMOUNT, spotter
from publishing.checks.stems import needs, stems
from publishing.checks.word_index import word_pattern
from publishing.checks.wording import claims, expression
from publishing.links import SiteMap
from publishing.phrases import load_phrases
from publishing.records import Faults, Phrase
from publishing.settings import Settings
from tests.conftest import ROOT

PHRASES = load_phrases(ROOT, "data/wording.yml").entries.values()
MARK = '<sup class="citation" data-cite="a"><a href="#source-1">1</a></sup>'


def read(html: str) -> tuple[Passage, ...]:
    return passages(pages.article(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One. Two? Three!</p>", ["One.", "Two?", "Three!"]),
        ("<p>Ask Dr. Ash, e.g. today. Then go.</p>", ["Ask Dr. Ash, e.g. today.", "Then go."]),
        ("<p>See no. 5 and p. 7. Take 0.5 of it.</p>", ["See no. 5 and p. 7.", "Take 0.5 of it."]),
        ('<p>He said "It works." then left. So.</p>', ['He said "It works." then left.', "So."]),
        ("<p>One<br>line</p><ul><li>a<ul><li>b</li></ul></li></ul>", ["One line", "a", "b"]),
        ("<table><tr><td>a</td><td><p>b</p></td></tr></table>", ["a | b"]),
        ("<p>One <code>9 out of 100</code> two</p><pre>three</pre>", ["One two"]),
        ("<section class='sources'><p>x</p></section><p>y</p>", ["y"]),
        ("\ue000<p>\ue001One\ue004.</p>", ["One."]),
    ],
)
def test_a_page_is_cut_into_sentences_and_rows(html: str, expected: list[str]) -> None:
    assert [passage.text for passage in read(html)] == expected


@pytest.mark.parametrize(
    "text", [f"One {MARK}. Two.", f"One.{MARK} Two.", f"One. {MARK} Two.", f"<b>One.</b>{MARK} Two."]
)
def test_a_citation_belongs_to_the_sentence_before_it(text: str) -> None:
    assert [(passage.text, passage.cites) for passage in read(f"<p>{text}</p>")] == [("One.", ("a",)), ("Two.", ())]


def test_a_page_nested_without_end_is_read() -> None:
    assert [passage.text for passage in read("<div>" * 3000 + "x")] == ["x"]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_the_letters_that_spare_a_page_its_pattern_stand_in_what_it_finds(phrase: Phrase) -> None:
    assert stems(phrase.pattern)
    assert all(needs(phrase.pattern))
    for path in (ROOT / "tests/cases/wording").glob("*.yml"):
        for text in yaml.safe_load(path.read_text(encoding="utf-8"))["pages"].values():
            for found in expression(phrase.pattern).finditer(text):
                lower = found[0].lower()
                assert any(stem in lower for stem in stems(phrase.pattern)), lower
                ways = needs(phrase.pattern)
                assert any(all(any(stem in lower for stem in letters) for letters in way) for way in ways), lower


def test_what_spares_a_form_its_pattern_finds_something_wherever_that_does() -> None:
    """Tried on every way to put two numbers together."""
    numbers = ("9", "1,200", "One", "a hundred", "two hundred", "ten thousand", "ninety", "1 million", "Nine to ten")
    joined = (
        "out of",
        "in",
        "of",
        "people in",
        "of them in",
        "patients of",
        "OR",
        "OR of",
        "HR =",
        "fewer sessions in",
    )
    before = ("every", "each", "about", "around the", "all the these", "those", "about every", "all", "")
    whole = [(one, joint, each, many) for one in numbers for joint in joined for each in before for many in numbers]
    texts = [" ".join(filter(None, words)) + " people bruise" for words in whole]
    texts += [
        f"{opening} {each} {many} people, about 9 bruise"
        for opening in ("Of", "among")
        for _, _, each, many in whole[:81]
    ]
    texts += ["Of 2.5 million people, 9 bruise", "It is 1:10 or 1 : 2,000", "RR 1.4", "half a point on a pain scale"]
    found = [(form, text) for form in FIGURES.forms for text in texts if form.pattern.search(text)]
    assert len({form for form, _ in found}) > 8
    assert [text for form, text in found if not form.may_be_in(text.lower())] == []
    spotted = spotter(()).places(text.split() for _, text in found)[AMOUNT]
    assert [*spotted] == [*range(len(found))]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("abc", ("abc",)),
        ("ab(?:cd|e)?f", ("ab",)),
        ("(?:one|three) ?", ("one", "three")),
        ("[ab]+", ()),
        ("a|bcd", ()),
        ("(?:pain|soreness)[ -](?:shows|means)", ("means", "shows")),  # pain is on every page of this guide
        ("pain", ()),
    ],
)
def test_letters_are_read_off_a_pattern(pattern: str, expected: tuple[str, ...]) -> None:
    assert stems(pattern) == expected


@pytest.mark.parametrize(
    ("letters", "inside", "outside"),
    [
        (" in ", ["in"], ["find", "inn"]),
        ("of ", ["of", "roof"], ["off"]),
        ("out of", ["out", "about"], ["outer"]),
        (" vs", ["vs", "vs."], ["cvs"]),
        ("%", ["9%", "%)"], ["9"]),
        ("per cent", ["cent", "cent."], ["percent"]),
    ],
)
def test_a_word_is_told_from_letters(letters: str, inside: list[str], outside: list[str]) -> None:
    found = re.compile(word_pattern(letters))
    assert [word for word in inside + outside if found.search(word)] == inside


@given(st.text(alphabet="aA1 .?!…)\"”'\ue000\ue002-", max_size=40).map(lambda text: " ".join(text.split())))
def test_a_text_of_one_sentence_is_told_at_once(text: str) -> None:
    """Behind another sentence nothing tells it at once: there it is cut as by itself."""
    assert sentences(f"Go. A{text}")[1:] == sentences(f"A{text}")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("pattern", "(", "'x' has a pattern that cannot be read: missing ), unterminated subpattern at position 0"),
        ("pattern", "a?", "'x' has a pattern that fits every sentence"),
        ("pattern", "dog", "'x' does not find its own example, 'A cat.'"),
        ("right", "The cat.", "'x' finds the example that may stand, 'The cat.'"),
    ],
)
def test_a_claim_to_avoid_that_cannot_work_is_refused(field: str, value: str, message: str, tmp_path: Path) -> None:
    entry = {"id": "x", "pattern": "cat", "why": "w", "write": "w", "wrong": "A cat.", "right": "No cat."} | {
        field: value
    }
    (tmp_path / "wording.yml").write_text(yaml.safe_dump({"phrases": [entry]}), encoding="utf-8")
    with pytest.raises(Faults) as raised:
        load_phrases(tmp_path, "wording.yml")
    assert any(message in finding.message for finding in raised.value.findings), raised.value


def test_a_site_without_claims_to_avoid_has_none(tmp_path: Path) -> None:
    assert not load_phrases(tmp_path, "wording.yml").entries


def test_a_claim_is_found_across_capitals() -> None:
    phrase = next(phrase for phrase in PHRASES if phrase.id == "nice-recommends")
    assert claims(phrase, "Recommended by nice.") and not claims(phrase, "It is not recommended by NICE.")


@pytest.mark.parametrize(("today", "is_due"), [(date(2027, 5, 22), False), (date(2027, 5, 23), True), (None, False)])
def test_a_page_is_due_from_the_day_after(today: date | None, is_due: bool) -> None:
    page = pages.read("a.md", "a/", "<p>x</p>", meta={"check_by": "2027-05-22"})
    assert bool(list(check_due(Site([page], SiteMap([page], ""), Settings(), today=today)))) == is_due


@pytest.mark.parametrize(
    ("word", "count"),
    [("needle", 2), ("safety", 2), ("idea", 3), ("asked", 1), ("needed", 2), ("places", 2), ("makes", 1), ("usual", 3)]
    + [("acupuncture", 4), ("emergency", 4), ("being", 2), ("NHS", 1), ("someone", 2), ("theory", 3), ("serious", 3)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_terms_of_the_glossary_count_as_words_alone() -> None:
    assert grade(["Moxibustion is warm."], {"moxibustion"}) < grade(["Moxibustion is warm."])
