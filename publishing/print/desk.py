"""What the writers of one page share: the page, where its links lead, its pictures, and what they found."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.print.article import Article
from publishing.print.pictures import Pictures
from publishing.print.routes import Route, Routes
from publishing.records import Element, Finding


@dataclass(slots=True)
class Desk:
    article: Article
    routes: Routes
    pictures: Pictures
    docs_dir: str
    offset: int = 0
    """How many levels of headings stand above the page's own."""
    links: list[Route] = field(default_factory=list)
    """Every link that can be followed, in the order of the page."""
    numbers: list[str] = field(default_factory=list)
    """The place of each page number, in the order of the page."""
    findings: list[Finding] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    """Labels that have their place; each has one."""

    def place(self, anchor: str) -> str | None:
        """The label to set for an id; None where no link leads there, or where it is set already."""
        label = self.routes.label(self.article, anchor)
        if label is None or label in self.placed:
            return None
        self.placed.add(label)
        return label

    def number(self, label: str) -> int:
        """The key of a number that is to be printed: of the page where the label is."""
        self.numbers.append(label)
        return len(self.numbers)

    def fault(self, rule: str, message: str) -> None:
        self.findings.append(Finding(f"{self.docs_dir}/{self.article.record.source}", 0, rule, message))

    def refuse(self, node: Element) -> None:
        """Name an element that paper cannot show."""
        self.fault(
            "print-element",
            f"has a <{node.tag}>, which cannot be printed. Say in words what it shows; where the page says it "
            'already, add data-print="off" to the element.',
        )
