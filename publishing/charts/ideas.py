"""How something might work, and how firm each idea is: a step further to the right is a step closer to a reader."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from publishing.cells import put_cell
from publishing.charts.records import SEEN, Chart, Idea, Stock
from publishing.charts.shapes import WIDTH, disc, lines, put_drawing, put_outline, put_solid, put_words
from publishing.tree import put

HEADS = ("What is said", "How sure are we?", "Shown to ease back pain?")
_NAMES = {
    "idea": ("An", "idea"),
    "animals": ("Seen in", "animals"),
    "volunteers": ("Seen in", "volunteers"),
    "people": ("Seen in", "back pain"),
}
_ROW = 48
_HEAD = 42
_COLUMN = WIDTH / len(SEEN)


def put_ideas(figure: Element, chart: Chart, stock: Stock) -> None:
    told = "; ".join(f"{idea.name}: {' and '.join(idea.seen)}" for idea in chart.ideas)
    drawing = put_drawing(figure, chart.title, f"{told}.", _HEAD + _ROW * len(chart.ideas))
    for number, seen in enumerate(SEEN):
        for line, words in enumerate(_NAMES[seen]):
            put_words(drawing, _COLUMN * (number + 0.5), 13 + 16 * line, words, anchor="middle", bold=True, size=13)
    put_outline(drawing, f"M0 36H{WIDTH}", width=1.5)
    for number, idea in enumerate(chart.ideas):
        _put_idea(drawing, idea, _HEAD + _ROW * number)
    _put_table(figure, chart)


def _put_idea(drawing: Element, idea: Idea, top: float) -> None:
    put_words(drawing, 0, top + 14, lines(idea.name, 42)[0])
    for number, seen in enumerate(SEEN):
        middle = _COLUMN * (number + 0.5)
        if number:
            put_outline(drawing, f"M{middle - 8:g} {top + 30:g}h{16 - _COLUMN:g}", width=0.8, dashes="2 3")
        draw = put_solid if seen in idea.seen else put_outline
        draw(drawing, disc(middle, top + 30, 8))


def _put_table(figure: Element, chart: Chart) -> None:
    table = put(figure, "table", class_="chart-table")
    line = put(put(table, "thead"), "tr")
    for head in HEADS:
        put(put(line, "th", scope="col"), "span", head)
    body = put(table, "tbody")
    for idea in chart.ideas:
        line = put(body, "tr")
        put(put(line, "th", scope="row"), "span", idea.name)
        put_cell(put(line, "td"), idea.sure, {})
        put_cell(put(line, "td"), idea.eases, {})
