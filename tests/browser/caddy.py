"""A real Caddy for the tests, with all that it writes in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.commands import system
from tests.browser.ports import free_port, wait_for_answer

OPTIONS = "{\n\tadmin off\n\tauto_https off\n}\n"
"""No certificate is asked for, and no door but the one of the site is opened."""


class Caddy:
    """``root`` stands for ``/``; the site block is in its ``etc/caddy/Caddyfile``."""

    def __init__(self, root: Path) -> None:
        found = system.server("caddy", Path(sys.prefix))
        if not found:
            pytest.fail("No Caddy could be started: scripts/test gets one.", pytrace=False)
        self._found = found
        self._folder = root / "etc/caddy"
        self._folder.mkdir(parents=True)
        self._log = root / "caddy.log"
        self._home = {"HOME": str(root), "XDG_DATA_HOME": str(root), "XDG_CONFIG_HOME": str(root)}
        self.port = free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def write(self, site: str, **snippets: str) -> None:
        """``site``: a site block, which is served at the address of the tests too; ``snippets``: files beside it."""
        for name, text in snippets.items():
            (self._folder / f"{name}.conf").write_text(text, "utf-8")
        address, _, block = site.partition(" {")
        names = f"http://{address}:{self.port}, {self.address.rstrip('/')}"
        (self._folder / "Caddyfile").write_text(f"{OPTIONS}{names} {{{block}", "utf-8")

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Gives the address."""
        given = ("--config", str(self._folder / "Caddyfile"), "--adapter", "caddyfile")
        with (
            self._log.open("wb") as log,
            subprocess.Popen(
                [self._found, "run", *given], stderr=log, stdout=log, env={**os.environ, **self._home}
            ) as process,
        ):
            try:
                wait_for_answer(process, self.port, "Caddy", self._log)
                yield self.address
            finally:
                process.terminate()
