"""So many out of 100: an array of 100 marks for each, people as people and sessions as squares."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from publishing.charts.records import Chart, Stock
from publishing.charts.shapes import box, person, put_drawing, put_outline, put_solid
from publishing.outcome_tables import CERTAINTY
from publishing.records import Risk
from publishing.tree import put, put_citation

CHANCE = re.compile(r"(?:About )?(\d+) out of 100 ([a-z].*)")
_COLUMNS = 20
_ACROSS, _DOWN = 14, 20
_GAP = 8
"""Between two tens, for those who count."""


def put_people(figure: Element, chart: Chart, stock: Stock) -> None:
    """Trials one after another: people out of 100 who did well, with each treatment."""
    for outcome in (stock.outcomes.entries[id] for id in chart.outcomes):
        for share in outcome.shares:
            _put_array(figure, share.people, share.treatment, "people", person)
        heads = (f"Out of 100 people, after {outcome.time}", "Better", "Not better")
        rows = [(share.treatment.capitalize(), share.people, 100 - share.people) for share in outcome.shares]
        _put_table(figure, heads, rows)
        line = put(figure, "p", f"{CERTAINTY[outcome.certainty]}, {outcome.studies}. {outcome.means}")
        line.set("class", "chart-note")
        put_citation(line, outcome.sources)


def put_sessions(figure: Element, chart: Chart, stock: Stock) -> None:
    """Harms that are counted out of 100 of the same sessions."""
    risks = [stock.risks.entries[id] for id in chart.risks]
    for risk in risks:
        _put_array(figure, count(risk), risk.name.lower(), unit(risk), lambda x, y: box(x + 0.5, y + 3, 11, 11))
    rows = [(risk.name, count(risk), 100 - count(risk)) for risk in risks]
    _put_table(figure, (f"Out of 100 {unit(risks[0])}", "With it", "Without"), rows)
    sources = dict.fromkeys(source for risk in risks for source in risk.chance_sources)
    put_citation(put(figure, "p", "As therapists reported it.", class_="chart-note"), sources)


def count(risk: Risk) -> int:
    found = CHANCE.fullmatch(risk.chance)
    return int(found[1]) if found else 0


def unit(risk: Risk) -> str:
    """What the chance counts: 'dry-needling sessions'; '' where it is not so many out of 100."""
    found = CHANCE.fullmatch(risk.chance)
    return found[2] if found else ""


def _put_array(figure: Element, some: int, label: str, things: str, mark: Callable[[float, float], str]) -> None:
    line = put(figure, "p", class_="chart-label")
    put(line, "strong", f"{some} out of 100").tail = f" {things}: {label}" if things != "people" else f" with {label}"
    drawing = put_drawing(
        figure, f"{some} of 100 marks are filled", f"{label}: {some} out of 100 {things}.", _DOWN * 100 / _COLUMNS
    )
    places = [(_ACROSS * (number % _COLUMNS) + _GAP * (number % _COLUMNS >= 10) + 2, _DOWN * (number // _COLUMNS) + 1)
              for number in range(100)]  # fmt: skip
    put_solid(drawing, "".join(mark(x, y) for x, y in places[:some]))
    put_outline(drawing, "".join(mark(x, y) for x, y in places[some:]))


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
