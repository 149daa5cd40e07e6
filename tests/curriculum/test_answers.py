"""Text becomes an answer without being mended, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.curriculum.answers import answer_of
from assay.verifiers import Claim

MODEL = Claim({"kind": "smt/model/v1", "smtlib": "(declare-const x Int)(declare-fun |y z| () Int)(assert (> x |y z|))"})
PAIR = Claim({"kind": "smt/model/v1", "smtlib": "(declare-const x Int)\n(declare-const y Int)"})
FUNCTION = Claim({"kind": "python/function/v1", "signature": "def f(x: int) -> int", "ensures": "result > x"})
THEOREM = Claim({"kind": "lean/theorem/v1", "statement": "theorem t (p : Prop) (h : p) : p"})
OTHER = Claim({"kind": "metamath/proof/v1", "goal": "|- x"})


@pytest.mark.parametrize("text", ["3 -2", "x=3 y=-2", "y=-2, x=3", "3, -2", " 3   -2\n", '{"x": 3, "y": -2}'])
def test_every_short_form_of_a_model_is_understood(text: str) -> None:
    assert answer_of(PAIR, text) == {"x": 3, "y": -2}


@pytest.mark.parametrize(
    "text",
    ["", "3", "3 2 1", "x=3 x=2", "x=3 z=2", "3.0 2", "3 two", "0x3 2", "x==3 y=2", "+3 2", "٣ 2", "1_0 2", "x= 3",
     "007 2", "-0 2", '{"x": 1, "x": 2}', '{"x": 1.5}', '{"x": NaN}', "{" * 5000, "[1, 2]", "9" * 5000 + " 1"],
)  # fmt: skip
def test_text_that_is_no_model_is_handed_on_as_it_is(text: str) -> None:
    assert answer_of(PAIR, text) == text


def test_quoted_names_are_filled_without_their_bars() -> None:
    assert answer_of(MODEL, "3 2") == {"x": 3, "y z": 2}


def test_a_bare_expression_becomes_the_body_of_the_function() -> None:
    assert answer_of(FUNCTION, "x+3") == "def f(x: int) -> int:\n    return x+3"


def test_a_whole_function_goes_through_untouched() -> None:
    whole = "def g(x: int) -> int:\n    return x\n\ndef f(x: int) -> int:\n    return g(x) + 3\n"
    assert answer_of(FUNCTION, whole) == whole


def test_a_proof_is_used_as_it_is() -> None:
    assert answer_of(THEOREM, "by\n  exact h") == "by\n  exact h"
    assert answer_of(THEOREM, '{"lemmas": "", "proof": "h"}') == {"lemmas": "", "proof": "h"}


def test_a_proof_that_begins_with_a_brace_but_is_no_json_is_text() -> None:
    assert answer_of(THEOREM, "{ left := a, right := b }") == "{ left := a, right := b }"


@given(
    text=st.text() | st.from_regex(r"\A[{\[\"x=0-9 ,.-]*\Z"),
    claim=st.sampled_from([MODEL, PAIR, FUNCTION, THEOREM, OTHER]),
)
def test_no_text_raises(text: str, claim: Claim) -> None:
    answer = answer_of(claim, text)
    assert answer == text or isinstance(answer, dict) or text in answer
