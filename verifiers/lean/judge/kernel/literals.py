"""Literals, and the functions on natural numbers that the kernel computes by name instead of unfolding them.

This table is part of the trusted base of Lean's kernel and of this one: it says what ``Nat.add 2 3`` is. A core that
defines one of these functions otherwise, or lets a submission define it, is inconsistent; ``reserved`` guards that.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from ..level import ZERO
from ..names import Name, dotted
from ..term import App, Const, Lit, Term, app, apply, const, lit
from .state import KernelBudget

NAT = const(dotted("Nat"))
NAT_ZERO = const(dotted("Nat.zero"))
NAT_SUCC = const(dotted("Nat.succ"))
STRING = const(dotted("String"))
STRING_OF_LIST = const(dotted("String.ofList"))
TRUE, FALSE = const(dotted("Bool.true")), const(dotted("Bool.false"))
LOG2 = dotted("Nat.log2")

MAX_BITS = 1 << 22

BINARY: dict[Name, Callable[[int, int], int | bool]] = {
    dotted("Nat.add"): lambda a, b: a + b,
    dotted("Nat.sub"): lambda a, b: max(a - b, 0),
    dotted("Nat.mul"): lambda a, b: a * b,
    dotted("Nat.div"): lambda a, b: a // b if b else 0,
    dotted("Nat.mod"): lambda a, b: a % b if b else a,
    dotted("Nat.gcd"): math.gcd,
    dotted("Nat.land"): lambda a, b: a & b,
    dotted("Nat.lor"): lambda a, b: a | b,
    dotted("Nat.xor"): lambda a, b: a ^ b,
    dotted("Nat.shiftLeft"): lambda a, b: a << b,
    dotted("Nat.shiftRight"): lambda a, b: a >> b,
    dotted("Nat.pow"): lambda a, b: a**b,
    dotted("Nat.beq"): lambda a, b: a == b,
    dotted("Nat.ble"): lambda a, b: a <= b,
}


def number(term: Term) -> int | None:
    """The value of a number literal or of ``Nat.zero``."""
    if isinstance(term, Lit):
        return term.value if isinstance(term.value, int) else None
    return 0 if term is NAT_ZERO else None


def predecessor(term: Term) -> Term | None:
    """``n`` where ``term`` is ``n + 1``, as a literal or as ``Nat.succ n``."""
    value = number(term)
    if value is not None:
        return lit(value - 1) if value else None
    if isinstance(term, App) and term.fn is NAT_SUCC:
        return term.arg
    return None


def as_constructor(literal: Lit) -> Term:
    """``Nat.zero``, ``Nat.succ n``, or ``String.ofList`` of the characters."""
    if isinstance(literal.value, int):
        return app(NAT_SUCC, lit(literal.value - 1)) if literal.value else NAT_ZERO
    char = const(dotted("Char"))
    characters = app(const(dotted("List.nil"), (ZERO,)), char)
    for character in reversed(literal.value):
        code = app(const(dotted("Char.ofNat")), lit(ord(character)))
        characters = apply(const(dotted("List.cons"), (ZERO,)), [char, code, characters])
    return app(STRING_OF_LIST, characters)


def computed_function(term: Term) -> Name | None:
    """The name of the two-argument function that ``term`` applies to two arguments, if the kernel computes it."""
    if isinstance(term, App) and isinstance(term.fn, App) and isinstance(term.fn.fn, Const):
        name = term.fn.fn.name
        return name if name in BINARY else None
    return None


def compute(name: Name, left: int, right: int) -> Term:
    """The value of a computed function. Raises KernelBudget rather than make a number of more than MAX_BITS bits."""
    last = name[-1]
    if last == "pow":
        bits = left.bit_length() * right
    elif last == "shiftLeft":
        bits = left.bit_length() + right
    else:
        bits = left.bit_length() + right.bit_length()
    if bits > MAX_BITS:
        raise KernelBudget("a numeral is too large")
    value = BINARY[name](left, right)
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return lit(value)


def log2(value: int) -> Term:
    return lit(max(value.bit_length() - 1, 0))
