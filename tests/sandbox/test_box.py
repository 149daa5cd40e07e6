"""What a box does for its user: files are kept, processes are not, results say what happened."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from assay.sandbox import (
    BackendUnavailable,
    BoxBusy,
    BoxClosed,
    BoxDied,
    BoxSpec,
    FileTooLarge,
    Limits,
    Mount,
    NoSuchFile,
    PathRefused,
    Sandbox,
    SandboxError,
    backend_report,
)
from assay.sandbox.runtime import Runtime

from .conftest import SMALL


def test_a_command_sees_files_written_before_it_and_leaves_files_behind(box: Sandbox) -> None:
    box.write("in/a.txt", b"one")
    result = box.exec(["sh", "-c", "cat in/a.txt; echo two > out.txt"], timeout=10)
    assert (result.returncode, result.stdout) == (0, b"one")
    assert box.read("out.txt") == b"two\n"
    assert box.read("/box/out.txt") == b"two\n"


def test_stdin_environment_and_directory_reach_the_command(box: Sandbox) -> None:
    box.write("d/x", b"")
    result = box.exec(["sh", "-c", "cat; echo $A; pwd"], timeout=10, stdin=b"in ", env={"A": "b"}, cwd="/box/d")
    assert result.stdout == b"in b\n/box/d\n"


def test_the_channel_is_apart_from_printed_text(box: Sandbox) -> None:
    result = box.exec(["sh", "-c", "echo out; echo err >&2; echo verdict >&3"], timeout=10)
    assert (result.stdout, result.stderr, result.channel) == (b"out\n", b"err\n", b"verdict\n")


def test_exit_codes_signals_and_missing_programs_are_told_apart(box: Sandbox) -> None:
    assert box.exec(["sh", "-c", "exit 3"], timeout=10).returncode == 3
    assert box.exec(["sh", "-c", "kill -TERM $$"], timeout=10).returncode == -15
    missing = box.exec(["no-such-program"], timeout=10)
    assert missing.returncode == 127
    assert b"no-such-program" in missing.stderr


def test_a_large_stdin_reaches_a_slow_reader_and_does_not_block_a_deaf_one(box: Sandbox) -> None:
    data = b"x" * 3_000_000
    assert box.exec(["sh", "-c", "sleep 0.1; wc -c"], timeout=20, stdin=data).stdout.strip() == b"3000000"
    assert box.exec(["true"], timeout=20, stdin=data).returncode == 0


def test_a_timeout_is_reported_and_the_next_command_works(box: Sandbox) -> None:
    result = box.exec(["sh", "-c", "echo started; sleep 60"], timeout=0.5)
    assert result.timed_out
    assert result.returncode == -9
    assert result.stdout == b"started\n"
    assert box.exec(["echo", "fine"], timeout=10).stdout == b"fine\n"


def test_memory_and_tmp_do_not_outlive_a_command(box: Sandbox) -> None:
    box.exec(["sh", "-c", "mkdir -p /tmp/a/b; echo x > /tmp/a/b/c; chmod 0 /tmp/a/b"], timeout=10)
    assert box.exec(["ls", "-A", "/tmp"], timeout=10).stdout == b""


def test_commands_run_unprivileged_and_the_workspace_is_theirs(box: Sandbox) -> None:
    status = box.exec(["cat", "/proc/self/status"], timeout=10).stdout.decode()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert fields["Uid"].split()[0] != "0"
    assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) & 0 == 0
    assert fields["NoNewPrivs"] == "1"
    assert box.exec(["touch", "/box/file"], timeout=10).returncode == 0
    assert box.exec(["touch", "/usr/file", "/file"], timeout=10).returncode != 0


def test_mounts_are_visible_and_read_only(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> None:
    host = tmp_path_factory.mktemp("shared")
    # Pytest's directories are private to its user; the box's user must be able to look inside.
    for directory in (host, *list(host.parents)[:2]):
        directory.chmod(0o755)
    (host / "tool").write_text("hello")
    with Sandbox.create(BoxSpec(limits=SMALL.limits, mounts=(Mount(str(host), "/opt/tool"),)), runtime=runtime) as box:
        result = box.exec(["sh", "-c", "cat /opt/tool/tool; echo x > /opt/tool/new"], timeout=10)
    assert result.stdout == b"hello"
    assert b"Read-only" in result.stderr or b"Permission denied" in result.stderr
    assert not (host / "new").exists()


def test_a_read_only_box_refuses_writes_from_both_sides(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        box.write("a", b"1")
        snapshot = box.snapshot()
    with Sandbox.create(SMALL, base=snapshot, read_only=True) as verifying:
        assert verifying.exec(["sh", "-c", "cat a; echo 2 > a"], timeout=10).stdout == b"1"
        assert verifying.read("a") == b"1"
        with pytest.raises(SandboxError, match="read-only"):
            verifying.write("a", b"3")


def test_reading_is_bounded_and_missing_files_are_told_apart(box: Sandbox) -> None:
    box.write("a", b"12345")
    assert box.read("a", max_bytes=5) == b"12345"
    with pytest.raises(FileTooLarge):
        box.read("a", max_bytes=4)
    with pytest.raises(NoSuchFile):
        box.read("b")


@pytest.mark.parametrize("path", ["", ".", "../x", "a/../../x", "/etc/passwd", "/boxer", "a\0b"])
def test_paths_that_name_no_workspace_file_are_refused(box: Sandbox, path: str) -> None:
    with pytest.raises(PathRefused):
        box.write(path, b"")
    with pytest.raises(PathRefused):
        box.read(path)


def test_a_second_thread_is_told_that_the_box_is_busy(box: Sandbox) -> None:
    box.exec(["true"], timeout=10)
    started = threading.Thread(target=lambda: box.exec(["sleep", "2"], timeout=10))
    started.start()
    while box._running is None:
        assert started.is_alive()
    with pytest.raises(BoxBusy):
        box.exec(["true"], timeout=10)
    started.join()


def test_kill_all_ends_a_running_command_from_another_thread(box: Sandbox) -> None:
    snapshot = box.snapshot()
    caught: list[BaseException] = []

    def run() -> None:
        try:
            box.exec(["sleep", "60"], timeout=100)
        except BoxDied as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while box._running is None:
        assert thread.is_alive()
    box.kill_all()
    thread.join(timeout=20)
    assert len(caught) == 1
    with pytest.raises(BoxDied, match="roll it back"):
        box.exec(["true"], timeout=10)
    box.rollback(snapshot)
    assert box.exec(["echo", "again"], timeout=10).stdout == b"again\n"


def test_boxes_work_from_many_threads_at_once(runtime: Runtime) -> None:
    results: dict[int, bytes] = {}

    def work(number: int) -> None:
        with Sandbox.create(SMALL, runtime=runtime) as box:
            box.write("n", str(number).encode())
            results[number] = box.exec(["cat", "n"], timeout=30).stdout

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: str(number).encode() for number in range(6)}


def test_a_closed_box_is_closed(runtime: Runtime) -> None:
    box = Sandbox.create(SMALL, runtime=runtime)
    box.close()
    box.close()
    with pytest.raises(BoxClosed):
        box.exec(["true"], timeout=10)


@pytest.mark.parametrize("argv", ["true", [], ["a\0b"], [1]])
def test_malformed_argument_lists_are_refused(box: Sandbox, argv: list[str]) -> None:
    with pytest.raises(ValueError, match="argv"):
        box.exec(argv, timeout=10)


def test_limits_and_mounts_are_validated_where_they_are_made() -> None:
    with pytest.raises(ValueError, match="pids"):
        Limits(pids=0)
    with pytest.raises(ValueError, match="guest"):
        Mount("/usr", "/box/usr")


def test_a_missing_image_names_the_mend(docker: Runtime) -> None:
    with (
        Sandbox.create(BoxSpec(image="no-such-image:1"), runtime=docker) as box,
        pytest.raises(BackendUnavailable, match=r"assay\.sandbox\.image"),
    ):
        box.exec(["true"], timeout=10)


def test_the_report_names_backend_and_store() -> None:
    report = backend_report()
    assert report["backend"] in ("docker", "bubblewrap")
    assert report["store"] in ("overlay", "cas")


def test_importing_the_package_stays_light() -> None:
    code = (
        "import sys, assay.sandbox; print([m for m in ('torch', 'z3', 'hypothesis', 'networkx') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
