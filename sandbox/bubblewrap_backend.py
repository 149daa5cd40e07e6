"""Containers by bubblewrap, for machines without a Docker daemon: the same worker in namespaces made by ``bwrap``.

The root file system is the host's ``/usr``, read-only, and nothing else of the host. As root, bwrap is started as the
box's unprivileged user, so that even its user namespace maps to nobody who owns anything.

What it lacks against Docker (``backend_report`` says so): no cgroup, hence no hard memory, CPU or process limit for the
box as a whole, only per-process limits set by the worker; and no image, hence commands see the host's ``/usr``.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import weakref
from pathlib import Path
from typing import IO

from .container import Container
from .errors import BackendUnavailable, BoxDied
from .frames import Stream
from .spec import WORKSPACE, BoxSpec, Limits

TMP_MB = 64
_WORKER = Path(__file__).with_name("worker.py").read_text("utf-8")
_MEND = (
    "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
    "on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0), or install Docker"
)
_USR_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_ETC = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")


class BubblewrapBackend:
    """Starts boxes with ``bwrap``. ``user`` is the (uid, gid) on the host that they run as."""

    name = "bubblewrap"

    def __init__(self, user: tuple[int, int]) -> None:
        root = os.geteuid() == 0
        self._uid: int | None = user[0] if root else None
        self._gid: int | None = user[1] if root else None
        self._groups: tuple[int, ...] | None = () if root else None
        self._bwrap = shutil.which("bwrap") or ""
        if not self._bwrap:
            raise BackendUnavailable("`bwrap` is not installed; install the package `bubblewrap` (or Docker)")
        probe = [self._bwrap, "--unshare-all", "--ro-bind", "/usr", "/usr", *_links(), "true"]
        done = subprocess.run(
            probe, capture_output=True, check=False, user=self._uid, group=self._gid, extra_groups=self._groups
        )
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip()[-300:]
            raise BackendUnavailable(f"bwrap does not work here: {reason}; {_MEND}")

    def image_digest(self, image: str) -> str:
        """A digest of what the host offers instead of an image; ``image`` has no part in it."""
        return _host_digest()

    def start(self, spec: BoxSpec, slot: str, *, slot_writable: bool) -> Container:
        """A running, greeted box that sees ``slot`` at /box. Raises BoxDied."""
        stream, theirs = Stream.pair()
        info_read, info_write = os.pipe()
        try:
            process = subprocess.Popen(
                self._command(spec, slot, slot_writable, info_write),
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.PIPE,
                cwd="/",
                env={},
                pass_fds=[info_write],
                user=self._uid,
                group=self._gid,
                extra_groups=self._groups,
            )
        except OSError as error:
            stream.close()
            os.close(info_read)
            raise BoxDied(f"bwrap did not start: {error}") from error
        finally:
            theirs.close()
            os.close(info_write)
        with os.fdopen(info_read) as info, process.stderr or open(os.devnull, "rb") as complaints:
            told = info.read()
            try:
                pidfd = os.pidfd_open(json.loads(told)["child-pid"])
            except (ValueError, ProcessLookupError) as error:
                stream.close()
                process.wait()
                raise BoxDied(_complaint(complaints)) from error

            def kill() -> None:
                """SIGKILL the box's PID 1, and with it everything in its process namespace."""
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                process.wait()

            container = Container(spec, slot, stream, kill, _rlimits(spec.limits))
            weakref.finalize(container, os.close, pidfd).atexit = False
            try:
                container.greet()
            except BoxDied as error:
                container.close()
                raise BoxDied(_complaint(complaints)) from error
        return container

    def _command(self, spec: BoxSpec, slot: str, slot_writable: bool, info_fd: int) -> list[str]:
        # Not --die-with-parent: that means the parent *thread*. The worker dies with its stdin, as in Docker.
        command = [self._bwrap, "--info-fd", str(info_fd), "--unshare-all", "--new-session", "--as-pid-1", "--clearenv"]
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


def _complaint(stderr: IO[bytes]) -> str:
    """What bwrap, which has ended, said; with the mend for the usual reason."""
    reason = stderr.read(500).decode(errors="replace").strip()
    if "source path" in reason and "Permission denied" in reason:
        reason += "; the boxes' user cannot reach it: install assay outside /root, or start a Docker daemon"
    return f"bwrap did not start: {reason or 'it said nothing'}"


def _rlimits(limits: Limits) -> dict[str, int]:
    """Per-process stand-ins for a cgroup. Processes are counted per user namespace, hence per box (Linux 5.14)."""
    return {
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": limits.nofile,
        "RLIMIT_NPROC": limits.pids + 1,
        "RLIMIT_DATA": max(limits.memory_mb, limits.reserve_mb) << 20,
    }


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
