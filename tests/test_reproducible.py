"""The same words give the same bytes: on another day, in another folder, zone, language and order of files, on one core."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import GUIDE_DATE, copy_project

ELSEWHERE = """
import os, random, time_machine

time_machine.travel({day}, tick=True).start()

def shuffled(found):
    found = list(found)
    random.Random(5).shuffle(found)
    return found

class Scan(list):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
    def __next__(self):
        if not self: raise StopIteration
        return self.pop()

names, entries = os.listdir, os.scandir
os.listdir = lambda *path: shuffled(names(*path))
os.scandir = lambda *path: Scan(shuffled(entries(*path)))
os.sched_getaffinity = lambda process: {{0}}
os.cpu_count = lambda: 1
"""


def test_a_second_build_makes_the_same_bytes(guide: Path, tmp_path: Path) -> None:
    project = tmp_path / "A longer way" / "guide"
    copy_project(project)
    (tmp_path / "sitecustomize.py").write_text(ELSEWHERE.format(day=GUIDE_DATE + 40 * 86_400 + 5_000))
    changed = {
        "PYTHONPATH": str(tmp_path), "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LANGUAGE": "tr",
        "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",  # a system whose texts are ASCII unless a program says else
        "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": str(GUIDE_DATE), "NO_MKDOCS_2_WARNING": "1",
    }  # fmt: skip
    surroundings = {name: text for name, text in os.environ.items() if name != "SITE_URL"} | changed
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "out"]
    built = subprocess.run(command, cwd=project, env=surroundings, umask=0o077, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    first, second = files(guide), files(project / "out")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name].read_bytes() != second[name].read_bytes()] == []


def files(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
