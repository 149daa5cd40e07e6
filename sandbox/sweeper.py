"""Deletes what nothing refers to any more, off the paths that somebody waits on.

Layers and storage areas are reference-counted by Python itself: their finalizers only put a small job on a queue here,
because a finalizer may run in any thread at any moment.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from .errors import SandboxError

_LOG = logging.getLogger(__name__)

Job = Callable[[], None]


class Sweeper:
    """One background thread that runs deletion jobs in order. ``close`` runs what is left and ends it."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="assay-sweeper", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        self._jobs.put(job)

    def flush(self) -> None:
        """Wait until everything submitted so far is done."""
        done = threading.Event()
        self._jobs.put(done.set)
        done.wait()

    @property
    def alive(self) -> bool:
        """Whether jobs are still being done."""
        return self._thread.is_alive()

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except (OSError, SandboxError):
                # What stays behind is reaped by the owner's directory at the next start; say so and go on.
                _LOG.warning("could not delete sandbox storage", exc_info=True)
