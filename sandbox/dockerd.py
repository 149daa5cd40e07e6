"""Starts a Docker daemon where none runs and nothing else starts one: in a container or VM without systemd.

``python -m assay.sandbox.dockerd`` is part of set-up. The daemon runs in a session of its own and outlives the caller.
It is never stopped from here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .docker_backend import connect
from .errors import BackendUnavailable

LOG = Path("/var/log/assay-dockerd.log")
_READY_SECONDS = 60.0


def ensure_daemon() -> str:
    """Return one line saying what answers or was started. Raises BackendUnavailable naming what to do."""
    try:
        connect(timeout=10).close()
        return "a Docker daemon answers"
    except BackendUnavailable as error:
        reason = str(error)
    if os.geteuid() != 0:
        raise BackendUnavailable(f"{reason}; this user is not root and cannot start one")
    if shutil.which("dockerd") is None:
        raise BackendUnavailable("no Docker daemon is installed; install one (Debian: `apt-get install docker.io`)")
    with LOG.open("ab") as log:
        # Its own session: it must not get the terminal's signals, and it outlives this process.
        process = subprocess.Popen(
            ["dockerd"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True
        )
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BackendUnavailable(f"dockerd ended with code {process.returncode}; its log is {LOG}")
        try:
            connect(timeout=5).close()
            return f"started dockerd (process {process.pid}, log {LOG})"
        except BackendUnavailable:
            time.sleep(0.2)
    raise BackendUnavailable(f"dockerd was started but does not answer after {_READY_SECONDS:.0f} s; its log is {LOG}")


def main() -> int:
    try:
        print(ensure_daemon(), flush=True)  # noqa: T201
    except BackendUnavailable as error:
        print(f"no Docker daemon: {error}\nBoxes will use bubblewrap if it is installed.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
