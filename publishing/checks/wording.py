"""Words that mislead: claims that no evidence carries, chances in forms that people misread, how often without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from publishing.checks.amounts import ONE_IN
from publishing.checks.claims import asserts
from publishing.checks.passages import Passage, passages
from publishing.checks.sentences import Span
from publishing.checks.site import Site
from publishing.checks.spots import AMOUNT, BAND
from publishing.checks.stems import needs
from publishing.records import Element, Finding, PageRecord, Phrase

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: float(number) for number, word in enumerate(_ONES, 1)}
_NUMBERS |= {word: 10.0 * number for number, word in enumerate(_TENS, 1)}
_NUMBERS |= {"eleven": 11, "twelve": 12, "fifteen": 15, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_HARM = (
    r"harm(?:s|ful)?|side[- ]effects?|adverse|bleed(?:s|ing)?|bleeds|bruis\w+|faint\w*|infect\w+|collapsed lungs?|pneumothorax|"
    r"sore(?:ness|s)?|pain during|injur\w+|complications?|reactions?|serious events?|deaths?|damage|burns?|nausea|dizz\w+|"
    r"drows\w+|tired(?:ness)?|haematomas?|hematomas?|problems|fits?|seizures?|broken needles?|forgotten needles?|aggravation|flares?"
)
_HARMFUL = re.compile(rf"\b(?:{_HARM})\b", re.IGNORECASE)
_BAND = r"(?:(?:very|quite|fairly|extremely|rather|pretty|also|often|both|all|mostly|usually|generally|so) )*(?:common|uncommon|rare|infrequent)"
_OFTEN = re.compile(
    rf"\b(?:is|are|was|were|be|been|seems?|remains?|stays?|looks?) (?P<band>{_BAND})\b(?! (?:sense|cold|name|law|in\b))"
    rf"|\b(?:an?|the) (?P<kind>{_BAND}) (?:\w+ )?(?:{_HARM}|risk|event|problem|effect)\b"
    rf"|\b(?P<many>(?:very )?(?:common|uncommon|rare)) (?:\w+ )?(?:{_HARM}|risks|events|problems|effects) (?:are|include|happen)\b"
    r"|\b(?P<verb>(?:very )?(?:rarely|commonly|infrequently|seldom|hardly ever|almost never|scarcely ever)) (?:\w+ )?(?:happens?|occurs?|arises?|comes?|develops?|causes?|leads?|goes|seen|reported|get|gets)\b"
    r"|(?:^|\| )(?P<cell>(?:very )?(?:common|uncommon|rare))(?= \||$)",
    re.IGNORECASE,
)
_NEAR_ONE_IN = re.compile(r"(?:1|one)\b(?: \w+)?[ -]in[ -]|1 ?[:/] ?\d")
_NOT_A_BAND = re.compile(r"\b(?:how|more|less|as|most|too|equally)\s$", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\bno (?:\w+ )?(?:figures?|counts?|numbers?|data)\b|\b(?:nobody|no[- ]one) (?:knows|has|could|counted)\b|\b(?:not|un)[- ]?known\b"
    r"|\bnot (?:been )?(?:counted|clear)\b|\bunclear\b",
    re.IGNORECASE,
)


def wording(site: Site) -> Iterator[Finding]:
    """No claim to avoid, no '1 in 10', no 'twice as likely' alone, no 'rare' without its number."""
    for page in site.pages:
        for passage, message in _faults(site, page):
            yield site.finding(page, "wording", message, near=passage)


def _faults(site: Site, page: PageRecord) -> Iterator[tuple[Passage, str]]:
    passages_of, spots = site.passages(page), site.spots(page)
    counting = {counted.passage: counted.figures for counted in site.counting(page)}
    for phrase in site.phrases.values():
        for place in spots.get(phrase.pattern, ()):
            passage = passages_of[place]
            if _is_possible(phrase, passage.text.lower()):
                yield from ((passage, message) for message in _phrase(passage, phrase))
    for place in spots.get(BAND, ()):
        following = (
            later
            for later in passages_of[place + 1 : place + 4]
            if later.kind != "heading" and not later.is_beside_text
        )
        near = (passages_of[place], *islice(following, 1))
        if not any(counting.get(passage) or _UNKNOWN.search(passage.text) for passage in near):
            yield from ((passages_of[place], message) for message in _often(passages_of[place]))
    for place in spots.get(AMOUNT, ()):
        yield from ((passages_of[place], message) for message in _one_in(passages_of[place]))
    for passage, _, relative in site.counting(page):
        yield from ((passage, message) for message in _relative(passage, relative))


def claims(phrase: Phrase, text: str) -> list[str]:
    """The claims to avoid in a text that stands by itself."""
    return [claim for passage in passages(Element("p", {}, (text,))) for claim in _claims(passage, phrase)]


def _is_possible(phrase: Phrase, text: str) -> bool:
    """Whether a text, in lower case, holds enough of its letters for the pattern to be tried."""
    for way in _needs(phrase.pattern):
        for letters in way:
            for some in letters:  # loops, as this is asked a hundred times a page
                if some in text:
                    break
            else:
                break
        else:
            return True
    return False


def _phrase(passage: Passage, phrase: Phrase) -> Iterator[str]:
    for claim in _claims(passage, phrase):
        stop = "" if phrase.write.endswith((".", '."')) else "."
        yield f"'{claim}': {phrase.why}. Write {phrase.write}{stop}"


def _claims(passage: Passage, phrase: Phrase) -> Iterator[str]:
    for match in expression(phrase.pattern).finditer(passage.text):
        if asserts(passage, *match.span()):
            yield match[0]


_needs = lru_cache(maxsize=256)(needs)


@lru_cache(maxsize=256)
def expression(pattern: str) -> re.Pattern[str]:
    """Of whole words, whatever their capitals; raises re.error for what is no pattern."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _one_in(passage: Passage) -> Iterator[str]:
    if not _NEAR_ONE_IN.search(passage.text.lower()):
        return
    for match in ONE_IN.finditer(passage.text):
        if not passage.is_quoted(*match.span()):
            share = _out_of(match["many"] or match["ratio"])
            yield f"'{match[0]}' is hard to compare, since the second number changes. Write '{share}'."


def _out_of(text: str) -> str:
    """'eight' -> 'about 13 out of 100': the smallest of 100, 1,000 ... that gives one or more."""
    many = 1.0
    for word in text.casefold().replace(",", "").split():
        many *= float(word) if word[0].isdigit() else _NUMBERS.get(word, 1)
    whole = next(size for size in (10**power for power in range(2, 16)) if size >= many)
    count = int(whole / many + 0.5)
    return f"{'' if count * many == whole else 'about '}{count} out of {whole:,}"


def _relative(passage: Passage, places: Sequence[Span]) -> Iterator[str]:
    for start, end in [place for place in places if not passage.is_quoted(*place)][:1]:
        yield (
            f"'{passage.text[start:end]}' does not say how likely it is. Give the numbers of both in the sentence, "
            "for example '2 out of 1,000 people instead of 1 out of 1,000'."
        )


def _often(passage: Passage) -> Iterator[str]:
    """How often a harm happens, in a word alone: readers take 'common' and 'rare' to mean very different numbers."""
    text = passage.text
    if text.endswith("?") or not _HARMFUL.search(text):
        return
    for match in _OFTEN.finditer(text):
        name = next(name for name, words in match.groupdict().items() if words)
        start, end = match.span(name)
        if not passage.is_quoted(start, end) and not _NOT_A_BAND.search(text[:start]):
            yield (
                f"'{match[name]}' does not say how often. Give the number with its source in this sentence or the next, "
                "or write 'nobody knows how often'."
            )
            return
