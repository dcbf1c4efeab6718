"""Writes a table: every cell at its place, the head repeated on each page, rows kept whole where they can be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publishing.print.article import elements, walk, words
from publishing.print.code import call, join
from publishing.print.columns import shares
from publishing.records import Element

_ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right|start|end)")
_UNBROKEN = re.compile(r"[^\s/\u2013\u2014-]+-?")
_LONGEST_WORD = 36  # longer ones are given places to break
_SHORT_HEAD = 8  # "Not sure" stays on one line
_LINE_LETTERS = 70
_LINES_KEPT_TOGETHER = 14
_LINK_LETTERS = 14  # "(see page 123)"
_BOX = "☐"  # to tick
_MOST_COLUMNS = 1000  # what HTML allows; more would only fill memory


@dataclass(frozen=True, slots=True)
class _Cell:
    element: Element
    x: int
    y: int
    colspan: int
    rowspan: int


def write_table(table: Element, write_cell: Callable[[Element, bool], str]) -> str:
    """``write_cell`` is told whether the cell repeats on each page, where nothing may link."""
    head, body = _rows(table)
    head_cells = list(_place(head, 0))
    body_cells = list(_place(body, len(head)))
    columns = max((cell.x + cell.colspan for cell in (*head_cells, *body_cells)), default=0)
    if not columns:
        return ""
    tall = _tall_rows(body_cells, columns)
    written = [_write(cell, write_cell(cell.element, True)) for cell in head_cells]
    rows = [call("table.header", *written)] if written else []
    blank = _blank_columns(columns, body_cells)
    forms = _form_rows(body_cells, blank)
    is_form = any(blank) or any(words(cell.element) == _BOX for cell in body_cells)
    for cell in body_cells:
        content = "writing-room" if cell.y in forms and _is_blank(cell) else write_cell(cell.element, False)
        if is_form and words(cell.element).endswith(":"):
            content = join([content, "and-writing-room"])
        rows.append(_write(cell, content, splits=cell.y in tall))
    cells = (*head_cells, *body_cells)
    longest, boldest, letters = (
        _longest(columns, cells, _said),
        _longest(columns, cells, _bold),
        _letters(columns, cells),
    )
    fullest = tuple(max(1, *(row[x] for row in letters)) for x in range(columns))
    shared = shares(tuple(max(map(len, pair)) for pair in zip(longest, boldest, strict=True)), letters)
    return call("data-table", *rows, longest=longest, boldest=boldest, fullest=fullest, shares=shared, blank=blank)


def _rows(table: Element) -> tuple[list[Element], list[Element]]:
    """Rows of the head and of the body; a head without a word is none."""
    sections = [part for part in elements(table) if part.tag in ("thead", "tbody", "tfoot")]
    loose = elements(table, "tr")
    head = [row for part in sections if part.tag == "thead" for row in elements(part, "tr")]
    body = [row for part in sections if part.tag == "tbody" for row in elements(part, "tr")]
    body = [*loose, *body, *(row for part in sections if part.tag == "tfoot" for row in elements(part, "tr"))]
    while not head and body and _is_head(body[0]) and len(body) > 1:
        head, body = [*head, body[0]], body[1:]
    return [row for row in head if words(row)], body


def _is_head(row: Element) -> bool:
    cells = elements(row)
    return bool(cells) and all(cell.tag == "th" for cell in cells) and bool(words(row))


def _place(rows: Sequence[Element], first: int) -> Iterator[_Cell]:
    """As a browser does it: each cell at the next place that no cell from above reaches into."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for element in elements(row, "td", "th"):
            while (x, y) in taken:
                x += 1
            colspan = min(_span(element, "colspan"), _MOST_COLUMNS)
            rowspan = min(_span(element, "rowspan"), len(rows) - y)
            taken |= {(x + right, y + down) for right in range(colspan) for down in range(rowspan)}
            yield _Cell(element, x, first + y, colspan, rowspan)
            x += colspan


def _span(element: Element, name: str) -> int:
    given = element.attributes.get(name, "").strip()
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _tall_rows(cells: Sequence[_Cell], columns: int) -> set[int]:
    """Rows that could be taller than a page, roughly; the template measures them."""
    letters = _LINES_KEPT_TOGETHER * _LINE_LETTERS / columns
    long = [cell for cell in cells if len(words(cell.element)) > letters * cell.colspan]
    return {row for cell in long for row in range(cell.y, cell.y + cell.rowspan)}


def _form_rows(cells: Sequence[_Cell], columns: Sequence[bool]) -> set[int]:
    """Rows to write in: half of their cells or more hold nothing. ``columns``: which of them are to be written in; a
    row whose head alone is blank goes on from the row above."""
    blank = Counter(cell.y for cell in cells if _is_blank(cell))
    wanted = {cell.y for cell in cells if columns[cell.x] and _is_blank(cell)}
    counted = Counter(cell.y for cell in cells)
    return {y for y, count in counted.items() if 2 * blank[y] >= count and (y in wanted or blank[y] == count)}


def _blank_columns(columns: int, cells: Sequence[_Cell]) -> tuple[bool, ...]:
    """Columns to write in: most of their cells hold nothing."""
    blank = Counter(cell.x for cell in cells if _is_blank(cell))
    return tuple(2 * blank[x] > sum(cell.x == x for cell in cells) for x in range(columns))


def _is_blank(cell: _Cell) -> bool:
    return not words(cell.element) and not elements(cell.element)


def _longest(columns: int, cells: Sequence[_Cell], said: Callable[[Element], str]) -> tuple[str, ...]:
    """The longest word of each column, of what is ``said`` in its cells."""
    longest = [""] * columns
    for cell in cells:
        if cell.colspan == 1:
            text = said(cell.element)
            whole = [text] if cell.element.tag == "th" and len(text) <= _SHORT_HEAD else []
            pieces = (piece for piece in _UNBROKEN.findall(text) if len(piece) < _LONGEST_WORD)
            longest[cell.x] = max(longest[cell.x], *whole, *pieces, "", key=len)
    return tuple(longest)


def _said(cell: Element) -> str:
    return "" if cell.tag == "th" else words(cell)


def _bold(cell: Element) -> str:
    if cell.tag == "th":
        return words(cell)
    return " ".join(words(part) for part in walk(cell.children) if part.tag in ("strong", "b"))


def _letters(columns: int, cells: Sequence[_Cell]) -> tuple[tuple[int, ...], ...]:
    """How many letters each cell of each row has."""
    letters: defaultdict[int, list[int]] = defaultdict(lambda: [0] * columns)
    for cell in cells:
        if cell.colspan == 1:
            links = sum(part.tag == "a" for part in walk(cell.element.children))
            letters[cell.y][cell.x] = len(words(cell.element)) + _LINK_LETTERS * links
    return tuple(map(tuple, letters.values()))


def _write(cell: _Cell, content: str, *, splits: bool = False) -> str:
    if cell.element.tag == "th":
        content = call("strong", content)
    return call(
        "table.cell",
        *([f"align: {aligned}"] if (aligned := _alignment(cell.element)) else []),
        join([content]),
        x=cell.x,
        y=cell.y,
        colspan=cell.colspan,
        rowspan=cell.rowspan,
        breakable=splits,
    )


def _alignment(cell: Element) -> str:
    found = _ALIGNED.search(cell.attributes.get("style", "").lower())
    given = found[1] if found else cell.attributes.get("align", "").strip().lower()
    return given if given in ("left", "center", "right", "start", "end") else ""
