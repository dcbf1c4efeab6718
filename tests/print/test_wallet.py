"""The wallet cards: eight on a sheet of paper and one for a screen reader, with room for what a clinic may write."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]
import pytest

from publishing.clinic import Clinic
from publishing.print.loss import pages_of
from publishing.print.wallet import Wallet, wallet_of
from publishing.registers import Registers
from tests.conftest import ROOT
from tests.print.conftest import Printed, html_of, record
from tests.print.gate import faults
from tests.print.marks import pieces_of

MM = 72 / 25.4
PAGE = record("safety/get-help.md", html_of("# Is this an emergency?\n\nText."), title="Get help", handout="true")
LONGEST = Clinic(
    name="Wide Names Clinic of the Whole of the North and West Midlands",
    address="1 High Street\nLong Village under the Long Hill\nEX1 1AA",
    phone="0113 496 0000 (8.30 to 17.30, Monday to Saturday)",
    text_relay="18001 0113 496 0000 or by message 07700 900000 ok",
    out_of_hours="Out of hours service of the North and West Midlands hospitals, 0113 496 0001 now",
    web="https://a-long-name-of-a-clinic.north-and-west-midlands.example/patients/needling",
)


@pytest.fixture(scope="module")
def cards() -> Wallet:
    """Of the guide's own registers."""
    registers = Registers.load(ROOT, "data/")
    numbers = {number.country: number.call for number in registers.shelf.numbers.entries.values()}
    found = wallet_of(PAGE, registers.shelf.risks.entries.values(), numbers)
    assert found
    return found


@pytest.fixture
def printed(print_pages: Callable[..., Printed], cards: Wallet) -> Callable[..., Printed]:
    return lambda **job: print_pages([PAGE], wallet=cards, papers=("a4", "us-letter", "large-print"), **job)


@pytest.mark.parametrize(("paper", "copies"), [("a4", 8), ("us-letter", 8), ("large-print", 2)])
def test_all_copies_are_printed_and_one_is_read(printed: Callable[..., Printed], paper: str, copies: int) -> None:
    made = printed()
    assert made.findings == []
    pdf = made.pdf(f"wallet-{paper}")
    assert faults(pdf) == []
    front, back = (" ".join(page.split()) for page in pages_of(pdf))
    assert front.count("coughing up blood") == copies
    assert back.count("United Kingdom 999 or 112") == copies and back.count("Treated on") == copies
    said = _spoken(pdf)
    assert said.count("coughing up blood") == 1 and said.count("Treated on") == 1


def test_every_sign_of_the_register_is_on_the_front(printed: Callable[..., Printed], cards: Wallet) -> None:
    front = " ".join(pages_of(printed().pdf("wallet-a4"))[0].split())
    assert len(cards.call) >= 8 and len(cards.go) >= 4
    assert f"Call the emergency number now: {'; '.join(cards.call)}." in front
    assert f"Go to an emergency department now: {'; '.join(cards.go)}." in front


def test_a_clinics_own_emergency_number_takes_the_place_of_the_countries(printed: Callable[..., Printed]) -> None:
    front, back = pages_of(printed(clinic=Clinic(name="Example", emergency="999")).pdf("wallet-a4"))
    assert front.count("Call 999 now:") == 8
    assert "United Kingdom" not in back and back.count("Example") == 8


def test_what_a_clinic_may_write_has_room(printed: Callable[..., Printed]) -> None:
    made = printed(clinic=LONGEST, site_url="https://a-long-name-of-a-clinic.example/guide/")
    assert made.findings == []
    back = " ".join(pages_of(made.pdf("wallet-a4"))[1].split())
    assert back.count(LONGEST.out_of_hours) == 8


@pytest.mark.parametrize(("paper", "apart"), [("a4", 9), ("large-print", 18)])
def test_lines_to_write_on_have_room_where_the_card_has(
    printed: Callable[..., Printed], paper: str, apart: int
) -> None:
    drawn = pieces_of(printed().pdf(f"wallet-{paper}"))
    first, second = (next(piece for piece in drawn if piece.text.startswith(text)) for text in ("Clinic", "Out of"))
    assert (first.bottom - second.bottom) / MM == pytest.approx(apart, abs=0.3)


def test_what_has_no_room_ends_the_build(print_pages: Callable[..., Printed], cards: Wallet) -> None:
    crowded = replace(cards, call=cards.call * 3)
    found = print_pages([PAGE], wallet=crowded).findings
    assert found and "a wallet card holds 50 mm of words and lines, and these need" in found[0]


@pytest.mark.parametrize("paper", ["a4", "us-letter", "large-print"])
def test_cards_fit_both_papers_in_letters_that_can_be_read(printed: Callable[..., Printed], paper: str) -> None:
    least = 16 if paper == "large-print" else 8
    for size, colour in _letters(printed().pdf(f"wallet-{paper}")):
        assert size >= least - 0.01 and colour == (0, 0, 0)
    with pypdfium2.PdfDocument(printed().pdf(f"wallet-{paper}")) as document:
        for page in document:
            boxes = [item.get_bounds() for item in page.get_objects()]
            width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
            height = max(box[3] for box in boxes) - min(box[1] for box in boxes)
            assert width / MM <= 200 and height / MM <= 270
            # Both sides lie on each other when the paper is turned over its long edge.
            edge, _, far, _ = page.get_mediabox()
            assert min(box[0] for box in boxes) - edge == pytest.approx(far - max(box[2] for box in boxes), abs=0.5)


def _letters(path: Path) -> Iterator[tuple[float, tuple[int, int, int]]]:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if not chr(raw.FPDFText_GetUnicode(text, index)).isspace():
                    channels = [ctypes.c_uint() for _ in range(4)]
                    raw.FPDFText_GetFillColor(text, index, *channels)
                    red, green, blue = (channel.value for channel in channels[:3])
                    yield raw.FPDFText_GetFontSize(text, index), (red, green, blue)


def _spoken(path: Path) -> str:
    """What is in the structure: all text but that of artifacts."""
    said = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
                buffer = ctypes.create_string_buffer(20_000)
                length = raw.FPDFTextObj_GetText(
                    item, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 10_000
                )
                if "Artifact" not in _marks(item):
                    said.append(buffer.raw[: max(0, length - 2)].decode("utf-16-le"))
    return " ".join(" ".join(said).split())


def _marks(item: pypdfium2.PdfObject) -> list[str]:
    names = []
    for number in range(raw.FPDFPageObj_CountMarks(item)):
        buffer, length = ctypes.create_string_buffer(200), ctypes.c_ulong()
        mark = raw.FPDFPageObj_GetMark(item, number)
        raw.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 200, length)
        names.append(buffer.raw[: length.value - 2].decode("utf-16-le"))
    return names
