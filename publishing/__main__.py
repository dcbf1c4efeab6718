"""``python -m publishing COMMAND``: the door for people and scripts; each command is a module of ``commands``.

``install`` runs before any package is there, so a command is imported only once it is asked for.
"""

from __future__ import annotations

import argparse
import gc
import sys
from importlib import import_module
from types import ModuleType

from publishing.records import PublishingError


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m publishing", description="Publishes the guide.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    install = commands.add_parser("install", help="set up .venv from the lock files")
    install.add_argument("--dev", action="store_true", help="and the tools that check and test")
    install.add_argument("--browser", action="store_true", help="and a Chromium for the tests")
    install.add_argument("--bench", action="store_true", help="only .venv-bench, the peer of the benchmark")
    install.add_argument("--audit", action="store_true", help="only .venv-audit, which asks for known weaknesses")

    build = commands.add_parser("build", help="build the site and its PDFs, and say what was made")
    build.add_argument("--site-dir", default="site", help="where to (default: site)")
    build.add_argument("--clinics", default="", metavar="FOLDER", help="and sheets for each clinic of a folder")
    build.add_argument("--set-up", type=float, default=0.0, metavar="SECONDS", help="what setting up has taken")

    check = commands.add_parser("check", help="judge the pages as they are, or a site that was built before")
    check.add_argument(
        "site", nargs="?", default="", metavar="SITE", help="a built site; without it, the pages as they are"
    )
    check.add_argument("--format", dest="form", default="text", choices=("text", "github", "json", "sarif"))
    check.add_argument(
        "--project", default=".", metavar="FOLDER", help="where mkdocs.yml and the registers are (default: here)"
    )

    new = commands.add_parser("new", help="start a page, with its front matter and its link to safety")
    new.add_argument("page", metavar="PATH", help="for example visit/before")

    release = commands.add_parser(
        "release", help="make what is handed on of an edition; refused unless all is in order"
    )
    release.add_argument("version", metavar="VERSION", help="as CHANGELOG.md has it, for example 0.2.0")
    release.add_argument("--out", default="release", help="where to (default: release)")

    changes = commands.add_parser("changes", help="list the sheets that are not those given out, and note what changed")
    changes.add_argument(
        "pages", nargs="*", metavar="PAGE", help="for example visit/after.md (default: all that changed)"
    )
    changes.add_argument(
        "--kind", default="", choices=("correction", "update", "wording", "new"), help="of which kind the change is"
    )
    changes.add_argument("--what", default="", help="what changed, for somebody who holds the paper")
    changes.add_argument("--why", default="", help="for a correction: what was wrong, and since when")
    changes.add_argument("--site", default="site", help="the built site (default: site)")

    bench = commands.add_parser("bench", help="measure the hook against plain MkDocs and mkdocs-to-pdf")
    bench.add_argument("--pages", type=int, default=0, help="size of the site (default: 34; with --checks 1,000)")
    bench.add_argument("--runs", type=int, default=3, help="builds of each kind; the median counts (default: 3)")
    bench.add_argument(
        "--checks", action="store_true", help="measure the rules instead, on a large site and a large page"
    )
    bench.add_argument("--scale", action="store_true", help="measure sites of 100, 300 and 1,000 pages instead")
    bench.add_argument("--site", action="store_true", help="measure first views and the search in a browser instead")
    return top


def main(arguments: list[str] | None = None) -> int:
    chosen = vars(parser().parse_args(arguments))
    command = _loaded(chosen.pop("command"))
    try:
        return int(command.run(**chosen))
    except PublishingError as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"{fault.filename or 'publishing'}: {fault.strerror or fault}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


def _loaded(command: str) -> ModuleType:
    """To load modules makes no cycles, and looking for some takes a third of its time."""
    gc.disable()
    try:
        return import_module(f"publishing.commands.{command}")
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
