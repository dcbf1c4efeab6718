"""The block ``/// publisher``: who publishes the guide and how to reach them, from the settings; 'none given' until somebody is."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from publishing.blocks import BlockExtension, FilledBlock

_NONE = "none given"


class PublisherBlock(FilledBlock):
    """`/// publisher`."""

    NAME = "publisher"
    CLASS = "publisher"

    def fill(self, element: Element) -> None:
        publisher, contact = self.config["publisher"], self.config["contact"]
        _line(element, "Publisher").tail = AtomicString(f": {publisher or _NONE}")  # a name is no Markdown
        label = _line(element, "Contact")
        if not contact:
            label.tail = f": {_NONE}"
            return
        label.tail = ": "
        address = contact if contact.startswith("https://") else f"mailto:{contact}"
        SubElement(element[-1], "a", {"href": address}).text = AtomicString(contact)


def _line(element: Element, label: str) -> Element:
    named = SubElement(SubElement(element, "p"), "strong")
    named.text = label
    return named


def publisher_extension(publisher: str, contact: str) -> BlockExtension:
    return BlockExtension((PublisherBlock,), publisher=publisher, contact=contact)
