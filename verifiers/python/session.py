"""One batch of calls in a box: send the runner and the inputs, read back what the candidate returned.

The channel is written by a process that the candidate shares, so it is evidence of nothing but returned values: a reply
missing, garbled or doubled is reported as such and never counts in the candidate's favour. Whether the values are right
is not asked here; the oracle asks.
"""

from __future__ import annotations

import json
import marshal
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from assay.sandbox import Result, Sandbox

from .language import BUILTINS
from .values import Value, decode

CPU_SECONDS = 1.0
"""CPU time of one call."""
MEMORY_BYTES = 384 << 20
REPLY_BYTES = 4 << 20
"""Everything that one batch may answer."""

_MARSHAL = 2
"""Marshal format of the job, which only ever travels into the box; every Python reads it."""

ReplyKind = Literal["value", "raised", "type", "size", "memory"]
End = Literal["complete", "stopped", "unloadable", "cpu", "wall", "memory", "flood", "died", "garbled", "forged"]


@dataclass(frozen=True)
class Reply:
    """What one call gave: a ``value``, or ``text`` about why there is none."""

    kind: ReplyKind
    value: Value = None
    text: str = ""
    mutated: bool = False


@dataclass(frozen=True)
class Run:
    """The replies to the first calls of a batch, in order; ``complete`` if there is one for every call. After a reply
    beyond the caps of size or memory the runner has ``stopped``."""

    replies: tuple[Reply, ...]
    end: End
    detail: str = ""


def run_calls(box: Sandbox, source: str, function: str, calls: Sequence[tuple[Value, ...]], seconds: float) -> Run:
    """Call ``function`` of ``source`` on each argument tuple, in this order, in one fresh process. ``seconds`` is wall
    time for the batch. Raises sandbox errors."""
    nonce = secrets.token_hex(16)
    result = box.exec(
        ["python3", "-I", "-S", "-c", _runner_source()],
        timeout=seconds,
        stdin=make_job(source, function, calls, nonce, BUILTINS, min(CPU_SECONDS, seconds)),
        max_output=REPLY_BYTES + (64 << 10),
    )
    return read_result(result, nonce, len(calls))


@cache
def _runner_source() -> str:
    return resources.files(__package__).joinpath("worker", "runner.py").read_text()


def make_job(
    source: str,
    function: str,
    calls: Sequence[tuple[Value, ...]],
    nonce: str,
    builtins: frozenset[str],
    cpu_seconds: float = CPU_SECONDS,
) -> bytes:
    """What the runner reads on standard input."""
    job = {
        "source": source,
        "function": function,
        "calls": [marshal.dumps(args, _MARSHAL) for args in calls],
        "builtins": sorted(builtins),
        "cpu_seconds": cpu_seconds,
        "memory_bytes": MEMORY_BYTES,
        "reply_bytes": REPLY_BYTES,
    }
    body = marshal.dumps(job, _MARSHAL)
    return b"%d\n%s\n%s" % (len(body), body, nonce.encode())


def read_result(result: Result, nonce: str, expected: int) -> Run:
    """The run that a box's result tells of. Never raises: the bytes may be anything."""
    lines = result.channel.split(b"\n")
    whole = lines.pop() == b""
    replies: list[Reply] = []
    loaded: str | None = None
    end = ""
    for number, line in enumerate(lines):
        head, _, rest = line.partition(b" ")
        index, _, body = rest.partition(b" ")
        if head != nonce.encode() or end:
            return Run(tuple(replies), "forged", "the channel has lines that the runner did not write")
        if index == b"end":
            end = body.decode("ascii", "replace")
            continue
        if index != b"%d" % number or number > expected:
            return Run(tuple(replies), "forged", "the channel has more replies than calls, or out of order")
        try:
            record = json.loads(body)
            if not isinstance(record, dict):
                raise ValueError("not an object")
            if number == 0:
                loaded = record["load"]
            else:
                replies.append(_reply(record))
        except (ValueError, KeyError, RecursionError):
            return Run(tuple(replies), "garbled", "a reply could not be read")
    return _ended(result, tuple(replies), expected, loaded, end, whole)


def _ended(result: Result, replies: tuple[Reply, ...], expected: int, loaded: str | None, end: str, whole: bool) -> Run:
    if result.timed_out:
        return Run(replies, "wall", "out of time")
    if result.oom:
        return Run(replies, "memory", "out of memory")
    if result.truncated or end == "flood":
        return Run(replies, "flood", f"more than {REPLY_BYTES} bytes of replies")
    if end == "cpu":
        return Run(replies, "cpu", "out of CPU time")
    if not whole or not end:
        return Run(replies, "died", f"the runner ended early (exit status {result.returncode})")
    if end == "exit 0" and loaded is not None:
        return Run(replies, "unloadable", _one_line(loaded))
    if end == "exit 0" and replies and len(replies) < expected and replies[-1].kind in ("size", "memory"):
        return Run(replies, "stopped", "stopped after a reply beyond the caps")
    if end != "exit 0" or len(replies) != expected:
        return Run(replies, "died", f"the process ended ({end}) after {len(replies)} of {expected} replies")
    return Run(replies, "complete")


def _one_line(text: object) -> str:
    """Text that a candidate may have chosen, made fit for a one-line reason."""
    return ascii(str(text)[:200])[1:-1]


def _reply(record: dict[str, Any]) -> Reply:
    mutated = record.get("mutated") is True
    if "v" in record:
        return Reply("value", decode(record["v"]), mutated=mutated)
    kinds: dict[str, ReplyKind] = {"x": "raised", "type": "type", "size": "size", "memory": "memory"}
    for short, kind in kinds.items():
        if short in record:
            return Reply(kind, text=_one_line(record[short]), mutated=mutated)
    raise ValueError("no reply")
