"""What the scripts need of the machine itself: Debian's packages, and a Chromium and web servers for the tests.

Taken without asking where that needs no password; otherwise the caller says the one command.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

SERVERS: Mapping[str, tuple[str, str]] = {"nginx": ("usr/sbin", "-v"), "caddy": ("usr/bin", "version")}
"""Where Debian puts it, and what it answers without doing anything."""


def say(text: str) -> None:
    """Progress, for a person who waits: on stderr, and at once."""
    print(text, file=sys.stderr, flush=True)


def succeeds(*command: str, cwd: str | None = None) -> bool:
    """Whether a command ends well; it is asked nothing and its output is not shown."""
    try:
        return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
    except OSError:
        return False


def get_packages(*packages: str) -> bool:
    """Install Debian packages where no password is asked for; False where that cannot be done."""
    if not can_get_packages():
        return False
    say(f"Getting {' '.join(packages)} with apt-get ...")
    succeeds(*_as_root(), "apt-get", "update")  # an old list may still do
    return succeeds(
        *_as_root(), "env", "DEBIAN_FRONTEND=noninteractive",
        "apt-get", "install", "-y", "--no-install-recommends", *packages,
    )  # fmt: skip


def unpack_packages(folder: Path, *packages: str) -> bool:
    """Put the files of Debian packages below ``folder``: no password, nothing installed, no service started."""
    if shutil.which("apt-get") is None:
        return False
    say(f"Unpacking {' '.join(packages)} into {folder} ...")
    if can_get_packages():
        succeeds(*_as_root(), "apt-get", "update")  # as above
    with tempfile.TemporaryDirectory() as archives:
        if not succeeds("apt-get", "download", *packages, cwd=archives):
            return False
        return all(succeeds("dpkg-deb", "-x", str(archive), str(folder)) for archive in Path(archives).glob("*.deb"))


def can_get_packages() -> bool:
    return shutil.which("apt-get") is not None and (os.geteuid() == 0 or succeeds("sudo", "-n", "true"))


def command_for(*packages: str) -> str:
    """What a person types to install Debian packages."""
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install {' '.join(packages)}"


def is_debian() -> bool:
    """Debian proper: Ubuntu's Chromium is a snap, which does not run in a container."""
    try:
        return "\nID=debian\n" in f"\n{Path('/etc/os-release').read_text()}\n"
    except OSError:
        return False


def chromium() -> str | None:
    """The Chromium or Chrome of this machine, tried once; None where only Playwright's own may be there."""
    found = (shutil.which(name) for name in _BROWSERS)
    return next((path for path in found if path and succeeds(path, "--version")), None)


def server(name: str, venv: Path) -> str | None:
    """The nginx or caddy of this machine, tried once, or the one that was unpacked below ``venv``."""
    folder, question = SERVERS[name]
    places = (shutil.which(name), f"/{folder}/{name}", str(venv / name / folder / name))
    return next((path for path in places if path and succeeds(path, question)), None)


def nginx_module(venv: Path) -> str | None:
    """The module by which nginx sends what was packed with brotli: of this machine, or unpacked below ``venv``."""
    places = (Path(root, "usr/lib/nginx/modules/ngx_http_brotli_static_module.so") for root in ("/", venv / "nginx"))
    return next((str(path) for path in places if path.is_file()), None)


def _as_root() -> tuple[str, ...]:
    return () if os.geteuid() == 0 else ("sudo", "-n")
