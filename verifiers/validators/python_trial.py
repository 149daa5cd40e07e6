"""What validators of ``python/function/v1`` try: a sample of inputs, and results that no one worked out.

Everything here runs in the trusted process: the results are constants of ours, so the specification alone is exercised
and no candidate is. The sample is fixed by the claim's id, so that an audit finds what the run found.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from assay.verifiers.claim import Claim
from assay.verifiers.python.claim import FunctionClaim, parse_claim
from assay.verifiers.python.inputs import Args, choose_inputs
from assay.verifiers.python.language import Program
from assay.verifiers.python.oracle import judge_reply
from assay.verifiers.python.session import Reply
from assay.verifiers.python.values import Type, Value

from .per_claim import PerClaim

SAMPLE = 30
_NO_PROGRAM = Program("", ast.Module(body=[], type_ignores=[]))


@dataclass(frozen=True)
class Trial:
    """A parsed claim with inputs to try results on."""

    claim: FunctionClaim
    inputs: tuple[Args, ...]

    def accepts(self, args: Args, result: Value) -> bool:
        """Whether the claim takes ``result`` for right on this input: type, examples and ``ensures``."""
        return judge_reply(self.claim, args, Reply("value", result)) is None

    def accepts_function(self, function: Callable[[Args], Value]) -> bool:
        """The same on every input."""
        return bool(self.inputs) and all(self.accepts(args, function(args)) for args in self.inputs)


_trials: PerClaim[Trial] = PerClaim()


def trial_of(claim: Claim) -> Trial:
    """Raises ClaimError."""
    parsed = parse_claim(claim)
    seed = int(claim.id[:12], 16)
    return _trials.get(claim, lambda: Trial(parsed, choose_inputs(parsed, _NO_PROGRAM, seed, SAMPLE).calls))


def simple_functions(claim: Claim) -> dict[str, Callable[[Args], Value]]:
    """Constants and projections of the claim's result type: source text -> what it computes. Raises ClaimError."""
    parsed = parse_claim(claim)
    header = str(claim.body["signature"]).strip().removesuffix(":")
    functions: dict[str, Callable[[Args], Value]] = {}
    for value in _simple_values(parsed.returns):
        functions[f"{header}: return {value!r}"] = partial(_constant, value)
    for place, (name, kind) in enumerate(parsed.parameters):
        if kind == parsed.returns:
            functions[f"{header}: return {name}"] = itemgetter(place)
    return functions


def _constant(value: Value, args: Args) -> Value:
    return value


def _simple_values(kind: Type) -> list[Value]:
    """The values of a type that come to mind first: 0, 1, -1, "", False, [], ..."""
    simple: dict[str, list[Value]] = {"int": [0, 1, -1], "bool": [False, True], "str": ["", "a"], "list": [[]]}
    if kind.name in simple:
        return simple[kind.name]
    if kind.variadic:
        return [()]
    return [tuple(_simple_values(item)[place % 2] for item in kind.items) for place in (0, 1)]


def random_value(kind: Type, rng: random.Random) -> Value:
    """Any value of a type, of ordinary size."""
    if kind.name == "int":
        return rng.choice((rng.randint(-9, 9), rng.randint(-10_000, 10_000)))
    if kind.name == "bool":
        return rng.random() < 0.5
    if kind.name == "str":
        return "".join(rng.choice("abcxyz 019") for _ in range(rng.randint(0, 8)))
    if kind.name == "list" or kind.variadic:
        items = [random_value(kind.items[0], rng) for _ in range(rng.randint(0, 6))]
        return items if kind.name == "list" else tuple(items)
    return tuple(random_value(item, rng) for item in kind.items)
