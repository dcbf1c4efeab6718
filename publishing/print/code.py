"""Values as Typst code. The only module that turns text of a page into source text.

Text is always written as a string literal, never as markup, so that nothing in it can be read as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What has no shape on paper: controls, noncharacters, lone surrogates, the byte order mark. The marks
# that turn the direction of what follows could reverse a whole line: `dir` in HTML says it safely.
_SHAPELESS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000e0000-\U000e007f\U000ffffe-\U0010ffff\ufffe\uffff]"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Letters of ASCII as wide as Chinese ones, which no font here has: the same letters."""
_LONG = re.compile(r"\S{36,}")
_PIECES = re.compile(r".{1,12}", re.DOTALL)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\n\r\t]|[^\x20-\x7e\xa0-\U0010ffff]')


def clean(text: str) -> str:
    """The text without what has no shape."""
    if text.isascii() and text.isprintable():  # nearly all
        return text
    return _SHAPELESS.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")).translate(_WIDE)


def breakable(text: str) -> str:
    """The text with places to break a word that is longer than any line; addresses break by themselves."""
    return _LONG.sub(lambda word: word[0] if "://" in word[0] else "\u200b".join(_PIECES.findall(word[0])), text)


def literal(text: str) -> str:
    return '"' + _SPECIAL.sub(_escape, clean(text)) + '"'


def value(given: object) -> str:
    """A Python value as Typst has it; text becomes a string, a tuple an array."""
    match given:
        case None:
            return "none"
        case bool():
            return "true" if given else "false"
        case int() | float():
            return str(given)
        case tuple():
            return "(" + "".join(f"{value(item)}, " for item in given) + ")"
        case _:
            return literal(str(given))


def call(function: str, /, *positional: str, **named: object) -> str:
    """A function call: positional arguments are code already, named ones are values."""
    arguments = [*positional, *(f"{key.replace('_', '-')}: {value(given)}" for key, given in named.items())]
    return f"{function}({', '.join(arguments)})"


def join(parts: Iterable[str]) -> str:
    """Content made of the parts, one after the other."""
    written = [part for part in parts if part]
    return "{\n" + "\n".join(written) + "\n}" if written else "[]"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{{{ord(found[0]):x}}}"
