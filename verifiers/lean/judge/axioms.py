"""Which axioms a theorem rests on, computed from the constants themselves.

``#print axioms`` is no substitute: a submission influences what it prints.
"""

from __future__ import annotations

from .declaration import Axiom, Declarations, references
from .names import Name, dotted, show

STANDARD_AXIOMS = frozenset({dotted("propext"), dotted("Classical.choice"), dotted("Quot.sound")})
SORRY = dotted("sorryAx")


class RestsOnNothing(Exception):
    """The theorem refers to a constant that does not exist, or that no proof may rest on."""


def axioms_of(theorem: Name, *modules: Declarations) -> frozenset[Name]:
    """All axioms in the transitive closure of ``theorem``. Raises RestsOnNothing for unknown, unsafe and partial
    constants in it."""
    seen: set[Name] = set()
    found: set[Name] = set()
    stack = [theorem]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        declaration = next((module[name] for module in modules if name in module), None)
        if declaration is None:
            raise RestsOnNothing(f"it rests on {show(name)}, which does not exist")
        if declaration.safety != "safe":
            raise RestsOnNothing(f"it rests on {show(name)}, which is {declaration.safety}")
        if isinstance(declaration, Axiom):
            found.add(name)
        stack.extend(references(declaration))
    return frozenset(found)
