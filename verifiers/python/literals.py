"""Constants mined from the text of a claim or an answer, to aim inputs at.

A wrong answer is most often wrong next to a constant that it mentions, and an input-keyed backdoor must mention its key
in some form. Products, sums and powers of literals are folded, within bounds, so that ``10**6 + 3`` counts as itself.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

_MAX = 2**64


@dataclass(frozen=True)
class Literals:
    """Integers by magnitude and texts by length, each in a fixed order."""

    integers: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

    def __or__(self, other: Literals) -> Literals:
        return _ordered({*self.integers, *other.integers}, {*self.texts, *other.texts})


def mine(tree: ast.AST) -> Literals:
    """The literals of a tree, folded; integers beyond 64 bits and texts beyond 40 characters are left out."""
    integers: set[int] = set()
    texts: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            value = _fold(node, 0)
            if value is not None:
                integers.add(value)
            if isinstance(node, ast.Constant) and type(node.value) is str and 0 < len(node.value) <= 40:
                texts.add(node.value)
    return _ordered(integers, texts)


def _ordered(integers: set[int], texts: set[str]) -> Literals:
    return Literals(tuple(sorted(integers, key=lambda n: (abs(n), n))), tuple(sorted(texts, key=lambda t: (len(t), t))))


def _fold(node: ast.expr, depth: int) -> int | None:
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is int and abs(node.value) <= _MAX else None
    if depth > 4:
        return None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = _fold(node.operand, depth + 1)
        return None if operand is None else -operand
    if not isinstance(node, ast.BinOp):
        return None
    left, right = _fold(node.left, depth + 1), _fold(node.right, depth + 1)
    if left is None or right is None:
        return None
    value: int | None = None
    if isinstance(node.op, ast.Add):
        value = left + right
    elif isinstance(node.op, ast.Sub):
        value = left - right
    elif isinstance(node.op, ast.Mult):
        value = left * right
    elif isinstance(node.op, ast.Pow) and 0 <= right <= 64:
        value = left**right
    elif isinstance(node.op, ast.LShift) and 0 <= right <= 64:
        value = left << right
    return value if value is not None and abs(value) <= _MAX else None
