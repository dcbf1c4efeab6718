"""What counts as a health figure: a share of people, a rate, points on a scale, odds. Words in, places out.

Page numbers, dates, lengths of time, numbers of visits, sizes of needles and telephone numbers are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from publishing.checks.forms import Form, Forms, Place, apart
from publishing.checks.passages import Passage
from publishing.checks.sentences import Span

_DIGITS = r"(?<![\w.,/-])(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?(?![\d]|[.,]\d)"
_UNITS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_HUNDREDS = r"(?:(?:a|an|one|ten|\d+) )?(?:hundred thousand|hundred|thousand|million|billion)"
_BEGINS = r"\b(?=[\daothmbfsen])"  # spares most places of a text the many words below
_NUMBER = rf"{_BEGINS}(?:{_DIGITS}(?: (?:hundred|thousand|million|billion))?|\b(?:{_HUNDREDS}|one|{_UNITS})\b)"
_WHOLE = rf"{_BEGINS}(?:{_DIGITS}(?: (?:hundred|thousand|million|billion))?|\b(?:{_HUNDREDS}|{_UNITS})\b)"
_SOME = rf"{_NUMBER}(?:(?: (?:up )?to | or |-|–| and ){_NUMBER})?(?: or more| or fewer| or less)?"
_EVERY = r"(?:every |each |about |around |the |these |those |all |all the )*"
_STARTS = rf"{_EVERY}(?:\d|an? |one|ten|hundred|thousand|million|billion|{_UNITS})"
"""How the second number of two begins, with what may stand before it."""
_WHO = (
    r"(?:\w+[- ]){0,2}?(?:people|persons?|patients?|adults?|wom[ae]n|m[ae]n|participants?|volunteers?|users?|children|"
    r"(?:physio)?therapists?|practitioners?|clinicians?|acupuncturists?|doctors|sessions?|treatments?|courses?|cases?|"
    r"trials?|studies|reviews?|surveys?|reports?|insertions|times|of (?:them|us|those))\b"
)
_TIME = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|mornings?)\b"
_NOT_HEALTH = (
    rf"(?:{_TIME}|mm\b|cm\b|inch|metres?\b|steps?\b|pages?\b|parts?\b|sheets?\b|questions?\b|chapters?\b|"
    r"rooms?\b|clinics?\b|doors?\b|languages?\b|stars?\b)"
)
_YEAR = r"(?:19|20)\d\d(?![\d,])"
_PLACES = "page step part row sheet figure table chapter box question day week session visit number version item"
_NOT_BEHIND_PLACE = re.sub(r"(\w+) ?", r"(?<!\1 )", _PLACES)
_PEOPLE_SPAN = rf"(?:(?!{_TIME})\w+ ){{0,3}}?"
_LIKELY = r"(?:likely|common|often|many|much|high|great|frequent|risky|dangerous)"
_CHANCE = r"(?:risks?|odds|chances?|rates?|dangers?|likelihood|numbers?|harms?)"
_CHANCES = ("risk", "odds", "chance", "rate", "danger", "likelihood", "number", "harm")
_GAIN = r"(?:pain|recovery|relief|disability|symptoms?|function|stiffness)"
_TIMES = rf"(?:twice|thrice|(?:{_NUMBER}|several|many) times)"

_THINGS = (
    rf"an? (?:{_TIME}|mile|inch|page|cup|glass|tablet|dose|pill|turn|cent|century)|the (?:{_TIME}|page|way|turn|needle|dose|"
    r"tablet|body|spine|leg|arm|muscle|room|menu|screen|height|length|price|cost|fee)"
)
_VERBS = (
    r"less|more|fewer|lower|higher|better|worse|had|have|has|get|got|felt|feel|feels|report\w*|were|was|are|said|say|did|do|"
    r"improved?|responded|stopped|noticed|bled|bruised|fainted|as (?:many|much|often|likely)"
)
_AMOUNT = rf"(?:{_NUMBER}|(?:about |around )?(?:half )?a|half)"
_FRACTIONS = ("third", "quarter", "fifth", "sixth", "seventh", "eighth", "tenth")

# How much more or less likely, without how likely.
_RELATIVE = (
    Form(
        ("twice", "thrice", "times"),
        rf"\b{_TIMES} (?:as {_LIKELY}|(?:more|less) (?:likely|common|often)|(?:higher|lower|greater)|the (?:\w+ ){{0,2}}{_CHANCE})",
    ),
    Form(
        ("doubl", "tripl", "trebl", "halv"),
        rf"\b(?:doubl|tripl|trebl|halv)(?:es?|ed|ing) (?:\w+ ){{0,3}}(?:{_CHANCE}|{_GAIN})\b"
        rf"|\b(?:{_CHANCE}|{_GAIN}) (?:\w+ )?(?:doubl|tripl|trebl|halv)ed\b",
    ),
    Form(("half the ", "twice the "), rf"\b(?:half|twice) the (?:\w+ )?{_GAIN}\b"),
    Form(("fold",), rf"{_NUMBER}-?fold\b|\b(?:two|three|four|five|ten)fold\b"),
    Form(
        ("%", "per cent", "percent"),
        rf"{_NUMBER} ?(?:%|per ?cent\b)(?: \w+)? (?:lower|higher|less|more|smaller|greater|fewer|reduc\w+|increase\w*|drop|fall|rise)"
        rf" (?:\w+ ){{0,3}}?(?:{_CHANCE}|likely|common|often|side effects|events|injuries)\b",
    ),
    Form(
        _CHANCES,
        rf"\b{_CHANCE} (?:\w+ ){{0,6}}?(?:by|in|down|up) (?:about |almost |nearly |over )?(?:{_NUMBER} ?(?:%|per ?cent\b)|(?:a )?(?:half|third|quarter)\b)",
    ),
    Form(("ratio",), r"\b(?:odds|risk|hazard|rate) ratios?\b"),
    Form(("or", "rr", "hr"), r"(?-i:\b(?:OR|RR|HR)\b)(?: of)? ?[=:]? ?\d", near=r"r(?: of)? ?[=:]? ?\d"),
)

ONE_IN = re.compile(
    rf"(?<![\d.,])\b(?:1|one)\b(?: (?:person|patient|session|treatment|case|woman|man|adult))?(?: |-)in(?: |-){_EVERY}"
    rf"(?P<many>(?:\d{{1,3}}(?:,\d{{3}})++|\d++)(?!,?\d)|{_WHOLE})(?! ?{_NOT_HEALTH})"
    rf"|(?<![\d.:/,-])1 ?[:/] ?(?P<ratio>\d{{1,3}}(?:,\d{{3}})+|\d{{2,}})(?![\d/:]|[.,]\d)",
    re.IGNORECASE,
)

# How many out of how many.
_ABSOLUTE = (
    # 9 out of 100, 9 people out of 100, 9 people in every 100; not 12 visits in 90 days
    Form(("out of",), rf"{_SOME} {_PEOPLE_SPAN}out of {_EVERY}{_WHOLE}(?! ?{_NOT_HEALTH})"),
    Form(
        (" in ",),
        rf"{_SOME} (?:{_WHO} )?in {_EVERY}(?!{_YEAR}(?! {_WHO})){_WHOLE}(?! ?{_NOT_HEALTH})",
        near=f" in {_STARTS}",
    ),
    Form(("once in", "twice in"), rf"\b(?:once|twice) in {_EVERY}{_WHOLE} {_WHO}"),
    # 31 of 229,230 patients, nine of the ten people; not step 3 of 5
    Form(
        (" of ",),
        rf"(?=\d){_NOT_BEHIND_PLACE}{_DIGITS} of {_EVERY}(?!{_YEAR}){_DIGITS}(?! ?{_NOT_HEALTH})",
        near=rf" of (?<!out of ){_EVERY}\d",
    ),
    Form((" of ",), rf"{_NUMBER} of {_EVERY}{_NUMBER} {_WHO}", near=f" of (?<!out of ){_STARTS}"),
    # of every 100 people, about 9 bruise
    Form(
        ("every ", "each "),
        rf"\b(?:of|in|among|out of) (?:every|each) {_WHOLE}\b[^.;|]{{0,80}}?(?<!of )(?<!every ){_DIGITS}",
    ),
    Form(
        ("of ", "among "),
        rf"\b(?:of|among|out of) {_EVERY}{_WHOLE} {_WHO}[^.;|]{{0,80}}?,(?: \w+){{0,3}}? (?!out of|of |in ){_DIGITS}",
        near=f"(?:of|among) {_STARTS}.*,",
    ),
    # 86 people died, five deaths, 2 serious events: a count of harm, out of however many
    Form(
        ("death", "died", "lung", "serious ", "adverse ", "infection", "injur"),
        rf"{_NUMBER} (?:(?!of |in |with )\w+ ){{0,3}}?(?:deaths?|(?:collapsed|punctured) lungs?|(?:serious|severe|adverse) (?:side[- ])?(?:events?|effects?|harms?|injuries)|infections|injuries|(?:people|patients|persons?|wom[ae]n|m[ae]n) (?:have |had )?died)\b",
    ),
    # 4 per million; 0.87 cases per 100,000
    Form(
        ("per ", "hundred", "thousand", "million", "billion", "for every", "for each"),
        rf"{_SOME} (?:\w+ ){{0,4}}?(?:per|a|for every|for each) (?:\d[\d,]*00\b(?: (?:thousand|million))?|(?:hundred |ten )?(?:hundred|thousand|million|billion)\b)",
    ),
    Form((":", "/"), r"(?<![\d.:/,-])1 ?[:/] ?(?:\d{1,3}(?:,\d{3})+|10+)(?![\d/:]|[.,]\d)", near=r"1 ?[:/] ?\d"),
    Form(
        ("every ",),
        r"\bevery (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|other) (?:person|patient|adult|woman|man|session|treatment)\b",
    ),
)

_SHARES = (
    Form(
        ("%", "percent", "per cent", "mille", "ppm"),
        rf"{_SOME} ?(?:%|per ?cent\b|percentage points?|per ?mille\b|ppm\b)"
        r"(?! (?:alcohol|isopropyl|ethanol|chlorhexidine|iodine|cotton|steel|pure|off\b|VAT|tax|discount|sure\b|confidence|interval|CI\b))",
    ),
    Form(
        _FRACTIONS,
        rf"\b(?:a|one|two|three|four|about a|nearly a|over a) (?:thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|tenths?)"
        rf" (?:of (?!{_THINGS})|{_VERBS})",
    ),
    Form(_FRACTIONS, rf"\b(?:two[- ]thirds|three[- ]quarters|four[- ]fifths)\b(?! of (?:{_THINGS}))"),
    Form(
        ("half", *_FRACTIONS),
        r"\bby (?:about |almost |nearly |over )?(?:half|a third|a quarter|two thirds)\b(?! (?:past|an?|of an?|of the)\b)",
    ),
    Form(
        ("half",),
        rf"(?<!first )(?<!second )\bhalf (?:of )?(?:the |these |those |all )*(?:{_WHO}|them\b|us\b)"
        r"|\bhalf (?:of (?:those|these|them|us|all|everyone|everybody)|(?:had|have|felt|feel|got|were|reported|improved|bled|bruised|as (?:many|much|often|likely)))\b"
        r"|\b(?:cut|cuts|cutting|divided?) (?:\w+ ){1,4}in half\b",
    ),
)
_POINTS = (
    Form(
        ("point",),
        rf"{_AMOUNT} points? (?:less|more|lower|higher|better|worse|fewer|of (?:pain|difference|change|improvement)|out of|on (?:a|an|the|this|that|its) [^.|]{{0,40}}\b(?:scale|score|index|questionnaire))"
        rf"|\b(?:by|(?:gain|drop|fall|rise|difference|change|improvement|reduction) of|(?:fell|dropped|rose|improved|eased)) (?:about |around |only |almost |nearly )?{_AMOUNT} points?\b"
        rf"|\b(?:scale|score)s? [^.|]{{0,60}}?\b(?:by|of|from) {_DIGITS}(?: to {_DIGITS})? points?\b",
    ),
    Form(
        ("scale", "score"),
        rf"{_AMOUNT} (?:mm|points?) [^.|]{{0,60}}\b(?:0[- ](?:to[- ])?1?00?|\d+[- ]point|visual|pain|disability|rating)[- ](?:mm )?(?:scale|score)",
        near=r"(?:mm|points?) ",
    ),
    Form(
        ("pain", "disability", "function", "score"),
        rf"\b(?:pain|disability|function|score)\b[^.|]{{0,40}}? (?:from {_DIGITS} to {_DIGITS}|by {_DIGITS}|{_DIGITS} (?:lower|higher|better|worse))\b(?! ?(?:sessions|visits|{_TIME}|%|points))",
    ),
)
_IS = r"(?: (?:is|was|of|were|are))?(?: about| only)? ?[=:]? ?[-−–]?"
_VALUE = r"\d+(?:\.\d+)?"
_ODDS = (
    Form(("odds",), r"\bodds\b[^.|]{0,30}\b\d+(?:\.\d+)? to \d+\b"),
    Form(("nnt", "nnh", "smd"), rf"(?-i:\b(?:NNT|NNH|SMD)\b){_IS}{_VALUE}"),
    Form(("effect size", "mean difference"), rf"\b(?:effect size|mean difference)s?{_IS}{_VALUE}"),
    Form(_CHANCES, rf"\b{_CHANCE}{_IS}0?\.\d+"),
    Form(("50", "fifty"), r"\b(?:50[- /:]{1,3}50|fifty[- ]fifty)\b"),
    Form(("number needed",), r"\bnumber needed to (?:treat|harm)\b[^.|]{0,20}\d"),
    Form(
        (" against ", " versus ", " vs"),
        rf"{_DIGITS}(?: ?%| out of \d+| in \d+)? (?:against|versus|vs\.?) {_DIGITS}",
    ),
)
FIGURES = Forms((*_ABSOLUTE, *_SHARES, *_POINTS, *_ODDS, *_RELATIVE))
SIGN = (
    r"[\d%]|half|third|quarter|fifth|sixth|seventh|eighth|tenth|hundred|thousand|million|billion|ratio|fold|twice|thrice|"
    rf"times|doubl|tripl|trebl|halv|every|percent|\bcent\b|\b(?:one|{_UNITS})\b"
)
"""A pattern for one word, in lower case, that stands wherever there is an amount."""
_SIGN = re.compile(SIGN)
_RATED = re.compile(
    rf"\b(?:out of|in|per|of|in every|out of every) (?:{_WHOLE})(?! ?{_NOT_HEALTH})|%|per ?cent|percent|\bpoints\b|\bscale\b|\bodds\b|\brisk ratio\b",
    re.IGNORECASE,
)
_CELL = re.compile(
    rf"^(?:(?:about|around|roughly|nearly|over|under|fewer than|less than|more than|up to|at least|only|between|from|some) |[~<>≈≤≥] ?)*"
    rf"(?P<value>{_DIGITS}(?:(?: to | and |-|–){_DIGITS})?)(?! ?(?:[\w/]*{_TIME}|mm\b|visits?|sessions? of))",
    re.IGNORECASE,
)
_BAND = re.compile(
    r"(?:how often:? )?(?:very )?(?:common|uncommon|rare)\b[:;,.|]? (?:it happens to )?(?:from |fewer than |up to |or more |more than |to |out of |sessions?|people|"
    r"persons?|treatments?|of |in |and |every |100,000|10,000|1,000|100|10|9|1|0|[ .,:;|])+",
    re.IGNORECASE,
)


class Counting(NamedTuple):
    """A passage that may count something, and the health figures that it has."""

    passage: Passage
    figures: tuple[str, ...]
    """As they stand there; without those that are only quoted or marked as said."""
    relative: tuple[Span, ...]
    """Where it says how much more or less likely something is; () where it says how likely, too."""


def counting(passages: Iterable[tuple[Passage, Sequence[str]]]) -> Iterator[Counting]:
    """Those in which a form stands, or which are rows of a table that counts: most passages with a number are neither.

    Each comes with its words.
    """
    for passage, words in passages:
        places = FIGURES.found(passage.text, words)
        if places or _is_rated(passage):
            yield Counting(passage, tuple(_figures(passage, apart(places))), tuple(_relative(places)))


def has_amount(text: str) -> bool:
    """Whether any of the forms above may be there."""
    return bool(_SIGN.search(text.lower()))


def figures(passage: Passage) -> list[str]:
    """The health figures of a single passage."""
    text = passage.text
    return _figures(passage, apart(FIGURES.found(text, text.split()))) if has_amount(text) else []


def _figures(passage: Passage, places: Iterable[Span]) -> list[str]:
    """``places``: where the forms stand."""
    text = passage.text
    if _BAND.fullmatch(text):  # "Rare: 1 to 10 out of 10,000" says what the word means
        return []
    found = [text[start:end].strip() for start, end in places if not _is_mention(passage, start, end)]
    return found or (list(_rated_cells(text)) if _is_rated(passage) else [])


def _relative(places: Sequence[Place]) -> list[Span]:
    if any(place.form in _ABSOLUTE for place in places):
        return []
    return apart(place for place in places if place.form in _RELATIVE)


def _is_rated(passage: Passage) -> bool:
    return passage.kind == "row" and bool(_RATED.search(passage.under))


def _is_mention(passage: Passage, start: int, end: int) -> bool:
    """'We write "9 out of 100"' makes no claim: the quotation holds the figure and nothing else."""
    if passage.is_said(start, end):
        return True
    around = "\"“”'‘’ "
    return any(
        passage.text[first:last].strip(around) == passage.text[start:end].strip(around)
        for first, last in passage.quoted
    )


def _rated_cells(text: str) -> Iterator[str]:
    """Numbers in a column or table whose head says out of how many."""
    for cell in text.split(" | ")[1:]:
        if value := _CELL.match(cell.strip()):
            yield value["value"]
