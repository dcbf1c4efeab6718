"""Dates a finished PDF, byte for byte in place.

Everything is printed with one and the same date, so that a PDF can be kept from one build for the next; its real
date is put in last. It stands in the metadata alone, which is never compressed.
"""

from __future__ import annotations

from datetime import UTC, datetime

from publishing.records import PublishingError

UNDATED = 0
"""The date, in seconds since 1970, that everything is printed with."""
_FORM = "%Y-%m-%dT%H:%M:%S+00:00"
_BEGIN, _END = b"<x:xmpmeta", b"</x:xmpmeta>"


def stamp(content: bytes, timestamp: int) -> bytes:
    before, begin, rest = content.partition(_BEGIN)
    metadata, end, after = rest.partition(_END)
    undated = _written(UNDATED)
    if not end or undated not in metadata:
        raise PublishingError("A PDF has no place for its date: print it anew without .cache/publishing.")
    return b"".join((before, begin, metadata.replace(undated, _written(timestamp)), end, after))


def _written(timestamp: int) -> bytes:
    return datetime.fromtimestamp(timestamp, UTC).strftime(_FORM).encode()
