"""Overlay, content-addressed store and a model of plain copies give the same trees for any sequence of operations.

No container takes part: operations act on the workspaces' directories, as a command in a box would.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from assay.sandbox import Diff, Limits
from assay.sandbox.cas import CasStore
from assay.sandbox.deletion import remove_tree
from assay.sandbox.mounts import can_mount, mounts_below, unmount
from assay.sandbox.overlay import OverlayStore
from assay.sandbox.sweeper import Sweeper

Tree = dict[str, tuple[Any, ...]]
LIMITS = Limits(disk_mb=16, inodes=2000)
NAMES = st.sampled_from(["a", "b", "c", "d/a", "d/b", "d/e/a", "e", "e/f"])
CONTENTS = st.sampled_from([b"", b"1", b"2", b"x" * 5000])


def tree_of(root: str) -> Tree:
    """Everything that the stores promise to keep, by relative path."""
    found: Tree = {}
    for directory, names, files in os.walk(root):
        for name in (*names, *files):
            path = os.path.join(directory, name)
            status = os.lstat(path)
            kind, mode = stat.S_IFMT(status.st_mode), stat.S_IMODE(status.st_mode)
            details: tuple[Any, ...] = (kind, mode)
            if kind == stat.S_IFLNK:
                details = (kind, os.readlink(path))
            elif kind == stat.S_IFREG:
                details = (kind, mode, Path(path).read_bytes())
            found[os.path.relpath(path, root)] = details
    return found


class PlainStore:
    """The model: a state is a copy of the whole directory."""

    def __init__(self, root: str) -> None:
        self.root, self.count = root, 0

    def workspace(self, state: str | None, limits: Limits, *, read_only: bool) -> PlainWorkspace:
        return PlainWorkspace(self, state)

    def copy(self, source: str | None) -> str:
        self.count += 1
        target = os.path.join(self.root, str(self.count))
        if source is None:
            os.mkdir(target)
        else:
            shutil.copytree(source, target, symlinks=True)
        return target

    def diff(self, before: str, after: str) -> Diff:
        old, new = tree_of(before), tree_of(after)
        both = old.keys() & new.keys()
        changed = tuple(sorted(path for path in both if old[path] != new[path]))
        return Diff(tuple(sorted(new.keys() - both)), changed, tuple(sorted(old.keys() - both)))


class PlainWorkspace:
    def __init__(self, store: PlainStore, state: str | None) -> None:
        self.store, self.place = store, store.copy(state)

    @contextmanager
    def root(self) -> Iterator[int]:
        fd = os.open(self.place, os.O_RDONLY)
        yield fd
        os.close(fd)

    def freeze(self) -> str:
        state = self.store.copy(self.place)
        shutil.rmtree(self.place)
        self.place = self.store.copy(state)
        return state

    def reset(self, state: str) -> None:
        shutil.rmtree(self.place)
        self.place = self.store.copy(state)

    def discard(self) -> None:
        shutil.rmtree(self.place)


class StoresAgree(RuleBasedStateMachine):
    """The same operations on all stores; after each snapshot-like step all trees must be equal."""

    def __init__(self) -> None:
        super().__init__()
        self.base = tempfile.mkdtemp(prefix="assay-stores-")
        self.sweeper = Sweeper()
        user = (os.geteuid(), os.getegid())
        self.stores: list[Any] = [PlainStore(self.base), CasStore(f"{self.base}/cas", None)]
        if can_mount():
            self.stores.append(OverlayStore(f"{self.base}/overlay", self.sweeper, user))
        self.live: list[list[Any]] = [[store.workspace(None, LIMITS, read_only=False) for store in self.stores]]
        self.states: list[list[Any]] = []

    def teardown(self) -> None:
        for store in self.stores[1:]:
            store.close()
        self.sweeper.close()
        for point in mounts_below(self.base):
            unmount(point, lazy=True)
        remove_tree(self.base)

    def each(self, action: Any, which: int) -> None:
        """Do ``action(directory)`` in every store's workspace; all must end alike, in the same kind of error if any."""
        outcomes = []
        for workspace in self.live[which % len(self.live)]:
            with workspace.root() as fd:
                try:
                    outcomes.append(action(f"/proc/self/fd/{fd}"))
                except OSError as error:
                    outcomes.append(type(error))
        assert len(set(outcomes)) == 1, outcomes

    def compare(self, which: int) -> None:
        trees = []
        for workspace in self.live[which % len(self.live)]:
            with workspace.root() as fd:
                trees.append(tree_of(f"/proc/self/fd/{fd}"))
        assert all(tree == trees[0] for tree in trees), trees

    @rule(name=NAMES, data=CONTENTS, which=st.integers(0, 3))
    def write(self, name: str, data: bytes, which: int) -> None:
        def action(root: str) -> None:
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

        self.each(action, which)

    @rule(name=NAMES, data=CONTENTS, which=st.integers(0, 3))
    def forge_times(self, name: str, data: bytes, which: int) -> None:
        """Change a file and put its size and modification time back."""

        def action(root: str) -> None:
            path = Path(root, name)
            status = path.stat()
            path.write_bytes((data * 5000)[: status.st_size])
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

        self.each(action, which)

    @rule(name=NAMES, which=st.integers(0, 3))
    def delete(self, name: str, which: int) -> None:
        def action(root: str) -> None:
            path = Path(root, name)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

        self.each(action, which)

    @rule(old=NAMES, new=NAMES, which=st.integers(0, 3))
    def rename(self, old: str, new: str, which: int) -> None:
        self.each(lambda root: os.rename(Path(root, old), Path(root, new)), which)

    @rule(old=NAMES, new=NAMES, which=st.integers(0, 3))
    def link(self, old: str, new: str, which: int) -> None:
        self.each(lambda root: os.link(Path(root, old), Path(root, new), follow_symlinks=False), which)

    @rule(to=NAMES, name=NAMES, which=st.integers(0, 3))
    def symlink(self, to: str, name: str, which: int) -> None:
        self.each(lambda root: os.symlink(to, Path(root, name)), which)

    @rule(name=NAMES, mode=st.sampled_from([0o600, 0o755, 0o444]), which=st.integers(0, 3))
    def chmod(self, name: str, mode: int, which: int) -> None:
        self.each(lambda root: os.chmod(Path(root, name), mode | 0o700), which)

    @rule(which=st.integers(0, 3))
    def snapshot(self, which: int) -> None:
        self.compare(which)
        self.states.append([workspace.freeze() for workspace in self.live[which % len(self.live)]])
        self.compare(which)

    @rule(which=st.integers(0, 3), state=st.integers(0, 20))
    def rollback(self, which: int, state: int) -> None:
        if self.states:
            chosen = self.states[state % len(self.states)]
            for workspace, back in zip(self.live[which % len(self.live)], chosen, strict=True):
                workspace.reset(back)
            self.compare(which)

    @rule(state=st.integers(0, 20))
    def branch(self, state: int) -> None:
        if self.states and len(self.live) < 4:
            chosen = self.states[state % len(self.states)]
            pairs = zip(self.stores, chosen, strict=True)
            self.live.append([store.workspace(base, LIMITS, read_only=False) for store, base in pairs])
            self.compare(len(self.live) - 1)

    @rule(before=st.integers(0, 20), after=st.integers(0, 20))
    def diff(self, before: int, after: int) -> None:
        if self.states:
            old, new = (self.states[index % len(self.states)] for index in (before, after))
            diffs = [store.diff(a, b) for store, a, b in zip(self.stores, old, new, strict=True)]
            assert all(diff == diffs[0] for diff in diffs), diffs

    @rule(state=st.integers(0, 20))
    def forget(self, state: int) -> None:
        if len(self.states) > 1:
            self.states.pop(state % len(self.states))


@pytest.mark.timeout(240)
def test_all_stores_give_identical_trees_for_any_sequence_of_operations() -> None:
    run_state_machine_as_test(
        StoresAgree,
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.skipif(not can_mount(), reason="needs CAP_SYS_ADMIN")
def test_mounts_by_the_older_interface_agree_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from assay.sandbox import mounts

    monkeypatch.setattr(mounts, "_overlay_by_fsconfig", mounts._overlay_by_mount)
    run_state_machine_as_test(
        StoresAgree,
        settings=settings(
            max_examples=4, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
