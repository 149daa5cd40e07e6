"""Claims of python/function/v1: what parses, and what is refused with the field, the problem and the mend."""

from __future__ import annotations

from typing import Any

import pytest

from assay.verifiers import Claim, ClaimError
from assay.verifiers.python.claim import parse_claim
from assay.verifiers.python.values import conforms, decode, encode, from_plain, key, same

BODY: dict[str, Any] = {
    "kind": "python/function/v1",
    "signature": "def f(x: int, ys: list[int]) -> tuple[int, bool]",
    "requires": "x >= 0",
    "ensures": "result[0] == x + len(ys)",
    "examples": [{"args": [1, [2]], "result": [2, True]}],
    "assurance": "passed",
}
TWO_RESULTS = [{"args": [1, [2]], "result": [2, True]}, {"args": [1, [2]], "result": [2, False]}]


def parsed(**changes: Any) -> Any:
    return parse_claim(Claim.from_json({**BODY, **changes}))


def test_a_claim_parses_and_json_arrays_become_tuples_where_the_type_says_so() -> None:
    claim = parsed()
    assert claim.name == "f"
    assert [str(kind) for _, kind in claim.parameters] == ["int", "list[int]"]
    assert claim.examples[0].result == (2, True)


def test_requires_examples_and_assurance_may_be_left_out() -> None:
    claim = parse_claim(Claim.from_json({k: BODY[k] for k in ("kind", "signature", "ensures")}))
    assert (claim.requires.text, claim.examples, claim.assurance) == ("True", (), "passed")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("signature", {"signature": "f(x)"}),
        ("signature", {"signature": "def f(x: int, ys: list[int]) -> float"}),
        ("signature", {"signature": "def f(x: int, ys: list) -> int"}),
        ("signature", {"signature": "def f(x, ys: list[int]) -> int"}),
        ("signature", {"signature": "def f(x: int, ys: list[int])"}),
        ("signature", {"signature": "def f(x: int = 1, *ys: int) -> int"}),
        ("signature", {"signature": "def f(x: int, result: int) -> int"}),
        ("signature", {"signature": "def f(len: int, ys: list[int]) -> int"}),
        ("signature", {"signature": "def f(x: int, x: int) -> int"}),
        ("signature", {"signature": "def __f__(x: int, ys: list[int]) -> int"}),
        ("signature", {"signature": "def f(x: int) -> int: pass\nimport os"}),
        ("signature", {"signature": "def f(x: int) -> int: return 1; x"}),
        ("signature", {"signature": 3}),
        ("requires", {"requires": "result > 0"}),
        ("requires", {"requires": "open('x')"}),
        ("ensures", {"ensures": "result.count"}),
        ("ensures", {"ensures": 1}),
        ("examples", {"examples": {}}),
        ("examples[0]", {"examples": [{"args": [1], "result": [1, True]}]}),
        ("examples[0]", {"examples": [{"args": [True, []], "result": [1, True]}]}),
        ("examples[0]", {"examples": [{"args": [1, []], "result": [1, 1]}]}),
        ("examples[0]", {"examples": [{"args": [-1, []], "result": [-1, True]}]}),
        ("examples[0]", {"examples": [{"args": [1, []], "result": [5, True]}]}),
        ("examples[1]", {"examples": TWO_RESULTS}),
        ("ensures", {"ensures": "ys[5] == 1"}),
        ("assurance", {"assurance": "certain"}),
        ("ensure", {"ensure": "True"}),
    ],
)
def test_a_malformed_or_contradictory_claim_is_refused_at_its_field(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ClaimError) as caught:
        parsed(**changes)
    assert caught.value.field == field


def test_values_are_compared_by_exact_type_at_every_level() -> None:
    assert not same(1, True)
    assert not same([1], (1,))
    assert not same([0, [1]], [0, [True]])
    assert same(([1], "a"), ([1], "a"))
    assert key((1,)) != key([1])
    kinds = dict(parsed().parameters)
    assert not conforms(True, kinds["x"])
    assert not conforms([1, False], kinds["ys"])


def test_an_impostor_of_a_built_in_type_does_not_conform() -> None:
    impostor = type("int", (int,), {"__eq__": lambda self, other: True, "__hash__": int.__hash__})
    assert impostor(3) == 4  # the attack works against ==
    assert not conforms(impostor(3), dict(parsed().parameters)["x"])
    assert not same(impostor(3), 4)


def test_the_wire_form_goes_there_and_back() -> None:
    value = [(1, [True, ""]), (2**100, ["é\n"])]
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize("wire", [1.5, None, {"t": 1}, {"u": []}, {"t": [], "u": []}, 1 << 5000, "a" * 30_000])
def test_what_is_no_wire_form_of_a_value_is_refused(wire: object) -> None:
    with pytest.raises(ValueError):
        decode(wire)


def test_a_tuple_of_the_wrong_length_is_no_value_of_its_type() -> None:
    with pytest.raises(ValueError):
        from_plain([1], parsed().returns)
