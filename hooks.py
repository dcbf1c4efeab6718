"""MkDocs' events, passed on to ``publishing``; decides nothing and parses nothing.

An edition lives in the configuration of its build, so that two builds in one process share nothing.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import CountHandler

from publishing.checks import RULE_IDS
from publishing.edition import Edition
from publishing.imprint import Imprint
from publishing.output import Staging
from publishing.records import PublishingError
from publishing.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


@contextmanager
def _faults_end_the_build() -> Iterator[None]:
    try:
        yield
    except PublishingError as error:
        raise PluginError(str(error)) from None  # a mere log line would pass `build --strict -q`


@_faults_end_the_build()
def on_config(config: MkDocsConfig) -> None:
    settings = read_settings(config.extra.get("publishing"), RULE_IDS, Path(config.config_file_path).name)
    root = Path(config.config_file_path).parent
    imprint = Imprint(
        root=root,
        docs=Path(os.path.relpath(config.docs_dir, root)).as_posix(),
        site_name=config.site_name,
        site_url=config.site_url or "",
        purpose=config.site_description or "",
        licence=config.copyright or "",
        timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", time.time())),
        clinic=os.environ.get("CLINIC", ""),
        clinics=os.environ.get("PUBLISHING_CLINICS", ""),  # set by `python -m publishing build --clinics`
    )
    staging = None if _is_preview(config) else Staging(Path(config.site_dir))
    report = os.environ.get("PUBLISHING_REPORT")  # set by `python -m publishing check`; such a build publishes nothing
    config["edition"] = edition = Edition(settings, imprint, staging, Path(report) if report else None)
    config.markdown_extensions.extend(edition.extensions())  # type: ignore[arg-type]  # MkDocs names only the strings
    config.plugins.events["build_error"].append(_faults_end_the_build()(edition.give_up))
    if staging:
        staging.open()
        config.site_dir = str(staging.folder)


def on_files(files: Files, config: MkDocsConfig) -> None:
    for file in list(files.documentation_pages()):
        if not config["edition"].is_readable(file.src_uri, file.content_bytes):
            files.remove(file)  # MkDocs would end here with a traceback, before the other findings


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    config["menu"] = [page.file.src_uri for page in nav.pages]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    config["edition"].read_source(page.file.src_uri, page.file.content_string)


@event_priority(-100)  # after every other plugin, so that what is judged is what is published
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    chapter = tuple(str(section.title) for section in page.ancestors)[::-1]
    title = str(page.title or "")
    return str(config["edition"].read_page(page.file.src_uri, page.url, html, title, chapter))


@_faults_end_the_build()
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    edition: Edition = config["edition"]
    served = {unquote(file.url): Path(file.abs_src_path) for file in files if file.abs_src_path}
    edition.close(config["menu"], served)
    late = edition.late_bodies()
    for file in files.documentation_pages():
        if file.page and file.src_uri in late:
            file.page.content = late[file.src_uri]
    env.globals["sheets"] = edition.sheets_by_page()
    env.globals["collections"] = edition.collections()
    env.globals["changes"] = edition.changes()
    env.globals["preview_findings"] = edition.preview_findings()


@event_priority(-100)  # after every other plugin has written its files
@_faults_end_the_build()
def on_post_build(config: MkDocsConfig) -> None:
    handlers = logging.getLogger("mkdocs").handlers
    if any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers):
        return  # --strict is about to end this build because of a warning
    config.site_dir = str(config["edition"].commit() or config.site_dir)


def _is_preview(config: MkDocsConfig) -> bool:
    """`mkdocs serve` builds into a temporary folder for an address on this machine."""
    in_temp = Path(config.site_dir).parent == Path(tempfile.gettempdir())
    return in_temp and urlsplit(config.site_url or "").netloc == str(config.dev_addr)
