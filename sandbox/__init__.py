"""Boxes to run untrusted code in, whose files can be snapshotted, rolled back and branched in about a millisecond.

    with Sandbox.create() as box:
        box.write("answer.py", source)
        result = box.exec(["python3", "answer.py"], timeout=10)

Docker where a daemon answers, else bubblewrap; see :mod:`assay.sandbox.box` for the contract.
"""

from .box import Sandbox, Snapshot, Version
from .errors import (
    BackendUnavailable,
    BoxBusy,
    BoxClosed,
    BoxDied,
    FileTooLarge,
    NoSuchFile,
    PathRefused,
    QuotaExceeded,
    SandboxError,
    SnapshotError,
)
from .reaper import GcReport, gc
from .report import backend_report
from .runtime import shutdown
from .spec import DEFAULT_IMAGE, WORKSPACE, BoxSpec, Limits, Mount, Result
from .warm import warm
from .workspace import Diff

__all__ = [
    "DEFAULT_IMAGE",
    "WORKSPACE",
    "BackendUnavailable",
    "BoxBusy",
    "BoxClosed",
    "BoxDied",
    "BoxSpec",
    "Diff",
    "FileTooLarge",
    "GcReport",
    "Limits",
    "Mount",
    "NoSuchFile",
    "PathRefused",
    "QuotaExceeded",
    "Result",
    "Sandbox",
    "SandboxError",
    "Snapshot",
    "SnapshotError",
    "Version",
    "backend_report",
    "gc",
    "shutdown",
    "warm",
]
