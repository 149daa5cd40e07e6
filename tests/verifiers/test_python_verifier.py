"""The whole verifier against real boxes: verdicts, counterexamples, evidence, rechecks and what is never accepted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from assay.sandbox import Sandbox
from assay.verifiers import Budget, Claim, ClaimError, Verdict, Verifier
from assay.verifiers.python import PythonVerifier

VERIFIER = PythonVerifier()


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox.create(VERIFIER.box) as workspace:
        yield workspace


def claim(signature: str, ensures: str, requires: str = "True", **more: Any) -> Claim:
    body = {"kind": "python/function/v1", "signature": signature, "requires": requires, "ensures": ensures}
    return Claim.from_json(body | more)


INC = claim("def inc(x: int) -> int", "result == x + 1")
SORT = claim("def ordered(xs: list[int]) -> list[int]", "len(result) == len(xs) and result == sorted(xs)")


def judge(subject: Claim, answer: Any, box: Sandbox, **budget: Any) -> Verdict:
    return VERIFIER.verify(subject, answer, Budget(**budget), box)


def test_it_implements_the_protocol() -> None:
    assert isinstance(VERIFIER, Verifier)


def test_a_right_answer_passes_on_at_least_the_budgets_examples_and_is_never_called_proved(box: Sandbox) -> None:
    verdict = judge(INC, "def inc(x):\n    return x + 1\n", box, examples=50)
    assert (verdict.status, verdict.strength) == ("passed", "sampled")
    assert verdict.used["examples"] >= 50
    assert verdict.seed is not None
    assert len(json.loads(verdict.evidence["inputs"])) == verdict.used["examples"]


def test_a_small_domain_is_tried_whole(box: Sandbox) -> None:
    subject = claim("def f(a: int, b: bool) -> int", "result == (a if b else -a)", "0 <= a and a < 40")
    verdict = judge(subject, "def f(a, b):\n    return a if b else -a\n", box)
    assert (verdict.status, verdict.strength, verdict.used["examples"]) == ("passed", "bounded", 80)
    wrong = judge(subject, "def f(a, b):\n    return a if b or a == 2 * 18 + 1 else -a\n", box)
    assert wrong.status == "refuted"
    assert "f(37, False)" in wrong.reason


def test_a_wrong_answer_is_refuted_with_a_small_counterexample(box: Sandbox) -> None:
    verdict = judge(SORT, "def ordered(xs):\n    return sorted(set(xs))\n", box)
    assert verdict.status == "refuted"
    assert "ordered([0, 0]) returned [0]" in verdict.reason
    assert json.loads(verdict.evidence["inputs"])[0] == [[0, 0]]


@pytest.mark.parametrize("seed", range(5))
def test_an_off_by_one_is_found_every_time(box: Sandbox, seed: int) -> None:
    subject = claim("def clamp(x: int) -> int", "result == min(max(x, -37), 1203)")
    source = "def clamp(x):\n    return -37 if x < -37 else 1203 if x > 1204 else x\n"
    assert judge(subject, source, box).status == "refuted"


def test_the_seed_is_drawn_anew_for_each_verdict(box: Sandbox) -> None:
    seeds = {judge(INC, "def inc(x):\n    return x + 1\n", box, examples=10).seed for _ in range(3)}
    assert len(seeds) == 3


def test_inputs_respect_requires_even_where_they_are_rare(box: Sandbox) -> None:
    subject = claim(
        "def find(xs: list[int], i: int, lo: int, hi: int) -> int",
        "result == xs[i]",
        "len(xs) > 0 and xs == sorted(xs) and len(set(xs)) == len(xs) and 0 <= i and i < len(xs) and lo < hi",
    )
    assert judge(subject, "def find(xs, i, lo, hi):\n    return xs[i]\n", box).status == "passed"
    assert judge(subject, "def find(xs, i, lo, hi):\n    return xs[-1]\n", box).status == "refuted"


def test_too_few_inputs_say_nothing(box: Sandbox) -> None:
    subject = claim("def f(x: int, y: int) -> int", "result == 0", "x * x == y * y * y + 7 * y and x > 1000")
    verdict = judge(subject, "def f(x, y):\n    return 0\n", box)
    assert verdict.status == "unknown"


def test_an_unsatisfiable_requires_is_never_passed(box: Sandbox) -> None:
    answer = "def f(x):\n    return 0\n"
    contradiction = claim("def f(x: int) -> int", "True", "x < 3 and x > 5")
    assert judge(contradiction, answer, box).status == "cheat"
    not_seen_to_be_one = claim("def f(x: int) -> int", "True", "x * x < 0")
    assert judge(not_seen_to_be_one, answer, box).status == "unknown"


def test_a_claim_that_asks_for_a_proof_gets_no_acceptance_from_tests(box: Sandbox) -> None:
    subject = claim("def inc(x: int) -> int", "result == x + 1", assurance="proved")
    right = judge(subject, "def inc(x):\n    return x + 1\n", box)
    assert (right.status, right.accepted) == ("unknown", False)
    assert judge(subject, "def inc(x):\n    return x\n", box).status == "refuted"


def test_requires_without_a_value_is_the_claims_fault(box: Sandbox) -> None:
    with pytest.raises(ClaimError, match="requires has no value"):
        judge(claim("def f(xs: list[int]) -> int", "True", "xs[0] > 0"), "def f(xs):\n    return 1\n", box)


def test_ensures_without_a_value_on_a_result_refutes_the_result(box: Sandbox) -> None:
    subject = claim("def f(xs: list[int]) -> int", "xs[result] == max(xs)", "len(xs) > 0")
    verdict = judge(subject, "def f(xs):\n    return len(xs)\n", box)
    assert verdict.status == "refuted"
    assert "no value" in verdict.reason


def test_ensures_beyond_its_steps_leaves_the_verdict_unknown(box: Sandbox) -> None:
    subject = claim(
        "def f(n: int) -> int", "all(result != i * j for i in range(2, n) for j in range(2, n))", "n > 3000"
    )
    verdict = judge(subject, "def f(n):\n    return 1\n", box, examples=10, seconds=30.0)
    assert not verdict.accepted
    assert verdict.status in ("unknown", "timeout")


def test_examples_are_checked_even_where_ensures_allows_more(box: Sandbox) -> None:
    subject = claim("def f(x: int) -> int", "result >= x", examples=[{"args": [3], "result": 4}])
    verdict = judge(subject, "def f(x):\n    return x\n", box)
    assert (verdict.status, verdict.reason) == ("refuted", "f(3) returned 3, not 4")


def test_time_for_everything_is_bounded_by_the_budget(box: Sandbox) -> None:
    source = "def inc(x):\n    for _ in range(2000000):\n        pass\n    return x + 1\n"
    verdict = judge(INC, source, box, seconds=1.0)
    assert verdict.status == "timeout"
    assert verdict.seconds < 5.0


@pytest.mark.parametrize(
    "answer",
    [
        "def inc(x):\n    return x + 1\n",
        "def inc(x):\n    return x + 1 if x != 4711 else 0\n",
        "def inc(x):\n    return open('f')\n",
        "def inc(x):\n    return [x]\n",
    ],
)
def test_a_recheck_from_stored_evidence_agrees(box: Sandbox, answer: str) -> None:
    verdict = judge(INC, answer, box)
    with Sandbox.create(VERIFIER.box) as fresh:
        again = VERIFIER.recheck(INC, answer, verdict.evidence, fresh)
    assert (again.status, again.strength) == (verdict.status, verdict.strength)


def test_a_recheck_replays_the_stored_inputs(box: Sandbox) -> None:
    evidence = judge(INC, "def inc(x):\n    return x + 1\n", box).evidence
    planted = dict(evidence) | {"inputs": json.dumps([[987_654_321_123]]).encode()}
    hidden = "def inc(x):\n    return x + 1 if x % 1000003 != 987654321123 % 1000003 or x < 10 ** 9 else 0\n"
    assert VERIFIER.recheck(INC, hidden, planted, box).status == "refuted"


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": b"[]]"}, {"inputs": b'[["a"]]'}, {"inputs": b"[[1, 2]]"}, {"inputs": b"[[true]]"}, {"sample": b"{}"},
        {"sample": b"[]"}, {"sample": b'{"seed": 1, "examples": 1e9}'}, {"inputs": b"[" * 99_999}, {"sample": b"\xff"},
    ],
)  # fmt: skip
def test_edited_evidence_gives_an_error_and_no_acceptance(box: Sandbox, change: dict[str, bytes]) -> None:
    answer = "def inc(x):\n    return x + 1\n"
    evidence = dict(judge(INC, answer, box, examples=10).evidence) | change
    assert VERIFIER.recheck(INC, answer, evidence, box).status == "error"


def test_emptied_evidence_does_not_make_a_wrong_answer_right(box: Sandbox) -> None:
    answer = "def inc(x):\n    return x\n"
    evidence = {"inputs": b"[]", "sample": b'{"seed": 0, "examples": 0}'}
    assert VERIFIER.recheck(INC, answer, evidence, box).status == "refuted"


NAIVE_GRADER = """
from hypothesis import given, settings, strategies as st
{answer}
@settings(database=None, max_examples=20)
@given(st.integers())
def check(x):
    assert inc(x) == x + 1
check()
"""
CHEATS = {
    "exit": "import os\ndef inc(x):\n    os._exit(0)\n",
    "equal to everything": """
class Anything(int):
    def __eq__(self, other): return True
    __hash__ = int.__hash__
def inc(x):
    return Anything(0)
""",
    "patched frame": """
import sys
def inc(x):
    class Right(int):
        __eq__ = lambda self, other: True
    sys._getframe(1).f_globals['inc'] = lambda x: x + 1
    return Right(0)
""",
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_that_fools_a_grader_in_the_same_process_does_not_fool_the_oracle(box: Sandbox, name: str) -> None:
    naive = [sys.executable, "-c", NAIVE_GRADER.format(answer=CHEATS[name])]
    assert subprocess.run(naive, capture_output=True, timeout=60).returncode == 0  # the attack works there
    verdict = judge(INC, CHEATS[name], box)
    assert not verdict.accepted
    assert verdict.status in ("error", "refuted", "cheat")


def test_the_naive_grader_does_refuse_a_plainly_wrong_answer() -> None:
    naive = [sys.executable, "-c", NAIVE_GRADER.format(answer="def inc(x):\n    return x\n")]
    assert subprocess.run(naive, capture_output=True, timeout=60).returncode != 0


def test_files_in_the_workspace_have_no_say(box: Sandbox) -> None:
    with Sandbox.create(VERIFIER.box) as dirty:
        hook = b"import builtins, os\nbuiltins.sorted = lambda xs: list(xs)\nos._exit(0)\n"
        for name in ("sitecustomize", "usercustomize", "conftest", "marshal", "select", "resource", "typing"):
            dirty.write(f"{name}.py", hook)
        assert judge(SORT, "def ordered(xs):\n    return sorted(xs)\n", dirty).status == "passed"
