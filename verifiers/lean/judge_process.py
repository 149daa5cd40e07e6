"""The judge's process, seen from the verifier: started once, kept warm, killed when it does not answer."""

from __future__ import annotations

import base64
import json
import os
import select
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import IO, Any

from ..verdict import STATUSES, Status
from . import judge
from .runtime import LeanRuntime

START_SECONDS = 60.0
GRACE_SECONDS = 5.0


class JudgeFailure(RuntimeError):
    """The judge's process did not start or did not answer: infrastructure, never a word about a proof."""


@dataclass(frozen=True)
class JudgeWord:
    """Only the outcome "proved" accepts; it is never "passed"."""

    outcome: Status
    reason: str
    axioms: tuple[str, ...]


class JudgeProcess:
    """One warm judge. Thread-safe: one question at a time. Ends when closed or when this process ends (its standard
    input closes then)."""

    def __init__(self, lean: LeanRuntime) -> None:
        self._lock = threading.Lock()
        # A neutral directory and an environment without Python's and Lean's own variables: nothing steers the judge.
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._process = subprocess.Popen(
            judge.command(lean.so_path, lean.core_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env=environment,
            start_new_session=True,
        )
        self._ready = False
        self.core_digest = ""

    def check_reference(self, reference: bytes, theorem: str, seconds: float) -> JudgeWord:
        return self._ask({"ask": "reference", "reference": _text(reference), "theorem": theorem}, seconds)

    def judge(
        self, submission: bytes, reference: bytes, theorem: str, allowed_axioms: tuple[str, ...], seconds: float
    ) -> JudgeWord:
        request = {
            "ask": "judge",
            "submission": _text(submission),
            "reference": _text(reference),
            "theorem": theorem,
            "allowed_axioms": list(allowed_axioms),
        }
        return self._ask(request, seconds)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Kill the process and its children. Idempotent."""
        if self.alive:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _ask(self, request: dict[str, Any], seconds: float) -> JudgeWord:
        with self._lock:
            try:
                if not self._ready:
                    hello = self._read_line(time.monotonic() + START_SECONDS)
                    self.core_digest, self._ready = str(hello["core"]), True
                self._write_line({**request, "seconds": seconds})
                answer = self._read_line(time.monotonic() + seconds + GRACE_SECONDS)
                return _word(answer)
            except (OSError, ValueError, KeyError) as problem:
                self.close()
                raise JudgeFailure(f"the Lean judge failed ({problem}); it is started anew next time") from problem

    def _write_line(self, request: dict[str, Any]) -> None:
        stream = self._stream(self._process.stdin)
        stream.write(json.dumps(request).encode() + b"\n")
        stream.flush()

    def _read_line(self, deadline: float) -> dict[str, Any]:
        """One JSON object. Raises OSError when the process ended or the deadline passed."""
        descriptor = self._stream(self._process.stdout).fileno()
        line = b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise OSError("no answer in time")
            chunk = os.read(descriptor, 1 << 16)
            if not chunk:
                raise OSError(f"it ended with code {self._process.wait()}")
            line += chunk
        value = json.loads(line)
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        return value

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None, "opened with pipes"
        return stream


def _word(answer: dict[str, Any]) -> JudgeWord:
    outcome = answer["outcome"]
    if outcome not in STATUSES or outcome == "passed":
        raise ValueError(f"no such outcome: {outcome!r}")
    return JudgeWord(outcome, str(answer["reason"]), tuple(map(str, answer["axioms"])))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
