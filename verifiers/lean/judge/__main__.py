"""The judge as a warm process: JSON lines in, JSON lines out, one forked child per judgement.

The parent has loaded the core, which was checked once, and never sees a submission's bytes decoded; each child starts
from that state, has its own limits on CPU and memory, writes one finding and ends. So no judgement can influence a
later one, and a positive word always comes from a fresh process.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .core import Core, load_core
from .memory import MalformedOlean
from .names import Name, dotted
from .opinions import Finding, Limits, check_reference_file, judge
from .statement import BadReference

ADDRESS_SPACE = 6 << 30
RECURSION_LIMIT = 150_000
MAX_NUMERAL_BITS = "1000000"


def main() -> None:
    library, directory = map(Path, sys.argv[1:3])
    os.environ["LEAN_NAT_MAX_SIZE"] = MAX_NUMERAL_BITS
    gc.disable()  # terms are never cyclic, and everything of a judgement goes with its process
    sys.setrecursionlimit(RECURSION_LIMIT)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    core = load_core(library, directory)
    _reply({"ready": True, "core": core.digest})
    not_decoded = iter(core.constants)
    for line in sys.stdin.buffer:
        _reply(_answer(core, json.loads(line)))
        _decode_ahead(core, not_decoded)


def _decode_ahead(core: Core, names: Iterator[Name]) -> None:
    """Use the time until the next question to decode what later ones may need. Never before the first question: then
    the processors are busy compiling."""
    for name in names:
        if select.select([sys.stdin], [], [], 0)[0]:
            return
        core.constants.get(name)


def _reply(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _answer(core: Core, request: dict[str, Any]) -> dict[str, Any]:
    """Fork, judge in the child, and give what it wrote. Silence, a signal or a torn line are never a finding."""
    seconds = float(request["seconds"])
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_child(core, request, seconds, writing)
    os.close(writing)
    data, late = _read_until(reading, time.monotonic() + seconds)
    os.close(reading)
    if late:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return {"outcome": "timeout", "reason": f"the kernels took more than {seconds:g} s", "axioms": []}
    if status != 0 or not data.endswith(b"\n"):
        return {"outcome": "error", "reason": f"the judge's child ended with status {status}", "axioms": []}
    found: dict[str, Any] = json.loads(data)
    return found


def _read_until(descriptor: int, deadline: float) -> tuple[bytes, bool]:
    """Everything up to end of file, and whether the deadline came first."""
    data = b""
    while True:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return data, True
        chunk = os.read(descriptor, 1 << 16)
        if not chunk:
            return data, False
        data += chunk


def _run_child(core: Core, request: dict[str, Any], seconds: float, writing: int) -> None:
    """In the child. Does not return."""
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        cpu = int(seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        found = _find(core, request)
        line = json.dumps({"outcome": found.outcome, "reason": found.reason, "axioms": list(found.axioms)})
        os.write(writing, line.encode() + b"\n")
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, the child must end here and say so
        traceback.print_exc()
    finally:
        os._exit(code)


def _find(core: Core, request: dict[str, Any]) -> Finding:
    reference = base64.b64decode(request["reference"])
    if request["ask"] == "reference":
        return check_reference_file(core, reference, request["theorem"])
    allowed = frozenset(dotted(axiom) for axiom in request["allowed_axioms"])
    submission = base64.b64decode(request["submission"])
    try:
        return judge(core, submission, reference, request["theorem"], allowed, Limits())
    except (MalformedOlean, BadReference) as problem:
        return Finding("error", f"the reference is unusable: {problem}")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        # The verifier's process ended and needs no answer. Without flushing: that would be refused in the same way.
        os._exit(0)
