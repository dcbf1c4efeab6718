"""The first stage of every script: a virtual environment that holds exactly what the lock files name.

It runs before any package is there, so it needs the standard library alone. Whatever goes wrong ends in one sentence.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from publishing.commands import system
from publishing.records import PublishingError

ROOT = Path(__file__).resolve().parents[2]
AGAIN = "then run this again."

_FULL = r"No space left on device|Disk quota exceeded|File too large|not enough space"
_OFFLINE = (
    r"NewConnectionError|ConnectionError|ConnectTimeout|Max retries exceeded|Connection refused|Read timed out"
    r"|Network is unreachable|No route to host|name resolution|Name or service not known|nodename nor servname"
    r"|ProxyError|Connection aborted|Connection broken|SSLError"
)


def run(dev: bool = False, browser: bool = False, bench: bool = False, audit: bool = False) -> int:
    descriptor = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)  # two scripts started at once: the second waits
    if bench:
        set_up(ROOT / ".venv-bench", ["requirements-bench.txt"])
        _get_pango()
    elif audit:
        set_up(ROOT / ".venv-audit", ["requirements-audit.txt"])
    else:
        set_up(ROOT / ".venv", ["requirements.txt"] + ["requirements-dev.txt"] * (dev or browser))
    if browser:
        _get_browser()
        _get_server("nginx", "nginx", "nginx-common")
        _get_server("caddy", "caddy")
        _get_nginx_module()
        _get_reader()
    os.close(descriptor)
    return 0


def set_up(venv: Path, locks: Sequence[str]) -> None:
    """Does nothing where all is there; makes a half-made or outdated environment anew."""
    since = time.monotonic()
    wanted = {lock: hashlib.sha256((ROOT / lock).read_bytes()).hexdigest() for lock in locks}
    installed = _installed(venv)
    if any(installed.get(lock, digest) != digest for lock, digest in wanted.items()):
        installed = {}
    missing = {lock: digest for lock, digest in wanted.items() if lock not in installed}
    if not missing:
        return
    system.say(f"Setting up {venv.name} from {' and '.join(missing)}; this needs the internet, and a minute or two ...")
    try:
        if not installed:
            _make(venv)
        for lock in missing:
            _install(venv, lock)
    except BaseException:
        if not installed:
            shutil.rmtree(venv, ignore_errors=True)
        raise
    _stamp(venv).write_text(json.dumps(installed | missing), encoding="utf-8")
    system.say(f"{venv.name} is ready, in {time.monotonic() - since:.0f} s.")


def _installed(venv: Path) -> dict[str, str]:
    """Lock file -> hash, as at the last set-up that came to its end."""
    try:
        installed = json.loads(_stamp(venv).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    runs = system.succeeds(str(venv / "bin/python"), "-c", "import pip")
    return installed if runs and isinstance(installed, dict) else {}


def _make(venv: Path) -> None:
    _need_venv_module()
    if venv.is_dir() and not venv.is_symlink():
        shutil.rmtree(venv)
    _run("make a virtual environment", sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv))
    _run("install pip", str(venv / "bin/python"), "-Im", "ensurepip", "--default-pip")


def _install(venv: Path, lock: str) -> None:
    pip = (str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--no-input", "--no-user", "--retries", "2")
    options = ("--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes", "-r", str(ROOT / lock))
    _run(f"install {lock}", *pip, *options)


def _run(aim: str, *command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise PublishingError(explain(aim, done.stdout + done.stderr))


def explain(aim: str, output: str) -> str:
    """One sentence for what pip or venv has printed on failing."""
    if re.search(_FULL, output):
        return f"The disk is full: free about 1 GB for {ROOT} and for temporary files, {AGAIN}"
    if re.search(_OFFLINE, output):
        return (
            f"There is no connection to the package index: connect to the internet (only setting up needs it), {AGAIN}"
        )
    if "DO NOT MATCH THE HASHES" in output:
        return f"A package is not the one that was locked, so nothing was installed: check your package index, {AGAIN}"
    faults = [line for line in output.splitlines() if re.match(r"\s*(ERROR|Error|\w*Error)\b", line)] or [
        output.strip()
    ]
    return f"Could not {aim}: {faults[-1].strip() or 'no reason was given'}"


def _need_venv_module() -> None:
    if _has_venv_module():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if system.get_packages(package) and _has_venv_module():
        return
    raise PublishingError(
        f"Python's venv module is missing from {sys.executable}: install it"
        f" (Debian, Ubuntu: {system.command_for(package)}), {AGAIN}"
    )


def _has_venv_module() -> bool:
    return system.succeeds(sys.executable, "-c", "import ensurepip, venv")


def _get_pango() -> None:
    """mkdocs-to-pdf draws with Pango, which comes from the system."""
    loads = (str(ROOT / ".venv-bench/bin/python"), "-c", "import weasyprint")
    packages = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
    if system.succeeds(*loads) or (system.get_packages(*packages) and system.succeeds(*loads)):
        return
    raise PublishingError(
        f"mkdocs-to-pdf needs Pango: {system.command_for(*packages)} (macOS: brew install pango), {AGAIN}"
    )


def _get_browser() -> None:
    if system.chromium() or (system.is_debian() and system.get_packages("chromium") and system.chromium()):
        return
    system.say("Getting Playwright's Chromium ...")
    with_libraries = ("--with-deps",) if system.can_get_packages() else ()
    python = str(ROOT / ".venv/bin/python")
    if not system.succeeds(python, "-m", "playwright", "install", *with_libraries, "chromium"):
        raise PublishingError(
            f"The tests need a Chromium, and none was found nor could be fetched: install Chrome or Chromium"
            f" (Debian: {system.command_for('chromium')}), {AGAIN}"
        )


def _get_server(name: str, *packages: str) -> None:
    venv = ROOT / ".venv"
    if (
        system.server(name, venv)
        or (system.unpack_packages(venv / name, *packages) and system.server(name, venv))
        or (system.succeeds("brew", "install", name) and system.server(name, venv))
    ):
        return
    raise PublishingError(
        f"The tests serve the site with {name}, and none was found nor could be fetched: {system.command_for(name)}"
        f" (macOS: brew install {name}), {AGAIN}"
    )


def _get_nginx_module() -> None:
    """Debian and Ubuntu alone have it; the test that needs it says what is missing."""
    venv = ROOT / ".venv"
    if not system.nginx_module(venv):
        system.unpack_packages(venv / "nginx", "libnginx-mod-http-brotli-static")


def _get_reader() -> None:
    if (
        shutil.which("tesseract")
        or (system.is_debian() and system.get_packages("tesseract-ocr") and shutil.which("tesseract"))
        or (system.succeeds("brew", "install", "tesseract") and shutil.which("tesseract"))
    ):
        return
    raise PublishingError(
        f"The tests read copies of the sheets with tesseract, and none was found nor could be fetched:"
        f" {system.command_for('tesseract-ocr')} (macOS: brew install tesseract), {AGAIN}"
    )


def _stamp(venv: Path) -> Path:
    return venv / "installed.json"
