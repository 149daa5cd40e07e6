"""From the syntax tree of a specification to closures; the allow-list of the language is this file's dispatch table.

Each syntax node becomes one function ``(environment, meter) -> value`` that first pays a step. A node without an entry
in the table is not in the language, so nothing can be admitted by oversight.
"""

from __future__ import annotations

import ast
import inspect
import operator
from collections.abc import Callable, Iterator
from typing import Any

from .bounded import BINARY, COMPARE, MAX_BITS, iterate, subscript, weigh
from .builtin_calls import BUILTINS, KEYWORDS
from .meter import Meter, SpecRaised

Env = dict[str, Any]
Code = Callable[[Env, Meter], Any]

MAX_DEPTH = 40

_UNARY: dict[str, Callable[[int], int]] = {"USub": operator.neg, "UAdd": operator.pos, "Invert": operator.invert}


class NotInLanguage(Exception):
    """A construct that specifications do not have."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}: {mend}")
        self.what, self.mend = what, mend


def compile_expression(tree: ast.expr, names: frozenset[str]) -> Code:
    """The closure for ``tree`` over the given names. Raises NotInLanguage."""
    return _code(tree, names, 0)


def _code(node: ast.expr, scope: frozenset[str], depth: int) -> Code:
    if depth > MAX_DEPTH:
        raise NotInLanguage(f"more than {MAX_DEPTH} levels of nesting", "state it more simply")
    make = _NODES.get(type(node).__name__)
    if make is None:
        raise NotInLanguage(f"{type(node).__name__} ({ast.unparse(node)[:40]!r})", "use the expression language")
    return make(node, scope, depth + 1)


def _constant(node: ast.Constant, scope: frozenset[str], depth: int) -> Code:
    value = node.value
    if type(value) not in (int, bool, str) or (type(value) is int and value.bit_length() > MAX_BITS):
        raise NotInLanguage(f"the literal {str(value)[:40]!r}", "use integers, booleans and text")
    return lambda env, meter: value


def _name(node: ast.Name, scope: frozenset[str], depth: int) -> Code:
    name = node.id
    if name not in scope:
        if name in BUILTINS:
            raise NotInLanguage(f"the built-in {name!r} as a value", "call it")
        raise NotInLanguage(f"the unknown name {name!r}", f"use {', '.join(sorted(scope)) or 'literals'}")

    def run(env: Env, meter: Meter) -> Any:
        meter.tick()
        return env[name]

    return run


def _bool_op(node: ast.BoolOp, scope: frozenset[str], depth: int) -> Code:
    parts = [_code(part, scope, depth) for part in node.values]
    stop_at = isinstance(node.op, ast.Or)

    def run(env: Env, meter: Meter) -> Any:
        value: Any = None
        for part in parts:
            value = part(env, meter)
            if bool(value) is stop_at:
                return value
        return value

    return run


def _bin_op(node: ast.BinOp, scope: frozenset[str], depth: int) -> Code:
    name = type(node.op).__name__
    if name not in BINARY:
        mend = "use // (there are no floats)" if name == "Div" else "use + - * // % ** and bit operations"
        raise NotInLanguage(f"the operator {name}", mend)
    act, left, right = BINARY[name], _code(node.left, scope, depth), _code(node.right, scope, depth)

    def run(env: Env, meter: Meter) -> Any:
        meter.tick()
        return act(left(env, meter), right(env, meter), meter)

    return run


def _unary_op(node: ast.UnaryOp, scope: frozenset[str], depth: int) -> Code:
    operand = _code(node.operand, scope, depth)
    if isinstance(node.op, ast.Not):
        return lambda env, meter: not operand(env, meter)
    act = _UNARY[type(node.op).__name__]

    def run(env: Env, meter: Meter) -> Any:
        meter.tick()
        value = operand(env, meter)
        if type(value) not in (int, bool):
            raise SpecRaised(f"TypeError: unary operator on {type(value).__name__}")
        return act(value)

    return run


def _if_exp(node: ast.IfExp, scope: frozenset[str], depth: int) -> Code:
    test, then, other = (_code(part, scope, depth) for part in (node.test, node.body, node.orelse))
    return lambda env, meter: then(env, meter) if test(env, meter) else other(env, meter)


def _compare(node: ast.Compare, scope: frozenset[str], depth: int) -> Code:
    first = _code(node.left, scope, depth)
    rest = []
    for op, comparator in zip(node.ops, node.comparators, strict=True):
        name = type(op).__name__
        if name not in COMPARE:
            raise NotInLanguage(f"the comparison {name}", "use == != < <= > >= in, not in")
        rest.append((COMPARE[name], _code(comparator, scope, depth)))

    def run(env: Env, meter: Meter) -> bool:
        left = first(env, meter)
        for act, code in rest:
            meter.tick()
            right = code(env, meter)
            if not act(left, right, meter):
                return False
            left = right
        return True

    return run


def _display(node: ast.List | ast.Tuple | ast.Set, scope: frozenset[str], depth: int) -> Code:
    parts = [_code(part, scope, depth) for part in node.elts]
    build: Callable[[list[Any], Meter], Any] = {
        ast.List: lambda items, meter: items,
        ast.Tuple: lambda items, meter: tuple(items),
        ast.Set: _to_set,
    }[type(node)]

    def run(env: Env, meter: Meter) -> Any:
        meter.tick(1 + len(parts))
        return build([part(env, meter) for part in parts], meter)

    return run


def _to_set(items: list[Any], meter: Meter) -> set[Any]:
    weigh(items, meter)
    try:
        return set(items)
    except TypeError as error:
        raise SpecRaised(f"TypeError: {error}") from None


def _subscript(node: ast.Subscript, scope: frozenset[str], depth: int) -> Code:
    value = _code(node.value, scope, depth)
    if isinstance(node.slice, ast.Slice):
        bounds = (node.slice.lower, node.slice.upper, node.slice.step)
        parts = [None if bound is None else _code(bound, scope, depth) for bound in bounds]

        def run_slice(env: Env, meter: Meter) -> Any:
            meter.tick()
            return subscript(value(env, meter), slice(*(p and p(env, meter) for p in parts)), meter)

        return run_slice
    index = _code(node.slice, scope, depth)

    def run_index(env: Env, meter: Meter) -> Any:
        meter.tick()
        return subscript(value(env, meter), index(env, meter), meter)

    return run_index


def _call(node: ast.Call, scope: frozenset[str], depth: int) -> Code:
    if not isinstance(node.func, ast.Name) or node.func.id not in BUILTINS or node.func.id in scope:
        mend = "call only " + " ".join(sorted(BUILTINS))
        raise NotInLanguage(f"the call of {ast.unparse(node.func)[:40]!r}", mend)
    name = node.func.id
    act = BUILTINS[name]
    arguments = [_code(argument, scope, depth) for argument in node.args]
    keywords: dict[str, Code] = {}
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg not in KEYWORDS.get(name, ()):
            raise NotInLanguage(f"the keyword {keyword.arg!r} of {name}", "leave it out")
        keywords[keyword.arg] = _code(keyword.value, scope, depth)
    try:
        inspect.signature(act).bind(None, *arguments, **keywords)
    except TypeError as error:
        raise NotInLanguage(f"{name} with {len(arguments)} arguments ({error})", "call it as in Python") from None

    def run(env: Env, meter: Meter) -> Any:
        meter.tick()
        values = [argument(env, meter) for argument in arguments]
        return act(meter, *values, **{key: code(env, meter) for key, code in keywords.items()})

    return run


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: frozenset[str], depth: int) -> Code:
    clauses = []
    for generator in node.generators:
        source = _code(generator.iter, scope, depth)
        scope = scope | _targets(generator.target, scope)
        tests = [_code(test, scope, depth) for test in generator.ifs]
        clauses.append((generator.target, source, tests))
    element = _code(node.elt, scope, depth)

    def walk(env: Env, meter: Meter, level: int) -> Iterator[Any]:
        if level == len(clauses):
            yield element(env, meter)
            return
        target, source, tests = clauses[level]
        for item in iterate(source(env, meter), meter):
            _bind(target, item, env, meter)
            if all(test(env, meter) for test in tests):
                yield from walk(env, meter, level + 1)

    collect = {ast.ListComp: "list", ast.SetComp: "set"}.get(type(node))
    if collect is None:
        return lambda env, meter: walk(dict(env), meter, 0)
    act = BUILTINS[collect]
    return lambda env, meter: act(meter, walk(dict(env), meter, 0))


def _targets(target: ast.expr, scope: frozenset[str]) -> frozenset[str]:
    if isinstance(target, ast.Name):
        if target.id in scope or target.id in BUILTINS or target.id.startswith("__"):
            raise NotInLanguage(f"the comprehension variable {target.id!r} again", "choose a fresh name")
        return frozenset({target.id})
    if isinstance(target, (ast.Tuple, ast.List)) and target.elts:
        found: frozenset[str] = frozenset()
        for part in target.elts:
            found |= _targets(part, scope | found)
        return found
    raise NotInLanguage(f"the target {ast.unparse(target)[:40]!r}", "bind names or tuples of names")


def _bind(target: ast.expr, item: Any, env: Env, meter: Meter) -> None:
    if isinstance(target, ast.Name):
        env[target.id] = item
        return
    parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else []
    items = list(iterate(item, meter))
    if len(items) != len(parts):
        raise SpecRaised(f"ValueError: {len(items)} values for {len(parts)} names")
    for part, value in zip(parts, items, strict=True):
        _bind(part, value, env, meter)


_NODES: dict[str, Callable[[Any, frozenset[str], int], Code]] = {
    "Constant": _constant,
    "Name": _name,
    "BoolOp": _bool_op,
    "BinOp": _bin_op,
    "UnaryOp": _unary_op,
    "IfExp": _if_exp,
    "Compare": _compare,
    "List": _display,
    "Tuple": _display,
    "Set": _display,
    "Subscript": _subscript,
    "Call": _call,
    "ListComp": _comprehension,
    "SetComp": _comprehension,
    "GeneratorExp": _comprehension,
}
