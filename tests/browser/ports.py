"""A port for a server of the tests, and the wait until somebody answers there."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_answer(process: subprocess.Popen[bytes], port: int, name: str, log: Path) -> None:
    """The test fails with what stands in ``log`` where the server called ``name`` ends, or is not there in ten seconds."""
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(f"{name} does not start: {log.read_text('utf-8')}", pytrace=False)
