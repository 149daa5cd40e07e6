"""A running container with a worker in it, whichever backend started it.

A container belongs to one tree of boxes at most and keeps nothing that a command can write: its root is read-only,
``/tmp`` is emptied after every command, processes are killed, and the workspace is taken out when its box is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .errors import BoxDied
from .frames import PROTOCOL, Stream, receive_frame, send_frame
from .seccomp import filter_program
from .spec import BoxSpec, Result

# How long after its own deadline a worker may take to kill, reap, drain and answer, on a loaded machine.
GRACE_SECONDS = 15.0
START_SECONDS = 60.0


class Container:
    """``kill`` ends the container and returns when none of its processes is left; may be called again.

    ``rlimits`` are set on every command: ``{"RLIMIT_CORE": 0, ...}``. ``charged_bytes`` counts what boxes wrote here.
    """

    def __init__(
        self, spec: BoxSpec, slot: str, stream: Stream, kill: Callable[[], None], rlimits: Mapping[str, int]
    ) -> None:
        self.spec = spec
        self.slot = slot
        self.rlimits = rlimits
        self.charged_bytes = 0
        self.dead = False
        self._stream = stream
        self._kill = kill

    def greet(self) -> None:
        """Wait for the worker and give it the seccomp filter for its commands. Raises BoxDied."""
        try:
            send_frame(self._stream, {"protocol": PROTOCOL}, [filter_program()])
            hello, _ = receive_frame(self._stream, START_SECONDS, [])
        except OSError as error:
            raise BoxDied(f"the container did not start: {error}") from error
        if hello.get("ready") is not True:
            raise BoxDied("the container did not start: its worker gave no proper greeting")

    def run(
        self,
        argv: Sequence[str],
        *,
        device: int | None,
        timeout: float,
        stdin: bytes,
        max_output: int,
        env: Mapping[str, str],
        cwd: str,
        rlimits: Mapping[str, int],
    ) -> Result:
        """Run one command. Raises BoxDied and nothing else; no process of the container is left then."""
        request: dict[str, Any] = {
            "argv": list(argv),
            "timeout": timeout,
            "max_output": max_output,
            "env": dict(env),
            "cwd": cwd,
            "rlimits": dict(rlimits),
            "dev": device,
        }
        began = time.monotonic()
        try:
            send_frame(self._stream, request, [stdin])
            reply, parts = receive_frame(self._stream, timeout + GRACE_SECONDS, [max_output] * 3)
            if reply.get("wrong_workspace"):
                raise BoxDied("the container sees another workspace: its daemon does not share this process's mounts")
            result = _result(reply, parts)
        except (BoxDied, OSError) as error:
            self.close()
            if isinstance(error, BoxDied):
                raise
            seconds = time.monotonic() - began
            raise BoxDied(f"no answer from the worker after {seconds:.1f} s: {error}; container killed") from error
        if reply.get("clean") is not True:
            self.close()
        return result

    def interrupt(self) -> None:
        """Kill the container from another thread while ``run`` waits in it; ``run`` then raises BoxDied."""
        self._kill()

    def hang_up(self) -> None:
        """Close the connection: the container begins to end by itself."""
        self._stream.close()

    def close(self) -> None:
        """End the container, wait until it is gone. Idempotent."""
        if not self.dead:
            self.dead = True
            self._stream.close()
            self._kill()


def _result(reply: dict[str, Any], parts: list[bytes]) -> Result:
    code, seconds = reply.get("returncode"), reply.get("seconds")
    flags = [reply.get(name) for name in ("truncated", "timed_out", "oom")]
    if type(code) is not int or not isinstance(seconds, int | float) or any(type(flag) is not bool for flag in flags):
        raise BoxDied("the worker sent a malformed reply")
    stdout, stderr, channel = parts
    truncated, timed_out, oom = (flag is True for flag in flags)
    return Result(code, stdout, stderr, channel, truncated, timed_out, oom, float(seconds))
