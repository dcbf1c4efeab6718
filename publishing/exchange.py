"""Two folders trade names in one step: at no moment is either name without a whole folder.

Python's standard library has no call for it, and Linux and macOS each have one of their own.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths that are not absolute start at the working folder."""
_SWAP = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""
_NOT_KNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def exchange(one: Path, other: Path) -> bool:
    """False where the system, or the file system, has no such step; raises OSError where it has and fails."""
    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = system.renamex_np(*names, _SWAP)
        else:
            failed = system.renameat2(_HERE, names[0], _HERE, names[1], _SWAP)
    except AttributeError:
        return False
    if failed and (code := ctypes.get_errno()) not in _NOT_KNOWN:
        raise OSError(code, os.strerror(code), str(one))
    return not failed
