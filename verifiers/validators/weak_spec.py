"""Veto: a specification that says nothing, because no input meets ``requires`` or because any result meets ``ensures``.

Weak specifications are the commonest way in which a verified reward is won without the work (GRPO on Dafny raised it
from 2 to 58 percent largely so: arXiv 2605.30914). ``vacuous``: the sample holds no input at all. ``weak``: ``ensures``
does not read ``result``, or takes at least three in four random results for right.
"""

from __future__ import annotations

import random

from assay.sandbox import Sandbox

from ..claim import Answer, Claim
from ..protocol import Validation
from ..verdict import Verdict
from .per_claim import PerClaim

RESULTS_PER_INPUT = 4
TOO_MANY = 0.75


class WeakSpec:
    """See the module's docstring."""

    name = "weak-spec"
    version = "1"
    kinds = frozenset({"python/function/v1"})

    def __init__(self) -> None:
        self._memory: PerClaim[Validation] = PerClaim()

    def validate_claim(self, claim: Claim, workspace: Sandbox) -> Validation:
        return self._memory.get(claim, lambda: self._ask(claim))

    def validate_answer(self, claim: Claim, answer: Answer, verdict: Verdict, workspace: Sandbox) -> Validation:
        return Validation(self.name, vetoed=False)

    def _ask(self, claim: Claim) -> Validation:
        from .python_trial import random_value, trial_of

        trial = trial_of(claim)
        if not trial.inputs:
            return Validation(self.name, vetoed=True, reason="vacuous: no input was found that satisfies requires")
        if "result" not in trial.claim.ensures.reads:
            return Validation(self.name, vetoed=True, reason="weak: ensures does not mention result")
        rng = random.Random(claim.id)
        tried = [
            trial.accepts(args, random_value(trial.claim.returns, rng))
            for args in trial.inputs
            for _ in range(RESULTS_PER_INPUT)
        ]
        if sum(tried) >= TOO_MANY * len(tried):
            reason = f"weak: {sum(tried)} of {len(tried)} random results satisfy ensures"
            return Validation(self.name, vetoed=True, reason=reason)
        return Validation(self.name, vetoed=False)
