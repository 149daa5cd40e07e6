"""What a box needs of a store of files. Two stores implement it: overlay (mounts) and cas (plain files).

A *workspace* is the live tree of one box; a *state* is an immutable tree that snapshots hold. States are opaque to
everyone but the store that made them, live as long as something refers to them, and are freed when nothing does.

The contract both stores keep (and the tests compare): names, kinds, modes, contents, symbolic link targets and
modification times of regular files survive. Hard links become separate files; sockets are lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from .spec import Limits

State = Any


@dataclass(frozen=True)
class Diff:
    """Paths that differ between two states, sorted. A directory counts when it appears, goes, or changes its mode."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


class Workspace(Protocol):
    """The live tree of one box. Not thread-safe: the box's lock covers it. Nothing may run in the box during a call."""

    def root(self) -> AbstractContextManager[int]:
        """A descriptor of the tree's root directory, for openat-style calls."""
        ...

    def attach(self, slot: str) -> int | None:
        """Show the tree at ``slot``, where a container sees it. Returns the device number it has there, or None."""
        ...

    def detach(self) -> None:
        """Take the tree out of its slot. Raises BoxBusy if anything still holds it open."""
        ...

    def freeze(self) -> State:
        """The present tree as a state; the workspace goes on from it."""
        ...

    def reset(self, state: State) -> None:
        """Make the tree equal to ``state``; what was written since is lost."""
        ...

    def used_bytes(self) -> int:
        """Bytes of memory-backed storage that this workspace has written and not freed."""
        ...

    def discard(self) -> None:
        """Give up the tree, whatever still holds it."""
        ...


class Store(Protocol):
    """Makes workspaces and compares states."""

    name: str

    def workspace(self, state: State | None, limits: Limits, *, read_only: bool) -> Workspace: ...

    def diff(self, before: State, after: State) -> Diff: ...

    def rlimits(self, limits: Limits) -> Mapping[str, int]:
        """Resource limits that every command gets because of how this store keeps files."""
        ...

    def make_slot(self, path: str) -> None:
        """Prepare the directory ``path`` for ``attach``; a container is bound to it."""
        ...

    def drop_slot(self, path: str) -> None:
        """Undo ``make_slot``."""
        ...

    def close(self) -> None:
        """Free everything, when the process ends."""
        ...
