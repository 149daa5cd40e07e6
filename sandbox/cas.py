"""The content-addressed store: snapshots in plain files, for machines where this process may not mount.

A state is a manifest (path -> kind, mode, time, content digest); contents are kept once, by SHA-256, and freed when no
manifest needs them. Taking a state reads only files whose size, inode or times changed; going back rewrites only what
differs. The cost grows with the number of files, unlike the overlay store's. It is also the model that the overlay
store is tested against. Idea: git's index, with its racy-timestamp rule.

Quotas are checked when a state is taken, not enforced on every write: ``backend_report`` says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
import stat
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .deletion import remove_tree
from .errors import BoxBusy, SnapshotError
from .spec import Limits
from .workspace import Diff

# A file changed this shortly before a scan may change again without its times showing it; it is always read again.
_RACY_NS = 50_000_000
_BLOCK = 1 << 20


class Blob:
    """One content, stored once; its file goes when the last manifest that names it does."""

    def __init__(self, path: str, digest: str) -> None:
        self.path, self.digest = path, digest
        weakref.finalize(self, _unlink, path, os.getpid()).atexit = False


@dataclass(frozen=True)
class Entry:
    """One path. ``blob`` for regular files, ``target`` for symbolic links."""

    kind: int
    mode: int
    mtime_ns: int = field(default=0, compare=False)
    blob: Blob | None = None
    target: str = ""


Manifest = Mapping[str, Entry]
_Seen = tuple[int, int, int, int, int]


class CasStore:
    """Makes workspaces below ``root``. ``owner``: the (uid, gid) that files are given, None for the caller's."""

    name = "cas"

    def __init__(self, root: str, owner: tuple[int, int] | None) -> None:
        self.owner = owner
        self._root = root
        self._numbers = itertools.count()
        self._blobs: weakref.WeakValueDictionary[str, Blob] = weakref.WeakValueDictionary()
        os.makedirs(os.path.join(root, "blobs"), mode=0o700)
        os.chmod(root, 0o711)

    def workspace(self, state: Manifest | None, limits: Limits, *, read_only: bool) -> CasWorkspace:
        directory = os.path.join(self._root, f"box-{next(self._numbers)}")
        self._make_directory(directory)
        workspace = CasWorkspace(self, directory, limits)
        if state:
            workspace.reset(state)
        return workspace

    def diff(self, before: Manifest, after: Manifest) -> Diff:
        both = before.keys() & after.keys()
        return Diff(
            tuple(sorted(after.keys() - both)),
            tuple(sorted(path for path in both if before[path] != after[path])),
            tuple(sorted(before.keys() - both)),
        )

    def rlimits(self, limits: Limits) -> dict[str, int]:
        return {"RLIMIT_FSIZE": limits.disk_mb << 20}

    def keep(self, path: str, mode: int) -> Blob:
        """The blob with the contents of the file at ``path``."""
        name = os.path.join(self._root, "blobs", f"new-{next(self._numbers)}")
        digest = hashlib.sha256()
        with _readable(path, mode), open(path, "rb") as source, open(name, "wb") as copy:
            while block := source.read(_BLOCK):
                digest.update(block)
                copy.write(block)
        found = self._blobs.get(digest.hexdigest())
        if found is not None:
            os.unlink(name)
            return found
        blob = Blob(name, digest.hexdigest())
        return self._blobs.setdefault(blob.digest, blob)

    def make_slot(self, path: str) -> None:
        os.makedirs(os.path.dirname(path), mode=0o711, exist_ok=True)
        self._make_directory(path)

    def drop_slot(self, path: str) -> None:
        remove_tree(path)

    def close(self) -> None:
        remove_tree(self._root)

    def _make_directory(self, path: str) -> None:
        os.mkdir(path, 0o755)
        if self.owner:
            os.chown(path, *self.owner)


class CasWorkspace:
    """A plain directory; while attached, its entries live in the container's slot instead."""

    def __init__(self, store: CasStore, directory: str, limits: Limits) -> None:
        self._store = store
        self._home = self._place = directory
        self._limits = limits
        self._seen: dict[str, tuple[_Seen, Blob]] = {}
        self._last_scan_ns = 0

    @contextlib.contextmanager
    def root(self) -> Iterator[int]:
        fd = os.open(self._place, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield fd
        finally:
            os.close(fd)

    def attach(self, slot: str) -> None:
        if self._place not in (self._home, slot):
            raise BoxBusy("the workspace is attached to another container")
        self._move(slot)

    def detach(self) -> None:
        self._move(self._home)

    def freeze(self) -> Manifest:
        try:
            manifest = self._scan(part_links=True)
        except OSError as error:
            raise SnapshotError(f"the workspace cannot be read: {error}") from error
        size = sum(os.path.getsize(entry.blob.path) for entry in manifest.values() if entry.blob)
        if size > self._limits.disk_mb << 20 or len(manifest) > self._limits.inodes:
            mend = "raise Limits.disk_mb or Limits.inodes, or write less"
            raise SnapshotError(f"the workspace holds {size} bytes in {len(manifest)} files: over its quota; {mend}")
        return manifest

    def reset(self, state: Manifest) -> None:
        try:
            present = self._scan(part_links=True)
        except OSError:  # Not even readable (deeper than a path may be long): start from nothing.
            self._empty(self._place)
            present = {}
        for path in sorted(present, reverse=True):
            wanted = state.get(path)
            if wanted is None or wanted.kind != present[path].kind:
                _remove_one(os.path.join(self._place, path), present[path].kind)
        for path in sorted(state):
            if present.get(path) != state[path] or present[path].mtime_ns != state[path].mtime_ns:
                self._restore(path, state[path], present.get(path))
        # Modes of directories last, deepest first: a directory without write permission must still be filled.
        for path in sorted(state, reverse=True):
            if state[path].kind == stat.S_IFDIR:
                os.chmod(os.path.join(self._place, path), state[path].mode)

    def used_bytes(self) -> int:
        return 0

    def discard(self) -> None:
        for place in {self._place, self._home}:
            self._empty(place)
        self._place = self._home

    def _empty(self, place: str) -> None:
        self._seen = {}
        for name in os.listdir(place):
            remove_tree(os.path.join(place, name))

    def _move(self, place: str) -> None:
        if place != self._place:
            for name in os.listdir(self._place):
                os.rename(os.path.join(self._place, name), os.path.join(place, name))
            self._place = place

    def _scan(self, *, part_links: bool) -> dict[str, Entry]:
        began = time.time_ns()
        manifest: dict[str, Entry] = {}
        seen: dict[str, tuple[_Seen, Blob]] = {}
        pending = [""]
        while pending:
            below = pending.pop()
            directory = os.path.join(self._place, below) if below else self._place
            with _readable(directory, stat.S_IMODE(os.lstat(directory).st_mode)):
                entries = list(os.scandir(directory))
                for item in entries:
                    path = os.path.join(below, item.name)
                    status = item.stat(follow_symlinks=False)
                    entry = self._entry(item.path, path, status, seen, part_links)
                    if entry is not None:
                        manifest[path] = entry
                        if entry.kind == stat.S_IFDIR:
                            pending.append(path)
        self._seen, self._last_scan_ns = seen, began
        return manifest

    def _entry(
        self,
        place: str,
        path: str,
        status: os.stat_result,
        seen: dict[str, tuple[_Seen, Blob]],
        part_links: bool,
    ) -> Entry | None:
        kind, mode = stat.S_IFMT(status.st_mode), stat.S_IMODE(status.st_mode)
        if kind == stat.S_IFREG:
            if status.st_nlink > 1 and part_links:
                status = _part(place, mode)
            known = self._seen.get(path)
            racy = status.st_ctime_ns >= self._last_scan_ns - _RACY_NS
            blob = known[1] if known and known[0] == _signature(status) and not racy else self._store.keep(place, mode)
            seen[path] = (_signature(status), blob)
            return Entry(kind, mode, status.st_mtime_ns, blob)
        if kind == stat.S_IFLNK:
            return Entry(kind, 0o777, target=os.readlink(place))
        if kind in (stat.S_IFDIR, stat.S_IFIFO):
            return Entry(kind, mode)
        return None

    def _restore(self, path: str, entry: Entry, present: Entry | None) -> None:
        place = os.path.join(self._place, path)
        if entry.kind == stat.S_IFDIR:
            if present is None or present.kind != entry.kind:
                os.mkdir(place)
            os.chmod(place, 0o700)
        else:
            if present is not None and present.kind == entry.kind:
                os.unlink(place)
            if entry.kind == stat.S_IFLNK:
                os.symlink(entry.target, place)
            elif entry.kind == stat.S_IFIFO:
                os.mkfifo(place)
            elif entry.blob is not None:
                shutil.copyfile(entry.blob.path, place)
                os.utime(place, ns=(entry.mtime_ns, entry.mtime_ns))
        if self._store.owner:
            os.chown(place, *self._store.owner, follow_symlinks=False)
        if entry.kind not in (stat.S_IFLNK, stat.S_IFDIR):
            os.chmod(place, entry.mode)
        if entry.blob is not None:
            self._seen[path] = (_signature(os.lstat(place)), entry.blob)


def _unlink(path: str, owner: int) -> None:
    """Remove a blob's file, unless the whole store is gone already or is that of this forked child's parent."""
    if os.getpid() == owner:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def _signature(status: os.stat_result) -> _Seen:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@contextlib.contextmanager
def _readable(path: str, mode: int) -> Iterator[None]:
    """Let the owner read ``path`` for a moment if its mode forbids it; root can anyway."""
    needed = 0o500 if os.path.isdir(path) else 0o400
    if mode & needed == needed or os.geteuid() == 0:
        yield
        return
    os.chmod(path, mode | needed)
    try:
        yield
    finally:
        os.chmod(path, mode)


def _part(place: str, mode: int) -> os.stat_result:
    """Replace one name of a hard-linked file by a file of its own."""
    status = os.lstat(place)
    copy = place + ".assay-part"
    with _readable(place, mode):
        shutil.copyfile(place, copy)
    os.chown(copy, status.st_uid, status.st_gid)
    os.chmod(copy, mode)
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.rename(copy, place)
    return os.lstat(place)


def _remove_one(place: str, kind: int) -> None:
    if kind == stat.S_IFDIR:
        os.chmod(place, 0o700)
        os.rmdir(place)
    else:
        os.unlink(place)
