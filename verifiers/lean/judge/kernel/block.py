"""The check of a (mutual) block of inductive types: universes, parameters, positivity.

``Block`` is what a well-formed block amounts to; ``recursor`` derives constructors' data and recursors from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .. import level as levels
from ..declaration import Constructor, Declarations, Inductive
from ..level import Level, at_most, simplify
from ..names import Name, show
from ..substitution import instantiate
from ..term import Const, Local, Pi, Proj, Sort, Term, apply, const, spine, subterms
from .environment import Environment
from .inference import TypeChecker
from .state import Refusal, Unsupported


@dataclass(frozen=True)
class RecursiveField:
    """A field of type ``(xs) -> I params indices`` with I in the block."""

    field: Local
    binders: list[Local]
    target: Name
    indices: list[Term]


@dataclass(frozen=True)
class Shape:
    """One constructor: its fields, the indices of its result, its recursive fields and those that hold data."""

    name: Name
    inductive: Name
    fields: list[Local]
    indices: list[Term]
    recursive: list[RecursiveField]
    data: list[Local]


@dataclass(frozen=True)
class Block:
    types: tuple[Name, ...]
    level_params: tuple[Name, ...]
    params: list[Local]
    indices: dict[Name, list[Local]]
    level: Level
    shapes: list[Shape]

    @property
    def levels(self) -> tuple[Level, ...]:
        return tuple(levels.param(name) for name in self.level_params)

    @property
    def in_prop(self) -> bool:
        return levels.equal(self.level, levels.ZERO)

    @property
    def recursive(self) -> bool:
        return any(shape.recursive for shape in self.shapes)

    @property
    def reflexive(self) -> bool:
        return any(field.binders for shape in self.shapes for field in shape.recursive)

    def applied(self, name: Name) -> Term:
        """The type constructor applied to the parameters."""
        return apply(const(name, self.levels), self.params)

    def shapes_of(self, name: Name) -> list[Shape]:
        return [shape for shape in self.shapes if shape.inductive == name]


def occurs(term: Term, names: Iterable[Name]) -> bool:
    wanted = set(names)
    return any(
        (isinstance(part, Const) and part.name in wanted) or (isinstance(part, Proj) and part.structure in wanted)
        for part in subterms(term)
    )


class BlockChecker:
    """Checks one block on top of ``environment``, which must not hold it yet. ``claimed`` are the file's constants."""

    def __init__(self, environment: Declarations, lead: Inductive, claimed: Declarations, budget: int) -> None:
        self.lead, self.claimed = lead, claimed
        # The checker sees the block's types (not yet its constructors) beside the environment.
        self.environment = Environment(environment)
        self.checker = TypeChecker(self.environment, lead.level_params, budget)
        self.names = set(lead.types)
        self.levels = tuple(levels.param(name) for name in lead.level_params)
        self.params: list[Local] = []
        self.indices: dict[Name, list[Local]] = {}

    def check(self) -> Block:
        """Raises Refusal, KernelBudget or Unsupported."""
        if len(self.names) != len(self.lead.types):
            raise Refusal("a type occurs twice in one block")
        if len(set(self.lead.level_params)) != len(self.lead.level_params):
            raise Refusal("a universe parameter is declared twice")
        members = [self._member(name) for name in self.lead.types]
        level: Level | None = None
        for member in members:
            found = self._check_type(member)
            if level is not None and not levels.equal(level, found):
                raise Refusal("the types of one block live in different universes")
            level = found if level is None else level
        assert level is not None, "blocks are not empty"
        for member in members:
            self.environment.add({member.name: replace(member, num_indices=len(self.indices[member.name]))})
        shapes = [
            self._check_constructor(member.name, name, level) for member in members for name in member.constructors
        ]
        return Block(self.lead.types, self.lead.level_params, self.params, self.indices, level, shapes)

    def _member(self, name: Name) -> Inductive:
        member = self.claimed.get(name)
        if not isinstance(member, Inductive):
            raise Refusal(f"{show(name)} is no inductive type")
        lead = self.lead
        if (member.level_params, member.types, member.num_params) != (lead.level_params, lead.types, lead.num_params):
            raise Refusal(f"{show(name)} does not fit its block")
        if member.nested:
            raise Unsupported(f"{show(name)} is a nested inductive type")
        if name in self.environment:
            raise Refusal(f"{show(name)} is declared already")
        return member

    def _check_type(self, member: Inductive) -> Level:
        """Check ``(params) -> (indices) -> Sort u``; notes parameters and indices; gives ``u``."""
        checker, type_ = self.checker, member.type
        checker.universe_of(type_, check=True)
        if not self.params:
            for _ in range(member.num_params):
                type_ = checker.normalize(type_)
                if not isinstance(type_, Pi):
                    raise Refusal("fewer binders than parameters")
                param = checker.local(type_.type)
                self.params.append(param)
                type_ = instantiate(type_.body, [param])
        else:
            type_ = self._apply_to_params(type_)
        indices: list[Local] = []
        type_ = checker.normalize(type_)
        while isinstance(type_, Pi):
            index = checker.local(type_.type)
            indices.append(index)
            type_ = checker.normalize(instantiate(type_.body, [index]))
        if not isinstance(type_, Sort):
            raise Refusal("an inductive type is not a sort")
        self.indices[member.name] = indices
        return simplify(type_.level)

    def _apply_to_params(self, type_: Term) -> Term:
        for param in self.params:
            type_ = type_ if isinstance(type_, Pi) else self.checker.normalize(type_)
            if not isinstance(type_, Pi) or not self.checker.equal(type_.type, param.type):
                raise Refusal("the parameters differ within the block")
            type_ = instantiate(type_.body, [param])
        return type_

    def _check_constructor(self, inductive: Name, name: Name, level: Level) -> Shape:
        claimed = self.claimed.get(name)
        if not isinstance(claimed, Constructor) or claimed.level_params != self.lead.level_params:
            raise Refusal(f"{show(name)} is no constructor of its block")
        checker = self.checker
        checker.universe_of(claimed.type, check=True)
        type_ = self._apply_to_params(claimed.type)
        fields: list[Local] = []
        while isinstance(type_, Pi):
            field = checker.local(type_.type)
            fields.append(field)
            type_ = instantiate(type_.body, [field])
        result = self._as_member(type_)
        if result is None or result[0] != inductive:
            raise Refusal(f"{show(name)} does not construct its type")
        recursive: list[RecursiveField] = []
        data: list[Local] = []
        for field in fields:
            universe = simplify(checker.universe_of(field.type))
            if not levels.equal(level, levels.ZERO) and not at_most(universe, level):
                raise Refusal(f"a field of {show(name)} lives in too large a universe")
            if not levels.equal(universe, levels.ZERO):
                data.append(field)
            found = self._recursive_field(field)
            if found is not None:
                recursive.append(found)
        return Shape(name, inductive, fields, result[1], recursive, data)

    def _as_member(self, type_: Term) -> tuple[Name, list[Term]] | None:
        """``I params indices`` with I of this block, its own parameters and no block type in the indices."""
        fn, args = spine(type_)
        if not isinstance(fn, Const) or fn.name not in self.names or fn.levels != self.levels:
            return None
        count = len(self.params)
        if len(args) != count + len(self.indices[fn.name]):
            return None
        for given, param in zip(args, self.params, strict=False):
            if not self.checker.equal(given, param):
                return None
        if any(occurs(index, self.names) for index in args[count:]):
            raise Refusal("a type occurs in its own index")
        return fn.name, args[count:]

    def _recursive_field(self, field: Local) -> RecursiveField | None:
        """None for a field without the block's types. Refuses occurrences that are not strictly positive."""
        checker = self.checker
        type_ = checker.normalize(field.type)
        if not occurs(type_, self.names):
            return None
        binders: list[Local] = []
        while isinstance(type_, Pi):
            if occurs(type_.type, self.names):
                raise Refusal("a type occurs to the left of an arrow in its own constructor")
            binder = checker.local(type_.type)
            binders.append(binder)
            type_ = checker.normalize(instantiate(type_.body, [binder]))
        found = self._as_member(type_)
        if found is None:
            raise Refusal("a type occurs inside another type in its own constructor")
        return RecursiveField(field, binders, *found)
