"""The evidence of a test verdict: the inputs that were tried and what they were drawn from, as bytes and back.

``inputs`` is a JSON array of argument lists in wire form, the counterexample first if there is one; ``sample`` is
``{"seed", "examples"}``; ``finding`` is the reason in words, for people only. Stored evidence is read as strictly as an
answer: it may have been edited.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from assay.verifiers.verdict import Evidence

from .claim import FunctionClaim
from .spec import SpecError, holds
from .values import Value, conforms, decode, encode

MAX_STORED = 20_000

Args = tuple[Value, ...]


@dataclass(frozen=True)
class Sample:
    """What fixes the inputs of a verdict: a seed, a number of random examples, and inputs to be tried in any case."""

    seed: int
    examples: int
    inputs: tuple[Args, ...]


def pack(sample: Sample, reason: str) -> dict[str, bytes]:
    """The evidence of a verdict; ``reason`` is empty for an acceptance."""
    inputs = [[encode(arg) for arg in args] for args in sample.inputs]
    evidence = {"inputs": _json(inputs), "sample": _json({"seed": sample.seed, "examples": sample.examples})}
    return evidence | ({"finding": reason.encode(errors="backslashreplace")} if reason else {})


def unpack(evidence: Evidence, claim: FunctionClaim) -> Sample:
    """Inverse of ``pack``. Raises ValueError if the evidence is missing, malformed or does not fit the claim."""
    try:
        inputs = json.loads(evidence["inputs"])
        sample = json.loads(evidence["sample"])
        seed, examples = sample["seed"], sample["examples"]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"inputs or sample are missing or malformed ({type(error).__name__})") from None
    if type(seed) is not int or type(examples) is not int or not 0 <= examples <= MAX_STORED:
        raise ValueError("seed or examples is not a sensible number")
    if type(inputs) is not list or len(inputs) > MAX_STORED:
        raise ValueError("inputs is not a list of sensible length")
    return Sample(seed, examples, tuple(_args(item, claim) for item in inputs))


def _args(item: object, claim: FunctionClaim) -> Args:
    if type(item) is not list or len(item) != len(claim.parameters):
        raise ValueError("an input has the wrong number of arguments")
    args = tuple(decode(wire) for wire in item)
    if not all(conforms(arg, kind) for arg, (_, kind) in zip(args, claim.parameters, strict=True)):
        raise ValueError("an input has an argument of the wrong type")
    try:
        admitted = holds(claim.requires, claim.bind(args))
    except SpecError:
        admitted = False
    if not admitted:
        raise ValueError("an input does not satisfy requires")
    return args


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
