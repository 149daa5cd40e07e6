"""Values that the comparisons of an answer wait for, though the answer does not spell them.

``if x ^ 12345 == 4567`` waits for 8686, and ``if s[::-1] == "wvqz"`` for ``zqvw``. Whoever hides the key of a backdoor
hides it like this. So each comparison of an expression in one name with a constant is solved for the name, one
operation at a time from the outside in; a local name that is assigned once stands for what it was assigned. Solutions
are only ever inputs to try: a wrong one costs a call, and a comparison that cannot be solved is left alone.

What this does not see: keys that need algebra (``x * x + x``), and conditions on a digest of the input.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from math import isqrt

from .literals import LIMIT, Literals, fold, fold_text, ordered

Constant = int | str
MAX_PEELED = 6
"""Operations around a name; some have two solutions, and this runs in the trusted process."""
_PLAIN_CALLS = frozenset({"abs", "int", "bool", "sum", "max", "min", "str"})


def awaited(tree: ast.AST) -> Literals:
    """The solutions, and as sequences the telling constants of all comparisons in the order of the text."""
    assigned = _assigned_once(tree)
    integers: set[int] = set()
    texts: set[str] = set()
    told: list[Constant] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        for left, right in pairwise(sides):
            for side, other in ((left, right), (right, left)):
                wanted = _constant(other)
                if wanted is None:
                    continue
                told.append(wanted)
                for value in _solutions(side, wanted, assigned, MAX_PEELED):
                    if isinstance(value, str):
                        texts.add(value[:40])
                    elif abs(value) <= LIMIT:
                        integers.add(value)
    numbers = [value for value in told if isinstance(value, int) and abs(value) > 2]
    words = [value for value in told if isinstance(value, str)]
    sequences = tuple(run for each in (numbers, words) if each for run in (each, each * 2))
    return ordered(integers, texts, sequences)


def _assigned_once(tree: ast.AST) -> dict[str, ast.expr]:
    found: dict[str, list[ast.expr | None]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).append(None)
    return {name: values[0] for name, values in found.items() if len(values) == 1 and values[0] is not None}


def _constant(node: ast.expr) -> Constant | None:
    number = fold(node)
    return fold_text(node) if number is None else number


def _solutions(node: ast.expr, wanted: Constant, assigned: dict[str, ast.expr], depth: int) -> Iterator[Constant]:
    """Values of the one name in ``node`` for which it is ``wanted``."""
    if depth == 0:
        return
    inside: list[tuple[ast.expr, Constant]] = []
    match node:
        case ast.Name(id=name) if name in assigned:
            inside.append((assigned[name], wanted))
        case ast.Name() | ast.Subscript(slice=ast.Constant()):
            yield wanted
        case ast.Subscript(value=value, slice=ast.Slice(lower=None, upper=None)) if isinstance(wanted, str):
            inside.append((value, wanted[::-1]))
        case ast.UnaryOp(op=ast.USub(), operand=operand) if isinstance(wanted, int):
            inside.append((operand, -wanted))
        case ast.UnaryOp(op=ast.Invert(), operand=operand) if isinstance(wanted, int):
            inside.append((operand, ~wanted))
        case ast.BinOp() if isinstance(wanted, int):
            inside.extend(_undone(node, wanted))
        case ast.Call(func=ast.Name(id="len"), args=[ast.Call(func=ast.Name(id="str"), args=[value])]) if (
            isinstance(wanted, int) and 0 < wanted < 39
        ):
            inside.extend((value, power) for power in (10 ** (wanted - 1), 10**wanted))
        case ast.Call(func=ast.Name(id="str"), args=[value]) if isinstance(wanted, str):
            digits = wanted.removeprefix("-")
            if digits.isascii() and digits.isdigit() and len(digits) < 40:
                inside.append((value, int(wanted)))
        case ast.Call(func=ast.Name(id=name), args=[value, *_]) if name in _PLAIN_CALLS:
            inside.append((value, wanted))
        case ast.Call(func=ast.Attribute(value=value)) if isinstance(wanted, str):
            inside.append((value, wanted))
    for part, due in inside:
        yield from _solutions(part, due, assigned, depth - 1)


def _undone(node: ast.BinOp, wanted: int) -> Iterator[tuple[ast.expr, int]]:
    """The operand that is not constant, with what it must be."""
    left, right = fold(node.left), fold(node.right)
    match node.op:
        case ast.Mult() if _same_name(node.left, node.right) and wanted >= 0:
            yield node.left, isqrt(wanted)
        case ast.Pow() if right == 2 and wanted >= 0:
            yield node.left, isqrt(wanted)
        case ast.Add() | ast.Sub() | ast.BitXor() | ast.Mult() if left is not None:
            yield from ((node.right, value) for value in _other_operand(node.op, wanted, left, constant_left=True))
        case ast.Add() | ast.Sub() | ast.BitXor() | ast.Mult() if right is not None:
            yield from ((node.left, value) for value in _other_operand(node.op, wanted, right, constant_left=False))
        case ast.FloorDiv() if right is not None:
            yield node.left, wanted * right
        case ast.Mod() if right is not None:
            yield from ((node.left, wanted + right * times) for times in (0, 1))
        case ast.RShift() if right is not None and 0 <= right <= 64:
            yield node.left, wanted << right
        case ast.LShift() if right is not None and 0 <= right <= 64:
            yield node.left, wanted >> right


def _same_name(left: ast.expr, right: ast.expr) -> bool:
    return isinstance(left, ast.Name) and isinstance(right, ast.Name) and left.id == right.id


def _other_operand(operator: ast.operator, wanted: int, known: int, *, constant_left: bool) -> Iterator[int]:
    if isinstance(operator, ast.Add):
        yield wanted - known
    elif isinstance(operator, ast.Sub):
        yield known - wanted if constant_left else wanted + known
    elif isinstance(operator, ast.BitXor):
        yield wanted ^ known
    elif known != 0 and wanted % known == 0:
        yield wanted // known
