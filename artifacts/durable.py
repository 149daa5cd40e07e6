"""Files: reading what must be there, and writing so that nobody sees half a file and no power cut takes one back.

Each file is written beside its final name with the suffix ``.tmp``, synced, renamed; then its folder is synced. A batch
does the syncs of many files side by side: the journal of the file system commits them in groups, which costs a third of
one after the other.

What this module does not do: make several files appear together (see ``commit``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from .errors import CorruptError

T = TypeVar("T")

SUFFIX = ".tmp"
_THREADS = 8


def read_file(root: Path, name: str) -> bytes:
    """The bytes of a file that has to be there. Raises CorruptError if it is not, or the disk does not give it."""
    try:
        # Unbuffered and without pathlib: an audit reads several small files for each certificate.
        with open(f"{root}/{name}", "rb", buffering=0) as file:
            return file.read()
    except FileNotFoundError:
        raise CorruptError(f"{name}: is missing") from None
    except OSError as error:
        raise CorruptError(f"{name}: cannot be read ({error.strerror})") from error


def write_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put ``data`` at ``path`` in one step, over whatever was there. On return it is on disk."""
    _write(path, data, mode)
    sync_folders([path.parent])


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """The same for many files, given by their path below ``root``. Missing folders are made."""
    paths = {root / name: data for name, data in files.items()}
    parents = {path.parent for path in paths}
    made: set[Path] = set()
    for parent in parents:
        folder = parent
        while not folder.exists():
            made.add(folder.parent)
            folder = folder.parent
        parent.mkdir(parents=True, exist_ok=True)
    _side_by_side(lambda item: _write(item[0], item[1], 0o644), paths.items())
    sync_folders(parents | made)


def sync_folders(folders: Iterable[Path]) -> None:
    """Make renames and removals in these folders last."""
    _side_by_side(_sync_folder, set(folders))


def _write(path: Path, data: bytes, mode: int) -> None:
    temporary = path.with_name(path.name + SUFFIX)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    os.rename(temporary, path)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _side_by_side(act: Callable[[T], None], items: Iterable[T]) -> None:
    todo = list(items)
    shares = [todo[start::_THREADS] for start in range(min(_THREADS, len(todo)))]

    def act_on(share: list[T]) -> None:
        for item in share:
            act(item)

    if len(shares) < 3:
        act_on(todo)
        return
    with ThreadPoolExecutor(len(shares)) as pool:
        for _ in pool.map(act_on, shares):
            pass
