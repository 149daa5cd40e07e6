"""Type inference and checking, and the check of one declaration."""

from __future__ import annotations

from .. import level as levels
from ..declaration import Declaration, Inductive, Theorem, value_of
from ..level import Level, imax_of, params_of, simplify
from ..names import show
from ..substitution import instantiate, instantiate_levels, pi_over
from ..term import App, Const, Lam, Let, Lit, Local, Pi, Proj, Sort, Term, proj, sort, spine
from .equality import Equality
from .literals import NAT, STRING
from .state import Refusal


class TypeChecker(Equality):
    def check(self, declaration: Declaration) -> None:
        """Refuse unless the type is a type (for a theorem: a proposition) and the value has that type."""
        if len(set(declaration.level_params)) != len(declaration.level_params):
            raise Refusal("a universe parameter is declared twice")
        universe = self.universe_of(declaration.type, check=True)
        if isinstance(declaration, Theorem) and not levels.equal(universe, levels.ZERO):
            raise Refusal("the theorem's type is not a proposition")
        value = value_of(declaration)
        if value is not None and not self.equal(self.infer(value, check=True), declaration.type):
            raise Refusal("the value does not have the declared type")

    def universe_of(self, type_: Term, check: bool = False) -> Level:
        """The level ``u`` with ``type_ : Sort u``."""
        found = self.normalize(self.infer(type_, check))
        if not isinstance(found, Sort):
            raise Refusal("a type was expected")
        return found.level

    def infer(self, term: Term, check: bool = False) -> Term:
        """The type of ``term``. With ``check``, every part is checked; without, ``term`` must be known to be well
        typed and only its type is computed."""
        known = self.checked_types.get(term)
        if known is None and not check:
            known = self.types.get(term)
        if known is not None:
            return known
        self.tick()
        type_ = self._infer(term, check)
        (self.checked_types if check else self.types)[term] = type_
        return type_

    def _infer(self, term: Term, check: bool) -> Term:
        if isinstance(term, Local):
            return term.type
        if isinstance(term, App):
            return self._infer_application(term, check)
        if isinstance(term, Const):
            return self._infer_constant(term, check)
        if isinstance(term, Lam):
            return self._infer_function(term, check)
        if isinstance(term, Pi):
            return self._infer_function_type(term, check)
        if isinstance(term, Sort):
            if check:
                self._check_level(term.level)
            return sort(levels.succ(term.level))
        if isinstance(term, Lit):
            return NAT if isinstance(term.value, int) else STRING
        if isinstance(term, Let):
            if check:
                self.universe_of(term.type, check=True)
                if not self.equal(self.infer(term.value, check=True), term.type):
                    raise Refusal("a let value does not have its type")
            return self.infer(instantiate(term.body, [term.value]), check)
        if isinstance(term, Proj):
            return self._infer_projection(term, check)
        raise Refusal("a loose bound variable")

    def _check_level(self, level: Level) -> None:
        if not params_of(level) <= self.level_params:
            raise Refusal("an undeclared universe parameter")

    def _infer_constant(self, term: Const, check: bool) -> Term:
        declaration = self.lookup(term.name)
        if len(declaration.level_params) != len(term.levels):
            raise Refusal(f"{show(term.name)} has the wrong number of universe arguments")
        if check:
            if declaration.safety != "safe":
                raise Refusal(f"{show(term.name)} is {declaration.safety}")
            for level in term.levels:
                self._check_level(level)
        return instantiate_levels(declaration.type, declaration.level_params, term.levels)

    def _infer_application(self, term: App, check: bool) -> Term:
        fn, args = spine(term)
        type_ = self.infer(fn, check)
        start = 0  # arguments from here on are not yet put into ``type_``
        for position, arg in enumerate(args):
            if not isinstance(type_, Pi):
                type_ = self.normalize(instantiate(type_, args[start:position]))
                start = position
                if not isinstance(type_, Pi):
                    raise Refusal("a function was expected")
            if check:
                given = self.infer(arg, check=True)
                wanted = instantiate(type_.type, args[start:position])
                if not self.equal(wanted, given):
                    raise Refusal(f"argument {position + 1} of {fn!r} has the wrong type")
            type_ = type_.body
        return instantiate(type_, args[start:])

    def _infer_function(self, term: Term, check: bool) -> Term:
        depth, opened = self.depth, list[Local]()
        while isinstance(term, Lam):
            type_ = instantiate(term.type, opened)
            if check:
                self.universe_of(type_, check=True)
            opened.append(self.local(type_))
            term = term.body
        result = pi_over(opened, self.infer(instantiate(term, opened), check))
        self.depth = depth
        return result

    def _infer_function_type(self, term: Term, check: bool) -> Term:
        depth, opened, universes = self.depth, list[Local](), list[Level]()
        while isinstance(term, Pi):
            type_ = instantiate(term.type, opened)
            universes.append(self.universe_of(type_, check))
            opened.append(self.local(type_))
            term = term.body
        level = self.universe_of(instantiate(term, opened), check)
        for universe in reversed(universes):
            level = simplify(imax_of(universe, level))
        self.depth = depth
        return sort(level)

    def _infer_projection(self, term: Proj, check: bool) -> Term:
        value_type = self.normalize(self.infer(term.value, check))
        fn, params = spine(value_type)
        inductive = self.environment.get(fn.name) if isinstance(fn, Const) else None
        if (
            not isinstance(fn, Const)
            or not isinstance(inductive, Inductive)
            or fn.name != term.structure
            or len(inductive.constructors) != 1
            or inductive.num_indices
            or len(params) != inductive.num_params
        ):
            raise Refusal("a projection of something that is no structure")
        constructor = self.sole_constructor(inductive)
        from_proof = self.is_proposition(value_type)
        type_ = instantiate_levels(constructor.type, constructor.level_params, fn.levels)
        for param in params:
            type_ = instantiate(self._binder(type_).body, [param])
        for index in range(term.index):
            field = self._binder(type_)
            # Large elimination in disguise: a proof's data may not be looked at, not even by a later field's type.
            if from_proof and field.body.loose and not self.is_proposition(field.type):
                raise Refusal("a projection out of a proof that is not a proof")
            type_ = instantiate(field.body, [proj(term.structure, index, term.value)])
        result = self._binder(type_).type
        if from_proof and not self.is_proposition(result):
            raise Refusal("a projection out of a proof that is not a proof")
        return result

    def _binder(self, type_: Term) -> Pi:
        found = self.normalize(type_)
        if not isinstance(found, Pi):
            raise Refusal("a projection index out of range")
        return found
