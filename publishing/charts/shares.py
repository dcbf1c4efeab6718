"""So many out of 100: an array of 100 marks for each, people as people and sessions as squares."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publishing.charts.records import Chart, Stock
from publishing.charts.shapes import box, person, put_drawing, put_outline, put_solid
from publishing.outcome_tables import CERTAINTY
from publishing.outcomes import Outcome
from publishing.quotes import Quote, named, risk_quotes
from publishing.tree import put, put_citation

CHANCE = re.compile(r"(?:About )?(\d+) out of 100 ([a-z].*)")
_COLUMNS = 20
_ACROSS, _DOWN = 14, 20
_GAP = 8
"""Between two tens, for those who count."""


def put_people(figure: Element, chart: Chart, stock: Stock) -> None:
    """People out of 100: how many did well in each trial; or good and harm together, in one size and one table."""
    if chart.risks:
        _put_good_and_harm(figure, chart, stock)
        return
    for outcome in _trials(chart, stock):
        for share in outcome.shares:
            _put_array(figure, share.people, share.treatment, "people", f"with {share.treatment}")
        heads = (f"Out of 100 people, after {outcome.time}", "Better", "Not better")
        _put_table(figure, heads, [_row(share.treatment.capitalize(), share.people) for share in outcome.shares])
        _put_trial(figure, outcome)


def _put_good_and_harm(figure: Element, chart: Chart, stock: Stock) -> None:
    good = [
        (f"better after {share.treatment}", share.people) for trial in _trials(chart, stock) for share in trial.shares
    ]
    quotes = [quote for id in chart.risks if (quote := harm(stock, id))]
    harms = [(quote.what, count(quote.text)) for quote in quotes]
    for label, some in (*good, *harms):
        _put_array(figure, some, label, "people", f"people: {label}")
    rows = [
        _row(f"{kind}: {label}", some) for kind, group in (("Good", good), ("Harm", harms)) for label, some in group
    ]
    _put_table(figure, ("Out of 100 people", "Yes", "No"), rows)
    for trial in _trials(chart, stock):
        _put_trial(figure, trial)
    line = put(figure, "p", "The harm was counted in other people, with many kinds of pain.", class_="chart-note")
    put_citation(line, dict.fromkeys(source for quote in quotes for source in quote.sources))


def _trials(chart: Chart, stock: Stock) -> list[Outcome]:
    return [stock.outcomes.entries[id] for id in chart.outcomes]


def _put_trial(figure: Element, outcome: Outcome) -> None:
    line = put(figure, "p", f"{CERTAINTY[outcome.certainty]}, {outcome.studies}. {outcome.means}", class_="chart-note")
    put_citation(line, outcome.sources)


def _row(name: str, some: int) -> tuple[str, int, int]:
    return name, some, 100 - some


def harm(stock: Stock, id: str) -> Quote | None:
    """What a chart's `bleeding` or `bleeding: course` says, so many out of 100; None where the register has no such."""
    return risk_quotes(stock.risks).get(f"risk {named(id)}")


def put_sessions(figure: Element, chart: Chart, stock: Stock) -> None:
    """Harms that are counted out of 100 of the same sessions."""
    harms = [quote for id in chart.risks if (quote := harm(stock, id))]
    things = unit(harms[0].text)
    for quote in harms:
        _put_array(figure, count(quote.text), quote.what, things, f"{things}: {quote.what}")
    rows = [_row(quote.what.capitalize(), count(quote.text)) for quote in harms]
    _put_table(figure, (f"Out of 100 {things}", "With it", "Without"), rows)
    sources = dict.fromkeys(source for quote in harms for source in quote.sources)
    put_citation(put(figure, "p", "As therapists reported it.", class_="chart-note"), sources)


def count(chance: str) -> int:
    found = CHANCE.fullmatch(chance)
    return int(found[1]) if found else 0


def unit(chance: str) -> str:
    """What a chance counts: 'dry-needling sessions'; '' where it is not so many out of 100."""
    found = CHANCE.fullmatch(chance)
    return found[2] if found else ""


def _put_array(figure: Element, some: int, label: str, things: str, said: str) -> None:
    """One row of marks; ``said`` follows the number in words."""
    mark = person if things == "people" else _square
    line = put(figure, "p", class_="chart-label")
    put(line, "strong", f"{some} out of 100").tail = f" {said}"
    drawing = put_drawing(
        figure, f"{some} of 100 marks are filled", f"{label}: {some} out of 100 {things}.", _DOWN * 100 / _COLUMNS
    )
    places = [(_ACROSS * (number % _COLUMNS) + _GAP * (number % _COLUMNS >= 10) + 2, _DOWN * (number // _COLUMNS) + 1)
              for number in range(100)]  # fmt: skip
    put_solid(drawing, "".join(mark(x, y) for x, y in places[:some]))
    put_outline(drawing, "".join(mark(x, y) for x, y in places[some:]))


def _square(x: float, y: float) -> str:
    return box(x + 0.5, y + 3, 11, 11)


def _put_table(figure: Element, heads: tuple[str, ...], rows: list[tuple[str, int, int]]) -> None:
    table = put(figure, "table", class_="chart-table")
    line = put(put(table, "thead"), "tr")
    for head in heads:
        put(put(line, "th", scope="col"), "span", head)
    body = put(table, "tbody")
    for name, some, others in rows:
        line = put(body, "tr")
        put(put(line, "th", scope="row"), "span", name)
        put(put(line, "td"), "span", str(some))
        put(put(line, "td"), "span", str(others))
