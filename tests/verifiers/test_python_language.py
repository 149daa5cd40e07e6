"""The language of answers: honest programs pass, everything else is refused with the status that its reach earns."""

from __future__ import annotations

import pytest

from assay.verifiers.python.language import BUILTINS, METHODS, Program, Refusal, read_answer
from assay.verifiers.python.refusals import STATUS_OF_NAME

HONEST = {
    "loops": """
def f(n):
    total = 0
    for i in range(n):
        if i % 2:
            continue
        total += i
    return total
""",
    "helpers and constants": """
MOD = 10 ** 9 + 7
PRIMES = (2, 3, 5)

def g(a, b=1):
    return (a * b) % MOD

def f(n):
    return g(n)
""",
    "collections": """
def f(xs):
    seen = {}
    for i, x in enumerate(xs):
        seen.setdefault(x, []).append(i)
    return sorted(seen.items(), key=lambda p: p[1])
""",
    "text": """
def f(s):
    return ' '.join(w.capitalize() for w in s.split() if w.isalpha()) + f'{len(s)}'
""",
    "raise and assert": """
def f(n):
    assert n >= 0, 'negative'
    if n > 9:
        raise ValueError(f'{n}')
    return n
""",
    "recursion": """
def f(n: int) -> int:
    'Factorial.'
    return 1 if n < 2 else n * f(n - 1)
""",
    "local name of a refused built-in": """
def f(s):
    open = s.count('(')
    return open
""",
    "unpacking": """
def f(xs):
    a, *rest = xs
    xs = [*rest, a]
    while (k := len(xs)) > 3:
        del xs[k - 1]
    return xs
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_ordinary_pure_functions_are_in_the_language(name: str) -> None:
    assert isinstance(read_answer(HONEST[name], "f", 1), Program)


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("def f(x):\n    with x: pass", "refuted"),
        ("def f(x):\n    try:\n        return 1\n    except: pass", "refuted"),
        ("def f(x):\n    yield x", "refuted"),
        ("async def f(x):\n    return x", "refuted"),
        ("@staticmethod\ndef f(x):\n    return x", "refuted"),
        ("def f(x):\n    nonlocal y", "refuted"),
        ("f = lambda x: x", "refuted"),
        ("def f(x):\n    return x.real", "refuted"),
        ("def f(x):\n    g = x.append\n    return g", "refuted"),
        ("def f(x):\n    return 0.5", "refuted"),
        ("def f(x):\n    return f'{x:>10}'", "refuted"),
        ("def f(x):\n    return print(x)", "refuted"),
        ("def f(x: (seen := [])):\n    seen.append(x)\n    return len(seen)", "refuted"),
        ("def f(x) -> (seen := []):\n    seen.append(x)\n    return len(seen)", "refuted"),
        ("K: (seen := []) = 1\ndef f(x):\n    seen.append(x)\n    return len(seen)", "refuted"),
        ("def f(x, seen=([],)):\n    seen[0].append(x)\n    return len(seen[0])", "refuted"),
        ("def f(x):\n    x /= 2\n    return x", "refuted"),
        ("def f(x):\n    match x:\n        case _: return 1", "refuted"),
        ("def f(x):\n    raise SystemExit", "error"),
        ("def f(x, g=exit):\n    return 0", "error"),
        ("from os import _exit as leave\n\ndef f(x):\n    leave(0)", "error"),
        ("import multiprocessing.pool\n\ndef f(x):\n    return x", "error"),
        ("from random import choice\n\ndef f(x):\n    return x", "unknown"),
        ("def f(x):\n    return id(x)", "unknown"),
        ("import os.path, socket\n\ndef f(x):\n    return x", "cheat"),
        ("def f(x):\n    exec('import ' + 'socket')", "cheat"),
        ("def f(x):\n    import random\n    open('f')\n    exit()", "cheat"),
    ],
)
def test_refused_constructs_get_the_gravest_status_among_their_names(source: str, status: str) -> None:
    refusal = read_answer(source, "f", 1)
    assert isinstance(refusal, Refusal)
    assert refusal.status == status
    assert "\n" not in refusal.reason


@pytest.mark.parametrize(
    ("source", "arity"),
    [
        ("def g(x): return x", 1),
        ("def f(x): return x", 2),
        ("def f(x, y, z): return x", 2),
        ("def f(x, *, k): return x", 1),
    ],
)
def test_the_function_must_exist_and_take_the_claims_arguments(source: str, arity: int) -> None:
    assert isinstance(read_answer(source, "f", arity), Refusal)


@pytest.mark.parametrize(
    "source",
    [
        None, 7, ["def f(x): return x"], b"def f(x): return x", "", "\0", "def f(x): return '\ud800'", "(" * 10_000,
        "def f(x): return " + "-" * 9_000 + "1", "def f(x): return " + "+".join("1" * 5_000), "x = " + "9" * 6_000,
        "def f(x): return " + "f(" * 80 + "x" + ")" * 80, "#" * 20_000, "def f(x):\n" + "    x = x\n" * 1_400,
        "def f(x):\n" + "".join(" " * d + "if x:\n" for d in range(1, 110)), "\\", "def f(x): return 1 if", "\ufeffdef",
    ],
)  # fmt: skip
def test_hostile_or_broken_sources_are_refused_and_never_raise(source: object) -> None:
    refusal = read_answer(source, "f", 1)
    assert isinstance(refusal, Refusal)
    assert refusal.status == "refuted"


def test_no_name_of_the_table_of_attacks_is_in_the_language() -> None:
    assert not set(STATUS_OF_NAME) & BUILTINS
    assert not set(STATUS_OF_NAME) & METHODS


def test_the_built_ins_of_the_language_exist_and_reach_nothing() -> None:
    import builtins

    assert all(hasattr(builtins, name) for name in BUILTINS)
    reach = {
        "open",
        "exec",
        "eval",
        "compile",
        "getattr",
        "setattr",
        "type",
        "object",
        "vars",
        "globals",
        "super",
        "print",
    }
    assert not BUILTINS & reach
