"""The local executor: a worker's death, silence or nonsense is an error of ours, retried once, and never an answer."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.daemon.executor import LocalExecutor, Task, TaskResult

# A stand-in for assay.daemon.worker: does what the payload says. `flag` makes a fault happen only the first time.
WORKER = """
import json, os, sys, time
for line in sys.stdin:
    task = json.loads(line)
    first = not os.path.exists(task.get("flag", "/nonexistent"))
    if "flag" in task:
        open(task["flag"], "w").close()
    if task["do"] == "die" and first:
        os._exit(0)
    if task["do"] == "hang" and first:
        time.sleep(600)
    print("not json" if task["do"] == "babble" else json.dumps({"pid": os.getpid(), "echo": task["do"]}), flush=True)
"""


@pytest.fixture
def executor(tmp_path: Path) -> Iterator[LocalExecutor]:
    running = LocalExecutor(1, tmp_path / "log", worker=(sys.executable, "-c", WORKER))
    yield running
    running.close()


def done(executor: LocalExecutor, payload: dict[str, str], deadline: float = 20.0) -> TaskResult:
    executor.submit(Task("t", payload, deadline))
    result = executor.result(timeout=60)
    assert result is not None
    return result


def test_a_task_comes_back_with_its_key_and_value(executor: LocalExecutor) -> None:
    result = done(executor, {"do": "work"})
    assert (result.key, result.error, result.value["echo"]) == ("t", None, "work")


def test_one_worker_serves_many_tasks(executor: LocalExecutor) -> None:
    assert len({done(executor, {"do": "work"}).value["pid"] for _ in range(3)}) == 1


def test_a_worker_that_dies_with_exit_status_zero_is_an_error(executor: LocalExecutor) -> None:
    result = done(executor, {"do": "die"})
    assert result.value is None
    assert "died" in str(result.error)


def test_a_death_is_survived_by_trying_again_in_a_fresh_worker(executor: LocalExecutor, tmp_path: Path) -> None:
    before = done(executor, {"do": "work"}).value["pid"]
    result = done(executor, {"do": "die", "flag": str(tmp_path / "flag")})
    assert result.error is None
    assert result.value["pid"] != before


def test_a_worker_past_its_deadline_is_killed_and_the_next_task_works(executor: LocalExecutor, tmp_path: Path) -> None:
    result = done(executor, {"do": "hang", "flag": str(tmp_path / "flag")}, deadline=0.5)
    assert result.value["echo"] == "hang"
    assert done(executor, {"do": "work"}).error is None


def test_nonsense_from_a_worker_is_an_error(executor: LocalExecutor) -> None:
    assert "no JSON" in str(done(executor, {"do": "babble"}).error)


def test_a_worker_killed_from_outside_does_not_lose_the_task(executor: LocalExecutor) -> None:
    os.kill(done(executor, {"do": "work"}).value["pid"], signal.SIGKILL)
    assert done(executor, {"do": "work"}).error is None


def test_closing_ends_the_workers(tmp_path: Path) -> None:
    executor = LocalExecutor(2, tmp_path / "log", worker=(sys.executable, "-c", WORKER))
    executor.submit(Task("a", {"do": "work"}, 10))
    result = executor.result(timeout=30)
    assert result is not None
    executor.close()
    with pytest.raises(ProcessLookupError):
        os.kill(result.value["pid"], 0)


def test_a_worker_that_cannot_be_started_is_an_error_and_not_silence(tmp_path: Path) -> None:
    executor = LocalExecutor(1, tmp_path / "log", worker=("/nonexistent/worker",))
    result = done(executor, {"do": "work"})
    executor.close()
    assert result.value is None
    assert "could be started" in str(result.error)
