"""Definitional equality: quick syntactic cases, proof irrelevance, unfolding step by step, then congruence and eta."""

from __future__ import annotations

from ..declaration import OPAQUE_HEIGHT, Definition, Theorem
from ..level import all_equal
from ..level import equal as equal_levels
from ..substitution import instantiate
from ..term import App, Binder, Const, Lam, Lit, Local, Pi, Proj, Sort, Term, app, lam, proj, spine, var
from . import literals
from .literals import TRUE
from .reduction import Reduction


class Equality(Reduction):
    def equal(self, left: Term, right: Term) -> bool:
        """Whether two well-typed terms are definitionally equal. Remembers both answers."""
        if left is right:
            return True
        pair, flipped = (left, right), (right, left)
        if pair in self.equal_pairs or flipped in self.equal_pairs:
            return True
        if pair in self.unequal_pairs or flipped in self.unequal_pairs:
            return False
        self.tick()
        result = self._decide(left, right)
        (self.equal_pairs if result else self.unequal_pairs).add(pair)
        return result

    def _decide(self, left: Term, right: Term) -> bool:
        quick = self._quick(left, right)
        if quick is not None:
            return quick
        # `decide` leaves goals "closed term = true"; computing beats unfolding both sides in turn.
        if right is TRUE and not left.has_local and self.normalize(left) is TRUE:
            return True
        if left is TRUE and not right.has_local and self.normalize(right) is TRUE:
            return True
        left, right = self.normalize_head(left), self.normalize_head(right)
        quick = self._quick(left, right)
        if quick is not None:
            return quick
        irrelevant = self._proof_irrelevance(left, right)
        if irrelevant is not None:
            return irrelevant
        return self._unfold_in_turn(left, right)

    def _quick(self, left: Term, right: Term) -> bool | None:
        """Cases that need no reduction."""
        if left is right:
            return True
        if isinstance(left, Sort) and isinstance(right, Sort):
            return equal_levels(left.level, right.level)
        if isinstance(left, Lit) and isinstance(right, Lit):
            return type(left.value) is type(right.value) and left.value == right.value
        if isinstance(left, Binder) and type(left) is type(right):
            return self._equal_binders(left, right)
        return None

    def _equal_binders(self, left: Term, right: Term) -> bool:
        kind, depth = type(left), self.depth
        opened: list[Local] = []
        try:
            while isinstance(left, Binder) and isinstance(right, Binder) and type(left) is kind is type(right):
                type_ = instantiate(left.type, opened)
                if left.type is not right.type and not self.equal(type_, instantiate(right.type, opened)):
                    return False
                opened.append(self.local(type_))
                left, right = left.body, right.body
            return self.equal(instantiate(left, opened), instantiate(right, opened))
        finally:
            self.depth = depth

    def _proof_irrelevance(self, left: Term, right: Term) -> bool | None:
        """Two proofs of equal propositions are equal. None if ``left`` is no proof."""
        type_ = self.infer(left)
        if not self.is_proposition(type_):
            return None
        return self.equal(type_, self.infer(right))

    def _unfold_in_turn(self, left: Term, right: Term) -> bool:
        """Unfold the higher of the two heads until a quick case decides or nothing unfolds any more."""
        while True:
            offset = self._equal_offsets(left, right)
            if offset is not None:
                return offset
            if not left.has_local or not right.has_local:
                computed = self.compute(left)
                if computed is not None:
                    return self.equal(computed, right)
                computed = self.compute(right)
                if computed is not None:
                    return self.equal(left, computed)
            one, other = self.unfoldable(left), self.unfoldable(right)
            if one is None and other is None:
                return self._stuck(left, right)
            if one is other and isinstance(left, App) and isinstance(right, App) and self._same_arguments(left, right):
                return True
            heights = _height(one), _height(other)
            if heights[0] >= heights[1]:
                left = self._unfold_head(left)
            if heights[1] >= heights[0]:
                right = self._unfold_head(right)
            self.tick()
            quick = self._quick(left, right)
            if quick is not None:
                return quick

    def _same_arguments(self, left: Term, right: Term) -> bool:
        """A cheap try before unfolding both sides of ``f a = f b``; a failure is remembered."""
        if (left, right) in self.failed_arguments:
            return False
        if self._same_application(left, right):
            return True
        self.failed_arguments.add((left, right))
        return False

    def _unfold_head(self, term: Term) -> Term:
        unfolded = self.unfold(term)
        assert unfolded is not None, "only called where the head unfolds"
        return self.normalize_head(unfolded)

    def _equal_offsets(self, left: Term, right: Term) -> bool | None:
        """Compare numbers: literals by value, ``n + 1`` with ``m + 1`` by ``n`` and ``m``."""
        values = literals.number(left), literals.number(right)
        if values[0] is not None and values[1] is not None:
            return values[0] == values[1]
        smaller = literals.predecessor(left), literals.predecessor(right)
        if smaller[0] is not None and smaller[1] is not None:
            return self.equal(smaller[0], smaller[1])
        return None

    def _same_application(self, left: Term, right: Term) -> bool:
        """Equal heads applied to equal arguments."""
        fn, args = spine(left)
        other, others = spine(right)
        if len(args) != len(others):
            return False
        if isinstance(fn, Const) and isinstance(other, Const):
            if fn.name != other.name or not all_equal(fn.levels, other.levels):
                return False
        elif not self.equal(fn, other):
            return False
        return self._all_equal(args, others)

    def _all_equal(self, left: list[Term], right: list[Term]) -> bool:
        for i in range(len(left)):  # noqa: SIM110 - all() would nest on the C stack
            if not self.equal(left[i], right[i]):
                return False
        return True

    def _stuck(self, left: Term, right: Term) -> bool:
        """Nothing reduces any more: congruence, then the eta rules."""
        if isinstance(left, Const | App) and type(left) is type(right) and self._same_application(left, right):
            return True
        if isinstance(left, Proj) and isinstance(right, Proj) and left.index == right.index:  # noqa: SIM102
            if self.equal(left.value, right.value):
                return True
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Lam) and not isinstance(other, Lam):
                type_ = self.normalize(self.infer(other))
                if isinstance(type_, Pi):
                    return self.equal(one, lam(type_.type, app(other, var(0))))
        for one, other in ((left, right), (right, left)):
            if self._structure_eta(one, other):
                return True
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Lit) and isinstance(one.value, str) and self.is_string_application(other):
                return self.equal(literals.as_constructor(one), other)
        return self._unit_like(left, right)

    def _structure_eta(self, value: Term, made: Term) -> bool:
        """Whether ``made`` is the constructor applied to the projections of ``value``."""
        constructor = self.constructor_of(made)
        if constructor is None:
            return False
        fields = spine(made)[1]
        if len(fields) != constructor.num_params + constructor.num_fields:
            return False
        structure = self.structure(constructor.inductive)
        if structure is None or not self.equal(self.infer(value), self.infer(made)):
            return False
        projections: list[Term] = [proj(structure.name, i, value) for i in range(constructor.num_fields)]
        return self._all_equal(projections, fields[constructor.num_params :])

    def _unit_like(self, left: Term, right: Term) -> bool:
        """Any two values of a structure without fields are equal."""
        type_ = self.normalize(self.infer(left))
        structure = self.structure_of(type_)
        if structure is None or self.sole_constructor(structure).num_fields:
            return False
        return self.equal(type_, self.infer(right))


def _height(declaration: Definition | Theorem | None) -> int:
    """The head to unfold first has the greater height; theorems come last; -2 for what does not unfold."""
    if declaration is None:
        return OPAQUE_HEIGHT - 1
    return declaration.height if isinstance(declaration, Definition) else OPAQUE_HEIGHT
