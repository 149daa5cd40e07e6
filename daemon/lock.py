"""One daemon a run directory: an flock that the kernel releases however the daemon ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "daemon.lock"


class AlreadyRunning(RuntimeError):
    """Another daemon holds the run directory."""


@contextmanager
def run_lock(directory: Path) -> Iterator[None]:
    """Hold the run directory. Raises AlreadyRunning with the holder's process id."""
    fd = os.open(directory / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(fd, 32).decode(errors="replace").strip()
            raise AlreadyRunning(
                f"{directory} is in use by process {holder}: stop it (kill -TERM {holder}) or give another --dir"
            ) from error
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(fd)


def is_running(directory: Path) -> bool:
    """Whether a daemon holds the run directory now."""
    try:
        fd = os.open(directory / FILE, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
