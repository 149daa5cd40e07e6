"""The cheat corpus: every known way to be accepted without having solved the problem, and its honest twin.

One JSON file per case, in a folder per kind of claim: ``name``; ``catalogue``, the row of the project's list of cheats;
``claim`` and ``attack``, the answer that must not be accepted; ``expected``, the statuses that are right for it;
``honest``, an answer that must be accepted, for ``honest_claim`` where the claim itself is the cheat; ``why``. The twin
is the positive control: a verifier that refuses everything fails this test as surely as one that is fooled.

Both go through ``judge``, as in a run: fresh box, verifier, validators.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assay.sandbox import Sandbox
from assay.verifiers import Budget, Claim, ClaimError, Verdict
from assay.verifiers.judge import judge
from assay.verifiers.registry import verifier_for

CORPUS = Path(__file__).parent
FILES = sorted(CORPUS.glob("*/*.json"))
REFUSALS = {"refuted", "cheat", "unknown", "timeout", "error"}
BUDGET = Budget(seconds=10.0)


def load(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(path.read_text())
    return case


def final_verdict(body: Any, answer: Any) -> Verdict:
    """What ``assay verify`` would show; a claim that is no claim at all is an error there, too."""
    return _judged_once(json.dumps([body, answer]))


@cache
def _judged_once(task: str) -> Verdict:
    # Many cases share one honest twin, and a fresh box for each of them would tell nothing new.
    body, answer = json.loads(task)
    try:
        claim = Claim.from_json(body)
    except ClaimError as problem:
        return Verdict("error", "none", str(problem))
    with Sandbox.create(verifier_for(claim.kind).box) as box:
        return judge(claim, answer, BUDGET, box).final


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_the_attack_is_refused_with_the_right_status(path: Path) -> None:
    case = load(path)
    verdict = final_verdict(case["claim"], case["attack"])
    assert not verdict.accepted
    assert verdict.status in case["expected"], verdict.reason


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_the_honest_twin_is_accepted(path: Path) -> None:
    case = load(path)
    verdict = final_verdict(case.get("honest_claim", case["claim"]), case["honest"])
    assert verdict.accepted, verdict.reason


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_the_case_is_well_formed(path: Path) -> None:
    case = load(path)
    assert set(case) - {"honest_claim"} == {"name", "catalogue", "claim", "attack", "expected", "honest", "why"}
    assert case["name"] == path.stem
    assert case["expected"]
    assert set(case["expected"]) <= REFUSALS
    assert 1 <= case["catalogue"] <= 62


def test_the_corpus_covers_every_kind_of_the_core() -> None:
    cases = Counter(path.parent.name for path in FILES)
    assert {"lean", "python", "smt"} <= set(cases)
    assert sum(cases.values()) >= 40
