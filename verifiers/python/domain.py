"""What ``requires`` says about the shape of inputs, as far as its syntax shows it.

Only conjuncts of a few forms are read: ``lo <= x < hi``, ``len(xs) <= n``, ``all(lo <= x <= hi for x in xs)``,
``all(len(row) == n for row in rows)``, ``all(c in "abc" for c in s)``, ``x in range(a, b)``. Each is implied by
``requires``, so nothing outside these bounds satisfies it; that makes exhaustive enumeration of a small domain exact.
Whatever is not read costs only efficiency, for every input is still tested against the whole of ``requires``.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from .claim import FunctionClaim
from .literals import fold
from .values import Type, Value

FAR = 10_000
"""How far from zero (or from a given bound) an integer is drawn when ``requires`` says nothing."""
NEAR = 60
"""The same where the claim itself walks a ``range``: its cost grows with the number."""
MAX_LENGTH = 8


@dataclass(frozen=True)
class Bounds:
    """Inclusive bounds, None where ``requires`` gives none."""

    low: int | None = None
    high: int | None = None

    def meet(self, other: Bounds) -> Bounds:
        lows = [bound for bound in (self.low, other.low) if bound is not None]
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        return Bounds(max(lows, default=None), min(highs, default=None))

    @property
    def empty(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high

    def admits(self, value: int) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


ANY = Bounds()


@dataclass(frozen=True)
class Shape:
    """Bounds of one parameter: of the integers in it, of its own length, of the lengths inside it; its letters."""

    integers: Bounds = ANY
    length: Bounds = ANY
    inner_length: Bounds = ANY
    letters: str | None = None


@dataclass(frozen=True)
class Domain:
    """The claim's parameters with their shapes. ``reach`` is how far integers go where nothing bounds them."""

    types: tuple[Type, ...]
    shapes: tuple[Shape, ...]
    reach: int = FAR
    never: bool = False
    """``requires`` says False."""

    @property
    def empty(self) -> bool:
        """No input at all lies within the bounds."""
        return self.never or any(
            shape.length.empty or (kind.name == "int" and shape.integers.empty)
            for kind, shape in zip(self.types, self.shapes, strict=True)
        )

    def span(self, shape: Shape) -> tuple[int, int]:
        """The finite interval from which ordinary integers of this parameter are drawn."""
        low, high = shape.integers.low, shape.integers.high
        if low is not None and high is not None:
            return (low, high) if low <= high else (low, low)
        if low is not None:
            return low, low + self.reach
        if high is not None:
            return high - self.reach, high
        return -self.reach, self.reach

    def lengths(self, bounds: Bounds) -> tuple[int, int]:
        """The finite interval from which lengths are drawn."""
        low = max(bounds.low or 0, 0)
        high = bounds.high if bounds.high is not None and bounds.high <= 64 else max(MAX_LENGTH, low + 4)
        return low, max(low, high)

    def enumerate(self, limit: int) -> Iterator[tuple[Value, ...]] | None:
        """Every input within the bounds, if there are at most ``limit``; None if there may be more."""
        axes: list[list[Value]] = []
        total = 1
        for kind, shape in zip(self.types, self.shapes, strict=True):
            if kind.name == "bool":
                axis: list[Value] = [False, True]
            elif kind.name == "int" and shape.integers.low is not None and shape.integers.high is not None:
                if shape.integers.high - shape.integers.low >= limit:
                    return None
                axis = list(range(shape.integers.low, shape.integers.high + 1))
            else:
                return None
            total *= len(axis)
            if total > limit:
                return None
            axes.append(axis)
        return itertools.product(*axes)


def read_domain(claim: FunctionClaim) -> Domain:
    """The domain that ``claim.requires`` shows."""
    reader = _Reader({name: Shape() for name, _ in claim.parameters})
    reader.conjunct(claim.requires.tree)
    walks = any(_walks_range(spec.tree) for spec in (claim.requires, claim.ensures))
    types = tuple(kind for _, kind in claim.parameters)
    return Domain(types, tuple(reader.shapes.values()), NEAR if walks else FAR, reader.never)


def _walks_range(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "range" for node in ast.walk(tree))


@dataclass
class _Reader:
    shapes: dict[str, Shape]
    never: bool = False
    _element_of: dict[str, str] = field(default_factory=dict)

    def conjunct(self, node: ast.expr) -> None:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            for part in node.values:
                self.conjunct(part)
        elif isinstance(node, ast.Constant) and node.value is False and not self._element_of:
            self.never = True
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
                self._compare(left, op, right)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "all"
            and isinstance(node.args[0], (ast.GeneratorExp, ast.ListComp))
        ):
            self._all(node.args[0])

    def _all(self, node: ast.GeneratorExp | ast.ListComp) -> None:
        before = dict(self._element_of)
        for generator in node.generators:
            source, target = generator.iter, generator.target
            if generator.ifs or not isinstance(source, ast.Name) or not isinstance(target, ast.Name):
                break
            owner = self._element_of.get(source.id, source.id)
            if owner not in self.shapes:
                break
            self._element_of[target.id] = owner
        else:
            self.conjunct(node.elt)
        self._element_of = before

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> None:
        if isinstance(op, ast.In):
            self._membership(left, right)
            return
        for subject, sign, other in ((left, op, right), (right, _FLIP.get(type(op), op), left)):
            bound = fold(other)
            if bound is not None and type(sign) in _BOUNDS:
                self._narrow(subject, _BOUNDS[type(sign)](bound))

    def _membership(self, item: ast.expr, container: ast.expr) -> None:
        if isinstance(container, ast.Constant) and isinstance(container.value, str) and isinstance(item, ast.Name):
            owner = self._element_of.get(item.id)
            if owner is not None and container.value:
                self.shapes[owner] = replace(self.shapes[owner], letters=container.value)
        elif isinstance(container, ast.Call) and isinstance(container.func, ast.Name) and container.func.id == "range":
            bounds = [fold(argument) for argument in container.args]
            if len(bounds) == 1:
                bounds = [0, *bounds]
            if len(bounds) == 2 and bounds[0] is not None and bounds[1] is not None:
                self._narrow(item, Bounds(bounds[0], bounds[1] - 1))

    def _narrow(self, subject: ast.expr, bounds: Bounds) -> None:
        named = subject if isinstance(subject, ast.Name) else _length_of(subject)
        if self._element_of and (named is None or named.id not in self._element_of):
            return  # said once for each element: of an empty list it says nothing
        if isinstance(subject, ast.Name):
            owner = self._element_of.get(subject.id, subject.id)
            if owner in self.shapes:
                shape = self.shapes[owner]
                self.shapes[owner] = replace(shape, integers=shape.integers.meet(bounds))
        elif named is not None:
            name = named.id
            inner = name in self._element_of
            owner = self._element_of.get(name, name)
            shape = self.shapes[owner]
            if inner:
                self.shapes[owner] = replace(shape, inner_length=shape.inner_length.meet(bounds))
            else:
                self.shapes[owner] = replace(shape, length=shape.length.meet(bounds))


def _length_of(node: ast.expr) -> ast.Name | None:
    """The name whose length ``node`` is."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
        return node.args[0] if isinstance(node.args[0], ast.Name) else None
    return None


_FLIP: dict[type[ast.cmpop], ast.cmpop] = {ast.Lt: ast.Gt(), ast.LtE: ast.GtE(), ast.Gt: ast.Lt(), ast.GtE: ast.LtE()}
_BOUNDS: dict[type[ast.cmpop], Callable[[int], Bounds]] = {
    ast.Eq: lambda bound: Bounds(bound, bound),
    ast.Lt: lambda bound: Bounds(high=bound - 1),
    ast.LtE: lambda bound: Bounds(high=bound),
    ast.Gt: lambda bound: Bounds(low=bound + 1),
    ast.GtE: lambda bound: Bounds(low=bound),
}
