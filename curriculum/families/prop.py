"""C.prop: prove a statement of propositional logic (claim kind ``lean/theorem/v1``).

Statements are drawn at random and kept if they follow classically (truth table), their hypotheses do not contradict
each other unless the goal is False, and the prover finds a proof whose least size lies in the level's interval. The
policy sees ``prove a:p∧q, b:r ⊢ q∧r``; Lean sees the same as a theorem. Levels are intervals of that least size.

Kept out at every level: goals that are a hypothesis, and whatever ``by trivial`` closes (by a model of it, below), so
no answer fits many problems by itself. Not kept out: what stronger automation such as ``by simp_all`` closes; where a
Lean offers such a tactic, finding it is a proof like any other.

Two problems are of one class if they differ in the names of propositions and the names and order of hypotheses only.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from assay.verifiers import Answer, Claim

from ..answers import answer_of
from ..problem import Problem
from .draw import draw
from .formula import ATOMS, FALSE, Formula, follows_classically, satisfiable
from .prover import shortest_proof
from .term import lean_term

_NAMES = "abcdefgh"


@dataclass(frozen=True)
class Level:
    """``sizes`` of the least proof; how many ``atoms`` and ``hypotheses``; depth of the goal and of a hypothesis."""

    sizes: tuple[int, int]
    atoms: int
    hypotheses: tuple[int, int]
    goal_depth: int
    hypothesis_depth: int


_LEVELS = {
    1: Level((2, 3), 3, (1, 2), 1, 1),
    2: Level((3, 4), 3, (2, 3), 1, 1),
    3: Level((4, 5), 3, (1, 3), 2, 1),
    4: Level((6, 7), 3, (1, 3), 2, 2),
    5: Level((8, 9), 4, (1, 3), 2, 2),
    6: Level((10, 12), 4, (0, 3), 3, 2),
}


@dataclass(frozen=True)
class Sequent:
    """``names`` of the hypotheses, in order; ``proof`` as Lean text."""

    hypotheses: tuple[Formula, ...]
    names: tuple[str, ...]
    goal: Formula
    proof: str

    def atoms(self) -> list[str]:
        return sorted(self.goal.atoms().union(*(formula.atoms() for formula in self.hypotheses)))


class PropFamily:
    """Intuitionistic propositional logic."""

    name = "C.prop"
    kind = "lean/theorem/v1"
    levels: tuple[int, ...] = tuple(_LEVELS)
    cost = 4.0

    def generate(self, level: int, seed: int, *, held_out: bool = False) -> Problem:
        """Raises KeyError for a level that is not in ``levels``."""
        shape = _LEVELS[level]
        sequent = draw(self.name, level, seed, held_out, lambda rng: _sequent(rng, shape), isomorphism_class)
        named = list(zip(sequent.names, sequent.hypotheses, strict=True))
        binders = [f"({' '.join(sequent.atoms())} : Prop)"]
        binders += [f"({name} : {formula.text(' ')})" for name, formula in named]
        listed = ", ".join(f"{name}:{formula.text()}" for name, formula in named)
        return Problem(
            claim=Claim(
                {
                    "kind": self.kind,
                    "statement": f"theorem t {' '.join(binders)} : {sequent.goal.text(' ')}",
                    "preamble": "",
                    "allowed_axioms": ["propext", "Classical.choice", "Quot.sound"],
                }
            ),
            prompt=f"prove {listed} ⊢ {sequent.goal.text()}" if named else f"prove ⊢ {sequent.goal.text()}",
            family=self.name,
            skill=self.name,
            level=level,
            seed=seed,
            reference=sequent.proof,
            held_out=held_out,
        )

    def completion(self, reference: Answer) -> str:
        """The proof term itself."""
        return str(reference)

    def answer(self, problem: Problem, completion: str) -> Answer:
        """See ``assay.curriculum.answers``."""
        return answer_of(problem.claim, completion)


def isomorphism_class(sequent: Sequent) -> str:
    """The least text over all renamings of atoms, with the hypotheses sorted."""
    atoms = sequent.atoms()
    best: tuple[list[str], str] | None = None
    for order in itertools.permutations(ATOMS[: len(atoms)]):
        names = dict(zip(atoms, order, strict=True))
        hypotheses = sorted(formula.renamed(names).text() for formula in sequent.hypotheses)
        written = (hypotheses, sequent.goal.renamed(names).text())
        best = written if best is None or written < best else best
    return repr(best)


def closed_by_trivial(hypotheses: tuple[Formula, ...], goal: Formula) -> bool:
    """A model of Lean's ``trivial``: assumption, contradiction, reflexivity, and conjunctions of such goals."""
    if goal in hypotheses or FALSE in hypotheses:
        return True
    if any(formula.op == "¬" and formula.parts[0] in hypotheses for formula in hypotheses):
        return True
    if goal.op == "↔" and goal.parts[0] == goal.parts[1]:
        return True
    return goal.op == "∧" and all(closed_by_trivial(hypotheses, part) for part in goal.parts)


def _sequent(rng: random.Random, shape: Level) -> Sequent | None:
    atoms = rng.sample(ATOMS, shape.atoms)
    count = rng.randint(*shape.hypotheses)
    hypotheses = tuple(_formula(rng, atoms, rng.randint(0, shape.hypothesis_depth)) for _ in range(count))
    goal = FALSE if rng.random() < 0.04 else _formula(rng, atoms, rng.randint(0, shape.goal_depth))
    if len(set(hypotheses)) < count or closed_by_trivial(hypotheses, goal):
        return None
    if not follows_classically(hypotheses, goal) or (goal != FALSE and not satisfiable(hypotheses)):
        return None
    proof = shortest_proof(hypotheses, goal, shape.sizes[1])
    if proof is None or proof.size < shape.sizes[0]:
        return None
    names = tuple(rng.sample(_NAMES, count))
    return Sequent(hypotheses, names, goal, lean_term(proof, dict(zip(hypotheses, names, strict=True))))


def _formula(rng: random.Random, atoms: list[str], depth: int) -> Formula:
    if depth == 0:
        return Formula(rng.choice(atoms))
    op = rng.choice("∧∧∨∨→→¬↔")
    if op == "¬":
        return Formula(op, (_formula(rng, atoms, depth - 1),))
    # One side has the full depth, the other any: balanced trees alone would all look alike.
    parts = [_formula(rng, atoms, depth - 1), _formula(rng, atoms, rng.randint(0, depth - 1))]
    rng.shuffle(parts)
    if parts[0] == parts[1]:
        return _formula(rng, atoms, depth)
    return Formula(op, tuple(parts))
