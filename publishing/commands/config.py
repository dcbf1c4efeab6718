"""Reads mkdocs.yml without MkDocs: for the commands that only need to know where the pages are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from publishing.records import PublishingError


def read_config(root: Path) -> dict[str, Any]:
    """The settings as written; None for a value with a tag, such as ``!ENV``."""
    path = root / "mkdocs.yml"
    try:
        config = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PublishingError(f"{path}: is not valid YAML: {error}") from None
    if not isinstance(config, dict):
        raise PublishingError(f"{path}: is not a list of settings. Write for example 'site_name: My guide'.")
    return config


class _Loader(yaml.SafeLoader):
    """Loads no Python object, whatever a tag says."""


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _Loader.add_multi_constructor(_prefix, lambda loader, suffix, node: None)
