"""The whole way of an answer, in real boxes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from assay.sandbox import Sandbox
from assay.verifiers import Budget, Claim, ClaimError, Verdict, Verifier
from assay.verifiers.lean import LeanVerifier
from assay.verifiers.lean import references as references_module
from assay.verifiers.lean import verifier as verifier_module
from assay.verifiers.lean.compile import Compiled, compile_text
from assay.verifiers.lean.runtime import LeanRuntime

SWAP = "theorem swap (p q : Prop) : p ∧ q → q ∧ p"


@pytest.fixture(scope="module")
def verifier() -> Iterator[LeanVerifier]:
    found = LeanVerifier()
    yield found
    found.close()


def claim(**fields: Any) -> Claim:
    return Claim.from_json({"kind": "lean/theorem/v1", "statement": SWAP, **fields})


def verify(verifier: LeanVerifier, asked: Claim, answer: Any, seconds: float = 20.0) -> Verdict:
    with Sandbox.create(verifier.box) as box:
        return verifier.verify(asked, answer, Budget(seconds=seconds), box)


def test_it_is_a_verifier(verifier: LeanVerifier) -> None:
    assert isinstance(verifier, Verifier)


@pytest.mark.parametrize("answer", ["fun h => ⟨h.2, h.1⟩", "by\n  intro h\n  exact ⟨h.2, h.1⟩"])
def test_a_proof_is_proved_with_evidence(verifier: LeanVerifier, answer: str) -> None:
    verdict = verify(verifier, claim(), answer)
    assert (verdict.status, verdict.strength) == ("proved", "kernel-checked"), verdict.reason
    assert set(verdict.evidence) == {"Sub.lean", "Sub.olean", "reference.sha256"}
    assert {"lean", "lean-build", "lean-core", "lean-judge"} <= set(verdict.tools)


def test_lemmas_may_come_first(verifier: LeanVerifier) -> None:
    lemmas = "theorem turn (p q : Prop) (h : p ∧ q) : q ∧ p := ⟨h.2, h.1⟩"
    assert verify(verifier, claim(), {"lemmas": lemmas, "proof": "turn p q"}).accepted


def test_a_read_only_workspace_will_do(verifier: LeanVerifier) -> None:
    with Sandbox.create(verifier.box) as attempt:
        attempt.write("Init.olean", b"not what Lean imports")
        files = attempt.snapshot()
    with Sandbox.create(verifier.box, base=files, read_only=True) as box:
        assert verifier.verify(claim(), "fun h => ⟨h.2, h.1⟩", Budget(), box).accepted


def test_a_wrong_proof_is_refuted_with_its_place(verifier: LeanVerifier) -> None:
    verdict = verify(verifier, claim(), "by\n  intro h\n  exact h")
    assert verdict.status == "refuted"
    assert verdict.reason.startswith("proof, line 3, column 3:")


def test_a_proof_that_takes_for_ever_is_a_timeout(verifier: LeanVerifier) -> None:
    verdict = verify(verifier, claim(), "by\n  repeat (first | skip | simp)", seconds=2.0)
    assert verdict.status in ("timeout", "refuted")
    assert verdict.seconds < 8


def test_recheck_compiles_anew_and_looks_at_the_stored_file(verifier: LeanVerifier) -> None:
    answer = "fun h => ⟨h.2, h.1⟩"
    verdict = verify(verifier, claim(), answer)
    other = verify(verifier, claim(statement="theorem swap (p q : Prop) : p ∧ q → p"), "fun h => h.1")
    with Sandbox.create(verifier.box) as box:
        assert verifier.recheck(claim(), answer, verdict.evidence, box).accepted
        forged = {**verdict.evidence, "Sub.olean": other.evidence["Sub.olean"]}
        assert verifier.recheck(claim(), answer, forged, box).status == "cheat"
        missing = {name: data for name, data in verdict.evidence.items() if name != "Sub.olean"}
        assert verifier.recheck(claim(), answer, missing, box).status == "error"


def test_a_judge_that_dies_is_an_error_and_comes_back(verifier: LeanVerifier) -> None:
    assert verify(verifier, claim(), "fun h => ⟨h.2, h.1⟩").accepted
    verifier.close()
    assert verify(verifier, claim(), "fun h => ⟨h.2, h.1⟩").accepted


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"statement": "lemma t : True"}, "claim.statement", "theorem NAME"),
        ({"statement": "theorem t : True := trivial"}, "claim.statement", "`:=` of its own"),
        ({"statement": "theorem t : True -- \n /- "}, "claim.statement", "never closed"),
        ({"statement": "theorem t : True\naxiom a : False"}, "claim.statement", "'axiom'"),
        ({"statement": "theorem t : sorry"}, "claim.statement", "'sorry'"),
        ({"statement": "theorem sorry : True"}, "claim.statement", "'sorry'"),
        ({"statement": 3}, "claim.statement", "not text"),
        ({"preamble": "/- "}, "claim.preamble", "never closed"),
        ({"allowed_axioms": ["sorryAx"]}, "claim.allowed_axioms", "allows sorryAx"),
        ({"allowed_axioms": "propext"}, "claim.allowed_axioms", "not a list"),
        ({"axioms": []}, "claim.axioms", "is unknown"),
    ],
)
def test_a_malformed_claim_is_named_with_its_field(
    verifier: LeanVerifier, fields: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(ClaimError, match=problem) as caught:
        verifier.check_claim(claim(**fields))
    assert caught.value.field == field
    assert caught.value.mend


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"statement": "theorem t : Nonsense"}, "does not elaborate .*statement, line 1"),
        ({"statement": "theorem t : 1"}, "does not elaborate"),
        ({"preamble": "axiom cheat : 1 = 2"}, "preamble declares the axiom cheat"),
        ({"preamble": "theorem swap : True := trivial"}, "does not elaborate"),
    ],
)
def test_a_statement_that_is_no_plain_theorem_is_the_askers_error(
    verifier: LeanVerifier, fields: dict[str, Any], problem: str
) -> None:
    verifier.check_claim(claim(**fields))
    with pytest.raises(ClaimError, match=problem):
        verify(verifier, claim(**fields), "trivial")


def test_reference_and_answer_compile_at_the_same_time(monkeypatch: pytest.MonkeyPatch, verifier: LeanVerifier) -> None:
    both_there = threading.Barrier(2)

    def meet(box: Sandbox, lean: LeanRuntime, text: str, seconds: float) -> Compiled:
        both_there.wait(30)
        return compile_text(box, lean, text, seconds)

    for module in (verifier_module, references_module):
        monkeypatch.setattr(module, "compile_text", meet)
    asked = claim(statement="theorem met (p : Prop) : p → p")
    assert verify(verifier, asked, "fun h => h").accepted
