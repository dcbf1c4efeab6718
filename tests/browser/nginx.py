"""A real nginx for the tests, in a folder of its own that stands for the machine's: nothing outside it is touched."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.commands import system
from tests.browser.ports import free_port, wait_for_answer

# What Debian's own nginx.conf says, as far as it bears on a site.
MAIN = """
include {root}/etc/nginx/modules-enabled/*.conf;
{user}worker_processes 1;
pid {root}/nginx.pid;
error_log {root}/error.log;
events {{ worker_connections 256; }}
http {{
    include {types};
    default_type application/octet-stream;
    sendfile on;
    access_log off;
    client_body_temp_path {root}/tmp; proxy_temp_path {root}/tmp; fastcgi_temp_path {root}/tmp;
    uwsgi_temp_path {root}/tmp; scgi_temp_path {root}/tmp;
    gzip on;
    include {root}/etc/nginx/conf.d/*.conf;
    include {root}/etc/nginx/sites-enabled/*;
}}
"""


class Nginx:
    """``root`` stands for ``/``; sites are read from its ``etc/nginx/sites-enabled``."""

    def __init__(self, root: Path) -> None:
        found = system.server("nginx", Path(sys.prefix))
        if not found:
            pytest.fail("No nginx could be started: scripts/test gets one.", pytrace=False)
        self.root = root
        self.port = free_port()
        self.command = [found, "-p", str(root), "-e", str(root / "error.log"), "-c", str(root / "etc/nginx/nginx.conf")]
        for folder in ("sites-available", "sites-enabled", "snippets", "modules-enabled", "conf.d"):
            (root / "etc/nginx" / folder).mkdir(parents=True)
        (root / "tmp").mkdir()
        # Its workers would be another user, who may not look into a folder of the tests.
        user = "user root;\n" if os.geteuid() == 0 else ""
        (root / "etc/nginx/nginx.conf").write_text(MAIN.format(user=user, root=root, types=_types(found)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Gives the address."""
        with subprocess.Popen([*self.command, "-g", "daemon off;"]) as process:
            try:
                wait_for_answer(process, self.port, "nginx", self.root / "error.log")
                yield self.address
            finally:
                process.terminate()


def _types(found: str) -> Path:
    """Its own list of file types; where it was unpacked, the list is not where it was built to look."""
    told = subprocess.run([found, "-V"], capture_output=True, text=True).stderr
    built = re.search(r"--conf-path=(\S+)", told)
    places = [Path(built[1]).parent / "mime.types"] if built else []
    places.append(Path(found).parents[2] / "etc/nginx/mime.types")
    return next(place for place in places if place.is_file())
