"""Kernel terms, hash-consed: structurally equal terms are the same Python object, so ``is`` is syntactic equality.

Binder names, binder kinds and metadata are dropped on the way in (they mean nothing to a kernel), therefore ``is`` is
also alpha-equivalence. Bound variables are de Bruijn indices; a ``Local`` is a free variable that carries its type.
The representation is the locally nameless one of McBride and McKinna, "I am not a number: I am a free variable" (2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from .level import Level
from .names import Name, show

Levels = tuple[Level, ...]


class Term:
    """Base of the ten forms. ``loose``: one more than the largest dangling bound-variable index (0: closed)."""

    __slots__ = ("has_local", "has_param", "loose")
    loose: int
    has_local: bool
    has_param: bool

    def __repr__(self) -> str:
        return show_term(self)


@final
class Var(Term):
    """A bound variable."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index, self.loose, self.has_local, self.has_param = index, index + 1, False, False


@final
class Local(Term):
    """A free variable with its type. Made by a checker when it goes under a binder; compared by identity."""

    __slots__ = ("serial", "type")

    def __init__(self, type_: Term, serial: int) -> None:
        self.type, self.serial, self.loose, self.has_local, self.has_param = type_, serial, 0, True, type_.has_param


@final
class Sort(Term):
    __slots__ = ("level",)

    def __init__(self, level: Level) -> None:
        self.level, self.loose, self.has_local, self.has_param = level, 0, False, level.has_param


@final
class Const(Term):
    __slots__ = ("levels", "name")

    def __init__(self, name: Name, levels: Levels) -> None:
        self.name, self.levels, self.loose, self.has_local = name, levels, 0, False
        self.has_param = any(level.has_param for level in levels)


@final
class App(Term):
    __slots__ = ("arg", "fn")

    def __init__(self, fn: Term, arg: Term) -> None:
        self.fn, self.arg = fn, arg
        self.loose = fn.loose if fn.loose > arg.loose else arg.loose
        self.has_local = fn.has_local or arg.has_local
        self.has_param = fn.has_param or arg.has_param


class Binder(Term):
    """``Lam`` or ``Pi``: a binder's type and the body under it."""

    __slots__ = ("body", "type")

    def __init__(self, type_: Term, body: Term) -> None:
        self.type, self.body = type_, body
        self.loose = max(type_.loose, body.loose - 1, 0)
        self.has_local = type_.has_local or body.has_local
        self.has_param = type_.has_param or body.has_param


@final
class Lam(Binder):
    __slots__ = ()


@final
class Pi(Binder):
    __slots__ = ()


@final
class Let(Term):
    __slots__ = ("body", "type", "value")

    def __init__(self, type_: Term, value: Term, body: Term) -> None:
        self.type, self.value, self.body = type_, value, body
        self.loose = max(type_.loose, value.loose, body.loose - 1, 0)
        self.has_local = type_.has_local or value.has_local or body.has_local
        self.has_param = type_.has_param or value.has_param or body.has_param


@final
class Lit(Term):
    """A natural number or a string literal."""

    __slots__ = ("value",)

    def __init__(self, value: int | str) -> None:
        self.value, self.loose, self.has_local, self.has_param = value, 0, False, False


@final
class Proj(Term):
    """Field ``index`` of ``value``, whose type is the structure named ``structure``."""

    __slots__ = ("index", "structure", "value")

    def __init__(self, structure: Name, index: int, value: Term) -> None:
        self.structure, self.index, self.value = structure, index, value
        self.loose, self.has_local, self.has_param = value.loose, value.has_local, value.has_param


_vars: dict[int, Var] = {}
_sorts: dict[Level, Sort] = {}
_consts: dict[tuple[Name, Levels], Const] = {}
_apps: dict[tuple[Term, Term], App] = {}
_lams: dict[tuple[Term, Term], Lam] = {}
_pis: dict[tuple[Term, Term], Pi] = {}
_lets: dict[tuple[Term, Term, Term], Let] = {}
_lits: dict[tuple[type, int | str], Lit] = {}
_projs: dict[tuple[Name, int, Term], Proj] = {}


def var(index: int) -> Term:
    found = _vars.get(index)
    if found is None:
        found = _vars[index] = Var(index)
    return found


def sort(level: Level) -> Term:
    found = _sorts.get(level)
    if found is None:
        found = _sorts[level] = Sort(level)
    return found


def const(name: Name, levels: Levels = ()) -> Term:
    found = _consts.get((name, levels))
    if found is None:
        found = _consts[name, levels] = Const(name, levels)
    return found


def app(fn: Term, arg: Term) -> Term:
    key = (fn, arg)
    found = _apps.get(key)
    if found is None:
        found = _apps[key] = App(fn, arg)
    return found


def lam(type_: Term, body: Term) -> Term:
    key = (type_, body)
    found = _lams.get(key)
    if found is None:
        found = _lams[key] = Lam(type_, body)
    return found


def pi(type_: Term, body: Term) -> Term:
    key = (type_, body)
    found = _pis.get(key)
    if found is None:
        found = _pis[key] = Pi(type_, body)
    return found


def let(type_: Term, value: Term, body: Term) -> Term:
    key = (type_, value, body)
    found = _lets.get(key)
    if found is None:
        found = _lets[key] = Let(type_, value, body)
    return found


def lit(value: int | str) -> Term:
    key = (type(value), value)
    found = _lits.get(key)
    if found is None:
        found = _lits[key] = Lit(value)
    return found


def proj(structure: Name, index: int, value: Term) -> Term:
    key = (structure, index, value)
    found = _projs.get(key)
    if found is None:
        found = _projs[key] = Proj(structure, index, value)
    return found


def apply(fn: Term, args: Sequence[Term]) -> Term:
    """``fn a1 ... an``."""
    for arg in args:
        fn = app(fn, arg)
    return fn


def spine(term: Term) -> tuple[Term, list[Term]]:
    """The head of an application and its arguments in order."""
    args: list[Term] = []
    while isinstance(term, App):
        args.append(term.arg)
        term = term.fn
    args.reverse()
    return term, args


def head(term: Term) -> Term:
    while isinstance(term, App):
        term = term.fn
    return term


def children(term: Term) -> tuple[Term, ...]:
    """Direct subterms (a ``Local``'s type is not one)."""
    if isinstance(term, App):
        return term.fn, term.arg
    if isinstance(term, Binder):
        return term.type, term.body
    if isinstance(term, Let):
        return term.type, term.value, term.body
    if isinstance(term, Proj):
        return (term.value,)
    return ()


def subterms(*roots: Term) -> set[Term]:
    """Every distinct subterm of ``roots``, themselves included. Iterative: depth is no limit."""
    seen: set[Term] = set()
    stack = list(roots)
    while stack:
        term = stack.pop()
        if term not in seen:
            seen.add(term)
            stack.extend(children(term))
    return seen


def show_term(term: Term, depth: int = 0) -> str:
    """For people: cut off below ten levels."""
    if depth > 10:
        return "…"
    deeper = depth + 1
    if isinstance(term, Var):
        return f"#{term.index}"
    if isinstance(term, Local):
        return f"%{term.serial}"
    if isinstance(term, Sort):
        return "Sort"
    if isinstance(term, Const):
        return show(term.name)
    if isinstance(term, Lit):
        return repr(term.value)
    if isinstance(term, App):
        fn, args = spine(term)
        return "(" + " ".join(show_term(part, deeper) for part in (fn, *args)) + ")"
    if isinstance(term, Binder):
        word = "fun" if isinstance(term, Lam) else "Pi"
        return f"({word} {show_term(term.type, deeper)}, {show_term(term.body, deeper)})"
    if isinstance(term, Let):
        return f"(let {show_term(term.value, deeper)}; {show_term(term.body, deeper)})"
    assert isinstance(term, Proj)
    return f"{show_term(term.value, deeper)}.{term.index}"
