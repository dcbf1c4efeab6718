"""Code inside a page, where the site's policy is strict: no browser would run it, and no reader see what it does."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.checks.site import Site
from publishing.records import Finding, Inline

_SCRIPT_FILE = "Put the script into a file and name it under extra_javascript in mkdocs.yml"
_STYLE_FILE = "Put the style into a file under extra_css in mkdocs.yml"
_LONGEST = 60


def inline_code(site: Site) -> Iterator[Finding]:
    """Scripts and styles stand in files of their own; only the settings of the site can ask for this."""
    for page in site.pages if site.settings.policy else ():
        for code in page.inline:
            first = next((line.strip() for line in code.text.splitlines() if line.strip()), "")
            yield site.finding(page, "inline-code", inline_message(code), near=first)


def inline_message(code: Inline) -> str:
    """What is wrong with it, and what to write."""
    shown = " ".join(code.text.split())
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
    if code.kind == "style attribute" and shown.startswith("text-align:"):
        return (
            f"style=\"{shown}\" of a table's cell is inline code, which the site's policy blocks. "
            "Write 'tables: {use_align_attribute: true}' under markdown_extensions in mkdocs.yml."
        )
    told = {
        "script": f"the script '{shown}' stands in the page, so that the site's policy cannot tell it from one that "
        f"somebody has planted. {_SCRIPT_FILE}.",
        "event handler": f"{shown} is inline code, which the site's policy blocks. {_SCRIPT_FILE}.",
        "script address": f"{shown} is inline code, which the site's policy blocks. {_SCRIPT_FILE}.",
        "style": f"the style '{shown}' is inline code, which the site's policy blocks. {_STYLE_FILE}.",
        "style attribute": f'style="{shown}" is inline code, which the site\'s policy blocks. {_STYLE_FILE}, '
        "for a class that you write as '{ .name }'.",
    }
    return told[code.kind]
