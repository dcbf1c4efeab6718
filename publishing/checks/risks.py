"""Risk boxes: a warning comes from the register, says what the register says, and no hazard stands there alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from publishing.checks.parts import boxes, classes, words
from publishing.checks.site import Site
from publishing.parts import parts
from publishing.records import Element, Finding, Level, PageRecord, Risk

_ALARMS = frozenset(["warning", "caution", "attention", "danger", "error", "failure", "fail", "missing", "bug"])
_LEVELS: dict[Level, str] = {
    "emergency": "Emergency",
    "urgent": "Urgent: same day",
    "ask": "Ask: call the clinic",
    "self-care": "Look after yourself",
}


def risk_box(site: Site) -> Iterator[Finding]:
    """Warnings are filled from the register and agree with it."""
    for page in site.pages:
        for part in boxes(site.parts(page)):
            box = part.element
            if _is_box(box) and (message := _fault(box, site)):
                yield site.finding(page, "risk-box", message, near=_title(box))
        yield from _wrong_figures(site, page)


def unnamed_risk(site: Site) -> Iterator[Finding]:
    """Each hazard of the register stands on another page too."""
    named = {id for page in site.pages for id in (*site.flagged(page), *_linked(site, page))}
    for id in site.risks:
        if id not in named:
            message = f"'{id}' is named by no page but the register. Flag it where its readers are: '/// risk | {id}' and '///'."
            yield site.entry_finding("risks.yml", id, "risk-box", message)


def _is_box(element: Element) -> bool:
    """Whether it looks like a warning or a risk, whoever made it."""
    if "data-risk" in element.attributes:
        return True
    names = set(classes(element))
    is_box = "admonition" in names or element.tag == "details"
    return is_box and bool("risk" in names or names & _ALARMS)


def _fault(box: Element, site: Site) -> str | None:
    names = set(classes(box))
    id = box.attributes.get("data-risk", "")
    if alarms := names & _ALARMS:
        return (
            f"a box of the kind '{min(alarms)}' is not filled from the register of risks. {_write_instead(box, site)}"
        )
    if not id:
        return f"a risk box is written by hand, so nothing keeps it right. {_write_instead(box, site)}"
    risk = site.risks.get(id)
    if risk is None:
        return None  # the registers tell of an unknown risk
    levels = {name.removeprefix("risk-") for name in names} & _LEVELS.keys()
    if levels != {risk.level}:
        said = " and ".join(sorted(levels)) or "none"
        return f"the box of '{id}' has the level '{said}', but the register says '{risk.level}'. {_refill(id)}"
    return next(_wrong_words(box, risk), None)


def _wrong_words(box: Element, risk: Risk) -> Iterator[str]:
    """Level, figure and band, each as the register has it."""
    expected = {"risk-level": _LEVELS[risk.level], "risk-chance": risk.chance, "risk-band": risk.band}
    for part in parts(box, telling=True):
        for name in expected.keys() & classes(part.element) if "class" in part.element.attributes else ():
            said = words(_figure(part.element) if name == "risk-chance" else part.element)
            if said != expected[name] and _plain(said) != _plain(expected[name]):
                yield f"the box of '{risk.id}' says '{said}', but the register says '{expected[name]}'. {_refill(risk.id)}"


def _figure(chance: Element) -> Element:
    """The figure itself, where words stand round it."""
    return next((part.element for part in parts(chance) if part.element.tag == "strong"), chance)


def _wrong_figures(site: Site, page: PageRecord) -> Iterator[Finding]:
    """A figure in a risk's box that its entry does not know."""
    for passage, figures, _ in site.counting(page):
        risk = site.risks.get(passage.risk)
        for figure in figures if risk else ():
            if risk and not re.search(rf"(?<![\d.,]){re.escape(figure)}(?!\d|,\d)", _all_words(risk), re.IGNORECASE):
                message = f"the box of '{risk.id}' says '{figure}', which the register does not. {_refill(risk.id)}"
                yield site.finding(page, "risk-box", message, near=passage.text)


@lru_cache(maxsize=256)
def _all_words(risk: Risk) -> str:
    listed = [*risk.signs, *risk.action, *risk.prevention, *risk.higher_risk]
    counted = [part for figure in risk.figures for part in (figure.text, figure.basis)]
    return " ".join(" ".join([risk.chance, risk.brief, risk.technique, risk.note, *listed, *counted]).split())


def _linked(site: Site, page: PageRecord) -> Iterator[str]:
    """Hazards to whose entry a page links."""
    for link in page.links:
        if link.href.rpartition("#")[2] in site.risks:
            target = site.map.resolve(page, link.href)
            if target and target.has_anchor and target.page is not page:
                yield target.fragment


def _write_instead(box: Element, site: Site) -> str:
    names = {_plain(risk.name): id for id, risk in site.risks.items()}
    near = get_close_matches(_plain(_title(box)), names, n=1, cutoff=0.5)
    id = names[near[0]] if near else next(iter(site.risks), "pneumothorax")
    return f"Write '/// risk | {id}' and '///', with the id that fits; or '!!! note' where it warns of no harm."


def _refill(id: str) -> str:
    return f"Write '/// risk | {id}' and '///' in place of HTML."


def _title(box: Element) -> str:
    for part in parts(box):
        if part.element.tag == "summary" or "admonition-title" in classes(part.element):
            return words(part.element)
    return words(box)


def _plain(text: str) -> str:
    return " ".join(text.replace(":", " ").casefold().split())
