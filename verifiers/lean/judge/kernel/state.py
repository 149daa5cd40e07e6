"""What the parts of the checker share: the environment, the step budget, free variables and the caches."""

from __future__ import annotations

from ..declaration import Declaration, Declarations
from ..names import Name, show
from ..term import Local, Term


class Refusal(Exception):
    """The declaration is not well typed."""


class KernelBudget(Exception):
    """Out of steps, or a numeral too large to compute with: no opinion."""


class Unsupported(Exception):
    """A feature that this kernel does not know: no opinion."""


class State:
    """Caches are for one declaration: they hold types under its level parameters. ``steps`` counts inference,
    reduction and comparison steps."""

    def __init__(self, environment: Declarations, level_params: tuple[Name, ...], budget: int) -> None:
        self.environment = environment
        self.level_params = frozenset(level_params)
        self.budget = budget
        self.steps = 0
        self.depth = 0
        self.checked_types: dict[Term, Term] = {}
        self.types: dict[Term, Term] = {}
        self.heads: dict[Term, Term] = {}
        self.normal: dict[Term, Term] = {}
        self.equal_pairs: set[tuple[Term, Term]] = set()
        self.unequal_pairs: set[tuple[Term, Term]] = set()
        self.failed_arguments: set[tuple[Term, Term]] = set()
        self._locals: dict[tuple[int, Term], Local] = {}

    def tick(self) -> None:
        self.steps += 1
        if self.steps > self.budget:
            raise KernelBudget(f"more than {self.budget} steps")

    def local(self, type_: Term) -> Local:
        """A free variable for a binder at the present depth, and one level deeper. Variables are named by depth and
        type: two that are in scope together differ in depth, and siblings share one, so that caches work for both.
        Whoever goes under binders restores ``depth`` on leaving."""
        key = (self.depth, type_)
        found = self._locals.get(key)
        if found is None:
            found = self._locals[key] = Local(type_, len(self._locals))
        self.depth += 1
        return found

    def lookup(self, name: Name) -> Declaration:
        found = self.environment.get(name)
        if found is None:
            raise Refusal(f"unknown constant {show(name)}")
        return found
