"""Universe levels: the decision procedure against evaluation at concrete values."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.verifiers.lean.judge.level import (
    ONE,
    ZERO,
    IMax,
    Level,
    Max,
    Param,
    Succ,
    at_most,
    equal,
    imax_of,
    max_of,
    param,
    simplify,
    succ,
)
from assay.verifiers.lean.judge.names import Name

NAMES: tuple[Name, ...] = (("u",), ("v",), ("w",))
VALUES = [dict(zip(NAMES, values, strict=True)) for values in product(range(6), repeat=3)]

LEVELS: st.SearchStrategy[Level] = st.recursive(
    st.sampled_from([ZERO, ONE, *map(param, NAMES)]),
    lambda inner: st.one_of(
        st.builds(succ, inner), st.builds(max_of, inner, inner), st.builds(imax_of, inner, inner)
    ),
    max_leaves=6,
)  # fmt: skip


def value(level: Level, at: Mapping[Name, int]) -> int:
    if isinstance(level, Param):
        return at[level.name]
    if isinstance(level, Succ):
        return value(level.of, at) + 1
    if isinstance(level, Max | IMax):
        left, right = value(level.left, at), value(level.right, at)
        return max(left, right) if isinstance(level, Max) or right else 0
    return 0


@given(LEVELS, LEVELS)
@settings(max_examples=400, deadline=None)
def test_levels_are_equal_exactly_when_they_are_equal_at_all_values(left: Level, right: Level) -> None:
    assert equal(left, right) == all(value(left, at) == value(right, at) for at in VALUES)


@given(LEVELS, LEVELS)
@settings(max_examples=400, deadline=None)
def test_at_most_never_claims_what_a_value_refutes(left: Level, right: Level) -> None:
    if at_most(simplify(left), simplify(right)):
        assert all(value(left, at) <= value(right, at) for at in VALUES)


@given(LEVELS)
@settings(max_examples=200, deadline=None)
def test_simplifying_keeps_the_value(level: Level) -> None:
    assert all(value(level, at) == value(simplify(level), at) for at in VALUES)
