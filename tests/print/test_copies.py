"""A sheet that was copied twice can still be read: its words are read back from the picture of a poor copy."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pytest
from PIL import Image, ImageChops, ImageFilter

from publishing.print.loss import pages_of

DPI = 200
PAGES = {
    "numbers to call, and signs": ("safety-get-help-a4", 0),
    "boxes of risks": ("visit-after-a4", 1),
    "a table": ("visit-practitioner-a4", 2),
    "a form": ("visit-questions-us-letter", 0),
    "sources, the smallest print": ("visit-before-a4", 1),
}
LEAST = 0.95
"""Of the words of a page; a poor reader misses some on a clean one."""


@pytest.mark.parametrize("kind", PAGES)
def test_a_copy_of_a_copy_can_be_read(kind: str, guide: Path) -> None:
    name, number = PAGES[kind]
    path = guide / "print" / f"{name}.pdf"
    wanted, read = _words(pages_of(path)[number]), _words(_read(_copied(_copied(_picture(path, number), 1), 2)))
    missed = wanted - read
    assert wanted.total() > 60
    assert 1 - missed.total() / wanted.total() >= LEAST, f"cannot be read any more: {dict(missed)}"


def test_the_emergency_numbers_survive(guide: Path) -> None:
    """The figures that look like others: 000 must not turn into 888, nor 999 into 000."""
    path = guide / "print" / "safety-get-help-a4.pdf"
    copy = _copied(_copied(_picture(path, 0), 1), 2)
    numbers = {"Kingdom": "999", "Australia": "000"}  # a 1 looks like no other figure, but this reader drops it
    with pypdfium2.PdfDocument(path) as document:
        found = {country: _beside(document[0], country, call) for country, call in numbers.items()}
    read = {
        country: _read(copy.crop(box), "--psm", "7", "-c", "tessedit_char_whitelist=0123456789")
        for country, box in found.items()
    }
    assert {country: text.strip() for country, text in read.items()} == numbers


def test_a_copy_that_is_too_poor_is_told(guide: Path) -> None:
    """The test above can fail: six copies are not read as two are."""
    path = guide / "print" / "visit-before-a4.pdf"
    picture = _picture(path, 1)
    for seed in range(6):
        picture = _copied(picture.filter(ImageFilter.GaussianBlur(1.2)), seed)
    wanted = _words(pages_of(path)[1])
    assert (wanted - _words(_read(picture))).total() / wanted.total() > 1 - LEAST


def _beside(page: Any, country: str, call: str) -> tuple[int, int, int, int]:
    """Where in a picture the number stands that comes next after the country."""
    text = page.get_textpage()
    start, _ = text.search(country).get_next()
    first, count = text.search(call, index=start).get_next()
    boxes = [text.get_charbox(index) for index in range(first, first + count)]
    scale, height = DPI / 72, page.get_height()
    left, right = boxes[0][0] * scale - 12, boxes[-1][2] * scale + 12
    return int(left), int((height - boxes[0][3]) * scale) - 12, int(right), int((height - boxes[0][1]) * scale) + 12


def _picture(path: Path, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        return document[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")  # type: ignore[no-any-return]


def _copied(sheet: Image.Image, seed: int) -> Image.Image:
    """Laid a little askew, out of focus, with dirt on the glass, and then black or white alone."""
    dirt = Image.frombytes("L", sheet.size, random.Random(seed).randbytes(sheet.width * sheet.height))
    askew = sheet.rotate((0.3, -0.4)[seed % 2], Image.Resampling.BICUBIC, fillcolor=255)
    soft = askew.filter(ImageFilter.GaussianBlur(1.0))
    return ImageChops.add(soft, dirt.point(lambda level: level // 3), offset=-42).point(
        lambda level: 255 * (level > 140)
    )


def _read(picture: Image.Image, *options: str) -> str:
    reader = shutil.which("tesseract")
    if not reader:
        pytest.fail(
            "No tesseract, which reads the copies: scripts/test gets one (Debian: tesseract-ocr).", pytrace=False
        )
    given = BytesIO()
    picture.save(given, "PNG", dpi=(DPI, DPI))
    return subprocess.run(
        [reader, "-", "-", "-l", "eng", *(options or ("--psm", "6"))],
        input=given.getvalue(),
        capture_output=True,
        check=True,
    ).stdout.decode()


def _words(text: str) -> Counter[str]:
    """Of three letters or more: shorter ones are the marks of sources, which stand too close for a machine."""
    text = re.sub(r"[-\u00ad\u2010\ufffe\x02]\s*\n\s*", "", text)
    return Counter(word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text))
