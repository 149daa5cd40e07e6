"""Runs a candidate function on a batch of inputs, inside the box. Standard library only, Python 3.9 or later.

Standard input: the length of a marshalled job and a newline, the job, a newline, a nonce. The parent forks a child
before it reads the nonce; the child takes on resource limits, loads the candidate under the job's table of built-ins
and answers one line per call on a pipe. The parent adds nonce and index to each line, writes it to file descriptor 3,
and says at last how the child ended. Each call gets freshly decoded arguments and its own CPU limit.

Nothing here is trusted by the other side. The nonce and the counting catch accidents and clumsy forgeries; a candidate
that took over this process could still only choose values, which the oracle judges like any other values.

A reply is one of ``{"v": value}``, ``{"x": "ValueError: ..."}`` (raised), ``{"type": name}`` (a value outside the types
of claims), ``{"size": why}``, ``{"memory": why}``; with ``"mutated": true`` if the arguments were changed. The JSON is
written by hand and the imports are few because starting this process is most of what a verdict costs.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # the module `signal` without the cost of its enums
import builtins
import marshal
import os
import resource
import select
import sys

MYPY = False
if MYPY:
    from typing import Any

MAX_INT_BITS, MAX_TEXT, MAX_NODES, MAX_DEPTH = 4096, 20_000, 20_000, 12
RECURSION_LIMIT = 12_000
CHANNEL = 3


class Oversize(Exception):
    """A value beyond the caps."""


class WrongType(Exception):
    """A value that no claim can speak of."""


def quote(text: str) -> str:
    """A JSON string, in ASCII."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    parts = []
    for letter in text:
        code = ord(letter)
        if 32 <= code < 127 and letter not in '"\\':
            parts.append(letter)
        elif code < 0x10000:
            parts.append("\\u%04x" % code)  # noqa: UP031 - shorter
        else:
            code -= 0x10000
            parts.append("\\u%04x\\u%04x" % (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF)))  # noqa: UP031
    return '"' + "".join(parts) + '"'


def encode(value: Any, room: list[int], depth: int = 0) -> str:
    """The wire form of a value as JSON; ``room`` is a one-element list that counts nodes down."""
    room[0] -= 1
    if room[0] < 0:
        raise Oversize(f"more than {MAX_NODES} items")
    if depth > MAX_DEPTH:
        raise Oversize(f"nested deeper than {MAX_DEPTH}")
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        if value.bit_length() > MAX_INT_BITS:
            raise Oversize(f"an integer of more than {MAX_INT_BITS} bits")
        return str(value)
    if kind is str:
        room[0] -= len(value) // 16
        if len(value) > MAX_TEXT:
            raise Oversize(f"a text longer than {MAX_TEXT}")
        return quote(value)
    if kind is list or kind is tuple:
        items = ",".join([encode(item, room, depth + 1) for item in value])
        return f"[{items}]" if kind is list else f'{{"t":[{items}]}}'
    raise WrongType(kind.__name__)


def described(error: BaseException) -> str:
    """An exception as a JSON string."""
    return quote(f"{type(error).__name__}: {error}"[:200])


def answer(function: Any, call: bytes, cpu_seconds: float) -> str:
    """One call, as a reply."""
    args = marshal.loads(call)
    before = encode(args, [MAX_NODES])
    _signal.setitimer(_signal.ITIMER_PROF, cpu_seconds)
    try:
        result = function(*args)
        reply = '"v":' + encode(result, [MAX_NODES])
    except WrongType as error:
        reply = '"type":' + quote(str(error)[:80])
    except Oversize as error:
        reply = '"size":' + quote(str(error))
    except MemoryError:
        reply = '"memory":"out of memory"'
    except BaseException as error:  # noqa: BLE001 - whatever it raised is the reply
        reply = '"x":' + described(error)
    _signal.setitimer(_signal.ITIMER_PROF, 0)
    try:
        mutated = encode(args, [MAX_NODES]) != before
    except (WrongType, Oversize):
        mutated = True
    return "{" + reply + (',"mutated":true}' if mutated else "}")


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
    _signal.signal(_signal.SIGPROF, _signal.SIG_DFL)
    sys.setrecursionlimit(RECURSION_LIMIT)

    def send(reply: str) -> None:
        data = reply.encode() + b"\n"
        while data:
            data = data[os.write(pipe, data) :]

    namespace = {"__name__": "candidate", "__builtins__": {name: getattr(builtins, name) for name in job["builtins"]}}
    _signal.setitimer(_signal.ITIMER_PROF, job["cpu_seconds"])
    try:
        exec(compile(job["source"], "<candidate>", "exec", dont_inherit=True), namespace)
        function = namespace[job["function"]]
    except BaseException as error:  # noqa: BLE001 - whatever it raised is the reply
        send('{"load":' + described(error) + "}")
        return
    send('{"load":null}')
    for call in job["calls"]:
        reply = answer(function, call, job["cpu_seconds"])
        send(reply)
        if reply.startswith(('{"size"', '{"memory"')):
            return  # one such reply decides; a hundred would only be slow


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
        # What the child wrote last may lie in the pipe when it is reaped: only a look after that may end the loop.
        drained = ended is not None
        ready = select.select([source], [], [], 0 if ended else 0.05)[0]
        data = os.read(source, 1 << 16) if ready else b""
        total += len(data)
        if total > limit:
            if not ended:
                os.kill(pid, _signal.SIGKILL)
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
        if drained and not data:
            break
    status = ended[1] if ended else os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return "cpu" if os.WTERMSIG(status) == _signal.SIGPROF else f"signal {os.WTERMSIG(status)}"
    return f"exit {os.WEXITSTATUS(status)}"


def main() -> None:
    """Read the job, fork the child, forward its replies."""
    size = b""
    while not size.endswith(b"\n"):
        size += read_exactly(1)
    job = marshal.loads(read_exactly(int(size)))
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
