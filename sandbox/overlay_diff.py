"""What changed between two stacks of overlay layers, without walking what they share.

Only the layers that one stack has and the other has not can hold differences. Their entries name the candidate paths
(a whiteout names a deletion, an opaque or redirected directory everything below it); each candidate is then compared in
the merged views, so that no overlay internals are interpreted beyond "look here".
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterator, Sequence

from .workspace import Diff

_MARKS = ("trusted.overlay.opaque", "trusted.overlay.redirect")
_BLOCK = 1 << 20


def diff_layers(before: Sequence[str], after: Sequence[str], old: int, new: int) -> Diff:
    """``before``/``after``: layer directories, bottom first. ``old``/``new``: descriptors of their merged views."""
    pairs = zip(before, after, strict=False)
    shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    candidates: set[str] = set()
    for layer in (*before[shared:], *after[shared:]):
        for path, whole in _entries(layer, ""):
            candidates.add(path)
            if whole or _kind(old, path) != _kind(new, path):
                candidates.update(_walk(old, path), _walk(new, path))
    added, changed, deleted = [], [], []
    for path in sorted(candidates):
        was, now = _status(old, path), _status(new, path)
        if was is None and now is not None:
            added.append(path)
        elif was is not None and now is None:
            deleted.append(path)
        elif was is not None and now is not None and not _same(path, old, new, was, now):
            changed.append(path)
    return Diff(tuple(added), tuple(changed), tuple(deleted))


def _entries(layer: str, below: str) -> Iterator[tuple[str, bool]]:
    """Paths in one layer, and whether everything below them may differ."""
    for entry in os.scandir(os.path.join(layer, below)):
        path = os.path.join(below, entry.name)
        if entry.is_dir(follow_symlinks=False):
            marks = os.listxattr(entry.path, follow_symlinks=False)
            yield path, any(mark in marks for mark in _MARKS)
            yield from _entries(layer, path)
        else:
            yield path, False


def _status(root: int, path: str) -> os.stat_result | None:
    try:
        return os.stat(path, dir_fd=root, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _kind(root: int, path: str) -> int | None:
    status = _status(root, path)
    return None if status is None else stat.S_IFMT(status.st_mode)


def _walk(root: int, path: str) -> Iterator[str]:
    if _kind(root, path) != stat.S_IFDIR:
        return
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=root)
    try:
        names = os.listdir(fd)
    finally:
        os.close(fd)
    for name in names:
        child = os.path.join(path, name)
        yield child
        yield from _walk(root, child)


def _same(path: str, old: int, new: int, was: os.stat_result, now: os.stat_result) -> bool:
    if was.st_mode != now.st_mode:
        return False
    if stat.S_ISLNK(was.st_mode):
        return os.readlink(path, dir_fd=old) == os.readlink(path, dir_fd=new)
    if not stat.S_ISREG(was.st_mode):
        return True
    if was.st_size != now.st_size:
        return False
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    with (
        os.fdopen(os.open(path, flags, dir_fd=old), "rb") as first,
        os.fdopen(os.open(path, flags, dir_fd=new), "rb") as second,
    ):
        while block := first.read(_BLOCK):
            if block != second.read(_BLOCK):
                return False
    return True
