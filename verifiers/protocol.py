"""The verifier and validator protocols: what a plug-in implements.

A verifier decides one or more claim kinds. It owns no clock, seed or claim text of its own: those come from the caller
or are drawn by the verifier after the answer is in. Code that a candidate wrote runs only inside ``workspace``.

A validator looks for acceptances that miss the point of the claim. It can veto and do nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from assay.sandbox import BoxSpec, Sandbox

from .claim import Answer, Claim
from .verdict import Evidence, Verdict


@dataclass(frozen=True)
class Budget:
    """What one verification may use. ``rlimit`` is the solvers' deterministic step count; ``seconds`` is the wall-clock
    backstop for everything together; ``examples`` the number of sampled inputs."""

    seconds: float = 10.0
    rlimit: int = 2_000_000
    examples: int = 100


@runtime_checkable
class Verifier(Protocol):
    """Decides claims of its ``kinds``. ``box`` says what the workspace must offer (image, limits, read-only mounts)."""

    name: str
    version: str
    kinds: frozenset[str]
    box: BoxSpec

    def check_claim(self, claim: Claim) -> None:
        """Raise ClaimError (field, problem, mend) if this claim is malformed. Cheap; never runs candidate code."""
        ...

    def verify(self, claim: Claim, answer: Answer, budget: Budget, workspace: Sandbox) -> Verdict:
        """Judge ``answer``. Never raises for anything the answer does. May raise ClaimError, PrerequisiteError and
        sandbox errors; the caller turns those into status ``error``."""
        ...

    def recheck(self, claim: Claim, answer: Answer, evidence: Evidence, workspace: Sandbox) -> Verdict:
        """Judge again from stored evidence, in a fresh process, for an audit."""
        ...


@dataclass(frozen=True)
class Validation:
    """One validator's word. ``vetoed`` with a one-line ``reason``, or not vetoed."""

    validator: str
    vetoed: bool
    reason: str = ""


@runtime_checkable
class Validator(Protocol):
    """Can only veto. ``validate_claim`` asks about a claim alone (cached per claim: is it trivial, is it vacuous?);
    ``validate_answer`` about an accepted answer (is it a table of the visible examples?)."""

    name: str
    version: str
    kinds: frozenset[str]

    def validate_claim(self, claim: Claim, workspace: Sandbox) -> Validation: ...

    def validate_answer(self, claim: Claim, answer: Answer, verdict: Verdict, workspace: Sandbox) -> Validation: ...
