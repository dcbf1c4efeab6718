"""What is the same for all pages and sheets of one build: the hook fills it in, and every later step reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Imprint:
    root: Path
    """The project's folder."""
    docs: str
    """The docs folder as an editor would type it from there."""
    site_name: str
    site_url: str
    """'' where the site has no address yet."""
    purpose: str
    licence: str
    timestamp: int
    """Seconds since 1970: the only date that enters a PDF."""
    clinic: str = ""
    """The clinic's file, where it is another than the settings name."""
    clinics: str = ""
    """A folder with a file for each clinic that gets sheets of its own; '' for none."""
