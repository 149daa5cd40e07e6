"""One group on its way: answers into branches of the problem's snapshot, then judged in fresh read-only boxes.

Runs inside a worker process. For each distinct answer: branch the problem's box, write the answer, snapshot (which
kills every process in it), and judge in a fresh box on that snapshot, read-only. Equal answers in a group share one
judgement, because they are one answer to one claim.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Sequence
from typing import Any

from assay.curriculum import Problem
from assay.sandbox import Sandbox, SandboxError
from assay.verifiers import Answer, canonical_json, digest
from assay.verifiers.judge import Judgement, judge
from assay.verifiers.registry import verifier_for

INFRASTRUCTURE_TRIES = 2


def attempt_group(problem: Problem, answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Judge each answer; one JSON outcome an answer, in order. Raises SandboxError if no box is to be had at all."""
    outcomes: dict[str, dict[str, Any]] = {}
    spec = verifier_for(problem.claim.kind).box
    with Sandbox.create(spec) as box:
        box.write("problem.txt", problem.prompt.encode())
        box.write("claim.json", canonical_json(dict(problem.claim.body)))
        for answer in answers:
            key = digest(answer)
            if key not in outcomes:
                (branch,) = box.branch(1)
                with branch:
                    outcomes[key] = _attempt(problem, answer, branch)
    return [outcomes[digest(answer)] for answer in answers]


def _attempt(problem: Problem, answer: Answer, branch: Sandbox) -> dict[str, Any]:
    begun = time.monotonic()
    branch.write("answer.json", canonical_json(answer))
    snapshot = branch.snapshot()
    sandboxed = time.monotonic() - begun
    spec = verifier_for(problem.claim.kind).box
    for attempt in range(INFRASTRUCTURE_TRIES):
        try:
            with Sandbox.create(spec, base=snapshot, read_only=True) as fresh:
                judgement = judge(problem.claim, answer, problem.budget, fresh)
                image = fresh.image_digest
        except SandboxError:
            if attempt + 1 == INFRASTRUCTURE_TRIES:
                raise
            continue
        if judgement.final.status != "error":
            break
    return outcome_json(judgement, snapshot.id, image, sandboxed)


def outcome_json(judgement: Judgement, snapshot: str, image: str, sandbox_seconds: float) -> dict[str, Any]:
    """What the journal keeps of a judgement: all that a certificate will bind, evidence bytes included."""
    return {
        "final": judgement.final.status,
        "reason": judgement.final.reason,
        "verdict": judgement.verdict.to_json(),
        "evidence_bytes": {
            name: base64.b64encode(data).decode() for name, data in sorted(judgement.verdict.evidence.items())
        },
        "validations": [
            {"validator": v.validator, "vetoed": v.vetoed, "reason": v.reason} for v in judgement.validations
        ],
        "snapshot": snapshot,
        "image": image,
        "sandbox_seconds": round(sandbox_seconds, 6),
    }
