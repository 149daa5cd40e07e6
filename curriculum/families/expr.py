"""B.expr: write a function over one or two integers that meets a specification (claim kind ``python/function/v1``).

A specification that said ``result == max(x, y)`` would leak its answer, so every specification here states the function
another way: by an equation to solve (``result - x == 3``), by the properties that single it out
(``result >= x and result >= y and (result == x or result == y)``), or by cases. Each pins the function: for every
argument exactly one result meets it. Functions that are constant, or just return an argument, do not occur.

Levels: 1 an offset; 2 a multiple or a second argument; 3 max, min, abs; 4 the same, shifted; 5 two cases; 6 floor
division and remainder. A tenth of a level's problems have the next level's form.

Two problems are of one class if the same function (up to the order of its arguments) answers both, however specified.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from assay.verifiers import Answer, Claim

from ..answers import answer_of
from ..problem import Problem
from .draw import draw, shape_of

_BODY = "\n    return "


@dataclass(frozen=True)
class Sketch:
    """``key`` names the function up to argument order. ``function`` takes all ``parameters`` in order."""

    parameters: str
    ensures: str
    expression: str
    function: Callable[..., int]
    key: str


class ExprFamily:
    """Functions that one short expression computes."""

    name = "B.expr"
    kind = "python/function/v1"
    levels: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    cost = 2.0

    def generate(self, level: int, seed: int, *, held_out: bool = False) -> Problem:
        """Raises KeyError for a level that is not in ``levels``."""

        def propose(rng: random.Random) -> Sketch:
            return _LEVELS[shape_of(rng, level, self.levels)](rng)

        sketch = draw(self.name, level, seed, held_out, propose, lambda drawn: drawn.key)
        rng = random.Random(sketch.ensures)  # the same specification always comes with the same examples
        rows = [[rng.randint(-9, 20) for _ in sketch.parameters] for _ in range(2)]
        signature = f"def f({', '.join(f'{name}: int' for name in sketch.parameters)}) -> int"
        return Problem(
            claim=Claim(
                {
                    "kind": self.kind,
                    "signature": signature,
                    "requires": "True",
                    "ensures": sketch.ensures,
                    "examples": [{"args": row, "result": sketch.function(*row)} for row in rows],
                    "assurance": "passed",
                }
            ),
            prompt=f"write f({','.join(sketch.parameters)}): {_compact(sketch.ensures)}",
            family=self.name,
            skill=self.name,
            level=level,
            seed=seed,
            reference=f"{signature}:{_BODY}{sketch.expression}",
            held_out=held_out,
        )

    def completion(self, reference: Answer) -> str:
        """The expression that the function returns."""
        return str(reference).partition(_BODY)[2]

    def answer(self, problem: Problem, completion: str) -> Answer:
        """See ``assay.curriculum.answers``."""
        return answer_of(problem.claim, completion)


def _compact(specification: str) -> str:
    for symbol in ("==", ">=", "<=", "<", ">", "+", "-", "*", "%"):
        specification = specification.replace(f" {symbol} ", symbol)
    return specification


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"-{-value}" if value < 0 else ""


def _offset(rng: random.Random) -> Sketch:
    c = rng.randint(2, 99)
    plus = (f"result - x == {c}", f"result - {c} == x")
    minus = (f"x - result == {c}", f"result + {c} == x", f"{c} + result == x")
    mirror = (f"result + x == {c}", f"x + result == {c}", f"{c} - result == x")
    kind = rng.randrange(3)
    if kind == 0:
        return Sketch("x", rng.choice(plus), f"x+{c}", lambda x: x + c, f"x+{c}")
    if kind == 1:
        return Sketch("x", rng.choice(minus), f"x-{c}", lambda x: x - c, f"x-{c}")
    return Sketch("x", rng.choice(mirror), f"{c}-x", lambda x: c - x, f"{c}-x")


def _multiple(rng: random.Random) -> Sketch:
    if rng.random() < 0.5:
        k, c = rng.randint(1, 5), rng.choice((-1, 1)) * rng.randint(1, 60)
        scaled = f"{k} * x" if k > 1 else "x"
        ensures = rng.choice((f"result - x == {scaled} {_spaced(c)}", f"result {_spaced(-c)} == {scaled} + x"))
        return Sketch("x", ensures, f"{k + 1}*x{_signed(c)}", lambda x: (k + 1) * x + c, f"{k + 1}x{c}")
    c = rng.randint(1, 60)
    if rng.random() < 0.5:
        ensures = rng.choice((f"result - x == y + {c}", f"result - y - {c} == x", f"result - {c} == x + y"))
        return Sketch("xy", ensures, f"x+y+{c}", lambda x, y: x + y + c, f"sum+{c}")
    ensures = rng.choice((f"result + y == x + {c}", f"result - x == {c} - y", f"result + y - {c} == x"))
    return Sketch("xy", ensures, f"x-y+{c}", lambda x, y: x - y + c, f"difference+{c}")


def _spaced(value: int) -> str:
    return f"+ {value}" if value >= 0 else f"- {-value}"


def _extreme(rng: random.Random, shift: int) -> Sketch:
    # Small constants: sampled arguments must fall on either side of them, else a constant would do.
    c, kind = rng.randint(2, 30), rng.randrange(9)
    moved = f"result {_spaced(-shift)}" if shift else "result"
    if kind > 5:
        sides = [f"{moved} == x - {c}", f"{moved} == {c} - x"]
        rng.shuffle(sides)
        ensures = f"{rng.choice((f'{moved} >= 0', f'0 <= {moved}'))} and ({' or '.join(sides)})"
        return Sketch("x", ensures, f"abs(x-{c}){_signed(shift)}", lambda x: abs(x - c) + shift, f"abs {c} {shift}")
    pick, op, mirrored = (("max", ">=", "<="), ("min", "<=", ">="))[kind % 2]
    choose: Callable[..., int] = max if pick == "max" else min
    other, parameters = ("y", "xy") if kind < 2 else (str(c), "x")
    bounds = [rng.choice((f"{moved} {op} {side}", f"{side} {mirrored} {moved}")) for side in ("x", other)]
    sides = [f"{moved} == x", f"{moved} == {other}"]
    rng.shuffle(bounds)
    rng.shuffle(sides)
    ensures = f"{' and '.join(bounds)} and ({' or '.join(sides)})"
    return Sketch(
        parameters,
        ensures,
        f"{pick}(x,{other}){_signed(shift)}",
        (lambda x, y: choose(x, y) + shift) if kind < 2 else (lambda x: choose(x, c) + shift),
        f"{pick} {other} {shift}",
    )


def _cases(rng: random.Random) -> Sketch:
    bound, then, other = rng.randint(0, 20), rng.randint(1, 20), rng.randint(1, 20)
    flip = rng.random() < 0.5
    inner, outer = (f"result - x == {then}", f"result + {other} == x")
    if flip:
        inner, outer = (f"result + x == {then}", f"x - result == {other}")
    expression = f"{then}-x" if flip else f"x+{then}"
    return Sketch(
        "x",
        f"(x <= {bound} or {inner}) and (x > {bound} or {outer})",
        f"{expression} if x>{bound} else x-{other}",
        lambda x: (then - x if flip else x + then) if x > bound else x - other,
        f"{expression} {bound} {other}",
    )


def _division(rng: random.Random) -> Sketch:
    k, c, kind = rng.randint(2, 12), rng.randint(1, 40), rng.randrange(3)
    if kind == 0:
        ensures = f"{k} * (result - {c}) <= x and x < {k} * (result - {c}) + {k}"
        return Sketch("x", ensures, f"x//{k}+{c}", lambda x: x // k + c, f"div {k} {c}")
    if kind == 1:
        ensures = f"0 <= result and result < {k} and (x + {c} - result) % {k} == 0"
        return Sketch("x", ensures, f"(x+{c})%{k}", lambda x: (x + c) % k, f"mod {k} {c % k}")
    ensures = f"(result - {c}) % {k} == 0 and result - {c} <= x and x < result - {c} + {k}"
    return Sketch("x", ensures, f"x//{k}*{k}+{c}", lambda x: x // k * k + c, f"floor {k} {c}")


_LEVELS: dict[int, Callable[[random.Random], Sketch]] = {
    1: _offset,
    2: _multiple,
    3: lambda rng: _extreme(rng, 0),
    4: lambda rng: _extreme(rng, rng.choice((-1, 1)) * rng.randint(1, 20)),
    5: _cases,
    6: _division,
}
