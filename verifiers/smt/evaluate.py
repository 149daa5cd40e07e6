"""Exact evaluation of a script under an assignment: the trusted side's own check of a model.

Integers are Python's, reals are fractions, ``div`` and ``mod`` are Euclidean as SMT-LIB says (the remainder is never
negative), and nothing is ever a float. Division by zero has no value here. SMT-LIB would let a solver choose one, which
makes ``x / 0 = 1`` satisfiable; a claim that rests on that is not what anyone means. The missing value spreads as in
Kleene's logic: ``(or true u)`` is true, ``(+ 1 u)`` has no value, and so a formula that comes out true holds whatever a
solver chooses.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any, cast

from .terms import Apply, Call, Constant, Let, Script, Term, Value, Variable

MAX_STEPS = 200_000
MAX_BITS = 20_000


class EvaluationLimit(Exception):
    """The formula takes more steps, or larger numbers, than the evaluator allows."""


def first_failure(script: Script, assignment: Mapping[str, Value]) -> tuple[int, str] | None:
    """None when every assertion is true, else the number (from 1) of the first that is not, and what it is.

    Raises EvaluationLimit.
    """
    evaluation = _Evaluation(assignment)
    for number, assertion in enumerate(script.assertions, 1):
        value = evaluation.term(assertion, assignment)
        if value is None:
            return number, "divides by zero"
        if value is not True:
            return number, "is false"
    return None


class _Evaluation:
    def __init__(self, declared: Mapping[str, Value]) -> None:
        self.declared = declared
        self.steps = 0
        self.nullary: dict[str, Value | None] = {}

    def term(self, term: Term, scope: Mapping[str, Value | None]) -> Value | None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise EvaluationLimit(f"more than {MAX_STEPS} steps")
        match term:
            case Constant():
                return term.value
            case Variable():
                return scope[term.name]
            case Let():
                inner = dict(scope)
                for name, value in term.bindings:
                    inner[name] = self.term(value, scope)
                return self.term(term.body, inner)
            case Call(definition=definition) if not definition.parameters:
                # One value for all uses, so that a formula with shared parts is not unfolded.
                if definition.name not in self.nullary:
                    self.nullary[definition.name] = self.term(definition.body, self.declared)
                return self.nullary[definition.name]
            case Call():
                # The body sees declared names and its parameters, never the caller's let-bound names.
                frame: dict[str, Value | None] = dict(self.declared)
                for (name, _), argument in zip(term.definition.parameters, term.arguments, strict=True):
                    frame[name] = self.term(argument, scope)
                return self.term(term.definition.body, frame)
            case Apply():
                values = []
                for argument in term.arguments:
                    values.append(self.term(argument, scope))
                return _apply(term.operator, values)


def _apply(name: str, values: list[Any]) -> Value | None:
    if name in _KLEENE:
        return _KLEENE[name](values)
    if any(value is None for value in values):
        return None
    if name in _UNARY and len(values) == 1:
        return _UNARY[name](values[0])
    if name in _COMPARE:
        return all(_COMPARE[name](left, right) for left, right in pairwise(values))
    result = values[0]
    for value in values[1:]:
        result = _FOLD[name](result, value)
        if result is None:
            return None
        if max(abs(result.numerator), result.denominator).bit_length() > MAX_BITS:
            raise EvaluationLimit(f"a number of more than {MAX_BITS} bits")
    return cast(Value, result)


def _and(values: Iterable[bool | None]) -> bool | None:
    seen = set(values)
    return False if False in seen else None if None in seen else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _or(values: Iterable[bool | None]) -> bool | None:
    return _not(_and(_not(value) for value in values))


def _implies(values: list[bool | None]) -> bool | None:
    return _or([*(_not(value) for value in values[:-1]), values[-1]])


def _equal(left: Value | None, right: Value | None) -> bool | None:
    return None if left is None or right is None else left == right


def _if_then_else(values: list[Any]) -> Value | None:
    condition, yes, no = values
    return cast("Value | None", None if condition is None else yes if condition else no)


def _euclidean(dividend: int, divisor: int) -> int | None:
    if divisor == 0:
        return None
    return dividend // divisor if divisor > 0 else -(dividend // -divisor)


def _remainder(dividend: int, divisor: int) -> int | None:
    return None if divisor == 0 else dividend % abs(divisor)


# Operators that can have a value although an argument has none.
_KLEENE: dict[str, Callable[[list[Any]], Value | None]] = {
    "and": _and,
    "or": _or,
    "not": lambda values: _not(values[0]),
    "=>": _implies,
    "=": lambda values: _and(_equal(left, right) for left, right in pairwise(values)),
    "distinct": lambda values: _and(_not(_equal(left, right)) for left, right in combinations(values, 2)),
    "ite": _if_then_else,
}
_UNARY: dict[str, Callable[[Any], Value]] = {
    "-": operator.neg,
    "abs": abs,
    "to_real": Fraction,
    "to_int": math.floor,
    "is_int": lambda value: value.denominator == 1,
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: None if right == 0 else left / right,
    "div": _euclidean,
    "mod": _remainder,
    "xor": operator.xor,
}
