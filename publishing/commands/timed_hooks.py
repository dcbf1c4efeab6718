"""The events of ``hooks.py``, timed within the build: what they take is a small part of it, and two builds differ by more."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

SAYS = "hook: "
"""Begins the line that the build says at its end; the seconds of the processor follow."""


def timed_events(path: Path) -> dict[str, Callable[..., Any]]:
    """The events of a hook by their names; the last of them says what all took, loading included."""
    since = time.process_time()
    spec = importlib.util.spec_from_file_location("hooks_that_are_timed", path)
    assert spec and spec.loader  # as of any file that ends in .py
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    took = [time.process_time() - since]

    def timed(event: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(event)  # with its priority
        def run(*given: Any, **named: Any) -> Any:
            since = time.process_time()
            try:
                return event(*given, **named)
            finally:
                took.append(time.process_time() - since)
                if event.__name__ == "on_post_build":
                    print(f"{SAYS}{sum(took):.3f}")

        return run

    return {name: timed(event) for name, event in vars(module).items() if name.startswith("on_")}
