"""Errors of the verifier layer. Each names the field at fault and the mend, because a user will read it."""

from __future__ import annotations


class ClaimError(ValueError):
    """A claim (or an answer's JSON) is malformed. Never a verdict about an answer: the asker must mend the claim."""

    def __init__(self, field: str, problem: str, mend: str) -> None:
        super().__init__(f"{field} {problem}: {mend}")
        self.field, self.problem, self.mend = field, problem, mend


class NoVerifierError(LookupError):
    """No enabled verifier knows this claim kind."""


class PrerequisiteError(RuntimeError):
    """Something on this machine is missing (a solver, a Lean runtime). The text says how to get it."""
