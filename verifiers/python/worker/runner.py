"""Runs a candidate function on a batch of inputs, inside the box. Standard library only, Python 3.9 or later.

Standard input: the length of a JSON job and a newline, the job, a newline, a nonce. The parent forks a child before it
reads the nonce; the child takes on resource limits, loads the candidate under the job's table of built-ins and answers
one line per call on a pipe. The parent adds nonce and index to each line and writes it to file descriptor 3, then one
last line that says how the child ended. Each call gets freshly decoded arguments and its own CPU limit.

Nothing here is trusted by the other side. The nonce and the counting catch accidents and clumsy forgeries; a candidate
that took over this process could still only choose values, which the oracle judges like any other values.

A reply is one of ``{"v": value}``, ``{"x": "ValueError: ..."}`` (raised), ``{"type": name}`` (a value outside the types
of claims), ``{"size": why}``, ``{"memory": why}``; with ``"mutated": true`` if the arguments were changed.
"""

from __future__ import annotations

import builtins
import json
import os
import resource
import select
import signal
import sys
from typing import Any

MAX_INT_BITS, MAX_TEXT, MAX_NODES, MAX_DEPTH = 4096, 20_000, 20_000, 12
RECURSION_LIMIT = 12_000
CHANNEL = 3


class Oversize(Exception):
    """A value beyond the caps."""


class WrongType(Exception):
    """A value that no claim can speak of."""


def encode(value: Any, room: list[int], depth: int = 0) -> Any:
    """The wire form of a value; ``room`` is a one-element list that counts nodes down."""
    room[0] -= 1
    if room[0] < 0:
        raise Oversize(f"more than {MAX_NODES} items")
    if depth > MAX_DEPTH:
        raise Oversize(f"nested deeper than {MAX_DEPTH}")
    kind = type(value)
    if kind is bool:
        return value
    if kind is int:
        if value.bit_length() > MAX_INT_BITS:
            raise Oversize(f"an integer of more than {MAX_INT_BITS} bits")
        return value
    if kind is str:
        room[0] -= len(value) // 16
        if len(value) > MAX_TEXT:
            raise Oversize(f"a text longer than {MAX_TEXT}")
        return value
    if kind is list:
        return [encode(item, room, depth + 1) for item in value]
    if kind is tuple:
        return {"t": [encode(item, room, depth + 1) for item in value]}
    raise WrongType(kind.__name__)


def decode(wire: Any) -> Any:
    """The value of a wire form that the trusted side sent."""
    if type(wire) is list:
        return [decode(item) for item in wire]
    if type(wire) is dict:
        return tuple([decode(item) for item in wire["t"]])
    return wire


def answer(function: Any, wire_args: list[Any], cpu_seconds: float) -> dict[str, Any]:
    """One call, as a reply."""
    args = [decode(wire) for wire in wire_args]
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        result = function(*args)
        reply: dict[str, Any] = {"v": encode(result, [MAX_NODES])}
    except WrongType as error:
        reply = {"type": str(error)[:80]}
    except Oversize as error:
        reply = {"size": str(error)}
    except MemoryError:
        reply = {"memory": "out of memory"}
    except BaseException as error:  # noqa: BLE001 - whatever it raised is the reply
        reply = {"x": f"{type(error).__name__}: {error}"[:200]}
    signal.setitimer(signal.ITIMER_PROF, 0)
    try:
        unchanged = [encode(arg, [MAX_NODES]) for arg in args] == wire_args
    except (WrongType, Oversize):
        unchanged = False
    if not unchanged:
        reply["mutated"] = True
    return reply


def lower_limit(which: int, value: int) -> None:
    """Lower a limit for good, never above what the box already imposes."""
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def child(job: dict[str, Any], pipe: int) -> None:
    """Load the candidate and answer every call."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.closerange(CHANNEL, pipe)
    os.closerange(pipe + 1, 64)
    lower_limit(resource.RLIMIT_AS, job["memory_bytes"])
    lower_limit(resource.RLIMIT_STACK, 64 << 20)
    lower_limit(resource.RLIMIT_FSIZE, 0)
    lower_limit(resource.RLIMIT_CORE, 0)
    lower_limit(resource.RLIMIT_NPROC, 0)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    sys.setrecursionlimit(RECURSION_LIMIT)

    def send(reply: dict[str, Any]) -> None:
        data = json.dumps(reply, separators=(",", ":")).encode() + b"\n"
        while data:
            data = data[os.write(pipe, data) :]

    namespace = {"__name__": "candidate", "__builtins__": {name: getattr(builtins, name) for name in job["builtins"]}}
    signal.setitimer(signal.ITIMER_PROF, job["cpu_seconds"])
    try:
        exec(compile(job["source"], "<candidate>", "exec", dont_inherit=True), namespace)
        function = namespace[job["function"]]
    except BaseException as error:  # noqa: BLE001 - whatever it raised is the reply
        send({"load": f"{type(error).__name__}: {error}"[:200]})
        return
    send({"load": None})
    for wire_args in job["calls"]:
        send(answer(function, wire_args, job["cpu_seconds"]))


def read_exactly(size: int) -> bytes:
    """The next ``size`` bytes of standard input."""
    parts = []
    while size:
        part = os.read(0, min(size, 1 << 16))
        if not part:
            raise SystemExit("the job ended early")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def forward(source: int, pid: int, nonce: bytes, limit: int) -> str:
    """Copy the child's lines to the channel, numbered, until it ends. Returns how it ended, as words."""
    pending, count, total = b"", 0, 0
    ended: tuple[int, int] | None = None
    while True:
        ready = select.select([source], [], [], 0 if ended else 0.05)[0]
        data = os.read(source, 1 << 16) if ready else b""
        total += len(data)
        if total > limit:
            if not ended:
                os.kill(pid, signal.SIGKILL)
            return "flood"
        lines = (pending + data).split(b"\n")
        pending = lines.pop()
        out = b""
        for line in lines:
            out += b"%s %d %s\n" % (nonce, count, line)
            count += 1
        while out:
            out = out[os.write(CHANNEL, out) :]
        if ready and not data and not ended:
            ended = os.waitpid(pid, 0)
        elif not ready and not ended:
            reaped, status = os.waitpid(pid, os.WNOHANG)
            ended = (reaped, status) if reaped else None
        if ended and not data:
            break
    status = ended[1] if ended else os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return "cpu" if os.WTERMSIG(status) == signal.SIGPROF else f"signal {os.WTERMSIG(status)}"
    return f"exit {os.WEXITSTATUS(status)}"


def main() -> None:
    """Read the job, fork the child, forward its replies."""
    size = b""
    while not size.endswith(b"\n"):
        size += read_exactly(1)
    job = json.loads(read_exactly(int(size)))
    read_exactly(1)
    source, sink = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(source)
            child(job, sink)
            code = 0
        finally:
            os._exit(code)
    os.close(sink)
    nonce = os.read(0, 256)
    end = forward(source, pid, nonce, job["reply_bytes"])
    os.write(CHANNEL, b"%s end %s\n" % (nonce, end.encode()))


if __name__ == "__main__":
    main()
