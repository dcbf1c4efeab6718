"""The output folder: made beside the old one and swapped in whole, so that a failed build changes nothing."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path

from publishing.exchange import exchange
from publishing.records import PublishingError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LEAVE = (errno.EACCES, errno.EPERM, errno.EROFS)


class Staging:
    """A folder beside ``target`` that takes its place on ``commit``, or is gone after ``discard``."""

    def __init__(self, target: Path) -> None:
        # A link to a folder stays a link: what it points to is replaced.
        self._given = target
        self._target = Path(os.path.realpath(target))
        self.folder = self._beside("new")

    def open(self) -> None:
        """Raises PublishingError where the target could not be replaced later on."""
        if self._target.exists() and not self._target.is_dir():
            raise PublishingError(
                f"{self._given}: is a file, not a folder. Move it away, or name another folder with --site-dir."
            )
        if self._target.exists() and not os.access(self._target, os.W_OK):
            raise PublishingError(
                f"{self._given}: cannot be written (no permission). Make it writable, or name another folder with --site-dir."
            )
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._put_back()
            self._sweep()
            self.folder.mkdir()
        except OSError as error:
            raise PublishingError(
                f"{self._given}: cannot be written ({error.strerror}). Make {self._target.parent} writable, or name another folder with --site-dir."
            ) from error

    def commit(self) -> Path:
        """Gives the target. One step, or two where the system has none: at no time is a half-written folder there."""
        old = self._beside("old")
        try:
            if not self._take_free_place():
                if exchange(self.folder, self._target):
                    old = self.folder
                else:
                    self._target.rename(old)
                    self.folder.rename(self._target)
        except OSError as error:
            if old.exists() and not self._target.exists():
                old.rename(self._target)
            self.discard()
            raise PublishingError(
                f"{self._given}: cannot be replaced ({error.strerror}). Close what holds it open and build again."
            ) from error
        shutil.rmtree(old, ignore_errors=True)
        return self._given

    def _take_free_place(self) -> bool:
        """False where something stands there, if only since a moment ago: another build may have been first."""
        if self._target.exists():
            return False
        try:
            self.folder.rename(self._target)
        except OSError:
            if self._target.exists():
                return False
            raise
        return True

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def explain(self, error: BaseException) -> str:
        """What to do about an error of the system that ended a build; '' for any other error."""
        number = error.errno if isinstance(error, OSError) else None
        if number not in _NO_ROOM + _NO_LEAVE:
            return ""
        assert isinstance(error, OSError)
        remedy = f"Free some space in {self._target.parent}" if number in _NO_ROOM else "Make it writable"
        where, why = error.filename or self._given, error.strerror
        return f"{where}: cannot be written ({why}). {remedy} and build again; the last good output is as it was."

    def _beside(self, kind: str) -> Path:
        return self._target.parent / f".{self._target.name}-{kind}-{os.getpid()}-{secrets.token_hex(4)}"

    def _put_back(self) -> None:
        """After a build killed between its two renames: the last good output, back in its place."""
        if self._target.exists():
            return
        kept = sorted(self._target.parent.glob(f".{self._target.name}-old-*"), key=lambda path: path.stat().st_mtime)
        if kept:
            kept[-1].rename(self._target)

    def _sweep(self) -> None:
        """Clear what killed builds left; a folder whose build still runs is not touched."""
        for left in self._target.parent.glob(f".{self._target.name}-*-*-*"):
            owner = left.name.split("-")[-2]
            if owner.isdigit() and not _runs(int(owner)):
                shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
