"""``extra.publishing`` of mkdocs.yml -> frozen Settings; an unknown key stops the build."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from publishing.records import PublishingError

PAPERS = ("a4", "us-letter", "large-print")
_MAIL = re.compile(r"[^\s@<>\"?]+@[^\s@<>\"?]+\.[^\s@<>\"?.]+")
_PAGE = re.compile(r"https://[^\s<>\"]+")
_SOURCE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.md")


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """Which papers the sheets and the booklet are made for."""

    papers: tuple[str, ...] = ("a4",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site asked for. Only ``safety_section`` set: the safety rule, and nothing else."""

    safety_section: str = ""
    """A folder ('safety/') or a page ('safety.md') under docs/; '' turns the rule off."""
    print: PrintSettings | None = None
    rules: Mapping[str, str] | None = None
    """Level (off, warn, error) by rule id; None: only the safety rule."""
    exempt: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Page -> rule id -> the reason why that page need not keep that rule."""
    data: str = ""
    """Folder of the registers, from the project's root; '' for none."""
    clinic: str = ""
    """The file with the clinic's name and numbers, from the project's root; '' for none."""
    policy: str = ""
    """'strict': what the browser may run and load is written into each page and into files for servers; '' for none."""
    publisher: str = ""
    """Who publishes the guide; '' until somebody does."""
    contact: str = ""
    """An e-mail address, or a page that begins with https://; '' for none."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Former page -> the page that is there now, both as paths under docs: 'visit/aftercare.md', 'visit/after.md'."""

    @property
    def has_output(self) -> bool:
        """Whether files of ours stand in the output; a site with the safety rule alone gets none."""
        return (
            bool(self.print or self.data or self.clinic or self.policy or self.publisher or self.contact)
            or bool(self.redirects)
            or self.rules is not None
        )


def read_settings(given: object, rule_ids: Iterable[str], where: str = "mkdocs.yml") -> Settings:
    """Raises PublishingError with every fault, one a line, in the order of the keys."""
    faults: list[str] = []
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        raise PublishingError(
            f"{where}: extra.publishing is not a list of settings. Write 'safety_section: safety/' below it."
        )
    known = [setting.name for setting in fields(Settings)]
    for key in given:
        if key not in known:
            faults.append(f"extra.publishing.{key} is not a setting. {suggest(str(key), known)}")
    settings = Settings(
        safety_section=_section(given.get("safety_section", ""), faults),
        print=_print(given.get("print"), faults) if "print" in given else None,
        rules=_rules(given.get("rules"), list(rule_ids), faults) if "rules" in given else None,
        exempt=_exempt(given.get("exempt"), list(rule_ids), faults),
        data=_text(given, "data", "data/", faults),
        clinic=_text(given, "clinic", "data/clinic.yml", faults),
        policy=_policy(given.get("policy", ""), faults),
        publisher=_publisher(given.get("publisher", ""), faults),
        contact=_contact(given.get("contact", ""), faults),
        redirects=_redirects(given.get("redirects"), faults),
    )
    if faults:
        raise PublishingError("\n".join(f"{where}: {fault}" for fault in faults))
    return settings


def suggest(word: str, known: Iterable[str]) -> str:
    """The closest of the known names, as a question; all of them where none is close."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(f"'{name}'" for name in close) + "?"
    return "Write one of: " + ", ".join(names) + "."


def _section(value: Any, faults: list[str]) -> str:
    if not isinstance(value, str) or value.startswith("/") or ".." in value.split("/") or "\\" in value:
        faults.append(
            "extra.publishing.safety_section is not a folder or a page under docs. Write for example 'safety/'."
        )
        return ""
    section = value.removeprefix("./")
    if value and section.strip("./") == "":
        faults.append(
            "extra.publishing.safety_section names the whole site, so that no page would be checked. Write for example 'safety/'."
        )
        return ""
    return section


def _print(value: Any, faults: list[str]) -> PrintSettings:
    if value is None:
        return PrintSettings()
    if not isinstance(value, Mapping):
        faults.append("extra.publishing.print is not a list of settings. Write 'papers: [a4]' below it.")
        return PrintSettings()
    for key in value:
        if key != "papers":
            faults.append(f"extra.publishing.print.{key} is not a setting. {suggest(str(key), ['papers'])}")
    papers = value.get("papers", ["a4"])
    if not isinstance(papers, list) or not papers:
        faults.append("extra.publishing.print.papers is not a list of papers. Write for example '[a4, us-letter]'.")
        return PrintSettings()
    for paper in papers:
        if paper not in PAPERS:
            faults.append(f"extra.publishing.print.papers: '{paper}' is not a paper. {suggest(str(paper), PAPERS)}")
    return PrintSettings(tuple(dict.fromkeys(str(paper) for paper in papers)))


def _rules(value: Any, rule_ids: list[str], faults: list[str]) -> Mapping[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        faults.append(
            "extra.publishing.rules is not a list of levels. Write for example 'front-matter: warn' below it."
        )
        return {}
    levels: dict[str, str] = {}
    for rule, level in value.items():
        name = {False: "off"}.get(level, level) if isinstance(level, bool) else level  # YAML reads a bare off as false
        if rule not in rule_ids:
            faults.append(f"extra.publishing.rules.{rule} is not a rule. {suggest(str(rule), rule_ids)}")
        elif name not in ("off", "warn", "error"):
            faults.append(f"extra.publishing.rules.{rule}: '{level}' is not a level. Write off, warn or error.")
        else:
            levels[rule] = name
    return levels


def _exempt(value: Any, rule_ids: list[str], faults: list[str]) -> Mapping[str, Mapping[str, str]]:
    if value is None:
        return {}
    example = "Write for example 'about/privacy.md: {safety-citation: \"holds no health advice\"}'."
    if not isinstance(value, Mapping):
        faults.append(f"extra.publishing.exempt is not a list of pages. {example}")
        return {}
    exempt: dict[str, Mapping[str, str]] = {}
    for page, reasons in value.items():
        if not isinstance(reasons, Mapping) or not reasons:
            faults.append(f"extra.publishing.exempt.{page} names no rule. {example}")
            continue
        for rule, reason in reasons.items():
            if rule not in rule_ids:
                faults.append(f"extra.publishing.exempt.{page}: {rule} is not a rule. {suggest(str(rule), rule_ids)}")
            elif not isinstance(reason, str) or not reason.strip():
                faults.append(f"extra.publishing.exempt.{page}: {rule} has no reason. {example}")
        exempt[str(page)] = {str(rule): str(reason) for rule, reason in reasons.items()}
    return exempt


def _text(given: Mapping[Any, Any], key: str, example: str, faults: list[str]) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        faults.append(
            f"extra.publishing.{key} is not a {'folder' if example.endswith('/') else 'file'}. Write for example '{example}'."
        )
        return ""
    return value


def _policy(value: Any, faults: list[str]) -> str:
    if value not in ("", "strict"):
        faults.append(f"extra.publishing.policy: '{value}' is not a policy. Write 'strict', or leave the key out.")
        return ""
    return str(value)


def _publisher(value: Any, faults: list[str]) -> str:
    if not isinstance(value, str) or not (value == "" or value.isprintable()) or len(value) > 200:
        faults.append("extra.publishing.publisher is not a name. Write one line of at most 200 letters, in quotes.")
        return ""
    return value.strip()


def _contact(value: Any, faults: list[str]) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not value.isprintable() or not (_MAIL.fullmatch(value) or _PAGE.fullmatch(value)):
        faults.append(
            "extra.publishing.contact is not an address. Write an e-mail address, or one that begins with https://."
        )
        return ""
    return value


def _redirects(value: Any, faults: list[str]) -> Mapping[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        example = "Write for example 'visit/aftercare.md: visit/after.md' below it: the old page, then the new one."
        faults.append(f"extra.publishing.redirects is not a list of pages. {example}")
        return {}
    for old, new in value.items():
        for path in (old, new):
            if not isinstance(path, str) or not _SOURCE.fullmatch(path) or len(path.encode()) > 200:
                told = "Write its path under docs, of letters, digits, '-', '_' and '.', for example 'visit/after.md'."
                faults.append(f"extra.publishing.redirects: {str(path)[:80]!r} is not the path of a page. {told}")
    return {str(old): str(new) for old, new in value.items()}
