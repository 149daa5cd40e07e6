"""Claims have one canonical form, and verdicts a closed vocabulary."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers import Claim, ClaimError, Verdict, canonical_json, digest
from assay.verifiers.verdict import PROOF_STRENGTHS, STATUSES, TEST_STRENGTHS

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)


@given(VALUES)
def test_the_canonical_form_reads_back_as_the_value(value: Any) -> None:
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(TEXT, VALUES, min_size=2, max_size=5), st.randoms())
def test_the_order_of_keys_does_not_change_the_digest(value: dict[str, Any], random: Any) -> None:
    items = list(value.items())
    random.shuffle(items)
    assert digest(dict(items)) == digest(value)


def test_the_canonical_form_is_fixed() -> None:
    value = {"b": [1, True, None], "a": "é\n", "c": {}}
    assert canonical_json(value) == '{"a":"é\\n","b":[1,true,null],"c":{}}'.encode()
    assert digest(value) == hashlib.sha256(canonical_json(value)).hexdigest()


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, {"a": b"x"}, "\ud800", {"a": {3}}, object()])
def test_what_is_no_claim_json_is_refused_with_its_mend(value: object) -> None:
    with pytest.raises(ClaimError) as refusal:
        canonical_json({"field": value})
    assert refusal.value.field.startswith("$.field")
    assert refusal.value.mend


def test_nesting_is_bounded() -> None:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    with pytest.raises(ClaimError, match="64 levels"):
        canonical_json(value)


@pytest.mark.parametrize("value", [None, [], "x", {}, {"kind": ""}, {"kind": 3}, {"kind": "a", "x": 0.5}])
def test_a_claim_is_an_object_with_a_kind(value: object) -> None:
    with pytest.raises(ClaimError):
        Claim.from_json(value)
    assert Claim.from_json({"kind": "a", "x": 5}).kind == "a"


def test_a_claim_is_its_content() -> None:
    one, other = Claim.from_json({"kind": "a", "x": 1}), Claim.from_json({"x": 1, "kind": "a"})
    assert one.id == other.id
    assert one.id != Claim.from_json({"kind": "a", "x": True}).id


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("strength", [None, *sorted(PROOF_STRENGTHS | TEST_STRENGTHS)])
def test_only_proofs_and_tests_have_strength_and_each_its_own(status: Any, strength: Any) -> None:
    allowed = {"proved": PROOF_STRENGTHS, "passed": TEST_STRENGTHS}.get(status, {None})
    if strength in allowed:
        assert Verdict(status, "v", "r", strength).accepted is (status in ("proved", "passed"))
    else:
        with pytest.raises(ValueError):
            Verdict(status, "v", "r", strength)


def test_an_invented_status_is_refused() -> None:
    with pytest.raises(ValueError, match="no such status"):
        Verdict("accepted", "v", "r")  # type: ignore[arg-type]


def test_a_verdict_cannot_be_changed_through_what_it_was_made_of() -> None:
    evidence = {"model": b"1"}
    verdict = Verdict("proved", "v", "r", "bounded", evidence)
    evidence["model"] = b"2"
    assert verdict.evidence["model"] == b"1"
    with pytest.raises(TypeError):
        verdict.evidence["model"] = b"3"  # type: ignore[index]
