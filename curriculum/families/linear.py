"""A.linear: find integers that satisfy linear constraints (claim kind ``smt/model/v1``).

Every problem is built round a known solution, so it is satisfiable; it is kept only if neither 0, 1 nor -1 given to
all variables solves it, and (with two variables or more) no single number does. Levels: 1 one variable, wide window;
2 a window one to three integers wide, or an equation of single digits; 3 two variables, each in a window; 4 an equation
of larger numbers or with a coefficient, or a bound to be shifted; 5 two variables by their sum and difference; 6 two
variables with coefficients; 7 three variables; 8 three variables with coefficients and negative values. A tenth of a
level's problems have the next level's form.

Two problems are of one class if they differ in the names or order of variables, terms and constraints only.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assay.verifiers import Answer, Claim

from ..answers import answer_of
from ..problem import Problem
from .draw import draw, shape_of

Term = tuple[int, str]
"""(coefficient, variable); the empty name makes it a constant."""


@dataclass(frozen=True)
class Constraint:
    """``terms`` in the order they are written, related by ``op`` to the integer ``bound``."""

    terms: tuple[Term, ...]
    op: Literal["=", "<", ">", "<=", ">="]
    bound: int

    def holds(self, values: dict[str, int]) -> bool:
        left = sum(factor * values.get(name, 1) for factor, name in self.terms)
        return {
            "=": left == self.bound,
            "<": left < self.bound,
            ">": left > self.bound,
            "<=": left <= self.bound,
            ">=": left >= self.bound,
        }[self.op]

    def text(self) -> str:
        """As a person writes it: ``2x-y+3=8``."""
        written = "".join(
            ("-" if factor < 0 else "+") + (f"{abs(factor)}" if abs(factor) != 1 or not name else "") + name
            for factor, name in self.terms
        )
        return f"{written.removeprefix('+')}{self.op}{self.bound}"

    def smtlib(self) -> str:
        parts = [_smt_term(factor, name) for factor, name in self.terms]
        left = parts[0] if len(parts) == 1 else f"(+ {' '.join(parts)})"
        return f"(assert ({self.op} {left} {_smt_integer(self.bound)}))"


@dataclass(frozen=True)
class System:
    """Constraints with one solution that is known."""

    constraints: tuple[Constraint, ...]
    solution: dict[str, int]


class LinearFamily:
    """Systems of linear constraints over the integers."""

    name = "A.linear"
    kind = "smt/model/v1"
    levels: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7, 8)
    cost = 1.0

    def generate(self, level: int, seed: int, *, held_out: bool = False) -> Problem:
        """Raises KeyError for a level that is not in ``levels``."""

        def propose(rng: random.Random) -> System | None:
            system = _LEVELS[shape_of(rng, level, self.levels)](rng)
            return None if system is None or _is_trivial(system) else system

        system = draw(self.name, level, seed, held_out, propose, isomorphism_class)
        declared = [f"(declare-const {name} Int)" for name in system.solution]
        asserted = [constraint.smtlib() for constraint in system.constraints]
        return Problem(
            claim=Claim({"kind": self.kind, "smtlib": "\n".join(declared + asserted)}),
            prompt="solve " + ", ".join(constraint.text() for constraint in system.constraints),
            family=self.name,
            skill=self.name,
            level=level,
            seed=seed,
            reference=dict(system.solution),
            held_out=held_out,
        )

    def completion(self, reference: Answer) -> str:
        """The values in declared order: ``3 2``."""
        return " ".join(str(value) for value in reference.values())

    def answer(self, problem: Problem, completion: str) -> Answer:
        """See ``assay.curriculum.answers``."""
        return answer_of(problem.claim, completion)


def isomorphism_class(system: System) -> str:
    """The least text over all renamings, with terms and constraints sorted."""
    names = tuple(system.solution)
    renamings = (dict(zip(names, order, strict=True)) for order in itertools.permutations(range(len(names))))
    return repr(
        min(
            sorted(
                (sorted((renaming.get(name, -1), factor) for factor, name in c.terms), c.op, c.bound)
                for c in system.constraints
            )
            for renaming in renamings
        )
    )


def _is_trivial(system: System) -> bool:
    candidates = {-1, 0, 1}
    if len(system.solution) > 1:
        # With one number for all variables a constraint is "factor * number + constant op bound": if any number meets
        # all of them, one does that lies where a constraint is tight.
        for constraint in system.constraints:
            factor = sum(factor for factor, name in constraint.terms if name)
            constant = sum(factor for factor, name in constraint.terms if not name)
            if factor:
                tight = (constraint.bound - constant) // factor
                candidates |= {tight - 1, tight, tight + 1, tight + 2}
    return any(all(c.holds(dict.fromkeys(system.solution, value)) for c in system.constraints) for value in candidates)


def _smt_integer(value: int) -> str:
    return str(value) if value >= 0 else f"(- {-value})"


def _smt_term(factor: int, name: str) -> str:
    if not name:
        return _smt_integer(factor)
    if factor == 1:
        return name
    return f"(- {name})" if factor == -1 else f"(* {_smt_integer(factor)} {name})"


def _equation(terms: list[Term], solution: dict[str, int]) -> Constraint:
    return Constraint(tuple(terms), "=", sum(factor * solution.get(name, 1) for factor, name in terms))


def _window(rng: random.Random, narrowest: int, widest: int) -> System:
    lower, width = rng.randint(2, 900), rng.randint(narrowest, widest)
    above = Constraint(((1, "x"),), ">", lower)
    below = Constraint(((1, "x"),), "<", lower + width + 1)
    return System((above, below), {"x": lower + rng.randint(1, width)})


def _two_windows(rng: random.Random) -> System:
    first, second = _window(rng, 6, 40), _window(rng, 6, 40)
    renamed = tuple(Constraint(((1, "y"),), c.op, c.bound) for c in second.constraints)
    return System(first.constraints + renamed, {"x": first.solution["x"], "y": second.solution["x"]})


def _offset(rng: random.Random, largest: int) -> System | None:
    solution = {"x": rng.randint(2, largest)}
    sign, offset = rng.choice((1, 1, -1)), rng.randint(1, largest)
    terms: list[Term] = [(sign, "x"), (offset if sign < 0 else rng.choice((1, -1)) * offset, "")]
    if sign < 0 or (terms[1][0] > 0 and rng.random() < 0.5):
        terms.reverse()
    equation = _equation(terms, solution)
    return System((equation,), solution) if equation.bound >= 0 else None


def _scaled(rng: random.Random) -> System:
    solution = {"x": rng.randint(2, 12)}
    terms: list[Term] = [(rng.randint(2, 5), "x"), (rng.choice((1, -1)) * rng.randint(1, 12), "")]
    return System((_equation(terms, solution),), solution)


def _shifted_window(rng: random.Random) -> System:
    value, slack, offset = rng.randint(2, 20), rng.randint(0, 1), rng.randint(1, 9)
    lower = Constraint(((1, "x"),), ">", value - 1)
    upper = Constraint(((1, "x"), (offset, "")), "<", value + slack + 1 + offset)
    return System((lower, upper), {"x": value})


def _two(rng: random.Random) -> System:
    solution = {"x": rng.randint(1, 25), "y": rng.randint(1, 25)}
    total = _equation([(1, "x"), (1, "y")], solution)
    difference = _equation([(1, "x"), (-1, "y")], solution)
    if rng.random() < 0.5:
        return System((total, difference), solution)
    op: Literal[">", "<"] = ">" if difference.bound > 0 else "<"
    bound = difference.bound - 1 if op == ">" else difference.bound + 1
    return System((total, Constraint(difference.terms, op, bound)), solution)


def _two_scaled(rng: random.Random) -> System:
    solution = {"x": rng.randint(1, 15), "y": rng.randint(1, 15)}
    first = _equation([(rng.randint(1, 4), "x"), (rng.randint(1, 3), "y")], solution)
    second = _equation([(1, "x"), (rng.choice((-1, 1)) * rng.randint(1, 3), "y")], solution)
    return System((first, second), solution)


def _three(rng: random.Random) -> System:
    solution = {name: rng.randint(1, 15) for name in "xyz"}
    pairs: list[list[Term]] = [[(1, "x"), (1, "y")], [(1, "y"), (rng.choice((-1, 1)), "z")], [(1, "x"), (1, "z")]]
    return System(tuple(_equation(terms, solution) for terms in pairs), solution)


def _three_scaled(rng: random.Random) -> System:
    solution = {name: rng.randint(-9, 15) for name in "xyz"}
    factors = [rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(6)]
    chosen = [("x", "y"), ("y", "z"), ("x", "z")]
    constraints = [
        _equation([(factors[2 * i], pair[0]), (factors[2 * i + 1], pair[1])], solution) for i, pair in enumerate(chosen)
    ]
    order = Constraint(((1, "x"), (1, "y"), (1, "z")), ">=", sum(solution.values()) - rng.randint(0, 3))
    return System((*constraints, order), solution)


_LEVELS: dict[int, Callable[[random.Random], System | None]] = {
    1: lambda rng: _window(rng, 6, 40),
    2: lambda rng: _window(rng, 1, 3) if rng.random() < 0.5 else _offset(rng, 9),
    3: _two_windows,
    4: lambda rng: rng.choice((_scaled, _shifted_window))(rng) if rng.random() < 0.5 else _offset(rng, 20),
    5: _two,
    6: _two_scaled,
    7: _three,
    8: _three_scaled,
}
