"""Every trick here gets past Lean itself (exit code 0, no error): that is the control. The judge refuses each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assay.verifiers.lean.judge_process import JudgeProcess
from assay.verifiers.lean.submission import reference_file

from .conftest import Bare, Judged

FALSE = "theorem t : 1 = 2"
SKIP = "set_option debug.skipKernelTC true in"


def test_an_honest_proof_is_proved(judged: Judged) -> None:
    bare, word = judged("theorem t (p q : Prop) : p ∧ q → q ∧ p", "fun h => ⟨h.2, h.1⟩")
    assert (bare.code, word.outcome, word.axioms) == (0, "proved", ())


EXTENSIONALITY = "theorem t (p q : Prop) (h : p ↔ q) : p = q"


def test_allowed_axioms_are_reported(judged: Judged) -> None:
    _, word = judged(EXTENSIONALITY, "propext h")
    assert (word.outcome, word.axioms) == ("proved", ("propext",))


def test_an_axiom_that_the_claim_does_not_allow_is_refused(judged: Judged) -> None:
    bare, word = judged(EXTENSIONALITY, "propext h", axioms=("Quot.sound",))
    assert (bare.code, word.outcome) == (0, "cheat")
    assert "propext" in word.reason


def test_a_proof_that_the_kernel_was_told_to_skip_is_refused(judged: Judged) -> None:
    bare, word = judged(FALSE, "evil", lemmas=f"{SKIP}\ntheorem evil : 1 = 2 := by decide +kernel")
    assert (bare.code, word.outcome) == (0, "cheat")
    assert word.reason.startswith("the kernel refuses")


def test_a_local_instance_that_changes_addition_is_refused(judged: Judged) -> None:
    statement = "theorem t (a b : Nat) : a + b = a"
    bare, word = judged(statement, "rfl", lemmas="instance bad : Add Nat := ⟨fun a _ => a⟩")
    assert (bare.code, word.outcome) == (0, "cheat")
    assert "states something else" in word.reason


def test_a_redefined_accelerated_function_is_refused_by_name(bare: Callable[[str], Bare], judged: Judged) -> None:
    control = bare("def Nat.gcd (_ _ : Nat) : Nat := 7")
    assert control.code == 1, "the core defines Nat.gcd, so Lean itself refuses"
    # With any such name that the core forgot the elaborator would not object; the judge's list does not depend on it.
    answer, word = judged("theorem t : True", "trivial", lemmas="def Lean.reduceNat (_ : Nat) : Nat := 7")
    assert (answer.code, word.outcome) == (0, "cheat")
    assert "Lean.reduceNat" in word.reason


@pytest.mark.parametrize(
    ("lemmas", "proof"),
    [
        ("axiom cheat : 1 = 2", "cheat"),
        ("axiom cheat : 1 = 2\ntheorem inner : 1 = 2 := cheat", "inner"),
        ("axiom cheat : 1 = 2\nopaque wrapped : 1 = 2 := cheat", "wrapped"),
    ],
)
def test_axioms_are_refused_wherever_they_hide(judged: Judged, lemmas: str, proof: str) -> None:
    bare, word = judged(FALSE, proof, lemmas=lemmas)
    assert (bare.code, word.outcome) == (0, "cheat")


def test_an_unused_axiom_is_refused_too(judged: Judged) -> None:
    bare, word = judged("theorem t : True", "trivial", lemmas="axiom cheat : 1 = 2")
    assert (bare.code, word.outcome) == (0, "cheat")


def test_an_honest_proof_about_a_preamble_is_proved(judged: Judged) -> None:
    _, word = judged("theorem t : two = 2", "rfl", preamble="def two : Nat := 2")
    assert word.outcome == "proved"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("theorem u : True := trivial", "no theorem t"),
        ("def two : Nat := 3\ntheorem t : two = 3 := rfl", "two of the preamble was changed"),
        ("def two : Nat := 2\ntheorem t : two = 2 := rfl", "states something else"),
        ("def two : Nat := 2\ndef t : Nat := 3", "no theorem t"),
    ],
)
def test_another_theorem_or_preamble_is_refused(
    bare: Callable[[str], Bare], judge: JudgeProcess, text: str, why: str
) -> None:
    reference = bare(reference_file("def two : Nat := 2", "theorem t : two = 3").text)
    answer = bare(text)
    assert (reference.code, answer.code) == (0, 0)
    word = judge.judge(answer.olean, reference.olean, "t", (), 20.0)
    assert word.outcome == "cheat"
    assert why in word.reason


def test_numerals_that_explode_are_cut_off_in_both_kernels(judged: Judged) -> None:
    square = "def sq (x : Nat) : Nat := x * x"
    bomb = "sq (" * 12 + "2 ^ 16777215" + ")" * 12 + " = 5"
    lemmas = f"{SKIP}\ntheorem bomb : {bomb} := by decide +kernel"
    bare, word = judged(f"theorem t : {bomb}", "bomb", preamble=square, lemmas=lemmas)
    assert bare.code == 0
    assert word.outcome in ("timeout", "cheat")
