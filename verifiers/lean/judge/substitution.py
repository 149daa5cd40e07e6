"""Substitution on terms: bound variables by terms, free variables by bound ones, level parameters by levels.

Every function is memoised per call on shared subterms: a term is a graph, and walking it as a tree can take for ever.
"""

from __future__ import annotations

from collections.abc import Sequence

from .level import Level, simplify, substitute
from .names import Name
from .term import (
    App,
    Const,
    Lam,
    Let,
    Levels,
    Local,
    Pi,
    Proj,
    Sort,
    Term,
    Var,
    app,
    const,
    lam,
    let,
    pi,
    proj,
    sort,
    var,
)


def instantiate(term: Term, values: Sequence[Term]) -> Term:
    """Replace the loose variables 0..n-1 by the *closed* terms ``values``, the last value for index 0."""
    if not term.loose or not values:
        return term
    count = len(values)
    memo: dict[tuple[Term, int], Term] = {}

    def go(term: Term, depth: int) -> Term:
        if term.loose <= depth:
            return term
        if isinstance(term, Var):
            index = term.index - depth
            return values[count - 1 - index] if index < count else var(term.index - count)
        key = (term, depth)
        result = memo.get(key)
        if result is None:
            if isinstance(term, App):
                result = app(go(term.fn, depth), go(term.arg, depth))
            elif isinstance(term, Lam):
                result = lam(go(term.type, depth), go(term.body, depth + 1))
            elif isinstance(term, Pi):
                result = pi(go(term.type, depth), go(term.body, depth + 1))
            elif isinstance(term, Let):
                result = let(go(term.type, depth), go(term.value, depth), go(term.body, depth + 1))
            else:
                assert isinstance(term, Proj)
                result = proj(term.structure, term.index, go(term.value, depth))
            memo[key] = result
        return result

    return go(term, 0)


def abstract(term: Term, locals_: Sequence[Local]) -> Term:
    """Replace free variables by loose bound ones, the last of ``locals_`` by index 0: undoes ``instantiate``."""
    if not term.has_local or not locals_:
        return term
    index_of: dict[Term, int] = {local: len(locals_) - 1 - i for i, local in enumerate(locals_)}
    memo: dict[tuple[Term, int], Term] = {}

    def go(term: Term, depth: int) -> Term:
        if not term.has_local:
            return term
        if isinstance(term, Local):
            index = index_of.get(term)
            return term if index is None else var(index + depth)
        key = (term, depth)
        result = memo.get(key)
        if result is None:
            if isinstance(term, App):
                result = app(go(term.fn, depth), go(term.arg, depth))
            elif isinstance(term, Lam):
                result = lam(go(term.type, depth), go(term.body, depth + 1))
            elif isinstance(term, Pi):
                result = pi(go(term.type, depth), go(term.body, depth + 1))
            elif isinstance(term, Let):
                result = let(go(term.type, depth), go(term.value, depth), go(term.body, depth + 1))
            else:
                assert isinstance(term, Proj)
                result = proj(term.structure, term.index, go(term.value, depth))
            memo[key] = result
        return result

    return go(term, 0)


def pi_over(locals_: Sequence[Local], body: Term) -> Term:
    """``(x1 : A1) -> ... -> body`` for free variables x1 ... xn; each type may mention the earlier variables."""
    body = abstract(body, locals_)
    for i in range(len(locals_) - 1, -1, -1):
        body = pi(abstract(locals_[i].type, locals_[:i]), body)
    return body


def lam_over(locals_: Sequence[Local], body: Term) -> Term:
    """``fun (x1 : A1) ... => body``."""
    body = abstract(body, locals_)
    for i in range(len(locals_) - 1, -1, -1):
        body = lam(abstract(locals_[i].type, locals_[:i]), body)
    return body


def instantiate_levels(term: Term, params: tuple[Name, ...], levels: Levels) -> Term:
    """Replace level parameters. Levels of sorts come out simplified."""
    if not params or not term.has_param:
        return term
    values: dict[Name, Level] = dict(zip(params, levels, strict=True))
    memo: dict[Term, Term] = {}

    def go(term: Term) -> Term:
        if not term.has_param:
            return term
        result = memo.get(term)
        if result is None:
            if isinstance(term, App):
                result = app(go(term.fn), go(term.arg))
            elif isinstance(term, Lam):
                result = lam(go(term.type), go(term.body))
            elif isinstance(term, Pi):
                result = pi(go(term.type), go(term.body))
            elif isinstance(term, Let):
                result = let(go(term.type), go(term.value), go(term.body))
            elif isinstance(term, Sort):
                result = sort(simplify(substitute(term.level, values)))
            elif isinstance(term, Const):
                result = const(term.name, tuple([substitute(level, values) for level in term.levels]))
            else:
                assert isinstance(term, Proj), "declarations hold no free variables"
                result = proj(term.structure, term.index, go(term.value))
            memo[term] = result
        return result

    return go(term)
