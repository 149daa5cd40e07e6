"""Veto: the claim is satisfied by an answer that nobody had to think of.

A claim that all-zero satisfies, or a constant function, teaches nothing and certifies nothing; where such claims get
in, a policy learns to give that answer to everything. The trivial answers of each kind are listed here. A theorem is
not trivial for being easy (``1 + 1 = 2`` by ``rfl``, anything from ``False``): it is trivial where it states ``True``.
``smt/unsat/v1`` is not asked about: its only answer is one word, and the remedy against guessing is to mix in
satisfiable ones.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.sandbox import Sandbox

from ..claim import Answer, Claim
from ..protocol import Budget, Validation
from ..smt import MODEL, read_claim, satisfies
from ..verdict import Verdict
from .per_claim import PerClaim

PYTHON = "python/function/v1"
LEAN = "lean/theorem/v1"
EMPTY_THEOREM = "True.intro"


class TrivialClaim:
    """See the module's docstring."""

    name = "trivial-claim"
    version = "1"
    kinds = frozenset({MODEL, PYTHON, LEAN})

    def __init__(self) -> None:
        self._memory: PerClaim[Validation] = PerClaim()

    def validate_claim(self, claim: Claim, workspace: Sandbox) -> Validation:
        return self._memory.get(claim, lambda: self._ask(claim, workspace))

    def validate_answer(self, claim: Claim, answer: Answer, verdict: Verdict, workspace: Sandbox) -> Validation:
        return Validation(self.name, vetoed=False)

    def _ask(self, claim: Claim, workspace: Sandbox) -> Validation:
        accepts = _acceptance(claim, workspace)
        for answer in trivial_answers(claim):
            if accepts(answer):
                return Validation(self.name, vetoed=True, reason=f"the claim accepts {answer!r:.80}")
        return Validation(self.name, vetoed=False)


def trivial_answers(claim: Claim) -> tuple[Answer, ...]:
    """The answers that need no thought: none of them may satisfy a claim. Raises ClaimError. Other kinds have none."""
    if claim.kind == MODEL:
        declared = read_claim(claim).declared
        return tuple(
            {name: truth if sort == "Bool" else number for name, sort in declared.items()}
            for number in (0, 1, -1)
            for truth in (False, True)
        )
    if claim.kind == PYTHON:
        from .python_trial import simple_functions

        return tuple(simple_functions(claim))
    return (EMPTY_THEOREM,) if claim.kind == LEAN else ()


def _acceptance(claim: Claim, workspace: Sandbox) -> Callable[[Answer], bool]:
    """How to find out whether the claim accepts an answer of ours: by evaluation where no code has to run."""
    if claim.kind == MODEL:
        return lambda answer: satisfies(claim, answer)
    if claim.kind == PYTHON:
        from .python_trial import simple_functions, trial_of

        trial, functions = trial_of(claim), simple_functions(claim)
        return lambda answer: trial.accepts_function(functions[answer])
    return lambda answer: _verified(claim, answer, workspace)


def _verified(claim: Claim, answer: Answer, workspace: Sandbox) -> bool:
    from ..registry import verifier_for

    verdict = verifier_for(claim.kind).verify(claim, answer, Budget(), workspace)
    if verdict.status in ("error", "timeout"):
        raise RuntimeError(f"{answer!r} could not be judged: {verdict.reason}")
    return verdict.accepted
