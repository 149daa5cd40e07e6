"""Removes what dead supervisors left: containers, mounts and directories whose owner no longer runs.

A killed supervisor's containers end by themselves within a moment (their worker's stdin ends). This is for the rest:
mounts and directories, and containers of a daemon or machine that crashed. It runs at every start and on demand, and
touches nothing whose owner is alive.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass

import docker.errors

from .deletion import remove_tree
from .docker_backend import connect
from .errors import BackendUnavailable
from .mounts import mounts_below, unmount
from .owner import LABEL, OWNER_LABEL, Owner, runtime_root


@dataclass(frozen=True)
class GcReport:
    """What was removed: container ids, unmounted paths, directories."""

    containers: tuple[str, ...] = ()
    mounts: tuple[str, ...] = ()
    directories: tuple[str, ...] = ()


def gc() -> GcReport:
    """Reap what belongs to dead owners, of this user or (as root) in root's runtime directory. Safe at any time."""
    mounts, directories = _reap_directories()
    return GcReport(_reap_containers(), mounts, directories)


def _reap_containers() -> tuple[str, ...]:
    try:
        client = connect(timeout=20)
    except BackendUnavailable:
        return ()
    removed = []
    for found in client.containers(all=True, filters={"label": LABEL}):
        owner = Owner.parse(found["Labels"].get(OWNER_LABEL, ""))
        if owner is None or owner.alive():
            continue
        # 404 and 409: somebody else, or its own auto-removal, is removing it already.
        with contextlib.suppress(docker.errors.NotFound, docker.errors.APIError):
            client.remove_container(found["Id"], force=True, v=True)
            removed.append(found["Id"])
    client.close()
    return tuple(removed)


def _reap_directories() -> tuple[tuple[str, ...], tuple[str, ...]]:
    unmounted, removed = [], []
    for entry in os.scandir(runtime_root()):
        owner = Owner.parse(entry.name.partition(".")[0])
        if owner is None or owner.alive():
            continue
        for point in mounts_below(entry.path):
            with contextlib.suppress(OSError):  # Another start may be reaping the same owner.
                unmount(point, lazy=True)
                unmounted.append(point)
        with contextlib.suppress(OSError):
            remove_tree(entry.path)
        removed.append(entry.path)
    return tuple(unmounted), tuple(removed)
