"""The four constants of quotient types, whose types are fixed once and for all."""

from __future__ import annotations

from ..declaration import Quotient
from ..level import ZERO, param
from ..names import Name, dotted
from ..term import Term, app, apply, const, pi, sort, var
from .state import Refusal

_U, _V = param(("u",)), param(("v",))
_TYPE, _TARGET, _PROP = sort(_U), sort(_V), sort(ZERO)


def _relation(on: int) -> Term:
    """``A -> A -> Prop`` where A is variable ``on``."""
    return pi(var(on), pi(var(on + 1), _PROP))


def _quot(type_: int, relation: int) -> Term:
    return apply(const(dotted("Quot"), (_U,)), [var(type_), var(relation)])


def _types() -> dict[Name, tuple[int, tuple[Name, ...], Term]]:
    """Name -> role, universe parameters, type. Written in de Bruijn indices; the Lean text stands above each."""
    # Quot : {A : Sort u} -> (r : A -> A -> Prop) -> Sort u
    quot = pi(_TYPE, pi(_relation(0), _TYPE))
    # Quot.mk : {A : Sort u} -> (r : A -> A -> Prop) -> (a : A) -> Quot r
    make = pi(_TYPE, pi(_relation(0), pi(var(1), _quot(2, 1))))
    # Quot.lift : {A : Sort u} -> {r} -> {B : Sort v} -> (f : A -> B) -> (forall a b, r a b -> f a = f b) -> Quot r -> B
    equation = apply(const(dotted("Eq"), (_V,)), [var(4), app(var(3), var(2)), app(var(3), var(1))])
    respects = pi(var(3), pi(var(4), pi(apply(var(4), [var(1), var(0)]), equation)))
    lift = pi(
        _TYPE,
        pi(
            _relation(0),
            pi(_TARGET, pi(pi(var(2), var(1)), pi(respects, pi(_quot(4, 3), var(3))))),
        ),
    )
    # Quot.ind : {A : Sort u} -> {r} -> {P : Quot r -> Prop} -> (forall a, P (Quot.mk r a)) -> forall q, P q
    made = apply(const(dotted("Quot.mk"), (_U,)), [var(3), var(2), var(0)])
    ind = pi(
        _TYPE,
        pi(
            _relation(0),
            pi(pi(_quot(1, 0), _PROP), pi(pi(var(2), app(var(1), made)), pi(_quot(3, 2), app(var(2), var(0))))),
        ),
    )
    return {
        dotted("Quot"): (0, (("u",),), quot),
        dotted("Quot.mk"): (1, (("u",),), make),
        dotted("Quot.lift"): (2, (("u",), ("v",)), lift),
        dotted("Quot.ind"): (3, (("u",),), ind),
    }


QUOTIENT = _types()


def check_quotient(declaration: Quotient) -> None:
    """Refuse a quotient constant that is not one of the four."""
    expected = QUOTIENT.get(declaration.name)
    if expected != (declaration.role, declaration.level_params, declaration.type):
        raise Refusal("not one of the four quotient constants")
