"""The expression language of ``requires`` and ``ensures``, and its interpreter.

A specification is one Python expression over the parameters (and ``result``): literals, comparisons, arithmetic,
boolean and conditional expressions, subscripts and slices, list/tuple/set displays, comprehensions, and calls of the
built-ins in ``builtin_calls``. No attributes, no methods, no lambdas, no names from elsewhere, no floats.
``parse_spec`` checks all of that once and turns the expression into closures; ``evaluate`` runs them with a budget,
in the trusted process, without ever handing text to Python's own ``eval``.

An expression need not have a value on every input: ``xs[0] > 0`` has none on ``[]`` (``SpecRaised``), and a costly one
may run out of steps (``SpecExhausted``). The callers decide what that means; see ``holds`` and the oracle.

Scoping differs from Python in one way: a comprehension variable may not hide a parameter or a built-in.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assay.verifiers.errors import ClaimError

from .builtin_calls import BUILTINS
from .meter import DEFAULT_STEPS, Meter, SpecError, SpecExhausted, SpecRaised
from .spec_code import Code, NotInLanguage, compile_expression
from .values import Value, show

__all__ = [
    "DEFAULT_STEPS",
    "Meter",
    "Spec",
    "SpecError",
    "SpecExhausted",
    "SpecRaised",
    "evaluate",
    "holds",
    "parse_spec",
]

MAX_SPEC_TEXT = 4000


@dataclass(frozen=True)
class Spec:
    """A parsed expression. ``tree`` is its syntax (not to be changed); ``reads`` the given names that it mentions."""

    text: str
    names: frozenset[str]
    reads: frozenset[str]
    tree: ast.expr = field(repr=False, compare=False)
    code: Code = field(repr=False, compare=False)


def parse_spec(text: object, names: Iterable[str], where: str = "requires") -> Spec:
    """Parse one expression over ``names``. Raises ClaimError that names the field ``where``, problem and mend."""
    if not isinstance(text, str) or not text.strip():
        raise ClaimError(where, "is not an expression", 'write a Python expression as text, for example "x >= 0"')
    if len(text) > MAX_SPEC_TEXT:
        raise ClaimError(where, f"is longer than {MAX_SPEC_TEXT} characters", "state it more simply")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        problem = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise ClaimError(where, f"is not a Python expression ({problem})", "correct its syntax") from None
    known = frozenset(names)
    try:
        code = compile_expression(tree, known)
    except NotInLanguage as error:
        raise ClaimError(where, f"uses {error.what}", error.mend) from None
    except RecursionError:
        raise ClaimError(where, "is nested too deeply", "state it more simply") from None
    reads = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in known)
    return Spec(text, known, reads, tree, code)


def evaluate(spec: Spec, env: Mapping[str, Value], steps: int | Meter = DEFAULT_STEPS) -> Value:
    """The expression's value with every name of ``spec.names`` bound in ``env``. Raises SpecRaised or SpecExhausted.
    Several evaluations may share one Meter."""
    missing = spec.names - env.keys()
    if missing:
        raise ValueError(f"no value for {sorted(missing)}")
    meter = steps if isinstance(steps, Meter) else Meter(steps)
    return spec.code({name: env[name] for name in spec.names}, meter)


def holds(spec: Spec, env: Mapping[str, Value], steps: int | Meter = DEFAULT_STEPS) -> bool:
    """``evaluate`` where a truth value is due. A value that is not a bool is ``SpecRaised``: ``x and y`` of integers is
    an accident in a claim, not a truth value."""
    value = evaluate(spec, env, steps)
    if type(value) is not bool:
        raise SpecRaised(f"TypeError: gave {show(value, 40)}, which is not a bool")
    return value


def builtin_names() -> frozenset[str]:
    """Names that no parameter may take."""
    return frozenset(BUILTINS)
