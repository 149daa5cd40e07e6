"""A worker process of the local executor: a line of JSON in, a line of JSON out, until its input ends.

Started as ``python -m assay.daemon.worker PARENT_PID``. It owns its boxes; when it ends, however it ends, they end.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from typing import Any

from assay.curriculum import Problem

from .attempts import attempt_group

PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Have the kernel kill this process when the daemon dies, kill -9 included."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call above took effect
        os._exit(1)


def serve(payload: dict[str, Any]) -> list[dict[str, Any]]:
    return attempt_group(Problem.from_json(payload["problem"]), payload["answers"])


def main() -> None:
    die_with(int(sys.argv[1]))
    # Whatever a library prints must not end up in the protocol: keep the pipe to ourselves, send fd 1 to stderr.
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        replies.write(json.dumps(serve(json.loads(line))).encode() + b"\n")


if __name__ == "__main__":
    main()
