"""The language of answers: a pure subset of Python, checked on the syntax tree before anything runs.

A module of functions (and immutable constants) made of assignments, ``if``/``while``/``for``, comprehensions, lambdas,
``assert``, ``raise`` of an ordinary exception, arithmetic without floats, pure built-ins, and the methods of str, list,
dict and set named below. Everything else is refused: imports, classes, ``try`` (it could swallow the runner's limits),
``with``, ``global``/``nonlocal``, generators, decorators, attributes other than method calls, names with two leading
underscores. Default values and module constants must be immutable, so a function of the language cannot keep state
between calls; the box still tests for that.

This is the first of two walls. The second is that the source only ever runs in a box, under the runner's own table of
built-ins. No verdict of acceptance depends on this wall alone.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from assay.verifiers.verdict import Status

from .refusals import DYNAMIC, severity, status_of, words
from .values import MAX_INT_BITS

MAX_SOURCE = 16_384
MAX_NODES = 4_000
MAX_DEPTH = 60

EXCEPTIONS = frozenset(
    words("""
    ArithmeticError AssertionError Exception IndexError KeyError LookupError NotImplementedError OverflowError
    RuntimeError TypeError ValueError ZeroDivisionError""")
)
BUILTINS = EXCEPTIONS | frozenset(
    words("""
    abs all any bin bool chr dict divmod enumerate filter frozenset hex int isinstance len list map max min ord pow
    range repr reversed round set sorted str sum tuple zip""")
)
TEXT_METHODS = frozenset(
    words("""
    capitalize center count endswith find index isalnum isalpha isascii isdecimal isdigit islower isspace istitle
    isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit
    rstrip split splitlines startswith strip swapcase title upper zfill""")
)
CONTAINER_METHODS = frozenset(
    words("""
    append clear copy extend insert pop remove reverse sort count index fromkeys get items keys popitem setdefault
    update values add difference discard intersection isdisjoint issubset issuperset symmetric_difference union""")
)
METHODS = TEXT_METHODS | CONTAINER_METHODS | {"bit_length"}

_STATEMENTS = (
    ast.FunctionDef, ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While, ast.If, ast.Raise,
    ast.Assert, ast.Pass, ast.Break, ast.Continue, ast.Expr, ast.Delete,
)  # fmt: skip
_EXPRESSIONS = (
    ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Compare, ast.Call, ast.FormattedValue, ast.JoinedStr, ast.Constant,
    ast.Attribute, ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple, ast.Slice,
)  # fmt: skip
_PARTS = (
    ast.Module, ast.arguments, ast.arg, ast.keyword, ast.comprehension, ast.expr_context, ast.boolop, ast.operator,
    ast.unaryop, ast.cmpop,
)  # fmt: skip
_ALLOWED = _STATEMENTS + _EXPRESSIONS + _PARTS


@dataclass(frozen=True)
class Program:
    """An answer within the language."""

    source: str
    tree: ast.Module


@dataclass(frozen=True)
class Refusal:
    """An answer outside the language, and the status that this earns."""

    status: Status
    reason: str


def read_answer(source: object, name: str, arity: int) -> Program | Refusal:
    """The program that ``source`` is, if it defines function ``name`` with ``arity`` parameters. Never raises."""
    if not isinstance(source, str):
        return Refusal("refuted", f"the answer is a {type(source).__name__}, not Python source text")
    if len(source) > MAX_SOURCE:
        return Refusal("refuted", f"the answer is longer than {MAX_SOURCE} characters")
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        problem = getattr(error, "msg", None) or str(error) or type(error).__name__
        return Refusal("refuted", f"the answer is not Python: {problem[:120]}")
    size, depth = _measure(tree)
    if size > MAX_NODES or depth > MAX_DEPTH:
        return Refusal(
            "refuted", f"the answer has {size} syntax nodes, {depth} deep; {MAX_NODES}, {MAX_DEPTH} are allowed"
        )
    return _Findings(tree).refusal() or _defines(tree, name, arity) or Program(source, tree)


def _measure(tree: ast.AST) -> tuple[int, int]:
    size, depth = 0, 0
    stack = [(tree, 0)]
    while stack:
        node, level = stack.pop()
        size, depth = size + 1, max(depth, level)
        stack.extend((child, level + 1) for child in ast.iter_child_nodes(node))
    return size, depth


def _defines(tree: ast.Module, name: str, arity: int) -> Refusal | None:
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    if not functions:
        return Refusal("refuted", f"the answer does not define {name}")
    arguments = functions[-1].args
    most = len(arguments.posonlyargs) + len(arguments.args)
    least = most - len(arguments.defaults)
    needs_keyword = any(default is None for default in arguments.kw_defaults)
    if needs_keyword or arity < least or (arity > most and arguments.vararg is None):
        return Refusal("refuted", f"{name} does not take {arity} arguments")
    return None


class _Findings:
    """Walks the tree once and collects every refused construct, as a one-line reason and the names involved."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: list[tuple[str, tuple[str, ...]]] = []
        nodes = list(ast.walk(tree))
        self._called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
        self._bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        self._bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        self._bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        for statement in tree.body:
            self._top_level(statement)
        for node in nodes:
            check = getattr(self, f"_check_{type(node).__name__}", None)
            if check is not None:
                check(node)
            if not isinstance(node, _ALLOWED):
                self._refuse(node, f"{type(node).__name__} is not in the language")
        if any(name in DYNAMIC for _, names in self.found for name in names):
            for node in nodes:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    self._refuse(node, "a text is read as a name", *words(node.value))

    def refusal(self) -> Refusal | None:
        """The gravest status, with the first reason for it; None if nothing was found."""
        graded = [Refusal(status_of(names), reason) for reason, names in self.found]
        return max(graded, key=lambda refusal: severity(refusal.status), default=None)

    def _refuse(self, node: ast.AST, reason: str, *names: str) -> None:
        self.found.append((f"line {getattr(node, 'lineno', 1)}: {reason}", names))

    def _top_level(self, node: ast.stmt) -> None:
        if isinstance(node, (ast.FunctionDef, ast.Pass)) or not isinstance(node, _ALLOWED):
            return  # what is not in the language at all is refused by the walk below, with a better reason
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        constant = isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and _immutable(node.value)
        if not constant or not all(isinstance(target, ast.Name) for target in targets):
            self._refuse(node, "outside functions only constants may be assigned (immutable: no state between calls)")

    def _check_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._refuse(node, f"import of {alias.name}", *alias.name.split("."))

    def _check_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._refuse(node, f"import of {alias.name}", *(node.module or "").split("."), alias.name)

    def _check_ClassDef(self, node: ast.ClassDef) -> None:
        self._refuse(node, "classes are not in the language", node.name)

    def _check_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._identifier(node, node.name)
        self._annotation(node.returns)
        if node.decorator_list:
            self._refuse(node, "decorators are not in the language")

    def _check_arguments(self, node: ast.arguments) -> None:
        defaults = [default for default in (*node.defaults, *node.kw_defaults) if default is not None]
        for default in defaults:
            if not _immutable(default):
                self._refuse(default, "a default value must be an immutable constant (no state between calls)")

    def _check_arg(self, node: ast.arg) -> None:
        self._identifier(node, node.arg)
        self._annotation(node.annotation)

    def _check_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._annotation(node.annotation)

    def _annotation(self, node: ast.expr | None) -> None:
        # An annotation is run when the function is defined: `def f(x: (seen := []))` would make module state.
        for part in ast.walk(node) if node is not None else ():
            if not isinstance(part, (ast.Name, ast.Subscript, ast.Tuple, ast.Constant, ast.BinOp, *_PARTS)):
                self._refuse(part, "an annotation must be a plain type")

    def _check_Name(self, node: ast.Name) -> None:
        self._identifier(node, node.id)
        if isinstance(node.ctx, ast.Load) and node.id not in BUILTINS and node.id not in self._bound:
            self._refuse(node, f"the name {node.id!r} is not in the language", node.id)

    def _check_Attribute(self, node: ast.Attribute) -> None:
        if id(node) not in self._called or node.attr not in METHODS:
            self._refuse(node, f"the attribute {node.attr!r} is not in the language", node.attr)

    def _check_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if type(value) not in (int, bool, str, type(None)):
            self._refuse(node, f"a literal of type {type(value).__name__} is not in the language (no floats)")
        elif type(value) is int and value.bit_length() > MAX_INT_BITS:
            self._refuse(node, f"an integer literal of more than {MAX_INT_BITS} bits")

    def _check_BinOp(self, node: ast.BinOp | ast.AugAssign) -> None:
        if isinstance(node.op, (ast.Div, ast.MatMult)):
            self._refuse(node, "the operator / makes floats, which are not in the language; use //")

    _check_AugAssign = _check_BinOp

    def _check_FormattedValue(self, node: ast.FormattedValue) -> None:
        if node.format_spec is not None:
            self._refuse(node, "format specifications are not in the language")

    def _check_Raise(self, node: ast.Raise) -> None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        if node.cause is not None or not isinstance(raised, ast.Name) or raised.id not in EXCEPTIONS:
            self._refuse(node, "raise takes an ordinary built-in exception")

    def _check_comprehension(self, node: ast.comprehension) -> None:
        if node.is_async:
            self._refuse(node.target, "asynchronous code is not in the language")

    def _identifier(self, node: ast.AST, name: str) -> None:
        if name.startswith("__") or not name.isascii():
            self._refuse(node, f"the name {name!r} is not in the language", name)


def _immutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Tuple):
        return all(map(_immutable, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _immutable(node.operand)
    if isinstance(node, ast.BinOp):
        return _immutable(node.left) and _immutable(node.right)
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
