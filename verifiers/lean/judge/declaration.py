"""The eight kinds of constant that a Lean module may hold, as the kernel sees them, and what one constant refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .names import Name
from .term import Const, Proj, Term, subterms

Safety = Literal["safe", "unsafe", "partial"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What all kinds share. ``safety`` other than "safe" means: no proof may rest on it."""

    name: Name
    level_params: tuple[Name, ...]
    type: Term
    safety: Safety


@dataclass(frozen=True, slots=True)
class Axiom(Declaration):
    pass


@dataclass(frozen=True, slots=True)
class Definition(Declaration):
    """``height`` steers unfolding order only: -1 opaque, 1 << 40 abbreviation, else the definitional height."""

    value: Term
    height: int


@dataclass(frozen=True, slots=True)
class Theorem(Declaration):
    value: Term


@dataclass(frozen=True, slots=True)
class Opaque(Declaration):
    value: Term


@dataclass(frozen=True, slots=True)
class Quotient(Declaration):
    """One of Quot, Quot.mk, Quot.lift, Quot.ind: ``role`` 0 to 3."""

    role: int


@dataclass(frozen=True, slots=True)
class Inductive(Declaration):
    """One type of a mutual block. ``types`` names the whole block; ``nested`` counts auxiliary types."""

    num_params: int
    num_indices: int
    types: tuple[Name, ...]
    constructors: tuple[Name, ...]
    nested: int
    recursive: bool
    reflexive: bool


@dataclass(frozen=True, slots=True)
class Constructor(Declaration):
    inductive: Name
    index: int
    num_params: int
    num_fields: int


@dataclass(frozen=True, slots=True)
class RecursorRule:
    """How the recursor computes on one constructor."""

    constructor: Name
    num_fields: int
    value: Term


@dataclass(frozen=True, slots=True)
class Recursor(Declaration):
    types: tuple[Name, ...]
    num_params: int
    num_indices: int
    num_motives: int
    num_minors: int
    rules: tuple[RecursorRule, ...]
    k: bool

    @property
    def major(self) -> int:
        """Position of the argument that is taken apart."""
        return self.num_params + self.num_motives + self.num_minors + self.num_indices


Declarations = Mapping[Name, Declaration]

ABBREVIATION_HEIGHT = 1 << 40
OPAQUE_HEIGHT = -1


def value_of(declaration: Declaration) -> Term | None:
    """The body of a definition, theorem or opaque constant."""
    if isinstance(declaration, Definition | Theorem | Opaque):
        return declaration.value
    return None


def constants_in(*terms: Term) -> set[Name]:
    """Names of all constants (and structures projected from) in ``terms``."""
    found: set[Name] = set()
    for term in subterms(*terms):
        if isinstance(term, Const):
            found.add(term.name)
        elif isinstance(term, Proj):
            found.add(term.structure)
    return found


def references(declaration: Declaration) -> set[Name]:
    """Every constant that the declaration rests on directly: type, body, and for an inductive type, its constructor or
    its recursor, the members of its block."""
    terms = [declaration.type]
    value = value_of(declaration)
    if value is not None:
        terms.append(value)
    members: set[Name] = set()
    if isinstance(declaration, Inductive):
        members = {*declaration.types, *declaration.constructors}
    elif isinstance(declaration, Constructor):
        members = {declaration.inductive}
    elif isinstance(declaration, Recursor):
        members = set(declaration.types)
        terms += [rule.value for rule in declaration.rules]
    return constants_in(*terms) | members
