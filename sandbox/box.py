"""Boxes: a workspace of files that can be snapshotted, rolled back and branched, and a place to run untrusted commands.

**What persists.** Files in the workspace (``/box``) are kept from one command to the next; processes and memory never
are, nor anything written elsewhere: every command ends with all processes of the box killed and ``/tmp`` emptied.

**What it costs.** A box is only files until its first ``exec``: creating, writing, snapshotting and branching take no
container. The container that is then attached comes from a warm pool, serves boxes of one tree only (a root box and
what grew from its snapshots), and is never the one in which an attempt ran when the box is read-only, for verifying.

**What it is not.** It says nothing about the answer that runs in it; every error here is infrastructure.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import final

from . import files
from .container import Container
from .errors import BoxBusy, BoxClosed, BoxDied, SandboxError, SnapshotError
from .runtime import Runtime, current
from .spec import WORKSPACE, BoxSpec, Result
from .tree import Tree
from .workspace import Diff, State

_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
}
DEFAULT_READ_BYTES = 16 << 20


@final
class Snapshot:
    """An immutable workspace. Lives as long as something refers to it, at most as long as this process."""

    def __init__(self, state: State, tree: Tree, runtime: Runtime) -> None:
        self.id = secrets.token_hex(8)
        self._state = state
        self._tree = tree
        self._runtime = runtime

    def __repr__(self) -> str:
        return f"<Snapshot {self.id}>"


@dataclass(frozen=True)
class Version:
    """One entry of a box's history. ``parent`` is the id of the snapshot it grew from; ``seconds`` is Unix time."""

    id: str
    parent: str | None
    seconds: float


@final
class Sandbox:
    """A box. Use as a context manager. One thread at a time: a second one gets BoxBusy; different boxes do not share
    anything that needs care."""

    def __init__(
        self, runtime: Runtime, spec: BoxSpec, tree: Tree, base: Snapshot | None, read_only: bool, past: list[Version]
    ) -> None:
        """Not for callers: use :meth:`create`."""
        self.spec = spec
        self.read_only = read_only
        self._runtime = runtime
        self._tree = tree
        self._history = past
        self._head = base.id if base else None
        self._workspace = runtime.store.workspace(base._state if base else None, spec.limits, read_only=read_only)
        self._container: Container | None = None
        self._running: Container | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._died: str | None = None

    @classmethod
    def create(
        cls,
        spec: BoxSpec | None = None,
        *,
        base: Snapshot | None = None,
        read_only: bool = False,
        runtime: Runtime | None = None,
    ) -> Sandbox:
        """A new box: empty, or with the files of ``base``.

        ``read_only`` mounts the workspace read-only and uses a container in which no writable box ran: for verifying.
        ``runtime`` is the process's own unless given. Raises BackendUnavailable when this machine has no sandbox.
        """
        if base is not None:
            if runtime is not None and runtime is not base._runtime:
                raise SnapshotError(f"{base} belongs to another runtime")
            return cls(base._runtime, spec or BoxSpec(), base._tree, base, read_only, [])
        runtime = runtime or current()
        return cls(runtime, spec or BoxSpec(), Tree(runtime.pool), None, read_only, [])

    def exec(
        self,
        argv: Sequence[str],
        *,
        timeout: float,
        stdin: bytes = b"",
        max_output: int | None = None,
        env: Mapping[str, str] | None = None,
        cwd: str = WORKSPACE,
    ) -> Result:
        """Run ``argv`` (no shell) and wait for it, at most ``timeout`` seconds.

        When the main process ends, or time is up, every process of the box is killed. Each of stdout, stderr and the
        channel (file descriptor 3 of the command) is kept up to ``max_output`` bytes. A command that cannot be started
        has return code 127. Raises BoxDied when the container broke; it is then dead for certain, and the box accepts
        only ``rollback`` and ``close``.
        """
        if isinstance(argv, str) or not argv or not all(isinstance(word, str) and "\0" not in word for word in argv):
            raise ValueError(
                "argv must be a non-empty sequence of strings, without a shell: ['sh', '-c', '...'] for one"
            )
        if not timeout > 0:
            raise ValueError(f"timeout must be positive seconds, got {timeout!r}")
        limits = self.spec.limits
        with self._using():
            container, device = self._attach()
            self._running = container
            try:
                result = container.run(
                    argv,
                    device=device,
                    timeout=timeout,
                    stdin=stdin,
                    max_output=limits.output_bytes if max_output is None else max_output,
                    env={**_ENVIRONMENT, **(env or {})},
                    cwd=cwd,
                    rlimits={**container.rlimits, **self._runtime.store.rlimits(limits)},
                )
            except BoxDied as error:
                self._died = str(error)
                self._detach(lost=True)
                raise
            finally:
                self._running = None
            if container.dead:  # It could not be cleaned; the files are fine, and the next command gets another one.
                self._detach()
            return result

    def write(self, path: str, data: bytes) -> None:
        """Create or replace a file of the workspace, with its parent directories. Raises PathRefused, QuotaExceeded."""
        if self.read_only:
            raise SandboxError("this box is read-only: write before the snapshot that it is based on")
        with self._using(), self._workspace.root() as root:
            files.write_file(root, path, data, self._runtime.file_owner)

    def read(self, path: str, max_bytes: int = DEFAULT_READ_BYTES) -> bytes:
        """The contents of a regular file of the workspace; no symbolic link is followed. Raises PathRefused or one of
        its kinds, NoSuchFile and FileTooLarge."""
        with self._using(), self._workspace.root() as root:
            return files.read_file(root, path, max_bytes)

    def snapshot(self) -> Snapshot:
        """Keep the present files. Raises BoxBusy rather than take a torn snapshot."""
        with self._using():
            return self._snapshot()

    def rollback(self, snapshot: Snapshot) -> None:
        """Make the workspace what it was at ``snapshot``, of this tree. Also revives a box whose container died."""
        if snapshot._tree is not self._tree:
            raise SnapshotError(f"{snapshot} belongs to another tree; create a box with base= instead")
        with self._using(dead=True):
            self._workspace.reset(snapshot._state)
            self._head = snapshot.id
            self._died = None

    def branch(self, count: int) -> list[Sandbox]:
        """``count`` boxes that start from the present files, independent of this one and of each other."""
        with self._using():
            base = self._snapshot()
            past = list(self._history)
        return [Sandbox(self._runtime, self.spec, self._tree, base, self.read_only, list(past)) for _ in range(count)]

    def history(self) -> tuple[Version, ...]:
        """The snapshots taken in this box and in the boxes that it branched from, oldest first, as a tree."""
        return tuple(self._history)

    def diff(self, before: Snapshot, after: Snapshot) -> Diff:
        """Which paths were added, changed and deleted from ``before`` to ``after``."""
        try:
            return self._runtime.store.diff(before._state, after._state)
        except (OSError, RecursionError) as error:
            raise SnapshotError(f"the two cannot be compared: {error}") from error

    def kill_all(self) -> None:
        """Kill every process of the box. Between commands there is none; called from another thread while a command
        runs, it kills the container, and that command raises BoxDied."""
        running = self._running
        if running is not None:
            running.interrupt()

    @property
    def image_digest(self) -> str:
        """What the box's root file system is: an image digest, or a digest of the host's for bubblewrap."""
        return self._runtime.backend.image_digest(self.spec.image)

    def close(self) -> None:
        """Give the box up. Snapshots of it stay usable. Idempotent."""
        if self._closed or self._runtime.closed:
            self._closed = True
            return
        with self._using(dead=True):
            self._closed = True
            self._detach(lost=True)
            self._workspace.discard()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            self.close()

    def __repr__(self) -> str:
        return f"<Sandbox {self._tree.id} at {self._head}>"

    @contextlib.contextmanager
    def _using(self, *, dead: bool = False) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            raise BoxBusy("another thread is using this box; give every thread a box of its own")
        try:
            if self._closed or self._runtime.closed:
                raise BoxClosed("this box was closed, or belongs to the process that this one was forked from")
            if self._died and not dead:
                raise BoxDied(f"this box died earlier ({self._died}); roll it back to a snapshot or close it")
            yield
        finally:
            self._lock.release()

    def _snapshot(self) -> Snapshot:
        snapshot = Snapshot(self._workspace.freeze(), self._tree, self._runtime)
        self._history.append(Version(snapshot.id, self._head, time.time()))
        self._head = snapshot.id
        return snapshot

    def _attach(self) -> tuple[Container, int | None]:
        if self._container is None:
            self._container = self._tree.take(self.spec, verifying=self.read_only)
        return self._container, self._workspace.attach(self._container.slot)

    def _detach(self, *, lost: bool = False) -> None:
        """Part from the container. ``lost``: whatever still holds the workspace does not matter any more."""
        container, self._container = self._container, None
        if container is None:
            return
        container.charged_bytes += self._workspace.used_bytes()
        if lost:
            self._workspace.discard()
        else:
            self._workspace.detach()
        self._tree.give_back(container, verifying=self.read_only)
