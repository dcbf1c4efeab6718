"""What a chart must not do: name what is not there, mix what is counted, or show a number that was not confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.cells import cell_faults
from publishing.charts.drawings import drawing_faults
from publishing.charts.records import MOMENTS, Chart, Kind, Stock
from publishing.charts.shares import harm, unit
from publishing.records import Finding, Risk

NEEDS: dict[Kind, tuple[str, ...]] = {
    "people": ("outcomes",),  # and harms, for good and harm together
    "sessions": ("risks",),
    "differences": ("outcomes",),
    "sizes": (),
    "steps": ("steps",),
    "days": ("spans",),
    "ideas": ("ideas",),
    "drawing": ("file", "steps"),
}
"""What a chart of each kind is made from, and nothing beside."""
_FIELDS = ("outcomes", "risks", "steps", "spans", "ideas", "file")


def chart_faults(stock: Stock) -> Iterator[Finding]:
    for chart in stock.charts.entries.values():
        for field, rule, fault in _faults(chart, stock):
            yield Finding(stock.charts.path, stock.charts.line(chart.id, field), rule, f"'{chart.id}' {fault}")


def _faults(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    given = tuple(field for field in _FIELDS if getattr(chart, field))
    may = {"risks"} if chart.kind == "people" else set()
    if set(given) - may != set(NEEDS[chart.kind]):
        needed = " and ".join(f"'{field}'" for field in NEEDS[chart.kind]) or "nothing"
        yield "kind", "data-field", f"is of the kind '{chart.kind}', which is drawn from {needed} alone."
        return
    unknown = list(_unknown(chart, stock))
    yield from unknown
    yield from _text_faults(chart, stock)
    if chart.file:
        yield from (
            ("file", "data-field", f"'{chart.file}' {fault}") for fault in drawing_faults(stock.docs / chart.file)
        )
    if not unknown:
        yield from _people_faults(chart, stock)
        yield from _harm_faults(chart, stock)
        yield from _difference_faults(chart, stock)
        yield from _span_faults(chart, stock)


def _unknown(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    for id in chart.outcomes:
        if id not in stock.outcomes.entries:
            near = stock.outcomes.nearest(id)
            yield "outcomes", "unknown-outcome", f"shows '{id}', which is not in {stock.outcomes.path}.{near}"
    for id in (*chart.risks, *(span.risk for span in chart.spans)):
        if not harm(stock, id):
            near = stock.risks.nearest(id.partition(":")[0])
            yield "risks", "unknown-risk", f"shows '{id}', which is not in {stock.risks.path}.{near}"


def _text_faults(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    """Words of a chart may name no number: those come from the registers, or stand beside a source."""
    texts = [("title", chart.title), ("note", chart.note or "-")]
    texts += [("steps", text) for step in chart.steps for text in (step.name, step.text)]
    texts += [("ideas", text) for idea in chart.ideas for text in (idea.name, idea.sure, idea.eases)]
    for field, text in texts:
        for rule, fault in cell_faults(text, {}, stock.references):
            yield field, rule, f"'{field}' {fault}"


def _people_faults(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    for id in chart.outcomes if chart.kind == "people" else ():
        outcome = stock.outcomes.entries[id]
        if not outcome.one_trial or not outcome.shares or any(share.up_to for share in outcome.shares):
            fault = f"shows '{id}', which does not give one number of people out of 100 from one trial. Take it out."
            yield "outcomes", "chart-figure", fault


def _harm_faults(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    chances = {id: quote.text for id in chart.risks if (quote := harm(stock, id))}
    for id, chance in chances.items():
        if not unit(chance):
            fault = f"shows '{id}', whose chance is no one number out of 100. Leave it to its words."
            yield "risks", "chart-figure", fault
        elif chart.kind == "people" and not unit(chance).startswith("people"):
            yield "risks", "chart-figure", f"shows '{id}', which counts no people: '{chance}'. Leave it to its words."
    if len({unit(chance) for chance in chances.values()}) > 1:
        counted = ", ".join(f"'{chance}'" for chance in chances.values())
        yield "risks", "chart-figure", f"mixes what is counted: {counted}. Make a chart for each."


def _difference_faults(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    if chart.kind != "differences":
        return
    rows = [stock.outcomes.entries[id] for id in chart.outcomes]
    kinds = {(row.measure, row.difference.scale if row.difference else "") for row in rows}
    named = {scale for _, scale in kinds}
    endless = any(
        scale.least is None or scale.most is None for scale in stock.scales.entries.values() if scale.id in named
    )
    if len(kinds) > 1 or "" in named or endless:  # an unknown scale is the register's own fault
        yield (
            "outcomes",
            "chart-figure",
            "mixes scales or measures, or has none. Show differences on one scale with ends.",
        )


def _span_faults(chart: Chart, stock: Stock) -> Iterator[tuple[str, str, str]]:
    for span in chart.spans:
        if span.quote not in _said(stock.risks.entries[span.risk]):
            fault = (
                f"quotes '{span.quote}', which {stock.risks.path} does not say of '{span.risk}'. Copy it from there."
            )
            yield "spans", "chart-quote", fault
        if MOMENTS.index(span.start) > MOMENTS.index(span.end):
            yield "spans", "data-field", f"has '{span.risk}' end before it starts. Swap 'start' and 'end'."


def _said(risk: Risk) -> str:
    """All that the register says of a hazard's course."""
    return "\n".join((risk.brief, *risk.signs, *risk.action))
