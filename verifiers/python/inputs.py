"""Which inputs an answer is tried on: examples, boundaries, mined constants, and a random sample.

Every input satisfies ``requires``. Where the bounds in ``requires`` leave few inputs, all of them are tried and the
choice is ``exhaustive``. Nothing is chosen before the answer is in: the random part hangs on the seed, and the mined
part on the answer itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from assay.verifiers.errors import ClaimError

from .awaited import awaited
from .boundary import LARGE, keyed, sweep
from .claim import FunctionClaim
from .domain import read_domain
from .language import Program
from .literals import Literals, mine
from .sampling import draw, mend
from .spec import Meter, SpecExhausted, SpecRaised, holds
from .values import Value, conforms, key, show

ENOUGH = 10
"""Fewer distinct inputs than this say too little, unless they are all there are."""
EXHAUSTIVE = 400
"""A domain of at most so many inputs is tried whole."""
REQUIRES_STEPS = 20_000
"""Steps for ``requires`` on one input; an input that takes more is not used."""
CHOOSING_STEPS = 3_000_000
"""Steps for ``requires`` on all inputs together, so that a costly claim cannot hold up the trusted process."""
_ROUNDS = 3

Args = tuple[Value, ...]


@dataclass(frozen=True)
class Inputs:
    """Distinct argument tuples that satisfy ``requires``. ``undecided`` counts those whose ``requires`` ran out of
    steps."""

    calls: tuple[Args, ...]
    exhaustive: bool
    undecided: int = 0

    @property
    def enough(self) -> bool:
        return bool(self.calls) and (self.exhaustive or len(self.calls) >= ENOUGH)


def choose_inputs(claim: FunctionClaim, program: Program, seed: int, count: int, replay: Iterable[Args] = ()) -> Inputs:
    """The inputs for this answer: ``replay`` and the examples first, then the sweeps, then about ``count`` random ones.
    Raises ClaimError if ``requires`` has no value on one of them."""
    domain = read_domain(claim)
    gather = _Gather(claim)
    for args in (*replay, *(example.args for example in claim.examples)):
        gather.add(args)
    whole = iter(()) if domain.empty else domain.enumerate(EXHAUSTIVE)
    if whole is not None:
        for args in whole:
            gather.add(args)
        return Inputs(tuple(gather.calls.values()), gather.undecided == 0, gather.undecided)
    of_claim = mine(claim.requires.tree) | mine(claim.ensures.tree)
    of_answer = mine(program.tree) | awaited(program.tree)
    for args in sweep(domain, of_claim):
        gather.add_mended(args)
    bases = list(gather.calls.values())[:2]
    for base in bases:
        for args in keyed(domain, of_answer | of_claim, base):
            gather.add(args)
    if bases and _light(claim, program):
        for args in keyed(domain, Literals(LARGE), bases[0]):
            gather.add(args)
    fixed = len(gather.calls)
    for attempt in range(_ROUNDS):
        for args in draw(domain, of_answer | of_claim, seed + attempt, count):
            gather.add_mended(args)
        if len(gather.calls) >= fixed + count // 2:  # many draws repeat each other or miss requires
            break
    return Inputs(tuple(gather.calls.values()), False, gather.undecided)


class _Gather:
    """Collects distinct inputs that ``requires`` admits."""

    def __init__(self, claim: FunctionClaim) -> None:
        self.claim = claim
        self.types = [kind for _, kind in claim.parameters]
        self.calls: dict[str, Args] = {}
        self.undecided = 0
        self.steps_left = CHOOSING_STEPS

    def add(self, args: Args) -> None:
        if all(map(conforms, args, self.types)) and self.admits(args):
            self.calls.setdefault(key(args), args)

    def add_mended(self, args: Args) -> None:
        mended = mend(args, self.admits)
        if mended is not None:
            self.calls.setdefault(key(mended), mended)

    def admits(self, args: Args) -> bool:
        meter = Meter(min(REQUIRES_STEPS, max(self.steps_left, 0)))
        given = meter.left
        try:
            return holds(self.claim.requires, self.claim.bind(args), meter)
        except SpecRaised as error:
            problem = f"has no value on {show(args)} ({error})"
            raise ClaimError("requires", problem, 'guard it, for example "len(xs) > 0 and xs[0] > 0"') from None
        except SpecExhausted:
            self.undecided += 1
            return False
        finally:
            self.steps_left -= given - max(meter.left, 0)


_ARITHMETIC = (
    ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Assign, ast.AugAssign, ast.If, ast.IfExp,
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Name, ast.Constant, ast.expr_context, ast.operator,
    ast.unaryop, ast.boolop, ast.cmpop, ast.Call,
)  # fmt: skip
_CHEAP_CALLS = frozenset({"abs", "min", "max", "int", "bool", "divmod"})


def _light(claim: FunctionClaim, program: Program) -> bool:
    """True if claim and answer are plain integer arithmetic, so that a huge argument costs no more than a small one."""
    numbers = all(kind.name in ("int", "bool") for kind in (claim.returns, *(kind for _, kind in claim.parameters)))
    return numbers and all(map(_is_light, (program.tree, claim.requires.tree, claim.ensures.tree)))


def _is_light(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if not isinstance(node, _ARITHMETIC) or isinstance(node, (ast.Pow, ast.LShift)):
            return False
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in _CHEAP_CALLS):
            return False
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return False
    return True
