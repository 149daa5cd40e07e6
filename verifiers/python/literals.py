"""Constants mined from the text of a claim or an answer, to aim inputs at.

A wrong answer is most often wrong next to a constant that it mentions, and an input-keyed backdoor must mention its key
in some form. Products, sums and powers of literals are folded, within bounds, so that ``10**6 + 3`` counts as itself.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from .values import Value

LIMIT = 2**128
"""Integers beyond are not mined."""
MAX_TEXT = 40


@dataclass(frozen=True)
class Literals:
    """Integers by magnitude, texts by length, constant lists and tuples as they stand; each in a fixed order."""

    integers: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    sequences: tuple[Value, ...] = ()

    def __or__(self, other: Literals) -> Literals:
        integers, texts = {*self.integers, *other.integers}, {*self.texts, *other.texts}
        return ordered(integers, texts, self.sequences + other.sequences)


def mine(tree: ast.AST) -> Literals:
    """The literals of a tree, folded; integers beyond 128 bits and texts beyond 40 characters are left out."""
    integers: set[int] = set()
    texts: set[str] = set()
    sequences: list[Value] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            value = fold(node, 0)
            if value is not None:
                integers.add(value)
            text = fold_text(node)
            if text is not None and 0 < len(text) <= MAX_TEXT:
                texts.add(text)
            if isinstance(node, (ast.List, ast.Tuple)) and len(sequences) < 64:
                sequences.extend(_constant_sequence(node))
    return ordered(integers, texts, tuple(sequences))


def ordered(integers: set[int], texts: set[str], sequences: tuple[Value, ...]) -> Literals:
    by_size = tuple(sorted(integers, key=lambda n: (abs(n), n)))
    return Literals(by_size, tuple(sorted(texts, key=lambda t: (len(t), t))), sequences)


def _constant_sequence(node: ast.List | ast.Tuple) -> list[Value]:
    try:
        return [ast.literal_eval(node)]  # reads literals only; runs nothing
    except (ValueError, TypeError, RecursionError, MemoryError):
        return []


def fold(node: ast.expr, depth: int = 0) -> int | None:
    """The integer that a constant expression of a few operators stands for, or None."""
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is int and abs(node.value) <= LIMIT else None
    if depth > 4:
        return None
    if isinstance(node, ast.Call):
        return _fold_call(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = fold(node.operand, depth + 1)
        return None if operand is None else -operand
    if not isinstance(node, ast.BinOp):
        return None
    left, right = fold(node.left, depth + 1), fold(node.right, depth + 1)
    if left is None or right is None:
        return None
    value: int | None = None
    if isinstance(node.op, ast.Add):
        value = left + right
    elif isinstance(node.op, ast.Sub):
        value = left - right
    elif isinstance(node.op, ast.Mult):
        value = left * right
    elif isinstance(node.op, ast.BitXor):
        value = left ^ right
    elif isinstance(node.op, ast.Pow) and 0 <= right <= 128 and abs(left) <= 2**32:
        value = left**right
    elif isinstance(node.op, ast.LShift) and 0 <= right <= 128:
        value = left << right
    return value if value is not None and abs(value) <= LIMIT else None


def _fold_call(node: ast.Call) -> int | None:
    """``int("17")``, ``ord("a")``, ``len("abc")``."""
    text = fold_text(node.args[0]) if len(node.args) == 1 and isinstance(node.func, ast.Name) else None
    if text is None or not isinstance(node.func, ast.Name):
        return None
    if node.func.id == "len":
        return len(text)
    if node.func.id == "ord":
        return ord(text) if len(text) == 1 else None
    digits = text.removeprefix("-")
    return int(text) if node.func.id == "int" and digits.isascii() and digits.isdigit() and len(text) < 40 else None


def fold_text(node: ast.expr, depth: int = 0) -> str | None:
    """The text that a constant expression of a few operators stands for, or None."""
    if depth > 4:
        return None
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = fold_text(left, depth + 1), fold_text(right, depth + 1)
            return None if first is None or second is None else first + second
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            once, times = fold_text(left, depth + 1), fold(right, depth + 1)
            return None if once is None or times is None or times * len(once) > MAX_TEXT else once * times
        case ast.Subscript(value=value, slice=ast.Slice(lower=None, upper=None, step=ast.UnaryOp())):
            forwards = fold_text(value, depth + 1)
            return None if forwards is None else forwards[::-1]
        case ast.Call(func=ast.Attribute(value=value, attr="join"), args=[ast.List() | ast.Tuple() as parts]) if (
            len(parts.elts) <= MAX_TEXT
        ):
            between, texts = fold_text(value, depth + 1), [fold_text(part, depth + 1) for part in parts.elts]
            known = [text for text in texts if text is not None]
            return between.join(known) if between is not None and len(known) == len(texts) else None
    return None
