"""One judgement: a verifier's verdict, then the validators, who may veto it.

This is the only way from a verifier to an acceptance, so it trusts no verifier to behave. Whatever is raised becomes
the status ``error``; whatever is returned and is not a Verdict of that verifier becomes ``error``; what does not return
in time is ``timeout`` and its box is stopped; a validator that fails leaves no acceptance standing. Times are measured
here, by the trusted clock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from assay.sandbox import Sandbox, SandboxError

from .claim import Answer, Claim
from .errors import NoVerifierError
from .protocol import Budget, Validation, Validator, Verifier
from .registry import validators_for, verifier_for
from .verdict import Verdict

GRACE_SECONDS = 10.0
"""How much longer than its budget a verifier may take before it is given up: boxes and solvers have to start."""

T = TypeVar("T")


@dataclass(frozen=True)
class Judgement:
    """``verdict`` is the verifier's own; ``final`` is what counts."""

    verdict: Verdict
    validations: tuple[Validation, ...] = ()

    @property
    def veto(self) -> Validation | None:
        """The first veto, if any."""
        return next((validation for validation in self.validations if validation.vetoed), None)

    @property
    def accepted(self) -> bool:
        return self.verdict.accepted and self.veto is None

    @property
    def final(self) -> Verdict:
        """The verdict, or ``cheat`` where an acceptance was vetoed."""
        if not self.verdict.accepted or self.veto is None:
            return self.verdict
        reason = f"vetoed by {self.veto.validator}: {self.veto.reason}"
        return replace(self.verdict, status="cheat", strength=None, reason=reason)


class _Overrun(Exception):
    """The call did not return in time."""


def judge(claim: Claim, answer: Answer, budget: Budget, box: Sandbox, *, verifier: Verifier | None = None) -> Judgement:
    """Judge ``answer`` in ``box``. Never raises for anything that claim, answer, verifier or validators do."""
    started = time.monotonic()
    try:
        chosen = verifier_for(claim.kind) if verifier is None else verifier
    except NoVerifierError as problem:
        return Judgement(Verdict("error", "none", str(problem)))
    verdict = _verdict(chosen, claim, answer, budget, box)
    verdict = replace(verdict, seconds=time.monotonic() - started)
    if not verdict.accepted:
        return Judgement(verdict)
    validations: list[Validation] = []
    asked = "the list of validators"
    try:
        for validator in validators_for(claim.kind):
            asked = f"validator {validator.name}"
            validations.append(_validate(validator, claim, answer, verdict, budget, box))
            if validations[-1].vetoed:
                break
    except Exception as problem:  # noqa: BLE001 - no failure of a validator may leave an acceptance standing
        reason = f"{asked} failed: {_one_line(problem)}"
        return Judgement(replace(verdict, status="error", strength=None, reason=reason))
    return Judgement(verdict, tuple(validations))


def _verdict(verifier: Verifier, claim: Claim, answer: Answer, budget: Budget, box: Sandbox) -> Verdict:
    if claim.kind not in verifier.kinds:
        return Verdict("error", verifier.name, f"{verifier.name} does not judge claims of kind {claim.kind!r}")
    try:
        verdict = _within(budget.seconds, box, lambda: verifier.verify(claim, answer, budget, box))
    except _Overrun as overrun:
        return Verdict("timeout", verifier.name, str(overrun))
    except Exception as problem:  # noqa: BLE001 - a verifier that raises has judged nothing
        return Verdict("error", verifier.name, _one_line(problem))
    if type(verdict) is not Verdict or verdict.verifier != verifier.name:
        return Verdict("error", verifier.name, f"{verifier.name} returned no verdict of its own: {verdict!r:.80}")
    return verdict


def _validate(
    validator: Validator, claim: Claim, answer: Answer, verdict: Verdict, budget: Budget, box: Sandbox
) -> Validation:
    """The validator's word on the claim if that is a veto, else its word on the answer."""

    def ask() -> Validation:
        on_claim = validator.validate_claim(claim, box)
        return on_claim if on_claim.vetoed else validator.validate_answer(claim, answer, verdict, box)

    said = _within(budget.seconds, box, ask)
    if type(said) is not Validation or said.validator != validator.name:
        raise TypeError(f"it returned no validation of its own: {said!r:.80}")
    return said


def _within(seconds: float, box: Sandbox, act: Callable[[], T]) -> T:
    """``act()`` in a thread of its own. Raises the exception that it raises, or _Overrun after ``seconds`` and the
    grace; then its box is stopped, so that the thread, which cannot be, has nothing left to do."""
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["value"] = act()
        except BaseException as problem:  # noqa: BLE001 - carried over to the caller's thread, whatever it is
            # SystemExit and its like would stop the caller, who asked for a judgement.
            outcome["problem"] = problem if isinstance(problem, Exception) else RuntimeError(repr(problem))

    thread = threading.Thread(target=run, name="assay-judge", daemon=True)
    thread.start()
    thread.join(seconds + GRACE_SECONDS)
    if thread.is_alive():
        try:
            box.kill_all()
        except SandboxError as problem:
            raise _Overrun(f"gave no verdict in {seconds:g} s; its box could not be stopped: {problem}") from None
        raise _Overrun(f"gave no verdict in {seconds:g} s (and {GRACE_SECONDS:g} s of grace)")
    if "problem" in outcome:
        raise outcome["problem"]
    value: T = outcome["value"]
    return value


def _one_line(problem: BaseException) -> str:
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:300]
