"""The prover finds least proofs of theorems and none of what only holds classically."""

from __future__ import annotations

import itertools

import pytest

from assay.curriculum.families.formula import FALSE, Formula, follows_classically
from assay.curriculum.families.prop import closed_by_trivial
from assay.curriculum.families.prover import Proof, shortest_proof
from assay.curriculum.families.term import lean_term

P, Q, R = (Formula(name) for name in "pqr")


def both(left: Formula, right: Formula) -> Formula:
    return Formula("∧", (left, right))


def either(left: Formula, right: Formula) -> Formula:
    return Formula("∨", (left, right))


def implies(left: Formula, right: Formula) -> Formula:
    return Formula("→", (left, right))


def iff(left: Formula, right: Formula) -> Formula:
    return Formula("↔", (left, right))


def no(part: Formula) -> Formula:
    return Formula("¬", (part,))


def term(hypotheses: tuple[Formula, ...], goal: Formula, max_size: int = 16) -> str | None:
    proof = shortest_proof(hypotheses, goal, max_size)
    return None if proof is None else lean_term(proof, dict(zip(hypotheses, "abc", strict=False)))


@pytest.mark.parametrize(
    ("hypotheses", "goal", "expected"),
    [
        ((both(P, Q),), both(Q, P), "⟨a.2,a.1⟩"),
        ((), implies(both(P, Q), both(Q, P)), "fun x => ⟨x.2,x.1⟩"),
        ((P,), either(P, Q), ".inl a"),
        ((implies(P, Q), P), Q, "a b"),
        ((iff(P, Q), Q), P, "a.2 b"),
        ((P,), implies(Q, P), "fun _ => a"),
        ((P, no(P)), Q, "(b a).elim"),
        ((FALSE,), Q, "a.elim"),
        ((implies(P, implies(Q, R)),), implies(both(P, Q), R), "fun x => a x.1 x.2"),
        ((either(P, Q),), either(Q, P), "a.elim (fun x => .inr x) (fun x => .inl x)"),
        ((), no(no(either(P, no(P)))), "fun x => x (.inr (fun y => x (.inl y)))"),
        ((), implies(P, implies(Q, P)), "fun x _ => x"),
        ((), iff(P, P), "⟨fun x => x,fun x => x⟩"),
    ],
)
def test_theorems_get_their_least_proof(hypotheses: tuple[Formula, ...], goal: Formula, expected: str) -> None:
    assert term(hypotheses, goal) == expected


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        ((), either(P, no(P))),
        ((no(no(P)),), P),
        ((), implies(implies(implies(P, Q), P), P)),
        ((no(both(P, Q)),), either(no(P), no(Q))),
        ((implies(no(P), no(Q)),), implies(Q, P)),
    ],
)
def test_what_only_holds_classically_has_no_proof(hypotheses: tuple[Formula, ...], goal: Formula) -> None:
    assert follows_classically(hypotheses, goal)
    assert term(hypotheses, goal, max_size=12) is None


def test_what_has_a_proof_follows_classically() -> None:
    """Soundness against the truth table, over every sequent of a small universe. (Lean judges the terms elsewhere.)"""
    small = [P, Q, no(P), no(Q), FALSE, *(Formula(op, pair) for op in "∧∨→↔" for pair in ((P, Q), (Q, P), (P, FALSE)))]
    proved = 0
    for first, second, goal in itertools.product(small, repeat=3):
        proof = shortest_proof((first, second), goal, 7)
        if proof is not None:
            proved += 1
            assert follows_classically((first, second), goal), (first, second, goal)
    assert proved > 500


def test_a_smaller_limit_finds_nothing_and_the_reported_size_counts_the_nodes() -> None:
    def nodes(proof: Proof) -> int:
        # Each of the two branches of `cases` is a `fun`, which is a node of its own.
        return 1 + sum(map(nodes, proof.parts)) + (2 if proof.rule == "cases" else 0)

    goal = implies(either(both(P, Q), R), both(either(P, R), either(Q, R)))
    proof = shortest_proof((), goal, 20)
    assert proof is not None
    assert proof.size == nodes(proof)
    assert shortest_proof((), goal, proof.size - 1) is None


@pytest.mark.parametrize(
    ("hypotheses", "goal", "closed"),
    [
        ((P,), P, True),
        ((P, Q), both(P, Q), True),
        ((P, no(P)), Q, True),
        ((), iff(P, P), True),
        ((both(P, Q),), P, False),
        ((P,), either(P, Q), False),
    ],
)
def test_the_model_of_trivial_knows_what_trivial_closes(
    hypotheses: tuple[Formula, ...], goal: Formula, closed: bool
) -> None:
    assert closed_by_trivial(hypotheses, goal) is closed
