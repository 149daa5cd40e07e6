"""The choice of inputs: legal, typed, aimed at constants, reproducible from the seed, and small when shrunk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.verifiers import Claim
from assay.verifiers.python.claim import FunctionClaim, parse_claim
from assay.verifiers.python.domain import read_domain
from assay.verifiers.python.inputs import Inputs, choose_inputs
from assay.verifiers.python.language import Program, read_answer
from assay.verifiers.python.shrink import shrink
from assay.verifiers.python.spec import holds
from assay.verifiers.python.values import conforms, key


def claim(signature: str, requires: str = "True", ensures: str = "True") -> FunctionClaim:
    body = {"kind": "python/function/v1", "signature": signature, "requires": requires, "ensures": ensures}
    return parse_claim(Claim.from_json(body))


def choose(subject: FunctionClaim, source: str | None = None, seed: int = 1, count: int = 60) -> Inputs:
    names = ", ".join(name for name, _ in subject.parameters)
    program = read_answer(
        source or f"def {subject.name}({names}):\n    return 0\n", subject.name, len(subject.parameters)
    )
    assert isinstance(program, Program)
    return choose_inputs(subject, program, seed, count)


_SCALARS = st.sampled_from(["int", "bool", "str"])
_TYPES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        inner.map(lambda t: f"list[{t}]"),
        st.tuples(inner, inner).map(lambda p: f"tuple[{p[0]}, {p[1]}]"),
        inner.map(lambda t: f"tuple[{t}, ...]"),
    ),
    max_leaves=3,
)
_REQUIRES = st.sampled_from(
    ["True", "len({p}) <= 3", "{p} == {p}", "len({p}) > 0 and len({p}) < 70", "{p} != {p}", "len({p}) == 5"]
)


@settings(max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.nested_given])
@given(st.lists(_TYPES, min_size=0, max_size=3), _REQUIRES, st.integers(0, 2**63))
def test_every_input_has_the_claims_types_and_satisfies_requires(types: list[str], requires: str, seed: int) -> None:
    sized = [place for place, kind in enumerate(types) if kind not in ("int", "bool")]
    if "len" in requires and not sized:
        requires = "True"
    signature = ", ".join(f"p{place}: {kind}" for place, kind in enumerate(types))
    requires = requires.format(p=f"p{sized[0]}" if sized else "0")
    subject = claim(f"def f({signature}) -> int", requires)
    inputs = choose(subject, seed=seed, count=20)
    for args in inputs.calls:
        assert all(conforms(arg, kind) for arg, (_, kind) in zip(args, subject.parameters, strict=True))
        assert holds(subject.requires, subject.bind(args))
    assert len({key(args) for args in inputs.calls}) == len(inputs.calls)


def test_the_seed_alone_decides_the_random_part() -> None:
    subject = claim("def f(x: int, s: str, ys: list[int]) -> int")
    assert choose(subject, seed=5).calls == choose(subject, seed=5).calls
    assert choose(subject, seed=5).calls != choose(subject, seed=6).calls


def test_choosing_inputs_writes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    choose(claim("def f(x: int, s: str) -> int"), seed=77)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("requires", "domain_size"),
    [
        ("0 <= x < 10", 10),
        ("x in range(3, 9)", 6),
        ("-2 <= x and 2 >= x", 5),
        ("x == 4", 1),
        ("x > 3 and x < 4", 0),
        ("0 <= x < 10 and x % 2 == 0", 5),
    ],
)
def test_a_bounded_domain_is_enumerated_exactly(requires: str, domain_size: int) -> None:
    inputs = choose(claim("def f(x: int) -> int", requires))
    assert inputs.exhaustive
    assert len(inputs.calls) == domain_size
    assert inputs.enough == (domain_size > 0)


@pytest.mark.parametrize(
    "requires",
    ["x < 10", "x < 10 or x > 20", "not x > 10", "0 <= x", "abs(x) < 5", "0 <= x <= 10 ** 6", "len(str(x)) < 3"],
)
def test_a_domain_that_does_not_show_small_bounds_is_not_called_exhaustive(requires: str) -> None:
    assert not choose(claim("def f(x: int) -> int", requires)).exhaustive


def test_bounds_of_lists_and_of_what_is_in_them_are_read() -> None:
    domain = read_domain(
        claim(
            "def f(xs: list[list[int]], s: str) -> int",
            "1 <= len(xs) <= 4 and all(len(row) == 3 for row in xs) and all(0 <= v < 9 for row in xs for v in row) "
            "and all(c in 'ab' for c in s)",
        )
    )
    grid, text = domain.shapes
    assert (grid.length.low, grid.length.high) == (1, 4)
    assert (grid.inner_length.low, grid.inner_length.high) == (3, 3)
    assert (grid.integers.low, grid.integers.high) == (0, 8)
    assert text.letters == "ab"


def test_constants_of_the_answer_are_tried_with_their_neighbours_whatever_the_seed() -> None:
    subject = claim("def f(x: int, y: int) -> int")
    source = "K = 10 ** 7 + 19\n\ndef f(x, y):\n    return 1 if x == K or y == -70001 else 0\n"
    for seed in range(5):
        tried = {args[place] for args in choose(subject, source, seed).calls for place in (0, 1)}
        assert {10**7 + 18, 10**7 + 19, 10**7 + 20, -70001, -70002, 70001} <= tried


def test_huge_numbers_are_tried_only_where_nothing_can_take_long_over_them() -> None:
    subject = claim("def f(x: int) -> int", "True", "result == x")
    straight = choose(subject, "def f(x):\n    return x if x > 0 else -(-x)\n")
    loop = choose(subject, "def f(x):\n    t = 0\n    for _ in range(x):\n        t += 1\n    return t\n")
    assert any(abs(args[0]) > 2**64 for args in straight.calls)
    assert all(abs(args[0]) <= 10_001 for args in loop.calls)


def test_a_costly_requires_ends_within_its_steps() -> None:
    subject = claim("def f(n: int) -> int", "all(i * j != n for i in range(2, n) for j in range(2, n)) and n > 500")
    inputs = choose(subject)
    assert inputs.undecided > 0
    assert not inputs.enough


def test_shrinking_finds_the_smallest_failing_input_in_few_batches() -> None:
    batches = 0

    def failing(batch: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        nonlocal batches
        batches += 1
        return [args for args in batch if len(args[0]) >= 2 and args[0] != sorted(args[0])]

    smallest = shrink(([5, 900, -3, 44, 17], "unused text"), failing)
    assert len(smallest[0]) <= 3
    assert smallest[1] == ""
    assert batches <= 3


@pytest.mark.parametrize(
    ("parameters", "requires", "empty"),
    [
        ("n: int", "n > 3 and n < 2", True),
        ("n: int", "n > 3 and n < 5", False),
        ("n: int, s: str", "n > 3 and n < 2", True),
        ("s: str", "len(s) > 3 and len(s) < 2", True),
        ("s: str", "False", True),
        ("n: int, xs: list[int]", "all(x > 3 and x < 2 for x in xs)", False),
        ("n: int, xs: list[int]", "all(n > 3 and n < 2 for x in xs)", False),
        ("n: int, xs: list[int]", "all(False for x in xs)", False),
        ("n: int", "n > 3 or n < 2", False),
    ],
)
def test_a_domain_is_called_empty_only_where_requires_contradicts_itself(
    parameters: str, requires: str, empty: bool
) -> None:
    subject = claim(f"def f({parameters}) -> int", requires)
    assert read_domain(subject).empty is empty
    assert bool(choose(subject).calls) is not empty


@pytest.mark.parametrize(
    ("signature", "condition", "key"),
    [
        ("def f(x: int) -> int", "x ^ 12345 == 4567", (8686,)),
        ("def f(x: int) -> int", "5000 - x == 3191", (1809,)),
        ("def f(x: int) -> int", "x * x == 67092481", (8191,)),
        ("def f(x: int) -> int", "x * 7919 + 3 == 64864532", (8191,)),
        ("def f(x: int) -> int", "x // 1000 == 777", (777000,)),
        ("def f(x: int) -> int", "-(x - 7) != int('8191')", (-8184,)),
        ("def f(x: int) -> int", "len(str(x)) > 25", (10**25,)),
        ("def f(s: str) -> int", "s[::-1] == 'wvqz'", ("zqvw",)),
        ("def f(s: str) -> int", "s == ''.join(['zq', 'w' * 2])", ("zqww",)),
        ("def f(xs: list[int]) -> int", "sum(xs) == 90210", ([90210],)),
    ],
)
def test_a_key_that_a_comparison_hides_is_tried(signature: str, condition: str, key: tuple[Any, ...]) -> None:
    subject = claim(signature)
    (name, _), *_ = subject.parameters
    hidden = f"def f({name}):\n    if {condition}:\n        return 1\n    return 0\n"
    assert key in choose(subject, hidden).calls
    assert key not in choose(subject).calls


def test_a_key_behind_a_local_name_is_tried() -> None:
    hidden = "def f(x):\n    y = x * 3\n    z = y + 1\n    return 1 if z == 24574 else 0\n"
    assert (8191,) in choose(claim("def f(x: int) -> int"), hidden).calls


@pytest.mark.parametrize("parameter", ["s: str", "xs: list[int]"])
def test_a_length_that_the_answer_mentions_is_tried_with_its_neighbours(parameter: str) -> None:
    name = parameter[: parameter.index(":")]
    answer = f"def f({name}):\n    return len({name}) > 29\n"
    chosen = choose(claim(f"def f({parameter}) -> bool"), answer)
    assert {28, 29, 30} <= {len(args[0]) for args in chosen.calls}
