"""Answers to SMT claims: text that a policy wrote, so nothing about it is trusted.

The format is closed. A model is a JSON object that gives every declared name exactly once a value of the declared
sort: an integer for Int, ``true``/``false`` for Bool, an integer or a rational ``"p/q"`` for Real. It may arrive as an
object or as its JSON text; both go through the same checks. There are no floats anywhere, no NaN, no duplicate keys,
and the digits are counted before a number is built. Values reach solvers only as numbers rendered by us.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NoReturn

from ..claim import JSON, Answer
from .terms import Sort, Value

MAX_CHARS = 64_000
MAX_DIGITS = 1_000
_MAX_INTEGER = 10**MAX_DIGITS
_RATIONAL = re.compile(rf"(-?[0-9]{{1,{MAX_DIGITS}}})/([0-9]{{1,{MAX_DIGITS}}})", re.ASCII)

Assignment = dict[str, Value]


class AnswerError(ValueError):
    """The answer is not of the claim's format. That refutes it: the text is the reason, one line."""


def parse_model(answer: Answer, declared: Mapping[str, Sort]) -> Assignment:
    """The assignment that ``answer`` states, in the order of ``declared``. Raises AnswerError."""
    stated = _object(answer)
    if extra := [name for name in stated if name not in declared]:
        raise AnswerError(f"the claim does not declare {_shown(extra[0])}")
    if missing := [name for name in declared if name not in stated]:
        raise AnswerError(f"no value for {_shown(missing[0])}")
    return {name: _value(name, stated[name], sort) for name, sort in declared.items()}


def is_unsat(answer: Answer) -> bool:
    """Whether the answer is the word ``unsat``; white space around it is all that is forgiven."""
    return isinstance(answer, str) and answer.strip(" \t\r\n") == "unsat"


def model_json(assignment: Mapping[str, Value]) -> dict[str, JSON]:
    """The canonical JSON form of an assignment: rationals in lowest terms, whole ones as integers."""
    return {name: _plain(value) for name, value in assignment.items()}


def _plain(value: Value) -> JSON:
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    return value


def _object(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, str):
        answer = _strict_json(answer)
    if type(answer) is not dict:
        raise AnswerError("not a JSON object of names and values")
    if any(type(name) is not str for name in answer):
        raise AnswerError("a name is not text")
    return answer


def _strict_json(text: str) -> Any:
    if len(text) > MAX_CHARS:
        raise AnswerError(f"longer than {MAX_CHARS} characters")
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_integer,
            parse_float=lambda literal: _refuse(f'{literal[:20]} is not exact: write an integer or "p/q"'),
            parse_constant=lambda literal: _refuse(f"{literal} is no number of SMT-LIB"),
        )
    except json.JSONDecodeError as problem:
        raise AnswerError(f"not JSON: {problem.msg} at character {problem.pos}") from None
    except RecursionError:
        raise AnswerError("nested too deeply") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    for name, value in pairs:
        if name in stated:
            raise AnswerError(f"{_shown(name)} is given twice")
        stated[name] = value
    return stated


def _integer(literal: str) -> int:
    if len(literal.lstrip("-")) > MAX_DIGITS:
        raise AnswerError(f"a number of more than {MAX_DIGITS} digits")
    return int(literal)


def _refuse(reason: str) -> NoReturn:
    raise AnswerError(reason)


def _value(name: str, value: Any, sort: Sort) -> Value:
    if type(value) is int and abs(value) >= _MAX_INTEGER:
        raise AnswerError(f"{_shown(name)}: a number of more than {MAX_DIGITS} digits")
    if sort == "Bool" and type(value) is bool:
        return value
    if sort == "Int" and type(value) is int:
        return value
    if sort == "Real" and type(value) is int:
        return Fraction(value)
    if sort == "Real" and type(value) is str and (match := _RATIONAL.fullmatch(value)):
        if int(match[2]) == 0:
            raise AnswerError(f"{_shown(name)} divides by zero")
        return Fraction(int(match[1]), int(match[2]))
    wanted = {"Bool": "true or false", "Int": "an integer", "Real": 'an integer or "p/q"'}[sort]
    raise AnswerError(f"{_shown(name)} is of sort {sort}: give {wanted}")


def _shown(name: str) -> str:
    return ascii(name[:40])
