"""From the journal to a certification: what the store signs about one accepted attempt.

Everything comes from journal rows, nothing from the clock, so that certifying again after a kill gives the same
certificate and the store appends nothing.
"""

from __future__ import annotations

import base64
from typing import Any

from assay.artifacts import Certification, Origin
from assay.curriculum import Problem
from assay.verifiers import Validation, Verdict, digest
from assay.verifiers.registry import verifier_for

from .journal import Attempt, Group


def certification(group: Group, attempt: Attempt, run_id: str) -> Certification:
    """For an attempt whose outcome was accepted. Equal answers in a group give equal certifications: the attempt that
    a certificate names is the first with that answer."""
    assert attempt.verdict is not None, "only verified groups are certified"
    assert group.policy is not None, "only solved groups are verified"
    problem, outcome = Problem.from_json(group.problem), attempt.verdict
    verifier = verifier_for(problem.claim.kind)
    # By digest, as answers are judged: to Python, {"x": 1} and the refuted {"x": true} would be equal.
    mine = digest(attempt.answer)
    first = next(other.idx for other in group.attempts if digest(other.answer) == mine)
    return Certification(
        claim=problem.claim,
        answer=attempt.answer,
        verdict=_verdict(outcome),
        verifier_version=verifier.version,
        validations=tuple(Validation(**validation) for validation in outcome["validations"]),
        image=outcome["image"],
        limits={"budget": vars(problem.budget), "box": vars(verifier.box.limits)},
        origin=Origin(problem.family, problem.skill, problem.level, problem.seed),
        run=run_id,
        attempt=f"{group.id}/{first}",
        policy=group.policy["checkpoint"],
    )


def _verdict(outcome: dict[str, Any]) -> Verdict:
    fields = {name: value for name, value in outcome["verdict"].items() if name != "evidence"}
    evidence = {name: base64.b64decode(data) for name, data in outcome["evidence_bytes"].items()}
    return Verdict(**fields, evidence=evidence)
