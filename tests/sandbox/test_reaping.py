"""Nothing is left behind: not at exit, not after kill -9, not by a forked child; and the living are left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from assay.sandbox import BoxClosed, Sandbox, gc, shutdown
from assay.sandbox.docker_backend import connect
from assay.sandbox.mounts import mounts_below
from assay.sandbox.owner import OWNER_LABEL, Owner, runtime_root

from .conftest import SMALL

SUPERVISOR = """
import os, sys, time
from assay.sandbox import Sandbox, shutdown, warm
mode = sys.argv[1]
box = Sandbox.create()
box.write("a", b"1")
box.exec(["true"], timeout=60)
(child,) = box.branch(1)
child.exec(["true"], timeout=60)
warm(seconds=60)
if mode == "fork" and os.fork() == 0:
    time.sleep(600)
print("ready", flush=True)
if mode == "busy":
    box.exec(["sleep", "600"], timeout=600)
elif mode != "exit":
    time.sleep(600)
"""


def start(mode: str, backend: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "ASSAY_SANDBOX_BACKEND": backend}
    command = [sys.executable, "-c", SUPERVISOR, mode]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def containers_of(owner: str, *, dead_too: bool = False) -> list[Any]:
    """Containers with a process in them; ``dead_too`` also those that the daemon is still clearing away."""
    found = connect().containers(all=dead_too, filters={"label": OWNER_LABEL})
    return [one for one in found if one["Labels"][OWNER_LABEL].startswith(owner)]


def wait_until_cleared(owner: str) -> None:
    """The daemon's own clearing away takes as long as it takes on a loaded machine."""
    deadline = time.monotonic() + 60.0
    while containers_of(owner, dead_too=True):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def boxes_of(owner: str) -> int:
    """Bubblewrap boxes: processes whose command line names the owner's directory."""
    return sum(owner.encode() in _command_line(process) for process in Path("/proc").glob("[0-9]*"))


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def left(backend: str, owner: str) -> int:
    return len(containers_of(owner)) if backend == "docker" else boxes_of(owner)


def owner_of(process: subprocess.Popen[bytes]) -> str:
    (directory,) = runtime_root().glob(f"{process.pid}-*")
    return directory.name.partition(".")[0]


@pytest.mark.parametrize("backend", ["docker", "bubblewrap"])
@pytest.mark.parametrize("mode", ["idle", "busy", "fork"])
def test_after_kill_9_the_boxes_are_gone_in_two_seconds_and_gc_reaps_the_rest(backend: str, mode: str) -> None:
    process = start(mode, backend)
    owner = owner_of(process)
    assert left(backend, owner) > 0, "the control: there was something to leave behind"
    assert mounts_below(str(runtime_root() / f"{owner}.0"))
    gc()
    assert left(backend, owner) > 0, "a living owner's boxes are left alone"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 2.0
    while left(backend, owner) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left(backend, owner) == 0
    gc()
    wait_until_cleared(owner)
    assert not list(runtime_root().glob(f"{owner}.*"))
    assert not mounts_below(str(runtime_root() / f"{owner}.0"))
    if mode == "fork":
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("backend", ["docker", "bubblewrap"])
def test_an_ordinary_exit_leaves_nothing(backend: str) -> None:
    process = start("exit", backend)
    name = f"{process.pid}-"
    assert process.wait(timeout=60) == 0
    assert not list(runtime_root().glob(f"{name}*"))
    assert not containers_of(name)
    wait_until_cleared(name)


def test_owners_are_told_apart_by_start_time_and_boot() -> None:
    me = Owner.current()
    assert me.alive()
    assert Owner.parse(str(me)) == me
    assert not Owner(me.pid, me.start + 1, me.boot).alive()
    assert not Owner(me.pid, me.start, "another").alive()
    assert not Owner(2**22 + 1, me.start, me.boot).alive()
    assert Owner.parse("slots") is None
    assert Owner.parse("a-b-c") is None


def test_a_container_whose_owner_is_dead_is_removed_by_gc(docker: Any) -> None:
    client: Any = connect()
    dead = Owner(Owner.current().pid, 1, Owner.current().boot)
    orphan = client.create_container("assay-box:1", ["true"], labels={"assay": "box", OWNER_LABEL: str(dead)})["Id"]
    stranger = client.create_container("assay-box:1", ["true"])["Id"]
    try:
        assert orphan in gc().containers
        assert [one["Id"] for one in client.containers(all=True) if one["Id"] in (orphan, stranger)] == [stranger]
    finally:
        client.remove_container(stranger)


def test_a_forked_child_cannot_touch_its_parents_boxes_and_can_have_its_own(docker: Any) -> None:
    with Sandbox.create(SMALL, runtime=docker) as box:
        box.write("a", b"parent")
        box.exec(["true"], timeout=20)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                box.exec(["sh", "-c", "echo child > a"], timeout=20)
            except BoxClosed:
                box.close()
                with Sandbox.create(SMALL) as own:
                    code = own.exec(["true"], timeout=60).returncode or 0
                shutdown()
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert box.exec(["cat", "a"], timeout=20).stdout == b"parent"
