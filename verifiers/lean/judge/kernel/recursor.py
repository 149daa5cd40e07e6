"""Deriving a block's constructors' data and recursors, and comparing them with what a file claims."""

from __future__ import annotations

from dataclasses import replace

from .. import level as levels
from ..declaration import Constructor, Declaration, Declarations, Inductive, Recursor, RecursorRule
from ..level import Level, at_most
from ..names import Name, show
from ..substitution import lam_over, pi_over
from ..term import Local, Term, app, apply, const, sort
from .block import Block, BlockChecker, RecursiveField, Shape
from .environment import Environment
from .inference import TypeChecker
from .state import Refusal


def check_block(
    environment: Declarations, lead: Inductive, claimed: Declarations, budget: int
) -> dict[Name, Declaration]:
    """Check the block that ``lead`` leads, and that types, constructors and recursors are as claimed. The block's
    declarations, to be added to the environment."""
    checker = BlockChecker(environment, lead, claimed, budget)
    block = checker.check()
    added: dict[Name, Declaration] = {}
    for declaration in (
        *_types(block, lead, claimed),
        *_constructors(block, claimed),
        *_Recursors(checker, block).derive(),
    ):
        if declaration.name in environment or declaration.name in added:
            raise Refusal(f"{show(declaration.name)} is declared already")
        added[declaration.name] = declaration
    after = Environment(environment)
    after.add(added)
    for name, derived in added.items():
        given = claimed.get(name)
        if given != derived and not _same_recursor(after, given, derived, budget):
            raise Refusal(f"{show(name)} differs from what its constructors give")
    # What the file says is what counts from here on, where it is equal only up to definitional equality.
    return {name: claimed[name] for name in added}


def _types(block: Block, lead: Inductive, claimed: Declarations) -> list[Declaration]:
    constructors = {name: tuple(shape.name for shape in block.shapes_of(name)) for name in block.types}
    return [
        Inductive(
            name,
            block.level_params,
            claimed[name].type,
            "safe",
            lead.num_params,
            len(block.indices[name]),
            block.types,
            constructors[name],
            0,
            block.recursive,
            block.reflexive,
        )
        for name in block.types
    ]


def _constructors(block: Block, claimed: Declarations) -> list[Declaration]:
    found: list[Declaration] = []
    for name in block.types:
        for index, shape in enumerate(block.shapes_of(name)):
            type_ = claimed[shape.name].type
            found.append(
                Constructor(
                    shape.name, block.level_params, type_, "safe", name, index, len(block.params), len(shape.fields)
                )
            )
    return found


class _Recursors:
    """One recursor per type: parameters, a motive per type, a minor premise per constructor, indices, major."""

    def __init__(self, checker: BlockChecker, block: Block) -> None:
        self.checker, self.block = checker.checker, block
        large = _eliminates_into_any_sort(block)
        names = block.level_params
        self.level_params = ((_fresh_universe(names),) if large else ()) + names
        self.motive_level: Level = levels.param(self.level_params[0]) if large else levels.ZERO
        self.levels = tuple(levels.param(name) for name in self.level_params)
        self.majors: dict[Name, Local] = {}
        self.motives: dict[Name, Local] = {}
        for name, indices in block.indices.items():
            self.majors[name] = self.checker.local(apply(block.applied(name), indices))
            motive_type = pi_over([*indices, self.majors[name]], sort(self.motive_level))
            self.motives[name] = self.checker.local(motive_type)
        self.minors = {shape.name: self.checker.local(self._minor_type(shape)) for shape in block.shapes}
        self.shared: list[Local] = [*block.params, *self.motives.values(), *self.minors.values()]

    def derive(self) -> list[Declaration]:
        return [self._recursor(name) for name in self.block.types]

    def _minor_type(self, shape: Shape) -> Term:
        hypotheses = [self.checker.local(pi_over(each.binders, self._motive_at(each))) for each in shape.recursive]
        made = apply(const(shape.name, self.block.levels), [*self.block.params, *shape.fields])
        result = app(apply(self.motives[shape.inductive], shape.indices), made)
        return pi_over([*shape.fields, *hypotheses], result)

    def _motive_at(self, each: RecursiveField) -> Term:
        return app(apply(self.motives[each.target], each.indices), apply(each.field, each.binders))

    def _recursor(self, name: Name) -> Recursor:
        block, major, indices = self.block, self.majors[name], self.block.indices[name]
        type_ = pi_over([*self.shared, *indices, major], app(apply(self.motives[name], indices), major))
        rules = tuple(self._rule(shape) for shape in block.shapes_of(name))
        # K: a proposition with one constructor without fields, as Eq.
        k = block.in_prop and len(block.types) == 1 and len(block.shapes) == 1 and not block.shapes[0].fields
        return Recursor(
            (*name, "rec"),
            self.level_params,
            type_,
            "safe",
            block.types,
            len(block.params),
            len(indices),
            len(block.types),
            len(block.shapes),
            rules,
            k,
        )

    def _rule(self, shape: Shape) -> RecursorRule:
        calls: list[Term] = []
        for each in shape.recursive:
            recursor = const((*each.target, "rec"), self.levels)
            call = apply(recursor, [*self.shared, *each.indices, apply(each.field, each.binders)])
            calls.append(lam_over(each.binders, call))
        value = apply(self.minors[shape.name], [*shape.fields, *calls])
        return RecursorRule(shape.name, len(shape.fields), lam_over([*self.shared, *shape.fields], value))


def _eliminates_into_any_sort(block: Block) -> bool:
    """Types that may be propositions eliminate into propositions only, unless at most one constructor exists and each
    of its data fields is fixed by the result's indices."""
    if at_most(levels.ONE, block.level):
        return True
    if len(block.types) > 1 or len(block.shapes) > 1:
        return False
    return all(any(field is index for index in shape.indices) for shape in block.shapes for field in shape.data)


def _fresh_universe(taken: tuple[Name, ...]) -> Name:
    """Lean's own choice of name: u, then u_1, u_2, ..."""
    name: Name = ("u",)
    count = 0
    while name in taken:
        count += 1
        name = (f"u_{count}",)
    return name


def _same_recursor(environment: Declarations, given: Declaration | None, derived: Declaration, budget: int) -> bool:
    """Whether a claimed recursor equals the derived one up to definitional equality of its type and rules, all else
    being the same (Lean strips ``outParam`` and the like there)."""
    if not isinstance(given, Recursor) or not isinstance(derived, Recursor):
        return False
    checker = TypeChecker(environment, derived.level_params, budget)

    def same(one: Term, other: Term) -> bool:
        if one is other:
            return True
        checker.infer(one, check=True)
        return checker.equal(one, other)

    if not same(given.type, derived.type) or len(given.rules) != len(derived.rules):
        return False
    for one, other in zip(given.rules, derived.rules, strict=True):
        if (one.constructor, one.num_fields) != (other.constructor, other.num_fields):
            return False
        if not same(one.value, other.value):
            return False
    return replace(given, type=derived.type, rules=derived.rules) == derived
