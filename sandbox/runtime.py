"""What one process has at run time: a backend, a store, a pool, and a directory that names its owner.

Made at the first use, ended at exit. A forked child has none of it: it gets its own at its first use, and closes the
connections it inherited, because a container lives as long as anybody holds its connection.
"""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from pathlib import Path

from .bubblewrap_backend import BubblewrapBackend
from .cas import CasStore
from .deletion import remove_tree
from .docker_backend import DockerBackend
from .errors import BackendUnavailable
from .mounts import can_mount
from .overlay import OverlayStore
from .owner import Owner, runtime_root
from .pool import Backend, Pool
from .reaper import gc
from .sweeper import Sweeper
from .workspace import Store

BOX_USER = (1000, 1000)


def box_user() -> tuple[int, int]:
    """The (uid, gid) that boxes run as. A supervisor that is not root cannot hand files to another user, so its boxes
    run as itself, within their namespaces."""
    return BOX_USER if os.geteuid() == 0 else (os.geteuid(), os.getegid())


_RUNTIMES: weakref.WeakSet[Runtime] = weakref.WeakSet()


class Runtime:
    """Backend, store and pool of this process. ``backend`` and ``store`` None choose what works here, best first."""

    def __init__(self, backend: str | None = None, store: str | None = None) -> None:
        owner = Owner.current()
        self.user = box_user()
        self.file_owner = self.user if os.geteuid() == 0 else None
        if store not in (None, "overlay", "cas"):
            raise BackendUnavailable(f"no snapshot store {store!r}; ASSAY_SANDBOX_STORE is overlay or cas")
        overlay = store == "overlay" or (store is None and can_mount())
        self.backend = _choose_backend(backend, owner, self.user, slots_are_mounts=overlay)
        self.closed = False
        _RUNTIMES.add(self)
        self.directory = _own_directory(owner)
        self.sweeper = Sweeper()
        self.store: Store
        if overlay:
            self.store = OverlayStore(str(self.directory / "overlay"), self.sweeper, self.user)
        else:
            self.store = CasStore(str(self.directory / "cas"), self.file_owner)
        slots = self.directory / self.store.name / "slots"
        self.pool = Pool(self.backend, self.store, str(slots))

    def close(self) -> None:
        """End containers, unmount and delete everything. Boxes of this runtime must not be used any more."""
        self.closed = True
        self.pool.close()
        self.sweeper.close()
        self.store.close()
        remove_tree(str(self.directory))


def _own_directory(owner: Owner) -> Path:
    for number in range(1000):
        directory = runtime_root() / f"{owner}.{number}"
        try:
            directory.mkdir(mode=0o711)
        except FileExistsError:
            continue
        return directory
    raise BackendUnavailable(f"too many runtimes in one process; remove {runtime_root()}")


def _choose_backend(wanted: str | None, owner: Owner, user: tuple[int, int], *, slots_are_mounts: bool) -> Backend:
    if wanted == "docker":
        return DockerBackend(owner, user, slots_are_mounts=slots_are_mounts)
    if wanted == "bubblewrap":
        return BubblewrapBackend(user)
    if wanted is not None:
        raise BackendUnavailable(f"no sandbox backend {wanted!r}; ASSAY_SANDBOX_BACKEND is docker or bubblewrap")
    try:
        return DockerBackend(owner, user, slots_are_mounts=slots_are_mounts)
    except BackendUnavailable as no_docker:
        try:
            return BubblewrapBackend(user)
        except BackendUnavailable as no_bubblewrap:
            raise BackendUnavailable(f"{no_docker}; and no bubblewrap: {no_bubblewrap}") from no_docker


_LOCK = threading.Lock()
_current: Runtime | None = None


def current() -> Runtime:
    """This process's runtime. The environment may force a backend (ASSAY_SANDBOX_BACKEND=docker|bubblewrap) and a store
    (ASSAY_SANDBOX_STORE=overlay|cas). Raises BackendUnavailable."""
    global _current
    with _LOCK:
        if _current is None:
            gc()
            _current = Runtime(os.environ.get("ASSAY_SANDBOX_BACKEND"), os.environ.get("ASSAY_SANDBOX_STORE"))
        return _current


def shutdown() -> None:
    """End this process's runtime now; the next box makes a new one. Runs at exit by itself."""
    global _current
    with _LOCK:
        runtime, _current = _current, None
    if runtime is not None:
        runtime.close()


def _forget() -> None:
    """In a forked child: the parent's boxes are the parent's."""
    global _current, _LOCK
    _current, _LOCK = None, threading.Lock()
    for runtime in list(_RUNTIMES):
        runtime.closed = True


os.register_at_fork(after_in_child=_forget)
atexit.register(shutdown)
