"""Containers by the Docker daemon: no network, no capabilities, nothing writable but the workspace and a small /tmp.

A container starts the worker as PID 1, which calls back on a socket in its slot; the socket is unlinked at once. The
connection *is* the container's life: when the supervisor closes it or dies, the worker exits and the daemon removes the
container (``auto_remove``). Docker's own attach, exec, archive and commit interfaces are not used: a command would pass
through the daemon and a shim both ways, and the archive interface has been a way out of containers more than once.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docker
import docker.errors
import requests.exceptions
from docker.utils import kwargs_from_env

from .container import START_SECONDS, Container
from .errors import BackendUnavailable, BoxDied
from .frames import Stream, new_listener
from .owner import LABEL, OWNER_LABEL, Owner
from .spec import WORKSPACE, BoxSpec

TMP_MB = 64
CALL_BACK = f"{WORKSPACE}/.worker"
_WORKER = Path(__file__).with_name("worker.py").read_text("utf-8")
_TIMEOUT = 60
_DAEMON_ERRORS = (docker.errors.DockerException, requests.exceptions.RequestException, OSError)


def connect(timeout: int = _TIMEOUT) -> docker.APIClient:
    """A client of the daemon named by the environment. Raises BackendUnavailable when none answers."""
    try:
        options = kwargs_from_env()
        client = docker.APIClient(version="auto", timeout=timeout, **options)
        client.ping()
    except _DAEMON_ERRORS as error:
        mend = "start it (`python -m assay.sandbox.dockerd` as root), or join the group `docker`"
        raise BackendUnavailable(f"no Docker daemon answers: {error}; {mend}") from error
    return client


class DockerBackend:
    """Starts hardened containers. ``user`` is the (uid, gid) that everything in a box runs as."""

    name = "docker"

    def __init__(self, owner: Owner, user: tuple[int, int], *, slots_are_mounts: bool) -> None:
        # Workspaces are mounted into a running container's slot by propagation, where the store mounts at all.
        self._propagation = "rslave" if slots_are_mounts else "rprivate"
        self._client: Any = connect()
        self._owner = owner
        self._user = user
        self._digests: dict[str, str] = {}

    def image_digest(self, image: str) -> str:
        """The image's content digest. Raises BackendUnavailable when there is no such image."""
        if image not in self._digests:
            try:
                self._digests[image] = self._client.inspect_image(image)["Id"]
            except docker.errors.ImageNotFound as error:
                mend = "make the default one with `python -m assay.sandbox.image`"
                raise BackendUnavailable(f"no image {image!r}; {mend}") from error
            except _DAEMON_ERRORS as error:
                raise BackendUnavailable(f"the Docker daemon failed: {error}") from error
        return self._digests[image]

    def start(self, spec: BoxSpec, slot: str, *, slot_writable: bool) -> Container:
        """A running, greeted container that sees ``slot`` at /box. Raises BackendUnavailable or BoxDied."""
        self.image_digest(spec.image)
        try:
            identity = self._client.create_container_from_config(self._config(spec, slot, slot_writable))["Id"]
        except _DAEMON_ERRORS as error:
            raise BackendUnavailable(f"the Docker daemon could not create a container: {error}") from error
        try:
            with _listening(slot, self._user) as listener:
                self._client.start(identity)
                stream = self._called_back(identity, listener)
        except BoxDied:
            self._remove(identity)
            raise
        except _DAEMON_ERRORS as error:
            self._remove(identity)
            raise BackendUnavailable(f"the Docker daemon could not start a container: {error}") from error
        container = Container(spec, slot, stream, lambda: self._remove(identity), {"RLIMIT_CORE": 0})
        try:
            container.greet()
        except BoxDied:
            container.close()
            raise
        return container

    def _called_back(self, identity: str, listener: socket.socket) -> Stream:
        """The worker's connection. Raises BoxDied when its container ends first or takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                return Stream.accept(listener, 1.0)
            except TimeoutError:
                try:
                    if self._client.inspect_container(identity)["State"]["Running"]:
                        continue
                except docker.errors.NotFound:
                    pass
                raise BoxDied("the container ended before its worker called back; is python3 in the image?") from None
        raise BoxDied("the container started but its worker did not call back; does the daemon share this file system?")

    def _remove(self, identity: str) -> None:
        """Kill and remove; returns when no process of the container is left."""
        try:
            self._client.remove_container(identity, force=True, v=True)
        except docker.errors.NotFound:
            return
        except docker.errors.APIError as error:
            if error.status_code != 409:
                raise BoxDied(f"container {identity[:12]} could not be removed: {error}") from error
            # Its own auto-removal is under way: wait for the end of that.
            with contextlib.suppress(docker.errors.NotFound):
                self._client.wait(identity, timeout=_TIMEOUT, condition="removed")

    def _config(self, spec: BoxSpec, slot: str, slot_writable: bool) -> dict[str, Any]:
        limits = spec.limits
        memory = (limits.memory_mb + limits.disk_mb + TMP_MB) << 20
        mounts = [_bind(slot, WORKSPACE, read_only=not slot_writable, propagation=self._propagation)]
        mounts += [_bind(mount.host, mount.guest, read_only=True, propagation="rprivate") for mount in spec.mounts]
        return {
            "Image": spec.image,
            "Entrypoint": ["python3", "-I", "-S", "-c", _WORKER, CALL_BACK],
            "User": "{}:{}".format(*self._user),
            "WorkingDir": "/",
            "Hostname": "box",
            "Labels": {LABEL: "box", OWNER_LABEL: str(self._owner)},
            "NetworkDisabled": True,
            "HostConfig": {
                "AutoRemove": True,
                "NetworkMode": "none",
                "IpcMode": "none",
                "CapDrop": ["ALL"],
                "SecurityOpt": ["no-new-privileges"],
                "ReadonlyRootfs": True,
                "Init": False,
                "LogConfig": {"Type": "none"},
                "PidsLimit": limits.pids + 1,
                "Memory": memory,
                "MemorySwap": memory,
                "NanoCpus": int(min(limits.cpus, os.cpu_count() or 1) * 1e9),
                "Ulimits": [
                    {"Name": "nofile", "Soft": limits.nofile, "Hard": limits.nofile},
                    {"Name": "core", "Soft": 0, "Hard": 0},
                    {"Name": "memlock", "Soft": 65536, "Hard": 65536},
                ],
                "Tmpfs": {"/tmp": f"size={TMP_MB}m,nr_inodes=4096,mode=1777,nosuid,nodev"},
                "Mounts": mounts,
            },
        }


@contextlib.contextmanager
def _listening(slot: str, user: tuple[int, int]) -> Iterator[socket.socket]:
    """A socket in ``slot`` that the worker connects to once, before any command runs; gone afterwards."""
    directory = os.open(slot, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    # By descriptor, because a socket's path may have no more than 107 bytes.
    path = f"/proc/self/fd/{directory}/{os.path.basename(CALL_BACK)}"
    try:
        with new_listener() as listener:
            listener.bind(path)
            try:
                os.chmod(path, 0o600)
                os.chown(path, *user)
                listener.listen(1)
                yield listener
            finally:
                os.unlink(path)
    finally:
        os.close(directory)


def _bind(source: str, target: str, *, read_only: bool, propagation: str) -> dict[str, Any]:
    options = {"Propagation": propagation}
    return {"Type": "bind", "Source": source, "Target": target, "ReadOnly": read_only, "BindOptions": options}
