"""Warm, killable solver processes, and the pool that lends them out.

A solver may crash, leak or run away; here that is a SolverCrash or a SolverTimeout of the one call at hand. The process
is killed and the next call gets a new one. Nothing in this module reads an answer as more than text.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NoReturn

from ..errors import PrerequisiteError

SolverName = Literal["z3", "cvc5"]
Reply = dict[str, Any]

START_SECONDS = 30.0
MAX_REPLY_BYTES = 4 << 20
CALLS_BEFORE_RENEWAL = 2_000
_WORKER = Path(__file__).with_name("worker.py")
_PACKAGES = {"z3": "z3-solver", "cvc5": "cvc5"}


class SolverTimeout(Exception):
    """No reply by the deadline. The process has been killed."""


class SolverCrash(Exception):
    """The process ended, or its reply was not one. It has been killed."""


class SolverProcess:
    """One solver in one process. Use from one thread at a time: ``send``, then ``receive``."""

    def __init__(self, solver: SolverName) -> None:
        self.solver = solver
        self.calls = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        # Run as a file in isolation mode: the worker imports the solver and the standard library, not this package.
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_WORKER), solver],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={"PATH": os.defpath, "OMP_NUM_THREADS": "1"},
            start_new_session=True,  # Ctrl-C is for us: a question at hand is answered, and then the process ends
        )
        self._buffer = b""
        self.pid = self._process.pid
        self.version = ""

    def wait_until_ready(self) -> None:
        """Wait for a new process to have loaded its solver. Raises PrerequisiteError when that is not installed."""
        if self.version:
            return
        hello = self.receive(time.monotonic() + START_SECONDS)
        if "missing" in hello:
            raise PrerequisiteError(
                f"{self.solver} is missing ({hello['missing']}): pip install {_PACKAGES[self.solver]}"
            )
        self.version = str(hello.get("version") or "unknown")

    def send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self.calls += 1
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            self._crash("ended before the question")

    def receive(self, deadline: float) -> Reply:
        """The next reply. Raises SolverTimeout when ``time.monotonic()`` passes ``deadline``, SolverCrash when the
        process ends."""
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                self.kill()
                raise SolverTimeout(f"{self.solver} was stopped by the clock")
            chunk = os.read(descriptor, 1 << 16)
            if not chunk:
                self._crash("ended without a reply")
            self._buffer += chunk
            if len(self._buffer) > MAX_REPLY_BYTES:
                self._crash("replied with too much")
        line, self._buffer = self._buffer.split(b"\n", 1)
        try:
            reply = json.loads(line)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            self._crash("replied with no JSON object")
        return reply

    def kill(self) -> None:
        """End the process now and wait for it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                _close(stream)

    def _crash(self, what: str) -> NoReturn:
        self._process.kill()
        code = self._process.wait()
        self._errors.seek(max(0, os.fstat(self._errors.fileno()).st_size - 300))
        tail = " ".join(self._errors.read().decode("utf-8", "replace").split())
        self.kill()
        raise SolverCrash(f"{self.solver} {what} (exit {code}) {tail}".rstrip())


def _close(stream: Any) -> None:
    try:
        stream.close()
    except OSError:
        # Closing a pipe flushes what a dead reader will never take. Nothing is lost that anyone waits for.
        return


class SolverPool:
    """Idle solver processes, by solver. Thread-safe; a forked child starts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[SolverName, list[SolverProcess]] = defaultdict(list)
        self._owner = os.getpid()

    @contextmanager
    def lend(self, *solvers: SolverName) -> Iterator[list[SolverProcess]]:
        """Ready processes for one question. If the block raises they are killed: they may still be at work."""
        processes = [self._idle_one(solver) or SolverProcess(solver) for solver in solvers]
        try:
            for process in processes:
                process.wait_until_ready()
            yield processes
        except BaseException:
            for process in processes:
                process.kill()
            raise
        for process in processes:
            self._take_back(process)

    def _idle_one(self, solver: SolverName) -> SolverProcess | None:
        with self._lock:
            if self._owner != os.getpid():
                # After a fork these pipes are the parent's: two users of one pipe would read each other's answers.
                self._idle.clear()
                self._owner = os.getpid()
            return self._idle[solver].pop() if self._idle[solver] else None

    def _take_back(self, process: SolverProcess) -> None:
        if process.calls >= CALLS_BEFORE_RENEWAL:
            process.kill()
            return
        with self._lock:
            self._idle[process.solver].append(process)

    def close(self) -> None:
        """End the idle processes."""
        with self._lock:
            processes = [process for group in self._idle.values() for process in group]
            self._idle.clear()
        if self._owner == os.getpid():
            for process in processes:
                process.kill()


SHARED = SolverPool()
"""The pool of this process."""

atexit.register(SHARED.close)
