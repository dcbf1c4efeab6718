"""What the blocks of the registers share: `/// NAME | ARGUMENT` up to the line `///`.

Markdown meets a block while it renders a page. A block must not raise (an editor would see a traceback), so one that
cannot be filled leaves a mark in the HTML; `registers.py` turns the marks into findings.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]
from pymdownx.blocks.block import Block  # type: ignore[import-untyped]


class FilledBlock(Block):  # type: ignore[misc]  # pymdownx brings no types
    """Bears the mark `data-open` until its closing `///` is met."""

    CLASS = ""

    def on_create(self, parent: Element) -> Element:
        element = SubElement(parent, "div", {"class": self.CLASS, "data-open": self.NAME})
        self.fill(element)
        return element

    def on_end(self, block: Element) -> None:
        block.attrib.pop("data-open", None)

    def fill(self, element: Element) -> None:
        raise NotImplementedError


class BlockExtension(BlocksExtension):  # type: ignore[misc]  # pymdownx brings no types
    """Teaches Markdown some blocks, and hands each of them what it is filled from."""

    def __init__(self, blocks: tuple[type[FilledBlock], ...], **given: Any) -> None:
        super().__init__()
        self._blocks = blocks
        self._given = given

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        for block in self._blocks:
            block_mgr.register(block, self._given)
