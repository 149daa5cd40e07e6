"""Outliving a command, holding things open, and attacking the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assay.sandbox import BoxDied, Sandbox
from assay.sandbox.runtime import Runtime

from ..conftest import SMALL
from . import attacks


def alive(box: Sandbox) -> int:
    try:
        return len(box.read("alive"))
    except FileNotFoundError:
        return 0


@pytest.mark.parametrize("linger", [[], ["linger"]], ids=["after the main process", "after a timeout"])
def test_a_double_forked_daemon_does_not_outlive_its_command(runtime: Runtime, linger: list[str]) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        result = box.exec(["python3", "-c", attacks.DAEMON, "/box", *linger], timeout=1.0)
        assert result.stdout == b"daemon started\n"
        assert result.timed_out == bool(linger)
        count = alive(box)
        processes = box.exec(["sh", "-c", "sleep 0.3; cat /proc/[0-9]*/comm"], timeout=10).stdout.split()
        assert processes.count(b"python3") <= 1, "only the worker may be left"
        assert alive(box) == count
        if linger:
            assert count > 0


def test_the_same_daemon_outlives_a_plain_timeout(tmp_path: Path) -> None:
    """Positive control: killing the main process, or its group, does not end the daemon."""
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", attacks.DAEMON, str(tmp_path), "linger"], timeout=0.5, check=False)
    try:
        before = (tmp_path / "alive").stat().st_size
        deadline = time.monotonic() + 10
        while (tmp_path / "alive").stat().st_size == before:
            assert time.monotonic() < deadline
    finally:
        for process in Path("/proc").glob("[0-9]*"):
            if str(tmp_path).encode() in _command_line(process):
                os.kill(int(process.name), signal.SIGKILL)


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def test_a_background_process_that_holds_stdout_does_not_delay_the_result(box: Sandbox) -> None:
    result = box.exec(["sh", "-c", "sleep 50 & echo done"], timeout=40)
    assert result.stdout == b"done\n"
    assert result.seconds < 10
    # Positive control: a pipe to the same command stays open until the background process ends.
    with subprocess.Popen(["sh", "-c", "sleep 0.7 & echo done"], stdout=subprocess.PIPE) as control:
        began = time.monotonic()
        control.wait()
        assert control.stdout is not None
        control.stdout.read()
        assert time.monotonic() - began > 0.3


def test_a_process_that_sits_in_the_workspace_is_gone_before_the_snapshot(box: Sandbox) -> None:
    box.exec(["sh", "-c", "mkdir d; cd d; exec 9> held; setsid sleep 60 & echo x"], timeout=10)
    snapshot = box.snapshot()
    box.rollback(snapshot)
    assert box.exec(["ls", "d"], timeout=10).stdout == b"held\n"


def test_an_orphan_cannot_change_files_after_the_snapshot(box: Sandbox) -> None:
    box.exec(["python3", "-c", attacks.DAEMON, "/box"], timeout=10)
    snapshot = box.snapshot()
    with Sandbox.create(SMALL, base=snapshot, read_only=True) as verifying:
        before = alive(verifying)
        verifying.exec(["sleep", "0.3"], timeout=10)
        assert alive(verifying) == before


def test_the_worker_cannot_be_read_traced_or_limited(box: Sandbox) -> None:
    outcome = box.exec(["python3", "-c", attacks.TAMPER, "1"], timeout=20).stdout.decode()
    assert "did" not in outcome
    assert outcome.count("refused") == 8
    box.exec(["sh", "-c", "for s in $(seq 1 31); do kill -$s 1; done; kill -9 -1"], timeout=10)
    container = box._container
    assert box.exec(["echo", "fine"], timeout=10).stdout == b"fine\n"
    assert box._container is container


def test_an_ordinary_process_of_the_same_user_can_be_tampered_with() -> None:
    """Positive control: the worker's defences, not the attack's weakness, are why it fails."""
    with subprocess.Popen(["sleep", "60"]) as victim:
        done = subprocess.run(
            [sys.executable, "-c", attacks.TAMPER, str(victim.pid)], capture_output=True, check=True, text=True
        )
        victim.kill()
    assert done.stdout.count("did") == 8


def test_a_worker_that_stops_answering_costs_its_container_and_the_box_can_be_rolled_back(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        box.write("a", b"kept")
        snapshot = box.snapshot()
        box.exec(["true"], timeout=10)
        monkeypatch.setattr("assay.sandbox.container.GRACE_SECONDS", -59.5)
        with pytest.raises(BoxDied, match="no answer"):
            box.exec(["sleep", "100"], timeout=60)
        monkeypatch.undo()
        assert box._container is None
        box.rollback(snapshot)
        assert box.exec(["cat", "a"], timeout=10).stdout == b"kept"


def test_forged_replies_on_every_descriptor_do_not_reach_the_supervisor(box: Sandbox) -> None:
    forged = r"""
import os, json, struct
text = json.dumps({"returncode": 0, "timed_out": False, "oom": False, "seconds": 0.0, "truncated": False,
                   "clean": True, "parts": [0, 0, 0]}).encode()
for fd in range(64):
    try: os.write(fd, struct.pack(">I", len(text)) + text)
    except OSError: pass
for fd in range(64):
    try: os.write(os.open(f"/proc/1/fd/{fd}", os.O_WRONLY), text)
    except OSError: pass
os._exit(7)
"""
    assert box.exec(["python3", "-c", forged], timeout=10).returncode == 7
    assert box.exec(["echo", "fine"], timeout=10).stdout == b"fine\n"
