"""How hard a patient's page is to read: Flesch-Kincaid grade and words a sentence, over its prose alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from math import sqrt

from publishing.checks.parts import words
from publishing.checks.site import Site
from publishing.records import Finding, PageRecord

HARDEST = 8.0
LONGEST = 15.0
_ENOUGH = 30
_NAMED = 3
_MANY = 50_000
"""Words that are remembered."""
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúäöü]+")
_SILENT = re.compile(
    "|".join((
        r"(?<![aeiouyl])e(?=(?:ly|ty|ments?|ful|less|ness|fore|where)?$)",  # needle keeps its e: placE, safEty, movEment
        r"(?<=[aeiouy]l)es?$",  # wholE, rulEs
        r"(?<![tdl])e(?=d$)|(?<=[aeiouyl]l)e(?=d$)",  # askEd, but not needed
        r"(?<![sxzcgl])(?<!ch)(?<!sh)e(?=s$)",  # makEs, but not places
        r"(?<=som)e(?=one|body|times|thing|where|what)",
    ))
)  # fmt: skip
_APART = re.compile(
    "|".join((
        r"(?<=[brv])i(?=al)|(?<=[ei]d)i(?=a)|(?<=[dnv])i(?=at)|(?<=cl)i(?=an)",  # trI-al, medI-a, devI-ate
        r"(?<=[dlnrv])i(?=o)(?!ion)",  # serI-ous, perI-od
        r"(?<=sc)i(?=e)|(?<=qu)i(?=et)|(?<=[dr])i(?=en[ct])|(?<=l)i(?=able)",  # scI-ence, audI-ence, reliable
        r"(?<=r)e(?=as?$|ate$)|(?<=d)e(?=as?$)|(?<=th)e(?=o)|(?<=vid)e(?=o)",  # arE-a, crE-ate, idE-a, thE-ory
        r"(?<=l)u(?=id)|(?<!q)u(?=al)|u(?=ous)",  # flU-id, usU-al
        r"[aeiouy](?=ing)|(?<=[^aeiouct])i(?=er$)|[st](?=hm$|m$)",  # bE-ing, earlI-er, spaS-m
    ))
)  # fmt: skip


def reading_grade(site: Site) -> Iterator[Finding]:
    """Patients' pages stay at grade 8 or below, with at most 15 words a sentence on average."""
    terms = _glossary(site)
    for page in site.pages:
        if page.meta.get("audience") != "patient":
            continue
        told = _told(site, page)
        if len(told) < _ENOUGH:
            continue
        mean, hardness = _mean_and_grade([words for _, words in told], terms)
        if hardness <= HARDEST and mean <= LONGEST:
            continue
        sentences = [text for text, _ in told]
        longest = sorted(dict.fromkeys(sentences), key=lambda sentence: -len(_WORD.findall(sentence)))[:_NAMED]
        named = "; ".join(_named(site.finding(page, "", "", near=sentence).line, sentence) for sentence in longest)
        message = (
            f"reads at grade {hardness:.1f}, with {mean:.1f} words a sentence; aim at {HARDEST:.0f} and {LONGEST:.0f}. "
            f"Split its longest sentences, or say them in everyday words: {named}. Never cut a warning short for it."
        )
        yield site.finding(page, "reading-grade", message, near=longest[0])


def prose(site: Site, page: PageRecord) -> list[str]:
    """The sentences of a page's running text."""
    return [text for text, _ in _told(site, page)]


def _told(site: Site, page: PageRecord) -> list[tuple[str, Sequence[str]]]:
    """Those sentences, each with what stands between its blanks."""
    both = zip(site.passages(page), site.words(page), strict=True)
    return [(passage.text, words) for passage, words in both if passage.is_prose and _LETTER.search(passage.text)]


def smog(sentences: Sequence[str]) -> float:
    """Another school grade, by the words of three syllables or more; made for 30 sentences or more."""
    long = sum(syllables(word) >= 3 for sentence in sentences for word in _WORD.findall(sentence))
    return 1.043 * sqrt(long * 30 / len(sentences)) + 3.1291


def grade(sentences: Sequence[str], terms: Collection[str] = ()) -> float:
    """Flesch-Kincaid; the terms count as words of their sentence, and their length is not held against it."""
    return _mean_and_grade([sentence.split() for sentence in sentences], frozenset(terms))[1]


def _mean_and_grade(sentences: Sequence[Sequence[str]], terms: frozenset[str]) -> tuple[float, float]:
    """Words a sentence, and the grade; of each sentence, what stands between its blanks."""
    words, judged, spoken = map(sum, zip(*map(_loads(terms).__getitem__, chain.from_iterable(sentences)), strict=True))
    of_words = 11.8 * (spoken / judged if judged else 1)
    return words / len(sentences), 0.39 * words / len(sentences) + of_words - 15.59


class _Loads(dict[str, tuple[int, int, int]]):
    """Of what stands between two blanks: its words, those whose length counts, and the syllables of these; remembered."""

    def __init__(self, terms: frozenset[str]) -> None:
        # Every word whose singular is one of the terms.
        self._terms = {f"{term}s" for term in terms} | {term for term in terms if not term.endswith("s")}

    def __missing__(self, piece: str) -> tuple[int, int, int]:
        words = [word.casefold() for word in _WORD.findall(piece)]
        judged = [word for word in words if word not in self._terms]
        load = len(words), len(judged), sum(map(syllables, judged))
        if len(self) < _MANY:
            self[piece] = load
        return load


_loads = lru_cache(maxsize=8)(_Loads)


def syllables(word: str) -> int:
    """By its groups of vowels; a word may come out one wrong, and over a page that balances."""
    word = word.casefold()
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word))) + len(_APART.findall(word)))


def _glossary(site: Site) -> frozenset[str]:
    """Every word of a term that the glossary explains."""
    if not site.terms:
        pages = [page for page in site.map.pages if page.is_glossary]
        terms = [words(part.element) for page in pages for part in site.parts(page) if part.element.tag == "dt"]
        site.terms.append(frozenset(_singular(word.casefold()) for term in terms for word in _WORD.findall(term)))
    return site.terms[0]


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _named(line: int, sentence: str) -> str:
    start = " ".join(sentence.split()[:6])
    return f"{f'line {line}, ' if line else ''}{len(_WORD.findall(sentence))} words ('{start} ...')"
