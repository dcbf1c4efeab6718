"""A clinic's logo: found beside its file, held to what a picture may be, and taken as it is or not at all.

A drawing is refused when it holds anything but shapes and colours; of a photograph nothing is kept but its pixels.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal
from xml.parsers import expat

_LARGEST = 1_000_000
_MOST_PIXELS = 4_000_000
_MOST_SHAPES = 5_000
_DEEPEST = 30
_FLATTEST = 8.0
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    ("svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
     "linearGradient", "radialGradient", "stop", "clipPath")
)  # fmt: skip
_ATTRIBUTES = frozenset(
    ("id", "class", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height",
     "viewBox", "version", "points", "transform", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width",
     "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity",
     "opacity", "clip-path", "clip-rule", "clipPathUnits", "gradientUnits", "gradientTransform", "spreadMethod", "offset",
     "stop-color", "stop-opacity", "color", "preserveAspectRatio", "style", "role", "aria-label", "aria-hidden",
     "focusable", "vector-effect", "paint-order", "http://www.w3.org/XML/1998/namespace space")
)  # fmt: skip
_ELSEWHERE = re.compile(
    r"url\((?!\s*['\"]?#[\w.-]+['\"]?\s*\))|@|\\|:\s*//|javascript:|data:|expression|image|src\(|var\(", re.IGNORECASE
)
_NUMBERS = re.compile(r"[\s,]+")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?")
_PLAIN = "Save it as a plain SVG with its letters as paths, or as PNG."


class LogoFault(Exception):
    """Why a logo is not taken, and what to do."""


@dataclass(frozen=True, slots=True)
class Logo:
    kind: Literal["svg", "png"]
    content: bytes


def read_logo(folder: Path, name: str) -> Logo:
    """The picture ``name`` in ``folder``; raises LogoFault."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or re.search(r"[\\:]", name):
        raise LogoFault(f"'{name}' is not beside the clinic's file. Put the logo there, and write its name alone.")
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise LogoFault(f"'{name}' leads out of the folder of the clinic's file. Put the logo itself there.")
    if not file.is_file():
        raise LogoFault(f"the logo '{name}' is not there. Put it beside the clinic's file.")
    if (size := file.stat().st_size) > _LARGEST:
        raise LogoFault(f"'{name}' has {size / 1e6:.1f} MB, and 1 MB is enough. Save it smaller.")
    content = file.read_bytes()
    if path.suffix.lower() == ".png":
        return Logo("png", _pixels(name, content))
    if path.suffix.lower() == ".svg":
        _Drawing(name).judge(content)
        return Logo("svg", content)
    raise LogoFault(f"'{name}' is neither SVG nor PNG. Save it as one of them.")


def _pixels(name: str, content: bytes) -> bytes:
    """The picture without comments, profiles, times and whatever else a file may carry."""
    chunks = [(kind, data) for kind, data in _chunks(name, content) if kind in _KEPT_CHUNKS]
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise LogoFault(f"'{name}' is not a whole PNG. Save it again.")
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not width or not height or width * height > _MOST_PIXELS:
        raise LogoFault(f"'{name}' has {width:,} by {height:,} pixels. Save it with at most 2,000 by 2,000.")
    if max(width, height) / min(width, height) > _FLATTEST:
        raise LogoFault(f"'{name}' is more than {_FLATTEST:.0f} times as long as it is wide. Crop it.")
    if depth not in _DEPTHS.get(colour, ()) or interlaced:
        raise LogoFault(f"'{name}' is a PNG of a rare kind. Save it again as plain RGB, not interlaced.")
    wanted = height * (1 + (width * depth * _CHANNELS[colour] + 7) // 8)
    reader = zlib.decompressobj()
    try:
        drawn = reader.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"), wanted + 1)
    except zlib.error:
        drawn = b""
    if len(drawn) != wanted:
        raise LogoFault(f"'{name}' does not hold the pixels that it announces. Save it again.")
    return _PNG + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunks(name: str, content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_PNG)
    while content.startswith(_PNG) and place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + length]
        if content[place : place + 12 + length] != _chunk(kind, data):
            raise LogoFault(f"'{name}' is damaged. Save it again.")
        yield kind, data
        place += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class _Drawing:
    """Reads an SVG without ever expanding an entity, and refuses what is not a shape."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self._shapes = 0

    def judge(self, content: bytes) -> None:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            raise LogoFault(f"'{self._name}' is not UTF-8 text. {_PLAIN}") from None
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse("a document type (<!DOCTYPE>)")
        parser.ProcessingInstructionHandler = lambda *_: self._refuse("an instruction to programs (<?...?>)")
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise LogoFault(f"'{self._name}' is not a whole SVG (line {error.lineno}). {_PLAIN}") from None

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth, self._shapes = self._depth + 1, self._shapes + 1
        space, _, name = tag.rpartition(" ")
        if space != _SVG or name not in _SHAPES or (self._depth == 1) != (name == "svg"):
            self._refuse(f"<{name}>" if self._depth > 1 else f"<{name}>, and no drawing")
        if self._depth > _DEEPEST or self._shapes > _MOST_SHAPES:
            self._refuse(f"more than {_MOST_SHAPES:,} shapes, or shapes nested more than {_DEEPEST} deep")
        if self._depth == 1:
            self._measure(attributes)
        for attribute, given in attributes.items():
            if attribute not in _ATTRIBUTES and not attribute.startswith("data-"):
                self._refuse(f"the attribute '{attribute.rpartition(' ')[2]}'")
            if _ELSEWHERE.search(given):
                self._refuse(f"a reference to something else in '{attribute}'")

    def _close(self, tag: str) -> None:
        self._depth -= 1

    def _measure(self, attributes: dict[str, str]) -> None:
        box = _NUMBERS.split(attributes.get("viewBox", "").strip())
        sides = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
        lengths = [float(found[1]) for side in sides if (found := _LENGTH.fullmatch(side))]
        if len(lengths) != 2 or not all(0 < length < 1e5 for length in lengths):
            raise LogoFault(f"'{self._name}' does not say how large it is. Give its <svg> a viewBox.")
        if max(lengths) / min(lengths) > _FLATTEST:
            raise LogoFault(f"'{self._name}' is more than {_FLATTEST:.0f} times as long as it is wide. Crop it.")

    def _refuse(self, what: str) -> None:
        raise LogoFault(f"'{self._name}' holds {what}, and a logo is made of shapes alone. {_PLAIN}")
