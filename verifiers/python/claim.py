"""The claim kind ``python/function/v1``: parsing and checking of its fields.

``{"kind", "signature": "def f(x: int) -> int", "requires": "x >= 0", "ensures": "result >= x",
"examples": [{"args": [1], "result": 2}], "assurance": "passed" | "proved"}``. ``requires`` may be left out (then
``True``), so may ``examples`` (none) and ``assurance`` (``passed``). Any other field is refused, so that a misspelt
``ensure`` cannot make a claim weaker unnoticed. A claim that contradicts itself is refused: each example must satisfy
``requires`` and ``ensures``, and two examples of one input must give one result.

What this module does not do: it does not ask whether the claim is vacuous or weak. Validators do.
"""

from __future__ import annotations

import ast
import json
import keyword
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from assay.verifiers.claim import Claim, canonical_json
from assay.verifiers.errors import ClaimError

from .spec import Spec, SpecError, builtin_names, holds, parse_spec
from .values import Type, Value, from_plain, same, show, type_from_annotation

KIND = "python/function/v1"
FIELDS = ("kind", "signature", "requires", "ensures", "examples", "assurance")
MAX_PARAMETERS = 8
MAX_EXAMPLES = 64


@dataclass(frozen=True)
class Example:
    """One input with the only result allowed there."""

    args: tuple[Value, ...]
    result: Value


@dataclass(frozen=True)
class FunctionClaim:
    """A parsed claim. ``parameters`` are (name, type) in order."""

    name: str
    parameters: tuple[tuple[str, Type], ...]
    returns: Type
    requires: Spec
    ensures: Spec
    examples: tuple[Example, ...]
    assurance: Literal["passed", "proved"]

    def bind(self, args: tuple[Value, ...]) -> dict[str, Value]:
        """The environment of ``requires`` for these arguments."""
        return {name: value for (name, _), value in zip(self.parameters, args, strict=True)}


def parse_claim(claim: Claim) -> FunctionClaim:
    """Raises ClaimError (field, problem, mend). The result is cached by the claim's text."""
    return _parse(canonical_json(dict(claim.body)).decode())


@lru_cache(maxsize=256)
def _parse(text: str) -> FunctionClaim:
    body: dict[str, Any] = json.loads(text)
    if body.get("kind") != KIND:
        raise ClaimError("kind", f"is {body.get('kind')!r}", f'use "{KIND}"')
    for field in body:
        if field not in FIELDS:
            raise ClaimError(field, "is not a field of this kind", f"use only {', '.join(FIELDS)}")
    for field in ("signature", "ensures"):
        if field not in body:
            raise ClaimError(field, "is missing", "add it")
    name, parameters, returns = parse_signature(body["signature"])
    names = [parameter for parameter, _ in parameters]
    requires = parse_spec(body.get("requires", "True"), names, "requires")
    ensures = parse_spec(body["ensures"], [*names, "result"], "ensures")
    assurance = body.get("assurance", "passed")
    if assurance not in ("passed", "proved"):
        raise ClaimError("assurance", f"is {assurance!r}", 'use "passed" or "proved"')
    listed = body.get("examples", [])
    if not isinstance(listed, list) or len(listed) > MAX_EXAMPLES:
        raise ClaimError("examples", f"is not a list of at most {MAX_EXAMPLES}", 'use [{"args": [...], "result": ...}]')
    parsed = FunctionClaim(name, parameters, returns, requires, ensures, (), assurance)
    examples = tuple(_example(item, f"examples[{i}]", parsed) for i, item in enumerate(listed))
    _check_agreement(examples)
    return FunctionClaim(name, parameters, returns, requires, ensures, examples, assurance)


def _check_agreement(examples: tuple[Example, ...]) -> None:
    for place, example in enumerate(examples):
        for earlier in examples[:place]:
            if same(example.args, earlier.args) and not same(example.result, earlier.result):
                raise ClaimError(
                    f"examples[{place}]", "gives another result than an earlier one", "correct one of them"
                )


def parse_signature(text: object) -> tuple[str, tuple[tuple[str, Type], ...], Type]:
    """``def f(x: int) -> int`` as (name, parameters, return type). Raises ClaimError."""
    mend = 'write it like "def f(x: int, ys: list[int]) -> int"'
    if not isinstance(text, str) or len(text) > 1000 or "\n" in text or "#" in text:
        raise ClaimError("signature", "is not one line of text", mend)
    try:
        body = ast.parse(text.strip().removesuffix(":") + ": pass").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ClaimError("signature", "is not a Python function header", mend) from None
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef) or not isinstance(body[0].body[0], ast.Pass):
        raise ClaimError("signature", "is not one function header", mend)
    function = body[0]
    arguments = function.args
    if arguments.posonlyargs or arguments.kwonlyargs or arguments.vararg or arguments.kwarg or arguments.defaults:
        raise ClaimError("signature", "has parameters that are not plain", "use plain parameters without defaults")
    if len(arguments.args) > MAX_PARAMETERS:
        raise ClaimError("signature", f"has more than {MAX_PARAMETERS} parameters", "pass a tuple or a list")
    _check_name(function.name, "function")
    parameters = []
    for argument in arguments.args:
        _check_name(argument.arg, "parameter")
        parameters.append((argument.arg, _type(argument.annotation, f"parameter {argument.arg!r}")))
    if len({name for name, _ in parameters} | {function.name}) != len(parameters) + 1:
        raise ClaimError("signature", "uses a name twice", "choose different names")
    return function.name, tuple(parameters), _type(function.returns, "the result")


def _check_name(name: str, what: str) -> None:
    if not name.isascii() or name.startswith("_") or name == "result" or keyword.issoftkeyword(name):
        raise ClaimError("signature", f"has the {what} name {name!r}", "use a plain ASCII name other than result")
    if name in builtin_names():
        raise ClaimError("signature", f"has the {what} name {name!r}, which hides a built-in", "choose another name")


def _type(annotation: ast.expr | None, what: str) -> Type:
    try:
        return type_from_annotation(annotation)
    except ValueError as error:
        raise ClaimError("signature", f"has no usable type for {what}", str(error)) from None


def _example(item: Any, where: str, claim: FunctionClaim) -> Example:
    if not isinstance(item, dict) or set(item) != {"args", "result"} or not isinstance(item["args"], list):
        raise ClaimError(where, "is not an example", 'use {"args": [...], "result": ...}')
    if len(item["args"]) != len(claim.parameters):
        raise ClaimError(where, f"has {len(item['args'])} arguments", f"give {len(claim.parameters)}")
    try:
        args = tuple(from_plain(arg, kind) for arg, (_, kind) in zip(item["args"], claim.parameters, strict=True))
        result = from_plain(item["result"], claim.returns)
    except ValueError as error:
        raise ClaimError(where, "has a value of the wrong type", str(error)) from None
    for field, spec, env in (
        ("requires", claim.requires, claim.bind(args)),
        ("ensures", claim.ensures, claim.bind(args) | {"result": result}),
    ):
        try:
            agreed = holds(spec, env)
        except SpecError as error:
            raise ClaimError(field, f"has no value on {where} ({error})", "guard it or simplify it") from None
        if not agreed:
            raise ClaimError(where, f"contradicts {field} ({show(spec.text, 80)})", "correct one of the two")
    return Example(args, result)
