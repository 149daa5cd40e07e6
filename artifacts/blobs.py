"""Content-addressed blobs: raw bytes under ``blobs/sha256/<two digits>/<sha256>``.

A blob is named by what it holds, so reading hashes again and a wrong byte is an error, never an answer.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .durable import read_file
from .errors import CorruptError

FOLDER = "blobs/sha256"


def blob_path(digest: str) -> str:
    """Path below the store: ``blobs/sha256/ab/abcd...``."""
    return f"{FOLDER}/{digest[:2]}/{digest}"


def read_blob(root: Path, digest: str) -> bytes:
    """The bytes that hash to ``digest``. Raises CorruptError if they are missing or others."""
    data = read_file(root, blob_path(digest))
    if hashlib.sha256(data).hexdigest() != digest:
        raise CorruptError(f"blob {digest}: does not hash to its name")
    return data
