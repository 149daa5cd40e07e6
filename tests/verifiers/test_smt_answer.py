"""Answers to SMT claims: one format, two ways to hand it in, no third."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.smt.answer import AnswerError, is_unsat, model_json, parse_model
from assay.verifiers.smt.terms import Sort, Value

DECLARED: dict[str, Sort] = {"n": "Int", "a b": "Real", "p": "Bool"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NOT_THE_WORD = ("", "sat", "UNSAT", "unsat.", "un sat", "unsat unsat", "unsat\x00", "\u2003unsat", None, ["unsat"])
MODELS = st.fixed_dictionaries({"n": st.integers(), "a b": st.fractions(), "p": st.booleans()})


@given(MODELS)
def test_a_model_survives_its_canonical_form_as_object_and_as_text(model: dict[str, Value]) -> None:
    form = model_json(model)
    assert parse_model(form, DECLARED) == model
    assert parse_model(json.dumps(form), DECLARED) == model


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
    )
)
def test_other_json_is_refused(answer: object) -> None:
    with pytest.raises(AnswerError):
        parse_model(answer, DECLARED)


@given(st.text(max_size=60))
def test_any_text_is_refused_in_one_line(answer: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        parse_model(answer, DECLARED)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "value", [True, 1.0, "1", "1/1", None, [1], {"n": 1}, 10**1000], ids=lambda value: type(value).__name__
)
def test_an_int_takes_an_integer_only(value: object) -> None:
    with pytest.raises(AnswerError):
        parse_model({"n": value}, {"n": "Int"})
    assert parse_model({"n": 10**1000 - 1}, {"n": "Int"}) == {"n": 10**1000 - 1}


@pytest.mark.parametrize("value", [True, 0.5, "0.5", "1/0", "1/-2", "+1/2", " 1/2", "1/2\n", "1 / 2", "1_0/2", "1"])
def test_a_real_takes_an_integer_or_a_plain_fraction(value: object) -> None:
    with pytest.raises(AnswerError):
        parse_model({"r": value}, {"r": "Real"})
    assert parse_model({"r": "-2/4"}, {"r": "Real"}) == {"r": Fraction(-1, 2)}
    assert parse_model({"r": 3}, {"r": "Real"}) == {"r": Fraction(3)}


def test_a_subclass_of_a_permitted_type_is_refused() -> None:
    class Always(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    with pytest.raises(AnswerError):
        parse_model({"n": Always(3)}, {"n": "Int"})
    assert parse_model({"n": 3}, {"n": "Int"}) == {"n": 3}


@pytest.mark.parametrize("answer", ["unsat", " unsat\n", "\tunsat"])
def test_the_word_may_have_space_around_it(answer: str) -> None:
    assert is_unsat(answer)


@pytest.mark.parametrize("answer", NOT_THE_WORD)
def test_nothing_else_is_the_word(answer: object) -> None:
    assert not is_unsat(answer)
