"""The exact evaluator against z3 on random formulas, and on the places where semantics differ between languages."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.verifiers.smt.evaluate import EvaluationLimit, first_failure
from assay.verifiers.smt.script import parse
from assay.verifiers.smt.solvers import evaluate
from assay.verifiers.smt.terms import Value

DECLARED = (
    "(declare-const i Int)(declare-const j Int)(declare-const r Real)(declare-const s Real)(declare-const p Bool)"
)
DEFINED = "(define-fun twice ((i Int)) Int (+ i i))(define-fun near ((a Real) (b Real)) Bool (< (- a b) 0.5))"
Text = st.SearchStrategy[str]


def _numeral(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"


def _all(*parts: str | Text) -> Text:
    """An application of the parts."""
    strategies = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.tuples(*strategies).map(lambda texts: f"({' '.join(texts)})")


def _two_or_three(operators: list[str], inner: Text) -> Text:
    return st.builds(
        lambda operator, arguments: f"({operator} {' '.join(arguments)})",
        st.sampled_from(operators),
        st.lists(inner, min_size=2, max_size=3),
    )


def _grow(depth: int) -> tuple[Text, Text, Text]:
    """Strategies for terms of sort Int, Real and Bool."""
    integer = st.one_of(st.sampled_from(["i", "j"]), st.integers(-9, 9).map(_numeral))
    real = st.one_of(st.sampled_from(["r", "s"]), st.sampled_from(["0.5", "2.0", "(/ 1 3)", "3"]))
    truth = st.sampled_from(["p", "true", "false"])
    for _ in range(depth):
        integer, real, truth = (
            st.one_of(
                integer,
                _two_or_three(["+", "-", "*", "div"], integer),
                _all("mod", integer, integer),
                _all(st.sampled_from(["-", "abs", "twice"]), integer),
                _all("to_int", real),
                _all("ite", truth, integer, integer),
                integer.map(lambda text: f"(let ((i (+ i 1)) (j i)) {text})"),
            ),
            st.one_of(
                real,
                _two_or_three(["+", "-", "*", "/"], real),
                _all("to_real", integer),
                _all("-", real),
                _all("+", real, integer),
            ),
            st.one_of(
                truth,
                _two_or_three(["and", "or", "xor", "=>", "=", "distinct"], truth),
                _two_or_three(["<", "<=", ">", ">=", "=", "distinct"], integer),
                _two_or_three(["<", "<=", ">", ">=", "=", "distinct"], real),
                _all("not", truth),
                _all("is_int", real),
                _all("near", "r", "s"),
                _all("ite", truth, truth, truth),
            ),
        )
    return integer, real, truth


INTEGERS = st.integers(-20, 20)
MODELS = st.fixed_dictionaries(
    {
        "i": INTEGERS,
        "j": INTEGERS,
        "r": st.fractions(-9, 9, max_denominator=12),
        "s": st.fractions(-9, 9, max_denominator=12),
        "p": st.booleans(),
    }
)


@settings(max_examples=300, deadline=None)
@given(_grow(3)[2], MODELS)
def test_the_evaluator_and_z3_agree_on_random_formulas(formula: str, model: dict[str, Value]) -> None:
    script = parse(f"{DECLARED}{DEFINED}(assert {formula})")
    failure = first_failure(script, model)
    if failure is not None and failure[1] == "divides by zero":
        return
    assert evaluate(script, model, 10.0).holds is (failure is None)


@pytest.mark.parametrize("dividend", [7, -7, 0, 6, -6])
@pytest.mark.parametrize("divisor", [2, -2, 3, -3, 1, -1, 10])
def test_division_is_euclidean(dividend: int, divisor: int) -> None:
    script = parse(
        "(declare-const m Int)(declare-const n Int)(declare-const q Int)(declare-const r Int)"
        "(assert (= q (div m n)))(assert (= r (mod m n)))(assert (and (= m (+ (* n q) r)) (<= 0 r) (< r (abs n))))"
    )
    remainder = dividend % abs(divisor)
    model: dict[str, Value] = {"m": dividend, "n": divisor, "q": (dividend - remainder) // divisor, "r": remainder}
    assert first_failure(script, model) is None
    assert evaluate(script, model, 10.0).holds is True
    wrong = {**model, "q": model["q"] + 1}
    assert first_failure(script, wrong) == (1, "is false")


@pytest.mark.parametrize(
    ("formula", "failure"),
    [
        ("(= (div i 0) (div i 0))", "divides by zero"),
        ("(= (mod i 0) i)", "divides by zero"),
        ("(= (/ r 0) 1)", "divides by zero"),
        ("(or p (= (div i 0) 5))", None),
        ("(or (= (div i 0) 5) p)", None),
        ("(and (= (div i 0) 5) (not p))", "is false"),
        ("(=> (not p) (= (div i 0) 5))", None),
        ("(=> (= (div i 0) 5) p)", None),
        ("(ite p p (= (div i 0) 5))", None),
        ("(ite (= (div i 0) 5) p p)", "divides by zero"),
        ("(distinct 1 1 (div i 0))", "is false"),
        ("(= 1 2 (div i 0))", "is false"),
        ("(> 1 (* 0 (div i 0)))", "divides by zero"),
    ],
)
def test_division_by_zero_has_no_value_and_counts_only_where_it_matters(formula: str, failure: str | None) -> None:
    script = parse(f"{DECLARED}(assert {formula})")
    model: dict[str, Value] = {"i": 4, "j": 0, "r": Fraction(1), "s": Fraction(0), "p": True}
    assert first_failure(script, model) == (None if failure is None else (1, failure))


def test_a_definition_does_not_see_its_callers_names() -> None:
    script = parse(
        "(declare-const i Int)(define-fun next () Int (+ i 1))(assert (let ((i 100)) (= next 6)))(assert (= i 5))"
    )
    assert first_failure(script, {"i": 5}) is None
    assert evaluate(script, {"i": 5}, 10.0).holds is True


def test_growth_is_bounded() -> None:
    squares = "".join(f"(define-fun a{n} () Int (* a{n - 1} a{n - 1}))" for n in range(1, 30))
    script = parse(f"(declare-const a0 Int){squares}(assert (> a20 1))")
    assert first_failure(script, {"a0": 1}) == (1, "is false")
    with pytest.raises(EvaluationLimit):
        first_failure(script, {"a0": 3})
