"""Checking a set of declarations in dependency order."""

from __future__ import annotations

from collections.abc import Iterable

from ..declaration import Constructor, Declaration, Declarations, Inductive, Quotient, Recursor
from ..names import Name, show
from ..order import in_order
from .environment import Environment
from .inference import TypeChecker
from .quotient import check_quotient
from .recursor import check_block
from .state import Refusal


def check_declarations(base: Declarations, new: Declarations, roots: Iterable[Name], budget: int) -> Environment:
    """Check everything in ``new`` that ``roots`` rest on, on top of ``base``, which has been checked. ``budget`` is the
    number of steps per declaration. The environment that results. Raises Refusal, KernelBudget or Unsupported."""
    environment = Environment(base)
    for name in in_order(new, roots):
        declaration = new[name]
        try:
            _add(environment, declaration, new, budget)
        except Refusal as refusal:
            raise Refusal(f"{show(name)}: {refusal}") from None
    return environment


def _add(environment: Environment, declaration: Declaration, new: Declarations, budget: int) -> None:
    if declaration.name in environment:
        raise Refusal("is declared already")
    if declaration.safety != "safe":
        return  # not added, so nothing safe can refer to it
    if isinstance(declaration, Inductive):
        environment.add(check_block(environment, declaration, new, budget))
        return
    if isinstance(declaration, Constructor | Recursor):
        raise Refusal("comes without its inductive type")
    if isinstance(declaration, Quotient):
        check_quotient(declaration)
    TypeChecker(environment, declaration.level_params, budget).check(declaration)
    environment.add({declaration.name: declaration})
