"""Typed terms of the subset: what the reader produces and the evaluator walks.

Every term knows its sort, so that evaluation needs no checks: the typing is done once, in ``script``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Sort = Literal["Bool", "Int", "Real"]
SORTS: dict[str, Sort] = {"Bool": "Bool", "Int": "Int", "Real": "Real"}

Value = bool | int | Fraction
"""Bool -> bool, Int -> int, Real -> Fraction."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal."""

    sort: Sort
    value: Value


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared constant, a let-bound name or a parameter of a definition."""

    sort: Sort
    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """A built-in operator on terms."""

    sort: Sort
    operator: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Let:
    """Parallel let, as SMT-LIB has it: the bindings do not see one another."""

    sort: Sort
    bindings: tuple[tuple[str, Term], ...]
    body: Term


@dataclass(frozen=True, slots=True)
class Definition:
    """``define-fun``: never recursive, because a body sees only what was defined before it."""

    name: str
    parameters: tuple[tuple[str, Sort], ...]
    body: Term


@dataclass(frozen=True, slots=True)
class Call:
    """A use of a definition."""

    sort: Sort
    definition: Definition
    arguments: tuple[Term, ...]


Term = Constant | Variable | Apply | Let | Call


@dataclass(frozen=True, slots=True)
class Script:
    """A claim's formula: what is declared, in order, and what must hold. ``logic`` is "" where the text sets none."""

    text: str
    logic: str
    declared: dict[str, Sort]
    assertions: tuple[Term, ...]
