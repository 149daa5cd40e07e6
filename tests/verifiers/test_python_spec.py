"""The expression language of requires and ensures: it agrees with Python where it has a value, and it is bounded."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.verifiers.errors import ClaimError
from assay.verifiers.python.spec import SpecExhausted, SpecRaised, evaluate, holds, parse_spec

ENV = {"x": 7, "b": True, "s": "abca", "xs": [3, 1, 2, 1], "t": (4, "q")}


def value(text: str, **env: object) -> object:
    known = {**ENV, **env}
    return evaluate(parse_spec(text, known), known)


@pytest.mark.parametrize(
    "text",
    [
        "x // -2, x % -2, -x // 2, -x % 2, x ** 3, x << 2, x >> 1, x & 5, x | 8, x ^ 1, ~x",
        "1 < x <= 7 != 8, x in xs, x not in (1, 7), 'bc' in s, not b, b and x, False or s",
        "xs[1:], xs[::-1], xs[-1], s[1:3], t[0], xs + [x], xs * 2, s + 'z', 2 * s",
        "[y * z for y in xs if y > 1 for z in range(y)], [p + q for p, q in zip(xs, xs[1:])]",
        "len({y % 2 for y in xs}), {1, 2} == {2, 1}, {1, 2} - {2}, {1} | {2}, {1} <= {1, 2}",
        "sorted(xs, reverse=True), min(xs), max(xs, default=0), min([], default=-1), max(1, 2), sum(xs, 10)",
        "all(y > 0 for y in xs), any(y > 2 for y in xs), list(enumerate(s, 1)), list(reversed(xs)), tuple(xs)",
        "abs(-x), bool(x), int('12'), int(b), str(x), str(b), list(range(2, 9, 3)), len(range(5)), x if b else s",
        "any(y == 3 for y in [3, 1 // 1]) or 1 // 0",
    ],
)
def test_expressions_have_the_values_that_python_gives(text: str) -> None:
    assert value(text) == eval(text, {}, dict(ENV))


_INTS = st.sampled_from(["x", "y", "0", "1", "2", "-3", "len(xs)"])


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operator = st.sampled_from(["+", "-", "*", "//", "%", "<", "<=", "==", "!=", "and", "or", "&", "|"])
    return st.one_of(
        st.tuples(inner, operator, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        inner.map(lambda e: f"sum(({e}) * k for k in xs if k < ({e}))"),
        inner.map(lambda e: f"xs[{e}]"),
        inner.map(lambda e: f"max(xs[:{e}], default={e})"),
    )


@settings(max_examples=300, deadline=None, database=None)
@given(st.recursive(_INTS, _grow, max_leaves=8), st.integers(-5, 5), st.integers(-5, 5), st.lists(st.integers(-3, 9)))
def test_random_expressions_agree_with_python_in_value_and_in_failure(text: str, x: int, y: int, xs: list[int]) -> None:
    # We refuse to reuse a comprehension variable inside itself, which Python allows.
    if text.count("for k") > 1:
        return
    env = {"x": x, "y": y, "xs": xs}
    spec = parse_spec(text, env)
    try:
        expected = eval(text, dict(env))
    except (IndexError, ZeroDivisionError, TypeError):
        with pytest.raises(SpecRaised):
            evaluate(spec, env)
        return
    found = evaluate(spec, env)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    [
        "2 ** 2 ** 40",
        "10 ** 10 ** 9",
        "1 << 10 ** 9",
        "[0] * 10 ** 9",
        "'a' * 10 ** 9",
        "sum(range(10 ** 12))",
        "list(range(10 ** 9))",
        "all(all(all(i + j + k > -1 for i in range(300)) for j in range(300)) for k in range(300))",
        "[[[[x] * 5000] * 5000] * 5000] == [[[[x] * 5000] * 5000] * 5000]",
        "len(set(range(10 ** 9)))",
        "sorted(range(10 ** 9))",
        "10 ** 9 in (k for k in range(10 ** 10))",
        "len(range(10 ** 30))",
    ],
)
def test_costly_expressions_run_out_of_steps_instead_of_time_or_memory(text: str) -> None:
    with pytest.raises(SpecExhausted):
        value(text)


@pytest.mark.parametrize(
    "text",
    ["xs[9]", "x // 0", "min([])", "x + s", "s < x", "2 ** -1", "int('q')", "len(x)", "[xs] == 1 or {xs} == 1",
     "reversed(xs) == xs", "s['a']", "str(xs)", "'%d' % x", "zip(xs) == zip(xs)"],
)  # fmt: skip
def test_expressions_without_a_value_say_so(text: str) -> None:
    with pytest.raises(SpecRaised):
        value(text)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "x +", "lambda: 1", "x.bit_length()", "open('f')", "__import__('os')", "eval('1')", "1.5", "x / 2",
     "b'a'", "None", "...", "f'{x}'", "(y := 1)", "{1: 2}", "[*xs]", "len", "nope", "x is 1", "sorted(xs, key=abs)",
     "len(xs, xs)", "[x for x in xs]", "[max for max in xs]", "[k for k in xs for k in xs]", "x @ x", "(await x)",
     "(yield)", "x; x", "''.join(s)", "abs(*xs)", "range(**x)", "-" * 3000 + "1", "(" * 300 + "1" + ")" * 300,
     "[" * 50 + "]" * 50, "1" * 5000, "x\0"],
)  # fmt: skip
def test_everything_outside_the_language_is_refused_with_the_field_named(text: str) -> None:
    with pytest.raises(ClaimError) as caught:
        parse_spec(text, ENV, "ensures")
    assert caught.value.field == "ensures"
    assert caught.value.mend


def test_result_is_a_name_only_where_it_is_given() -> None:
    assert parse_spec("result > x", ["x", "result"]).reads == {"x", "result"}
    with pytest.raises(ClaimError, match="result"):
        parse_spec("result > x", ["x"])


def test_a_truth_value_must_be_a_bool() -> None:
    spec = parse_spec("x and xs", ENV)
    with pytest.raises(SpecRaised, match="not a bool"):
        holds(spec, ENV)


def test_iteration_over_a_set_has_one_order_in_every_process() -> None:
    assert value("list({'b', 'a', 'c'})") == ["a", "b", "c"]


def test_the_tree_of_a_spec_can_be_written_back_and_parsed_again() -> None:
    spec = parse_spec("all(k <= result for k in xs) and result in xs", ["xs", "result"])
    again = parse_spec(ast.unparse(spec.tree), ["xs", "result"])
    assert holds(again, {"xs": [1, 3], "result": 3})
    assert not holds(again, {"xs": [1, 3], "result": 1})
