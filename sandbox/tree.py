"""A tree of boxes: one root box and everything that grew from its snapshots. Containers never leave their tree.

Within the tree, a container that its box no longer needs may serve the next branch, one after the other. Boxes that
verify (read-only) draw from a list of their own, so that no verification happens in a container in which attempts ran.
"""

from __future__ import annotations

import collections
import secrets
import threading
import weakref

from .container import Container
from .pool import Pool
from .spec import BoxSpec

# Idle containers kept for the next branch of the same tree.
_KEEP = 2


class Tree:
    """Hands out containers to the boxes of one tree; retires them when the last box and snapshot are gone."""

    def __init__(self, pool: Pool) -> None:
        self.id = secrets.token_hex(8)
        self._pool = pool
        self._lock = threading.Lock()
        self._idle: dict[tuple[BoxSpec, bool], list[Container]] = collections.defaultdict(list)
        weakref.finalize(self, _retire_all, pool, self._idle).atexit = False

    def take(self, spec: BoxSpec, *, verifying: bool) -> Container:
        with self._lock:
            idle = self._idle[spec, verifying]
            if idle:
                return idle.pop()
        return self._pool.acquire(self._pool.kind(spec, read_only=verifying))

    def give_back(self, container: Container, *, verifying: bool) -> None:
        """Keep the container for the next box of this tree. Retire it when it is dead, when enough are kept, or when
        files that were written in it still fill much of the memory that its limit allows."""
        limits = container.spec.limits
        full = container.charged_bytes > (limits.disk_mb << 20) // 4
        with self._lock:
            idle = self._idle[container.spec, verifying]
            if not container.dead and not full and len(idle) < _KEEP:
                idle.append(container)
                return
        self._pool.retire(container)


def _retire_all(pool: Pool, idle: dict[tuple[BoxSpec, bool], list[Container]]) -> None:
    for containers in idle.values():
        for container in containers:
            pool.retire(container)
