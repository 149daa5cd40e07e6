"""Containers by bubblewrap, for machines without a Docker daemon: the same worker in namespaces made by ``bwrap``.

The root file system is the host's ``/usr``, read-only, and nothing else of the host. As root, bwrap is started as the
box's unprivileged user, so that even its user namespace maps to nobody who owns anything.

What it lacks against Docker (``backend_report`` says so): no cgroup, hence no hard memory, CPU or process limit for the
box as a whole, only per-process limits set by the worker; and no image, hence commands see the host's ``/usr``.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from .container import Container
from .errors import BackendUnavailable, BoxDied
from .frames import SocketStream
from .spec import WORKSPACE, BoxSpec

TMP_MB = 64
_WORKER = Path(__file__).with_name("worker.py").read_text("utf-8")
_USR_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_ETC = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")


class BubblewrapBackend:
    """Starts boxes with ``bwrap``. ``user`` is the (uid, gid) on the host that they run as."""

    name = "bubblewrap"

    def __init__(self, user: tuple[int, int]) -> None:
        self._user = user
        self._bwrap = shutil.which("bwrap") or ""
        if not self._bwrap:
            raise BackendUnavailable("`bwrap` is not installed; install the package `bubblewrap` (or Docker)")
        probe = [self._bwrap, "--unshare-all", "--ro-bind", "/usr", "/usr", *_links(), "true"]
        done = subprocess.run(probe, capture_output=True, check=False, **self._as_user())
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip()[-300:]
            mend = "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1), or install Docker"
            raise BackendUnavailable(f"bwrap does not work here: {reason}; {mend}")

    def image_digest(self, image: str) -> str:
        """A digest of what the host offers instead of an image; ``image`` has no part in it."""
        return _host_digest()

    def start(self, spec: BoxSpec, slot: str, *, slot_writable: bool) -> Container:
        """A running, greeted box that sees ``slot`` at /box. Raises BoxDied."""
        ours, theirs = socket.socketpair()
        try:
            process = subprocess.Popen(
                self._command(spec, slot, slot_writable),
                stdin=theirs,
                stdout=theirs,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
                **self._as_user(),
            )
        except OSError as error:
            ours.close()
            raise BoxDied(f"bwrap did not start: {error}") from error
        finally:
            theirs.close()

        def kill() -> None:
            process.kill()
            process.wait()

        container = Container(spec, slot, SocketStream(ours), _host_digest(), kill)
        try:
            container.greet()
        except BoxDied:
            container.close()
            raise
        return container

    def _as_user(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self._user[0], "group": self._user[1], "extra_groups": []}

    def _command(self, spec: BoxSpec, slot: str, slot_writable: bool) -> list[str]:
        command = [self._bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
        command += ["--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--hostname", "box"]
        command += ["--ro-bind", "/usr", "/usr", *_links()]
        for path in _ETC:
            command += ["--ro-bind-try", path, path]
        command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
        command += ["--size", str(TMP_MB << 20), "--perms", "1777", "--tmpfs", "/tmp"]
        for mount in spec.mounts:
            command += ["--ro-bind", mount.host, mount.guest]
        command += ["--bind" if slot_writable else "--ro-bind", slot, WORKSPACE, "--remount-ro", "/", "--chdir", "/"]
        python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else os.path.realpath(sys.executable)
        return [*command, "--", python, "-I", "-S", "-c", _WORKER]


def _links() -> list[str]:
    """Arguments that give the box the host's /bin, /lib and so on, which are links into /usr on merged-/usr systems."""
    arguments = []
    for name in _USR_LINKS:
        path = Path("/", name)
        if path.is_symlink():
            arguments += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            arguments += ["--ro-bind", str(path), str(path)]
    return arguments


@functools.cache
def _host_digest() -> str:
    release = Path("/etc/os-release")
    facts = [release.read_bytes() if release.exists() else b"", sys.version.encode(), os.uname().machine.encode()]
    return "host:" + hashlib.sha256(b"\0".join(facts)).hexdigest()
