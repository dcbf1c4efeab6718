"""A folder -> one .tar.gz, the same bytes for the same files; and the sums of a folder's files."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
from pathlib import Path


def write_archive(folder: Path, target: Path, name: str, timestamp: int) -> None:
    """``name``: the folder that it unpacks to; owner, rights and dates are the same for all files."""
    with (
        target.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=timestamp) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(f"{name}/{path.relative_to(folder).as_posix()}")
            entry.size, entry.mtime = path.stat().st_size, timestamp
            with path.open("rb") as content:
                archive.addfile(entry, content)


def sums(folder: Path) -> str:
    """A line for each file, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
