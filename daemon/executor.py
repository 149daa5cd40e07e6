"""Executors: where groups are attempted and verified. The journal owns truth, an executor is disposable.

``LocalExecutor`` runs worker processes on this machine. A task and its result are JSON; a task has a key and a
deadline. A worker that dies, hangs past its deadline or answers nonsense costs one task attempt and is replaced; the
task is tried once more in a fresh worker and then reported as failed, which the loop records as ``error`` (no reward),
never as a refutation.

Another executor (Ray, say) implements the same three methods.
"""

from __future__ import annotations

import json
import os
import queue
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

TRIES = 2
WORKER = (sys.executable, "-m", "assay.daemon.worker")


@dataclass(frozen=True)
class Task:
    """``key`` identifies the task in its result; ``payload`` is JSON for ``assay.daemon.worker``."""

    key: str
    payload: dict[str, Any]
    deadline: float
    """Seconds that one try may take."""


@dataclass(frozen=True)
class TaskResult:
    """``value`` is the worker's JSON, or None with the ``error`` that both tries ended in."""

    key: str
    value: Any
    error: str | None
    seconds: float


class Executor(Protocol):
    def submit(self, task: Task) -> None: ...

    def result(self, timeout: float) -> TaskResult | None:
        """The next finished task in any order, or None if none finishes in ``timeout`` seconds."""
        ...

    def close(self) -> None: ...


class WorkerFailure(RuntimeError):
    """A worker died, hung or spoke nonsense. Infrastructure: says nothing about an answer."""


class LocalExecutor:
    """``processes`` workers, each fed by its own thread of this process. Their own words (tracebacks) go to ``log``."""

    def __init__(self, processes: int, log: Path, worker: Sequence[str] = WORKER) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[TaskResult] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._start: Callable[[], _Worker] = lambda: _Worker(worker, self._closing, log)
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(processes)]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> None:
        self._tasks.put(task)

    def result(self, timeout: float) -> TaskResult | None:
        try:
            return self._results.get(timeout=timeout)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Ends the workers at once. Unfinished tasks get no result; the journal still holds them."""
        self._closing.set()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        # Each worker is started by the thread that feeds it: PR_SET_PDEATHSIG counts from the starting thread.
        worker: _Worker | None = None
        with suppress(WorkerFailure):  # ahead of the first task; if it fails, that task tries again and says so
            worker = self._start()
        while not self._closing.is_set() and (task := self._tasks.get()) is not None:
            begun = time.monotonic()
            value, error = None, None
            for _ in range(TRIES):
                try:
                    worker = worker or self._start()
                    value, error = worker.call(task), None
                    break
                except WorkerFailure as failure:
                    error = str(failure)
                    if worker is not None:
                        worker.kill()
                        worker = None
                    if self._closing.is_set():
                        return
            self._results.put(TaskResult(task.key, value, error, time.monotonic() - begun))
        if worker is not None:
            worker.close()


class _Worker:
    """One worker process; a line of JSON each way. It is told our process id as its last argument. Raises WorkerFailure
    if it cannot be started."""

    def __init__(self, worker: Sequence[str], closing: threading.Event, log: Path) -> None:
        self._closing = closing
        try:
            with log.open("ab") as stderr:
                self._process = subprocess.Popen(
                    [*worker, str(os.getpid())],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    start_new_session=True,  # Ctrl-C at the terminal is for the daemon, which then drains
                )
        except OSError as error:
            raise WorkerFailure(f"no worker could be started ({error})") from error

    def call(self, task: Task) -> Any:
        """The worker's value for a task. Raises WorkerFailure."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(task.payload).encode() + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise WorkerFailure(f"worker is gone ({error})") from error
        try:
            return json.loads(self._line(process.stdout, time.monotonic() + task.deadline))
        except ValueError as error:
            raise WorkerFailure(f"worker answered no JSON: {error}") from error

    def _line(self, stream: IO[bytes], deadline: float) -> bytes:
        chunks: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while not (chunks and chunks[-1].endswith(b"\n")):
                if self._closing.is_set():
                    raise WorkerFailure("closing")
                if time.monotonic() > deadline:
                    raise WorkerFailure("worker passed its deadline")
                if selector.select(timeout=0.2):
                    chunk = os.read(stream.fileno(), 1 << 16)
                    if not chunk:
                        raise WorkerFailure("worker died")
                    chunks.append(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        """Let an idle worker end by itself (its boxes close in order); kill it if it does not."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        # Not waited for before: until then the process group keeps its number, also when the worker itself has died.
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
