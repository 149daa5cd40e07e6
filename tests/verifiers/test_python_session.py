"""The in-box runner and the reading of its channel, without a box: hostile candidates get every built-in of Python.

The language would refuse these candidates. Here they run all the same, to show that the second wall stands alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from assay.sandbox import Result
from assay.verifiers.python import session
from assay.verifiers.python.session import Run, make_job, read_result

RUNNER = Path(session.__file__).parent / "worker" / "runner.py"
NONCE = "feedfacefeedface"
WIDE = frozenset(
    {"__import__", "__build_class__", "open", "print", "int", "len", "list", "range", "OSError", "SystemExit"}
)


def run_bytes(job: bytes, timeout: float = 20.0) -> Result:
    """The runner in a plain subprocess whose descriptor 3 is a pipe, as a box gives it."""
    source, sink = os.pipe()
    command = ["bash", "-c", f'exec "$@" 3>&{sink}', "bash", sys.executable, "-I", "-S", str(RUNNER)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[sink], start_new_session=True
    )
    os.close(sink)
    parts: list[bytes] = []

    def drain() -> None:
        with open(source, "rb") as pipe:
            parts.extend(iter(lambda: pipe.read(1 << 16), b""))

    reader = threading.Thread(target=drain)
    reader.start()
    timed_out = False
    try:
        stdout, _ = process.communicate(job, timeout=timeout)
    except subprocess.TimeoutExpired:
        timed_out = True
        os.killpg(process.pid, 9)
        stdout, _ = process.communicate()
    reader.join()
    return Result(process.returncode, stdout, b"", b"".join(parts), False, timed_out, False, 0.0)


def run(source: str, *calls: Any, builtins: frozenset[str] = WIDE, cpu: float = 0.3, timeout: float = 20.0) -> Run:
    arguments = [(call,) for call in calls or (1,)]
    result = run_bytes(make_job(source, "f", arguments, NONCE, builtins, cpu), timeout)
    return read_result(result, NONCE, len(arguments))


def test_values_come_back_with_their_exact_types() -> None:
    values = [0, True, -(2**200), 'é\n"\\\ud800𝟘', [1, (2, [False])], (), ("",), [[], [[]]]]
    done = run("def f(x):\n    return x", *values)
    assert done.end == "complete"
    assert [repr(reply.value) for reply in done.replies] == [repr(value) for value in values]
    assert not any(reply.mutated for reply in done.replies)


def test_each_call_gets_fresh_arguments_and_changing_them_is_reported() -> None:
    done = run("def f(x):\n    x.append(1)\n    return len(x)", [], [5], [])
    assert [(reply.value, reply.mutated) for reply in done.replies] == [(1, True), (2, True), (1, True)]


def test_an_impostor_is_reported_by_type_though_it_equals_everything() -> None:
    source = """
class Anything(int):
    def __eq__(self, other): return True
    def __hash__(self): return 0
def f(x):
    return Anything(0)
"""
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    assert namespace["f"](1) == 2  # the attack works against a grader in the same process
    assert [reply.kind for reply in run(source).replies] == ["type"]


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("__import__('os')._exit(0)", "died"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", "died"),
        ("__import__('os').kill(__import__('os').getppid(), 9)", "died"),
        ("__import__('os').abort()", "died"),
        ("while True: pass", "cpu"),
        ("return 10 ** 10 ** 9", "cpu"),
    ],
)
def test_a_candidate_that_ends_or_hangs_the_process_leaves_no_complete_run(body: str, end: str) -> None:
    done = run(f"def f(x):\n    if x == 3:\n        {body}\n    return x", 1, 2, 3, 4)
    assert done.end == end
    if "getppid" not in body:
        assert [reply.value for reply in done.replies] == [1, 2]


def test_an_exit_in_disguise_is_a_reply_of_its_own_and_a_printed_pass_is_nothing() -> None:
    done = run("def f(x):\n    print('PASS')\n    raise SystemExit(0)")
    assert [(reply.kind, reply.text) for reply in done.replies] == [("raised", "SystemExit: 0")]


def test_a_candidate_that_does_not_load_is_told_apart() -> None:
    assert run("x = 1 / 0\ndef f(x):\n    return x").end == "unloadable"
    assert run("g = 1").end == "unloadable"
    assert run("__import__('os')._exit(0)").end == "died"


FORGE = """
import os
def f(x):
    for fd in range(3, 64):
        try:
            os.write(fd, {data!r})
        except OSError:
            pass
    return x
"""


@pytest.mark.parametrize(
    "data",
    [
        b'{"v":2}\n',
        b'{"v":2}\n' * 5,
        f"{NONCE} 1 {{}}\n".encode(),
        f"{NONCE} end exit 0\n".encode(),
        b"\n",
        b"{" * 50 + b"\n",
    ],
)
def test_lines_written_to_every_descriptor_make_no_complete_run(data: bytes) -> None:
    done = run(FORGE.format(data=data), 7)
    assert done.end in ("forged", "garbled", "died")


def test_the_nonce_is_not_in_the_candidates_memory() -> None:
    source = """
import os
def f(x):
    found = 0
    for line in open('/proc/self/maps'):
        parts = line.split()
        if 'rw' in parts[1] or 'stack' in line:
            low, high = (int(part, 16) for part in parts[0].split('-'))
            try:
                with open('/proc/self/mem', 'rb', 0) as memory:
                    memory.seek(low)
                    found += memory.read(min(high - low, 1 << 24)).count(bytes.fromhex(x))
            except OSError:
                pass
    return found
"""
    wide = WIDE | {"min", "bytes"}
    marker = "QQmarkerQQ"
    present = run(source + f"\nMARK = {marker!r}\n", marker.encode().hex(), builtins=wide)
    assert present.replies[0].value > 0  # the search finds what is there
    half = NONCE[:8].encode().hex()
    assert run(source, half, builtins=wide).replies[0].value <= 1  # at most the searched-for text itself


def test_forking_is_refused_or_dies_with_the_run() -> None:
    source = "import os, time\ndef f(x):\n    if os.fork() == 0:\n        time.sleep(8)\n    return x"
    done = run(source, 1, timeout=3.0)
    # As root the limit on processes does not bind; then the child holds the pipe and the run goes on without it.
    assert done.end in ("complete", "wall", "forged") or done.replies[0].kind == "raised"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("return [0] * 10**6", "size"),
        ("return 'a' * 10**6", "size"),
        ("return 1 << 100000", "size"),
        ("r = []\n    for _ in range(10**4): r = [r]\n    return r", "size"),
        ("r = []\n    r.append(r)\n    return r", "size"),
        ("return [0] * 10**10", "memory"),
        ("return None", "type"),
        ("return {1: 2}", "type"),
        ("return 1.5", "type"),
        ("return [{1}]", "type"),
        ("return f(x)", "raised"),
        ("return x.y", "raised"),
    ],
)
def test_what_is_no_value_within_the_caps_is_said_in_words(body: str, kind: str) -> None:
    assert run(f"def f(x):\n    {body}").replies[0].kind == kind


def test_reasons_stay_on_one_line_whatever_the_candidate_raises() -> None:
    reply = run("def f(x):\n    return int('a\\nb\\x1b[2J')").replies[0]
    assert reply.text.isprintable()


def channel(data: bytes, **changes: Any) -> Run:
    fields = {"returncode": 0, "truncated": False, "timed_out": False, "oom": False} | changes
    result = Result(stdout=b"", stderr=b"", channel=data, seconds=0.1, **fields)
    return read_result(result, "n", 2)


GOOD = b'n 0 {"load":null}\nn 1 {"v":1}\nn 2 {"v":2}\nn end exit 0\n'


def test_a_good_channel_is_complete() -> None:
    assert channel(GOOD).end == "complete"


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"", "died"),
        (GOOD[:-1], "died"),
        (GOOD.replace(b"n end exit 0\n", b""), "died"),
        (GOOD.replace(b"exit 0", b"exit 1"), "died"),
        (GOOD.replace(b"exit 0", b"cpu"), "cpu"),
        (GOOD.replace(b'n 2 {"v":2}\n', b""), "died"),
        (GOOD.replace(b"n 2", b"n 1"), "forged"),
        (GOOD.replace(b"n 2", b"m 2"), "forged"),
        (GOOD.replace(b"n end", b'n 3 {"v":3}\nn end'), "forged"),
        (GOOD + b"n 3 {}\n", "forged"),
        (GOOD + GOOD, "forged"),
        (GOOD.replace(b'{"v":2}', b'{"v":1.5}'), "garbled"),
        (GOOD.replace(b'{"v":2}', b'{"v":null}'), "garbled"),
        (GOOD.replace(b'{"v":2}', b"[]"), "garbled"),
        (GOOD.replace(b'{"v":2}', b'{"v":' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "garbled"),
        (GOOD.replace(b'{"v":2}', b'{"v":' + b"9" * 6_000 + b"}"), "garbled"),
        (GOOD.replace(b'{"v":2}', b'{"v":NaN}'), "garbled"),
        (GOOD.replace(b'{"v":2}', b"\xff"), "garbled"),
        (GOOD.replace(b'{"load":null}', b"{}"), "garbled"),
    ],
)
def test_a_damaged_channel_is_never_complete(data: bytes, end: str) -> None:
    assert channel(data).end == end


@pytest.mark.parametrize(
    ("changes", "end"),
    [({"timed_out": True}, "wall"), ({"oom": True}, "memory"), ({"truncated": True}, "flood")],
)
def test_a_complete_looking_channel_of_a_run_that_was_cut_short_is_not_complete(
    changes: dict[str, Any], end: str
) -> None:
    assert channel(GOOD, **changes).end == end


def test_the_runner_ships_alone_yet_has_the_caps_of_the_trusted_side() -> None:
    from assay.verifiers.python import values
    from assay.verifiers.python.worker import runner

    assert (runner.MAX_INT_BITS, runner.MAX_TEXT, runner.MAX_NODES, runner.MAX_DEPTH) == (
        values.MAX_INT_BITS,
        values.MAX_TEXT,
        values.MAX_ITEMS,
        values.MAX_DEPTH,
    )


def test_importing_the_verifier_loads_no_hypothesis() -> None:
    code = "import sys, assay.verifiers.python; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
