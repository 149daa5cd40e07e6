"""The overlay store: a snapshot is an unmount, and a rollback is one too.

Every box writes into an upper directory of its own; the trees it started from are read-only layers below. ``freeze``
unmounts (the kernel refuses while anything holds the tree open, so a snapshot is never torn) and pushes the upper
directory onto the stack of layers; ``reset`` drops it. The next use mounts again. The cost does not depend on how much
the box holds. Idea: Docker's overlay2 driver, without the daemon and without the container start.

Upper directories lie on a tmpfs of the box's own, which makes ``Limits.disk_mb`` and ``Limits.inodes`` hard quotas that
no sibling can use up. Layers therefore cost memory and end with the process that owns them, which is as long as
snapshots are for. Stacks are flattened at 64 layers, because reading through hundreds of layers gets slow.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import subprocess
import weakref
from collections.abc import Iterator

from . import mounts
from .deletion import remove_tree
from .errors import BoxBusy, QuotaExceeded, SandboxError, SnapshotError
from .overlay_diff import diff_layers
from .spec import Limits
from .sweeper import Sweeper
from .workspace import Diff

FLATTEN_AT = 64
Layers = tuple["Layer", ...]


class Area:
    """A tmpfs that holds layers; unmounted when the last layer in it is gone."""

    def __init__(self, path: str, sweeper: Sweeper, *, size_mb: int, inodes: int) -> None:
        os.mkdir(path)
        mounts.mount_tmpfs(path, size_mb=size_mb, inodes=inodes)
        self.path = path
        self.sweeper = sweeper
        self._numbers = itertools.count()
        weakref.finalize(self, sweeper.submit, lambda: _drop_area(path)).atexit = False

    def new_layer(self, owner: tuple[int, int]) -> Layer:
        return Layer(self, os.path.join(self.path, str(next(self._numbers))), owner)

    def used_bytes(self) -> int:
        usage = os.statvfs(self.path)
        return (usage.f_blocks - usage.f_bfree) * usage.f_frsize

    def crowded(self) -> bool:
        usage = os.statvfs(self.path)
        return usage.f_bfree * 2 < usage.f_blocks or usage.f_ffree * 2 < usage.f_files


class Layer:
    """One upper directory with its overlay work directory; deleted when nothing refers to it."""

    def __init__(self, area: Area, path: str, owner: tuple[int, int]) -> None:
        self.area = area
        self.tree, self.work = os.path.join(path, "u"), os.path.join(path, "w")
        os.mkdir(path, 0o700)
        os.mkdir(self.tree, 0o755)
        os.mkdir(self.work, 0o700)
        os.chown(self.tree, *owner)
        area_ref = weakref.ref(area)

        def remove() -> None:
            if area_ref():  # Where the whole area goes, unmounting it frees everything at once.
                remove_tree(path)

        weakref.finalize(self, area.sweeper.submit, remove).atexit = False


def _drop_area(path: str) -> None:
    mounts.unmount(path, lazy=True)
    os.rmdir(path)


class OverlayStore:
    """Makes overlay workspaces below ``root``, a private tmpfs that :meth:`close` removes."""

    name = "overlay"

    def __init__(self, root: str, sweeper: Sweeper, owner: tuple[int, int]) -> None:
        self.owner = owner
        self._root = root
        self._sweeper = sweeper
        self._numbers = itertools.count()
        os.makedirs(root, mode=0o711)
        mounts.mount_tmpfs(root, size_mb=16, inodes=0)
        # Overlays without an upper directory need two lower ones.
        self.empty = [os.path.join(root, name) for name in ("empty-a", "empty-b")]
        for path in self.empty:
            os.mkdir(path)
            os.chown(path, *owner)

    def new_area(self, *, size_mb: int, inodes: int) -> Area:
        path = os.path.join(self._root, f"area-{next(self._numbers)}")
        return Area(path, self._sweeper, size_mb=size_mb, inodes=inodes)

    def lowers(self, layers: Layers) -> list[str]:
        return [layer.tree for layer in reversed(layers)] + self.empty[: 2 if len(layers) < 2 else 0]

    def workspace(self, state: Layers | None, limits: Limits, *, read_only: bool) -> OverlayWorkspace:
        return OverlayWorkspace(self, state or (), limits, read_only=read_only)

    def diff(self, before: Layers, after: Layers) -> Diff:
        with self.view(before) as old, self.view(after) as new:
            return diff_layers([layer.tree for layer in before], [layer.tree for layer in after], old, new)

    def rlimits(self, limits: Limits) -> dict[str, int]:
        return {}

    @contextlib.contextmanager
    def view(self, layers: Layers) -> Iterator[int]:
        """A read-only detached mount of ``layers``, as a directory descriptor."""
        fd = mounts.overlay(self.lowers(layers), None, None)
        try:
            yield fd
        finally:
            os.close(fd)

    def flatten(self, layers: Layers) -> Layers:
        """One layer with the contents of all of them. It is only ever read, so it needs no quota."""
        area = self.new_area(size_mb=0, inodes=0)
        flat = area.new_layer(self.owner)
        with self.view(layers) as fd:
            copy = ["cp", "-a", "--", f"/proc/self/fd/{fd}/.", flat.tree]
            done = subprocess.run(copy, pass_fds=[fd], capture_output=True, check=False)
        if done.returncode:
            raise SnapshotError(
                f"flattening {len(layers)} layers failed: {done.stderr.decode(errors='replace')[-500:]}"
            )
        return (flat,)

    def make_slot(self, path: str) -> None:
        os.makedirs(path, mode=0o711)
        mounts.make_shared_slot(path)

    def drop_slot(self, path: str) -> None:
        mounts.unmount(path, lazy=True)
        os.rmdir(path)

    def close(self) -> None:
        for point in mounts.mounts_below(self._root):
            mounts.unmount(point, lazy=True)
        remove_tree(self._root)


class OverlayWorkspace:
    """The live tree of one box: layers, an upper directory once something is written, a mount while in use."""

    def __init__(self, store: OverlayStore, layers: Layers, limits: Limits, *, read_only: bool) -> None:
        self._store = store
        self._layers = layers
        self._limits = limits
        self._read_only = read_only
        self._area: Area | None = None
        self._upper: Layer | None = None
        self._fd: int | None = None
        self._slot: str | None = None

    @contextlib.contextmanager
    def root(self) -> Iterator[int]:
        if self._slot is None:
            self._mount()
            assert self._fd is not None
            yield self._fd
            return
        fd = os.open(self._slot, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield fd
        finally:
            os.close(fd)

    def attach(self, slot: str) -> int:
        if self._slot is None:
            self._mount()
            assert self._fd is not None
            mounts.move(self._fd, slot)
            os.close(self._fd)
            self._fd, self._slot = None, slot
        elif self._slot != slot:
            raise BoxBusy("the workspace is attached to another container")
        return os.stat(slot).st_dev

    def detach(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
        if self._slot is not None:
            try:
                mounts.unmount(self._slot)
            except OSError as error:
                if error.errno != errno.EBUSY:
                    raise
                raise BoxBusy("something still holds the workspace open; no snapshot was taken") from error
            self._slot = None

    def freeze(self) -> Layers:
        self.detach()
        if self._upper is not None:
            layers = (*self._layers, self._upper)
            if len(layers) >= FLATTEN_AT:
                layers = self._store.flatten(layers)
            self._layers, self._upper = layers, None
        return self._layers

    def reset(self, state: Layers) -> None:
        self.detach()
        self._upper, self._layers = None, state

    def used_bytes(self) -> int:
        return self._area.used_bytes() if self._area else 0

    def discard(self) -> None:
        if self._slot is not None:
            mounts.unmount(self._slot, lazy=True)
            self._slot = None
        self.detach()
        self._upper = self._area = None
        self._layers = ()

    def _mount(self) -> None:
        if self._fd is not None:
            return
        try:
            self._mount_overlay()
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise QuotaExceeded("no room for another version; drop snapshots or raise Limits.inodes") from error
            raise SandboxError(f"the workspace could not be mounted: {error}") from error

    def _mount_overlay(self) -> None:
        if not self._read_only and self._upper is None:
            if self._area is None:
                # Layers take a few inodes of their own, which are not the box's to pay for.
                inodes = self._limits.inodes + 8 * FLATTEN_AT
                self._area = self._store.new_area(size_mb=self._limits.disk_mb, inodes=inodes)
            elif self._area.crowded():
                self._area.sweeper.flush()  # Space that was given up must be free before it is missed.
            self._upper = self._area.new_layer(self._store.owner)
        lowers = self._store.lowers(self._layers)
        if self._upper is None:
            self._fd = mounts.overlay(lowers, None, None)
        else:
            self._fd = mounts.overlay(lowers, self._upper.tree, self._upper.work)
