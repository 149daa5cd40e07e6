"""Using up what a box gives: processes, memory, disk, inodes, descriptors, output. Each control shows that the same
program gets through where the limit is wider."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.sandbox import BoxSpec, Limits, QuotaExceeded, Sandbox, SnapshotError
from assay.sandbox.runtime import Runtime

from ..conftest import SMALL
from . import attacks

WIDE = BoxSpec(limits=Limits(pids=400, memory_mb=512, disk_mb=64, inodes=2000, nofile=4096))


def run(box: Sandbox, program: str, *arguments: str, timeout: float = 60) -> bytes:
    result = box.exec(["python3", "-I", "-S", "-c", program, *arguments], timeout=timeout)
    return result.stdout


def test_a_fork_bomb_stops_at_the_process_limit_and_the_next_command_works(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        assert int(run(box, attacks.FORK_BOMB)) < SMALL.limits.pids
        assert box.exec(["sh", "-c", "ls /proc | grep -c '^[0-9]'"], timeout=10).stdout.strip() in (b"2", b"3", b"4")
    with Sandbox.create(WIDE, runtime=runtime) as control:
        assert int(run(control, attacks.FORK_BOMB)) == 200


def test_a_memory_bomb_dies_and_the_worker_survives(runtime: Runtime) -> None:
    limits = SMALL.limits
    enough = str(limits.memory_mb + limits.disk_mb + 100)
    with Sandbox.create(SMALL, runtime=runtime) as box:
        result = box.exec(["python3", "-I", "-S", "-c", attacks.MEMORY_BOMB, enough], timeout=60)
        assert b"allocated" not in result.stdout
        assert result.returncode != 0
        # A cgroup kills it; a per-process limit gives it an error of its own.
        assert result.oom == (runtime.backend.name == "docker")
        assert (result.returncode == -9) == result.oom
        container = box._container
        assert box.exec(["echo", "fine"], timeout=10).stdout == b"fine\n"
        assert box._container is container
    with Sandbox.create(WIDE, runtime=runtime) as control:
        assert run(control, attacks.MEMORY_BOMB, enough) == b"allocated\n"


def test_filling_the_disk_hits_the_quota_and_nobody_else(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        (sibling,) = box.branch(1)
        result = box.exec(["python3", "-c", attacks.DISK_FILL, "/box", "40"], timeout=60)
        assert b"No space left" in result.stderr
        with pytest.raises(QuotaExceeded):
            box.write("more", bytes(1 << 20))
        sibling.write("mine", bytes(1 << 20))
        sibling.close()
    with Sandbox.create(WIDE, runtime=runtime) as control:
        assert run(control, attacks.DISK_FILL, "/box", "40") == b"written\n"


def test_the_quota_holds_over_snapshots_and_is_given_back_by_a_rollback(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        empty = box.snapshot()
        box.write("a", bytes(10 << 20))
        full = box.snapshot()
        with pytest.raises(QuotaExceeded):
            box.write("b", bytes(10 << 20))
        del full
        for _ in range(4):
            box.rollback(empty)
            box.write("c", bytes(10 << 20))


def test_filling_inodes_hits_the_quota(runtime: Runtime) -> None:
    many = str(SMALL.limits.inodes + 600)
    with Sandbox.create(SMALL, runtime=runtime) as box:
        result = box.exec(["python3", "-c", attacks.INODE_FILL, "/box", many], timeout=60)
        assert b"No space left" in result.stderr
    with Sandbox.create(WIDE, runtime=runtime) as control:
        assert run(control, attacks.INODE_FILL, "/box", many) == b"made\n"


def test_tmp_is_small_too(box: Sandbox) -> None:
    assert b"No space left" in box.exec(["python3", "-c", attacks.DISK_FILL, "/tmp", "100"], timeout=60).stderr
    assert run(box, attacks.DISK_FILL, "/tmp", "40") == b"written\n"


def test_descriptors_run_out_at_the_limit(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        errno, count = run(box, attacks.FD_EXHAUSTION).split()
        assert errno == b"24"
        assert int(count) < SMALL.limits.nofile
        assert box.exec(["true"], timeout=10).returncode == 0
    with Sandbox.create(WIDE, runtime=runtime) as control:
        assert run(control, attacks.FD_EXHAUSTION) == b"2000\n"


def test_a_flood_of_output_is_cut_but_drained(runtime: Runtime) -> None:
    flood = (
        "head -c 50000000 /dev/zero; head -c 50000000 /dev/zero >&2; head -c 50000000 /dev/zero >&3; echo end > done"
    )
    with Sandbox.create(SMALL, runtime=runtime) as box:
        result = box.exec(["sh", "-c", flood], timeout=60)
        cap = SMALL.limits.output_bytes
        assert [len(result.stdout), len(result.stderr), len(result.channel)] == [cap] * 3
        assert result.truncated
        assert result.returncode == 0
        assert box.read("done") == b"end\n"
        short = box.exec(["head", "-c", "100", "/dev/zero"], timeout=10, max_output=100)
        assert (len(short.stdout), short.truncated) == (100, False)
        assert box.exec(["head", "-c", "101", "/dev/zero"], timeout=10, max_output=100).truncated


def test_an_endless_flood_ends_at_the_timeout(box: Sandbox) -> None:
    result = box.exec(["sh", "-c", "yes; yes >&2"], timeout=1)
    assert result.timed_out
    assert result.truncated
    assert result.seconds < 5


def test_trees_too_deep_for_a_path_are_contained(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        before = box.snapshot()
        assert run(box, attacks.DEEP_TREE, "/tmp", "400") == b"deep\n"
        assert box.exec(["ls", "-A", "/tmp"], timeout=20).stdout == b"", (
            "a container that cannot be wiped is not reused"
        )
        assert run(box, attacks.DEEP_TREE, "/box", "400") == b"deep\n"
        after = box.snapshot()
        with pytest.raises(SnapshotError):
            box.diff(before, after)
        box.rollback(before)
        assert box.exec(["ls", "-A"], timeout=20).stdout == b""
    del after, box
    runtime.sweeper.flush()
    assert runtime.sweeper.alive
    deep = list(Path(runtime.directory).glob("overlay/area-*/*/u/d*/d*/d*"))
    assert deep == []
