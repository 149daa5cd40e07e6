"""The SMT verifier: ``smt/model/v1`` and ``smt/unsat/v1``.

A model is accepted when our own exact evaluator finds every assertion true and z3, which reads the claim's text with
its own parser, agrees. Unsatisfiability is accepted when z3 and cvc5 both report it. Where two checkers contradict each
other the verdict is ``unknown`` with the reason ``disagreement``, and ``used["disagreements"]`` is 1: an alarm, because
one of them is wrong. A solver that gives up gives ``unknown``, one that is stopped by the clock ``timeout``, one that
crashes ``error``.

No candidate code exists for these kinds, so the workspace is not used. Proof objects for unsat are not read yet: the
answer is the bare word.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from assay.sandbox import BoxSpec, Sandbox

from ..claim import Answer, Claim, canonical_json
from ..errors import ClaimError, NoVerifierError
from ..protocol import Budget
from ..verdict import Evidence, Verdict
from .answer import AnswerError, Assignment, is_unsat, model_json, parse_model
from .evaluate import EvaluationLimit, first_failure
from .process import SHARED, SolverCrash, SolverPool, SolverTimeout
from .script import parse
from .solvers import Opinion, check_both, evaluate
from .terms import Script

MODEL = "smt/model/v1"
UNSAT = "smt/unsat/v1"
RECHECK_SECONDS = 60.0


class SmtVerifier:
    """See the module's docstring. Safe to use from several threads."""

    name = "smt"
    version = "1"
    kinds = frozenset({MODEL, UNSAT})
    box = BoxSpec()

    def __init__(self, pool: SolverPool = SHARED) -> None:
        self._pool = pool

    def check_claim(self, claim: Claim) -> None:
        """Raise ClaimError if the claim's text is outside the subset."""
        read_claim(claim)

    def verify(self, claim: Claim, answer: Answer, budget: Budget, workspace: Sandbox) -> Verdict:
        started = time.perf_counter()
        script = read_claim(claim)
        judge = _judge_model if claim.kind == MODEL else _judge_unsat
        try:
            outcome = judge(script, answer, budget, self._pool)
        except AnswerError as problem:
            outcome = {"status": "refuted", "reason": f"malformed answer: {problem}"}
        except EvaluationLimit as problem:
            outcome = {"status": "unknown", "reason": f"too large to evaluate: {problem}"}
        except SolverTimeout as problem:
            outcome = {"status": "timeout", "reason": str(problem)}
        except SolverCrash as problem:
            outcome = {"status": "error", "reason": str(problem)}
        return Verdict(verifier=self.name, seconds=time.perf_counter() - started, **outcome)

    def recheck(self, claim: Claim, answer: Answer, evidence: Evidence, workspace: Sandbox) -> Verdict:
        """Judge again with the recorded step budget; stored evidence that is not this answer's is an error. The solvers
        are those of the auditing process, which never saw the run; one start serves a whole audit."""
        recorded = json.loads(evidence.get("budget.json", b"{}"))
        budget = Budget(seconds=RECHECK_SECONDS, rlimit=int(recorded.get("rlimit", Budget.rlimit)))
        verdict = self.verify(claim, answer, budget, workspace)
        for name in ("model.json", "solvers.json"):
            if name in evidence and evidence[name] != verdict.evidence.get(name, evidence[name]):
                return Verdict("error", self.name, f"the stored {name} is not what judging again gives")
        return verdict


def satisfies(claim: Claim, answer: Answer) -> bool:
    """Whether ``answer`` is a model of an ``smt/model/v1`` claim by our evaluator alone: for generators and validators,
    which need no verdict. Raises ClaimError; an answer that is malformed or too large to evaluate does not satisfy."""
    script = read_claim(claim)
    try:
        return first_failure(script, parse_model(answer, script.declared)) is None
    except (AnswerError, EvaluationLimit):
        return False


def read_claim(claim: Claim) -> Script:
    """The typed script of an SMT claim. Raises ClaimError."""
    if claim.kind not in SmtVerifier.kinds:
        raise NoVerifierError(f"smt does not judge {claim.kind!r}")
    if extra := sorted(set(claim.body) - {"kind", "smtlib"}):
        raise ClaimError(f"claim.{extra[0]}", f"is no field of {claim.kind}", "leave it out")
    script = parse(claim.body.get("smtlib"))
    if claim.kind == MODEL and not script.declared:
        raise ClaimError("claim.smtlib", "declares no name, so that there is no model to give", "declare one")
    return script


Outcome = dict[str, Any]


def _judge_model(script: Script, answer: Answer, budget: Budget, pool: SolverPool) -> Outcome:
    assignment = parse_model(answer, script.declared)
    failure = first_failure(script, assignment)
    evidence = _evidence(model=assignment, budget=budget)
    if failure is not None and failure[1] == "divides by zero":
        return {"status": "refuted", "reason": f"assertion {failure[0]} divides by zero", "evidence": evidence}
    second = evaluate(script, assignment, budget.seconds, pool)
    common: Outcome = {"evidence": evidence, "tools": {"assay-evaluator": SmtVerifier.version, "z3": second.version}}
    if second.holds is None:
        return {"status": "unknown", "reason": "z3 does not settle every assertion", **common}
    if second.holds is not (failure is None):
        opinions = f"our evaluator says {failure is None}, z3 says {second.holds}"
        return _disagreement(opinions, common)
    if failure is not None:
        return {"status": "refuted", "reason": f"assertion {failure[0]} {failure[1]}", **common}
    reason = "every assertion is true: our evaluator and z3 agree"
    return {"status": "proved", "strength": "solvers-agree", "reason": reason, **common}


def _judge_unsat(script: Script, answer: Answer, budget: Budget, pool: SolverPool) -> Outcome:
    if not is_unsat(answer):
        raise AnswerError('the only answer is the word "unsat"')
    opinions = check_both(script, budget.rlimit, budget.seconds, pool)
    common: Outcome = {
        "tools": {one.solver: one.version for one in opinions},
        "used": {f"{one.solver}-rlimit": one.rlimit for one in opinions},
        "evidence": _evidence(opinions=opinions, budget=budget),
    }
    said = {one.solver: one.said for one in opinions}
    both = ", ".join(f"{name} says {word}" for name, word in said.items())
    if set(said.values()) == {"unsat"}:
        return {"status": "proved", "strength": "solvers-agree", "reason": both, **common}
    if set(said.values()) == {"sat", "unsat"}:
        return _disagreement(both, common)
    models = [one.model for one in opinions if one.model is not None and _holds(script, one.model)]
    if models:
        common["evidence"] = _evidence(opinions=opinions, budget=budget, counter=models[0])
        return {"status": "refuted", "reason": f"satisfiable, model re-checked: {both}", **common}
    if set(said.values()) == {"sat"}:
        # No rational model that survives exact evaluation (irrational roots, division by zero): two witnesses will do.
        return {"status": "refuted", "reason": f"satisfiable: {both}", **common}
    whys = "; ".join(one.why for one in opinions if one.why)
    return {"status": "unknown", "reason": f"{both} ({whys})" if whys else both, **common}


def _holds(script: Script, model: Assignment) -> bool:
    try:
        return first_failure(script, model) is None
    except EvaluationLimit:
        return False


def _disagreement(opinions: str, common: Outcome) -> Outcome:
    used = {**common.get("used", {}), "disagreements": 1}
    return {"status": "unknown", "reason": f"disagreement: {opinions}", **common, "used": used}


def _evidence(
    *,
    budget: Budget,
    model: Assignment | None = None,
    opinions: tuple[Opinion, ...] = (),
    counter: Assignment | None = None,
) -> Mapping[str, bytes]:
    """What judging again must reproduce (solvers' words, the model), and the step budget it needs to do so."""
    pieces: dict[str, bytes] = {}
    if model is not None:
        pieces["model.json"] = canonical_json(model_json(model))
    if opinions:
        pieces["budget.json"] = canonical_json({"rlimit": budget.rlimit})
        pieces["solvers.json"] = canonical_json({one.solver: one.said for one in opinions})
    if counter is not None:
        pieces["counter-model.json"] = canonical_json(model_json(counter))
    return pieces
