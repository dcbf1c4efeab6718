"""The register of hazards: what its entries must agree on, and the blocks that Markdown fills from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pymdownx.blocks.block import type_any, type_boolean  # type: ignore[import-untyped]

from publishing.blocks import BlockExtension, FilledBlock
from publishing.data import Register
from publishing.records import Figure, Finding, Reference, Risk
from publishing.risk_boxes import BANDS, UNKNOWN, Shelf, put_box, put_number_line, put_numbers, put_register
from publishing.tree import put

NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
CHANCE = re.compile(rf"(?:About )?{NUMBER}(?: to {NUMBER})? out of ([1-9][\d,]*) \w")
COUNT = re.compile(rf"{NUMBER}(?: to {NUMBER})?(?: [a-z]+){{0,3}}? (?:out )?of (?:about )?([1-9][\d,]*)")
FORMS = ("compact", "full")


def risk_faults(register: Register[Risk], sources: Register[Reference]) -> Iterator[Finding]:
    """Where entries, each right by itself, contradict themselves or point to what is not there."""
    for risk in register.entries.values():
        for fault in _chance_faults(risk):
            yield Finding(register.path, register.line(risk.id, "chance"), "risk-chance", f"'{risk.id}' {fault}")
        for place, source in _cited(risk):
            if source not in sources.entries:
                message = f"'{source}' is not in {sources.path}.{sources.nearest(source)}"
                yield Finding(register.path, register.line(risk.id, *place), "unknown-reference", message)
        for row, figure in enumerate(risk.figures):
            if figure.verified == "partial" and re.search(r"\d", figure.text):
                message = f"'{risk.id}' gives a figure that is not confirmed at the source. Say it in words."
                yield Finding(register.path, register.line(risk.id, "figures", row), "risk-figure", message)
        yield from _quotable_faults(register, risk)
        for number, other in enumerate(risk.see):
            if other not in register.entries:
                message = f"'{other}' is not in {register.path}.{register.nearest(other)}"
                yield Finding(register.path, register.line(risk.id, "see", number), "unknown-risk", message)


def _chance_faults(risk: Risk) -> Iterator[str]:
    """A band that its own figure contradicts would be a false comfort."""
    found = CHANCE.match(risk.chance)
    if risk.chance == UNKNOWN:
        if (risk.band, risk.basis) != ("unknown", "unknown"):
            yield "has no figure. Write 'unknown' for its band and for its basis."
    elif not found or "%" in risk.chance or risk.band not in BANDS or risk.basis == "unknown":
        yield f"has the chance '{risk.chance}'. Write 'N out of N ...' with a band and a basis, or '{UNKNOWN}'."
    else:
        few, many, people = _counts(found)
        bands = [_band(few / people), _band(many / people)]
        if risk.band not in bands:
            yield f"is called {risk.band}, but '{risk.chance}' is {' or '.join(dict.fromkeys(bands))}."


def _quotable_faults(register: Register[Risk], risk: Risk) -> Iterator[Finding]:
    """What a page quotes of a figure is found by one id, and says what the figure counts."""
    ids: set[str] = set()
    for row, figure in enumerate(risk.figures):
        line = register.line(risk.id, "figures", row)
        if figure.id and figure.id in ids:
            message = f"'{risk.id}' has two figures with the id '{figure.id}'. Give one an id of its own."
            yield Finding(register.path, line, "data-duplicate", message)
        ids.add(figure.id)
        said = f"'{risk.id}' has the short figure '{figure.short}'"
        if figure.short and not figure.id:
            message = f"{said}, and no id by which a page could quote it. Write an 'id'."
            yield Finding(register.path, line, "risk-figure", message)
        if figure.short and not _is_rounded(figure):
            message = f"{said}, but counts '{figure.text}'. Mend the one that is wrong."
            yield Finding(register.path, line, "risk-figure", message)


def _is_rounded(figure: Figure) -> bool:
    """Whether the short figure says the same as one of the figure's own, to half of its last place."""
    short = COUNT.search(figure.short)
    if not short:
        return not re.search(r"\d", figure.short)
    few, many, people = _counts(short)
    half = 0.5 * 10.0 ** -len(short[1].partition(".")[2])
    own = [
        tuple(count / found[2] * people for count in found[:2]) for found in map(_counts, COUNT.finditer(figure.text))
    ]
    return any(abs(least - few) <= half and abs(most - many) <= half for least, most in own)


def _counts(found: re.Match[str]) -> tuple[float, float, float]:
    few, many, people = (float((text or found[1]).replace(",", "")) for text in found.groups())
    return few, many, people


def _band(share: float) -> str:
    return next(name for name, band in BANDS.items() if share >= band.least)


def _cited(risk: Risk) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for field in ("chance_sources", "action_sources"):
        for number, source in enumerate(getattr(risk, field)):
            yield (field, number), source
    for row, figure in enumerate(risk.figures):
        for number, source in enumerate(figure.sources):
            yield ("figures", row, "sources", number), source


class RiskBox(FilledBlock):
    """`/// risk | ID`, with `form: full` and `print: off`; an id or a form that nobody knows leaves its mark."""

    NAME = "risk"
    ARGUMENT = None
    OPTIONS = {"form": ("compact", type_any), "print": (True, type_boolean)}

    def fill(self, element: Element) -> None:
        shelf: Shelf = self.config["shelf"]
        name, form = str(self.argument or ""), str(self.options["form"])
        risk = shelf.risks.entries.get(name)
        element.set("data-risk", name)
        if not self.options["print"]:
            element.set("data-print", "off")
        if form not in FORMS:
            element.set("data-wrong-form", form)
        if risk is None:
            element.set("class", "admonition risk risk-unknown")
            put(element, "p", f"No entry '{name}'", class_="admonition-title")
        else:
            put_box(element, risk, shelf, full=form == "full")


class _Numbers(FilledBlock):
    """The emergency numbers, country beside number, in one form or another."""

    CLASS = "emergency"

    def put(self, element: Element, shelf: Shelf) -> None:
        raise NotImplementedError

    def fill(self, element: Element) -> None:
        shelf: Shelf = self.config["shelf"]
        if shelf.numbers.entries:
            self.put(element, shelf)
        else:
            element.set("data-empty", shelf.numbers.path)


class EmergencyNumbers(_Numbers):
    """`/// emergency-numbers`: the one table of numbers."""

    NAME = "emergency-numbers"

    def put(self, element: Element, shelf: Shelf) -> None:
        put_numbers(element, shelf)


class EmergencyLine(_Numbers):
    """`/// emergency-numbers-line`: the same numbers in one line."""

    NAME = "emergency-numbers-line"

    def put(self, element: Element, shelf: Shelf) -> None:
        put_number_line(element, shelf)


class RiskRegister(FilledBlock):
    """`/// risk-register`: every entry, the dangerous ones listed first."""

    NAME = "risk-register"
    CLASS = "risk-register"

    def fill(self, element: Element) -> None:
        shelf: Shelf = self.config["shelf"]
        if shelf.risks.entries:
            put_register(element, shelf)
        else:
            element.set("data-empty", shelf.risks.path)


def risk_extension(shelf: Shelf) -> BlockExtension:
    """Teaches Markdown the blocks `risk`, `emergency-numbers`, `emergency-numbers-line` and `risk-register`."""
    return BlockExtension((RiskBox, EmergencyNumbers, EmergencyLine, RiskRegister), shelf=shelf)
