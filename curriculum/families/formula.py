"""Propositional formulas: how they are written, and their truth tables.

A truth table is one integer with a bit for each row, so that entailment is a mask operation. Tables decide classical
validity only; they throw out hopeless statements before the intuitionistic prover (``prover.py``) is asked.
"""

from __future__ import annotations

from typing import NamedTuple

ATOMS = "pqrs"
_ROWS = 1 << len(ATOMS)
_FULL = (1 << _ROWS) - 1
_ATOM_TABLES = {name: sum(1 << row for row in range(_ROWS) if row >> index & 1) for index, name in enumerate(ATOMS)}


class Formula(NamedTuple):
    """``op`` is an atom's name, "False", or one of ∧ ∨ → ↔ ¬ with its ``parts``."""

    op: str
    parts: tuple[Formula, ...] = ()

    def text(self, space: str = "", *, nested: bool = False) -> str:
        """Lean syntax. Every nested binary formula is bracketed, so that no reader needs the precedences."""
        if not self.parts:
            return self.op
        if self.op == "¬":
            return "¬" + self.parts[0].text(space, nested=True)
        left, right = (part.text(space, nested=True) for part in self.parts)
        written = f"{left}{space}{self.op}{space}{right}"
        return f"({written})" if nested else written

    def table(self) -> int:
        """Bit i is the value in row i."""
        if not self.parts:
            return _ATOM_TABLES.get(self.op, 0)
        tables = [part.table() for part in self.parts]
        if self.op == "¬":
            return _FULL & ~tables[0]
        left, right = tables
        return {
            "∧": left & right,
            "∨": left | right,
            "→": _FULL & ~left | right,
            "↔": _FULL & ~(left ^ right),
        }[self.op]

    def atoms(self) -> frozenset[str]:
        if not self.parts:
            return frozenset(() if self.op == "False" else (self.op,))
        return frozenset().union(*(part.atoms() for part in self.parts))

    def renamed(self, names: dict[str, str]) -> Formula:
        """With atoms replaced by ``names``."""
        if not self.parts:
            return Formula(names.get(self.op, self.op))
        return Formula(self.op, tuple(part.renamed(names) for part in self.parts))


FALSE = Formula("False")


def follows_classically(hypotheses: tuple[Formula, ...], goal: Formula) -> bool:
    """Whether every row that makes all hypotheses true makes the goal true."""
    return _conjunction(hypotheses) & ~goal.table() == 0


def satisfiable(hypotheses: tuple[Formula, ...]) -> bool:
    return _conjunction(hypotheses) != 0


def _conjunction(formulas: tuple[Formula, ...]) -> int:
    rows = _FULL
    for formula in formulas:
        rows &= formula.table()
    return rows
