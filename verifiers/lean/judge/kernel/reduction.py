"""Reduction to weak head normal form: beta, zeta, projections, recursors, quotients, literals, unfolding."""

from __future__ import annotations

from abc import abstractmethod

from ..declaration import Constructor, Definition, Inductive, Quotient, Recursor, Theorem
from ..level import ZERO as LEVEL_ZERO
from ..level import equal as equal_levels
from ..names import Name, dotted
from ..substitution import instantiate, instantiate_levels
from ..term import App, Const, Lam, Let, Lit, Proj, Sort, Term, apply, const, head, lit, proj, spine
from . import literals
from .literals import NAT_SUCC, STRING_OF_LIST
from .state import State

QUOT_MK, QUOT_LIFT, QUOT_IND = dotted("Quot.mk"), dotted("Quot.lift"), dotted("Quot.ind")


class Reduction(State):
    @abstractmethod
    def infer(self, term: Term, check: bool = False) -> Term: ...

    @abstractmethod
    def equal(self, left: Term, right: Term) -> bool: ...

    # -- what a term is --

    def is_proposition(self, type_: Term) -> bool:
        """Whether ``type_ : Prop``."""
        universe = self.normalize(self.infer(type_))
        return isinstance(universe, Sort) and equal_levels(universe.level, LEVEL_ZERO)

    def constructor_of(self, term: Term) -> Constructor | None:
        """The constructor that ``term`` applies, if its head is one."""
        fn = head(term)
        found = self.environment.get(fn.name) if isinstance(fn, Const) else None
        return found if isinstance(found, Constructor) else None

    def structure(self, name: Name) -> Inductive | None:
        """The inductive type of that name, if it is a structure: one constructor, no indices, not recursive."""
        found = self.environment.get(name)
        if isinstance(found, Inductive) and len(found.constructors) == 1:
            return found if found.num_indices == 0 and not found.recursive else None
        return None

    def structure_of(self, type_: Term) -> Inductive | None:
        """The structure that the type applies."""
        fn = head(type_)
        return self.structure(fn.name) if isinstance(fn, Const) else None

    def sole_constructor(self, structure: Inductive) -> Constructor:
        found = self.lookup(structure.constructors[0])
        assert isinstance(found, Constructor), "inductive blocks are checked before use"
        return found

    # -- weak head normal form --

    def normalize(self, term: Term) -> Term:
        """Weak head normal form, definitions unfolded."""
        known = self.normal.get(term)
        if known is not None:
            return known
        start = term
        while True:
            term = self.normalize_head(term)
            computed = self.compute(term)
            if computed is not None:
                term = computed
                break
            unfolded = self.unfold(term)
            if unfolded is None:
                break
            self.tick()
            term = unfolded
        self.normal[start] = term
        return term

    def normalize_head(self, term: Term) -> Term:
        """Weak head normal form without unfolding the head's definition."""
        known = self.heads.get(term)
        if known is not None:
            return known
        start = term
        while True:
            step = self._head_step(term)
            if step is None:
                break
            term = step
        self.heads[start] = term
        return term

    def _head_step(self, term: Term) -> Term | None:
        if isinstance(term, App):
            self.tick()
            fn, args = spine(term)
            if isinstance(fn, Let | Proj):
                normal = self.normalize_head(fn)
                return None if normal is fn else apply(normal, args)
            if isinstance(fn, Lam):
                return self.beta(fn, args)
            if isinstance(fn, Const):
                declaration = self.environment.get(fn.name)
                if isinstance(declaration, Recursor):
                    return self._recurse(declaration, fn, args)
                if isinstance(declaration, Quotient):
                    return self._quotient_step(fn, args)
            return None
        if isinstance(term, Let):
            self.tick()
            return instantiate(term.body, [term.value])
        if isinstance(term, Proj):
            return self._project(term)
        return None

    def beta(self, fn: Term, args: list[Term]) -> Term:
        """Apply leading lambdas to as many arguments as there are."""
        used = 0
        while used < len(args) and isinstance(fn, Lam):
            fn, used = fn.body, used + 1
        return apply(instantiate(fn, args[:used]), args[used:])

    def _literal_as_constructor(self, term: Term) -> Term:
        if not isinstance(term, Lit):
            return term
        constructed = literals.as_constructor(term)
        return self.normalize(constructed) if isinstance(term.value, str) else constructed

    def _project(self, term: Proj) -> Term | None:
        value = self._literal_as_constructor(self.normalize(term.value))
        constructor = self.constructor_of(value)
        if constructor is None:
            return None
        args = spine(value)[1]
        position = constructor.num_params + term.index
        return args[position] if position < len(args) else None

    def _quotient_step(self, fn: Const, args: list[Term]) -> Term | None:
        """``Quot.lift f h (Quot.mk r a) = f a`` and ``Quot.ind h (Quot.mk r a) = h a``."""
        major = {QUOT_LIFT: 5, QUOT_IND: 4}.get(fn.name)
        if major is None or len(args) <= major:
            return None
        made, parts = spine(self.normalize(args[major]))
        if not isinstance(made, Const) or made.name != QUOT_MK or len(parts) != 3:
            return None
        return apply(args[3], [parts[2], *args[major + 1 :]])

    def _recurse(self, recursor: Recursor, fn: Const, args: list[Term]) -> Term | None:
        """One computation step of a recursor, if its major argument is (or may stand for) a constructor."""
        if len(args) <= recursor.major or len(fn.levels) != len(recursor.level_params):
            return None
        major = args[recursor.major]
        if recursor.k:
            major = self._k_constructor(recursor, major)
        major = self._literal_as_constructor(self.normalize(major))
        constructor = self.constructor_of(major)
        if constructor is None:
            major = self._eta_expand_structure(recursor, major)
            constructor = self.constructor_of(major)
            if constructor is None:
                return None
        for rule in recursor.rules:
            if rule.constructor == constructor.name:
                given = spine(major)[1]
                if len(given) < rule.num_fields:
                    return None
                fields = given[len(given) - rule.num_fields :]
                shared = args[: recursor.num_params + recursor.num_motives + recursor.num_minors]
                value = instantiate_levels(rule.value, recursor.level_params, fn.levels)
                return self.beta(value, shared + fields + args[recursor.major + 1 :])
        return None

    def _k_constructor(self, recursor: Recursor, major: Term) -> Term:
        """Like ``Eq.refl``: a proposition's only constructor, without fields, stands for every proof of it."""
        type_ = self.normalize(self.infer(major))
        fn, args = spine(type_)
        if not isinstance(fn, Const) or fn.name != recursor.types[0]:
            return major
        inductive = self.lookup(fn.name)
        assert isinstance(inductive, Inductive), "recursors are checked with their block"
        made = apply(const(inductive.constructors[0], fn.levels), args[: recursor.num_params])
        return made if self.equal(type_, self.infer(made)) else major

    def _eta_expand_structure(self, recursor: Recursor, major: Term) -> Term:
        """``s`` is ``mk s.1 ... s.n`` for a structure that is not a proposition."""
        type_ = self.normalize(self.infer(major))
        structure = self.structure_of(type_)
        if structure is None or recursor.name != (*structure.name, "rec") or self.is_proposition(type_):
            return major
        fn, args = spine(type_)
        assert isinstance(fn, Const)
        constructor = self.sole_constructor(structure)
        fields = [proj(structure.name, i, major) for i in range(constructor.num_fields)]
        return apply(const(constructor.name, fn.levels), args[: constructor.num_params] + fields)

    # -- definitions and literals --

    def unfoldable(self, term: Term) -> Definition | Theorem | None:
        """The definition (or theorem) at the head of ``term``."""
        fn = head(term)
        if isinstance(fn, Const):
            found = self.environment.get(fn.name)
            if isinstance(found, Definition | Theorem) and len(found.level_params) == len(fn.levels):
                return found
        return None

    def unfold(self, term: Term) -> Term | None:
        """Replace the head constant by its definition."""
        definition = self.unfoldable(term)
        if definition is None:
            return None
        fn, args = spine(term)
        assert isinstance(fn, Const)
        return self.beta(instantiate_levels(definition.value, definition.level_params, fn.levels), args)

    def compute(self, term: Term) -> Term | None:
        """The literal that a closed arithmetic term stands for, if its arguments normalise to literals."""
        if not isinstance(term, App) or term.has_local:
            return None
        if term.fn is NAT_SUCC:
            value = literals.number(self.normalize(term.arg))
            return None if value is None else lit(value + 1)
        if isinstance(term.fn, Const) and term.fn.name == literals.LOG2:
            value = literals.number(self.normalize(term.arg))
            return None if value is None else literals.log2(value)
        name = literals.computed_function(term)
        if name is None:
            return None
        assert isinstance(term.fn, App)
        left = literals.number(self.normalize(term.fn.arg))
        right = literals.number(self.normalize(term.arg)) if left is not None else None
        if left is None or right is None:
            return None
        if name[-1] == "pow" and right > 1 << 24:
            return None  # as Lean's kernel: leave such a power alone
        return literals.compute(name, left, right)

    def is_string_application(self, term: Term) -> bool:
        return isinstance(term, App) and term.fn is STRING_OF_LIST
