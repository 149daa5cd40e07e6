"""Warm containers: started ahead of need by background threads, given to one tree of boxes, never given to another.

A container start takes a daemon about 200 ms; taking a warm one takes microseconds. The pool keeps ``target``
containers ready for every specification that is in use. What comes back from a tree that has ended is not reused but
retired, and retiring happens in the background too.
"""

from __future__ import annotations

import collections
import itertools
import logging
import os
import threading
from typing import Protocol

from .container import Container
from .errors import BackendUnavailable, SandboxError
from .spec import BoxSpec
from .sweeper import Sweeper
from .workspace import Store

_LOG = logging.getLogger(__name__)

DEFAULT_TARGET = 2
STARTERS = 2
MAX_CONTAINERS = 512


Kind = tuple[BoxSpec, bool]
"""A specification, and whether the container may write to its slot."""


class Backend(Protocol):
    """Starts containers: Docker or bubblewrap."""

    name: str

    def image_digest(self, image: str) -> str: ...

    def start(self, spec: BoxSpec, slot: str, *, slot_writable: bool) -> Container: ...


class Pool:
    """Fresh containers by specification. ``acquire`` and ``retire`` may be called from any thread."""

    def __init__(self, backend: Backend, store: Store, slots: str) -> None:
        self._backend = backend
        self._store = store
        self._slots = slots
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._ready: dict[Kind, collections.deque[Container]] = collections.defaultdict(collections.deque)
        self._targets: dict[Kind, int] = {}
        self._starting: collections.Counter[Kind] = collections.Counter()
        self._alive = 0
        self._live: set[Container] = set()
        self._closed = False
        # Removing a container takes the daemon about 100 ms: its own queue, so that file deletion does not wait for it.
        self._retirer = Sweeper()
        self._threads: list[threading.Thread] = []
        os.makedirs(slots, mode=0o711, exist_ok=True)

    def kind(self, spec: BoxSpec, *, read_only: bool) -> Kind:
        """Overlay mounts carry their own read-only flag; plain files need a container whose slot is (not) writable."""
        return (spec, self._store.name != "overlay" and not read_only)

    def want(self, kind: Kind, count: int) -> None:
        """Keep at least ``count`` warm containers of ``kind`` from now on."""
        with self._changed:
            if count > self._targets.get(kind, 0):
                self._targets[kind] = count
                self._changed.notify_all()
            self._hire()

    def wait_warm(self, kind: Kind, count: int, seconds: float) -> bool:
        """Wait until ``count`` containers of ``kind`` are ready; False if that takes longer than ``seconds``."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._ready[kind]) >= count or self._closed, seconds)

    def acquire(self, kind: Kind) -> Container:
        """A container that no box has used. Starts one on the spot when none is warm. Raises SandboxError."""
        self.want(kind, DEFAULT_TARGET)
        with self._changed:
            while self._ready[kind]:
                container = self._ready[kind].popleft()
                self._changed.notify_all()
                if not container.dead:
                    return container
            if self._alive >= MAX_CONTAINERS:
                raise BackendUnavailable(f"{MAX_CONTAINERS} containers are in use; close boxes that are done")
            self._alive += 1
        try:
            return self._start(kind)
        except BaseException:
            with self._changed:
                self._alive -= 1
            raise

    def retire(self, container: Container) -> None:
        """End a container, in the background. Its slot must hold no workspace any more."""
        self._retirer.submit(lambda: self._end(container))

    def close(self) -> None:
        """End every container, also those that boxes still use."""
        with self._changed:
            self._closed = True
            self._ready.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        leftover = list(self._live)
        for container in leftover:
            container.hang_up()
        for container in leftover:
            self._retirer.submit(container.close)
        self._retirer.close()

    def _start(self, kind: Kind) -> Container:
        slot = os.path.join(self._slots, str(next(self._numbers)))
        self._store.make_slot(slot)
        spec, writable = kind
        try:
            container = self._backend.start(spec, slot, slot_writable=writable)
        except BaseException:
            self._store.drop_slot(slot)
            raise
        self._live.add(container)
        return container

    def _end(self, container: Container) -> None:
        try:
            container.close()
        except SandboxError:
            _LOG.warning("a container could not be ended; the next start reaps it", exc_info=True)
        finally:
            self._store.drop_slot(container.slot)
            self._live.discard(container)
            with self._changed:
                self._alive -= 1

    def _hire(self) -> None:
        while len(self._threads) < STARTERS and not self._closed:
            thread = threading.Thread(target=self._fill, name="assay-pool", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _lacking(self) -> Kind | None:
        for kind, target in self._targets.items():
            if len(self._ready[kind]) + self._starting[kind] < target and self._alive < MAX_CONTAINERS:
                return kind
        return None

    def _fill(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._lacking() is not None)
                kind = self._lacking()
                if self._closed:
                    return
                if kind is None:
                    continue
                self._starting[kind] += 1
                self._alive += 1
            container = None
            try:
                container = self._start(kind)
            except (SandboxError, OSError) as error:
                # Whoever needs a container next starts it on the spot and gets this error first hand.
                _LOG.warning("could not warm a container: %s", error)
            with self._changed:
                self._starting[kind] -= 1
                if container is None:
                    self._alive -= 1
                    self._targets.pop(kind, None)
                elif not self._closed:
                    self._ready[kind].append(container)
                self._changed.notify_all()
