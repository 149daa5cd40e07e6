"""What validators veto, and the honest neighbour of each that they let pass."""

from __future__ import annotations

from typing import Any, cast

import pytest

from assay.curriculum.registry import family
from assay.sandbox import Sandbox
from assay.verifiers import Claim, Verdict
from assay.verifiers.registry import verifier_for
from assay.verifiers.smt import satisfies
from assay.verifiers.validators import LookupTable, TrivialClaim, WeakSpec, trivial_answers

NO_BOX = cast(Sandbox, None)
SAMPLED = Verdict("passed", "python", "right on 100 inputs", strength="sampled")
EXHAUSTIVE = Verdict("passed", "python", "right on all 12 inputs", strength="bounded")


def smt(text: str) -> Claim:
    return Claim.from_json({"kind": "smt/model/v1", "smtlib": text})


def function(signature: str, ensures: str, examples: list[tuple[list[Any], Any]] | None = None, **more: Any) -> Claim:
    listed = [{"args": args, "result": result} for args, result in examples or []]
    body = {"kind": "python/function/v1", "signature": signature, "ensures": ensures, "examples": listed, **more}
    return Claim.from_json(body)


def is_trivial(claim: Claim) -> bool:
    return TrivialClaim().validate_claim(claim, NO_BOX).vetoed


# --- trivial claims


X = "(declare-const x Int)"
PX = f"(declare-const p Bool){X}"
PQ = "(declare-const p Bool)(declare-const q Bool)"
R = "(declare-const r Real)"


@pytest.mark.parametrize(
    ("trivial", "honest"),
    [
        (f"{X}(assert (>= x 0))", f"{X}(assert (>= x 2))"),
        (f"{X}(assert (< x 0))", f"{X}(assert (< x (- 1)))"),
        (f"{PQ}(assert (=> p q))", f"{PQ}(assert (not (=> p q)))"),
        (f"{R}(assert (= (* r r) r))", f"{R}(assert (= (* 2 r) 1))"),
        (f"{PX}(assert (= p (= x 1)))(assert p)", f"{PX}(assert (= p (= x 5)))(assert p)"),
    ],
)
def test_an_smt_claim_that_a_constant_satisfies_is_trivial(trivial: str, honest: str) -> None:
    assert is_trivial(smt(trivial))
    assert not is_trivial(smt(honest))


@pytest.mark.parametrize(
    ("signature", "trivial", "honest"),
    [
        ("def f(x: int) -> int", "result >= x and result <= x", "result == x + 1"),
        ("def f(x: int, y: int) -> int", "result == y", "result == x + y"),
        ("def f(x: int) -> int", "result * x == 0", "result == 2 * x"),
        ("def f(x: int) -> bool", "result or x < 0 or x >= 0", "result == (x % 3 == 0)"),
        ("def f(xs: list[int]) -> list[int]", "all(x in xs for x in result)", "result == sorted(xs)"),
        ("def f(s: str) -> str", "len(result) == len(s)", "result == s[::-1]"),
        ("def f(x: int) -> tuple[int, bool]", "result[0] == 0", "result == (x, x > 0)"),
    ],
)
def test_a_python_claim_that_a_constant_or_an_argument_satisfies_is_trivial(
    signature: str, trivial: str, honest: str
) -> None:
    assert is_trivial(function(signature, trivial))
    assert not is_trivial(function(signature, honest))


def test_an_example_can_keep_a_claim_from_being_trivial() -> None:
    assert is_trivial(function("def f(x: int) -> int", "result >= x"))
    assert not is_trivial(function("def f(x: int) -> int", "result >= x", [([3], 9)]))


def test_trivial_answers_are_answers_of_the_claims_format() -> None:
    claim = smt("(declare-const x Int)(declare-const |a b| Bool)(assert (> x 0))")
    assert {"x": 1, "a b": True} in trivial_answers(claim)
    assert any(satisfies(claim, answer) for answer in trivial_answers(claim))
    assert "def f(x: int) -> int: return x" in trivial_answers(function("def f(x: int) -> int", "result > x"))
    assert trivial_answers(Claim.from_json({"kind": "smt/unsat/v1", "smtlib": "(assert false)"})) == ()


def test_a_claim_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    validator, asked = TrivialClaim(), []
    monkeypatch.setattr(validator, "_ask", lambda claim, box: asked.append(claim.id) or "word")
    claim = smt("(declare-const x Int)(assert (> x 3))")
    assert validator.validate_claim(claim, NO_BOX) == validator.validate_claim(claim, NO_BOX)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("trivial", "honest"),
    [
        ("theorem t : True", "theorem t : 1 + 1 = 2"),
        ("theorem t (p : Prop) (h : p) : True", "theorem t (p q : Prop) (h : p) (n : ¬p) : q"),
    ],
)
def test_a_theorem_that_says_nothing_is_trivial_and_one_that_is_easy_is_not(trivial: str, honest: str) -> None:
    def vetoed(statement: str) -> bool:
        claim = Claim.from_json({"kind": "lean/theorem/v1", "statement": statement, "preamble": ""})
        with Sandbox.create(verifier_for("lean/theorem/v1").box) as box:
            return TrivialClaim().validate_claim(claim, box).vetoed

    assert vetoed(trivial)
    assert not vetoed(honest)


@pytest.mark.parametrize("skill", ["A.linear", "B.expr"])
def test_no_generated_problem_is_vetoed(skill: str) -> None:
    made = family(skill)
    for level in made.levels:
        for seed in range(4):
            claim = made.generate(level, seed).claim
            assert not TrivialClaim().validate_claim(claim, NO_BOX).vetoed
            if claim.kind in WeakSpec.kinds:
                assert not WeakSpec().validate_claim(claim, NO_BOX).vetoed


# --- specifications that say nothing


def weakness(claim: Claim) -> str:
    return WeakSpec().validate_claim(claim, NO_BOX).reason


def test_a_precondition_that_nothing_satisfies_is_vacuous() -> None:
    assert weakness(function("def f(x: int) -> int", "result == 7", requires="x > 3 and x < 3")).startswith("vacuous")
    assert weakness(function("def f(x: int) -> int", "result == 7", requires="x > 3 and x < 5")) == ""


@pytest.mark.parametrize(
    ("weak", "honest"),
    [
        ("True", "result == x + 1"),
        ("x == x", "result == x - 1"),
        ("result == result", "result - x == 4"),
        ("result != x + 7", "result == x + 7"),
        ("result > x or result <= x", "result > x and result <= x + 2"),
        ("result > 0 or result < 5", "result > x and result < x + 5 and result % 5 == 0"),
    ],
)
def test_a_postcondition_that_any_result_satisfies_is_weak(weak: str, honest: str) -> None:
    assert weakness(function("def f(x: int) -> int", weak)).startswith("weak")
    assert weakness(function("def f(x: int) -> int", honest)) == ""


def test_a_predicate_is_not_weak_for_having_two_results() -> None:
    assert weakness(function("def f(x: int) -> bool", "result == (x > 3)")) == ""
    assert weakness(function("def f(x: int) -> bool", "result in (True, False)")).startswith("weak")


# --- tables of the examples

NEXT_MULTIPLE = function("def f(x: int) -> int", "result > x and result % 7 == 0", [([10], 14), ([20], 21), ([40], 42)])


def vetoed(claim: Claim, answer: str, verdict: Verdict = SAMPLED) -> bool:
    return LookupTable().validate_answer(claim, answer, verdict, NO_BOX).vetoed


TABLES = {
    "conditions": """
    if x == 10: return 14
    if x == 20: return 21
    if x == 40: return 42
""",
    "dictionary": """
    if x in {10: 14, 20: 21, 40: 42}: return {10: 14, 20: 21, 40: 42}[x]
""",
    "expression": """
    if x > 0: return 14 if x == 10 else 21 if 20 == x else 42 if x == 40 else x - x % 7 + 77
""",
    "rows": """
    for key, value in [(10, 14), (20, 21), (40, 42)]:
        if key == x: return value
""",
    "columns": """
    keys, values = [10, 20, 40], [14, 21, 42]
    if x in keys: return values[keys.index(x)]
""",
    "bounds": """
    if x > 9 and x < 11: return 14
    if x - 20 == 0: return 21
    if not x - 40: return 42
""",
    "folded": """
    if x == 2 * 5: return 14
    if x == 2 * 10: return 21
""",
    "displays": """
    if x in (10,): return 14
    if (x, 0) == (20, 0): return 21
""",
}
HONEST = {
    "formula": """
    return x - x % 7 + 7
""",
    "search": """
    r = x + 1
    while r % 7 != 0:
        r += 1
    return r
""",
    "one special case": """
    if x == 10: return 14
""",
    "branches": """
    if x < 0: return 0 if x >= -7 else x - x % 7 + 7
    if x < 7: return 7
    if x < 14: return 14
""",
}


@pytest.mark.parametrize("body", TABLES.values(), ids=TABLES.keys())
def test_a_table_of_the_examples_is_vetoed(body: str) -> None:
    assert vetoed(NEXT_MULTIPLE, f"def f(x: int) -> int:{body}    return x - x % 7 + 70\n")


@pytest.mark.parametrize("body", HONEST.values(), ids=HONEST.keys())
def test_honest_code_is_not_vetoed(body: str) -> None:
    assert not vetoed(NEXT_MULTIPLE, f"def f(x: int) -> int:{body}    return x - x % 7 + 7\n")


def test_base_cases_that_examples_happen_to_show_are_not_a_table() -> None:
    examples: list[tuple[list[Any], Any]] = [([0], 0), ([1], 1), ([2], 1), ([10], 55)]
    claim = function("def f(n: int) -> int", "result >= 0", examples, requires="n >= 0 and n < 20")
    cases = "".join(f"    if n == {n}: return {min(n, 1)}\n" for n in range(3))
    assert not vetoed(claim, f"def f(n: int) -> int:\n{cases}    return f(n - 1) + f(n - 2)\n")


def test_a_list_of_small_primes_is_not_a_table() -> None:
    examples: list[tuple[list[Any], Any]] = [([7], True), ([13], True), ([10], False)]
    claim = function("def f(n: int) -> bool", "result or n > 2", examples)
    code = """
def f(n: int) -> bool:
    for p in (2, 3, 5, 7, 11, 13):
        if n % p == 0: return n == p
    return n > 1
"""
    assert not vetoed(claim, code)
    assert vetoed(claim, "def f(n: int) -> bool:\n    return n in (7, 13)\n")


def test_constants_of_the_specification_are_not_a_table() -> None:
    ensures = "result == (100 if x > 100 else 50 if x < 50 else x)"
    claim = function("def f(x: int) -> int", ensures, [([100], 100), ([50], 50)])
    assert not vetoed(claim, "def f(x: int) -> int:\n    return 100 if x > 100 else 50 if x < 50 else x\n")


def test_a_table_of_all_inputs_there_are_is_a_function() -> None:
    claim = function("def f(m: int) -> int", "result in (28, 30, 31)", [([4], 30), ([7], 31)], requires="1 <= m <= 12")
    days = "def f(m: int) -> int:\n    return [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]\n"
    assert not vetoed(claim, days, EXHAUSTIVE)


def test_tables_over_several_arguments_lists_and_texts_are_seen() -> None:
    two = function("def f(x: int, y: int) -> int", "result >= x", [([5, 9], 81), ([6, 7], 49)])
    assert vetoed(two, "def f(x: int, y: int) -> int:\n    return {(5, 9): 81, (6, 7): 49}.get((x, y), abs(x) + 1)\n")
    assert not vetoed(two, "def f(x: int, y: int) -> int:\n    return max(x, y * y)\n")
    listed = function("def f(xs: list[int]) -> int", "result >= 0", [([[7, 8, 9]], 24), ([[5, 5]], 10)])
    assert vetoed(
        listed, "def f(xs: list[int]) -> int:\n    return 24 if xs == [7, 8, 9] else 10 if xs == [5, 5] else 0\n"
    )
    assert not vetoed(listed, "def f(xs: list[int]) -> int:\n    return abs(sum(xs))\n")
    text = function("def f(s: str) -> str", "len(result) == len(s)", [(["abc"], "cba"), (["hello"], "olleh")])
    assert vetoed(text, "def f(s: str) -> str:\n    return {'abc': 'cba', 'hello': 'olleh'}.get(s, s)\n")
    assert not vetoed(text, "def f(s: str) -> str:\n    return s[::-1]\n")
