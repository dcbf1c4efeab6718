"""What a printer and a patient meet: margins, sizes, line lengths, frames, the stamp box, forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # brings no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]
import pytest

from publishing.print.loss import Words, lost, pages_of, text_of, words_of
from publishing.print.papers import PAPERS
from tests.print.conftest import Printed, html_of, record
from tests.print.marks import Piece, pieces_of
from tests.print.paper import paper_faults
from tests.print.reading import tags_of

MM = 72 / 25.4
LONG = "x" * 300
PROSE = (
    "Words of a plain page that go on for some lines, as the words of a page do, so that lines can be measured. " * 30
)
RISKS = "".join(
    f'<div class="admonition risk risk-{level}"><p class="admonition-title"><span class="risk-level">{word}</span> Name</p>'
    f"<p>{'Text of the box. ' * 60}</p></div>"
    for level, word in (
        ("emergency", "Emergency"),
        ("urgent", "Urgent"),
        ("ask", "Ask"),
        ("self-care", "Look after yourself"),
    )
)
ROWS = "".join(f"<tr><td>row {n}</td><td>{'cell words ' * 12}</td><td>{n}</td></tr>" for n in range(40))
PAGE = f"""<h1>A page</h1><p>{PROSE}</p>{RISKS}<ul><li>{PROSE}</li></ul><table><thead><tr><th>First</th><th>Second head</th>
<th>Third</th></tr></thead><tbody>{ROWS}</tbody></table><blockquote>{PROSE}</blockquote><pre>{LONG}</pre>"""


@pytest.fixture(params=list(PAPERS))
def paper(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sheet(paper: str, print_pages: Callable[..., Printed]) -> Path:
    page = record("page.md", PAGE, handout="true", checked="2026-11-22", check_by="2027-05-22", reviewed_by="")
    printed = print_pages([page], papers=(paper,), site_url="https://guide.example/")
    assert printed.findings == []
    return printed.pdf(f"page-{paper}")


def test_everything_stands_where_a4_and_letter_both_have_paper(sheet: Path, paper: str) -> None:
    """Whether the printer centres the sheet or lays it to the top: no ink in the outer 5 mm of either."""
    for box, height in _ink(sheet):
        left, bottom, right, top = (length / MM for length in box)
        assert left >= 20 - 0.2, "room to punch holes"
        assert right <= 210 - 10
        assert bottom >= 5 and height / MM - top >= 5
        if paper == "a4":
            assert bottom >= 297 - 279.4 + 5 and 297 - top >= (297 - 279.4) / 2 + 5


def test_lines_are_short_and_letters_large(sheet: Path, paper: str) -> None:
    lines = [line for page in pages_of(sheet) for line in page.splitlines() if "Words of" in line or "measured" in line]
    assert 45 < max(len(line.strip()) for line in lines) <= 70
    sizes = sorted(size for size, _ in _letters(sheet))
    body = sizes[len(sizes) // 2]
    assert body == pytest.approx(PAPERS[paper].size, abs=0.01) and body >= 12
    assert sizes[0] >= 8 * PAPERS[paper].size / 12


def test_text_is_black_on_white(sheet: Path) -> None:
    colours = {colour for _, colour in _letters(sheet)}
    assert colours <= {(0, 0, 0), (10, 85, 96)}, "black, and the title in the one dark colour of the guide"


def test_no_box_and_no_row_is_split(sheet: Path) -> None:
    pages = pages_of(sheet)
    for word in ("Emergency", "Urgent", "Ask", "Look after yourself"):
        page = next(page for page in pages if f"{word} ·" in " ".join(page.split()))
        start = " ".join(page.split()).index(f"{word} ·")
        assert " ".join(page.split())[start:].count("Text of the box.") >= 60
    for number in range(40):
        page = next(" ".join(page.split()) for page in pages if f"row {number} " in " ".join(page.split()))
        assert page.split(f"row {number} ")[1].split("row ")[0].count("cell words") == 12


def test_the_head_of_a_table_repeats(sheet: Path) -> None:
    holding = [page for page in pages_of(sheet) if "cell words" in page]
    assert len(holding) > 1
    assert all("Second head" in page for page in holding)


def test_frames_differ_by_level_and_are_a_point_thick_at_least(sheet: Path) -> None:
    with pikepdf.open(sheet) as pdf:
        frames = set()
        for page in pdf.pages:
            width, dashes = 0.0, ""
            for instruction in pikepdf.parse_content_stream(page):
                match str(instruction.operator):
                    case "w":
                        width = float(instruction.operands[0])
                    case "d":
                        dashes = str(list(instruction.operands[0]))
                    case "S" | "s" if width >= 1.3:
                        frames.add((round(width, 1), dashes))
    assert {width for width, _ in frames} >= {3.4, 2.2, 1.8, 1.6}
    assert len({dashes for _, dashes in frames}) >= 3


def test_the_stamp_box_is_on_the_first_page_alone(sheet: Path) -> None:
    pages = pages_of(sheet)
    assert ["Clinic stamp" in page for page in pages] == [True] + [False] * (len(pages) - 1)
    with pypdfium2.PdfDocument(sheet) as document:
        sizes = [_size(item) for item in document[0].get_objects() if item.type == raw.FPDF_PAGEOBJ_PATH]
    assert any(width == pytest.approx(60, abs=0.8) and height == pytest.approx(35, abs=0.8) for width, height in sizes)


def test_each_page_says_which_sheet_it_is(sheet: Path) -> None:
    pages = [" ".join(page.split()) for page in pages_of(sheet)]
    for number, page in enumerate(pages, 1):
        assert re.search(
            rf"A page · Sheet page · Edition [0-9a-f]{{6}}, issued 15 January 2027 Page {number} of {len(pages)}", page
        )
        assert "Check again by 22 May 2027. Not yet reviewed by a clinician. guide.example/page" in page


def test_a_long_headline_stands_no_higher_than_the_clinics_box(print_pages: Callable[..., Printed]) -> None:
    def body_from(title: str, source: str) -> float:
        page = record(source, f"<h1>{title}</h1><p>Body.</p>", title="After a session", handout="true")
        made = print_pages([page], site_url="https://example.org/guide/", papers=("a4",))
        with pypdfium2.PdfDocument(made.pdf(f"{source[:-3]}-a4")) as document:
            text = document[0].get_textpage()
            place, _ = text.search("Body.").get_next()
            return float(text.get_charbox(place)[1])

    short = body_from("Short", "one.md")
    assert body_from("What is normal now, and what is not?", "two.md") == pytest.approx(short, abs=1)


def test_a_heading_stays_with_its_text(print_pages: Callable[..., Printed]) -> None:
    text = "".join(f"<h2>Heading {n}</h2><p>First words {n}. {'And more. ' * (n % 7) * 9}</p>" for n in range(60))
    printed = print_pages([record("page.md", f"<h1>T</h1>{text}", handout="true")])
    pages = [" ".join(page.split()) for page in pages_of(printed.pdf("page-a4"))]
    for number in range(60):
        assert any(f"Heading {number} First words {number}." in page for page in pages)


def test_forms_have_room_to_write(print_pages: Callable[..., Printed]) -> None:
    rows = "\n".join("| Question | |" for _ in range(10))
    printed = print_pages([record("page.md", html_of(f"# T\n\n| Ask | Answer |\n|---|---|\n{rows}\n"), handout="true")])
    with pypdfium2.PdfDocument(printed.pdf("page-a4")) as document:
        page = document[0].get_textpage()
        found, search = [], page.search("Question")
        while place := search.get_next():
            found.append(page.get_charbox(place[0])[1] / MM)
    steps = [above - below for above, below in zip(found, found[1:], strict=False)]
    assert steps == pytest.approx([9.0] * 9, abs=0.3)
    assert text_of(printed.pdf("page-a4")).count("Question") == 10


def test_nothing_runs_into_the_footer(print_pages: Callable[..., Printed]) -> None:
    """A part that is kept whole moves on to the next page; one that is taller than a page is split."""
    sources = "".join(f'<li id="source-{n}">{"A title that takes some lines. " * 6}</li>' for n in range(1, 24))
    tall = "".join(f"<p>Paragraph {n} of a tall part.</p>" for n in range(70))
    kept = [
        RISKS,
        f"<div class='grid cards'><ul><li>{tall}</li><li>x</li></ul></div>",
        f"<table><tr><td>{tall}</td></tr></table>",
    ]
    boxed = f'<div class="admonition note"><p class="admonition-title">Note</p><ul><li>{PAGE.replace(LONG, "")}</li></ul></div>'
    page = "".join(
        f"<p>{PROSE[: 900 * n]}</p>{part}" for n, part in enumerate([*kept, boxed, boxed, f"<ul><li>{boxed}</li></ul>"])
    )
    html = f'<h1>T</h1>{page}<section class="sources"><h2>Sources</h2><ol>{sources}</ol></section>'
    printed = print_pages([record("page.md", html, handout="true")])
    assert printed.findings == []
    assert lost([words_of(html)], text_of(printed.pdf("page-a4"))) == [[]]
    paper = PAPERS["a4"]
    with pypdfium2.PdfDocument(printed.pdf("page-a4")) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            low = [index for index in range(text.count_chars()) if _is_body(text, index, paper.small)]
            assert min(text.get_charbox(index)[1] for index in low) / MM >= paper.bottom - 1.5, f"page {number}"


def test_a_long_host_may_be_parted_by_the_end_of_a_page() -> None:
    read = [Words(("See", "norfolkandwaveneycommunityhealth.", "nhs.", "uk/", "msk/"), ())]
    assert lost(read, "See norfolkand Page 3 of 9 waveneycommunityhealth.nhs.uk/msk/") == [[]]
    assert lost(read, "See norfolkand Page 3 of 9 nhs.uk/msk/") == [["norfolkandwaveneycommunityhealth."]]
    assert lost([Words(("See", "me", "later"), ())], "See m Page 3 e later") == [["me"]]


def _is_body(text: Any, index: int, small: float) -> bool:
    return (
        raw.FPDFText_GetFontSize(text, index) > small + 0.1 and not chr(raw.FPDFText_GetUnicode(text, index)).isspace()
    )


def _ink(path: Path) -> Iterator[tuple[tuple[float, float, float, float], float]]:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            edge, foot, *_ = page.get_mediabox()
            for item in page.get_objects():
                left, bottom, right, top = item.get_bounds()
                yield (left - edge, bottom - foot, right - edge, top - foot), page.get_height()


def _size(item: Any) -> tuple[float, float]:
    left, bottom, right, top = item.get_bounds()
    return (right - left) / MM, (top - bottom) / MM


def _letters(path: Path) -> Iterator[tuple[float, tuple[int, int, int]]]:
    """Size and colour of each visible letter."""
    import ctypes

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if chr(raw.FPDFText_GetUnicode(text, index)).isspace():
                    continue
                channels = [ctypes.c_uint() for _ in range(4)]
                raw.FPDFText_GetFillColor(text, index, *channels)
                red, green, blue = (channel.value for channel in channels[:3])
                yield raw.FPDFText_GetFontSize(text, index), (red, green, blue)


WIDE_HEAD = "".join(
    f"<th>{head}</th>" for head in ("What was compared", "What was found", "What that means", "How sure")
)
WIDE_ROWS = "".join(
    f"<tr><th>Row {n}</th>{f'<td>Some words in cell {n} of a wordy row</td>' * 3}</tr>" for n in range(1, 9)
)
WIDE = f"<h1>T</h1><table><thead><tr>{WIDE_HEAD}</tr></thead><tbody>{WIDE_ROWS}</tbody></table>"


def test_in_large_print_a_wide_table_becomes_entries(print_pages: Callable[..., Printed]) -> None:
    printed = print_pages([record("page.md", WIDE, handout="true")], papers=("a4", "large-print"), read_back=True)
    assert printed.findings == []
    pages = [" ".join(page.split()) for page in pages_of(printed.pdf("page-large-print"))]
    for n in range(1, 9):
        cell = f"Some words in cell {n} of a wordy row"
        entry = f"Row {n} What was found: {cell} What that means: {cell} How sure: {cell}"
        assert any(entry in page for page in pages), "whole, on one page"
    with pikepdf.open(printed.pdf("page-a4")) as small, pikepdf.open(printed.pdf("page-large-print")) as large:
        assert [tag.name for tag in tags_of(small)].count("Table") == 1
        assert [tag.name for tag in tags_of(large)].count("Table") == 0


def test_in_large_print_a_form_stays_a_table(print_pages: Callable[..., Printed]) -> None:
    rows = "".join(
        f"<tr><td>Do I have sign {n}, in some words</td><td>☐</td><td>☐</td><td>☐</td></tr>" for n in range(5)
    )
    html = f"<h1>T</h1><table><thead><tr><th>Sign</th><th>Yes</th><th>No</th><th>Not sure</th></tr></thead><tbody>{rows}</tbody></table>"
    printed = print_pages([record("page.md", html, handout="true")], papers=("large-print",))
    with pikepdf.open(printed.pdf("page-large-print")) as pdf:
        assert [tag.name for tag in tags_of(pdf)].count("Table") == 1


def _found(path: Path, *wanted: str) -> list[Piece]:
    """The first piece of text that begins with each."""
    drawn = pieces_of(path)
    return [next(piece for piece in drawn if piece.text.strip().startswith(text)) for text in wanted]


def test_where_paper_has_room_what_to_do_stands_beside_the_signs(print_pages: Callable[..., Printed]) -> None:
    steps = "".join(f"<li>Step {n} of those that help. {'Then more. ' * 6}</li>" for n in range(8))
    parts = (
        '<p class="risk-chance"><strong>Nobody knows</strong></p>',
        '<p class="risk-label">Signs</p><ul><li>A sign.</li></ul>',
        f'<p class="risk-label">What to do</p><ul>{steps}</ul>',
    )
    box = f'<div class="admonition risk risk-urgent"><p class="admonition-title">Urgent</p>{"".join(parts)}</div>'
    tall = box.replace(steps, steps * 4)
    pages = [
        record("page.md", f"<h1>T</h1>{box}", handout="true"),
        record("tall.md", f"<h1>T</h1>{tall}", handout="true"),
    ]
    printed = print_pages(pages, papers=("a4", "large-print"), read_back=True)
    assert printed.findings == []
    chance, signs, steps_head = _found(printed.pdf("page-a4"), "Nobody", "Signs", "What")
    assert chance.top > signs.top and steps_head.top == pytest.approx(chance.top, abs=2)
    assert steps_head.left > signs.left + 50 * MM
    for name in ("page-large-print", "tall-a4"):
        signs, steps_head = _found(printed.pdf(name), "Signs", "What")
        assert steps_head.left == pytest.approx(signs.left, abs=1), "one that is parted is read down one column"


def test_a_term_stands_beside_its_meaning_and_is_not_left_behind(print_pages: Callable[..., Printed]) -> None:
    entries = "".join(
        f"<dt>Term {n} that takes up more than one line of its column</dt><dd>Meaning {n}.</dd>"
        f"<dt>List {n}</dt><dd><ul>{'<li>Something of some length to say.</li>' * (n % 5 + 1)}</ul></dd>"
        for n in range(40)
    )
    html = f"<h1>T</h1><dl>{entries}</dl>"
    printed = print_pages([record("page.md", html, handout="true")], papers=("a4", "large-print"), read_back=True)
    assert printed.findings == []
    term, meaning, following = _found(printed.pdf("page-a4"), "Term 7", "Meaning 7", "List 7")
    assert term.top == pytest.approx(meaning.top, abs=1) and meaning.left > term.left + 40 * MM
    assert following.top < term.bottom - 12, "below both lines of the term"
    term, meaning = _found(printed.pdf("page-large-print"), "Term 7", "Meaning 7")
    assert meaning.top < term.bottom
    for paper in ("a4", "large-print"):
        assert paper_faults(printed.pdf(f"page-{paper}"), PAPERS[paper], 10.5) == []


def test_a_column_to_write_in_is_wide_enough(print_pages: Callable[..., Printed]) -> None:
    question = "A question that is so long that it would take all of the paper for itself if it were let, and then some"
    rows = f"| {question} | | |\n" * 4
    html = html_of(f"# T\n\n| Ask | Day | Answer |\n|---|---|---|\n{rows}")
    printed = print_pages([record("page.md", html, handout="true")], papers=("a4",))
    day, answer = _found(printed.pdf("page-a4"), "Day", "Answer")
    assert answer.left - day.left >= 20 * MM
    assert (PAPERS["a4"].width - PAPERS["a4"].right) * MM - answer.left >= 25 * MM


def test_boxes_to_tick_are_large_and_take_the_place_of_bullets(print_pages: Callable[..., Printed]) -> None:
    html = html_of("# T\n\n- ☐ None\n- ☐ About 9\n\n| Sign | Yes |\n|---|---|\n| Fever | ☐ |\n")
    printed = print_pages([record("page.md", html, handout="true")], papers=("a4",), read_back=True)
    assert printed.findings == []
    assert text_of(printed.pdf("page-a4")).count("•") == 0
    with pypdfium2.PdfDocument(printed.pdf("page-a4")) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) == "☐"]
    assert len(boxes) == 3
    assert all(right - left >= 3.7 * MM and top - bottom >= 3.7 * MM for left, bottom, right, top in boxes)


def test_pictures_to_compare_stand_side_by_side(print_pages: Callable[..., Printed]) -> None:
    drawing = '<svg viewBox="0 0 300 100" width="300" height="100" role="img"><title>Marks</title><path d="M0 0h300v100h-300z"/></svg>'
    pairs = "".join(f'<p class="chart-label">Share {n}</p>{drawing}' for n in range(3))
    html = f"<h1>T</h1><figure><figcaption>Shares</figcaption>{pairs}<p>Below.</p></figure>"
    printed = print_pages([record("page.md", html, handout="true")], papers=("a4",), read_back=True)
    assert printed.findings == []
    first, second, third = _found(printed.pdf("page-a4"), "Share 0", "Share 1", "Share 2")
    assert second.top == first.top and second.left > first.left + 75 * MM
    assert third.left == first.left and third.top < first.bottom - 25 * MM


def test_a_short_table_stays_on_one_page(print_pages: Callable[..., Printed]) -> None:
    table = f"<table><thead><tr><th>Head</th></tr></thead>{''.join(f'<tr><td>short {n}</td></tr>' for n in range(4))}</table>"
    filled = "".join(f"{'<p>A line.</p>' * (5 + n)}{table}" for n in range(24))
    pages = pages_of(print_pages([record("page.md", f"<h1>T</h1>{filled}", handout="true")]).pdf("page-a4"))
    assert all(page.count("short 0") == page.count("short 3") for page in pages)


def test_a_long_name_stays_on_its_line_of_the_footer(print_pages: Callable[..., Printed]) -> None:
    page = record("deciding/techniques.md", "<h1>T</h1>", handout="true", title="Acupuncture or dry needling?")
    path = print_pages([page], papers=("a4",)).pdf("deciding-techniques-a4")
    name, last = (
        next(piece for piece in pieces_of(path) if text in piece.text and piece.bottom < 43 * MM)
        for text in ("dry needling?", "2027")
    )
    assert last.bottom == pytest.approx(name.bottom, abs=1)


def test_a_short_head_of_a_column_stays_on_one_line(print_pages: Callable[..., Printed]) -> None:
    html = html_of(f"# T\n\n| {'Sign ' * 9} | A lot |\n|---|---|\n| {'word ' * 40} | ☐ |\n")
    printed = print_pages([record("page.md", html, handout="true")], papers=("large-print",))
    assert "A lot" in text_of(printed.pdf("page-large-print"))


def test_a_question_stays_with_the_answers_to_tick(print_pages: Callable[..., Printed]) -> None:
    """Wherever on the page it begins: one of these is where the foot of the page would part it."""
    asked = "1. **May you stop?**\n    - ☐ No, never\n    - ☐ Only with a reason\n    - ☐ Yes, at once\n"
    pages = [
        record(f"page-{lines}.md", html_of(f"# Quiz\n\n{'Words.' + chr(10) * 2}" * lines + asked), handout="true")
        for lines in range(18, 30)
    ]
    printed = print_pages(pages)
    assert printed.findings == []
    whole = 0
    for page in pages:
        sides = pages_of(printed.pdf(f"{page.source.removesuffix('.md')}-a4"))
        on = {side for side, text in enumerate(sides) for words in ("May you stop", "Yes, at once") if words in text}
        assert len(on) == 1, page.source
        whole += len(sides) > 1
    assert whole, "one of them goes on overleaf"
