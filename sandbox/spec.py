"""What a box offers and what a command in it came to: plain frozen values, validated where they are made."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import PurePosixPath

DEFAULT_IMAGE = "assay-box:1"
WORKSPACE = "/box"


@dataclass(frozen=True)
class Limits:
    """Hard limits of one box.

    ``disk_mb`` and ``inodes`` bound what the box itself writes, over all its snapshots; siblings do not share them.
    Files live in memory-backed storage, so a container may hold ``memory_mb + disk_mb`` (plus ``/tmp``) in all.
    ``output_bytes`` caps each of stdout, stderr and the channel; what comes after is read, counted and dropped.
    ``reserve_mb`` is for programs that reserve more memory than they use: where memory is limited by process and not by
    box (bubblewrap), a process may reserve as much, if that is more than ``memory_mb``.
    """

    pids: int = 64
    memory_mb: int = 1024
    cpus: float = 1.0
    nofile: int = 256
    disk_mb: int = 256
    inodes: int = 20_000
    output_bytes: int = 1 << 20
    reserve_mb: int = 1

    def __post_init__(self) -> None:
        for name in ("pids", "memory_mb", "cpus", "nofile", "disk_mb", "inodes", "output_bytes", "reserve_mb"):
            if not getattr(self, name) > 0:
                raise ValueError(f"Limits.{name} must be positive, got {getattr(self, name)!r}")


@dataclass(frozen=True)
class Mount:
    """A host directory or file that the box sees read-only at ``guest``."""

    host: str
    guest: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "host", os.path.abspath(os.fspath(self.host)))
        guest = PurePosixPath(self.guest)
        if not guest.is_absolute() or ".." in guest.parts:
            raise ValueError(f"Mount.guest must be an absolute path without '..', got {self.guest!r}")
        if any(str(guest) == p or str(guest).startswith(p + "/") for p in (WORKSPACE, "/tmp", "/proc", "/sys", "/dev")):
            raise ValueError(f"Mount.guest must not lie in /box, /tmp, /proc, /sys or /dev, got {self.guest!r}")


@dataclass(frozen=True)
class BoxSpec:
    """Everything that makes two boxes alike; the key of the pool of warm containers."""

    image: str = DEFAULT_IMAGE
    limits: Limits = field(default_factory=Limits)
    mounts: tuple[Mount, ...] = ()


@dataclass(frozen=True)
class Result:
    """What one command came to.

    ``returncode`` is negative when a signal killed the command, None never happens for a command that started and was
    reaped. ``channel`` is what it wrote to file descriptor 3, a pipe of its own that is not mixed with printed text.
    ``truncated`` says that at least one stream went over its cap. ``oom`` says that the kernel killed something of the
    box for memory. ``seconds`` is wall time by the worker's clock.
    """

    returncode: int | None
    stdout: bytes
    stderr: bytes
    channel: bytes
    truncated: bool
    timed_out: bool
    oom: bool
    seconds: float
