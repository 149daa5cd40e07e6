"""Who owns what is left lying around: a process, told apart from a later one with the same number.

Containers carry the owner as a label and runtime directories as their name, so that after a crash the next start can
tell the living from the dead: same boot, process exists, same start time.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

LABEL = "assay"
OWNER_LABEL = "assay.owner"


@dataclass(frozen=True)
class Owner:
    """A process: ``start`` is its start time in clock ticks since boot, ``boot`` the kernel's boot id (shortened)."""

    pid: int
    start: int
    boot: str

    def __str__(self) -> str:
        return f"{self.pid}-{self.start}-{self.boot}"

    @classmethod
    def parse(cls, text: str) -> Owner | None:
        """The inverse of ``str``; None if ``text`` is something else."""
        parts = text.split("-")
        if len(parts) != 3 or not (parts[0].isdigit() and parts[1].isdigit()):
            return None
        return cls(int(parts[0]), int(parts[1]), parts[2])

    @classmethod
    def current(cls) -> Owner:
        pid = os.getpid()
        start = _start_time(pid)
        if start is None:
            raise RuntimeError("/proc is not mounted; assay.sandbox needs it")
        return cls(pid, start, _boot_id())

    def alive(self) -> bool:
        return self.boot == _boot_id() and _start_time(self.pid) == self.start


def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip().replace("-", "")[:12]


def _start_time(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # A zombie runs nothing any more: its boxes have no owner.
    return None if fields[0] in ("Z", "X") else int(fields[19])


def runtime_root() -> Path:
    """Where runtime directories of this user lie, one per owner. Root's boxes must be reachable for the box's user."""
    if os.geteuid() == 0:
        root = Path("/run/assay")
        root.mkdir(mode=0o711, parents=True, exist_ok=True)
        return root
    root = Path(tempfile.gettempdir()) / f"assay-{os.geteuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    status = root.lstat()
    if status.st_uid != os.geteuid() or status.st_mode & 0o077 or not root.is_dir() or root.is_symlink():
        raise RuntimeError(f"{root} is not a private directory of this user; remove it")
    return root
