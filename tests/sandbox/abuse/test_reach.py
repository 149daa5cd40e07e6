"""Reaching out of a box: network, sockets, kernel interfaces, planted files, other branches."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.sandbox import NoSuchFile, PathRefused, Sandbox
from assay.sandbox.runtime import Runtime

from ..conftest import SMALL
from . import attacks


@pytest.fixture
def listening() -> Iterator[list[str]]:
    """Addresses on the host that answer: loopback, every address of this machine, an abstract and the Docker socket."""
    with socket.create_server(("0.0.0.0", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        port = server.getsockname()[1]
        name = f"assay-test-{os.getpid()}"
        abstract.bind("\0" + name)
        abstract.listen()
        hosts = {"127.0.0.1", socket.gethostbyname(socket.gethostname())}
        yield [*(f"{host}:{port}" for host in sorted(hosts)), "@" + name, "/var/run/docker.sock"]


def test_nothing_outside_answers_a_box(box: Sandbox, listening: list[str]) -> None:
    addresses = [*listening, "169.254.169.254:80", "172.17.0.1:22", "1.1.1.1:53"]
    outcome = box.exec(["python3", "-c", attacks.CONNECT, *addresses], timeout=60).stdout.decode()
    assert "reached" not in outcome
    assert len(outcome.splitlines()) == len(addresses)
    assert box.exec(["sh", "-c", "ls /sys/class/net"], timeout=10).stdout in (b"lo\n", b"")


def test_the_same_addresses_answer_the_host(listening: list[str]) -> None:
    """Positive control."""
    if not Path("/var/run/docker.sock").exists():
        listening.remove("/var/run/docker.sock")
    command = [sys.executable, "-c", attacks.CONNECT, *listening]
    outcome = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert outcome.count("reached") == len(listening)


def test_mounts_namespaces_devices_and_kernel_interfaces_are_refused(box: Sandbox) -> None:
    outcome = box.exec(["python3", "-c", attacks.ESCAPES, "/tmp"], timeout=20).stdout.decode().splitlines()
    worked = [line.removeprefix("did ") for line in outcome if line.startswith("did")]
    # A whiteout is a 0:0 device, which Linux lets anyone make; it only hides a name from its own maker.
    assert set(worked) <= {"kill-init", "whiteout"}
    assert len(outcome) == 25


def test_the_calls_that_can_be_tried_safely_work_outside_a_box(tmp_path: Path) -> None:
    """Positive control, as root in namespaces of its own, with those calls that leave nothing behind there."""
    safe = ["mount", "umount", "userns", "netns", "mknod", "trusted", "setcap", "sethostname", "keyctl", "shm"]
    command = ["unshare", "--mount", "--ipc", "--uts", sys.executable, "-c", attacks.ESCAPES, str(tmp_path), *safe]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    worked = [line.removeprefix("did ") for line in done.stdout.splitlines() if line.startswith("did")]
    assert set(worked) >= {"mount", "umount", "userns", "netns", "mknod", "trusted", "sethostname", "shm"}


def test_planted_links_and_special_files_are_not_followed(box: Sandbox, tmp_path: Path) -> None:
    plant = "ln -s /etc/passwd link; ln -s /etc dir; mkfifo fifo; ln -s loop loop; mkdir real; ln -s ../real real/up"
    box.exec(["sh", "-c", plant], timeout=10)
    for path in ("link", "dir/passwd", "fifo", "loop", "real/up/x", "real"):
        with pytest.raises(PathRefused):
            box.read(path)
    for path in ("dir/evil", "real/up/evil", "link/evil"):
        with pytest.raises(PathRefused):
            box.write(path, b"x")
    # Writing over a planted name replaces it and leaves what it pointed to alone.
    for path in ("link", "fifo"):
        box.write(path, b"mine")
        assert box.read(path) == b"mine"
    assert not Path("/etc/evil").exists()
    # Positive control: ordinary file access follows the same links.
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert (tmp_path / "link").read_bytes() == Path("/etc/passwd").read_bytes()


def test_a_file_hard_linked_under_the_name_is_not_written_through(box: Sandbox) -> None:
    box.exec(["sh", "-c", "echo secret > kept; ln kept answer"], timeout=10)
    box.write("answer", b"new")
    assert box.read("kept") == b"secret\n"


def test_nothing_leaks_between_branches_that_share_a_container(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as parent:
        parent.write("base", b"base")
        first, second = parent.branch(2)
        hide = (
            "echo secret > /box/secret; echo secret > /tmp/secret; echo secret > /dev/shm/secret;"
            "echo changed > /box/base; sleep 100 & echo secret > /run/secret"
        )
        first.exec(["sh", "-c", hide], timeout=10)
        served_by = first._container
        first.close()
        seen = second.exec(
            ["sh", "-c", "cat base; ls -A /box /tmp; grep -rs secret /box /tmp /dev/shm /run"], timeout=10
        )
        assert second._container is served_by, "the control: it is the same container"
        assert b"secret" not in seen.stdout
        assert seen.stdout.startswith(b"base")
        with pytest.raises(NoSuchFile):
            parent.read("secret")
        second.close()


def test_the_host_name_and_files_of_the_host_are_not_visible(box: Sandbox) -> None:
    assert box.exec(["cat", "/proc/sys/kernel/hostname"], timeout=10).stdout == b"box\n"
    assert box.exec(["ls", "/home", "/root", "/var/run/docker.sock"], timeout=10).stdout.strip() in (
        b"",
        b"/home:",
    )


def test_setuid_programs_gain_nothing(box: Sandbox) -> None:
    found = box.exec(["sh", "-c", "ls -l /bin/su /usr/bin/passwd; su -c id root < /dev/null; id -u"], timeout=10)
    assert found.stdout.splitlines()[-1] != b"0"
